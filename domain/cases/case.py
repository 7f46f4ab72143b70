"""State machine of a complaint: one table, from which everything else is derived.

1. What is not in `LIFECYCLE` cannot happen: `advance` refuses it, and a refusal changes nothing.
2. Permission is a set of parts that somebody plays *in this case*; `list_parts` derives them from roles and ownership.
3. Every state has a path to an end; the end states are CLOSED, WITHDRAWN, MERGED.
4. A case keeps its history, and the state is whatever the history says.

5. Suggestions, inquiries and praise have small tables of the same shape: `domain/cases/feedback.py`.

Source: product.md C6.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.people import Person


class CaseKind(enum.StrEnum):
    """What a customer brings to the company; the first letter of the case number says which."""

    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    INQUIRY = "inquiry"
    PRAISE = "praise"


class ContributionSide(enum.StrEnum):
    """Who contributes to a case, and to whom: the customer, staff to the customer, staff to themselves, a cooperating department."""

    CUSTOMER = "customer"
    STAFF = "staff"
    NOTE = "note"
    STATEMENT = "report"


class CaseState(enum.StrEnum):
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


OPEN = frozenset(CaseState) - {CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.MERGED, CaseState.DECLINED}
"""States in which somebody still owes somebody something."""

UNSOLVED = OPEN - {CaseState.ANSWERED}
"""States in which the company owes the customer an answer."""


class CaseEvent(enum.StrEnum):
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
    REGULATOR_COMPLAINT = "appeal"
    ADOPT = "adopt"
    DECLINE = "decline"
    PROGRESS = "progress"
    FINISH = "finish"
    ANSWER = "answer"
    ASK_MORE = "ask_more"


class CasePart(enum.StrEnum):
    """What somebody is to one case."""

    CUSTOMER = "customer"
    STAFF = "staff"
    OWNER = "owner"
    HEAD = "head"
    QUALITY = "quality"
    REVIEWER = "reviewer"
    CLOCK = "clock"
    COURIER = "courier"


class Need(enum.StrEnum):
    """What an event must come with."""

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
class CaseTransition:
    """One row: `to` is None where the case stays in, or goes back to, the state it was in; `tells` names who hears of it.

    Whom an event tells that only sometimes concerns them (a first approval is no answer yet) is told when it does.
    """

    event: CaseEvent
    origin: frozenset[CaseState]
    who: frozenset[CasePart]
    to: CaseState | None
    needs: tuple[Need, ...] = ()
    tells: tuple[CasePart, ...] = ()


def make_transition(
    origin: frozenset[CaseState] | CaseState,
    event: CaseEvent,
    who: set[CasePart],
    to: CaseState | None,
    needs: tuple[Need, ...] = (),
    tells: tuple[CasePart, ...] = (),
) -> CaseTransition:
    return CaseTransition(
        event, frozenset({origin}) if isinstance(origin, CaseState) else origin, frozenset(who), to, needs, tells
    )


_S, _E, _P, _N = CaseState, CaseEvent, CasePart, Need
_WORK = frozenset({CaseState.IN_WORK, CaseState.PLANNED})
_OPEN = OPEN - {CaseState.ADOPTED}

LIFECYCLE: tuple[CaseTransition, ...] = (
    make_transition(
        frozenset(), _E.FILE, {_P.CUSTOMER, _P.STAFF, _P.CLOCK}, _S.ASSIGNED, (_N.CATEGORY,), (_P.CUSTOMER, _P.STAFF)
    ),
    make_transition(_S.ASSIGNED, _E.ACCEPT, {_P.STAFF}, _S.IN_WORK, (), (_P.CUSTOMER,)),
    make_transition(
        _WORK | {_S.ASSIGNED},
        _E.TRANSFER,
        {_P.HEAD, _P.QUALITY, _P.OWNER},
        _S.ASSIGNED,
        (_N.DEPARTMENT, _N.REASON),
        (_P.STAFF,),
    ),
    make_transition(_WORK, _E.HAND_OVER, {_P.OWNER, _P.HEAD}, None, (_N.PERSON,), (_P.OWNER,)),
    make_transition(_S.IN_WORK, _E.PLAN, {_P.OWNER}, _S.PLANNED, (_N.MEASURE, _N.DUE, _N.GOAL)),
    make_transition(_WORK, _E.ASK_CUSTOMER, {_P.OWNER}, _S.WAITING, (_N.QUESTION,), (_P.CUSTOMER, _P.STAFF)),
    make_transition(_S.WAITING, _E.CUSTOMER_ANSWERS, {_P.CUSTOMER, _P.CLOCK}, None, (), (_P.OWNER, _P.CUSTOMER)),
    make_transition(_WORK, _E.EXTEND, {_P.OWNER}, None, (_N.REASON, _N.DUE), (_P.CUSTOMER,)),
    make_transition(_WORK, _E.RESOLVE, {_P.OWNER}, _S.IN_REVIEW, (_N.ROOT_CAUSE, _N.ACTION, _N.VALID), (_P.REVIEWER,)),
    make_transition(_S.IN_REVIEW, _E.APPROVE, {_P.REVIEWER}, _S.ANSWERED, (), (_P.CUSTOMER, _P.REVIEWER)),
    make_transition(_S.IN_REVIEW, _E.RETURN, {_P.REVIEWER}, _S.IN_WORK, (_N.REASON,), (_P.OWNER,)),
    make_transition(_S.ANSWERED, _E.SATISFIED, {_P.CUSTOMER}, _S.CLOSED, (), (_P.OWNER,)),
    make_transition(_S.ANSWERED, _E.NOT_SATISFIED, {_P.CUSTOMER}, _S.ASSIGNED, (_N.REASON,), (_P.STAFF, _P.HEAD)),
    make_transition(_S.ANSWERED, _E.SILENT, {_P.CLOCK}, _S.CLOSED, (), (_P.CUSTOMER,)),
    make_transition(_S.CLOSED, _E.REOPEN, {_P.CUSTOMER}, _S.ASSIGNED, (_N.REASON,), (_P.STAFF, _P.HEAD)),
    make_transition(_OPEN, _E.WITHDRAW, {_P.CUSTOMER}, _S.WITHDRAWN, (), (_P.STAFF,)),
    make_transition(_OPEN, _E.MERGE, {_P.QUALITY}, _S.MERGED, (_N.INTO,), (_P.CUSTOMER, _P.STAFF)),
    make_transition(
        frozenset({_S.CLOSED, _S.ANSWERED}),
        _E.REGULATOR_COMPLAINT,
        {_P.QUALITY},
        _S.IN_WORK,
        (_N.RECEIVED,),
        (_P.OWNER,),
    ),
)

NEW_ROUND = frozenset({CaseEvent.NOT_SATISFIED, CaseEvent.REOPEN})
"""Events that start another round of rectification (二次整改)."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of a case's history; `facts` is what the event came with, keyed by the names of `Need`."""

    version: int
    event: CaseEvent
    state: CaseState
    actor: int | None
    at: datetime
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One case as it stands; `version` grows with every event, `owner` is a person's id.

    `due_at` is when the answer is due according to the history (`domain.cases.deadlines`); `previous` the state before
    a question to the customer; `appealed` whether a regulator is waiting for an answer; `linked` the earlier case that
    this one continues; `merged_into` the case it was merged into.
    """

    id: int
    number: str
    state: CaseState
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
    previous: CaseState | None = None
    version: int = 1
    note: str = ""
    resolution: Mapping[str, str] | None = None
    kind: CaseKind = CaseKind.COMPLAINT
    reason: str = ""
    cooperating: tuple[str, ...] = ()
    plan: Mapping[str, str] | None = None
    appealed: bool = False
    linked: int | None = None
    merged_into: int | None = None
    handling: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a transition depends on besides the case: the company's rules, the clock and the history.

    `due_at` is when the answer is due, `since` when the case entered its state; both come from the history. An answer
    takes `reviews` approvals; `plan_first` refuses a resolution without a plan; `reopen_within` is how long after
    closing a case can be reopened.
    """

    now: datetime | None = None
    due_at: datetime | None = None
    since: datetime | None = None
    reviews: int = 1
    plan_first: bool = False
    reopen_within: timedelta = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class CaseRefusal:
    """Why nothing happened: `why` is a text key, `missing` what the event lacked."""

    why: str
    missing: tuple[Need, ...] = ()


