"""Commands: every one of them answers, no matter who sends it, wherever it may be sent."""

import pytest

from conversations.buttons import HelpButton
from domain.people import Role
from tests.harness.in_process import (
    BOSS,
    BOT,
    GROUP,
    LI,
    WANG,
    Desk,
    find_button_data,
    list_labels,
    list_texts,
    read_body,
)

COMMANDS = (
    *("start", "rate", "complain", "mycases", "language", "cancel", "help"),
    *("suggest", "ask", "praise", "bind", "grant", "revoke", "roles", "summary"),
    *("case", "cases", "search", "open", "overdue", "note", "answers"),
    *("myratings", "appeal", "checks"),
    *("ledger", "why", "callbacks", "undelivered"),
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


async def test_help_is_for_the_role(desk: Desk) -> None:
    """The highest part first, short, the others a press away in the same message; each command of it has a button."""
    shown = await desk.say(LI, "/help")
    assert list_texts(shown)[0].startswith("/rate")
    assert "Rate a delivery" in list_labels(shown[0])
    for role, department, part in ((Role.STAFF, "transport", "For staff"), (Role.MANAGER, None, "For managers")):
        await desk.grant(LI, role, department)
        before, shown = shown, await desk.say(LI, "/help")
        assert list_texts(shown)[0] != list_texts(before)[0]
        assert part not in list_labels(shown[0])
        assert "For customers" in list_labels(shown[0])
        assert len(list_texts(shown)[0]) < 1200
    (customers,) = await desk.press(LI, find_button_data(shown, "For customers"), at=77)
    assert (customers.message_id, "Rate a delivery" in list_labels(customers)) == (77, True)
    assert "For managers" in list_labels(customers)


async def test_help_in_a_group_is_for_its_staff(desk: Desk) -> None:
    """Nothing of what is done in private alone: own ratings, deliveries that a courier reports."""
    (said,) = list_texts(await desk.say(LI, "/help", GROUP))
    assert "/cases" in said
    assert "/myratings" not in said


async def test_a_button_of_help_is_its_command(desk: Desk) -> None:
    """As if it had been sent, with the same checks; what is not the presser's is not shown, and not done."""
    await desk.grant(BOSS, Role.MANAGER)
    shown = await desk.say(BOSS, "/help")
    for call in shown:
        for label in list_labels(call):
            assert await desk.press(BOSS, find_button_data(shown, label), at=77), label
    assert list_texts(await desk.press(WANG, HelpButton("summary"))) == [desk.text("summary-only-heads")]
    assert list_texts(await desk.press(WANG, HelpButton("weather"))) == [desk.text("unknown-command")]
    (toast,) = await desk.press(WANG, HelpButton(part="m"))
    assert read_body(toast)["text"] == desk.plain("not-now")
