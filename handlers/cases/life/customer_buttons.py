"""Buttons of a case in its customer's chat, as the table of its kind allows them, and the names of the messages they stand under."""

from conversations.buttons import MyCaseButton, VerdictButton
from conversations.protocol import Key, KeyboardRow, Text
from domain.cases.case import Case, CaseEvent, CasePart, list_allowed_events
from domain.cases.feedback import LIFECYCLES

CUSTOMER = frozenset({CasePart.CUSTOMER})


def list_allowed(case: Case) -> tuple[CaseEvent, ...]:
    """What the table allows the customer now."""
    return list_allowed_events(case, CUSTOMER, LIFECYCLES[case.kind])


def answer_name(case: Case) -> str:
    """Our name of the message that is the answer to the customer in this round."""
    return f"answer:{case.id}:{case.round}"


def question_key(case: int) -> str:
    """The key of the dialogue in which the customer answers the department's question."""
    return f"answering:{case}"


def draw_verdict_rows(case: Case) -> tuple[KeyboardRow, ...]:
    """Is it solved?"""
    solved = Key(Text("solved"), VerdictButton(case.id, case.round, solved=True))
    return ((solved, Key(Text("not-solved"), VerdictButton(case.id, case.round, solved=False))),)


def draw_reopen_rows(case: Case) -> tuple[KeyboardRow, ...]:
    """The button that a closed case offers, where its table has it."""
    if CaseEvent.REOPEN not in list_allowed(case):
        return ()
    return ((Key(Text("not-solved-after-all"), MyCaseButton(case.id, "n")),),)


def draw_more_rows(case: Case) -> tuple[KeyboardRow, ...]:
    """Anything else?"""
    more = Key(Text("inquiry-ask-more"), MyCaseButton(case.id, "q"))
    return ((Key(Text("inquiry-no-more"), MyCaseButton(case.id, "e")), more),)
