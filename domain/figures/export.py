"""Export schema: one frozen value per row of each table. Nothing in it leads to a customer except the waybill.

1. Responses are those about deliveries of the period (without a delivery: those requested in it), as the figures count
   them.
2. Cases are those opened in the period and those about its deliveries; the process is the full history of these cases.
3. Deadlines are those that fell due in the period; days say what became of asking about each day's deliveries.
4. No row has names, phones or contacts. What customers wrote is included only if `ExportRequest.words` is set.
5. Anonymous answers are in no row at all: each row would be one person.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.cases.case import CaseEvent, CaseKind, CaseState
from domain.cases.deadlines import Stage
from domain.cases.handling import Outcome
from domain.figures.period import Period
from domain.surveys.survey import Origin


class ExportFormat(enum.StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What was requested; `departments` are those that the reader may see, None for all."""

    period: Period
    departments: tuple[str, ...] | None = None
    form: ExportFormat = ExportFormat.XLSX
    words: bool = False


NPS_MARK, RECOMMEND_MARK, NO_DIMENSION_MARK = "=nps:", "=recommend", "?"
"""Marks on keys of `ExportedResponse.scores`: the subject of an NPS question, a yes or no, the question of a rating without a dimension."""


@dataclass(frozen=True, slots=True)
class ExportedResponse:
    """One response. `scores` are by dimension (see `totals.FOUR_LEVELS` and the marks above); `ticked` by question, as option keys.

    `words` are the customer's; `counts` is whether the ratings are in the figures: not set aside by an appeal, not from
    a campaign.
    """

    source: str
    waybill: str
    delivered_at: datetime | None
    asked_at: datetime
    answered_at: datetime
    department: str
    courier: str
    route: str
    station: str
    service: str
    priority: str
    customer_type: str
    origin: str
    survey: str
    scores: Mapping[str, int] = field(default_factory=dict)
    ticked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    on_behalf: bool = False
    excluded: bool = False

    @property
    def counts(self) -> bool:
        return not self.excluded and self.origin != Origin.CAMPAIGN


@dataclass(frozen=True, slots=True)
class ExportedCase:
    """One case in its current state. `counts`: a complaint opened in the period and not merged; `about`: one about a
    delivery of the period.

    `counted_at` is the moment of that delivery (without one, the case's own); times are in seconds as in
    `domain.cases.handling`; `settled` and `spoken` as in `domain.figures.handling`.
    """

    number: str
    kind: CaseKind
    state: CaseState
    category: str
    reason: str
    severity: str
    department: str
    cooperating: tuple[str, ...]
    owner: str
    waybill: str
    courier: str
    route: str
    station: str
    service: str
    priority: str
    customer_type: str
    opened_at: datetime
    counted_at: datetime | None
    due_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    round: int
    valid: bool | None
    outcome: Outcome | None
    handling: int | None
    replied: int | None = None
    resolved: int | None = None
    finished: int | None = None
    solved_in: int = 0
    settled: bool = False
    spoken: bool = False
    reopened: bool = False
    repeated: bool = False
    appealed: bool = False
    linked: str = ""
    merged_into: str = ""
    counts: bool = False
    about: bool = False
    description: str = ""
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class ExportedStep:
    """One line of a case's history; `who` is a colleague's name, empty for the customer and the clock. `facts` are those about the work."""

    number: str
    version: int
    event: CaseEvent
    state: CaseState
    at: datetime
    who: str = ""
    by_customer: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExportedDeadline:
    """One deadline that fell due; `promised_at` is the date first promised. `counts`: it is in the figures, as a
    complaint's that ended or is overdue.
    """

    number: str
    stage: Stage
    department: str
    started_at: datetime
    promised_at: datetime
    due_at: datetime
    ended_at: datetime | None
    counts: bool

    @property
    def kept(self) -> bool:
        return self.ended_at is not None and self.ended_at <= self.due_at

    @property
    def kept_as_promised(self) -> bool:
        return self.ended_at is not None and self.ended_at <= self.promised_at


@dataclass(frozen=True, slots=True)
class ExportedDay:
    """Deliveries of one day, department and priority, and what became of asking; the columns are those of `totals.TotalsColumn`."""

    day: date
    department: str
    priority: str
    deliveries: int = 0
    sampled: int = 0
    surveyed: int = 0
    answered: int = 0
    invited: int = 0
    responded: int = 0
    came: int = 0


COMPANY_FACTS = frozenset(
    {
        "department", "person", "measure", "due", "goal", "root_cause", "action", "compensation",
        "valid", "received", "value", "feasibility", "satisfied", "handler", "reference", "into",
    }
)  # fmt: skip
"""Facts of events that belong to the company; the category is the case's, and anything missing here is somebody's words."""

CUSTOMER_EVENTS = frozenset(
    {CaseEvent.NOT_SATISFIED, CaseEvent.REOPEN, CaseEvent.WITHDRAW, CaseEvent.CUSTOMER_ANSWERS, CaseEvent.ASK_MORE}
)
"""Events whose facts are the customer's words."""

_REASON = "reason"


def select_facts(event: CaseEvent, facts: Mapping[str, str], *, words: bool) -> dict[str, str]:
    """The facts of an event that an export may show; `words`: also those written to or by the customer."""
    if words:
        return {name: text for name, text in facts.items() if text and name != "category"}
    if event in CUSTOMER_EVENTS:
        return {}
    return {name: text for name, text in facts.items() if text and name in COMPANY_FACTS | {_REASON}}
