"""What staff write about a case: a letter to the customer, a note that stays inside, a report to the lead department.

1. Nothing counts before it was shown back: a letter has Send, Note and Cancel under it, a note or a report Confirm and Cancel.
2. What was sent as one album is one draft, however its parts arrive; the preview counts them.
3. An edit of a message that is in the draft changes the draft.
4. `may` and `reach` say what can be offered; whether it may is checked again when it counts.
"""

from dataclasses import dataclass

import msgspec

from conversations.buttons import Move
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Attached,
    Changed,
    Conversation,
    Event,
    File,
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

NAME = "letter"
LETTER, NOTE, REPORT = "letter", "note", "report"
FILES_LIMIT = 10
"""Files in one draft: as many as one album has."""

SHOWN = 1500


class Part(msgspec.Struct, frozen=True, array_like=True):
    """One message of a draft."""

    message: int
    words: str = ""
    file: File | None = None


class Asking(msgspec.Struct, frozen=True, tag="asking"):
    """`kind` is note or report."""

    draft: int
    case: int
    number: str
    kind: str


class Drafted(msgspec.Struct, frozen=True, tag="drafted"):
    """`may` is what else the writer may do with it than keep it as a note: letter, report or nothing.

    `owner` is who else could send it, `reach` whether the customer is there: open, waits (comes on return) or never.
    """

    draft: int
    case: int
    number: str
    kind: str
    parts: tuple[Part, ...]
    may: str = ""
    owner: str = ""
    reach: str = "open"


State = Asking | Drafted


@dataclass(frozen=True, slots=True)
class Written:
    """Somebody of staff wrote this about a case: a letter, a note, a report."""

    case: int
    kind: str
    parts: tuple[Part, ...]
    draft: int


def conversation() -> Conversation[State]:
    return Conversation(NAME, State, screen, step)


def part(event: Said | Attached) -> Part:
    """What one message brings to a draft."""
    if isinstance(event, Said):
        return Part(event.message, event.text)
    return Part(event.message, event.caption, event.file)


def words(parts: tuple[Part, ...]) -> str:
    return "\n".join(one.words.strip() for one in parts if one.words.strip())


def step(state: State, event: Event) -> Step[State]:
    match state, event:
        case _, Pressed(Move(draft, _, "x")) if draft == state.draft:
            return done(last=Screen((Text("staff-cancelled", {"number": state.number}),)))
        case Asking(draft, case, number, kind), Said() | Attached() if _says(event):
            return goto(Drafted(draft, case, number, kind, (part(event),)))
        case Drafted(), Attached(file) if _joins(state, file):
            return goto(_with(state, part(event)))
        case Drafted(), Changed(message, text, file):
            return _changed(state, message, text, file)
        case Drafted(), Pressed(Move(draft, _, to)) if draft == state.draft:
            kind = _counts_as(state, to)
            if not kind:
                return NOT_UNDERSTOOD
            last = Screen((Text(f"letter-done-{kind}", {"number": state.number}), *_shown(state)))
            return done(Save(Written(state.case, kind, state.parts, state.draft)), last=last)
        case _:
            return NOT_UNDERSTOOD


def screen(state: State, _language: str) -> Screen:
    match state:
        case Asking(_, _, number, kind):
            return Screen((Text(f"letter-ask-{kind}", {"number": number}),), asks=True)
        case Drafted(_, _, number, kind):
            files = sum(one.file is not None for one in state.parts)
            parts: list[Text | Words] = [Text(f"letter-preview-{kind}", {"number": number}), *_shown(state)]
            if files:
                parts.append(Text("letter-files", {"count": files}))
            parts += _remarks(state)
            return Screen(tuple(parts), (_keys(state),))


def _keys(state: Drafted) -> tuple[Key, ...]:
    def key(label: str, to: str) -> Key:
        return Key(Text(label), Move(state.draft, 0, to))

    cancel = key("cancel", "x")
    if state.kind != LETTER:
        return (key("confirm", "y"), cancel)
    keys = [key("letter-send", "y")] if _counts_as(state, "y") else []
    keys += [key("act-report", "r")] if state.may == REPORT else []
    return (*keys, key("act-note", "n"), cancel)


def _remarks(state: Drafted) -> list[Text]:
    """What the writer should know before pressing."""
    if state.kind != LETTER:
        return []
    if state.may == REPORT:
        return [Text("letter-report-or-note")]
    if state.may != LETTER:
        return [Text("letter-only-owner", {"owner": state.owner})] if state.owner else [Text("letter-no-owner")]
    return [] if state.reach == "open" else [Text(f"letter-{state.reach}")]


def _counts_as(state: Drafted, to: str) -> str:
    """What this button makes of the draft; empty where it is not offered."""
    match to:
        case "y" if state.kind != LETTER:
            return state.kind
        case "y" if state.may == LETTER and state.reach != "never":
            return LETTER
        case "r" if state.kind == LETTER and state.may == REPORT:
            return REPORT
        case "n" if state.kind == LETTER:
            return NOTE
        case _:
            return ""


def _shown(state: Drafted) -> tuple[Words, ...]:
    said = words(state.parts)
    return (Words(said if len(said) <= SHOWN else said[:SHOWN] + "…"),) if said else ()


def _says(event: Said | Attached) -> bool:
    return isinstance(event, Attached) or bool(event.text.strip())


def _joins(state: Drafted, file: File) -> bool:
    album = next((one.file.album for one in state.parts if one.file is not None), "")
    return bool(album) and file.album == album and len(state.parts) < FILES_LIMIT


def _with(state: Drafted, new: Part) -> Drafted:
    """A part is there once; an album is in the order in which it was sent."""
    others = [one for one in state.parts if one.message != new.message]
    parts = tuple(sorted([*others, new], key=lambda one: one.message))
    return msgspec.structs.replace(state, parts=parts)


def _changed(state: Drafted, message: int, text: str, file: File | None) -> Step[State]:
    if all(one.message != message for one in state.parts):
        return NOT_UNDERSTOOD
    parts = tuple(Part(message, text, file) if one.message == message else one for one in state.parts)
    return goto(msgspec.structs.replace(state, parts=parts))
