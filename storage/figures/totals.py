"""Incremental aggregation: the facts as read, and what a change to them adds to the totals (`domain.figures.totals`).

A transaction adds once, last, in key order, so that two of them never deadlock. `storage.figures.figures` reads the totals.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, Column, ColumnElement, Insert, LargeBinary, Row, Table, bindparam, cast, func, select
from sqlalchemy.dialects import postgresql, sqlite

from domain.deliveries.delivery import PLACE, Fate
from domain.figures.casework import CaseworkColumn, DeadlineColumn, PackedDuration, pack_durations
from domain.figures.totals import (
    DURATIONS,
    LEVELS,
    MONTH_CHARACTERS,
    DayTotals,
    DeliveryFact,
    FactPlace,
    ScoredAnswer,
    SurveyFact,
    TotalsCell,
    TotalsColumn,
    TotalsEntries,
    TotalsEntry,
)
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import InvitationState, Origin
from storage.engine.bulk import BulkStatement, KeyedQuery, among
from storage.engine.database import Tx, insert
from storage.models import (
    answers,
    casework_totals,
    deadline_totals,
    deliveries,
    delivery_totals,
    duration_totals,
    invitations,
    rating_totals,
)

COUNT_COLUMNS = tuple(column.value for column in TotalsColumn)
ANSWER_COLUMNS = ("one", "two", "three", "four", "five")


class _Adder:
    """Adds rows to a table of totals: one by one on SQLite, where a row costs next to nothing; as arrays in one statement on PostgreSQL."""

    def __init__(self, table: Table, names: Sequence[str]) -> None:
        """`names` are those of the table's counts in entries, in the order of its columns."""
        self.table, self.names = table, names
        self._many = BulkStatement.into(lambda tx: self._add_up(insert(tx, table)), table.c)
        arrays = [bindparam(column.name, type_=ARRAY(column.type)) for column in table.c]
        rows = func.unnest(*arrays).table_valued(*table.c.keys()).render_derived(name="added")
        self._at_once = self._add_up(postgresql.insert(table).from_select(table.c.keys(), select(rows)))

    def _add_up(self, statement: "sqlite.Insert | postgresql.Insert") -> Insert:
        counts = [column for column in self.table.c if not column.primary_key]
        summed = {column.name: self._add(column, statement) for column in counts}
        return statement.on_conflict_do_update(index_elements=[c.name for c in self.table.primary_key], set_=summed)

    def _add(self, column: Column[Any], statement: "sqlite.Insert | postgresql.Insert") -> ColumnElement[Any]:
        more = statement.excluded[column.name]
        if not isinstance(column.type, LargeBinary):
            return column + more
        appended = column.op("||")(more)
        # To SQLite whatever is joined is a text.
        return appended if isinstance(statement, postgresql.Insert) else cast(appended, LargeBinary)

    async def execute(self, tx: Tx, rows: Sequence[tuple[str | int | bytes, ...]]) -> None:
        if not rows:
            return
        if tx.dialect.name == "postgresql":
            columns = dict(zip(self.table.c.keys(), map(list, zip(*rows, strict=True)), strict=True))
            await tx.execute(self._at_once, columns)
        else:
            await self._many.execute(tx, rows)


_COUNTS = _Adder(delivery_totals, COUNT_COLUMNS)
_RATINGS = _Adder(rating_totals, [str(score) for score in range(1, LEVELS + 1)])
_CASEWORK = _Adder(casework_totals, [column.value for column in CaseworkColumn])
_DEADLINES = _Adder(deadline_totals, [column.value for column in DeadlineColumn])
_ADDERS = (_COUNTS, _RATINGS, _CASEWORK, _DEADLINES)
_ADDERS_BY_COLUMN = {name: (adder, place) for adder in _ADDERS for place, name in enumerate(adder.names)}
_ADD_DURATIONS = _Adder(duration_totals, [])


async def add_entries(tx: Tx, entries: TotalsEntries) -> None:
    """Add these to the totals. Nothing else may write to them in the same transaction."""
    rows: dict[_Adder, dict[tuple[str, ...], list[int]]] = {}
    durations: dict[tuple[str, ...], list[PackedDuration]] = {}
    for entry, count in entries.items():
        if not count:
            continue
        (by, day_key, department, value, stratum), dimension, column = entry
        if dimension in DURATIONS:
            month, day = day_key[:MONTH_CHARACTERS], int(day_key[MONTH_CHARACTERS + 1 :])
            packed = PackedDuration(day, DURATIONS[dimension], int(column), count)
            durations.setdefault((by, month, department, value), []).append(packed)
            continue
        adder, place = _ADDERS_BY_COLUMN[column]
        key = (by, day_key, dimension, department, value, stratum) if dimension else entry.cell
        rows.setdefault(adder, {}).setdefault(key, [0] * len(adder.names))[place] += count
    for adder in _ADDERS:
        if adder in rows:
            counts = rows[adder]
            await adder.execute(tx, [(*key, *counts[key]) for key in sorted(counts)])
    await _ADD_DURATIONS.execute(tx, [(*key, pack_durations(durations[key])) for key in sorted(durations)])


