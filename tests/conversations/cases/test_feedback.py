"""A suggestion or praise, from the first words to the look back."""

import pytest

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.cases import feedback
from conversations.cases.feedback import (
    PRAISE,
    SUGGESTION,
    AttachingToFeedback,
    ChoosingSubject,
    ConfirmingFeedback,
    FeedbackGiven,
    State,
    WritingFeedback,
)
from conversations.pieces import PIECES_LIMIT, Piece
from conversations.protocol import Attached, File, MessageEdited, Said, Save
from tests.harness.playbook import MISUNDERSTOOD, OVER, Playbook, tap

ABOUT = (("product", "Goods"), ("other", "Other"))
WAYBILLS = (("11", "SF1"),)
PHOTO = File("photo", "p1", "album")
WORDS = (Piece(0, "Open earlier"),)


def playing(state: State) -> Playbook[State]:
    return Playbook(feedback.conversation(), state)


def suggesting() -> Playbook[State]:
    return playing(WritingFeedback(5, SUGGESTION, ABOUT))


def test_a_suggestion_with_everything() -> None:
    """Words, a picture, what it is about; the look back shows it all, and Confirm hands it in."""
    assert (
        suggesting()
        << "suggestion-words"
        >> Said("Open earlier", 7)
        << "telling-files"
        >> Attached(PHOTO, "", 8)
        >> tap("Done")
        << "suggestion-about"
        >> tap("Other")
        << "suggestion-summary"
        << "suggestion-summary-about"
        << "Open earlier"
        << "telling-summary-files"
        >> tap("Confirm")
        << Save(FeedbackGiven(SUGGESTION, "other", (Piece(7, "Open earlier"), Piece(8, "", PHOTO))))
        << OVER
    )


def test_only_the_words_are_required() -> None:
    """Done and Skip lead past the rest."""
    played = suggesting() >> "Open earlier" >> tap("Done") >> tap("Skip") << "suggestion-summary"
    assert played.shown == ["suggestion-summary", "Open earlier"]
    assert played >> tap("Confirm") << Save(FeedbackGiven(SUGGESTION, "", WORDS)) << OVER


def test_praise_is_asked_only_for_the_delivery() -> None:
    """And not even for that where it is known, or where there is none."""
    asked = (
        playing(WritingFeedback(5, PRAISE, WAYBILLS)) >> "Friendly" << "praise-about" >> tap("SF1") << "praise-summary"
    )
    assert asked >> tap("Confirm") << Save(FeedbackGiven(PRAISE, "11", (Piece(0, "Friendly"),)))
    known = (
        playing(WritingFeedback(5, PRAISE, WAYBILLS, "11")) >> "Friendly" << "praise-summary" << "praise-summary-about"
    )
    assert known >> tap("Back") << "praise-words" >> tap("Skip") << "praise-summary"
    assert playing(WritingFeedback(5, PRAISE)) >> "Friendly" << "praise-summary"


def test_back_to_the_words_and_on() -> None:
    """Anyone who goes back may keep what was said, or say it anew: the pictures stay."""
    played = suggesting() >> Said("Open earlier", 7) >> Attached(PHOTO, "like here", 8) >> tap("Done")
    played = played >> tap("Back") << "telling-files" >> tap("Back") << "suggestion-words" >> Said("Open later", 9)
    assert played.state == AttachingToFeedback(5, SUGGESTION, ABOUT, "", (Piece(8, "", PHOTO), Piece(9, "Open later")))
    assert "Skip" not in suggesting().labels


def test_a_picture_with_words_is_enough() -> None:
    """A caption speaks, a picture alone does not; the same one twice is one."""
    assert suggesting() >> PHOTO << "suggestion-words"
    played = suggesting() >> Attached(PHOTO, "Like this", 7) << "telling-files" >> Attached(PHOTO, "Like this", 7)
    assert played.state == AttachingToFeedback(5, SUGGESTION, ABOUT, "", (Piece(7, "Like this", PHOTO),))
    late = playing(ConfirmingFeedback(5, SUGGESTION, ABOUT, "", WORDS)) >> PHOTO << "telling-summary-files"
    assert late.state is not None


def test_an_edit_is_followed() -> None:
    """What a message says now is what is handed in."""
    state = ConfirmingFeedback(5, SUGGESTION, ABOUT, "", (Piece(7, "Open earlier"),))
    assert playing(state) >> MessageEdited(7, "Open at six") << "Open at six"
    assert playing(state) >> MessageEdited(8, "x") << MISUNDERSTOOD


@pytest.mark.parametrize("state", [WritingFeedback, AttachingToFeedback, ChoosingSubject, ConfirmingFeedback])
def test_cancel_stands_everywhere(state: type[State]) -> None:
    """And says that nothing was sent."""
    assert playing(state(5, PRAISE, WAYBILLS, "", WORDS)) >> tap("Cancel") << "praise-cancelled" << OVER


def test_a_draft_has_an_end() -> None:
    """What does not fit is refused, never dropped silently."""
    full = AttachingToFeedback(5, SUGGESTION, ABOUT, "", (Piece(0, "x"),) * PIECES_LIMIT)
    assert playing(full) >> "one more" << MISUNDERSTOOD
    assert playing(full) >> PHOTO << MISUNDERSTOOD


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (WritingFeedback(5, SUGGESTION, ABOUT), " \n"),
        (WritingFeedback(5, SUGGESTION, ABOUT), DraftMoveButton(5, 3, "y")),
        (ConfirmingFeedback(5, SUGGESTION, ABOUT, "", WORDS), DraftMoveButton(6, 3, "y")),
        (ConfirmingFeedback(5, SUGGESTION, ABOUT, "", WORDS), DraftMoveButton(6, 3, "x")),
        (ChoosingSubject(5, SUGGESTION, ABOUT, "", WORDS), DraftOptionButton(5, 2, 2)),
        (WritingFeedback(5, SUGGESTION, ABOUT), DraftMoveButton(5, 0, "b")),
    ],
)
def test_what_it_does_not_understand(state: State, action: str | DraftMoveButton | DraftOptionButton) -> None:
    """Another draft's buttons, places that are not there and words that are none change nothing."""
    assert playing(state) >> action << MISUNDERSTOOD


def test_what_is_said_where_a_button_is_meant_is_kept() -> None:
    """A choice can be written; anything else is part of it, up to the last moment."""
    played = playing(ChoosingSubject(5, SUGGESTION, ABOUT, "", WORDS)) >> "And more" << "suggestion-about"
    label = ABOUT[-1][1]
    played = played >> label << "suggestion-summary" >> "And this" << "suggestion-summary"
    assert isinstance(played.state, ConfirmingFeedback)
    assert played.state.chosen == ABOUT[-1][0]
    assert [piece.words for piece in played.state.pieces[-2:]] == ["And more", "And this"]


@pytest.mark.parametrize("at", range(4))
def test_nothing_goes_without_words(at: int) -> None:
    """Whatever is pressed, the words are asked for first."""
    played = playing(AttachingToFeedback(5, SUGGESTION, ABOUT)) >> DraftMoveButton(5, min(at, 2), "d")
    assert played.state == WritingFeedback(5, SUGGESTION, ABOUT)
