"""The pinned overview: one message a group, where the company wants it."""

from dataclasses import replace

from sqlalchemy import select

from handlers.cases.life import pinned
from handlers.turns.batch import Batch
from storage import models
from storage.queue import outbox
from tests.harness.in_process import COMPANY, GROUP, LI, Desk, list_texts


def _wanted(desk: Desk) -> None:
    company = replace(COMPANY, handling=replace(COMPANY.handling, pinned_digest=True))
    desk.worker._services = replace(desk.services, company=company)
    desk.services = desk.worker._services


async def test_nobody_asked_for_it(desk: Desk) -> None:
    """By default there is none."""
    await desk.bind("transport")
    assert not [call for call in await desk.file_complaint(department="transport") if call.name == pinned.NAME]


async def test_it_follows_the_cases(desk: Desk) -> None:
    """Pinned with the first case, edited by its name as cases move, and glad when none is left."""
    _wanted(desk)
    await desk.bind("transport")
    calls = [call for call in await desk.file_complaint(department="transport") if call.name == pinned.NAME]
    assert [call.method for call in calls] == [outbox.SHOW, outbox.PIN]
    ((number,),) = await desk.rows(select(models.cases.c.number))
    assert number in list_texts(calls)[0]
    async with desk.database.begin() as tx:
        await outbox.name_message(tx, GROUP, pinned.NAME, 55)
    calls = await desk.file_complaint(LI, waybill="SF2", customer={"ref": "2"}, department="transport")
    (again,) = [call for call in calls if call.name == pinned.NAME]
    assert (again.method, again.fresh) == (outbox.SHOW, False)
    assert list_texts([again])[0].count("C-") == 2


async def test_none_left(desk: Desk) -> None:
    """A department without open cases is told so; one without a group is not told anything."""
    _wanted(desk)
    await desk.bind("transport")

    async def work(batch: Batch) -> None:
        await pinned.show_overview(batch, "transport")
        await pinned.show_overview(batch, "service")

    first, _pin = (await desk.batch(work)).calls
    assert desk.text("pinned-none") in list_texts([first])
