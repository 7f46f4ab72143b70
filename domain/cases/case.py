"""The life of a complaint: one table, from which everything else is read off.

1. What is not in `LIFECYCLE` cannot happen: `advance` refuses it, and refusing changes nothing.
2. Who may is a set of parts that somebody plays *in this case*; `parts_of` says which, from roles and ownership.
3. From every state a path leads to an end; the end states are CLOSED, WITHDRAWN, MERGED.
4. A case keeps its history; the state is what the history says.

5. Suggestions, inquiries and praise live by small tables of the same shape: `domain/cases/others.py`.

Source: product.md C6.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.people import Person


class Kind(enum.StrEnum):
    """What somebody brings before the company; the first letter of a case's number says which."""

    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    INQUIRY = "inquiry"
    PRAISE = "praise"


class State(enum.StrEnum):
    ASSIGNED = "assigned"
    IN_WORK = "in_work"
    PLANNED = "planned"
    WAITING = "waiting"
    IN_REVIEW = "in_review"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    ADOPTED = "adopted"
    DECLINED = "declined"


OPEN = frozenset(State) - {State.CLOSED, State.WITHDRAWN, State.MERGED, State.DECLINED}
"""States in which somebody still owes somebody something."""

UNSOLVED = OPEN - {State.ANSWERED}
"""States in which the company owes the customer an answer."""


class Event(enum.StrEnum):
    FILE = "file"
    ACCEPT = "accept"
    TRANSFER = "transfer"
    HAND_OVER = "hand_over"
    PLAN = "plan"
    ASK_CUSTOMER = "ask_customer"
    CUSTOMER_ANSWERS = "customer_answers"
    EXTEND = "extend"
    RESOLVE = "resolve"
    APPROVE = "approve"
    RETURN = "return"
    SATISFIED = "satisfied"
    NOT_SATISFIED = "not_satisfied"
    SILENT = "silent"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    APPEAL = "appeal"
    ADOPT = "adopt"
    DECLINE = "decline"
    PROGRESS = "progress"
    FINISH = "finish"
    ANSWER = "answer"
    ASK_MORE = "ask_more"


class Part(enum.StrEnum):
    """What somebody is to one case."""

    CUSTOMER = "customer"
    STAFF = "staff"
    OWNER = "owner"
    HEAD = "head"
    QUALITY = "quality"
    REVIEWER = "reviewer"
    CLOCK = "clock"


