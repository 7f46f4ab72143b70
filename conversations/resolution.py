"""What staff did about a case (差评整改反馈表): root cause, action taken, compensation, at fault or not; shown back, then sent.

Everything typed is a reply to the prompt; the action is what the customer will read, in the resolver's own words.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from conversations.buttons import Choose, Move
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Conversation,
    Event,
    Key,
    Pressed,
    Row,
    Said,
    Save,
    Screen,
    Step,
    Text,
    done,
    goto,
)

NAME = "resolution"
SHOWN = 600
FIELDS = ("root_cause", "action", "compensation")


class Writing(msgspec.Struct, frozen=True, tag="writing"):
    """`given` holds what was said for the first fields of FIELDS."""

    draft: int
    case: int
    number: str
    given: dict[str, str] = {}


class Judging(msgspec.Struct, frozen=True, tag="judging"):
    draft: int
    case: int
    number: str
    given: dict[str, str]


class Confirming(msgspec.Struct, frozen=True, tag="confirm"):
    draft: int
    case: int
    number: str
    given: dict[str, str]
    valid: bool


State = Writing | Judging | Confirming


@dataclass(frozen=True, slots=True)
class Resolved:
    """The owner hands in the resolution; `words` by the names of FIELDS."""

    case: int
    words: Mapping[str, str]
    valid: bool


def conversation() -> Conversation[State]:
    return Conversation(NAME, State, screen, step)


def step(state: State, event: Event) -> Step[State]:
    match state, event:
        case _, Pressed(Move(draft, _, "x")) if draft == state.draft:
            return done(last=Screen((Text("staff-cancelled", {"number": state.number}),)))
        case Writing(draft, case, number, given), Said(text) if text.strip():
            return goto(_onward(draft, case, number, {**given, FIELDS[len(given)]: text.strip()}))
        case Writing(draft, case, number, given), Pressed(Move(pressed, at, "s")) if pressed == draft and at == len(
            given
        ) == FIELDS.index("compensation"):
            return goto(_onward(draft, case, number, {**given, "compensation": ""}))
        case (
            (Judging(draft, case, number, given) | Confirming(draft, case, number, given)),
            Pressed(Choose(pressed, 3, 0 | 1 as option)),
        ) if pressed == draft:
            return goto(Confirming(draft, case, number, given, valid=option == 1))
        case Confirming(), Pressed(Move(draft, _, "b")) if draft == state.draft:
            return goto(Writing(state.draft, state.case, state.number))
        case Confirming(draft, case, _, given, valid), Pressed(Move(pressed, _, "y")) if pressed == draft:
            return done(
                Save(Resolved(case, given, valid)), last=Screen((Text("resolution-sent", {"number": state.number}),))
            )
        case _:
            return NOT_UNDERSTOOD


def screen(state: State, _language: str) -> Screen:
    cancel = Key(Text("cancel"), Move(state.draft, 9, "x"))
    match state:
        case Writing(draft, _, number, given):
            field = FIELDS[len(given)]
            skip = (Key(Text("skip"), Move(draft, 2, "s")),) if field == "compensation" else ()
            # Telegram takes a reply prompt or buttons, not both: only the step that can be skipped has buttons.
            rows: tuple[Row, ...] = ((*skip, cancel),) if skip else ()
            return Screen((Text(f"resolution-{field.replace('_', '-')}", {"number": number}),), rows, asks=True)
        case Judging(draft, _, number):
            yes, no = (
                Key(Text("resolution-valid"), Choose(draft, 3, 1)),
                Key(Text("resolution-not-valid"), Choose(draft, 3, 0)),
            )
            return Screen((Text("resolution-judge", {"number": number}),), ((yes, no), (cancel,)))
        case Confirming(draft, _, number, given, valid):
            parts = [Text("resolution-preview", {"number": number})]
            shown = {key: text if len(text) <= SHOWN else text[:SHOWN] + "…" for key, text in given.items()}
            parts += [
                Text(f"resolution-preview-{key.replace('_', '-')}", {"text": text})
                for key, text in shown.items()
                if text
            ]
            parts.append(Text("resolution-preview-valid" if valid else "resolution-preview-not-valid"))
            rows = ((Key(Text("confirm"), Move(draft, 9, "y")), Key(Text("back"), Move(draft, 9, "b")), cancel),)
            return Screen(tuple(parts), rows)


def _onward(draft: int, case: int, number: str, given: dict[str, str]) -> State:
    return Judging(draft, case, number, given) if len(given) == len(FIELDS) else Writing(draft, case, number, given)