async def insert_days(tx: Tx, counted: DayTotals) -> None:
    """Insert the cells of days of which there are none yet; the months are added up from them (`totals_rebuild`)."""
    await _COUNTS.execute(tx, [(*key, *counted.counts[key]) for key in sorted(counted.counts)])
    await _RATINGS.execute(tx, [(*key, *counted.ratings[key]) for key in sorted(counted.ratings)])


def list_names(table: Table) -> Sequence[str]:
    """The names of a table's counts in entries, in the order of its columns."""
    return next(adder.names for adder in _ADDERS if adder.table is table)


def list_entries(table: Table, row: Mapping[str, Any]) -> Iterator[tuple[TotalsEntry, int]]:
    """What a row of one of the tables of counts says."""
    cell = TotalsCell(*(row[name] for name in TotalsCell._fields))
    dimension = next((row[name] for name in ("dimension", "stage") if name in row), "")
    counts = [column.name for column in table.c if not column.primary_key]
    for name, column in zip(counts, list_names(table), strict=True):
        if row[name]:
            yield TotalsEntry(cell, dimension, column), row[name]


async def fetch_survey_facts(tx: Tx, ids: Iterable[int], anonymous: Collection[str] = ()) -> dict[int, SurveyFact]:
    """These surveys as they count now, by invitation; nobody else can change them until the transaction ends.

    `anonymous` names the surveys (key@version) whose answers belong to nobody: only the delivery's fate tells that they were answered.
    """
    if tx.dialect.name == "postgresql":
        await _LOCK_SURVEYS.execute(tx, ids)
    rows = await _SURVEYS.execute(tx, ids)
    return make_survey_facts(rows.all(), anonymous)


async def fetch_delivery_facts(tx: Tx, ids: Iterable[int]) -> dict[int, DeliveryFact]:
    """These deliveries as they count now, by id; nobody else can change them until the transaction ends."""
    statement = DELIVERY_ROWS.where(among(tx, deliveries.c.id, ids)).order_by(deliveries.c.id)
    if tx.dialect.name == "postgresql":
        statement = statement.with_for_update()
    return {row.id: make_delivery_fact(row) for row in await tx.execute(statement)}


async def fetch_survey_facts_about(
    tx: Tx, ids: Iterable[int], anonymous: Collection[str] = ()
) -> dict[int, SurveyFact]:
    """The surveys about these deliveries, by invitation."""
    rows = await tx.execute(select(invitations.c.id).where(among(tx, invitations.c.delivery, ids)))
    return await fetch_survey_facts(tx, list(rows.scalars()), anonymous)


_ABOUT = invitations.outerjoin(deliveries, invitations.c.delivery == deliveries.c.id)
SURVEY_ROWS = select(
    invitations.c.id,
    invitations.c.delivery,
    invitations.c.survey,
    invitations.c.origin,
    invitations.c.state,
    invitations.c.excluded,
    invitations.c.created_at,
    deliveries.c.delivered_at,
    deliveries.c.fate,
    *(invitations.c[name] for name in PLACE),
    answers.c.question,
    answers.c.dimension,
    answers.c.kind,
    answers.c.levels,
    answers.c.score,
).select_from(_ABOUT.outerjoin(answers, answers.c.invitation == invitations.c.id))
_SURVEYS = KeyedQuery(invitations.c.id, SURVEY_ROWS.where)
_LOCK_SURVEYS = KeyedQuery(
    invitations.c.id,
    lambda wanted: select(invitations.c.id).where(wanted).order_by(invitations.c.id).with_for_update(),
)
DELIVERY_ROWS = select(
    deliveries.c.id, deliveries.c.delivered_at, deliveries.c.fate, *(deliveries.c[name] for name in PLACE)
)


def make_survey_facts(rows: Sequence[Any], anonymous: Collection[str]) -> dict[int, SurveyFact]:
    heads: dict[int, Row[Any]] = {}
    given: dict[int, dict[str, ScoredAnswer | None]] = {}
    for row in rows:
        heads.setdefault(row.id, row)
        answered = given.setdefault(row.id, {})
        if row.question is not None:
            scored = row.score is not None
            answered[row.question] = (
                ScoredAnswer(row.dimension, QuestionKind(row.kind), row.levels, row.score) if scored else None
            )
    return {id_: _make_survey_fact(row, given[id_], anonymous) for id_, row in heads.items()}


def _make_survey_fact(
    row: Row[Any], given: Mapping[str, ScoredAnswer | None], anonymous: Collection[str]
) -> SurveyFact:
    return SurveyFact(
        FactPlace(row.delivered_at or row.created_at, *(getattr(row, name) for name in PLACE)),
        about_delivery=row.delivery is not None,
        excluded=bool(row.excluded),
        origin=Origin(row.origin),
        reached=row.state != InvitationState.UNDELIVERED,
        anonymous=row.survey in anonymous and row.fate == Fate.ANSWERED.value,
        answers=given,
    )


def make_delivery_fact(row: Row[Any]) -> DeliveryFact:
    place = FactPlace(row.delivered_at, *(getattr(row, name) for name in PLACE))
    return DeliveryFact(place, row.fate != Fate.SAMPLED_OUT.value)