class Need(enum.StrEnum):
    """What an event must bring along."""

    CATEGORY = "category"
    DEPARTMENT = "department"
    REASON = "reason"
    PERSON = "person"
    MEASURE = "measure"
    DUE = "due"
    GOAL = "goal"
    QUESTION = "question"
    ROOT_CAUSE = "root_cause"
    ACTION = "action"
    COMPENSATION = "compensation"
    VALID = "valid"
    INTO = "into"
    RECEIVED = "received"
    VALUE = "value"
    FEASIBILITY = "feasibility"
    WORDS = "words"
    SATISFIED = "satisfied"
    HANDLER = "handler"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: `to` is None where the case stays in, or goes back to, the state it was in; `tells` names who hears of it."""

    event: Event
    origin: frozenset[State]
    who: frozenset[Part]
    to: State | None
    needs: tuple[Need, ...] = ()
    tells: tuple[Part, ...] = ()


def row(
    origin: frozenset[State] | State,
    event: Event,
    who: set[Part],
    to: State | None,
    needs: tuple[Need, ...] = (),
    tells: tuple[Part, ...] = (),
) -> Transition:
    return Transition(
        event, frozenset({origin}) if isinstance(origin, State) else origin, frozenset(who), to, needs, tells
    )


_S, _E, _P, _N = State, Event, Part, Need
_WORK = frozenset({State.IN_WORK, State.PLANNED})
_OPEN = OPEN - {State.ADOPTED}

LIFECYCLE: tuple[Transition, ...] = (
    row(frozenset(), _E.FILE, {_P.CUSTOMER, _P.STAFF, _P.CLOCK}, _S.ASSIGNED, (_N.CATEGORY,), (_P.CUSTOMER, _P.STAFF)),
    row(_S.ASSIGNED, _E.ACCEPT, {_P.STAFF}, _S.IN_WORK, (), (_P.CUSTOMER,)),
    row(
        _WORK | {_S.ASSIGNED},
        _E.TRANSFER,
        {_P.HEAD, _P.QUALITY, _P.OWNER},
        _S.ASSIGNED,
        (_N.DEPARTMENT, _N.REASON),
        (_P.STAFF,),
    ),
    row(_WORK, _E.HAND_OVER, {_P.OWNER, _P.HEAD}, None, (_N.PERSON,), (_P.OWNER,)),
    row(_S.IN_WORK, _E.PLAN, {_P.OWNER}, _S.PLANNED, (_N.MEASURE, _N.DUE, _N.GOAL)),
    row(_WORK, _E.ASK_CUSTOMER, {_P.OWNER}, _S.WAITING, (_N.QUESTION,), (_P.CUSTOMER,)),
    row(_S.WAITING, _E.CUSTOMER_ANSWERS, {_P.CUSTOMER, _P.CLOCK}, None, (), (_P.OWNER,)),
    row(_WORK, _E.EXTEND, {_P.OWNER}, None, (_N.REASON, _N.DUE), (_P.CUSTOMER,)),
    row(_WORK, _E.RESOLVE, {_P.OWNER}, _S.IN_REVIEW, (_N.ROOT_CAUSE, _N.ACTION, _N.VALID), (_P.HEAD,)),
    row(_S.IN_REVIEW, _E.APPROVE, {_P.REVIEWER}, _S.ANSWERED, (), (_P.CUSTOMER,)),
    row(_S.IN_REVIEW, _E.RETURN, {_P.REVIEWER}, _S.IN_WORK, (_N.REASON,), (_P.OWNER,)),
    row(_S.ANSWERED, _E.SATISFIED, {_P.CUSTOMER}, _S.CLOSED, (), (_P.OWNER,)),
    row(_S.ANSWERED, _E.NOT_SATISFIED, {_P.CUSTOMER}, _S.ASSIGNED, (_N.REASON,), (_P.STAFF, _P.HEAD)),
    row(_S.ANSWERED, _E.SILENT, {_P.CLOCK}, _S.CLOSED),
    row(_S.CLOSED, _E.REOPEN, {_P.CUSTOMER}, _S.ASSIGNED, (_N.REASON,), (_P.STAFF, _P.HEAD)),
    row(_OPEN, _E.WITHDRAW, {_P.CUSTOMER}, _S.WITHDRAWN, (), (_P.STAFF,)),
    row(_OPEN, _E.MERGE, {_P.QUALITY}, _S.MERGED, (_N.INTO,), (_P.CUSTOMER,)),
    row(frozenset({_S.CLOSED, _S.ANSWERED}), _E.APPEAL, {_P.QUALITY}, _S.IN_WORK, (_N.RECEIVED,), (_P.OWNER,)),
)

NEW_ROUND = frozenset({Event.NOT_SATISFIED, Event.REOPEN})
"""Events that begin another pass through the rectification (二次整改)."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a case's history; `facts` is what the event brought along, by the names of `Need`."""

    version: int
    event: Event
    state: State
    actor: int | None
    at: datetime
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One case as it stands; `version` grows with every event, `owner` is a person's id.

    `due_at` is when the answer is owed, as the history says (`domain.cases.deadlines`); `previous` the state before a question to the customer;
    `appealed` that a regulator waits for an answer; `linked` the earlier case that this one takes up again; `merged_into` where it went.
    """

    id: int
    number: str
    state: State
    category: str
    severity: str
    department: str
    created_at: datetime
    due_at: datetime
    customer: int | None = None
    delivery: int | None = None
    waybill: str = ""
    courier: str = ""
    description: str = ""
    wanted: str = ""
    contact: str = ""
    owner: int | None = None
    owner_name: str = ""
    round: int = 1
    approvals: int = 0
    previous: State | None = None
    version: int = 1
    note: str = ""
    resolution: Mapping[str, str] | None = None
    kind: Kind = Kind.COMPLAINT
    reason: str = ""
    cooperating: tuple[str, ...] = ()
    plan: Mapping[str, str] | None = None
    appealed: bool = False
    linked: int | None = None
    merged_into: int | None = None
    handling: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a transition depends on besides the case: the company's rules, the clock, and what the history says.

    `due_at` is when the answer is owed, `since` when the case came into its state; both are read off the history. `reviews` approvals make
    an answer; `plan_first` refuses a resolution without a plan; `reopen_within` is the grace after closing.
    """

    now: datetime | None = None
    due_at: datetime | None = None
    since: datetime | None = None
    reviews: int = 1
    plan_first: bool = False
    reopen_within: timedelta = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing happened: `why` is a text key, `missing` what the event did not bring."""

    why: str
    missing: tuple[Need, ...] = ()


def allowed(case: Case, parts: frozenset[Part], table: Sequence[Transition] = LIFECYCLE) -> tuple[Event, ...]:
    """The events somebody with these parts may cause now, in the table's order."""
    return tuple(row.event for row in table if case.state in row.origin and row.who & parts)


_TERMS = Terms()


