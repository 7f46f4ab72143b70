"""Staff messages about a case: a letter to the customer, an internal note, a statement for the lead department.

1. Nothing counts before it has been shown back: a letter has Send, Note and Cancel under it, a note or a statement Confirm
   and Cancel.
2. An album is one draft, however its parts arrive; the preview counts them.
3. Editing a message of the draft changes the draft.
4. `may` and `reach` say what can be offered; permission is checked again when it counts.
"""

from dataclasses import dataclass

import msgspec

from conversations.buttons import DraftMoveButton
from conversations.pieces import shorten
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Attached,
    Conversation,
    Event,
    File,
    Key,
    MessageEdited,
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

NAME = "letter"
LETTER, NOTE, STATEMENT = "letter", "note", "report"
FILES_LIMIT = 10
"""Files in one draft: as many as an album can have."""

SHOWN_CHARACTERS = 1500


class LetterMessage(msgspec.Struct, frozen=True, array_like=True):
    """One message of a draft."""

    message: int
    words: str = ""
    file: File | None = None


class AskingLetter(msgspec.Struct, frozen=True, tag="asking"):
    """`kind` is `NOTE` or `STATEMENT`."""

    draft: int
    case: int
    number: str
    kind: str


class LetterDrafted(msgspec.Struct, frozen=True, tag="drafted"):
    """`may` is what the writer may do with it besides keeping it as a note: `LETTER`, `STATEMENT` or nothing.

    `owner` is who else could send it, `reach` whether the customer can be reached: open, waits (delivered on return) or
    never.
    """

    draft: int
    case: int
    number: str
    kind: str
    parts: tuple[LetterMessage, ...]
    may: str = ""
    owner: str = ""
    reach: str = "open"


State = AskingLetter | LetterDrafted


@dataclass(frozen=True, slots=True)
class LetterWritten:
    """A member of staff wrote this about a case: a letter, a note, a statement."""

    case: int
    kind: str
    parts: tuple[LetterMessage, ...]
    draft: int


def conversation() -> Conversation[State]:
    return Conversation(NAME, State, screen, step)


def make_message(event: Said | Attached) -> LetterMessage:
    """What one message contributes to a draft."""
    if isinstance(event, Said):
        return LetterMessage(event.message, event.text)
    return LetterMessage(event.message, event.caption, event.file)


def join_words(parts: tuple[LetterMessage, ...]) -> str:
    return "\n".join(one.words.strip() for one in parts if one.words.strip())


def step(state: State, event: Event) -> Step[State]:
    match state, event:
        case _, Pressed(DraftMoveButton(draft, _, "x")) if draft == state.draft:
            return done(last=Screen((Text("staff-cancelled", {"number": state.number}),)))
        case AskingLetter(draft, case, number, kind), Said() | Attached() if _has_content(event):
            return goto(LetterDrafted(draft, case, number, kind, (make_message(event),)))
        case LetterDrafted(), Attached(file) if _can_join(state, file):
            return goto(_add_message(state, make_message(event)))
        case LetterDrafted(), MessageEdited(message, text, file):
            return _apply_edit(state, message, text, file)
        case LetterDrafted(), Pressed(DraftMoveButton(draft, _, to)) if draft == state.draft:
            kind = _find_kind(state, to)
            if not kind:
                return NOT_UNDERSTOOD
            last = Screen((Text(f"letter-done-{kind}", {"number": state.number}), *_draw_words(state)))
            return done(Save(LetterWritten(state.case, kind, state.parts, state.draft)), last=last)
        case _:
            return NOT_UNDERSTOOD


def screen(state: State, _language: str) -> Screen:
    match state:
        case AskingLetter(_, _, number, kind):
            return Screen((Text(f"letter-ask-{kind}", {"number": number}),), asks=True)
        case LetterDrafted(_, _, number, kind):
            files = sum(one.file is not None for one in state.parts)
            parts: list[Text | Words] = [Text(f"letter-preview-{kind}", {"number": number}), *_draw_words(state)]
            if files:
                parts.append(Text("letter-files", {"count": files}))
            parts += _draw_remarks(state)
            return Screen(tuple(parts), (_draw_keys(state),))


def _draw_keys(state: LetterDrafted) -> tuple[Key, ...]:
    def key(label: str, to: str) -> Key:
        return Key(Text(label), DraftMoveButton(state.draft, 0, to))

    cancel = key("cancel", "x")
    if state.kind != LETTER:
        return (key("confirm", "y"), cancel)
    keys = [key("letter-send", "y")] if _find_kind(state, "y") else []
    keys += [key("act-report", "r")] if state.may == STATEMENT else []
    return (*keys, key("act-note", "n"), cancel)


def _draw_remarks(state: LetterDrafted) -> list[Text]:
    """What the writer should know before pressing."""
    if state.kind != LETTER:
        return []
    if state.may == STATEMENT:
        return [Text("letter-report-or-note")]
    if state.may != LETTER:
        return [Text("letter-only-owner", {"owner": state.owner})] if state.owner else [Text("letter-no-owner")]
    return [] if state.reach == "open" else [Text(f"letter-{state.reach}")]


def _find_kind(state: LetterDrafted, to: str) -> str:
    """What this button turns the draft into; empty if it is not offered."""
    match to:
        case "y" if state.kind != LETTER:
            return state.kind
        case "y" if state.may == LETTER and state.reach != "never":
            return LETTER
        case "r" if state.kind == LETTER and state.may == STATEMENT:
            return STATEMENT
        case "n" if state.kind == LETTER:
            return NOTE
        case _:
            return ""


def _draw_words(state: LetterDrafted) -> tuple[Words, ...]:
    said = join_words(state.parts)
    return (Words(shorten(said, SHOWN_CHARACTERS)),) if said else ()


def _has_content(event: Said | Attached) -> bool:
    return isinstance(event, Attached) or bool(event.text.strip())


def _can_join(state: LetterDrafted, file: File) -> bool:
    album = next((one.file.album for one in state.parts if one.file is not None), "")
    return bool(album) and file.album == album and len(state.parts) < FILES_LIMIT


def _add_message(state: LetterDrafted, new: LetterMessage) -> LetterDrafted:
    """Add a message; each part appears once, and an album is in the order in which it was sent."""
    others = [one for one in state.parts if one.message != new.message]
    parts = tuple(sorted([*others, new], key=lambda one: one.message))
    return msgspec.structs.replace(state, parts=parts)


def _apply_edit(state: LetterDrafted, message: int, text: str, file: File | None) -> Step[State]:
    if all(one.message != message for one in state.parts):
        return NOT_UNDERSTOOD
    parts = tuple(LetterMessage(message, text, file) if one.message == message else one for one in state.parts)
    return goto(msgspec.structs.replace(state, parts=parts))
