"""Which dialogue an event begins: the form or the reason it needs, with what can be chosen."""

from domain.cases.case import LIFECYCLE, CasePart
from domain.cases.feedback import LIFECYCLES
from domain.people import Grant, Role
from handlers.cases.staff import prompts
from storage.people import people
from tests.harness.case_actions import (
    CHEN,
    MEI,
    NUMBER,
    QUALITY,
    list_alerts,
    press,
    resolve_case,
    set_up_accepted_case,
)
from tests.harness.in_process import GROUP, LI, ZHAO, Desk, TelegramUser, list_labels, list_texts

STAFF = {CasePart.STAFF, CasePart.OWNER, CasePart.HEAD, CasePart.QUALITY, CasePart.REVIEWER}


def test_whatever_needs_something_is_asked() -> None:
    """Every row that staff cause and that needs something has a dialogue; what needs nothing happens at the press."""
    rows = [row for table in LIFECYCLES.values() for row in table if row.who & STAFF and row.origin]
    needs = {row.event for row in rows if row.needs}
    assert {row.event for row in LIFECYCLE} & needs <= prompts.ASKED <= needs


async def test_nobody_to_hand_over_to(desk: Desk) -> None:
    """It says how people become known."""
    await set_up_accepted_case(desk)
    async with desk.database.begin() as tx:
        zhao = (await people.fetch_by_account(tx, [ZHAO.id]))[ZHAO.id]
        await people.revoke(tx, zhao.id, Grant(Role.HEAD, "transport"))
    assert list_alerts(await press(desk, LI, "hand_over")) == [desk.plain("hand-over-nobody", number=NUMBER)]


async def test_namesakes_are_told_apart(desk: Desk) -> None:
    """By @name or number; the owner is not among them."""
    await set_up_accepted_case(desk)
    await desk.grant(CHEN, Role.STAFF, "transport")
    await desk.grant(TelegramUser(31, "Chen", username="chen_2"), Role.STAFF, "transport")
    asked = await press(desk, LI, "hand_over")
    assert sorted(list_labels(asked[0])) == ["Cancel", "Chen (15)", "Chen (chen_2)", "Zhao"]


async def test_a_transfer_goes_to_a_department_that_answers(desk: Desk) -> None:
    """Neither to quality nor to management, nor to where it is."""
    await set_up_accepted_case(desk)
    asked = await press(desk, ZHAO, "transfer")
    shown = list_labels(asked[0])
    assert "Customer service" in shown
    assert not {"Quality", "Management", "Transport"} & set(shown)


async def test_the_form_of_an_event(desk: Desk) -> None:
    """Each begins with its first question, addressed to the person who pressed."""
    await set_up_accepted_case(desk)
    for act, words in (
        ("plan", "What will be done?"),
        ("extend", "Why do you need more time?"),
        ("resolve", "root cause"),
    ):
        asked = await press(desk, LI, act)
        assert any(words in text and f"id={LI.id}" in text for text in list_texts(asked)), act
        await desk.say(LI, "/cancel", GROUP)
    await resolve_case(desk)
    assert any("what is missing" in text for text in list_texts(await press(desk, ZHAO, "return")))
    assert await press(desk, MEI, "appeal", QUALITY)
