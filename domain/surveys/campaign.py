"""A campaign: a survey asked of a group of customers on a date or a cycle, planned by one manager, approved by a second.

1. Its life is one table (`LIFECYCLE`). Nobody approves what they planned themselves.
2. `starts_at` is the first start; the n-th run starts n - 1 periods later on the company's clock, so that no date drifts. Runs are
   numbered by period: one that nobody was there for is left out, one that is late is done late.
3. Nobody gets it twice in a run: a person is one recipient of it, and is marked in the transaction that owes the message.
"""

import calendar
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Self


class Cycle(enum.StrEnum):
    """How often a campaign comes again."""

    ONCE = "once"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class State(enum.StrEnum):
    """`PLANNED` waits for a second manager, `APPROVED` for its date; a stopped one can be resumed."""

    PLANNED = "planned"
    DECLINED = "declined"
    APPROVED = "approved"
    SENDING = "sending"
    STOPPED = "stopped"
    DONE = "done"
    CANCELLED = "cancelled"


class Recipient(enum.StrEnum):
    """What became of one person in one run."""

    WAITING = "waiting"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    STOPPED = "stopped"


class Event(enum.StrEnum):
    """`AGAIN` ends a run after which another one comes."""

    APPROVE = "approve"
    DECLINE = "decline"
    START = "start"
    STOP = "stop"
    RESUME = "resume"
    FINISH = "finish"
    AGAIN = "again"
    CANCEL = "cancel"


class Part(enum.StrEnum):
    """Who may."""

    MANAGER = "a manager"
    OTHER = "a manager who did not plan it"
    CLOCK = "the clock"


@dataclass(frozen=True, slots=True)
class Transition:
    origin: frozenset[State]
    event: Event
    who: frozenset[Part]
    to: State


def _row(origin: State | tuple[State, ...], event: Event, who: Part | tuple[Part, ...], to: State) -> Transition:
    origins = origin if isinstance(origin, tuple) else (origin,)
    parts = who if isinstance(who, tuple) else (who,)
    return Transition(frozenset(origins), event, frozenset(parts), to)


LIFECYCLE = (
    _row(State.PLANNED, Event.APPROVE, Part.OTHER, State.APPROVED),
    _row(State.PLANNED, Event.DECLINE, Part.OTHER, State.DECLINED),
    _row(State.APPROVED, Event.START, Part.CLOCK, State.SENDING),
    _row(State.SENDING, Event.STOP, (Part.MANAGER, Part.CLOCK), State.STOPPED),
    _row(State.STOPPED, Event.RESUME, Part.MANAGER, State.SENDING),
    _row(State.SENDING, Event.FINISH, Part.CLOCK, State.DONE),
    _row(State.SENDING, Event.AGAIN, Part.CLOCK, State.APPROVED),
    _row((State.PLANNED, State.APPROVED, State.STOPPED), Event.CANCEL, Part.MANAGER, State.CANCELLED),
)


class Refusal(enum.StrEnum):
    """Why an event does not happen: it has no place in this state, or the planner would approve the own plan."""

    NOT_NOW = "campaign-not-now"
    OWN = "campaign-own"


class Group(enum.StrEnum):
    """What is common to those who are asked. `LOST` had deliveries, but none lately."""

    ALL = "all"
    TYPE = "type"
    SERVICE = "service"
    STATION = "station"
    LOST = "lost"


WITH_VALUE = (Group.TYPE, Group.SERVICE, Group.STATION)
"""Groups of which there are several: which one is meant is `Audience.value`."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is asked."""

    group: Group
    value: str = ""

    @property
    def text(self) -> str:
        """As it is stored: all, lost, type:vip."""
        return f"{self.group}:{self.value}" if self.group in WITH_VALUE else self.group.value

    @classmethod
    def read(cls, text: str) -> Self:
        group, _, value = text.partition(":")
        return cls(Group(group), value)


@dataclass(frozen=True, slots=True)
class Campaign:
    """`survey` is a survey's key; `run` the run under way, or the next one."""

    id: int
    title: str
    survey: str
    audience: Audience
    cycle: Cycle
    state: State
    run: int
    starts_at: datetime
    planned_by: int
    approved_by: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many recipients of one run stand where; `answered` of those it was sent to."""

    waiting: int = 0
    sent: int = 0
    unreachable: int = 0
    stopped: int = 0
    answered: int = 0

    @property
    def total(self) -> int:
        return self.waiting + self.sent + self.unreachable + self.stopped


def allowed(campaign: Campaign, event: Event, person: int | None) -> State | Refusal:
    """Where the event leads; `person` is the manager it comes from, None for the clock."""
    row = next((one for one in LIFECYCLE if one.event is event and campaign.state in one.origin), None)
    if row is None:
        return Refusal.NOT_NOW
    if person is None:
        return row.to if Part.CLOCK in row.who else Refusal.NOT_NOW
    if Part.OTHER in row.who:
        return row.to if person != campaign.planned_by else Refusal.OWN
    return row.to if Part.MANAGER in row.who else Refusal.NOT_NOW


_MONTHS: Mapping[Cycle, int] = {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.HALF_YEAR: 6, Cycle.YEAR: 12}


def start_of(first: datetime, cycle: Cycle, run: int, zone: tzinfo) -> datetime:
    """When this run starts: the same hour of the same day so many months later, or of the last day of a month that is shorter."""
    return _shifted(first, _MONTHS.get(cycle, 0) * (run - 1), zone)


def lost_since(now: datetime, months: int, zone: tzinfo) -> datetime:
    """Whoever has had no delivery since then is lost."""
    return _shifted(now, -months, zone)


def _shifted(moment: datetime, months: int, zone: tzinfo) -> datetime:
    here = moment.astimezone(zone)
    year, month = divmod(here.year * 12 + here.month - 1 + months, 12)
    day = min(here.day, calendar.monthrange(year, month + 1)[1])
    return here.replace(year=year, month=month + 1, day=day).astimezone(UTC)


def next_start(first: datetime, cycle: Cycle, run: int, now: datetime, zone: tzinfo) -> tuple[int, datetime] | None:
    """The next run that is still to come, and when it starts; None where there is none."""
    if cycle is Cycle.ONCE:
        return None
    while True:
        run += 1
        start = start_of(first, cycle, run, zone)
        if start > now:
            return run, start