def advance(
    case: Case,
    event: Event,
    parts: frozenset[Part],
    facts: Mapping[Need, str],
    *,
    actor: int | None = None,
    terms: Terms = _TERMS,
    table: Sequence[Transition] = LIFECYCLE,
) -> Case | Refused:
    """What the case becomes when `event` is caused by somebody who plays `parts`, by the table of its kind."""
    row = next((row for row in table if row.event is event), None)
    if row is None or case.state not in row.origin:
        return Refused("case-not-now")
    if not row.who & parts:
        return Refused("case-not-yours")
    missing = tuple(need for need in row.needs if not facts.get(need, "").strip())
    if missing:
        return Refused("case-missing", missing)
    if why := _unfit(case, event, facts, terms):
        return Refused(why)
    if event is Event.APPROVE and case.approvals + 1 < terms.reviews:
        return replace(case, approvals=case.approvals + 1, version=case.version + 1)
    to = row.to or (case.previous if case.state is State.WAITING and case.previous else case.state)
    moved = replace(case, state=to, previous=case.state, version=case.version + 1)
    return _effect(moved, event, facts, actor)


def _unfit(case: Case, event: Event, facts: Mapping[Need, str], terms: Terms) -> str:  # noqa: PLR0911 -- each refusal is its own sentence
    """Why what was brought along cannot be taken; a text key, empty where it can."""
    due = _moment(facts.get(Need.DUE, "")) if Need.DUE in facts else None
    match event:
        case Event.TRANSFER if facts[Need.DEPARTMENT] == case.department:
            return "case-same-department"
        case Event.HAND_OVER if not facts[Need.PERSON].isdecimal():
            return "case-missing"
        case Event.HAND_OVER if int(facts[Need.PERSON]) == case.owner:
            return "case-same-owner"
        case Event.PLAN | Event.EXTEND | Event.ADOPT if due is None:
            return "case-no-date"
        case Event.PLAN | Event.EXTEND | Event.ADOPT if terms.now is not None and due is not None and due <= terms.now:
            return "case-date-past"
        case Event.EXTEND if case.appealed:
            return "case-regulators-date"
        case Event.EXTEND if terms.now is not None and terms.due_at is not None and terms.now > terms.due_at:
            return "case-overdue"
        case Event.EXTEND if terms.due_at is not None and due is not None and due <= terms.due_at:
            return "case-not-later"
        case Event.RESOLVE if terms.plan_first and case.plan is None:
            return "case-plan-first"
        case Event.MERGE if facts[Need.INTO] == str(case.id):
            return "case-merge-itself"
        case Event.REOPEN if (
            terms.now is not None and terms.since is not None and terms.now - terms.since > terms.reopen_within
        ):
            return "case-too-late"
        case _:
            return ""


def _effect(moved: Case, event: Event, facts: Mapping[Need, str], actor: int | None) -> Case:  # noqa: PLR0911 -- one return per event
    """What an event changes besides the state."""
    match event:
        case Event.ACCEPT:
            return replace(moved, owner=actor)
        case Event.TRANSFER:
            return replace(moved, owner=None, owner_name="", department=facts[Need.DEPARTMENT], plan=None)
        case Event.HAND_OVER:
            return replace(moved, owner=int(facts[Need.PERSON]), owner_name="")
        case Event.PLAN | Event.ADOPT:
            return replace(moved, plan={need.value: text for need, text in facts.items()})
        case Event.RESOLVE:
            return replace(moved, approvals=0, resolution={need.value: text for need, text in facts.items()})
        case Event.APPROVE:
            return replace(moved, appealed=False)
        case Event.NOT_SATISFIED | Event.REOPEN:
            return replace(moved, owner=None, owner_name="", round=moved.round + 1, approvals=0, plan=None)
        case Event.APPEAL:
            return replace(moved, appealed=True, approvals=0)
        case Event.MERGE:
            return replace(moved, merged_into=int(facts[Need.INTO]))
        case _:
            return moved


def _moment(text: str) -> datetime | None:
    """An ISO 8601 moment with its offset, None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def parts_of(case: Case, person: Person, *, has_heads: bool) -> frozenset[Part]:
    """What a member of staff is to this case.

    The head reviews, but never the own work; quality reviews too, and a second review is never the head's. Where the
    department has no head yet, quality is the only reviewer, and a manager stands in, so that no case waits for a person
    who does not exist.
    """
    parts = set()
    if person.is_staff_of(case.department):
        parts.add(Part.STAFF)
    if person.id == case.owner and person.is_staff_of(case.department):
        parts.add(Part.OWNER)
    if person.is_head_of(case.department):
        parts.add(Part.HEAD)
    if person.is_quality:
        parts.add(Part.QUALITY)
    first = person.is_head_of(case.department) and not case.approvals
    reviews = first or person.is_quality or (person.is_manager and not has_heads)
    if reviews and person.id != case.owner:
        parts.add(Part.REVIEWER)
    return frozenset(parts)


def number(kind: str, day: str, sequence: int) -> str:
    """A case number that can be read aloud: kind letter, day as YYMMDD in company time, sequence of that day."""
    return f"{kind}-{day}-{sequence:04d}"
