"""Command menus."""

from __future__ import annotations

import pytest

from playground.shape.wire import Json
from playground.world.accounts import Account, ChatState
from playground.world.menu import Menu

LI = Account(1, "Li", language_code="zh-hans")
PRIVATE = ChatState(1, "private", user=LI, members={1: "member"})
GROUP = ChatState(-5, "supergroup", members={1: "member"})
ADMINISTERED = ChatState(-5, "supergroup", members={1: "administrator"})


@pytest.mark.parametrize(
    ("scope", "seen_in"),
    [
        (None, [PRIVATE, GROUP, ADMINISTERED]),
        ({"type": "all_private_chats"}, [PRIVATE]),
        ({"type": "all_group_chats"}, [GROUP, ADMINISTERED]),
        ({"type": "all_chat_administrators"}, [ADMINISTERED]),
        ({"type": "chat", "chat_id": -5}, [GROUP, ADMINISTERED]),
        ({"type": "chat_administrators", "chat_id": -5}, [ADMINISTERED]),
        ({"type": "chat_member", "chat_id": -5, "user_id": 1}, [GROUP, ADMINISTERED]),
        ({"type": "chat_member", "chat_id": -5, "user_id": 2}, []),
    ],
)
def test_a_scope_is_seen_where_telegram_shows_it(scope: Json | None, seen_in: list[ChatState]) -> None:
    """And nowhere else."""
    menu = Menu()
    menu.set(scope, "", [{"command": "x", "description": "y"}])
    assert [chat for chat in (PRIVATE, GROUP, ADMINISTERED) if menu.find_commands(chat, LI)] == seen_in


def test_the_narrower_scope_and_the_own_language_win() -> None:
    """Until they are deleted."""
    menu = Menu()
    for scope, language in ((None, ""), (None, "zh"), ({"type": "chat", "chat_id": 1}, "")):
        menu.set(scope, language, [{"command": f"c{language}{scope is not None:d}", "description": "y"}])
    assert menu.find_commands(PRIVATE, LI)[0]["command"] == "c1"
    menu.delete({"type": "chat", "chat_id": 1}, "")
    assert menu.find_commands(PRIVATE, LI)[0]["command"] == "czh0"
    assert [entry["language_code"] for entry in menu.list_all()["sets"]] == ["", "zh"]
