"""Totals that follow every event are what the raw rows say, and can be written anew."""

from datetime import date
from functools import partial
from random import Random

import pytest
from sqlalchemy import Table, delete, select, update

from bot.process.rebuild import rebuild_totals
from bot.process.totals_packing import TotalsPacking
from domain.cases.case import CaseEvent, CasePart, CaseRefusal, Need
from domain.figures.casework import repack_durations
from domain.people import Role
from handlers.cases.life import handling, transitions
from handlers.figures import totals_rebuild
from handlers.turns import totals
from handlers.turns.batch import Batch
from storage import installation, models
from storage.cases import cases
from storage.engine.database import Tx
from storage.fairness import appeals
from storage.figures import packed_totals
from storage.models import invitations
from tests.conftest import PROVE
from tests.harness.daily_totals import KEPT_TABLES
from tests.harness.in_process import WANG, ZHAO, Desk, find_button_data, make_delivery

DOINGS = (
    "rate",
    "change",
    "file",
    "correct",
    "exclude",
    "erase",
    "block",
    "ring",
    "move",
    "move",
    "move",
    "thank",
    "pack",
)
MOVES = [event for event in CaseEvent if event not in {CaseEvent.FILE, CaseEvent.HAND_OVER}]
FACTS = dict.fromkeys(Need, "words") | {
    Need.DEPARTMENT: "service",
    Need.VALID: "yes",
    Need.PERSON: "1",
    Need.DUE: "2026-12-01T09:00+00:00",
}
"""Something plausible for whatever an event must bring along."""


