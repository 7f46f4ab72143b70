"""Events of a case: the case moves by its table, and everybody whom the column `tells` names hears of it. Nothing else moves a case.

1. No handler decides who hears: staff, customers and the clock cause events here, and here the table is asked.
2. What the person who caused it reads (a toast, the dialogue's own message) is the handler's.
"""

from collections.abc import Mapping

from domain.cases.case import Case, CaseEvent, CasePart, CaseRefusal, Need
from domain.cases.feedback import LIFECYCLES
from domain.people import Person
from handlers.cases.life import merging, transitions
from handlers.cases.life.transitions import NewCase
from handlers.cases.notices import customer, staff
from handlers.cases.notices.notice import Notice
from handlers.turns.batch import Batch


async def file_case(batch: Batch, new: NewCase, *, by: Person | None) -> Case:
    """A new case, on its way to everybody whom its table names; `by` is who files it, None the clock."""
    case = await transitions.file_case(batch, new, actor=by.id if by is not None else None)
    await _notify(Notice(batch, case, case, CaseEvent.FILE, {}, by))
    return case


async def cause(
    batch: Batch,
    case: Case,
    event: CaseEvent,
    parts: frozenset[CasePart],
    facts: Mapping[Need, str],
    *,
    by: Person | None,
) -> Case | CaseRefusal:
    """One event of the table, caused by a person who plays `parts`, None being the clock: the case after it, or why it was refused."""
    moved = await transitions.move(batch, case, event, parts, facts, actor=by.id if by is not None else None)
    if isinstance(moved, CaseRefusal):
        return moved
    if event is CaseEvent.MERGE:
        await merging.carry_over(batch, moved, by.id if by is not None else None)
    await _notify(Notice(batch, case, moved, event, facts, by))
    return moved


async def _notify(notice: Notice) -> None:
    """Everybody whom the table names, the customer last: what the customer reads is also true for those who work on it."""
    row = next(row for row in LIFECYCLES[notice.case.kind] if row.event is notice.event)
    if hearers := frozenset(row.tells) - {CasePart.CUSTOMER}:
        await staff.tell(notice, hearers)
    if CasePart.CUSTOMER in row.tells:
        await customer.tell(notice)
