"""Customer inquiry, with deflection: standard answers are offered first, and a person answers the rest.

1. A question in words proceeds at once; one with pictures waits for Done, since an album arrives in parts.
2. Writing more instead of pressing a button adds to the question, and it is looked up again.
"""

from dataclasses import dataclass

import msgspec

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.pieces import PIECES_LIMIT, Piece, apply_edit, continues_album, join_words, list_files
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Attached,
    Conversation,
    Event,
    Keeps,
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
    go_on,
    goto,
)

NAME = "inquiry"
SHOWN_CHARACTERS, LABEL_CHARACTERS = 3000, 60


class FoundAnswer(msgspec.Struct, frozen=True, array_like=True):
    """A standard answer."""

    id: int
    question: str
    answer: str


class WritingInquiry(msgspec.Struct, frozen=True, tag="writing"):
    """`delivery` is the one it is about, where that is known; so in the other states."""

    draft: int
    pieces: tuple[Piece, ...] = ()
    delivery: int | None = None


class OfferingAnswers(msgspec.Struct, frozen=True, tag="offering"):
    draft: int
    pieces: tuple[Piece, ...]
    found: tuple[FoundAnswer, ...]
    delivery: int | None = None


class ReadingAnswer(msgspec.Struct, frozen=True, tag="reading"):
    """`at` is the index of the answer shown."""

    draft: int
    pieces: tuple[Piece, ...]
    found: tuple[FoundAnswer, ...]
    at: int
    delivery: int | None = None


State = WritingInquiry | OfferingAnswers | ReadingAnswer


@dataclass(frozen=True, slots=True)
class InquiryAsked:
    """The customer asks this; `person` means that a person is to answer, whatever standard answers exist."""

    pieces: tuple[Piece, ...]
    person: bool = False
    delivery: int | None = None


@dataclass(frozen=True, slots=True)
class InquiryHelped:
    """A standard answer was enough."""

    answer: int


def conversation() -> Conversation[State]:
    return Conversation(NAME, State, screen, step)


def step(state: State, event: Event) -> Step[State]:  # noqa: PLR0911 -- one return per event
    match state, event:
        case _, Pressed(DraftMoveButton(draft, _, "x")) if draft == state.draft:
            return done(last=Screen((Text("inquiry-cancelled"),)))
        case WritingInquiry(), Pressed(DraftMoveButton(draft, _, "d")) if draft == state.draft and join_words(
            state.pieces
        ):
            return done(Save(InquiryAsked(state.pieces, delivery=state.delivery)))
        case OfferingAnswers() | ReadingAnswer(), Pressed(DraftMoveButton(draft, _, "s")) if draft == state.draft:
            return done(Save(InquiryAsked(state.pieces, person=True, delivery=state.delivery)))
        case OfferingAnswers() | ReadingAnswer(), Pressed(DraftOptionButton(draft, 0, option)) if (
            draft == state.draft and option < len(state.found)
        ):
            return goto(ReadingAnswer(state.draft, state.pieces, state.found, option, state.delivery))
        case ReadingAnswer(), Pressed(DraftMoveButton(draft, _, "b")) if draft == state.draft:
            return goto(OfferingAnswers(state.draft, state.pieces, state.found, state.delivery))
        case ReadingAnswer(), Pressed(DraftMoveButton(draft, _, "y")) if draft == state.draft:
            helped = Screen((Text("inquiry-helped"), *_draw_answer(state.found[state.at])))
            return done(Save(InquiryHelped(state.found[state.at].id)), last=helped)
        case _, Said(text, message) if text.strip() and len(state.pieces) < PIECES_LIMIT:
            pieces = (*state.pieces, Piece(message, text))
            waits = isinstance(state, WritingInquiry) and list_files(pieces)
            writing = WritingInquiry(state.draft, pieces, state.delivery)
            return goto(writing) if waits else done(Save(InquiryAsked(pieces, delivery=state.delivery)))
        case WritingInquiry(), Attached(file, caption, message) if len(state.pieces) < PIECES_LIMIT:
            if file in list_files(state.pieces):
                return goto(state)
            move = go_on if continues_album(list_files(state.pieces), file) else goto
            return move(WritingInquiry(state.draft, (*state.pieces, Piece(message, caption, file)), state.delivery))
        case WritingInquiry(), MessageEdited(message, text) if (
            now := apply_edit(state.pieces, message, text)
        ) is not None:
            return goto(WritingInquiry(state.draft, now, state.delivery))
        case _:
            return NOT_UNDERSTOOD


def screen(state: State, _language: str) -> Screen:
    def key(label: str, to: str) -> Key:
        return Key(Text(label), DraftMoveButton(state.draft, 0, to))

    person, cancel = key("inquiry-person", "s"), key("cancel", "x")
    match state:
        case WritingInquiry():
            count = len(list_files(state.pieces))
            finish = (key("done", "d"),) if join_words(state.pieces) else ()
            which = Text("telling-files", {"count": count}) if count and finish else Text("inquiry-words")
            return Screen((which,), ((*finish, cancel),), asks=True, keeps=Keeps.SENT)
        case OfferingAnswers():
            rows = [
                (
                    Key(
                        Words(f"{n + 1}. {_shorten(one.question, LABEL_CHARACTERS)}"),
                        DraftOptionButton(state.draft, 0, n),
                    ),
                )
                for n, one in enumerate(state.found)
            ]
            return Screen((Text("inquiry-offer"),), (*rows, (person, cancel)))
        case ReadingAnswer():
            drawn = _draw_answer(state.found[state.at])
            return Screen((*drawn, Text("inquiry-enough")), ((key("inquiry-helps", "y"), person), (key("back", "b"),)))


def _draw_answer(answer: FoundAnswer) -> tuple[Text | Words, ...]:
    return Text("inquiry-standard", {"question": _shorten(answer.question, 300)}), Words(
        _shorten(answer.answer, SHOWN_CHARACTERS)
    )


def _shorten(text: str, limit: int) -> str:
    text = text.strip()
    return text if len(text) <= limit else text[: limit - 1] + "…"
