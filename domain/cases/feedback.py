"""State machines of suggestions, inquiries and praise: small tables in the style of the complaint's.

1. A suggestion is rated (value, feasibility), adopted with a date or declined with a reason, and the customer is told
   of both, of progress and of the result.
2. An inquiry is answered by whichever member of the department replies; "anything else?" closes it.
3. Praise is passed on as it comes and needs no answer.

Source: product.md O1, O2, O3.
"""

from collections.abc import Mapping

from domain.cases.case import LIFECYCLE, CaseEvent, CaseKind, CasePart, CaseState, CaseTransition, Need, make_transition

_ASSIGNED, _WORK = CaseState.ASSIGNED, CaseState.IN_WORK
_LEADS = {CasePart.HEAD, CasePart.QUALITY, CasePart.OWNER}

SUGGESTION: tuple[CaseTransition, ...] = (
    make_transition(
        frozenset(), CaseEvent.FILE, {CasePart.CUSTOMER}, _ASSIGNED, (), (CasePart.CUSTOMER, CasePart.STAFF)
    ),
    make_transition(_ASSIGNED, CaseEvent.ACCEPT, {CasePart.STAFF}, _WORK, (), (CasePart.CUSTOMER,)),
    make_transition(
        frozenset({_ASSIGNED, _WORK, CaseState.ADOPTED}),
        CaseEvent.TRANSFER,
        _LEADS,
        _ASSIGNED,
        (Need.DEPARTMENT, Need.REASON),
        (CasePart.STAFF,),
    ),
    make_transition(
        frozenset({_WORK, CaseState.ADOPTED}),
        CaseEvent.HAND_OVER,
        {CasePart.OWNER, CasePart.HEAD},
        None,
        (Need.PERSON,),
        (CasePart.OWNER,),
    ),
    make_transition(
        _WORK,
        CaseEvent.ADOPT,
        {CasePart.OWNER},
        CaseState.ADOPTED,
        (Need.VALUE, Need.FEASIBILITY, Need.REASON, Need.DUE),
        (CasePart.CUSTOMER,),
    ),
    make_transition(
        _WORK,
        CaseEvent.DECLINE,
        {CasePart.OWNER},
        CaseState.DECLINED,
        (Need.VALUE, Need.FEASIBILITY, Need.REASON),
        (CasePart.CUSTOMER,),
    ),
    make_transition(CaseState.ADOPTED, CaseEvent.PROGRESS, {CasePart.OWNER}, None, (Need.WORDS,), (CasePart.CUSTOMER,)),
    make_transition(
        CaseState.ADOPTED, CaseEvent.FINISH, {CasePart.OWNER}, CaseState.CLOSED, (Need.WORDS,), (CasePart.CUSTOMER,)
    ),
    make_transition(
        frozenset({_ASSIGNED, _WORK, CaseState.ADOPTED}),
        CaseEvent.WITHDRAW,
        {CasePart.CUSTOMER},
        CaseState.WITHDRAWN,
        (),
        (CasePart.STAFF,),
    ),
)

INQUIRY: tuple[CaseTransition, ...] = (
    make_transition(
        frozenset(), CaseEvent.FILE, {CasePart.CUSTOMER}, _ASSIGNED, (), (CasePart.CUSTOMER, CasePart.STAFF)
    ),
    make_transition(
        _ASSIGNED,
        CaseEvent.TRANSFER,
        {CasePart.STAFF, CasePart.HEAD, CasePart.QUALITY},
        None,
        (Need.DEPARTMENT, Need.REASON),
        (CasePart.STAFF,),
    ),
    make_transition(
        _ASSIGNED, CaseEvent.ANSWER, {CasePart.STAFF}, CaseState.ANSWERED, (Need.WORDS,), (CasePart.CUSTOMER,)
    ),
    make_transition(
        CaseState.ANSWERED, CaseEvent.ASK_MORE, {CasePart.CUSTOMER}, _ASSIGNED, (Need.WORDS,), (CasePart.STAFF,)
    ),
    make_transition(CaseState.ANSWERED, CaseEvent.SATISFIED, {CasePart.CUSTOMER}, CaseState.CLOSED),
    make_transition(CaseState.ANSWERED, CaseEvent.SILENT, {CasePart.CLOCK}, CaseState.CLOSED, (), (CasePart.CUSTOMER,)),
    make_transition(
        frozenset({_ASSIGNED, CaseState.ANSWERED}),
        CaseEvent.WITHDRAW,
        {CasePart.CUSTOMER},
        CaseState.WITHDRAWN,
        (),
        (CasePart.STAFF,),
    ),
)

PRAISE: tuple[CaseTransition, ...] = (
    make_transition(
        frozenset(), CaseEvent.FILE, {CasePart.CUSTOMER}, CaseState.CLOSED, (), (CasePart.STAFF, CasePart.COURIER)
    ),
)

LIFECYCLES: Mapping[CaseKind, tuple[CaseTransition, ...]] = {
    CaseKind.COMPLAINT: LIFECYCLE,
    CaseKind.SUGGESTION: SUGGESTION,
    CaseKind.INQUIRY: INQUIRY,
    CaseKind.PRAISE: PRAISE,
}
NUMBER_PREFIXES: Mapping[CaseKind, str] = {
    CaseKind.COMPLAINT: "C",
    CaseKind.SUGGESTION: "S",
    CaseKind.INQUIRY: "Q",
    CaseKind.PRAISE: "P",
}
"""The letter that a case's number begins with."""
