"""Fraud detection queries: the rows that `domain.fairness.manipulation` checks, from `start` up to but not including `end`.

Where a week could have millions of rows, SQL prefilters: it drops accounts and couriers without enough moments close together.
What it returns may be too much, never too little; the check itself decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, and_, case, cast, extract, func, or_, select, text

from domain.cases.case import CaseEvent, CaseState
from domain.fairness.appeal import AppealState
from domain.fairness.manipulation import (
    AccountResponse,
    BestRating,
    CourierAppeals,
    CourierGrant,
    RatingChange,
    SelfHandledCase,
    SelfRating,
    WithdrawnCase,
)
from domain.people import Role
from domain.surveys.question_kinds import QuestionKind
from storage.engine.bulk import among
from storage.engine.database import Tx
from storage.figures import couriers
from storage.figures.figures import OVERALL
from storage.models import answers, appeals, audit, case_events, cases, deliveries, grants, invitations
from storage.people import people


@dataclass(frozen=True, slots=True)
class CheckedPeriod:
    """From `start` to before `end`; an answer in this period belongs to an invitation made at `asked_since` or later."""

    start: datetime
    end: datetime
    asked_since: datetime

    def holds(self, column: Any) -> ColumnElement[bool]:  # noqa: ANN401 -- any column of moments
        return and_(column >= self.start, column < self.end)


async def list_responses(tx: Tx, span: CheckedPeriod, at_least: int, within: timedelta) -> list[AccountResponse]:
    """Responses, ordered by when they began, of accounts that may have given `at_least` of them within `within`."""
    account = func.coalesce(invitations.c.entered_by, invitations.c.person)
    at = func.min(answers.c.answered_at)
    source = invitations.join(answers, answers.c.invitation == invitations.c.id)
    where = (invitations.c.created_at >= span.asked_since, account.is_not(None))
    columns = (
        account.label("key"),
        at.label("at"),
        invitations.c.id,
        invitations.c.courier,
        invitations.c.entered_by,
    )
    every = select(*columns).select_from(source).where(*where).group_by(invitations.c.id).having(span.holds(at))
    dense = await _fetch_dense_keys(tx, every, at_least, within)
    few = every.where(among(tx, account, dense))
    return [
        AccountResponse(row.key, "customer" if row.entered_by is None else "colleague", row.courier, row.at)
        for row in await tx.execute(few)
    ]


async def list_best_ratings(tx: Tx, span: CheckedPeriod, more_than: int, within: timedelta) -> list[BestRating]:
    """Best overall ratings of couriers who may have received more than `more_than` of them within `within`."""
    source = invitations.join(answers, answers.c.invitation == invitations.c.id)
    where = (
        invitations.c.created_at >= span.asked_since,
        invitations.c.courier != "",
        answers.c.dimension == OVERALL,
        answers.c.kind == QuestionKind.RATING.value,
        answers.c.score == 5,  # noqa: PLR2004 -- the best
        span.holds(answers.c.answered_at),
    )
    columns = (invitations.c.courier.label("key"), answers.c.answered_at.label("at"))
    every = select(*columns).select_from(source).where(*where)
    dense = await _fetch_dense_keys(tx, every, more_than + 1, within)
    few = every.where(among(tx, invitations.c.courier, dense))
    return [BestRating(row.key, row.at) for row in await tx.execute(few)]


async def list_self_handled_cases(tx: Tx, span: CheckedPeriod) -> list[SelfHandledCase]:
    """Cases answered or closed in this period that the rated courier, or the customer's own account, worked on."""
    courier = func.coalesce(invitations.c.courier, deliveries.c.courier, "")
    worked = and_(case_events.c.case == cases.c.id, case_events.c.event.in_([one.value for one in _WORK_EVENTS]))
    source = cases.join(case_events, worked).outerjoin(deliveries, deliveries.c.id == cases.c.delivery)
    source = source.outerjoin(invitations, invitations.c.delivery == cases.c.delivery)
    rated = and_(
        grants.c.role == Role.COURIER.value,
        grants.c.department == courier,
        or_(grants.c.person == case_events.c.actor, grants.c.person == cases.c.owner),
    )
    source = source.outerjoin(grants, rated)
    is_customer = or_(cases.c.customer == case_events.c.actor, cases.c.customer == cases.c.owner)
    ended = or_(span.holds(cases.c.answered_at), span.holds(cases.c.closed_at))
    who = case((grants.c.person.is_not(None), "courier"), else_="customer")
    at = func.coalesce(cases.c.closed_at, cases.c.answered_at)
    statement = select(cases.c.number, who, courier, at).select_from(source).distinct()
    rows = await tx.execute(statement.where(ended, or_(grants.c.person.is_not(None), is_customer)))
    return [SelfHandledCase(*row) for row in rows]


_WORK_EVENTS = (CaseEvent.ACCEPT, CaseEvent.RESOLVE, CaseEvent.APPROVE)


async def list_self_ratings(tx: Tx, span: CheckedPeriod) -> list[SelfRating]:
    """Responses of this period by accounts that are the rated courier's."""
    account = func.coalesce(invitations.c.entered_by, invitations.c.person)
    at = func.min(answers.c.answered_at)
    is_courier = and_(
        grants.c.person == account,
        grants.c.role == Role.COURIER.value,
        grants.c.department == invitations.c.courier,
    )
    source = invitations.join(answers, answers.c.invitation == invitations.c.id).join(grants, is_courier)
    where = (invitations.c.created_at >= span.asked_since, invitations.c.courier != "")
    statement = select(invitations.c.courier, at).select_from(source).where(*where)
    rows = await tx.execute(statement.group_by(invitations.c.id, invitations.c.courier).having(span.holds(at)))
    return [SelfRating(*row) for row in rows]


