"""What follows an event: the case moves, and everyone who must hear of it hears of it."""

import json

import pytest
from sqlalchemy import select

from domain.people import Grant, Role
from storage.models import case_events
from storage.people import people
from tests.harness.case_actions import (
    CHEN,
    MEI,
    NUMBER,
    QUALITY,
    change_case,
    fetch_case_row,
    list_alerts,
    press,
    reply,
    resolve_case,
    set_up_accepted_case,
    set_up_answered_case,
    tap,
)
from tests.harness.in_process import GROUP, LI, WANG, ZHAO, Desk, list_labels, list_texts


async def facts_of(desk: Desk, event: str) -> dict[str, str]:
    """What the latest of these events brought along."""
    statement = select(case_events.c.facts).where(case_events.c.event == event).order_by(case_events.c.version.desc())
    facts: dict[str, str] = json.loads((await desk.rows(statement))[0].facts)
    return facts


async def test_a_plan_stands_when_it_is_confirmed(desk: Desk) -> None:
    """Measure, due and goal are asked, shown back, kept; the customer hears nothing of it."""
    await set_up_accepted_case(desk)
    await press(desk, LI, "plan")
    await reply(desk, LI, "A new van")
    asked = await reply(desk, LI, "明天18点")
    assert any("Tuesday, 2026-11-24 18:00" in text for text in list_texts(asked))
    asked = await tap(desk, LI, "Customer satisfied", asked)
    assert (await fetch_case_row(desk)).state == "in_work"
    calls = await tap(desk, LI, "Confirm", asked)
    plan = {"measure": "A new van", "due": "2026-11-24T18:00:00+08:00", "goal": "Customer satisfied"}
    assert (await fetch_case_row(desk)).state == "planned"
    assert json.loads((await fetch_case_row(desk)).plan) == plan == await facts_of(desk, "plan")
    assert any("A new van" in text for text in list_texts(calls, GROUP))
    assert list_texts(calls, WANG.id) == []


async def test_what_was_not_understood_is_asked_again(desk: Desk) -> None:
    """With examples; the quick buttons are still there."""
    await set_up_accepted_case(desk)
    await press(desk, LI, "plan")
    await reply(desk, LI, "A new van")
    calls = await reply(desk, LI, "as soon as possible")
    assert any("I could not read" in text for text in list_texts(calls))
    assert any("Tomorrow 18:00 (11-24)" in list_labels(call) for call in calls)


async def extend(desk: Desk, until: str = "in 10 days") -> list[str]:
    """Li extends; what Wang reads."""
    await press(desk, LI, "extend")
    await reply(desk, LI, "The part comes from abroad")
    asked = await reply(desk, LI, until)
    return list_texts(await tap(desk, LI, "Confirm", asked), WANG.id)


async def test_a_later_date_is_told_to_the_customer(desk: Desk) -> None:
    """Date and reason, in the same transaction; the promise is the new one."""
    await set_up_accepted_case(desk)
    before = (await fetch_case_row(desk)).due_at
    (told,) = await extend(desk)
    assert "2026-12-03 18:00" in told
    assert "The part comes from abroad" in told
    assert (await fetch_case_row(desk)).due_at > before


async def test_a_passed_date_cannot_be_moved(desk: Desk) -> None:
    """After the promised moment the press itself says so; the customer hears nothing, the date stays."""
    await set_up_accepted_case(desk)
    before = (await fetch_case_row(desk)).due_at
    desk.clock.advance(days=8)
    calls = await desk.answer_questions(await press(desk, LI, "extend"), "member")
    assert list_alerts(calls) == [desk.plain("case-overdue", number=NUMBER)]
    assert (await fetch_case_row(desk)).due_at == before


async def test_a_date_that_passed_while_writing(desk: Desk) -> None:
    """Confirm after the promised moment: refused in the dialogue's own message too."""
    await set_up_accepted_case(desk)
    await press(desk, LI, "extend")
    await reply(desk, LI, "Why")
    asked = await reply(desk, LI, "in 20 days")
    desk.clock.advance(days=8)
    calls = await tap(desk, LI, "Confirm", asked)
    assert list_texts(calls).count(desk.plain("case-overdue", number=NUMBER)) == 2
    assert list_texts(calls, WANG.id) == []


async def test_a_customer_who_is_away_is_to_be_called(desk: Desk) -> None:
    """Who blocked the bot reads of the new date on coming back; the owner is told to call."""
    await set_up_accepted_case(desk)
    await desk.member(WANG, "kicked")
    await press(desk, LI, "extend")
    await reply(desk, LI, "Why")
    calls = await tap(desk, LI, "Confirm", await reply(desk, LI, "in 20 days"))
    assert any("Please call" in text and f"id={LI.id}" in text for text in list_texts(calls, GROUP))


async def test_handing_over(desk: Desk) -> None:
    """The new owner is named under the card, and owns it; the old one does not any more."""
    await set_up_accepted_case(desk)
    await desk.grant(CHEN, Role.STAFF, "transport")
    asked = await press(desk, LI, "hand_over")
    calls = await tap(desk, LI, "Chen", asked)
    assert any(f"id={CHEN.id}" in text and "Li has handed it over" in text for text in list_texts(calls, GROUP))
    assert any("Owner: <b>Chen</b>" in text for text in list_texts(calls, GROUP))
    assert list_alerts(await press(desk, LI, "plan")) == [desk.plain("case-not-yours", number=NUMBER, owner="Chen")]


