"""What is known of a past while it is turned into rows: who is who, which delivery has which number, what counts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from domain.deliveries.delivery import PLACE
from domain.figures.totals import CaseFact, DeadlineFact, DeliveryFact, FactPlace, SurveyFact
from domain.people import Grant
from domain.surveys.survey import Answer
from handlers.past.lines import PastError, PersonLine
from handlers.turns.services import Services
from storage.audit import AuditEntry


@dataclass(slots=True)
class DraftedPerson:
    """Somebody with a chat; `asked_at` is when they were asked last."""

    id: int
    line: PersonLine
    grants: set[Grant] = field(default_factory=set)
    asked_at: datetime | None = None


@dataclass(slots=True)
class DraftedDelivery:
    """A delivery: its row, its customer, and its survey, if there was one."""

    id: int
    row: dict[str, Any]
    invitation: int | None = None
    survey: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)

    @property
    def place(self) -> FactPlace:
        return FactPlace(self.row["delivered_at"], *(self.row[name] for name in PLACE))


@dataclass(slots=True)
class PastDraft:
    """Rows by the name of their table; numbers grow in the order in which things happened, as they do in a bot that lives."""

    services: Services
    now: datetime
    rows: defaultdict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    people: dict[int, DraftedPerson] = field(default_factory=dict)
    phones: dict[str, DraftedPerson] = field(default_factory=dict)
    deliveries: dict[str, DraftedDelivery] = field(default_factory=dict)
    facts: list[DeliveryFact | SurveyFact] = field(default_factory=list)
    case_facts: list[CaseFact | DeadlineFact] = field(default_factory=list)
    changes: list[tuple[datetime, int | None, str, str, str | None, str | None]] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=lambda: count(1))

    def add(self, table: str, **values: Any) -> None:  # noqa: ANN401 -- any column
        self.rows[table].append(values)

    def record(
        self,
        at: datetime,
        actor: int | None,
        what: str,
        subject: str,
        before: str | None = None,
        after: str | None = None,
    ) -> None:
        """A line of the audit log."""
        self.changes.append((at, actor, what, subject, before, after))

    def list_audit(self) -> list[AuditEntry]:
        """The audit log in the order in which it was written."""
        return [AuditEntry(next(self.ids), *change) for change in sorted(self.changes, key=lambda change: change[0])]

    def find_person(self, account: int) -> DraftedPerson:
        """Raises PastError when no line has introduced them."""
        try:
            return self.people[account]
        except KeyError:
            raise PastError(f"nobody was introduced with the account {account}") from None