def list_allowed_events(
    case: Case, parts: frozenset[CasePart], table: Sequence[CaseTransition] = LIFECYCLE
) -> tuple[CaseEvent, ...]:
    """The events that somebody with these parts may trigger now, in the order of the table."""
    return tuple(row.event for row in table if case.state in row.origin and row.who & parts)


_TERMS = Terms()


def advance(
    case: Case,
    event: CaseEvent,
    parts: frozenset[CasePart],
    facts: Mapping[Need, str],
    *,
    actor: int | None = None,
    terms: Terms = _TERMS,
    table: Sequence[CaseTransition] = LIFECYCLE,
) -> Case | CaseRefusal:
    """The case after `event`, triggered by somebody who plays `parts`, or why it is refused. `table` is that of the case's kind."""
    row = next((row for row in table if row.event is event), None)
    if row is None or case.state not in row.origin:
        return CaseRefusal("case-not-now")
    if not row.who & parts:
        return CaseRefusal("case-not-yours")
    missing = tuple(need for need in row.needs if not facts.get(need, "").strip())
    if missing:
        return CaseRefusal("case-missing", missing)
    if why := _find_refusal(case, event, facts, terms):
        return CaseRefusal(why)
    if event is CaseEvent.APPROVE and case.approvals + 1 < terms.reviews:
        return replace(case, approvals=case.approvals + 1, version=case.version + 1)
    to = row.to or (case.previous if case.state is CaseState.WAITING and case.previous else case.state)
    moved = replace(case, state=to, previous=case.state, version=case.version + 1)
    return _apply_event(moved, event, facts, actor)