@pytest.mark.parametrize("seed", range(12 if PROVE else 4))
async def test_totals_follow_whatever_happens(desk: Desk, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ratings, changes, complaints and all that becomes of them, corrections, upheld appeals, erased persons, blocks: never a
    difference from the raw rows.
    """
    monkeypatch.setattr(packed_totals, "ROWS_TO_PACK", 2)
    draw = Random(seed)  # noqa: S311 -- a test's dice are no secret
    done = []
    for n in range(12):
        done.append((draw.choice(DOINGS), draw.randint(1, 5)))
        await _do(desk, *done[-1], n)
        assert await _differences(desk) == {}, done


async def test_counted_anew_they_are_the_same(desk: Desk) -> None:
    """Whatever was lost or made up in the totals, courses and deadlines of a lived company is as it was after a rebuild."""
    await desk.bind("transport")
    for n, doing in enumerate(("rate", "file", "change", "exclude", "rate", "file", *["move"] * 9, "thank")):
        await _do(desk, doing, n % 5 + 1, n)
    kept = await _everything(desk)
    async with desk.database.begin() as tx:
        await tx.execute(delete(models.delivery_totals))
        await tx.execute(update(models.rating_totals).values(five=99))
        await tx.execute(update(models.casework_totals).values(rectified=99))
        await tx.execute(delete(models.deadline_totals))
        await tx.execute(delete(models.duration_totals).where(models.duration_totals.c.by != "all"))
        await tx.execute(delete(models.courses))
    assert await _differences(desk) != {}
    assert await rebuild_totals(desk.database, desk.services) > 0
    assert await _differences(desk) == {}
    assert await _everything(desk) == kept


async def test_another_time_zone_is_counted_anew(desk: Desk) -> None:
    """The days that totals are kept in are remembered."""
    async with desk.database.begin() as tx:
        assert await totals_rebuild.is_rebuild_due(tx, desk.services)
    await rebuild_totals(desk.database, desk.services)
    async with desk.database.begin() as tx:
        assert not await totals_rebuild.is_rebuild_due(tx, desk.services)
        await installation.put(tx, totals_rebuild.TOTALS_ZONE_KEY, "Europe/Berlin")
        assert await totals_rebuild.is_rebuild_due(tx, desk.services)


@pytest.mark.parametrize("score", ["5", "1"])
async def test_a_courier_who_reports_and_a_customer_who_goes(desk: Desk, score: str) -> None:
    """A delivery reported at the door counts at once; who blocks the bot before the survey arrives was not surveyed."""
    await desk.grant(ZHAO, Role.COURIER, "k17")
    await desk.say(ZHAO, "/delivered SF9")
    await desk.press(WANG, find_button_data(await desk.open_survey(waybill="SF9"), score))
    await desk.member(WANG, "kicked")
    assert await _differences(desk) == {}


async def test_where_a_complaint_came_from(desk: Desk) -> None:
    """One tap after a low rating, a low rating that nobody decided about, and a complaint that the customer filed: two grew, one was filed."""
    await desk.bind("transport")
    await desk.file_complaint(waybill="F1")
    assert await _count_origins(desk) == (1, 1)
    await desk.press(WANG, find_button_data(await desk.open_survey(waybill="F2", department="transport"), "1"))
    await desk.ring(minutes=31)
    assert await _count_origins(desk) == (2, 2)
    await desk.open_survey(waybill="F3", department="transport")
    shown = await desk.say(WANG, "/complain")
    for answered in ("F3", "Delivery and logistics", "-It came late", "Done", "-My money back", "Skip", "Confirm"):
        if answered[0] == "-":
            shown = await desk.say(WANG, answered[1:])
        else:
            shown = await desk.press(WANG, find_button_data(shown, answered))
    assert await _count_origins(desk) == (3, 2)
    assert await _differences(desk) == {}


async def _count_origins(desk: Desk) -> tuple[int, int]:
    """All complaints, and those that grew out of a rating."""
    t = models.delivery_totals.c
    rows = await desk.rows(select(t.complaints, t.grown).where(t.by == "all", t.day == "2026-11"))
    return sum(row.complaints for row in rows), sum(row.grown for row in rows)


async def _do(desk: Desk, doing: str, score: int, n: int) -> None:
    match doing:
        case "rate":
            await desk.press(
                WANG,
                find_button_data(
                    await desk.open_survey(waybill=f"R{n}", courier={"id": f"k{n % 2}"}, priority="P1"), str(score)
                ),
            )
        case "file":
            await desk.file_complaint(waybill=f"F{n}", courier={"id": "k17"})
        case "change":
            shown = await desk.open_survey(waybill=f"H{n}")
            await desk.press(WANG, find_button_data(shown, "5"))
            await desk.press(WANG, find_button_data(shown, str(score)))
        case "correct":
            await desk.deliver({**_item(n), "station": f"s{score}", "priority": "P4"})
            await desk.deliver({**_item(n), "station": "s9"})
        case "exclude":
            await desk.batch(_excluded)
        case "move":
            desk.clock.advance(hours=score)
            await desk.batch(partial(_move_any, Random(f"{score} {n}")))  # noqa: S311 -- a test's dice are no secret
        case "thank":
            await desk.batch(partial(_thank, score))
        case "pack":
            await TotalsPacking(desk.database).step()
        case "erase":
            async with desk.database.begin() as tx:
                await tx.execute(update(invitations).values(person=None))
        case "block":
            await desk.member(WANG, "kicked")
            await desk.member(WANG, "member")
        case _:
            await desk.ring(hours=1)


def _item(n: int) -> dict[str, object]:

    return make_delivery(f"C{n}")


async def _excluded(batch: Batch) -> None:
    first = await batch.tx.scalar(
        invitations.select().with_only_columns(invitations.c.id).order_by(invitations.c.id).limit(1)
    )
    if first is not None:
        await totals.record_survey_changes(batch, [first], excluded=True)
        await appeals.exclude_rating(batch.tx, first)


async def _move_any(draw: Random, batch: Batch) -> None:
    """One event that the table allows, of one case."""
    known = await cases.select_cases(batch.tx, [], [cases.by_id()], 50)
    draw.shuffle(known)
    for case in known[:3]:
        facts = FACTS | {Need.INTO: str(known[-1].id)}
        for event in draw.sample(MOVES, len(MOVES)):
            if event is CaseEvent.MERGE and known[-1].id == case.id:
                continue
            moved = await transitions.move(batch, case, event, frozenset(CasePart), facts, actor=None)
            if not isinstance(moved, CaseRefusal):
                return


async def _thank(score: int, batch: Batch) -> None:
    for case in await cases.select_cases(batch.tx, [], [cases.by_id()], 2):
        await handling.rate_handling(batch, case.id, score)


async def _differences(desk: Desk) -> dict[date, int]:
    async with desk.database.read() as tx:
        return await totals_rebuild.find_differences(tx, desk.services)


async def _everything(desk: Desk) -> list[list[tuple[object, ...]]]:
    async with desk.database.read() as tx:
        return [await _rows(tx, table) for table in (models.courses, models.deadlines, *KEPT_TABLES)]


async def _rows(tx: Tx, table: Table) -> list[tuple[object, ...]]:
    """Without rows that say nothing; durations in their order."""
    rows = [tuple(row) for row in await tx.execute(table.select().order_by(*table.primary_key))]
    if table is models.duration_totals:
        rows = [(*keys, repack_durations(durations)) for *keys, durations in rows]
    counts = [n for n, column in enumerate(table.c) if column.name not in table.primary_key]
    return [row for row in rows if table not in KEPT_TABLES or any(row[n] for n in counts)]
