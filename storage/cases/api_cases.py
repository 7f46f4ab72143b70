"""Keyset pagination of cases for other systems: in the order they were filed, page by page, without personal data."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from domain.cases.case import Case
from storage.cases.cases import select_cases
from storage.engine.database import Tx
from storage.models import cases, deliveries


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the other system asks for; `after` is the id of the last case it has read."""

    state: str | None = None
    department: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    number: str | None = None
    source: str | None = None
    """The system whose deliveries they are about."""
    after: int = 0


@dataclass(frozen=True, slots=True)
class ApiCase:
    """A case with the facts its state does not tell: when it was answered and closed, and whether it was found valid."""

    case: Case
    answered_at: datetime | None
    closed_at: datetime | None
    valid: bool | None


async def list_api_cases(tx: Tx, wanted: CaseFilter, limit: int) -> list[ApiCase]:
    """The next `limit` cases, oldest first."""
    matching = await select_cases(tx, _make_conditions(wanted), [cases.c.id], limit)
    columns = (cases.c.id, cases.c.answered_at, cases.c.closed_at, cases.c.valid)
    rows = await tx.execute(select(*columns).where(cases.c.id.in_([one.id for one in matching])))
    more = {id_: (answered, closed, valid) for id_, answered, closed, valid in rows}
    return [ApiCase(one, *more[one.id]) for one in matching]


def _make_conditions(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [cases.c.id > wanted.after]
    if wanted.state is not None:
        where.append(cases.c.state == wanted.state)
    if wanted.department is not None:
        where.append(cases.c.department == wanted.department)
    if wanted.since is not None:
        where.append(cases.c.created_at >= wanted.since)
    if wanted.until is not None:
        where.append(cases.c.created_at < wanted.until)
    if wanted.number is not None:
        where.append(cases.c.number == wanted.number.upper())
    if wanted.source is not None:
        own = select(deliveries.c.id).where(deliveries.c.source == wanted.source)
        where.append(cases.c.delivery.in_(own))
    return where
