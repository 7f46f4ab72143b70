"""Additions to a case: words and media from the customer until they say that is all. Each contribution is saved at once."""

from dataclasses import dataclass

import msgspec

from conversations.buttons import DraftMoveButton
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Attached,
    Conversation,
    Event,
    File,
    Keeps,
    Key,
    Pressed,
    Said,
    Save,
    Screen,
    Step,
    Text,
    done,
    go_on,
    goto,
)

NAME = "adding"


class Adding(msgspec.Struct, frozen=True, tag="adding"):
    """`draft` distinguishes this occasion from earlier ones; `fresh`: the case was filed a moment ago. `album` is the one added last:
    its parts are one contribution.
    """

    draft: int
    case: int
    number: str
    count: int = 0
    fresh: bool = False
    due: str = ""
    album: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """One contribution by the customer to a case."""

    case: int
    text: str = ""
    file: File | None = None


def conversation() -> Conversation[Adding]:
    return Conversation(NAME, Adding, screen, step)


def step(state: Adding, event: Event) -> Step[Adding]:
    more = msgspec.structs.replace(state, count=state.count + 1, album="")
    match event:
        case Said(text) if text.strip():
            return goto(more, Save(Added(state.case, text)))
        case Attached(file, caption) if file.album and file.album == state.album:
            return go_on(state, Save(Added(state.case, caption, file)))
        case Attached(file, caption):
            return goto(msgspec.structs.replace(more, album=file.album), Save(Added(state.case, caption, file)))
        case Pressed(DraftMoveButton(draft, _, "d")) if draft == state.draft:
            return done(last=_draw_end(state))
        case _:
            return NOT_UNDERSTOOD


def screen(state: Adding, _language: str) -> Screen:
    finish = ((Key(Text("done"), DraftMoveButton(state.draft, 0, "d")),),)
    head = _draw_promise(state)
    if state.count:
        return Screen((Text("adding-more", {"number": state.number, "count": state.count}),), finish, asks=True)
    return Screen((*head, Text("adding-first", {"number": state.number})), finish, asks=True, keeps=Keeps.SENT)


def _draw_promise(state: Adding) -> tuple[Text, ...]:
    """That the case was filed, and by when an answer comes."""
    return (Text("case-filed", {"number": state.number, "due": state.due}),) if state.fresh else ()


def _draw_end(state: Adding) -> Screen:
    """What the message says for good: the promise is not lost with the buttons."""
    ended = Text("adding-done", {"number": state.number, "count": state.count})
    if not state.count:
        return Screen(_draw_promise(state) or (ended,))
    return Screen((ended, Text("timeline-due", {"due": state.due})) if state.due else (ended,))
