"""Triage of unsolicited messages: what a customer writes outside every dialogue is kept, and a press says what it is.

1. Everything is in the state with the first message. What follows before a press joins it: an album is one contribution, and of a
   burst there is one screen, edited where it stands.
2. A press says what it is (a complaint, a question, a suggestion, praise, more for an open case), then which delivery it is about;
   the dialogue that follows begins with what was said. "Nothing" says that it was discarded.
3. Without a press it becomes an inquiry: the handlers have a timer for that.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.delivery_labels import label_option
from conversations.pieces import PIECES_LIMIT, Piece, apply_edit, list_files
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Attached,
    Conversation,
    Event,
    Keeps,
    Key,
    KeyboardRow,
    MessageEdited,
    Pressed,
    Said,
    Save,
    Say,
    Screen,
    Step,
    Text,
    done,
    go_on,
    goto,
)
from domain.cases.case import CaseKind

NAME = "triage"
KINDS = (CaseKind.COMPLAINT, CaseKind.INQUIRY, CaseKind.SUGGESTION, CaseKind.PRAISE)
"""What a message can be. A button holds the place of one of them: a new one is added at the end."""

BURST = timedelta(minutes=1)
"""How long what follows is of the same burst; a later message is answered below, where it is seen."""

CHARACTERS_LIMIT = 20_000
"""The most that is kept of one person's words before they press; a letter of ten pages."""

_KIND, _DELIVERY, _CASE = range(3)


class Sorting(msgspec.Struct, frozen=True, tag="sorting"):
    """`deliveries` are the customer's recent ones and `cases` the open ones, as (id, label); `asked_at` is when the screen was last
    sent below what was written, `now` the time of the event at hand.
    """

    draft: int
    pieces: tuple[Piece, ...]
    deliveries: tuple[tuple[int, str], ...] = ()
    cases: tuple[tuple[int, str], ...] = ()
    now: str = ""
    asked_at: str = ""
    full: bool = False
    days: dict[str, str] = {}


class NamingDelivery(Sorting, frozen=True, tag="delivery"):
    """`kind` is what it is."""

    kind: str = CaseKind.COMPLAINT.value


State = Sorting | NamingDelivery


@dataclass(frozen=True, slots=True)
class MessageKept:
    """One more message was kept: the time until it becomes an inquiry begins anew."""

    draft: int


@dataclass(frozen=True, slots=True)
class MessagesSorted:
    """The customer says what it is, and which delivery it is about (None: none of them)."""

    kind: CaseKind
    pieces: tuple[Piece, ...]
    delivery: int | None = None


@dataclass(frozen=True, slots=True)
class MessagesForCase:
    """It belongs to one of the customer's open cases."""

    case: int
    pieces: tuple[Piece, ...]


def conversation(minutes: float) -> Conversation[State]:
    """The dialogue; after so many minutes without a press it is an inquiry."""
    return Conversation(NAME, State, lambda state, _language: screen(state, minutes), step)


def make_piece(event: Said | Attached) -> Piece:
    """What one message says."""
    return (
        Piece(event.message, event.text) if isinstance(event, Said) else Piece(event.message, event.caption, event.file)
    )


def step(state: State, event: Event) -> Step[State]:
    match event:
        case Pressed(DraftMoveButton(draft, _, "x")) if draft == state.draft:
            return done(last=Screen((Text("triage-discarded"),)))
        case Pressed(DraftOptionButton(draft, at, option)) if draft == state.draft:
            return _choose(state, at, option)
        case Pressed(DraftMoveButton(draft, at, "s")) if draft == state.draft and at == _DELIVERY:
            return _finish(state, None)
        case Pressed(DraftMoveButton(draft, at, "b")) if draft == state.draft and at == _DELIVERY:
            return goto(_go_back(state))
        case Said() | Attached() if isinstance(event, Attached) or event.text.strip():
            return _keep(state, make_piece(event))
        case MessageEdited(message, text):
            now = apply_edit(state.pieces, message, text)
            return goto(msgspec.structs.replace(state, pieces=now)) if now is not None else NOT_UNDERSTOOD
        case _:
            return NOT_UNDERSTOOD


