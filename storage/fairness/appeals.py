"""Appeals against ratings: one per rating, decided once. An upheld appeal takes the rating out of every figure and leaves it in the log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select, update

from domain.cases.case import Case
from domain.fairness.appeal import AppealState, Ties, find_case_workers
from storage.cases import cases as case_rows
from storage.engine.database import Tx, insert
from storage.models import appeals, cases, deliveries, invitations, people


@dataclass(frozen=True, slots=True)
class Appeal:
    """`decision` is the decider's reason; `decided_by` is a person's id."""

    id: int
    invitation: int
    appellant: int
    reason: str
    state: AppealState
    created_at: datetime
    decided_by: int | None = None
    decision: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RatedResponse:
    """What the rated response was about and who was involved; names and numbers are empty where unknown."""

    delivery: int | None
    person: int | None
    entered_by: int | None
    department: str
    courier: str
    courier_name: str
    waybill: str
    customer_name: str
    customer_phone: str


async def file(tx: Tx, new: Appeal) -> bool:
    """Write down a new appeal; False if there already is one against this rating."""
    row = {
        "id": new.id,
        "invitation": new.invitation,
        "appellant": new.appellant,
        "reason": new.reason,
        "state": AppealState.OPEN.value,
        "created_at": new.created_at,
    }
    statement = insert(tx, appeals).on_conflict_do_nothing(index_elements=["invitation"])
    return (await tx.execute(statement, row)).rowcount == 1


async def get(tx: Tx, appeal: int) -> Appeal | None:
    row = (await tx.execute(select(appeals).where(appeals.c.id == appeal))).first()
    return _make_appeal(row) if row else None


async def find_by_invitation(tx: Tx, invitation: int) -> Appeal | None:
    row = (await tx.execute(select(appeals).where(appeals.c.invitation == invitation))).first()
    return _make_appeal(row) if row else None


async def decide(tx: Tx, appeal: int, state: AppealState, by: int, decision: str, now: datetime) -> bool:
    """Record the decision; the first one counts. False if it was decided before."""
    where = (appeals.c.id == appeal, appeals.c.state == AppealState.OPEN.value)
    values = {"state": state.value, "decided_by": by, "decision": decision, "decided_at": now}
    return (await tx.execute(update(appeals).where(*where).values(**values))).rowcount == 1


async def exclude_rating(tx: Tx, invitation: int) -> None:
    """Take this rating out of every figure; its answers stay as they are."""
    await tx.execute(update(invitations).where(invitations.c.id == invitation).values(excluded=True))


async def list_cases_about(tx: Tx, invitation: int, delivery: int | None) -> list[Case]:
    """Every case about this rating or its delivery."""
    about = [cases.c.invitation == invitation]
    if delivery is not None:
        about.append(cases.c.delivery == delivery)
    return await case_rows.select_cases(tx, [or_(*about)], [cases.c.id], 50)


async def fetch_rated_response(tx: Tx, invitation: int) -> RatedResponse:
    source = invitations.outerjoin(deliveries, deliveries.c.id == invitations.c.delivery)
    source = source.outerjoin(people, people.c.id == invitations.c.person)
    columns = (
        invitations.c.delivery,
        invitations.c.person,
        invitations.c.entered_by,
        invitations.c.department,
        invitations.c.courier,
        deliveries.c.courier_name,
        deliveries.c.waybill,
        deliveries.c.customer_name,
        deliveries.c.phone,
        people.c.name,
    )
    row = (await tx.execute(select(*columns).select_from(source).where(invitations.c.id == invitation))).one()
    named = (row.courier_name or "", row.waybill or "", row.customer_name or row.name or "", row.phone or "")
    return RatedResponse(row.delivery, row.person, row.entered_by, row.department, row.courier, *named)


async def fetch_ties(tx: Tx, appeal: Appeal) -> Ties:
    """Who was involved in the appealed rating."""
    rated = await fetch_rated_response(tx, appeal.invitation)
    cases = await list_cases_about(tx, appeal.invitation, rated.delivery)
    histories = await case_rows.fetch_histories(tx, [case.id for case in cases])
    handled: set[int] = set()
    for case in cases:
        handled |= find_case_workers(case.owner, histories[case.id])
    return Ties(appeal.appellant, rated.person, rated.entered_by, rated.courier, frozenset(handled))


def _make_appeal(row: Row[Any]) -> Appeal:
    return Appeal(
        row.id,
        row.invitation,
        row.appellant,
        row.reason,
        AppealState(row.state),
        row.created_at,
        row.decided_by,
        row.decision or "",
        row.decided_at,
    )
