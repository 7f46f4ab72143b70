"""Feedback other than complaints (suggestions and praise): words, pictures, what it is about, a preview, and it is submitted.

1. Only the words are required. A suggestion is asked for pictures and for what it is about; praise for which delivery
   it is.
2. What it can be about is in the state: the company's categories, or the customer's recent deliveries, as (key, label).
3. Media are accepted at every step, an edit of a message changes its words, and a draft is kept for days.
"""

from dataclasses import dataclass

import msgspec

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.delivery_labels import label_option
from conversations.pieces import PIECES_LIMIT, Piece, apply_edit, continues_album, join_words, list_files, shorten
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
    Screen,
    Step,
    Text,
    Words,
    done,
    go_on,
    goto,
)

NAME = "telling"
SUGGESTION, PRAISE = "suggestion", "praise"
SHOWN_CHARACTERS = 1500


class FeedbackDraft(msgspec.Struct, frozen=True):
    """`chosen` is the key of what it is about; `delivery` the one that a suggestion is about, where that is known. `days` says when
    each delivery to choose from came, by key.
    """

    draft: int
    kind: str
    options: tuple[tuple[str, str], ...] = ()
    chosen: str = ""
    pieces: tuple[Piece, ...] = ()
    delivery: int | None = None
    days: dict[str, str] = {}


class WritingFeedback(FeedbackDraft, frozen=True, tag="writing"):
    pass


class AttachingToFeedback(FeedbackDraft, frozen=True, tag="files"):
    pass


class ChoosingSubject(FeedbackDraft, frozen=True, tag="about"):
    pass


class ConfirmingFeedback(FeedbackDraft, frozen=True, tag="confirm"):
    pass


State = WritingFeedback | AttachingToFeedback | ChoosingSubject | ConfirmingFeedback
STEPS = (WritingFeedback, AttachingToFeedback, ChoosingSubject, ConfirmingFeedback)
_LAST = len(STEPS) - 1


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    """The customer submits this."""

    kind: str
    chosen: str
    pieces: tuple[Piece, ...]
    delivery: int | None = None


def keep(state: State, pieces: tuple[Piece, ...]) -> State:
    """The draft with what the customer had written before it: where there are words, the next question is what it is about."""
    now = msgspec.structs.replace(state, pieces=(*state.pieces, *pieces))
    return _go(now, STEPS.index(AttachingToFeedback), 1) if join_words(now.pieces) else now


def conversation() -> Conversation[State]:
    return Conversation(NAME, State, screen, step)


def step(state: State, event: Event) -> Step[State]:  # noqa: PLR0911 -- one return per event
    match event:
        case Pressed(DraftMoveButton(draft, _, "x")) if draft == state.draft:
            return done(last=Screen((Text(f"{state.kind}-cancelled"),)))
        case Pressed(DraftMoveButton(draft, at, "b")) if draft == state.draft and 0 < at <= _LAST:
            return goto(_go(state, at, -1))
        case Pressed(DraftMoveButton(draft, at, "s" | "d")) if draft == state.draft and at < _LAST:
            return goto(_go(state, at, 1))
        case Pressed(DraftMoveButton(draft, _, "y")) if draft == state.draft and join_words(state.pieces):
            return done(Save(FeedbackGiven(state.kind, state.chosen, state.pieces, state.delivery)))
        case Pressed(DraftOptionButton(draft, 2, option)) if draft == state.draft and option < len(state.options):
            return goto(_go(msgspec.structs.replace(state, chosen=state.options[option][0]), 2, 1))
        case Said(text, message) if text.strip():
            return _take_words(state, Piece(message, text))
        case Attached(file, caption, message):
            return _take_file(state, Piece(message, caption, file))
        case MessageEdited(message, text):
            now = apply_edit(state.pieces, message, text)
            return goto(msgspec.structs.replace(state, pieces=now)) if now is not None else NOT_UNDERSTOOD
        case _:
            return NOT_UNDERSTOOD