async def test_handing_over_to_somebody_who_left(desk: Desk) -> None:
    """Between the question and the choice: refused, the owner stays."""
    await set_up_accepted_case(desk)
    chen = await desk.grant(CHEN, Role.STAFF, "transport")
    asked = await press(desk, LI, "hand_over")
    async with desk.database.begin() as tx:
        await people.revoke(tx, chen, Grant(Role.STAFF, "transport"))
    calls = await tap(desk, LI, "Chen", asked)
    assert desk.plain("hand-over-gone", number=NUMBER) in list_texts(calls)
    assert (await fetch_case_row(desk)).owner is not None


async def test_who_answered_does_not_approve(desk: Desk) -> None:
    """The owner is told why, and who can: not that it belongs to somebody else."""
    await set_up_accepted_case(desk)
    await resolve_case(desk)
    assert list_alerts(await press(desk, LI, "approve")) == [desk.plain("case-own-approval", number=NUMBER)]
    assert list_alerts(await press(desk, LI, "return")) == [desk.plain("case-own-approval", number=NUMBER)]


async def test_two_approvals(desk: Desk) -> None:
    """The head's is on the card that quality gets, with the name; the second one answers the customer."""
    await set_up_accepted_case(desk)
    await change_case(desk, severity="high")
    await resolve_case(desk)
    first = await press(desk, ZHAO, "approve")
    assert any("Approved by Zhao" in text for text in list_texts(first, QUALITY))
    assert list_texts(first, WANG.id) == []
    again = await press(desk, ZHAO, "approve", QUALITY)
    assert (await fetch_case_row(desk)).state == "in_review"
    assert again
    second = await press(desk, MEI, "approve", QUALITY)
    assert any("Action" in text for text in list_texts(second, WANG.id))
    assert not any("Approved by" in text for text in list_texts(second))


async def test_quality_returns_after_the_heads_approval(desk: Desk) -> None:
    """With a reason, to the owner by name; both approvals are due again."""
    await set_up_accepted_case(desk)
    await change_case(desk, severity="high")
    await resolve_case(desk)
    await press(desk, ZHAO, "approve")
    await press(desk, MEI, "return", QUALITY)
    asked = await reply(desk, MEI, "Too thin", QUALITY)
    calls = await tap(desk, MEI, "Confirm", asked, QUALITY)
    assert any("Too thin" in text and f"id={LI.id}" in text for text in list_texts(calls, GROUP))
    await resolve_case(desk)
    await press(desk, ZHAO, "approve")
    assert (await fetch_case_row(desk)).state == "in_review"


async def test_back_in_the_preview_is_one_step(desk: Desk) -> None:
    """What was said stays: only the last question is asked again."""
    await set_up_accepted_case(desk)
    await press(desk, LI, "resolve")
    await reply(desk, LI, "Cause")
    asked = await tap(desk, LI, "Skip", await reply(desk, LI, "Action"))
    asked = await tap(desk, LI, "Back", await tap(desk, LI, "At fault", asked))
    assert any("Is the company at fault?" in text for text in list_texts(asked))
    asked = await tap(desk, LI, "Not at fault", asked)
    await tap(desk, LI, "Confirm", asked)
    assert await facts_of(desk, "resolve") == {
        "root_cause": "Cause",
        "action": "Action",
        "compensation": "",
        "valid": "no",
    }


@pytest.mark.parametrize("state", ["answered", "closed"])
async def test_the_regulators_appeal(desk: Desk, state: str) -> None:
    """Quality registers it; the owner is called; the resolution is the regulator's form; two people approve as ever; answered."""
    await set_up_answered_case(desk)
    await change_case(desk, state=state)
    await press(desk, MEI, "appeal", QUALITY)
    asked = await reply(desk, MEI, "20 November", QUALITY)
    asked = await reply(desk, MEI, "REG-7", QUALITY)
    calls = await tap(desk, MEI, "Confirm", asked, QUALITY)
    assert any(f"id={LI.id}" in text and "2026-11-20" in text for text in list_texts(calls, GROUP))
    assert (await facts_of(desk, "appeal")) == {"received": "2026-11-20", "reference": "REG-7"}
    stored = await fetch_case_row(desk)
    assert (stored.state, stored.appealed) == ("in_work", True)
    assert stored.due_at.date().isoformat() == "2026-12-05"
    asked = await press(desk, LI, "resolve")
    assert any("What did the investigation find?" in text for text in list_texts(asked))
    asked = await tap(desk, LI, "Liable", await reply(desk, LI, "Lost in the hub"))
    await reply(desk, LI, "A new one")
    asked = await tap(desk, LI, "Satisfied", await reply(desk, LI, "50 CNY"))
    asked = await reply(desk, LI, "Li, 138")
    await tap(desk, LI, "Confirm", asked)
    assert await facts_of(desk, "resolve") == {
        "root_cause": "Lost in the hub",
        "valid": "yes",
        "action": "A new one",
        "compensation": "50 CNY",
        "satisfied": "yes",
        "handler": "Li, 138",
    }
    await press(desk, ZHAO, "approve")
    stored = await fetch_case_row(desk)
    assert (stored.state, stored.appealed) == ("answered", False)


async def test_only_quality_registers_an_appeal(desk: Desk) -> None:
    """Neither the owner nor the head."""
    await set_up_answered_case(desk)
    for who in (LI, ZHAO):
        await press(desk, who, "appeal")
    assert (await fetch_case_row(desk)).state == "answered"


async def test_plan_first(desk: Desk) -> None:
    """Where the severity wants a plan, Resolve says so before anything is asked."""
    from dataclasses import replace

    await set_up_accepted_case(desk)
    severities = {key: replace(one, plan_required=True) for key, one in desk.services.company.severities.items()}
    desk.worker._services = replace(desk.services, company=replace(desk.services.company, severities=severities))
    assert list_alerts(await press(desk, LI, "resolve")) == [desk.plain("case-plan-first", number=NUMBER)]
