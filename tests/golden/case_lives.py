"""What became of every case, in plain Python from the rows of `events.csv`, by the definitions of the product and not by its code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.golden.loading import RawFiles, Row
from tests.golden.working_minutes import WorkingMinutes

Places = Mapping[int, Mapping[str, str]]
"""By the case's number: department, courier, route, station, …"""

HIGH = frozenset({("delivery", "lost"), ("product", "lost"), ("attitude", "kept")})
"""Categories and reasons of high severity in the example company's file."""

ANSWER_DAYS, ACCEPT_HOURS, REVIEW_HOURS = {"normal": 7, "high": 3}, {"normal": 2, "high": 1}, {"normal": 24, "high": 8}
WAITING_HOURS, REGULATOR_DAYS = 72, 15
HEARD = frozenset({"ask_customer", "extend", "letter"})
"""What the customer hears from a person, besides an answer."""
STATES = {
    "file": "assigned",
    "accept": "in_work",
    "transfer": "assigned",
    "plan": "planned",
    "ask_customer": "waiting",
    "resolve": "in_review",
    "approve": "answered",
    "return": "in_work",
    "satisfied": "closed",
    "not_satisfied": "assigned",
    "silent": "closed",
    "reopen": "assigned",
    "withdraw": "withdrawn",
    "merge": "merged",
    "appeal": "in_work",
}
ENDS = {
    "accept": {"in_work", "planned", "waiting", "in_review", "answered", "closed", "withdrawn", "merged"},
    "rectify": {"assigned", "in_review", "answered", "closed", "withdrawn", "merged"},
    "review": {"assigned", "in_work", "planned", "waiting", "answered", "closed", "withdrawn", "merged"},
    "answer": {"answered", "closed", "withdrawn", "merged"},
    "regulator": {"answered", "closed", "withdrawn", "merged"},
}
"""The states that end a stage."""


@dataclass
class CasePromise:
    stage: str
    due: datetime
    promised: datetime
    department: str
    ended: datetime | None = None
    counts: bool = True


@dataclass
class CaseLife:
    """One case as it stands in the end."""

    number: int
    kind: str
    category: str
    severity: str
    department: str
    opened: datetime
    state: str = "assigned"
    valid: bool = False
    word: str = ""
    """The customer's last word since the last answer: satisfied, dissatisfied, silent; withdrawn, merged."""
    answers: list[datetime] = field(default_factory=list)
    waited: list[timedelta] = field(default_factory=list)
    """How long the customer had been waited for until each answer."""
    replied: int | None = None
    """Seconds of work from receipt, or from the latest objection, to the first word of a person after it."""
    spoken: bool = False
    """Whether the customer has ever said whether it was solved."""
    solved_in: int = 0
    reopened: bool = False
    repeated: bool = False
    handling: int | None = None
    promises: list[CasePromise] = field(default_factory=list)

    def seconds(self, nth: int) -> int | None:
        """From receipt to this answer, less the waiting; None without."""
        if not self.answers:
            return None
        return int((self.answers[nth] - self.opened - self.waited[nth]).total_seconds())

    def settled(self, now: datetime, zone: ZoneInfo) -> bool:
        """Answered seven days ago by the clock on the wall, or earlier."""
        return bool(self.answers) and self.answers[-1] <= move_days(now, -7, zone)

    @property
    def due(self) -> datetime:
        """When the answer is owed: the latest of what the law and the regulator ask."""
        return max(one.due for one in self.promises if one.stage in {"answer", "regulator"} and one.ended is None)


