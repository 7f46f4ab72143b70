"""Users and chats as others see them."""

from __future__ import annotations

from playground.world.accounts import Account, ChatState


def test_private_facts_stay_on_the_page() -> None:
    """A phone number never leaves through the Bot API."""
    user = Account(1, "Wang", last_name="Li", username="wl", phone="+861", role="customer")
    assert user.wire() == {
        "id": 1,
        "is_bot": False,
        "first_name": "Wang",
        "last_name": "Li",
        "username": "wl",
        "language_code": "en",
    }
    assert (user.card()["phone"], user.card()["role"]) == ("+861", "customer")


def test_a_chat_is_shown_by_its_kind() -> None:
    """A person's name, or a title."""
    private = ChatState(1, "private", user=Account(1, "Wang", username="w"), members={1: "member"})
    assert private.wire() == {"id": 1, "first_name": "Wang", "username": "w", "type": "private"}
    group = ChatState(
        -1, "supergroup", title="G", members={1: "creator"}, is_forum=True, keyboards={1: {"message_id": 2}}
    )
    assert group.wire() == {"id": -1, "title": "G", "type": "supergroup", "is_forum": True}
    assert (group.card()["members"], group.card()["keyboards"]) == ([1], {"1": {"message_id": 2}})
