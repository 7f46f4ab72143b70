"""A standard answer, written or changed by staff: the question as customers ask it, the answer, a look at both, and it is kept."""

from dataclasses import dataclass

import msgspec

from conversations.buttons import Move
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Conversation,
    Event,
    Key,
    Pressed,
    Said,
    Save,
    Screen,
    Step,
    Text,
    done,
    goto,
)

NAME = "standard"
QUESTION, ANSWER = 300, 3000
"""The most characters of each."""


class Entry(msgspec.Struct, frozen=True):
    """`about` is the standard answer that is changed, 0 for a new one."""

    draft: int
    about: int
    department: str
    question: str = ""
    answer: str = ""


class AskingQuestion(Entry, frozen=True, tag="question"):
    pass


class AskingAnswer(Entry, frozen=True, tag="answer"):
    pass


class Confirming(Entry, frozen=True, tag="confirm"):
    pass


State = AskingQuestion | AskingAnswer | Confirming
_QUESTION, _ANSWER, _CONFIRM = range(3)


@dataclass(frozen=True, slots=True)
class Kept:
    """This is offered to customers from now on."""

    about: int
    department: str
    question: str
    answer: str


def conversation() -> Conversation[State]:
    return Conversation(NAME, State, screen, step)


def step(state: State, event: Event) -> Step[State]:
    match state, event:
        case _, Pressed(Move(draft, _, "x")) if draft == state.draft:
            return done(last=Screen((Text("standard-cancelled"),)))
        case AskingQuestion(), Said(text) if text.strip():
            return goto(_next(msgspec.structs.replace(state, question=text.strip()[:QUESTION])))
        case AskingQuestion(), Pressed(Move(draft, 0, "k")) if draft == state.draft and state.question:
            return goto(_next(state))
        case AskingAnswer(), Said(text) if text.strip():
            return goto(_as(Confirming, msgspec.structs.replace(state, answer=text.strip()[:ANSWER])))
        case AskingAnswer(), Pressed(Move(draft, 1, "k")) if draft == state.draft and state.answer:
            return goto(_as(Confirming, state))
        case AskingAnswer() | Confirming(), Pressed(Move(draft, _, "b")) if draft == state.draft:
            return goto(_as(AskingQuestion, state))
        case Confirming(), Pressed(Move(draft, _, "y")) if draft == state.draft:
            kept = Screen((Text("standard-kept"), *_shown(state)))
            return done(Save(Kept(state.about, state.department, state.question, state.answer)), last=kept)
        case _:
            return NOT_UNDERSTOOD


def screen(state: State, _language: str) -> Screen:
    def key(label: str, at: int, to: str) -> Key:
        return Key(Text(label), Move(state.draft, at, to))

    cancel = key("cancel", _CONFIRM, "x")
    match state:
        case AskingQuestion(question=question):
            so_far = (Text("standard-so-far", {"text": question}),) if question else ()
            rows = ((key("form-keep", _QUESTION, "k"), cancel),) if question else ()
            return Screen((Text("standard-question"), *so_far), rows, asks=True)
        case AskingAnswer(answer=answer):
            so_far = (Text("standard-so-far", {"text": answer}),) if answer else ()
            keys = (key("form-keep", _ANSWER, "k"), key("back", _ANSWER, "b"), cancel) if answer else ()
            return Screen((Text("standard-answer"), *so_far), (keys,) if keys else (), asks=True)
        case Confirming():
            keys = (key("confirm", _CONFIRM, "y"), key("back", _CONFIRM, "b"), cancel)
            return Screen((Text("standard-preview"), *_shown(state)), (keys,))


def _next(state: AskingQuestion) -> State:
    return _as(AskingAnswer, state)


def _as(kind: type[State], state: State) -> State:
    common = {name: getattr(state, name) for name in Entry.__struct_fields__}
    return kind(**common)


def _shown(state: State) -> tuple[Text, ...]:
    return Text("standard-shown-question", {"text": state.question}), Text(
        "standard-shown-answer", {"text": state.answer}
    )
