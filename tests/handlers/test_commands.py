"""Commands: every one of them answers, whoever sends it, wherever it may be sent."""

import pytest

from domain.people import Role
from tests.harness.in_process import BOSS, BOT, GROUP, LI, WANG, Desk, list_texts

COMMANDS = (
    *("start", "rate", "complain", "mycases", "language", "cancel", "help"),
    *("suggest", "ask", "praise", "bind", "grant", "revoke", "roles", "summary"),
    *("case", "cases", "search", "open", "overdue", "note", "answers"),
    *("myratings", "appeal", "checks"),
    *("ledger", "why", "callbacks"),
)


@pytest.mark.parametrize("name", COMMANDS)
async def test_every_command_is_answered_in_private(desk: Desk, name: str) -> None:
    """To a stranger and to a manager, with nonsense behind it and without, in capitals too."""
    await desk.grant(BOSS, Role.MANAGER)
    for who in (LI, BOSS):
        for text in (f"/{name}", f"/{name.upper()} <b>²", f"/{name}@{BOT.upper()} x\ny"):
            assert await desk.say(who, text), text


@pytest.mark.parametrize("name", [*COMMANDS, "weather"])
async def test_commands_for_other_bots_are_theirs(desk: Desk, name: str) -> None:
    """In a group of several bots, one that is named is meant; the customer's commands are not for groups."""
    assert await desk.say(LI, f"/{name}@other_bot", GROUP) == []
    answered = await desk.say(LI, f"/{name}", GROUP)
    private_only = name in {"start", "rate", "complain", "mycases", "language", "suggest", "ask", "praise", "weather"}
    private_only |= name in {"myratings", "appeal"}
    named = await desk.say(LI, f"/{name}@{BOT}", GROUP)
    if private_only:
        assert answered == []
        assert list_texts(named) == [desk.text("only-in-private")]
    else:
        assert list_texts(answered) == list_texts(named) != []


async def test_an_unknown_command_in_private(desk: Desk) -> None:
    """What is understood is said."""
    assert list_texts(await desk.say(WANG, "/weather")) == [desk.text("unknown-command")]


async def test_help_grows_with_the_role(desk: Desk) -> None:
    """Customer, staff, manager."""
    lengths = [len(list_texts(await desk.say(LI, "/help"))[0])]
    for role, department in ((Role.STAFF, "transport"), (Role.MANAGER, None)):
        await desk.grant(LI, role, department)
        lengths.append(len(list_texts(await desk.say(LI, "/help"))[0]))
    assert lengths == sorted(set(lengths))
