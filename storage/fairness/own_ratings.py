"""Self-service ratings: a courier's, by the id frozen into the invitation; a staff member's, by the cases they own.

Nothing that identifies the customer (name, phone, waybill, words) is read here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, and_, func, select

from domain.figures.figures import Tally
from domain.figures.totals import LEVELS
from domain.surveys.question_kinds import QuestionKind
from storage.engine.bulk import among
from storage.engine.database import Tx
from storage.figures.figures import OVERALL
from storage.models import answers, appeals, cases, invitations


@dataclass(frozen=True, slots=True)
class OwnRating:
    """One response as its courier may see it. `scores` are by dimension (by question for a rating without one), `ticked` by question.

    `rated_at` is when the last rating was given; `appeal` is the state of the appeal against it, empty if there is none.
    """

    invitation: int
    survey: str
    courier: str
    rated_at: datetime
    on_behalf: bool
    excluded: bool
    appeal: str
    scores: Mapping[str, int] = field(default_factory=dict)
    ticked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HandlingRating:
    """How a customer rated the handling of a case."""

    number: str
    score: int
    closed_at: datetime | None


async def list_page(
    tx: Tx,
    couriers: Collection[str],
    since: datetime,
    *,
    limit: int,
    offset: int = 0,
    appealable_since: datetime | None = None,
) -> list[OwnRating]:
    """The ratings of these couriers asked for since then, newest first; given `appealable_since`, only those that can be appealed."""
    rated_at = func.max(answers.c.answered_at)
    statement = _select_ratings(couriers, since).group_by(invitations.c.id, appeals.c.state)
    if appealable_since is not None:
        statement = statement.where(appeals.c.id.is_(None)).having(rated_at >= appealable_since)
    statement = statement.order_by(rated_at.desc(), invitations.c.id.desc()).limit(limit).offset(offset)
    return await _fetch_ratings(tx, statement)


async def fetch_rating(tx: Tx, invitation: int) -> OwnRating | None:
    """The rating of this invitation, None if nothing was rated."""
    statement = (
        _select_ratings(None, None).where(invitations.c.id == invitation).group_by(invitations.c.id, appeals.c.state)
    )
    return next(iter(await _fetch_ratings(tx, statement)), None)


async def count_ratings(tx: Tx, couriers: Collection[str], since: datetime) -> Tally:
    """Their overall ratings on the five-level scale that count, by rating."""
    where = (
        invitations.c.courier.in_(list(couriers)),
        invitations.c.created_at >= since,
        invitations.c.excluded.is_(False),
        answers.c.dimension == OVERALL,
        answers.c.kind == QuestionKind.RATING.value,
        answers.c.levels == LEVELS,
        answers.c.score.is_not(None),
    )
    source = invitations.join(answers, answers.c.invitation == invitations.c.id)
    statement = select(answers.c.score, func.count()).select_from(source).where(*where).group_by(answers.c.score)
    return Tally.of({score: count for score, count in await tx.execute(statement)})  # noqa: C416 -- rows are not tuples to the type checker


async def list_handling_ratings(tx: Tx, owner: int, *, limit: int, offset: int = 0) -> list[HandlingRating]:
    """How customers rated the handling of this person's cases, last closed first."""
    statement = select(cases.c.number, cases.c.handling, cases.c.closed_at)
    statement = statement.where(cases.c.owner == owner, cases.c.handling.is_not(None))
    ordered = statement.order_by(cases.c.closed_at.desc(), cases.c.id.desc()).limit(limit).offset(offset)
    return [HandlingRating(*row) for row in await tx.execute(ordered)]


async def count_handling_ratings(tx: Tx, owner: int) -> Tally:
    where = (cases.c.owner == owner, cases.c.handling.is_not(None))
    statement = select(cases.c.handling, func.count()).where(*where).group_by(cases.c.handling)
    return Tally.of({score: count for score, count in await tx.execute(statement)})  # noqa: C416 -- the same


def _select_ratings(couriers: Collection[str] | None, since: datetime | None) -> Select[Any]:
    """Responses with at least one rating."""
    rating = and_(
        answers.c.invitation == invitations.c.id,
        answers.c.kind == QuestionKind.RATING.value,
        answers.c.score.is_not(None),
    )
    source = invitations.join(answers, rating).outerjoin(appeals, appeals.c.invitation == invitations.c.id)
    columns = (
        invitations.c.id,
        invitations.c.survey,
        invitations.c.courier,
        func.max(answers.c.answered_at),
        invitations.c.entered_by,
        invitations.c.excluded,
        appeals.c.state,
    )
    statement: Select[Any] = select(*columns).select_from(source)
    if couriers is not None:
        statement = statement.where(invitations.c.courier.in_(list(couriers)))
    return statement if since is None else statement.where(invitations.c.created_at >= since)


async def _fetch_ratings(tx: Tx, statement: Select[Any]) -> list[OwnRating]:
    rows = (await tx.execute(statement)).all()
    scores, ticked = await _fetch_answers(tx, [row[0] for row in rows])
    return [
        OwnRating(
            id_,
            survey,
            courier,
            at,
            entered_by is not None,
            bool(excluded),
            appeal or "",
            scores.get(id_, {}),
            ticked.get(id_, {}),
        )
        for id_, survey, courier, at, entered_by, excluded, appeal in rows
    ]


async def _fetch_answers(
    tx: Tx, ids: Sequence[int]
) -> tuple[dict[int, dict[str, int]], dict[int, dict[str, tuple[str, ...]]]]:
    """Ratings by dimension, and ticked options by question; free text is not read."""
    scores: dict[int, dict[str, int]] = {}
    ticked: dict[int, dict[str, tuple[str, ...]]] = {}
    columns = (answers.c.invitation, answers.c.question, answers.c.dimension, answers.c.kind, answers.c.score)
    wanted = (QuestionKind.RATING.value, QuestionKind.CHOICES.value)
    statement = select(*columns, answers.c.words).where(among(tx, answers.c.invitation, ids))
    ordered = statement.where(answers.c.kind.in_(wanted)).order_by(answers.c.invitation, answers.c.answered_at)
    for invitation, question, dimension, kind, score, words in await tx.execute(ordered):
        if kind == QuestionKind.RATING.value and score is not None:
            scores.setdefault(invitation, {})[dimension or question] = score
        elif kind == QuestionKind.CHOICES.value and words is not None:
            chosen = msgspec.json.decode(words, type=tuple[str, ...] | str)
            ticked.setdefault(invitation, {})[question] = (chosen,) if isinstance(chosen, str) else chosen
    return scores, ticked
