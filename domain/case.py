"""The life of a complaint: one table, from which everything else is read off.

1. What is not in `LIFECYCLE` cannot happen: `advance` refuses it, and refusing changes nothing.
2. Who may is a set of parts that somebody plays *in this case*; `parts_of` says which, from roles and ownership.
3. From every state a path leads to an end; the end states are CLOSED, WITHDRAWN, MERGED.
4. A case keeps its history; the state is what the history says.

Source: product.md C6.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.people import Person


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


OPEN = frozenset(State) - {State.CLOSED, State.WITHDRAWN, State.MERGED}
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


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: `to` is None where the case stays in, or goes back to, the state it was in; `tells` names who hears of it."""

    event: Event
    origin: frozenset[State]
    who: frozenset[Part]
    to: State | None
    needs: tuple[Need, ...] = ()
    tells: tuple[Part, ...] = ()


def _row(
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

LIFECYCLE: tuple[Transition, ...] = (
    _row(frozenset(), _E.FILE, {_P.CUSTOMER, _P.STAFF, _P.CLOCK}, _S.ASSIGNED, (_N.CATEGORY,), (_P.CUSTOMER, _P.STAFF)),
    _row(_S.ASSIGNED, _E.ACCEPT, {_P.STAFF}, _S.IN_WORK, (), (_P.CUSTOMER,)),
    _row(
        _WORK | {_S.ASSIGNED},
        _E.TRANSFER,
        {_P.HEAD, _P.QUALITY, _P.OWNER},
        _S.ASSIGNED,
        (_N.DEPARTMENT, _N.REASON),
        (_P.STAFF,),
    ),
    _row(_WORK, _E.HAND_OVER, {_P.OWNER, _P.HEAD}, None, (_N.PERSON,), (_P.OWNER,)),
    _row(_S.IN_WORK, _E.PLAN, {_P.OWNER}, _S.PLANNED, (_N.MEASURE, _N.DUE, _N.GOAL)),
    _row(_WORK, _E.ASK_CUSTOMER, {_P.OWNER}, _S.WAITING, (_N.QUESTION,), (_P.CUSTOMER,)),
    _row(_S.WAITING, _E.CUSTOMER_ANSWERS, {_P.CUSTOMER, _P.CLOCK}, None, (), (_P.OWNER,)),
    _row(_WORK, _E.EXTEND, {_P.OWNER}, None, (_N.REASON, _N.DUE), (_P.CUSTOMER,)),
    _row(_WORK, _E.RESOLVE, {_P.OWNER}, _S.IN_REVIEW, (_N.ROOT_CAUSE, _N.ACTION, _N.VALID), (_P.HEAD,)),
    _row(_S.IN_REVIEW, _E.APPROVE, {_P.REVIEWER}, _S.ANSWERED, (), (_P.CUSTOMER,)),
    _row(_S.IN_REVIEW, _E.RETURN, {_P.REVIEWER}, _S.IN_WORK, (_N.REASON,), (_P.OWNER,)),
    _row(_S.ANSWERED, _E.SATISFIED, {_P.CUSTOMER}, _S.CLOSED, (), (_P.OWNER,)),
    _row(_S.ANSWERED, _E.NOT_SATISFIED, {_P.CUSTOMER}, _S.ASSIGNED, (_N.REASON,), (_P.STAFF, _P.HEAD)),
    _row(_S.ANSWERED, _E.SILENT, {_P.CLOCK}, _S.CLOSED),
    _row(_S.CLOSED, _E.REOPEN, {_P.CUSTOMER}, _S.ASSIGNED, (_N.REASON,), (_P.STAFF, _P.HEAD)),
    _row(OPEN, _E.WITHDRAW, {_P.CUSTOMER}, _S.WITHDRAWN, (), (_P.STAFF,)),
    _row(OPEN, _E.MERGE, {_P.QUALITY}, _S.MERGED, (_N.INTO,), (_P.CUSTOMER,)),
    _row(frozenset({_S.CLOSED, _S.ANSWERED}), _E.APPEAL, {_P.QUALITY}, _S.IN_WORK, (_N.RECEIVED,), (_P.OWNER,)),
)

NEW_ROUND = frozenset({Event.NOT_SATISFIED, Event.REOPEN})
"""Events that begin another pass through the rectification (二次整改)."""


@dataclass(frozen=True, slots=True)
class Case:
    """One complaint as it stands; `version` grows with every event, `owner` is a person's id."""

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


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing happened: `why` is a text key, `missing` what the event did not bring."""

    why: str
    missing: tuple[Need, ...] = ()


def allowed(case: Case, parts: frozenset[Part]) -> tuple[Event, ...]:
    """The events somebody with these parts may cause now, in the table's order."""
    return tuple(row.event for row in LIFECYCLE if case.state in row.origin and row.who & parts)


def advance(  # noqa: PLR0911 -- each refusal is its own sentence
    case: Case,
    event: Event,
    parts: frozenset[Part],
    facts: Mapping[Need, str],
    *,
    actor: int | None = None,
    reviews: int = 1,
) -> Case | Refused:
    """What the case becomes when `event` is caused by somebody who plays `parts`; `reviews` approvals make an answer."""
    row = next((row for row in LIFECYCLE if row.event is event), None)
    if row is None or case.state not in row.origin:
        return Refused("case-not-now")
    if not row.who & parts:
        return Refused("case-not-yours")
    missing = tuple(need for need in row.needs if not facts.get(need, "").strip())
    if missing:
        return Refused("case-missing", missing)
    if event is Event.TRANSFER and facts[Need.DEPARTMENT] == case.department:
        return Refused("case-same-department")
    if event is Event.APPROVE and case.approvals + 1 < reviews:
        return replace(case, approvals=case.approvals + 1, version=case.version + 1)
    to = row.to or (case.previous if case.state is State.WAITING and case.previous else case.state)
    moved = replace(case, state=to, previous=case.state, version=case.version + 1)
    match event:
        case Event.ACCEPT:
            return replace(moved, owner=actor)
        case Event.TRANSFER:
            return replace(moved, owner=None, owner_name="", department=facts[Need.DEPARTMENT])
        case Event.HAND_OVER:
            return replace(moved, owner=int(facts[Need.PERSON]))
        case Event.RESOLVE:
            return replace(moved, approvals=0)
        case Event.NOT_SATISFIED | Event.REOPEN:
            return replace(moved, owner=None, owner_name="", round=case.round + 1, approvals=0)
        case _:
            return moved


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
