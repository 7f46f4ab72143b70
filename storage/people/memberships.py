"""Memberships: the roles somebody has by being in a department's group, when that was last confirmed, and which were taken away."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, tuple_, update

from domain.people import Grant, Role
from storage.engine.database import Tx, insert
from storage.models import grants, groups, withheld_roles

ROLES = frozenset({Role.STAFF, Role.QUALITY})
"""The roles that people have by being in a group."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A role that lasts while its holder is in the group `chat` (None: the department has none now).

    `here` is whether the bot is in that group, `named` whether a manager gave the role to this person by name.
    """

    grant: Grant
    chat: int | None
    here: bool
    named: bool
    confirmed_at: datetime | None


async def list_memberships(tx: Tx, person: int) -> list[Membership]:
    """What this person is by being in groups, in a fixed order."""
    columns = (
        grants.c.role,
        grants.c.department,
        groups.c.chat_id,
        groups.c.state,
        grants.c.granted_by,
        grants.c.confirmed_at,
    )
    source = grants.outerjoin(groups, groups.c.department == grants.c.department)
    where = (grants.c.person == person, grants.c.role.in_(sorted(ROLES)), grants.c.department != "")
    statement = select(*columns).select_from(source).where(*where).order_by(grants.c.department, grants.c.role)
    return [
        Membership(Grant(Role(role), department), chat, state == "here", granted_by not in {None, person}, confirmed_at)
        for role, department, chat, state, granted_by, confirmed_at in await tx.execute(statement)
    ]


async def confirm(tx: Tx, person: int, membership: Grant, now: datetime) -> None:
    """Telegram says that this person is in the group."""
    where = _is(grants.c, person, membership)
    await tx.execute(update(grants).where(where).values(confirmed_at=now))


async def expire(tx: Tx, departments: Collection[str]) -> None:
    """Nothing is known any more about who is in the groups of these departments."""
    where = (grants.c.role.in_(sorted(ROLES)), grants.c.department.in_(list(departments)))
    await tx.execute(update(grants).where(*where).values(confirmed_at=None))


async def withhold(tx: Tx, person: int, taken: Grant, by: int, now: datetime) -> None:
    """A manager takes this away: being in the group gives it no more."""
    row = {"person": person, "role": taken.role.value, "department": taken.department or ""}
    values = row | {"withheld_by": by, "withheld_at": now}
    await tx.execute(insert(tx, withheld_roles).on_conflict_do_nothing(), values)


async def is_withheld(tx: Tx, person: int, membership: Grant) -> bool:
    """Whether a manager took this away from this person."""
    where = _is(withheld_roles.c, person, membership)
    return await tx.scalar(select(withheld_roles.c.person).where(where)) is not None


async def allow(tx: Tx, person: int, given: Collection[Grant]) -> None:
    """A manager gives these again."""
    wanted = [(one.role.value, one.department or "") for one in given]
    where = tuple_(withheld_roles.c.role, withheld_roles.c.department).in_(wanted)
    await tx.execute(delete(withheld_roles).where(withheld_roles.c.person == person, where))


def _is(columns: Any, person: int, membership: Grant) -> ColumnElement[bool]:  # noqa: ANN401 -- of either table
    return and_(
        columns.person == person,
        columns.role == membership.role.value,
        columns.department == (membership.department or ""),
    )
