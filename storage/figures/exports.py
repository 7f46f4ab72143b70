"""Keyset pagination for exports: each batch starts where the last one ended, so memory stays small for any period.

Run inside one reading transaction, so that the batches and the figures beside them show the same moment.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, exists, func, or_, select, tuple_

from domain.deliveries.delivery import PLACE, Fate
from domain.figures.export import (
    NO_DIMENSION_MARK,
    NPS_MARK,
    RECOMMEND_MARK,
    ExportedDay,
    ExportedResponse,
    ExportRequest,
)
from domain.figures.period import Period
from domain.figures.totals import FEWER_LEVELS, FOUR_LEVELS, LEVELS, TotalsColumn, list_survey_columns
from domain.surveys.question_kinds import KINDS, OPTION_KINDS, SCORED_KINDS, Counting, QuestionKind
from domain.surveys.survey import InvitationState, Origin
from storage.engine.bulk import among
from storage.engine.database import Tx
from storage.models import answers, deliveries, invitations

RESPONSES_PER_PIECE = 2000
"""Rows per batch."""

_NUMBER_KINDS = tuple(kind.value for kind in SCORED_KINDS)
_OPTION_KINDS = tuple(kind.value for kind in OPTION_KINDS)
_DAY_COLUMNS = (
    TotalsColumn.DELIVERIES,
    TotalsColumn.SAMPLED,
    TotalsColumn.SURVEYED,
    TotalsColumn.ANSWERED,
    TotalsColumn.INVITED,
    TotalsColumn.RESPONDED,
    TotalsColumn.CAME,
)
"""In the order of `ExportedDay`."""

_RESPONSE = (
    invitations.c.id,
    invitations.c.created_at,
    invitations.c.origin,
    invitations.c.survey,
    invitations.c.entered_by,
    invitations.c.excluded,
    *(invitations.c[name] for name in PLACE),
)
_ANSWERED = exists().where(answers.c.invitation == invitations.c.id)


# --- responses -------------------------------------------------------------------------------------------------------


async def list_score_keys(tx: Tx, wanted: ExportRequest) -> list[str]:
    """The keys of `Response.scores` that occur, sorted; each becomes a column."""
    columns = (answers.c.question, answers.c.dimension, answers.c.kind, answers.c.levels)
    keys: set[str] = set()
    for about in (True, False):
        source = invitations.join(answers, answers.c.invitation == invitations.c.id)
        if about:
            source = source.join(deliveries, invitations.c.delivery == deliveries.c.id)
        where = (answers.c.kind.in_(_NUMBER_KINDS), answers.c.score.is_not(None), *_filter_cohort(wanted, about=about))
        rows = await tx.execute(select(*columns).distinct().select_from(source).where(*where))
        keys |= {key for row in rows if (key := _find_score_key(*row))}
    return sorted(keys)


async def stream_responses(tx: Tx, wanted: ExportRequest) -> AsyncIterator[list[ExportedResponse]]:
    """Responses about deliveries, ordered by delivery time, then those about none, ordered by when they were asked for; in batches."""
    for about in (True, False):
        at = deliveries.c.delivered_at if about else invitations.c.created_at
        id_ = deliveries.c.id if about else invitations.c.id
        source = invitations.join(deliveries, invitations.c.delivery == deliveries.c.id) if about else invitations
        more = (deliveries.c.source, deliveries.c.waybill, deliveries.c.delivered_at) if about else ()
        statement = select(*_RESPONSE, *more, at.label("at"), id_.label("key")).select_from(source)
        statement = (
            statement.where(*_filter_cohort(wanted, about=about), _ANSWERED)
            .order_by(at, id_)
            .limit(RESPONSES_PER_PIECE)
        )
        async for rows in _stream_pieces(tx, statement, at, id_):
            given = await _fetch_answers(tx, [row.id for row in rows], words=wanted.words)
            yield [_make_response(row, given[row.id], about=about) for row in rows]


def _filter_cohort(wanted: ExportRequest, *, about: bool) -> list[ColumnElement[bool]]:
    at = deliveries.c.delivered_at if about else invitations.c.created_at
    where = [at >= wanted.period.start, at < wanted.period.end]
    if not about:
        where.append(invitations.c.delivery.is_(None))
    return where + filter_departments(invitations.c.department, wanted)


async def _fetch_answers(tx: Tx, ids: Sequence[int], *, words: bool) -> dict[int, list[Row[Any]]]:
    """The answers of these invitations in the order given; words only if asked for, contact details never."""
    kinds = [*_NUMBER_KINDS, *_OPTION_KINDS, *([QuestionKind.TEXT.value] if words else [])]
    read = case((answers.c.kind.in_(kinds), answers.c.words)).label("words")
    # A row whose words are not read still tells when somebody answered.
    shown = case((answers.c.kind.in_(kinds), answers.c.kind)).label("shown")
    columns = (answers.c.invitation, answers.c.question, answers.c.dimension, answers.c.levels, answers.c.answered_at)
    statement: Select[Any] = select(*columns, answers.c.score, shown, read).where(among(tx, answers.c.invitation, ids))
    by_invitation: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in await tx.execute(statement):
        by_invitation[row.invitation].append(row)
    for given in by_invitation.values():
        given.sort(key=lambda row: (row.answered_at, row.question))
    return by_invitation


def _make_response(row: Row[Any], given: Sequence[Row[Any]], *, about: bool) -> ExportedResponse:
    scores: dict[str, int] = {}
    ticked: dict[str, tuple[str, ...]] = {}
    words: list[str] = []
    for answer in given:
        if answer.shown in _NUMBER_KINDS and answer.score is not None:
            if key := _find_score_key(answer.question, answer.dimension, answer.shown, answer.levels):
                scores[key] = answer.score
        elif answer.shown in _OPTION_KINDS and answer.words is not None:
            chosen = msgspec.json.decode(answer.words, type=tuple[str, ...] | str)
            ticked[answer.question] = (chosen,) if isinstance(chosen, str) else chosen
        elif answer.shown == QuestionKind.TEXT.value and answer.words is not None:
            said = msgspec.json.decode(answer.words, type=tuple[str, ...] | str)
            words.append(said if isinstance(said, str) else "\n".join(said))
    place: dict[str, Any] = {name: getattr(row, name) for name in (*PLACE, "origin", "survey")}
    return ExportedResponse(
        source=row.source if about else "",
        waybill=row.waybill if about else "",
        delivered_at=row.delivered_at if about else None,
        asked_at=row.created_at,
        answered_at=max(one.answered_at for one in given),
        **place,
        scores=scores,
        ticked=ticked,
        words=tuple(words),
        on_behalf=row.entered_by is not None,
        excluded=bool(row.excluded),
    )


def _find_score_key(question: str, dimension: str, kind: str, levels: int) -> str:
    """The column a number goes into, empty if it has none."""
    match KINDS[QuestionKind(kind)].counting:
        case Counting.PROMOTERS:
            return f"{NPS_MARK}{dimension or question}"
        case Counting.YES_NO:
            return RECOMMEND_MARK if dimension == "recommend" else f"{NO_DIMENSION_MARK}{question}"
        case Counting.POINTS if levels == LEVELS:
            return dimension or f"{NO_DIMENSION_MARK}{question}"
        case Counting.POINTS if levels == FEWER_LEVELS:
            return f"{FOUR_LEVELS}{dimension}" if dimension else f"{NO_DIMENSION_MARK}{question}"
        case _:
            return ""


# --- days ---


async def stream_days(tx: Tx, wanted: ExportRequest, anonymous: Collection[str]) -> AsyncIterator[list[ExportedDay]]:
    """Day by day, department and priority, counted from the deliveries and surveys themselves.

    `anonymous` names the surveys (key@version) whose answers belong to nobody: only the delivery's fate tells that they were answered.
    """
    first, zone = wanted.period.first, wanted.period.zone
    for n in range(wanted.period.days):
        day = first + timedelta(days=n)
        start, end = (datetime(one.year, one.month, one.day, tzinfo=zone) for one in (day, day + timedelta(days=1)))
        tallies: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * len(_DAY_COLUMNS))
        for department, priority, fate, count in await tx.execute(_select_deliveries(start, end, wanted)):
            tallies[department, priority][0] += count
            tallies[department, priority][1] += count if fate != Fate.SAMPLED_OUT.value else 0
        surveys = await tx.execute(_select_surveys(start, end, wanted, anonymous))
        for department, priority, origin, answered, count in surveys:
            counted = list_survey_columns(Origin(origin), answered=bool(answered))
            for column in counted:
                tallies[department, priority][_DAY_COLUMNS.index(column)] += count
        if tallies:
            yield [ExportedDay(day, *key, *counts) for key, counts in sorted(tallies.items())]


def _select_deliveries(start: datetime, end: datetime, wanted: ExportRequest) -> Select[Any]:
    d = deliveries.c
    where = (d.delivered_at >= start, d.delivered_at < end, *filter_departments(d.department, wanted))
    columns = (d.department, d.priority, d.fate)
    return select(*columns, func.count()).where(*where).group_by(*columns)


def _select_surveys(start: datetime, end: datetime, wanted: ExportRequest, anonymous: Collection[str]) -> Select[Any]:
    """Surveys that reached somebody, and whether they were answered; without those an upheld appeal took out."""
    d, i = deliveries.c, invitations.c
    answered: ColumnElement[bool] = _ANSWERED
    if anonymous:
        answered = or_(answered, and_(i.survey.in_(sorted(anonymous)), d.fate == Fate.ANSWERED.value))
    span = (d.delivered_at >= start, d.delivered_at < end, i.excluded.is_(False))
    statement = select(i.department, i.priority, i.origin, case((answered, 1), else_=0).label("answered"), i.state)
    source = statement.select_from(invitations.join(deliveries, i.delivery == d.id))
    rows = source.where(*span, *filter_departments(i.department, wanted)).subquery()
    reached = or_(rows.c.state != InvitationState.UNDELIVERED, rows.c.answered == 1)
    columns = (rows.c.department, rows.c.priority, rows.c.origin, rows.c.answered)
    return select(*columns, func.count()).where(reached).group_by(*columns)


# --- pieces ----------------------------------------------------------------------------------------------------------


async def _stream_pieces(
    tx: Tx, statement: Select[Any], at: ColumnElement[Any], id_: ColumnElement[Any]
) -> AsyncIterator[Sequence[Row[Any]]]:
    """The statement's rows in batches; it must be ordered by `at` and `id_`, and select them as `at` and `key`."""
    after = None
    while True:
        page = statement if after is None else statement.where(tuple_(at, id_) > after)
        rows = (await tx.execute(page)).all()
        if not rows:
            return
        yield rows
        after = tuple_(bind_value(at, rows[-1].at), bind_value(id_, rows[-1].key))


def bind_value(column: ColumnElement[Any], value: Any) -> ColumnElement[Any]:  # noqa: ANN401 -- a column's value
    return bindparam(None, value, type_=column.type)


def filter_period(column: ColumnElement[Any], period: Period) -> ColumnElement[bool]:
    return and_(column >= period.start, column < period.end)


def filter_departments(column: ColumnElement[Any], wanted: ExportRequest) -> list[ColumnElement[bool]]:
    return [] if wanted.departments is None else [column.in_(wanted.departments)]
