"""Visibility of cases: staff see those of their own departments, quality and managers see all.

1. In a group everybody reads along, so the group decides: a department's group shows that department's cases, quality's
   and management's show all.
2. A department is concerned with the cases it leads and those it supports.
"""

from domain.cases.case import Case
from domain.people import Grant, Role
from handlers.turns.turn import Turn
from storage.people import groups

NO_DEPARTMENTS: tuple[str, ...] = ()


async def find_departments(turn: Turn) -> tuple[str, ...] | None:
    """The departments whose cases may be seen; None means all of them."""
    person = turn.person
    sees_all = person.is_quality or person.is_manager
    if turn.private:
        return None if sees_all else tuple(sorted(person.departments))
    group = await groups.get(turn.tx, turn.chat)
    department = group.department if group is not None else None
    if department is None:
        return NO_DEPARTMENTS
    member = person.is_staff_of(department) or Grant(Role.QUALITY, department) in person.grants
    if not (member or sees_all):
        return NO_DEPARTMENTS
    return None if department in {turn.company.quality, turn.company.management} else (department,)


async def may_see(turn: Turn, case: Case) -> bool:
    """Whether this case may be seen by this person in this chat."""
    seen = await find_departments(turn)
    return seen is None or not {case.department, *case.cooperating}.isdisjoint(seen)


async def find_figures_departments(turn: Turn) -> tuple[str, ...] | None:
    """The departments whose figures may be seen here: all for a manager (None), a head's own departments,
    `NO_DEPARTMENTS` for anybody else.

    Everybody in a group reads along, so a department's group only gets that department's.
    """
    person = turn.person
    if turn.private:
        headed = sorted(one.department for one in person.grants if one.role is Role.HEAD and one.department)
        return None if person.is_manager else tuple(headed)
    group = await groups.get(turn.tx, turn.chat)
    department = group.department if group is not None else None
    if department is None or not (person.is_manager or person.is_head_of(department)):
        return NO_DEPARTMENTS
    if department in {turn.company.quality, turn.company.management}:
        return None if person.is_manager else NO_DEPARTMENTS
    return (department,)
