"""What a customer says to an answer: solved, not solved, how it was handled, nothing at all."""

from sqlalchemy import select

from conversations.buttons import HandlingRatingButton, MyCaseButton, VerdictButton
from storage.models import audit, cases
from tests.harness.customer_case import (
    NUMBER,
    fetch_case_id,
    fetch_case_state,
    set_up_answered_case,
    set_up_closed_case,
)
from tests.harness.in_process import GROUP, LI, WANG, Desk, find_button_data, list_labels, list_texts, read_body


async def test_solved_is_the_customers_word(desk: Desk) -> None:
    """The answer in the resolver's words, Solved closes it, and the old button is late."""
    shown = await set_up_answered_case(desk)
    assert any("We retrained the driver" in text for text in list_texts(shown, WANG.id))
    solved = find_button_data(shown, "Solved")
    calls = await desk.press(WANG, solved)
    assert list_texts(calls, WANG.id)[0].startswith(desk.text("case-solved", number=NUMBER))
    assert await fetch_case_state(desk) == "closed"
    (late,) = await desk.press(WANG, solved)
    assert read_body(late)["text"] == desk.plain("verdict-late", number=NUMBER)
    (over,) = await desk.press(WANG, MyCaseButton(await fetch_case_id(desk), "a"))
    assert read_body(over)["text"] == desk.plain("case-over")


async def test_not_solved_asks_why_and_begins_a_round(desk: Desk) -> None:
    """The reason reaches the department, and a verdict on the first answer counts no more."""
    shown = await set_up_answered_case(desk)
    await desk.press(WANG, find_button_data(shown, "Not solved"))
    calls = await desk.say(WANG, "Still broken")
    assert any("Still broken" in text for text in list_texts(calls, GROUP))
    (row,) = await desk.rows(select(cases.c.state, cases.c.round))
    assert (row.state, row.round) == ("assigned", 2)
    (late,) = await desk.press(WANG, find_button_data(shown, "Solved"))
    assert read_body(late)["text"] == desk.plain("verdict-late", number=NUMBER)
    logged = await desk.rows(select(audit.c.what).where(audit.c.subject == f"case:{await fetch_case_id(desk)}"))
    assert sorted(row.what for row in logged) == sorted(
        ["case.file", "case.accept", "case.resolve", "case.approve", "case.not_satisfied"]
    )


async def test_it_can_be_said_in_the_timeline_too(desk: Desk) -> None:
    """The same two buttons stand there, and the answer with them."""
    await set_up_answered_case(desk)
    (timeline,) = [c for c in await desk.press(WANG, MyCaseButton(await fetch_case_id(desk), "t")) if c.name]
    assert list_labels(timeline)[:2] == ["Solved", "Not solved"]
    assert "Our answer: We retrained the driver" in list_texts([timeline])[0]
    await desk.press(WANG, find_button_data([timeline], "Solved"))
    assert await fetch_case_state(desk) == "closed"


async def test_the_handling_is_rated_and_can_be_changed(desk: Desk) -> None:
    """Five in a row, ending in the digits, in the answer's own message; every change is in the log, and the card shows it."""
    calls = await set_up_closed_case(desk)
    (asked,) = [call for call in calls if call.chat_id == WANG.id]
    assert [label[-1] for label in list_labels(asked)] == list("12345")
    rated = await desk.press(WANG, find_button_data(calls, "4"), at=500)
    (thanked,) = [call for call in rated if call.chat_id == WANG.id]
    assert thanked.name == asked.name
    assert desk.text("handling-thanks", score=4) in list_texts([thanked])[0]
    assert list_labels(thanked)[3] == "✓ 4"
    assert any("Handling rated 4 of 5" in text for text in list_texts(rated, GROUP))
    await desk.press(WANG, find_button_data(rated, "2"))
    await desk.press(WANG, find_button_data(rated, "2"))
    ((score,),) = await desk.rows(select(cases.c.handling))
    assert score == 2
    changes = await desk.rows(select(audit.c.before, audit.c.after).where(audit.c.what == "case.handling"))
    assert [tuple(row) for row in changes] == [(None, "4"), ("4", "2")]


async def test_a_forged_rating_counts_nothing(desk: Desk) -> None:
    """Another's case, one that is not closed, a score that is none."""
    await set_up_answered_case(desk)
    case = await fetch_case_id(desk)
    (early,) = await desk.press(WANG, HandlingRatingButton(case, 5))
    assert read_body(early)["text"] == desk.plain("verdict-late", number=NUMBER)
    await desk.press(WANG, VerdictButton(case, 1, solved=True))
    (strange,) = await desk.press(LI, HandlingRatingButton(case, 5))
    assert read_body(strange)["text"] == desk.plain("not-yours")
    for score in (0, 6):
        (refused,) = await desk.press(WANG, HandlingRatingButton(case, score))
        assert read_body(refused)["text"] == desk.plain("verdict-late", number=NUMBER)
    assert [row.handling for row in await desk.rows(select(cases.c.handling))] == [None]
