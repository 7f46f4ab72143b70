"""The lives of suggestions, inquiries and praise: small tables in the style of the complaint's.

1. A suggestion is rated (value, feasibility), adopted with a date or declined with a reason, and the customer hears of both, of the
   progress and of the result.
2. An inquiry is answered by whoever of the department replies; "anything else?" closes it.
3. Praise is passed on as it comes, and owes nobody an answer.

Source: product.md O1, O2, O3.
"""

from collections.abc import Mapping

from domain.cases.case import LIFECYCLE, Event, Kind, Need, Part, State, Transition, row

_ASSIGNED, _WORK = State.ASSIGNED, State.IN_WORK
_LEADS = {Part.HEAD, Part.QUALITY, Part.OWNER}

SUGGESTION: tuple[Transition, ...] = (
    row(frozenset(), Event.FILE, {Part.CUSTOMER}, _ASSIGNED, (), (Part.CUSTOMER, Part.STAFF)),
    row(_ASSIGNED, Event.ACCEPT, {Part.STAFF}, _WORK, (), (Part.CUSTOMER,)),
    row(
        frozenset({_ASSIGNED, _WORK, State.ADOPTED}),
        Event.TRANSFER,
        _LEADS,
        _ASSIGNED,
        (Need.DEPARTMENT, Need.REASON),
        (Part.STAFF,),
    ),
    row(
        frozenset({_WORK, State.ADOPTED}), Event.HAND_OVER, {Part.OWNER, Part.HEAD}, None, (Need.PERSON,), (Part.OWNER,)
    ),
    row(
        _WORK,
        Event.ADOPT,
        {Part.OWNER},
        State.ADOPTED,
        (Need.VALUE, Need.FEASIBILITY, Need.REASON, Need.DUE),
        (Part.CUSTOMER,),
    ),
    row(
        _WORK,
        Event.DECLINE,
        {Part.OWNER},
        State.DECLINED,
        (Need.VALUE, Need.FEASIBILITY, Need.REASON),
        (Part.CUSTOMER,),
    ),
    row(State.ADOPTED, Event.PROGRESS, {Part.OWNER}, None, (Need.WORDS,), (Part.CUSTOMER,)),
    row(State.ADOPTED, Event.FINISH, {Part.OWNER}, State.CLOSED, (Need.WORDS,), (Part.CUSTOMER,)),
    row(
        frozenset({_ASSIGNED, _WORK, State.ADOPTED}),
        Event.WITHDRAW,
        {Part.CUSTOMER},
        State.WITHDRAWN,
        (),
        (Part.STAFF,),
    ),
)

INQUIRY: tuple[Transition, ...] = (
    row(frozenset(), Event.FILE, {Part.CUSTOMER}, _ASSIGNED, (), (Part.CUSTOMER, Part.STAFF)),
    row(
        _ASSIGNED,
        Event.TRANSFER,
        {Part.STAFF, Part.HEAD, Part.QUALITY},
        None,
        (Need.DEPARTMENT, Need.REASON),
        (Part.STAFF,),
    ),
    row(_ASSIGNED, Event.ANSWER, {Part.STAFF}, State.ANSWERED, (Need.WORDS,), (Part.CUSTOMER,)),
    row(State.ANSWERED, Event.ASK_MORE, {Part.CUSTOMER}, _ASSIGNED, (Need.WORDS,), (Part.STAFF,)),
    row(State.ANSWERED, Event.SATISFIED, {Part.CUSTOMER}, State.CLOSED),
    row(State.ANSWERED, Event.SILENT, {Part.CLOCK}, State.CLOSED),
    row(frozenset({_ASSIGNED, State.ANSWERED}), Event.WITHDRAW, {Part.CUSTOMER}, State.WITHDRAWN, (), (Part.STAFF,)),
)

PRAISE: tuple[Transition, ...] = (row(frozenset(), Event.FILE, {Part.CUSTOMER}, State.CLOSED, (), (Part.STAFF,)),)

TABLES: Mapping[Kind, tuple[Transition, ...]] = {
    Kind.COMPLAINT: LIFECYCLE,
    Kind.SUGGESTION: SUGGESTION,
    Kind.INQUIRY: INQUIRY,
    Kind.PRAISE: PRAISE,
}
LETTERS: Mapping[Kind, str] = {Kind.COMPLAINT: "C", Kind.SUGGESTION: "S", Kind.INQUIRY: "Q", Kind.PRAISE: "P"}
"""With which a case's number begins."""
