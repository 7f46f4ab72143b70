"""A survey with every sort of question, as a customer answers it: a service's own survey, photos as an album, a changed mind (S4)."""

import json

import pytest
from sqlalchemy import select

from playground.people.seat import Seat
from storage.models import answers, audit, contributions
from tests.harness.stage import StoryStage, find_case_number

ORDER = [3, 0, 4, 1, 2]


async def _answers(stage: StoryStage) -> dict[str, object]:
    rows = await stage.rows(select(answers.c.question, answers.c.score, answers.c.words))
    return {row.question: row.score if row.score is not None else json.loads(row.words) for row in rows}


async def _press(stage: StoryStage, customer: Seat, label: str, then: str) -> str:
    """Press, and wait for what the screen says then; its whole text."""
    await stage.telegram.settle()
    await customer.press(label)
    return str((await customer.see(then))["text"])


async def test_a_warehouse_survey_with_an_album(stage: StoryStage) -> None:
    """The service's own survey; a low rating asks for reasons and photos; five photos out of order are one answer of five, shown to
    the department with the case that the rating becomes.
    """
    customer = await stage.rate_delivery(4, service="warehouse")
    for place in (3, 4, 5, 6):
        await _press(stage, customer, "Skip", f"Question {place} of 7")
    text = await _press(stage, customer, "2", "What worries you about safety?")
    assert "We are sorry" in text
    await _press(stage, customer, "Goods were damaged", "Question 7 of 9")
    await _press(stage, customer, "Done", "Would you like to show us")
    await customer.album(5, caption="The roof leaks", order=ORDER, delay_ms=40)
    await customer.see("5 photos. Send more")
    stored = (await _answers(stage))["photos"]
    assert isinstance(stored, list)
    assert (len([one for one in stored if one.startswith("photo:")]), stored[-1]) == (5, "said:The roof leaks")
    await _press(stage, customer, "Done", "Anything else we should do better")
    text = await _press(stage, customer, "Back", "5 photos. Send more")
    assert "You wrote: The roof leaks" in text
    await _press(stage, customer, "Skip", "Anything else we should do better")
    await stage.telegram.settle()
    await customer.press("File a complaint")
    number = find_case_number(await customer.see("is filed and passed on"))
    await stage.card("transport", number, "5 photos The roof leaks", "5 files")
    await stage.wait_until_quiet()
    assert [len(json.loads(row.files)) for row in await stage.rows(select(contributions.c.files))] == [5]
    sent = [message for message in await stage.telegram.messages(stage.groups["transport"]) if "photo" in message]
    assert len(sent) == 5


@pytest.mark.prove
async def test_a_changed_mind_takes_the_reasons_out(stage: StoryStage) -> None:
    """Two becomes five: the reasons are stored no more, the log has them; five becomes two: they are back, ticked."""
    customer = await stage.rate_delivery(4)
    await _press(stage, customer, "2", "What went wrong with the timing")
    await _press(stage, customer, "Late", "Question 3 of 6")
    await _press(stage, customer, "Back", "Did it arrive in good time")
    await _press(stage, customer, "5", "Were the goods intact")
    assert await _answers(stage) == {"overall": 4, "timeliness": 5}
    await _press(stage, customer, "Back", "Did it arrive in good time")
    await _press(stage, customer, "2", "What went wrong with the timing")
    await stage.telegram.settle()
    assert "☑ Late" in await customer.buttons()
    assert await _answers(stage) == {"overall": 4, "timeliness": 2, "timeliness_reasons": ["late"]}
    rows = await stage.rows(select(audit.c.before, audit.c.after).where(audit.c.what == "answer.recount"))
    assert [tuple(row) for row in rows] == [
        ("timeliness_reasons=('late',)", None),
        (None, "timeliness_reasons=('late',)"),
    ]