def screen(state: State, _language: str) -> Screen:
    kind = state.kind
    match state:
        case WritingFeedback():
            skip = "skip" if join_words(state.pieces) else ""
            return Screen((Text(f"{kind}-words"),), (_draw_controls(state, 0, skip),), asks=True)
        case AttachingToFeedback():
            finish = Key(Text("done"), DraftMoveButton(state.draft, 1, "d"))
            count = len(list_files(state.pieces))
            return Screen((Text("telling-files", {"count": count}),), ((finish,), _draw_controls(state, 1)), asks=True)
        case ChoosingSubject():
            rows = [
                (Key(label_option(key, label, state.days), DraftOptionButton(state.draft, 2, n)),)
                for n, (key, label) in enumerate(state.options)
            ]
            return Screen((Text(f"{kind}-about"),), (*rows, _draw_controls(state, 2, "skip")))
        case ConfirmingFeedback():
            confirm = Key(Text("confirm"), DraftMoveButton(state.draft, _LAST, "y"))
            below = ((confirm,), _draw_controls(state, _LAST))
            return Screen(_draw_summary(state), below, keeps=Keeps.CONFIRMED)


def _take_words(state: State, piece: Piece) -> Step[State]:
    match state:
        case WritingFeedback():
            kept = tuple(Piece(one.message, "", one.file) for one in state.pieces if one.file is not None)
            return goto(_go(msgspec.structs.replace(state, pieces=(*kept, piece)), 0, 1))
        case ChoosingSubject() if (named := _find_named(state, piece.words.strip())) is not None:
            return goto(_go(msgspec.structs.replace(state, chosen=named), 2, 1))
        case _ if len(state.pieces) < PIECES_LIMIT:
            return goto(msgspec.structs.replace(state, pieces=(*state.pieces, piece)))
        case _:
            return NOT_UNDERSTOOD


def _find_named(state: State, text: str) -> str | None:
    """The choice that was written instead of pressed."""
    return next((key for key, label in state.options if label == text), None)


def _take_file(state: State, piece: Piece) -> Step[State]:
    """Keep the file at whatever step the customer is; a caption can be all there is to say."""
    if piece.file is None or piece.file in list_files(state.pieces):
        return goto(state)
    if len(state.pieces) >= PIECES_LIMIT:
        return NOT_UNDERSTOOD
    move = go_on if continues_album(list_files(state.pieces), piece.file) else goto
    now = msgspec.structs.replace(state, pieces=(*state.pieces, piece))
    return move(_go(now, 0, 1)) if isinstance(now, WritingFeedback) and join_words(now.pieces) else move(now)


def _go(state: State, at: int, by: int) -> State:
    """The step after or before this one, among those that apply."""
    at += by
    while 0 < at < _LAST and STEPS[at] not in _list_asked_steps(state):
        at += by
    if at > 0 and not join_words(state.pieces):
        at = 0
    common = {name: getattr(state, name) for name in FeedbackDraft.__struct_fields__}
    return STEPS[at](**common)


def _list_asked_steps(state: State) -> set[type]:
    steps: set[type] = {AttachingToFeedback} if state.kind == SUGGESTION else set()
    return steps | {ChoosingSubject} if len(state.options) > 1 or (state.options and not state.chosen) else steps


def _draw_controls(state: State, at: int, skip: str = "") -> KeyboardRow:
    row = [Key(Text("back"), DraftMoveButton(state.draft, at, "b"))] if at else []
    row += [Key(Text(skip), DraftMoveButton(state.draft, at, "s"))] if skip else []
    return (*row, Key(Text("cancel"), DraftMoveButton(state.draft, at, "x")))


def _draw_summary(state: State) -> tuple[Text | Words, ...]:
    words, count = join_words(state.pieces), len(list_files(state.pieces))
    parts: list[Text | Words] = [Text(f"{state.kind}-summary")]
    if state.chosen:
        parts.append(
            Text(f"{state.kind}-summary-about", {"about": dict(state.options).get(state.chosen, state.chosen)})
        )
    parts.append(Words(shorten(words, SHOWN_CHARACTERS)))
    if count:
        parts.append(Text("telling-summary-files", {"count": count}))
    return tuple(parts)
