"""Customer's answer to a question from the department: words and media until that is all. Each contribution is saved at once."""

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

NAME = "answering"


class Answering(msgspec.Struct, frozen=True, tag="answering"):
    """`question` is in the department's own words; `draft` distinguishes this question from earlier ones. `album` is the one that came
    last: its parts are one contribution.
    """

    draft: int
    case: int
    number: str
    question: str
    count: int = 0
    album: str = ""


@dataclass(frozen=True, slots=True)
class CustomerAnswered:
    """One contribution to the answer."""

    case: int
    text: str = ""
    file: File | None = None


def conversation() -> Conversation[Answering]:
    return Conversation(NAME, Answering, screen, step)


def step(state: Answering, event: Event) -> Step[Answering]:
    more = msgspec.structs.replace(state, count=state.count + 1, album="")
    match event:
        case Said(text) if text.strip():
            return goto(more, Save(CustomerAnswered(state.case, text)))
        case Attached(file, caption) if file.album and file.album == state.album:
            return go_on(state, Save(CustomerAnswered(state.case, caption, file)))
        case Attached(file, caption):
            answered = msgspec.structs.replace(more, album=file.album)
            return goto(answered, Save(CustomerAnswered(state.case, caption, file)))
        case Pressed(DraftMoveButton(draft, _, "d")) if draft == state.draft and state.count:
            return done(last=Screen((Text("answering-done", {"number": state.number}),)))
        case _:
            return NOT_UNDERSTOOD


def screen(state: Answering, _language: str) -> Screen:
    if not state.count:
        question = {"number": state.number, "question": state.question}
        return Screen((Text("answering-question", question), Text("answering-how")), asks=True, keeps=Keeps.SENT)
    finish = ((Key(Text("done"), DraftMoveButton(state.draft, 0, "d")),),)
    return Screen((Text("answering-more", {"number": state.number, "count": state.count}),), finish, asks=True)