def screen(state: State, minutes: float) -> Screen:
    def key(label: str, at: int, option: int) -> Key:
        return Key(Text(label), DraftOptionButton(state.draft, at, option))

    nothing = Key(Text("triage-nothing"), DraftMoveButton(state.draft, _KIND, "x"))
    rows: list[KeyboardRow]
    if isinstance(state, NamingDelivery):
        rows = [
            (Key(label_option(str(id_), waybill, state.days), DraftOptionButton(state.draft, _DELIVERY, n)),)
            for n, (id_, waybill) in enumerate(state.deliveries)
        ]
        none = Key(Text("triage-no-delivery"), DraftMoveButton(state.draft, _DELIVERY, "s"))
        back = Key(Text("back"), DraftMoveButton(state.draft, _DELIVERY, "b"))
        below = (*rows, (none,), (back, nothing))
        return Screen((Text("triage-delivery", {"kind": state.kind}),), below, asks=True, keeps=Keeps.CONFIRMED)
    kinds = [key(f"triage-{kind}", _KIND, n) for n, kind in enumerate(KINDS)]
    rows = [
        (Key(Text("triage-case", {"number": number}), DraftOptionButton(state.draft, _CASE, n)),)
        for n, (_, number) in enumerate(state.cases)
    ]
    kept = Text("triage-kept", {"count": _count_contributions(state.pieces)})
    what = Text("triage-what", {"minutes": round(minutes)})
    below = (*rows, tuple(kinds[:2]), tuple(kinds[2:]), (nothing,))
    return Screen((kept, what), below, asks=True, keeps=Keeps.CONFIRMED)


def _choose(state: State, at: int, option: int) -> Step[State]:
    match at:
        case 0 if option < len(KINDS):
            kind = KINDS[option].value
            named = NamingDelivery(**_list_common(state), kind=kind)
            return goto(named) if state.deliveries else _finish(named, None)
        case 1 if option < len(state.deliveries):
            return _finish(state, state.deliveries[option][0])
        case 2 if option < len(state.cases):
            return done(Save(MessagesForCase(state.cases[option][0], state.pieces)))
        case _:
            return NOT_UNDERSTOOD


def _finish(state: State, delivery: int | None) -> Step[State]:
    if not isinstance(state, NamingDelivery):
        return NOT_UNDERSTOOD
    return done(Save(MessagesSorted(CaseKind(state.kind), state.pieces, delivery)))


def _go_back(state: State) -> Sorting:
    return Sorting(**_list_common(state))


def _list_common(state: State) -> dict[str, Any]:
    return {name: getattr(state, name) for name in Sorting.__struct_fields__}


def _keep(state: State, piece: Piece) -> Step[State]:
    """One more message; the same part of an album twice is one."""
    if piece.file is not None and piece.file in list_files(state.pieces):
        return go_on(state)
    pieces = _add_piece(state.pieces, piece)
    if pieces is None:
        said = () if state.full else (Say(Text("triage-full")),)
        return go_on(msgspec.structs.replace(state, full=True), *said)
    kept = msgspec.structs.replace(state, pieces=pieces)
    if _is_of_burst(state, piece):
        return go_on(kept, Save(MessageKept(state.draft)))
    return goto(msgspec.structs.replace(kept, asked_at=state.now), Save(MessageKept(state.draft)))


def _add_piece(pieces: tuple[Piece, ...], piece: Piece) -> tuple[Piece, ...] | None:
    """All of it with one more message; words beyond the most messages join the last one. None if there is no room."""
    if sum(len(one.words) for one in (*pieces, piece)) > CHARACTERS_LIMIT:
        return None
    if len(pieces) < PIECES_LIMIT:
        return (*pieces, piece)
    if piece.file is not None:
        return None
    last = pieces[-1]
    return (*pieces[:-1], Piece(last.message, f"{last.words}\n{piece.words}".strip(), last.file))


def _is_of_burst(state: State, piece: Piece) -> bool:
    """Whether a message belongs to what the screen was drawn for: the same album, or a moment later."""
    album = piece.file.album if piece.file is not None else ""
    if album and any(one.file is not None and one.file.album == album for one in state.pieces):
        return True
    if not state.now or not state.asked_at:
        return False
    return datetime.fromisoformat(state.now) - datetime.fromisoformat(state.asked_at) < BURST


def _count_contributions(pieces: tuple[Piece, ...]) -> int:
    """How many messages it was; an album is one."""
    albums = {one.file.album for one in pieces if one.file is not None and one.file.album}
    return len(albums) + sum(one.file is None or not one.file.album for one in pieces)
