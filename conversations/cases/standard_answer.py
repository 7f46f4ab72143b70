"""Standard-answer editor: staff write the question as customers ask it and the answer, preview both, and save."""

from dataclasses import dataclass

import msgspec

from conversations.buttons import DraftMoveButton
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
QUESTION_CHARACTERS, ANSWER_CHARACTERS = 300, 3000
"""The maximum length of each, in characters."""


class StandardAnswerDraft(msgspec.Struct, frozen=True):
    """`about` is the standard answer being changed, 0 for a new one."""

    draft: int
    about: int
    department: str
    question: str = ""
    answer: str = ""


class AskingStandardQuestion(StandardAnswerDraft, frozen=True, tag="question"):
    pass


class AskingStandardAnswer(StandardAnswerDraft, frozen=True, tag="answer"):
    pass


class ConfirmingStandardAnswer(StandardAnswerDraft, frozen=True, tag="confirm"):
    pass


State = AskingStandardQuestion | AskingStandardAnswer | ConfirmingStandardAnswer
_QUESTION, _ANSWER, _CONFIRM = range(3)


@dataclass(frozen=True, slots=True)
class StandardAnswerKept:
    """The standard answer is offered to customers from now on."""

    about: int
    department: str
    question: str
    answer: str


def conversation() -> Conversation[State]:
    return Conversation(NAME, State, screen, step)


def step(state: State, event: Event) -> Step[State]:
    match state, event:
        case _, Pressed(DraftMoveButton(draft, _, "x")) if draft == state.draft:
            return done(last=Screen((Text("standard-cancelled"),)))
        case AskingStandardQuestion(), Said(text) if text.strip():
            return goto(_ask_answer(msgspec.structs.replace(state, question=text.strip()[:QUESTION_CHARACTERS])))
        case AskingStandardQuestion(), Pressed(DraftMoveButton(draft, 0, "k")) if (
            draft == state.draft and state.question
        ):
            return goto(_ask_answer(state))
        case AskingStandardAnswer(), Said(text) if text.strip():
            return goto(
                _convert(
                    ConfirmingStandardAnswer, msgspec.structs.replace(state, answer=text.strip()[:ANSWER_CHARACTERS])
                )
            )
        case AskingStandardAnswer(), Pressed(DraftMoveButton(draft, 1, "k")) if draft == state.draft and state.answer:
            return goto(_convert(ConfirmingStandardAnswer, state))
        case AskingStandardAnswer() | ConfirmingStandardAnswer(), Pressed(DraftMoveButton(draft, _, "b")) if (
            draft == state.draft
        ):
            return goto(_convert(AskingStandardQuestion, state))
        case ConfirmingStandardAnswer(), Pressed(DraftMoveButton(draft, _, "y")) if draft == state.draft:
            kept = Screen((Text("standard-kept"), *_draw_both(state)))
            return done(
                Save(StandardAnswerKept(state.about, state.department, state.question, state.answer)), last=kept
            )
        case _:
            return NOT_UNDERSTOOD


def screen(state: State, _language: str) -> Screen:
    def key(label: str, at: int, to: str) -> Key:
        return Key(Text(label), DraftMoveButton(state.draft, at, to))

    cancel = key("cancel", _CONFIRM, "x")
    match state:
        case AskingStandardQuestion(question=question):
            so_far = (Text("standard-so-far", {"text": question}),) if question else ()
            rows = ((key("form-keep", _QUESTION, "k"), cancel),) if question else ()
            return Screen((Text("standard-question"), *so_far), rows, asks=True)
        case AskingStandardAnswer(answer=answer):
            so_far = (Text("standard-so-far", {"text": answer}),) if answer else ()
            keys = (key("form-keep", _ANSWER, "k"), key("back", _ANSWER, "b"), cancel) if answer else ()
            return Screen((Text("standard-answer"), *so_far), (keys,) if keys else (), asks=True)
        case ConfirmingStandardAnswer():
            keys = (key("confirm", _CONFIRM, "y"), key("back", _CONFIRM, "b"), cancel)
            return Screen((Text("standard-preview"), *_draw_both(state)), (keys,))


def _ask_answer(state: AskingStandardQuestion) -> State:
    return _convert(AskingStandardAnswer, state)


def _convert(kind: type[State], state: State) -> State:
    common = {name: getattr(state, name) for name in StandardAnswerDraft.__struct_fields__}
    return kind(**common)


def _draw_both(state: State) -> tuple[Text, ...]:
    return Text("standard-shown-question", {"text": state.question}), Text(
        "standard-shown-answer", {"text": state.answer}
    )