def _find_refusal(case: Case, event: CaseEvent, facts: Mapping[Need, str], terms: Terms) -> str:  # noqa: PLR0911 -- each refusal is its own sentence
    """Why the facts given are not acceptable, as a text key; empty if they are."""
    due = _parse_moment(facts.get(Need.DUE, "")) if Need.DUE in facts else None
    match event:
        case CaseEvent.TRANSFER if facts[Need.DEPARTMENT] == case.department:
            return "case-same-department"
        case CaseEvent.HAND_OVER if not facts[Need.PERSON].isdecimal():
            return "case-missing"
        case CaseEvent.HAND_OVER if int(facts[Need.PERSON]) == case.owner:
            return "case-same-owner"
        case CaseEvent.PLAN | CaseEvent.EXTEND | CaseEvent.ADOPT if due is None:
            return "case-no-date"
        case CaseEvent.PLAN | CaseEvent.EXTEND | CaseEvent.ADOPT if (
            terms.now is not None and due is not None and due <= terms.now
        ):
            return "case-date-past"
        case CaseEvent.EXTEND if case.appealed:
            return "case-regulators-date"
        case CaseEvent.EXTEND if terms.now is not None and terms.due_at is not None and terms.now > terms.due_at:
            return "case-overdue"
        case CaseEvent.EXTEND if terms.due_at is not None and due is not None and due <= terms.due_at:
            return "case-not-later"
        case CaseEvent.RESOLVE if terms.plan_first and case.plan is None:
            return "case-plan-first"
        case CaseEvent.MERGE if facts[Need.INTO] == str(case.id):
            return "case-merge-itself"
        case CaseEvent.REOPEN if (
            terms.now is not None and terms.since is not None and terms.now - terms.since > terms.reopen_within
        ):
            return "case-too-late"
        case _:
            return ""


def _apply_event(moved: Case, event: CaseEvent, facts: Mapping[Need, str], actor: int | None) -> Case:  # noqa: PLR0911 -- one return per event
    """What an event changes besides the state."""
    match event:
        case CaseEvent.ACCEPT:
            return replace(moved, owner=actor)
        case CaseEvent.TRANSFER:
            return replace(moved, owner=None, owner_name="", department=facts[Need.DEPARTMENT], plan=None)
        case CaseEvent.HAND_OVER:
            return replace(moved, owner=int(facts[Need.PERSON]), owner_name="")
        case CaseEvent.PLAN | CaseEvent.ADOPT:
            return replace(moved, plan={need.value: text for need, text in facts.items()})
        case CaseEvent.RESOLVE:
            return replace(moved, approvals=0, resolution={need.value: text for need, text in facts.items()})
        case CaseEvent.APPROVE:
            return replace(moved, appealed=False)
        case CaseEvent.NOT_SATISFIED | CaseEvent.REOPEN:
            return replace(moved, owner=None, owner_name="", round=moved.round + 1, approvals=0, plan=None)
        case CaseEvent.REGULATOR_COMPLAINT:
            return replace(moved, appealed=True, approvals=0)
        case CaseEvent.MERGE:
            return replace(moved, merged_into=int(facts[Need.INTO]))
        case _:
            return moved


def _parse_moment(text: str) -> datetime | None:
    """Parse an ISO 8601 moment with an offset; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def list_parts(case: Case, person: Person, *, has_heads: bool) -> frozenset[CasePart]:
    """What a member of staff is to this case.

    The head reviews, but never their own work; quality reviews too, and a second review is never the head's. While the
    department has no head, quality is the only reviewer, and a manager stands in, so that no case waits for a person
    who does not exist.
    """
    parts = set()
    if person.works_in(case.department):
        parts.add(CasePart.STAFF)
    if person.id == case.owner and person.works_in(case.department):
        parts.add(CasePart.OWNER)
    if person.is_head_of(case.department):
        parts.add(CasePart.HEAD)
    if person.is_quality:
        parts.add(CasePart.QUALITY)
    first = person.is_head_of(case.department) and not case.approvals
    reviews = first or person.is_quality or (person.is_manager and not has_heads)
    if reviews and person.id != case.owner:
        parts.add(CasePart.REVIEWER)
    return frozenset(parts)


def format_number(kind: str, day: str, sequence: int) -> str:
    """A case number that can be read aloud: kind letter, day as YYMMDD in company time, sequence number within that day."""
    return f"{kind}-{day}-{sequence:04d}"
