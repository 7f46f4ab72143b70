"""A complaint's handling is kept with every event of it."""

from dataclasses import replace

from sqlalchemy import select

from domain.cases.case import CaseEvent, CaseState
from domain.cases.handling import Outcome
from domain.people import Role
from handlers.cases.life import handling
from handlers.turns.batch import Batch
from handlers.turns.flush import flush
from storage import models
from storage.cases import cases
from tests.harness.case_actions import press, resolve_case
from tests.harness.case_messages import CARD, make_reply, set_up_owned_case
from tests.harness.in_process import GROUP, LI, WANG, ZHAO, Desk, find_button_data


async def test_from_filing_to_the_first_reply(desk: Desk) -> None:
    """It belongs to its delivery's courier and day, and to the department that leads; an acceptance is no reply, the answer is."""
    await desk.bind("transport")
    card = await desk.file_complaint(waybill="W1", courier={"id": "k17"}, station="s1")
    (row,) = await desk.rows(select(models.courses))
    assert (row.courier, row.station, row.department, row.category) == ("k17", "s1", "transport", "delivery")
    assert (row.outcome, row.replied, row.repeated, row.at < row.opened_at) == (Outcome.NONE, None, False, True)
    desk.clock.advance(minutes=90)
    await desk.press_and_confirm(LI, "Accept", card)
    (row,) = await desk.rows(select(models.courses))
    assert row.replied is None
    await desk.grant(ZHAO, Role.HEAD, "transport")
    await resolve_case(desk)
    desk.clock.advance(minutes=20)
    await press(desk, ZHAO, "approve")
    (row,) = await desk.rows(select(models.courses))
    assert (row.outcome, row.replied is None) == (Outcome.ANSWERED, False)


async def test_a_letter_is_the_first_reply(desk: Desk) -> None:
    """The customer heard from a person, though the case is where it was; a note to colleagues is none."""
    await set_up_owned_case(desk)
    await desk.say(LI, "/note C-261123-0001 Look behind the door", GROUP)
    assert [row.replied for row in await desk.rows(select(models.courses))] == [None]
    desk.clock.advance(minutes=90)  # an hour of them is lunch
    shown = await desk.say(LI, "We found it.", GROUP, message_id=900, **make_reply(CARD))
    await desk.press(LI, find_button_data(shown, "Send"), GROUP)
    (row,) = await desk.rows(select(models.courses))
    assert (row.replied, row.outcome) == (30 * 60, Outcome.NONE)


async def test_what_repeats_a_merged_complaint_repeats_nothing(desk: Desk) -> None:
    """The later flag is decided again with the event, and stays right when everything is counted anew."""
    await desk.file_complaint(waybill="W1", courier={"id": "k17"})
    desk.clock.advance(minutes=5)
    await desk.file_complaint(waybill="W2", courier={"id": "k17"})
    first, second = [row.case for row in await desk.rows(select(models.courses).order_by(models.courses.c.case))]
    assert await _list_repeated(desk) == [False, True]
    async with desk.database.begin() as tx:
        batch = Batch(tx, desk.services, desk.clock.now())
        case = await cases.get(tx, first)
        assert case is not None
        merged = replace(case, state=CaseState.MERGED, merged_into=second)
        history = (await cases.fetch_histories(tx, [first]))[first]
        happened = replace(history[-1], version=2, event=CaseEvent.MERGE, state=CaseState.MERGED)
        await handling.update_handling(batch, merged, [*history, happened])
        await flush(batch, None)
    assert await _list_repeated(desk) == [False, False]


async def _list_repeated(desk: Desk) -> list[bool]:
    return [row.repeated for row in await desk.rows(select(models.courses).order_by(models.courses.c.case))]


async def test_the_second_of_its_kind_is_a_repeat(desk: Desk) -> None:
    """The same category and unit within the company's ninety days; praise has none."""
    await desk.file_complaint(waybill="W1")
    await desk.file_complaint(waybill="W2")
    await desk.press(WANG, find_button_data(await desk.open_survey(waybill="W3"), "5"))
    assert [row.repeated for row in await desk.rows(select(models.courses).order_by(models.courses.c.case))] == [
        False,
        True,
    ]
