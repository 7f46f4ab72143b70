"""A question: standard answers first, a person where they do not help."""

import pytest

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.cases import inquiry
from conversations.cases.inquiry import (
    FoundAnswer,
    InquiryAsked,
    InquiryHelped,
    OfferingAnswers,
    ReadingAnswer,
    State,
    WritingInquiry,
)
from conversations.pieces import PIECES_LIMIT, Piece
from conversations.protocol import Attached, File, MessageEdited, Said, Save
from tests.harness.playbook import MISUNDERSTOOD, OVER, Playbook, tap

PHOTO = File("photo", "p1", "album")
ASKED = (Piece(7, "Where is it?"),)
FOUND = (FoundAnswer(1, "Where is my parcel?", "See /rate."), FoundAnswer(2, "x" * 300, "y" * 4000))


def playing(state: State) -> Playbook[State]:
    return Playbook(inquiry.conversation(), state)


def test_words_go_on_at_once() -> None:
    """There is nothing to confirm about a question."""
    assert playing(WritingInquiry(5)) << "inquiry-words" >> Said("Where is it?", 7) << Save(InquiryAsked(ASKED)) << OVER


def test_pictures_wait_for_done() -> None:
    """An album arrives in parts; words are needed all the same."""
    played = playing(WritingInquiry(5)) >> Attached(PHOTO, "", 7) << "inquiry-words" >> Attached(PHOTO, "", 7)
    assert "Done" not in played.labels
    played = played >> Said("What is this?", 8) << "telling-files" >> MessageEdited(8, "What is that?")
    assert played >> tap("Done") << Save(InquiryAsked((Piece(7, "", PHOTO), Piece(8, "What is that?")))) << OVER


def test_a_standard_answer_helps() -> None:
    """Read, perhaps another one, and that was it: no case."""
    assert (
        playing(OfferingAnswers(5, ASKED, FOUND))
        << "inquiry-offer"
        >> DraftOptionButton(5, 0, 1)
        << "inquiry-standard"
        >> tap("Back")
        >> tap("1. Where is my parcel?")
        << "See /rate."
        << "inquiry-enough"
        >> tap("That helps")
        << "inquiry-helped"
        << "See /rate."
        << Save(InquiryHelped(1))
        << OVER
    )


@pytest.mark.parametrize("state", [OfferingAnswers(5, ASKED, FOUND), ReadingAnswer(5, ASKED, FOUND, 0)])
def test_a_person_can_always_be_asked(state: State) -> None:
    """With the question as it was; writing on asks anew, with the new words as well."""
    assert playing(state) >> tap("Ask a person") << Save(InquiryAsked(ASKED, person=True)) << OVER
    assert playing(state) >> Said("SF1", 8) << Save(InquiryAsked((*ASKED, Piece(8, "SF1")))) << OVER


def test_what_is_long_is_shown_short() -> None:
    """A label fits a button, an answer fits a message."""
    labels = playing(OfferingAnswers(5, ASKED, FOUND)).labels
    assert all(len(one) <= 64 for one in labels)
    shown = playing(ReadingAnswer(5, ASKED, FOUND, 1)).shown
    assert len(shown[1]) == 3000


def test_cancel_ends_it() -> None:
    """Nothing was sent."""
    assert playing(WritingInquiry(5)) >> tap("Cancel") << "inquiry-cancelled" << OVER
    assert playing(OfferingAnswers(5, ASKED, FOUND)) >> tap("Cancel") << "inquiry-cancelled" << OVER


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (WritingInquiry(5), " "),
        (WritingInquiry(5), DraftMoveButton(5, 0, "d")),
        (WritingInquiry(5), DraftMoveButton(5, 0, "s")),
        (OfferingAnswers(5, ASKED, FOUND), DraftOptionButton(5, 0, 2)),
        (OfferingAnswers(5, ASKED, FOUND), DraftOptionButton(6, 0, 0)),
        (OfferingAnswers(5, ASKED, FOUND), DraftMoveButton(5, 0, "y")),
        (OfferingAnswers(5, ASKED, FOUND), PHOTO),
        (WritingInquiry(5, (Piece(0, "x"),) * PIECES_LIMIT), PHOTO),
        (WritingInquiry(5, (Piece(0, "x"),) * PIECES_LIMIT), "y"),
        (WritingInquiry(5), MessageEdited(9, "z")),
    ],
)
def test_what_it_does_not_understand(
    state: State, action: str | DraftMoveButton | DraftOptionButton | File | MessageEdited
) -> None:
    """Another draft's buttons, places that are not there, and more than fits change nothing."""
    assert playing(state) >> action << MISUNDERSTOOD
