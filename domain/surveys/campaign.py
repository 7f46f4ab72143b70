"""Campaign: a survey sent to a group of customers on a date or a cycle, planned by one manager, approved by a second.

1. Its state machine is one table (`LIFECYCLE`). Nobody approves what they planned themselves.
2. `starts_at` is the first start; the n-th run starts n - 1 periods later on the company's clock, so that no date
   drifts. Runs are numbered by period: one that nobody was there for is skipped, one that is late is done late.
3. Nobody gets it twice in a run: each person is one recipient, marked in the transaction that enqueues the message.
"""

import calendar
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Self


class Cycle(enum.StrEnum):
    """How often a campaign repeats."""

    ONCE = "once"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class CampaignState(enum.StrEnum):
    """`PLANNED` waits for a second manager, `APPROVED` for its date; a stopped one can be resumed."""

    PLANNED = "planned"
    DECLINED = "declined"
    APPROVED = "approved"
    SENDING = "sending"
    STOPPED = "stopped"
    DONE = "done"
    CANCELLED = "cancelled"


class RecipientState(enum.StrEnum):
    """What became of one person in one run."""

    WAITING = "waiting"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    STOPPED = "stopped"


class CampaignEvent(enum.StrEnum):
    """`AGAIN` ends a run that is followed by another."""

    APPROVE = "approve"
    DECLINE = "decline"
    START = "start"
    STOP = "stop"
    RESUME = "resume"
    FINISH = "finish"
    AGAIN = "again"
    CANCEL = "cancel"


class CampaignPart(enum.StrEnum):
    """Who may trigger an event."""

    MANAGER = "a manager"
    OTHER = "a manager who did not plan it"
    CLOCK = "the clock"


@dataclass(frozen=True, slots=True)
class CampaignTransition:
    origin: frozenset[CampaignState]
    event: CampaignEvent
    who: frozenset[CampaignPart]
    to: CampaignState


def _make_transition(
    origin: CampaignState | tuple[CampaignState, ...],
    event: CampaignEvent,
    who: CampaignPart | tuple[CampaignPart, ...],
    to: CampaignState,
) -> CampaignTransition:
    origins = origin if isinstance(origin, tuple) else (origin,)
    parts = who if isinstance(who, tuple) else (who,)
    return CampaignTransition(frozenset(origins), event, frozenset(parts), to)


LIFECYCLE = (
    _make_transition(CampaignState.PLANNED, CampaignEvent.APPROVE, CampaignPart.OTHER, CampaignState.APPROVED),
    _make_transition(CampaignState.PLANNED, CampaignEvent.DECLINE, CampaignPart.OTHER, CampaignState.DECLINED),
    _make_transition(CampaignState.APPROVED, CampaignEvent.START, CampaignPart.CLOCK, CampaignState.SENDING),
    _make_transition(
        CampaignState.SENDING, CampaignEvent.STOP, (CampaignPart.MANAGER, CampaignPart.CLOCK), CampaignState.STOPPED
    ),
    _make_transition(CampaignState.STOPPED, CampaignEvent.RESUME, CampaignPart.MANAGER, CampaignState.SENDING),
    _make_transition(CampaignState.SENDING, CampaignEvent.FINISH, CampaignPart.CLOCK, CampaignState.DONE),
    _make_transition(CampaignState.SENDING, CampaignEvent.AGAIN, CampaignPart.CLOCK, CampaignState.APPROVED),
    _make_transition(
        (CampaignState.PLANNED, CampaignState.APPROVED, CampaignState.STOPPED),
        CampaignEvent.CANCEL,
        CampaignPart.MANAGER,
        CampaignState.CANCELLED,
    ),
)


class CampaignRefusal(enum.StrEnum):
    """Why an event is refused: the state does not allow it, or the planner would approve their own plan."""

    NOT_NOW = "campaign-not-now"
    OWN = "campaign-own"


class AudienceGroup(enum.StrEnum):
    """What those who are asked have in common. `LOST` had deliveries, but none lately."""

    ALL = "all"
    TYPE = "type"
    SERVICE = "service"
    STATION = "station"
    LOST = "lost"


GROUPS_WITH_VALUE = (AudienceGroup.TYPE, AudienceGroup.SERVICE, AudienceGroup.STATION)
"""Groups that need a value: `CampaignAudience.value` says which one."""


@dataclass(frozen=True, slots=True)
class CampaignAudience:
    """Who is asked."""

    group: AudienceGroup
    value: str = ""

    @property
    def text(self) -> str:
        """The stored form: all, lost, type:vip."""
        return f"{self.group}:{self.value}" if self.group in GROUPS_WITH_VALUE else self.group.value

    @classmethod
    def parse(cls, text: str) -> Self:
        group, _, value = text.partition(":")
        return cls(AudienceGroup(group), value)


@dataclass(frozen=True, slots=True)
class Campaign:
    """`survey` is a survey's key; `run` is the run under way, or the next one."""

    id: int
    title: str
    survey: str
    audience: CampaignAudience
    cycle: Cycle
    state: CampaignState
    run: int
    starts_at: datetime
    planned_by: int
    approved_by: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many recipients of one run are in each state; `answered` out of those it was sent to."""

    waiting: int = 0
    sent: int = 0
    unreachable: int = 0
    stopped: int = 0
    answered: int = 0

    @property
    def total(self) -> int:
        return self.waiting + self.sent + self.unreachable + self.stopped


def find_next_state(campaign: Campaign, event: CampaignEvent, person: int | None) -> CampaignState | CampaignRefusal:
    """The next state, or why the event is refused; `person` is the manager who triggers it, None for the clock."""
    row = next((one for one in LIFECYCLE if one.event is event and campaign.state in one.origin), None)
    if row is None:
        return CampaignRefusal.NOT_NOW
    if person is None:
        return row.to if CampaignPart.CLOCK in row.who else CampaignRefusal.NOT_NOW
    if CampaignPart.OTHER in row.who:
        return row.to if person != campaign.planned_by else CampaignRefusal.OWN
    return row.to if CampaignPart.MANAGER in row.who else CampaignRefusal.NOT_NOW


_MONTHS_PER_CYCLE: Mapping[Cycle, int] = {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.HALF_YEAR: 6, Cycle.YEAR: 12}


def find_start(first: datetime, cycle: Cycle, run: int, zone: tzinfo) -> datetime:
    """When this run starts: the same hour of the same day that many months later, or of the last day of a shorter month."""
    return _shift_months(first, _MONTHS_PER_CYCLE.get(cycle, 0) * (run - 1), zone)


def compute_lost_since(now: datetime, months: int, zone: tzinfo) -> datetime:
    """The cutoff: customers without a delivery since then are lost."""
    return _shift_months(now, -months, zone)


def _shift_months(moment: datetime, months: int, zone: tzinfo) -> datetime:
    here = moment.astimezone(zone)
    year, month = divmod(here.year * 12 + here.month - 1 + months, 12)
    day = min(here.day, calendar.monthrange(year, month + 1)[1])
    return here.replace(year=year, month=month + 1, day=day).astimezone(UTC)


def find_next_start(
    first: datetime, cycle: Cycle, run: int, now: datetime, zone: tzinfo
) -> tuple[int, datetime] | None:
    """The next run still to come, and when it starts; None if there is none."""
    if cycle is Cycle.ONCE:
        return None
    while True:
        run += 1
        start = find_start(first, cycle, run, zone)
        if start > now:
            return run, start
