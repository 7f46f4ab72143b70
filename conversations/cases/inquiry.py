"""A question to the company: what was answered before is offered first, and a person answers what is left.

1. A question in words goes on at once; with pictures it waits for Done, for an album arrives in parts.
2. Whoever writes on instead of pressing adds to the question, and it is looked up again.
"""

from dataclasses import dataclass

import msgspec

from conversations.buttons import Choose, Move
from conversations.pieces import LIMIT, Piece, changed, files, said
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Attached,
    Changed,
    Conversation,
    Event,
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

NAME = "inquiry"
SHOWN, LABEL = 3000, 60


class Found(msgspec.Struct, frozen=True, array_like=True):
    """A standard answer."""

    id: int
    question: str
    answer: str


class Writing(msgspec.Struct, frozen=True, tag="writing"):
    draft: int
    pieces: tuple[Piece, ...] = ()


class Offering(msgspec.Struct, frozen=True, tag="offering"):
    draft: int
    pieces: tuple[Piece, ...]
    found: tuple[Found, ...]


class Reading(msgspec.Struct, frozen=True, tag="reading"):
    """`at` is the place of the answer that is shown."""

    draft: int
    pieces: tuple[Piece, ...]
    found: tuple[Found, ...]
    at: int


State = Writing | Offering | Reading


@dataclass(frozen=True, slots=True)
class Asked:
    """The customer asks this; `person` means that a person shall answer, whatever was answered before."""

    pieces: tuple[Piece, ...]
    person: bool = False


@dataclass(frozen=True, slots=True)
class Helped:
    """A standard answer was enough."""

    answer: int


def conversation() -> Conversation[State]:
    return Conversation(NAME, State, screen, step)


def step(state: State, event: Event) -> Step[State]:  # noqa: PLR0911 -- one return per event
    match state, event:
        case _, Pressed(Move(draft, _, "x")) if draft == state.draft:
            return done(last=Screen((Text("inquiry-cancelled"),)))
        case Writing(), Pressed(Move(draft, _, "d")) if draft == state.draft and said(state.pieces):
            return done(Save(Asked(state.pieces)))
        case Offering() | Reading(), Pressed(Move(draft, _, "s")) if draft == state.draft:
            return done(Save(Asked(state.pieces, person=True)))
        case Offering() | Reading(), Pressed(Choose(draft, 0, option)) if draft == state.draft and option < len(
            state.found
        ):
            return goto(Reading(state.draft, state.pieces, state.found, option))
        case Reading(), Pressed(Move(draft, _, "b")) if draft == state.draft:
            return goto(Offering(state.draft, state.pieces, state.found))
        case Reading(), Pressed(Move(draft, _, "y")) if draft == state.draft:
            helped = Screen((Text("inquiry-helped"), *_answer(state.found[state.at])))
            return done(Save(Helped(state.found[state.at].id)), last=helped)
        case _, Said(text, message) if text.strip() and len(state.pieces) < LIMIT:
            pieces = (*state.pieces, Piece(message, text))
            waits = isinstance(state, Writing) and files(pieces)
            return goto(Writing(state.draft, pieces)) if waits else done(Save(Asked(pieces)))
        case Writing(), Attached(file, caption, message) if len(state.pieces) < LIMIT:
            known = file in files(state.pieces)
            return goto(state if known else Writing(state.draft, (*state.pieces, Piece(message, caption, file))))
        case Writing(), Changed(message, text) if (now := changed(state.pieces, message, text)) is not None:
            return goto(Writing(state.draft, now))
        case _:
            return NOT_UNDERSTOOD


def screen(state: State, _language: str) -> Screen:
    def key(label: str, to: str) -> Key:
        return Key(Text(label), Move(state.draft, 0, to))

    person, cancel = key("inquiry-person", "s"), key("cancel", "x")
    match state:
        case Writing():
            count = len(files(state.pieces))
            finish = (key("done", "d"),) if said(state.pieces) else ()
            which = Text("telling-files", {"count": count}) if count and finish else Text("inquiry-words")
            return Screen((which,), ((*finish, cancel),), asks=True)
        case Offering():
            rows = [
                (Key(Words(f"{n + 1}. {_short(one.question, LABEL)}"), Choose(state.draft, 0, n)),)
                for n, one in enumerate(state.found)
            ]
            return Screen((Text("inquiry-offer"),), (*rows, (person, cancel)))
        case Reading():
            found = _answer(state.found[state.at])
            return Screen((*found, Text("inquiry-enough")), ((key("inquiry-helps", "y"), person), (key("back", "b"),)))


def _answer(found: Found) -> tuple[Text | Words, ...]:
    return Text("inquiry-standard", {"question": _short(found.question, 300)}), Words(_short(found.answer, SHOWN))


def _short(text: str, limit: int) -> str:
    text = text.strip()
    return text if len(text) <= limit else text[: limit - 1] + "…"