def move_days(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """So many days later, or earlier, at the same time by the clock on the wall."""
    shown = at.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
    return shown.replace(tzinfo=zone).astimezone(UTC)


def trace_lives(raw: RawFiles, zone: ZoneInfo) -> list[CaseLife]:
    moments = [datetime.fromisoformat(row["at"]) for row in raw.events]
    hours = WorkingMinutes(zone, min(moments) - timedelta(days=1), max(moments) + timedelta(days=60))
    rows = {row["case"]: row for row in raw.cases}
    filed = [row["case"] for row in raw.events if row["event"] == "file"]
    return [
        _trace_life(n, rows[case], [row for row in raw.events if row["case"] == case], hours, zone)
        for n, case in enumerate(filed)
    ]


def mark_repeats(lives: Sequence[CaseLife], places: Places) -> None:
    """As all stands in the end: a case that was merged later is no forerunner, and who was passed on is one where it is now."""

    def unit(life: CaseLife) -> tuple[str, ...]:
        place = places[life.number]
        return next(
            (name, value)
            for name, value in (*((name, place[name]) for name in ("courier", "station")), ("", life.department))
            if value or not name
        )

    complaints = [one for one in lives if one.kind == "complaint"]
    for life in complaints:
        window = life.opened - timedelta(days=90)
        life.repeated = any(
            other.number < life.number
            and (other.category, unit(other)) == (life.category, unit(life))
            and window <= other.opened <= life.opened
            and other.state != "merged"
            for other in complaints
        )


def _trace_life(number: int, row: Row, events: Sequence[Row], hours: WorkingMinutes, zone: ZoneInfo) -> CaseLife:
    severity = "high" if (row["category"], row["reason"]) in HIGH else "normal"
    opened = datetime.fromisoformat(events[0]["at"]).astimezone(UTC)
    life = CaseLife(number, row["kind"], row["category"], severity, row["department"], opened)
    life.handling = int(row["handling"]) if row["handling"] else None
    rounds, waiting, before, waited, listening = 1, None, "", timedelta(), opened
    for event in events:
        at, name = datetime.fromisoformat(event["at"]).astimezone(UTC), event["event"]
        if waiting is not None:
            waited += at - waiting
            _stop_the_clock(life, waiting, at, hours)
            waiting = None
        state = STATES.get(name) or (before if name == "customer_answers" else life.state)
        if name == "ask_customer":
            before, waiting = life.state, at
        if name in {"not_satisfied", "reopen"}:
            listening, life.replied = at, None
        answers = state == "answered" and life.state != "answered"
        if (name in HEARD or answers) and event["by"] == "staff" and life.replied is None:
            life.replied = hours.between(listening, at) * 60
        if answers:
            life.answers.append(at)
            life.waited.append(waited)
            life.word = ""
        life.word = {
            "not_satisfied": "dissatisfied",
            "reopen": "dissatisfied",
            "withdraw": "withdrawn",
            "merge": "merged",
        }.get(name, name if name in {"satisfied", "silent"} else life.word)
        life.spoken = life.spoken or name in {"satisfied", "not_satisfied", "reopen"}
        life.solved_in = rounds if name == "satisfied" else 0 if name in {"not_satisfied", "reopen"} else life.solved_in
        rounds += name in {"not_satisfied", "reopen"}
        life.reopened = life.reopened or name == "reopen"
        life.valid = event["valid"] == "yes" if name == "resolve" else life.valid
        life.state = state
        _apply_promises(life, event, at, hours, zone)
        life.department = event["department"] or life.department
        for promise in life.promises:
            promise.department = life.department if promise.ended is None else promise.department
    if waiting is not None:
        _stop_the_clock(life, waiting, waiting + timedelta(hours=WAITING_HOURS), hours)
    return life


def _stop_the_clock(life: CaseLife, begin: datetime, end: datetime, hours: WorkingMinutes) -> None:
    """The rectification stands still while the customer is asked, if it was not late already."""
    for promise in life.promises:
        if promise.stage == "rectify" and promise.ended is None and begin < promise.due:
            promise.due = hours.add(promise.due, hours.between(begin, end))


def _apply_promises(life: CaseLife, event: Row, at: datetime, hours: WorkingMinutes, zone: ZoneInfo) -> None:
    """Which promises this event ends, moves and begins."""
    name = event["event"]
    begun: Mapping[str, datetime] = {}
    accept, answer = hours.add(at, ACCEPT_HOURS[life.severity] * 60), move_days(at, ANSWER_DAYS[life.severity], zone)
    match name:
        case "file" | "not_satisfied" | "reopen":
            begun = {"accept": accept, "answer": answer} if life.kind == "complaint" else {"answer": answer}
        case "transfer":
            begun = {"accept": accept}
        case "plan":
            begun = {"rectify": datetime.fromisoformat(event["due"]).astimezone(UTC)}
        case "resolve":
            begun = {"review": hours.add(at, REVIEW_HOURS[life.severity] * 60)}
        case "appeal":
            last = datetime.fromisoformat(event["received"]) + timedelta(days=REGULATOR_DAYS + 1)
            begun = {"regulator": last.replace(tzinfo=zone).astimezone(UTC)}
        case _:
            pass
    for promise in life.promises:
        if promise.ended is None and (promise.stage in begun or life.state in ENDS[promise.stage]):
            promise.ended = at
            promise.counts = name not in {"withdraw", "merge"} or at > promise.due
        elif promise.ended is None and name == "extend" and promise.stage == "answer":
            promise.due = max(promise.due, datetime.fromisoformat(event["due"]).astimezone(UTC))
    life.promises += [CasePromise(stage, due, due, life.department) for stage, due in begun.items()]