async def list_courier_grants(tx: Tx, span: CheckedPeriod) -> list[CourierGrant]:
    """Who was made a courier in this period, by whom, and for which departments that courier delivers."""
    where = (grants.c.role == Role.COURIER.value, grants.c.granted_by.is_not(None), span.holds(grants.c.granted_at))
    columns = (grants.c.department, grants.c.person, grants.c.granted_by, grants.c.granted_at)
    given = (await tx.execute(select(*columns).where(*where).order_by(grants.c.granted_at))).all()
    granters = await people.fetch_by_id(tx, {by for _, _, by, _ in given})
    listed = []
    for courier, person, by, at in given:
        granter = granters.get(by)
        headed = None
        if granter is not None and not granter.is_manager:
            headed = frozenset(one.department or "" for one in granter.grants if one.role is Role.HEAD)
        departments = await couriers.list_departments(tx, courier, at)
        listed.append(CourierGrant(courier, person == by, headed, departments, at))
    return listed


async def list_rating_changes(tx: Tx, span: CheckedPeriod) -> list[RatingChange]:
    """Every change of a rating, as the audit log has it, oldest first."""
    columns = (audit.c.subject, audit.c.before, audit.c.after, audit.c.at)
    # The condition is written out, so that the small partial index of changed answers is used.
    where = (text("audit.what = 'answer.change'"), span.holds(audit.c.at))
    logged = []
    for subject, before, after, at in await tx.execute(select(*columns).where(*where).order_by(audit.c.at, audit.c.id)):
        (question, was), (_, now) = _parse_logged(before), _parse_logged(after)
        invitation = subject.removeprefix("invitation:")
        if was is not None and now is not None and invitation.isdecimal():
            logged.append((int(invitation), question, was, now, at))
    couriers = await _fetch_couriers(tx, sorted({one[0] for one in logged}))
    return [
        RatingChange(id_, question, couriers[id_, question], was, now, at)
        for id_, question, was, now, at in logged
        if (id_, question) in couriers
    ]


async def list_withdrawn_cases(tx: Tx, span: CheckedPeriod) -> list[WithdrawnCase]:
    """Cases opened by low ratings and withdrawn in this period."""
    source = cases.join(invitations, invitations.c.id == cases.c.invitation)
    where = (cases.c.state == CaseState.WITHDRAWN.value, span.holds(cases.c.closed_at))
    statement = select(cases.c.number, invitations.c.courier, cases.c.closed_at).select_from(source).where(*where)
    return [WithdrawnCase(*row) for row in await tx.execute(statement)]


async def list_courier_appeals(tx: Tx, span: CheckedPeriod, since: datetime) -> list[CourierAppeals]:
    """Per courier, the appeals decided since `since`, for couriers with at least one upheld in this period."""
    is_upheld = appeals.c.state == AppealState.UPHELD.value
    source = appeals.join(invitations, invitations.c.id == appeals.c.invitation)
    where = (
        appeals.c.state != AppealState.OPEN.value,
        appeals.c.decided_at >= since,
        appeals.c.decided_at < span.end,
    )
    count = func.sum(case((is_upheld, 1), else_=0))
    last = func.max(case((is_upheld, appeals.c.decided_at)))
    # Grouped by an expression: by the bare column SQLite would walk all invitations in the order of their index.
    courier = func.coalesce(invitations.c.courier, "")
    statement = select(courier, count, func.count(), last).select_from(source).where(*where)
    statement = statement.group_by(courier).having(last >= span.start)
    return [CourierAppeals(*row) for row in await tx.execute(statement) if row[0]]


async def _fetch_dense_keys(tx: Tx, every: Select[Any], at_least: int, within: timedelta) -> Sequence[Any]:
    """The keys of `every` (columns `key` and `at`) with `at_least` moments within `within`, plus a second for rounding."""
    rows = every.subquery()
    seconds = _to_seconds(tx, rows.c.at)
    earlier = func.lag(seconds, at_least - 1).over(partition_by=rows.c.key, order_by=rows.c.at)
    spans = select(rows.c.key, (seconds - earlier).label("took")).subquery()
    statement = select(spans.c.key).where(spans.c.took <= within.total_seconds() + 1).distinct()
    return (await tx.execute(statement)).scalars().all()


def _to_seconds(tx: Tx, moment: ColumnElement[Any]) -> ColumnElement[float]:
    if tx.dialect.name == "postgresql":
        return cast(extract("epoch", moment), Float)
    return func.julianday(moment) * 86400.0


def _parse_logged(logged: str | None) -> tuple[str, int | None]:
    """A question, and the rating the log has as its answer; None for an answer of another kind."""
    question, _, answer = (logged or "").rpartition("=")
    return question, int(answer) if answer.isdecimal() else None


async def _fetch_couriers(tx: Tx, ids: Sequence[int]) -> dict[tuple[int, str], str]:
    """The courier of each rating question of these responses."""
    source = answers.join(invitations, answers.c.invitation == invitations.c.id)
    where = (answers.c.kind == QuestionKind.RATING.value, among(tx, answers.c.invitation, ids))
    statement = select(invitations.c.id, answers.c.question, invitations.c.courier).select_from(source).where(*where)
    return {(row[0], row[1]): row[2] for row in await tx.execute(statement)}
