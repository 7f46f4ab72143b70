"""Cases for an export, with their histories, and the promises that fell due; streamed as `storage.figures.exports` streams responses."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select, tuple_

from domain.cases.case import CaseKind, CaseState, HistoryEntry, Need
from domain.cases.deadlines import Stage
from domain.cases.handling import Outcome
from domain.deliveries.delivery import PLACE_DETAILS
from domain.figures.export import ExportedCase, ExportedDeadline, ExportedStep, ExportRequest, select_facts
from domain.figures.maturity import find_settled_before
from storage.cases import cases as case_rows
from storage.engine.bulk import among
from storage.engine.database import Tx
from storage.figures.exports import bind_value, filter_departments, filter_period
from storage.models import cases, courses, deadlines, people

CASES_PER_PIECE, DEADLINES_PER_PIECE = 500, 2000
"""Rows per batch."""

_owner, _linked, _merged = people.alias("owner"), cases.alias("linked"), cases.alias("merged")
_CASE: tuple[Any, ...] = (
    cases,
    *(courses.c[name].label(f"course_{name}") for name in courses.c.keys()),  # noqa: SIM118 -- a collection of columns, not a dictionary
    _owner.c.name.label("owner_name"),
    _linked.c.number.label("linked_number"),
    _merged.c.number.label("merged_number"),
)


_SAME_COLUMNS = (
    *("number", "category", "reason", "severity", "waybill", "due_at", "closed_at", "round", "valid", "handling"),
    "appealed",
)


async def stream_cases(
    tx: Tx, wanted: ExportRequest, now: datetime
) -> AsyncIterator[list[tuple[ExportedCase, list[ExportedStep]]]]:
    """The cases in order of filing, each with its history; in batches."""
    led = func.coalesce(courses.c.department, cases.c.department)
    source = cases.outerjoin(courses, courses.c.case == cases.c.id).outerjoin(_owner, _owner.c.id == cases.c.owner)
    source = source.outerjoin(_linked, _linked.c.id == cases.c.linked)
    source = source.outerjoin(_merged, _merged.c.id == cases.c.merged_into)
    spans = or_(filter_period(cases.c.created_at, wanted.period), filter_period(courses.c.at, wanted.period))
    statement = select(*_CASE).select_from(source).where(spans, *filter_departments(led, wanted))
    after = 0
    while True:
        page = statement.where(cases.c.id > after).order_by(cases.c.id).limit(CASES_PER_PIECE)
        rows = (await tx.execute(page)).all()
        if not rows:
            return
        histories = await case_rows.fetch_histories(tx, [row.id for row in rows])
        actors = {one.actor for history in histories.values() for one in history if one.actor is not None}
        actors |= _find_ids(histories, Need.PERSON)
        names = _Names(await _fetch_names(tx, actors), await _fetch_numbers(tx, _find_ids(histories, Need.INTO)))
        yield [(_make_case(row, wanted, now), _make_steps(row, histories[row.id], names, wanted)) for row in rows]
        after = rows[-1].id


@dataclass(frozen=True, slots=True)
class _Names:
    """Names of the people and cases that histories mention by id."""

    people: Mapping[int, str]
    cases: Mapping[int, str]


def _find_ids(histories: Mapping[int, Sequence[HistoryEntry]], need: Need) -> set[int]:
    """The ids that these histories mention in this role."""
    texts = (one.facts.get(need, "") for history in histories.values() for one in history)
    return {int(text) for text in texts if text.isdecimal()}


async def _fetch_names(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    rows = await tx.execute(select(people.c.id, people.c.name).where(among(tx, people.c.id, ids)))
    return {row.id: row.name for row in rows}


async def _fetch_numbers(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    rows = await tx.execute(select(cases.c.id, cases.c.number).where(among(tx, cases.c.id, ids)))
    return {row.id: row.number for row in rows}


def _make_case(row: Row[Any], wanted: ExportRequest, now: datetime) -> ExportedCase:
    period, is_counted = wanted.period, row.course_case is not None and row.course_outcome != Outcome.MERGED.value
    answered_at = row.course_answered_at if row.course_case is not None else row.answered_at
    settled = answered_at is not None and answered_at <= find_settled_before(now, period.zone)
    said = row.course_outcome in {Outcome.SATISFIED.value, Outcome.DISSATISFIED.value}
    said = said or (row.course_rounds or 1) > 1 or bool(row.course_solved_in)
    opened_at = row.course_opened_at or row.created_at
    place: dict[str, Any] = {name: getattr(row, f"course_{name}") or "" for name in PLACE_DETAILS}
    same: dict[str, Any] = {name: getattr(row, name) for name in _SAME_COLUMNS}
    return ExportedCase(
        **same,
        **place,
        kind=CaseKind(row.kind),
        state=CaseState(row.state),
        department=row.course_department or row.department,
        cooperating=tuple(filter(None, row.cooperating.split(","))),
        owner=row.owner_name or "",
        courier=row.course_courier or row.courier,
        opened_at=opened_at,
        counted_at=row.course_at,
        answered_at=answered_at,
        outcome=Outcome(row.course_outcome) if row.course_outcome else None,
        replied=row.course_replied,
        resolved=row.course_resolved,
        finished=row.course_finished,
        solved_in=row.course_solved_in or 0,
        settled=settled,
        spoken=settled and said,
        reopened=bool(row.course_reopened),
        repeated=bool(row.course_repeated),
        linked=row.linked_number or "",
        merged_into=row.merged_number or "",
        counts=is_counted and period.start <= opened_at < period.end,
        about=is_counted and row.course_at is not None and period.start <= row.course_at < period.end,
        description=row.description if wanted.words else "",
        wanted=row.wanted if wanted.words else "",
    )


def _make_steps(
    row: Row[Any], history: Sequence[HistoryEntry], names: _Names, wanted: ExportRequest
) -> list[ExportedStep]:
    steps = []
    for entry in history:
        facts = select_facts(entry.event, entry.facts, words=wanted.words)
        for need, known in ((Need.PERSON, names.people), (Need.INTO, names.cases)):
            if (text := facts.get(need, "")).isdecimal():
                facts[need.value] = known.get(int(text), "")
        by_customer = entry.actor is not None and entry.actor == row.customer
        who = "" if by_customer or entry.actor is None else names.people.get(entry.actor, "")
        steps.append(
            ExportedStep(row.number, entry.version, entry.event, entry.state, entry.at, who, by_customer, facts)
        )
    return steps


async def stream_deadlines(tx: Tx, wanted: ExportRequest, now: datetime) -> AsyncIterator[list[ExportedDeadline]]:
    """What fell due in the period, ordered by when it was due; in batches."""
    d = deadlines.c
    where = (filter_period(d.due_at, wanted.period), *filter_departments(d.department, wanted))
    statement = select(deadlines, cases.c.number).join(cases, cases.c.id == d.case).where(*where)
    ordered = statement.order_by(d.due_at, d.case, d.stage, d.since).limit(DEADLINES_PER_PIECE)
    after: ColumnElement[Any] | None = None
    while True:
        page = ordered if after is None else ordered.where(tuple_(d.due_at, d.case, d.stage, d.since) > after)
        rows = (await tx.execute(page)).all()
        if not rows:
            return
        yield [_make_deadline(row, now) for row in rows]
        after = tuple_(*(bind_value(d[name], getattr(rows[-1], name)) for name in ("due_at", "case", "stage", "since")))


def _make_deadline(row: Row[Any], now: datetime) -> ExportedDeadline:
    counts = row.counts and (row.ended_at is not None or row.due_at < now)
    moments = (row.started_at, row.promised_at, row.due_at, row.ended_at)
    return ExportedDeadline(row.number, Stage(row.stage), row.department, *moments, counts)
