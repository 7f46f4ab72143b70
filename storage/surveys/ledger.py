"""Survey funnel (the ledger): deliveries by fate, and invitations, answers and calls about them, in one statement each."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Subquery, and_, false, func, or_, select

from domain.deliveries.delivery import UNREACHED_FATES, Fate, PhoneCallState
from domain.figures.ledger import InvitationGroup, LedgerCounts, PhoneCallGroup
from domain.figures.period import Period
from storage.engine.database import Tx
from storage.models import answers, callbacks, deliveries, invitations

_UNREACHED = [fate.value for fate in UNREACHED_FATES]


async def fetch_counts(tx: Tx, period: Period, anonymous: Collection[str] = ()) -> LedgerCounts:
    """The deliveries completed in the period and everything about them; invitations about no delivery count by their own date.

    `anonymous` names the surveys (key@version) whose answers belong to nobody: only the delivery's fate tells that they were answered.
    """
    delivered = and_(deliveries.c.delivered_at >= period.start, deliveries.c.delivered_at < period.end)
    fates, total = {}, 0
    every = (
        select(func.count()).select_from(deliveries).where(delivered).scalar_subquery()
    )  # the same moment as the fates
    by_fate = select(deliveries.c.priority, deliveries.c.fate, func.count(), every).where(delivered)
    for priority, fate, number, all_ in await tx.execute(by_fate.group_by(deliveries.c.priority, deliveries.c.fate)):
        fates[priority, Fate(fate)], total = number, all_
    return LedgerCounts(
        total, fates, await _count_invitations(tx, period, anonymous), await _count_phone_calls(tx, period)
    )


async def _count_invitations(tx: Tx, period: Period, anonymous: Collection[str]) -> dict[InvitationGroup, int]:
    delivered = and_(deliveries.c.delivered_at >= period.start, deliveries.c.delivered_at < period.end)
    made = and_(invitations.c.created_at >= period.start, invitations.c.created_at < period.end)
    named = select(answers.c.invitation).where(answers.c.invitation == invitations.c.id).exists()
    without_name = and_(invitations.c.survey.in_(anonymous), deliveries.c.fate == Fate.ANSWERED.value)
    answered = or_(named, func.coalesce(without_name, false()))
    subquery = (
        select(
            invitations.c.origin.label("origin"),
            invitations.c.state.label("state"),
            invitations.c.entered_by.is_not(None).label("phoned"),
            answered.label("answered"),
            invitations.c.delivery.is_not(None).label("about"),
        )
        .select_from(invitations.outerjoin(deliveries, invitations.c.delivery == deliveries.c.id))
        .where(or_(delivered, and_(invitations.c.delivery.is_(None), made)))
        .subquery()
    )
    rows = await _count_groups(tx, subquery)
    return {
        InvitationGroup(origin, state, bool(phoned), bool(answered), bool(about)): number
        for origin, state, phoned, answered, about, number in rows
    }


async def _count_phone_calls(tx: Tx, period: Period) -> dict[PhoneCallGroup, int]:
    """An open call about somebody who has since become reachable in chat counts as overtaken."""
    delivered = and_(deliveries.c.delivered_at >= period.start, deliveries.c.delivered_at < period.end)
    open_ = callbacks.c.state.in_([PhoneCallState.LISTED.value, PhoneCallState.TAKEN.value])
    subquery = (
        select(callbacks.c.state, and_(open_, deliveries.c.fate.not_in(_UNREACHED)).label("overtaken"))
        .select_from(callbacks.join(deliveries, callbacks.c.delivery == deliveries.c.id))
        .where(delivered)
        .subquery()
    )
    rows = await _count_groups(tx, subquery)
    return {PhoneCallGroup(PhoneCallState(state), bool(overtaken)): number for state, overtaken, number in rows}


async def _count_groups(tx: Tx, subquery: Subquery) -> list[tuple[Any, ...]]:
    """How many rows there are of each kind."""
    keys: list[Any] = list(subquery.c)
    return [tuple(row) for row in await tx.execute(select(*keys, func.count()).group_by(*keys))]
