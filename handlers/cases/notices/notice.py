"""A notification of an event of a case: what there is to say, before it is said to anybody."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.cases.case import Case, CaseEvent, Need
from domain.people import Person
from handlers.cases.life import cards
from handlers.turns.batch import Batch


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened: `before` and `case` are the case before and after it, `by` who caused it, None the clock."""

    batch: Batch
    before: Case
    case: Case
    event: CaseEvent
    facts: Mapping[Need, str]
    by: Person | None

    @property
    def due(self) -> str:
        """When the answer is owed now, as people read it."""
        return cards.format_moment(self.case.due_at, self.batch.services.company)
