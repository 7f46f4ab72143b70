"""A complaint's course is kept with every event of it."""

from sqlalchemy import select

from domain.cases.handling import Outcome
from storage import models
from tests.harness.in_process import LI, WANG, Desk, find_button_data


async def test_from_filing_to_the_first_reply(desk: Desk) -> None:
    """It belongs to its delivery's courier and day, and to the department that leads; an acceptance is the first reply."""
    await desk.bind("transport")
    card = await desk.file_complaint(waybill="W1", courier={"id": "k17"}, station="s1")
    (row,) = await desk.rows(select(models.courses))
    assert (row.courier, row.station, row.department, row.category) == ("k17", "s1", "transport", "delivery")
    assert (row.outcome, row.replied, row.repeated, row.at < row.opened_at) == (Outcome.NONE, None, False, True)
    desk.clock.advance(minutes=90)
    await desk.press_and_confirm(LI, "Accept", card)
    (row,) = await desk.rows(select(models.courses))
    assert row.replied is not None


async def test_the_second_of_its_kind_is_a_repeat(desk: Desk) -> None:
    """The same category and department within the company's ninety days; praise has no course."""
    await desk.file_complaint(waybill="W1")
    await desk.file_complaint(waybill="W2")
    await desk.press(WANG, find_button_data(await desk.open_survey(waybill="W3"), "5"))
    assert [row.repeated for row in await desk.rows(select(models.courses).order_by(models.courses.c.case))] == [
        False,
        True,
    ]
