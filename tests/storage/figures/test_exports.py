"""Responses and days for an export: every one once, in order, whatever the pieces; nobody's words unless they are wanted."""

from collections import Counter
from collections.abc import AsyncIterator
from typing import TypeVar

import pytest
from sqlalchemy import func, select

from domain.figures.export import ExportedDay, ExportedResponse, ExportRequest
from domain.figures.period import parse_period
from domain.figures.totals import TotalsColumn
from storage.engine.database import Database
from storage.figures import exports, figures
from storage.figures.figures import FigureQuery
from storage.models import answers, deliveries, invitations
from tests.harness.export_rows import COMPANY, NOW, write_october

OCTOBER = parse_period("2026-10", NOW, COMPANY.zone)
ALL = ExportRequest(OCTOBER, words=True)
T = TypeVar("T")


async def every(pieces: AsyncIterator[list[T]]) -> list[T]:
    return [one async for piece in pieces for one in piece]


async def of(database: Database, wanted: ExportRequest = ALL) -> list[ExportedResponse]:
    async with database.read() as tx:
        return await every(exports.stream_responses(tx, wanted))


@pytest.mark.parametrize("size", [1, 7, 2000])
async def test_every_response_once(database: Database, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Whatever the size of a piece: those about deliveries of the period by their day, then those about none; half-open."""
    await write_october(database, 120, 0)
    monkeypatch.setattr(exports, "RESPONSES_PER_PIECE", size)
    responses = await of(database)
    about = [one for one in responses if one.delivered_at is not None]
    assert responses == about + [one for one in responses if one.delivered_at is None]
    moments = [one.delivered_at or one.asked_at for one in responses]
    assert moments[: len(about)] == sorted(moments[: len(about)])
    assert all(OCTOBER.start <= at < OCTOBER.end for at in moments)
    async with database.read() as tx:
        source = invitations.outerjoin(deliveries, invitations.c.delivery == deliveries.c.id)
        at = func.coalesce(deliveries.c.delivered_at, invitations.c.created_at)
        answered = select(answers.c.invitation).where(answers.c.invitation == invitations.c.id).exists()
        rows = (await tx.execute(select(at).select_from(source).where(answered))).scalars().all()
    assert len(responses) == len([one for one in rows if OCTOBER.start <= one.astimezone(OCTOBER.zone) < OCTOBER.end])
    assert len({one.waybill for one in about}) == len(about)


async def test_what_is_in_a_response(database: Database) -> None:
    """Scores by their keys, ticked options by question; words where they are wanted, contacts never."""
    await write_october(database)
    responses = await of(database)
    assert {key for one in responses for key in one.scores} == {
        *("overall", "timeliness", "goods", "attitude", "4:overall", "=nps:recommend", "=recommend"),
    }
    async with database.read() as tx:
        assert await exports.list_score_keys(tx, ALL) == sorted({key for one in responses for key in one.scores})
    assert {one.ticked.get("goods_reasons") for one in responses} == {None, ("lost", "damaged")}
    assert "a\r\nb" in {word for one in responses for word in one.words}
    assert not any("+86139" in str(one) for one in responses)
    silent = await of(database, ExportRequest(OCTOBER))
    assert not any(one.words for one in silent)
    assert [one.answered_at for one in silent] == [one.answered_at for one in responses]
    assert {one.counts for one in responses if one.excluded or one.origin == "campaign"} == {False}


async def test_a_department_sees_its_own(database: Database) -> None:
    """Only what was frozen as its own when the customer was asked."""
    await write_october(database)
    responses = await of(database, ExportRequest(OCTOBER, ("service",)))
    assert {one.department for one in responses} == {"service"}
    assert len(responses) == Counter(one.department for one in await of(database))["service"]
    assert await of(database, ExportRequest(OCTOBER, ())) == []


@pytest.mark.parametrize("departments", [None, ("transport", "")])
async def test_days_add_up_to_the_figures(database: Database, departments: tuple[str, ...] | None) -> None:
    """Counted from the rows themselves, they say what the kept totals say."""
    await write_october(database)
    async with database.read() as tx:
        days = await every(exports.stream_days(tx, ExportRequest(OCTOBER, departments), set()))
        counted = (await figures.fetch_summary(tx, FigureQuery(OCTOBER, departments=departments), NOW)).now
    for column in (TotalsColumn.DELIVERIES, TotalsColumn.SAMPLED, TotalsColumn.SURVEYED, TotalsColumn.ANSWERED):
        assert sum(getattr(day, column.value) for day in days) == getattr(counted, column.value), column
    assert [day.day for day in days] == sorted(day.day for day in days)
    assert len({(day.day, day.department, day.priority) for day in days}) == len(days)
    assert {type(day) for day in days} == {ExportedDay}


async def test_an_anonymous_answer_is_only_a_count(database: Database) -> None:
    """No row of it, whatever survey is meant; that somebody answered is known by the delivery's fate."""
    await write_october(database, 200, 0)
    async with database.begin() as tx:
        await tx.execute(answers.delete())
        survey = await tx.scalar(select(invitations.c.survey).limit(1))
        assert await every(exports.stream_responses(tx, ALL)) == []
        named = await every(exports.stream_days(tx, ALL, set()))
        unnamed = await every(exports.stream_days(tx, ALL, {str(survey)}))
    assert sum(day.answered for day in named) == 0
    assert sum(day.answered for day in unnamed) > 0
