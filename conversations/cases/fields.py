"""Which form each event of a case needs filled in: its fields, in the order in which they are asked, and where somebody stands in it.

A field is asked by the text `<form>-<field>`, and shown back by `<form>-preview-<field>`. The names of fields are those of `Need`.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from domain.cases.case import Event


class Kind(enum.Enum):
    """What an answer is: words (perhaps some of those offered), a moment to come, a day that was, one of those offered, yes or no, 1 to 5."""

    WORDS = enum.auto()
    MOMENT = enum.auto()
    DAY = enum.auto()
    CHOICE = enum.auto()
    EITHER = enum.auto()
    SCORE = enum.auto()


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: Kind = Kind.WORDS
    optional: bool = False

    @property
    def key(self) -> str:
        return self.name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Form:
    """`event` is what a filled form causes; `confirmed` whether it is shown back first: whatever is typed is."""

    event: Event
    fields: tuple[Field, ...]
    confirmed: bool = True


FORMS: Mapping[str, Form] = {
    "plan": Form(Event.PLAN, (Field("measure"), Field("due", Kind.MOMENT), Field("goal"))),
    "extend": Form(Event.EXTEND, (Field("reason"), Field("due", Kind.MOMENT))),
    "question": Form(Event.ASK_CUSTOMER, (Field("question"),)),
    "hand-over": Form(Event.HAND_OVER, (Field("person", Kind.CHOICE),), confirmed=False),
    "resolution": Form(
        Event.RESOLVE,
        (
            Field("root_cause"),
            Field("action"),
            Field("compensation", optional=True),
            Field("valid", Kind.EITHER),
        ),
    ),
    "regulator": Form(
        Event.RESOLVE,
        (
            Field("root_cause"),
            Field("valid", Kind.EITHER),
            Field("action"),
            Field("compensation"),
            Field("satisfied", Kind.EITHER),
            Field("handler"),
        ),
    ),
    "appeal": Form(Event.APPEAL, (Field("received", Kind.DAY), Field("reference", optional=True))),
    "merge": Form(Event.MERGE, (Field("into", Kind.CHOICE),)),
    "adopt": Form(
        Event.ADOPT,
        (
            Field("value", Kind.SCORE),
            Field("feasibility", Kind.SCORE),
            Field("reason"),
            Field("due", Kind.MOMENT),
        ),
    ),
    "decline": Form(Event.DECLINE, (Field("value", Kind.SCORE), Field("feasibility", Kind.SCORE), Field("reason"))),
    "progress": Form(Event.PROGRESS, (Field("words"),)),
    "finish": Form(Event.FINISH, (Field("words"),)),
    "reply": Form(Event.ANSWER, (Field("words"),)),
}


SCORES = 5
"""From 1 to this."""

PAGE = 8
"""Choices on one screen."""


class Filling(msgspec.Struct, frozen=True):
    """`given` holds what was said, `offered` the choices (value, label) by field; `floor` a moment that a new one must be after."""

    draft: int
    case: int
    number: str
    form: str
    now: str = ""
    floor: str = ""
    given: dict[str, str] = {}
    offered: dict[str, list[tuple[str, str]]] = {}


class Asking(Filling, frozen=True, tag="asking"):
    """`quick` are the moments on the buttons (text key, ISO moment); `trouble` is the text that says why `said` will not do."""

    field: int = 0
    page: int = 0
    quick: list[tuple[str, str]] = []
    trouble: str = ""
    said: str = ""

    @property
    def asked(self) -> Field:
        return FORMS[self.form].fields[self.field]


class Confirming(Filling, frozen=True, tag="confirm"):
    pass
