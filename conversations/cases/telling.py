"""Telling the company something that is no complaint: a suggestion or praise. Words, pictures, what it is about, a look back, and off it goes.

1. Only the words are required. A suggestion is asked for pictures and for what it is about; praise for which delivery it is.
2. What it can be about stands in the state: the company's categories, or the customer's recent deliveries, as (key, label).
3. Media are taken at every step, an edit of a message changes its words, and a draft waits for days.
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
    Row,
    Said,
    Save,
    Screen,
    Step,
    Text,
    Words,
    done,
    goto,
)

NAME = "telling"
SUGGESTION, PRAISE = "suggestion", "praise"
SHOWN = 1500


class Telling(msgspec.Struct, frozen=True):
    """`chosen` is the key of what it is about."""

    draft: int
    kind: str
    options: tuple[tuple[str, str], ...] = ()
    chosen: str = ""
    pieces: tuple[Piece, ...] = ()


class Writing(Telling, frozen=True, tag="writing"):
    pass


class Attaching(Telling, frozen=True, tag="files"):
    pass


class Choosing(Telling, frozen=True, tag="about"):
    pass


class Confirming(Telling, frozen=True, tag="confirm"):
    pass


State = Writing | Attaching | Choosing | Confirming
STEPS = (Writing, Attaching, Choosing, Confirming)
_LAST = len(STEPS) - 1


@dataclass(frozen=True, slots=True)
class Told:
    """The customer hands this in."""

    kind: str
    chosen: str
    pieces: tuple[Piece, ...]


def conversation() -> Conversation[State]:
    return Conversation(NAME, State, screen, step)


def step(state: State, event: Event) -> Step[State]:  # noqa: PLR0911 -- one return per event
    match event:
        case Pressed(Move(draft, _, "x")) if draft == state.draft:
            return done(last=Screen((Text(f"{state.kind}-cancelled"),)))
        case Pressed(Move(draft, at, "b")) if draft == state.draft and 0 < at <= _LAST:
            return goto(_at(state, at, -1))
        case Pressed(Move(draft, at, "s" | "d")) if draft == state.draft and at < _LAST:
            return goto(_at(state, at, 1))
        case Pressed(Move(draft, _, "y")) if draft == state.draft and said(state.pieces):
            return done(Save(Told(state.kind, state.chosen, state.pieces)))
        case Pressed(Choose(draft, 2, option)) if draft == state.draft and option < len(state.options):
            return goto(_at(msgspec.structs.replace(state, chosen=state.options[option][0]), 2, 1))
        case Said(text, message) if text.strip():
            return _said(state, Piece(message, text))
        case Attached(file, caption, message):
            return _attached(state, Piece(message, caption, file))
        case Changed(message, text):
            now = changed(state.pieces, message, text)
            return goto(msgspec.structs.replace(state, pieces=now)) if now is not None else NOT_UNDERSTOOD
        case _:
            return NOT_UNDERSTOOD


def screen(state: State, _language: str) -> Screen:
    kind = state.kind
    match state:
        case Writing():
            skip = "skip" if said(state.pieces) else ""
            return Screen((Text(f"{kind}-words"),), (_controls(state, 0, skip),), asks=True)
        case Attaching():
            finish = Key(Text("done"), Move(state.draft, 1, "d"))
            count = len(files(state.pieces))
            return Screen((Text("telling-files", {"count": count}),), ((finish,), _controls(state, 1)), asks=True)
        case Choosing():
            rows = [(Key(Words(label), Choose(state.draft, 2, n)),) for n, (_, label) in enumerate(state.options)]
            return Screen((Text(f"{kind}-about"),), (*rows, _controls(state, 2, "skip")))
        case Confirming():
            confirm = Key(Text("confirm"), Move(state.draft, _LAST, "y"))
            return Screen(_summary(state), ((confirm,), _controls(state, _LAST)))


def _said(state: State, piece: Piece) -> Step[State]:
    match state:
        case Writing():
            kept = tuple(Piece(one.message, "", one.file) for one in state.pieces if one.file is not None)
            return goto(_at(msgspec.structs.replace(state, pieces=(*kept, piece)), 0, 1))
        case Attaching() if len(state.pieces) < LIMIT:
            return goto(msgspec.structs.replace(state, pieces=(*state.pieces, piece)))
        case _:
            return NOT_UNDERSTOOD


def _attached(state: State, piece: Piece) -> Step[State]:
    """Kept wherever the customer is; a caption can be all there is to say."""
    if piece.file in files(state.pieces):
        return goto(state)
    if len(state.pieces) >= LIMIT:
        return NOT_UNDERSTOOD
    now = msgspec.structs.replace(state, pieces=(*state.pieces, piece))
    return goto(_at(now, 0, 1)) if isinstance(now, Writing) and said(now.pieces) else goto(now)


def _at(state: State, at: int, by: int) -> State:
    """The step after or before this one, among those that have a place here."""
    at += by
    while 0 < at < _LAST and STEPS[at] not in _asked(state):
        at += by
    if at > 0 and not said(state.pieces):
        at = 0
    common = {name: getattr(state, name) for name in Telling.__struct_fields__}
    return STEPS[at](**common)


def _asked(state: State) -> set[type]:
    found: set[type] = {Attaching} if state.kind == SUGGESTION else set()
    return found | {Choosing} if len(state.options) > 1 or (state.options and not state.chosen) else found


def _controls(state: State, at: int, skip: str = "") -> Row:
    row = [Key(Text("back"), Move(state.draft, at, "b"))] if at else []
    row += [Key(Text(skip), Move(state.draft, at, "s"))] if skip else []
    return (*row, Key(Text("cancel"), Move(state.draft, at, "x")))


def _summary(state: State) -> tuple[Text | Words, ...]:
    words, count = said(state.pieces), len(files(state.pieces))
    parts: list[Text | Words] = [Text(f"{state.kind}-summary")]
    if state.chosen:
        parts.append(
            Text(f"{state.kind}-summary-about", {"about": dict(state.options).get(state.chosen, state.chosen)})
        )
    parts.append(Words(words if len(words) <= SHOWN else words[:SHOWN] + "…"))
    if count:
        parts.append(Text("telling-summary-files", {"count": count}))
    return tuple(parts)
