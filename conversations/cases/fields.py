"""Form definitions: the form that each event of a case requires, its fields in the order asked, and the states of filling it in.

A field is asked with the text `<form>-<field>` and shown back with `<form>-preview-<field>`. The names of fields are
those of `Need`.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from domain.cases.case import CaseEvent


class FieldKind(enum.Enum):
    """The type of an answer: words (perhaps some of those offered), a future moment, a past day, one of the choices
    offered, yes or no, 1 to 5.
    """

    WORDS = enum.auto()
    MOMENT = enum.auto()
    DAY = enum.auto()
    CHOICE = enum.auto()
    EITHER = enum.auto()
    SCORE = enum.auto()


@dataclass(frozen=True, slots=True)
class FormField:
    name: str
    kind: FieldKind = FieldKind.WORDS
    optional: bool = False

    @property
    def key(self) -> str:
        return self.name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class CaseForm:
    """`event` is what the filled form triggers; `confirmed` is whether it is shown back first, as anything typed is."""

    event: CaseEvent
    fields: tuple[FormField, ...]
    confirmed: bool = True


FORMS: Mapping[str, CaseForm] = {
    "plan": CaseForm(CaseEvent.PLAN, (FormField("measure"), FormField("due", FieldKind.MOMENT), FormField("goal"))),
    "extend": CaseForm(CaseEvent.EXTEND, (FormField("reason"), FormField("due", FieldKind.MOMENT))),
    "question": CaseForm(CaseEvent.ASK_CUSTOMER, (FormField("question"),)),
    "hand-over": CaseForm(CaseEvent.HAND_OVER, (FormField("person", FieldKind.CHOICE),), confirmed=False),
    "resolution": CaseForm(
        CaseEvent.RESOLVE,
        (
            FormField("root_cause"),
            FormField("action"),
            FormField("compensation", optional=True),
            FormField("valid", FieldKind.EITHER),
        ),
    ),
    "regulator": CaseForm(
        CaseEvent.RESOLVE,
        (
            FormField("root_cause"),
            FormField("valid", FieldKind.EITHER),
            FormField("action"),
            FormField("compensation"),
            FormField("satisfied", FieldKind.EITHER),
            FormField("handler"),
        ),
    ),
    "appeal": CaseForm(
        CaseEvent.REGULATOR_COMPLAINT, (FormField("received", FieldKind.DAY), FormField("reference", optional=True))
    ),
    "merge": CaseForm(CaseEvent.MERGE, (FormField("into", FieldKind.CHOICE),)),
    "adopt": CaseForm(
        CaseEvent.ADOPT,
        (
            FormField("value", FieldKind.SCORE),
            FormField("feasibility", FieldKind.SCORE),
            FormField("reason"),
            FormField("due", FieldKind.MOMENT),
        ),
    ),
    "decline": CaseForm(
        CaseEvent.DECLINE,
        (FormField("value", FieldKind.SCORE), FormField("feasibility", FieldKind.SCORE), FormField("reason")),
    ),
    "progress": CaseForm(CaseEvent.PROGRESS, (FormField("words"),)),
    "finish": CaseForm(CaseEvent.FINISH, (FormField("words"),)),
    "reply": CaseForm(CaseEvent.ANSWER, (FormField("words"),)),
}


REGULATORS_FORM = "regulator"
"""The form of a resolution that a regulator waits for."""


def find_form(event: CaseEvent, *, for_regulator: bool = False) -> str:
    """The form that this event requires, by its name in `FORMS`.

    Raises:
        LookupError: for an event that requires none.
    """
    names = [name for name, form in FORMS.items() if form.event is event]
    if not names:
        raise LookupError(f"{event} requires no form")
    return next(name for name in names if (name == REGULATORS_FORM) is (for_regulator and len(names) > 1))


HIGHEST_SCORE = 5
"""The highest score; the lowest is 1."""

CHOICES_PER_PAGE = 8
"""Choices on one screen."""


class Filling(msgspec.Struct, frozen=True):
    """`given` holds the answers, `offered` the choices (value, label) by field; `floor` is a moment that a new one must be after."""

    draft: int
    case: int
    number: str
    form: str
    now: str = ""
    floor: str = ""
    given: dict[str, str] = {}
    offered: dict[str, list[tuple[str, str]]] = {}


class AskingField(Filling, frozen=True, tag="asking"):
    """`quick` are the moments on the buttons (text key, ISO moment); `trouble` is the key of the text saying why `said`
    is not acceptable.
    """

    field: int = 0
    page: int = 0
    quick: list[tuple[str, str]] = []
    trouble: str = ""
    said: str = ""

    @property
    def asked(self) -> FormField:
        return FORMS[self.form].fields[self.field]


class ConfirmingForm(Filling, frozen=True, tag="confirm"):
    pass
