"""Reason prompt: why something is done to a case (a return, a transfer, a customer's "not solved"). Asked, shown back, then it counts."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.pieces import shorten
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Conversation,
    Event,
    Keeps,
    Key,
    Pressed,
    Said,
    Save,
    Screen,
    Step,
    Text,
    Words,
    done,
    goto,
)
from domain.surveys.survey import LocalizedText, localize

NAME = "reason"
SHOWN_CHARACTERS = 1500


class ChoosingDepartment(msgspec.Struct, frozen=True, tag="choosing"):
    """Choosing the department, before the reason is asked."""

    draft: int
    case: int
    number: str
    event: str
    department: str


class AskingReason(msgspec.Struct, frozen=True, tag="asking"):
    """`target` is the department of a transfer; `confirm` is whether the words are shown back first (staff) or count at once."""

    draft: int
    case: int
    number: str
    event: str
    target: str = ""
    confirm: bool = True


class ConfirmingReason(msgspec.Struct, frozen=True, tag="confirm"):
    draft: int
    case: int
    number: str
    event: str
    target: str
    reason: str


State = ChoosingDepartment | AskingReason | ConfirmingReason


@dataclass(frozen=True, slots=True)
class ReasonGiven:
    """`event` happens to the case for this reason."""

    case: int
    event: str
    target: str
    reason: str


def conversation(departments: Mapping[str, LocalizedText]) -> Conversation[State]:
    """The dialogue over the company's departments, by key."""
    return Conversation(
        NAME,
        State,
        lambda state, language: screen(departments, state, language),
        lambda state, event: step(tuple(departments), state, event),
    )


def step(departments: tuple[str, ...], state: State, event: Event) -> Step[State]:
    match state, event:
        case _, Pressed(DraftMoveButton(draft, _, "x")) if draft == state.draft:
            return done(last=Screen((Text("staff-cancelled", {"number": state.number}),)))
        case ChoosingDepartment(draft, case, number, what, own), Pressed(DraftOptionButton(pressed, 0, option)) if (
            pressed == draft and 0 <= option < len(departments) and departments[option] != own
        ):
            return goto(AskingReason(draft, case, number, what, departments[option]))
        case AskingReason(draft, case, number, what, target, confirm), Said(text) if text.strip():
            if not confirm:
                return done(Save(ReasonGiven(case, what, target, text.strip())))
            return goto(ConfirmingReason(draft, case, number, what, target, text.strip()))
        case ConfirmingReason(draft, case, number, what, target, reason), Pressed(DraftMoveButton(pressed, _, "y")) if (
            pressed == draft
        ):
            sent = Screen((Text("reason-sent", {"number": number}),))
            return done(Save(ReasonGiven(case, what, target, reason)), last=sent)
        case ConfirmingReason(draft, case, number, what, target), Pressed(DraftMoveButton(pressed, _, "b")) if (
            pressed == draft
        ):
            return goto(AskingReason(draft, case, number, what, target))
        case _:
            return NOT_UNDERSTOOD


def screen(departments: Mapping[str, LocalizedText], state: State, language: str) -> Screen:
    cancel = Key(Text("cancel"), DraftMoveButton(state.draft, 9, "x"))
    match state:
        case ChoosingDepartment(draft, _, number, _, own):
            others = [(n, labels) for n, (key, labels) in enumerate(departments.items()) if key != own]
            rows = [(Key(Words(localize(labels, language)), DraftOptionButton(draft, 0, n)),) for n, labels in others]
            return Screen((Text("transfer-where", {"number": number}),), (*rows, (cancel,)))
        case AskingReason(_, _, number, what, confirm=by_staff):
            keeps = Keeps.NOTHING if by_staff else Keeps.SENT
            return Screen((Text(f"reason-{what.replace('_', '-')}", {"number": number}),), asks=True, keeps=keeps)
        case ConfirmingReason(draft, _, number, what, target, reason):
            to = localize(departments.get(target, {}), language)
            parts = (
                Text(f"reason-preview-{what.replace('_', '-')}", {"number": number, "department": to}),
                Words(shorten(reason, SHOWN_CHARACTERS)),
            )
            return Screen(
                parts,
                (
                    (
                        Key(Text("confirm"), DraftMoveButton(draft, 9, "y")),
                        Key(Text("back"), DraftMoveButton(draft, 9, "b")),
                        cancel,
                    ),
                ),
            )
