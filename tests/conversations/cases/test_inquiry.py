"""A question: standard answers first, a person where they do not help."""

import pytest

from conversations.buttons import Choose, Move
from conversations.cases import inquiry
from conversations.cases.inquiry import Asked, Found, Helped, Offering, Reading, State, Writing
from conversations.pieces import LIMIT, Piece
from conversations.protocol import Attached, Changed, File, Said, Save
from tests.harness.playbook import MISUNDERSTOOD, OVER, Playbook, tap

PHOTO = File("photo", "p1", "album")
ASKED = (Piece(7, "Where is it?"),)
FOUND = (Found(1, "Where is my parcel?", "See /rate."), Found(2, "x" * 300, "y" * 4000))


def playing(state: State) -> Playbook[State]:
    return Playbook(inquiry.conversation(), state)


def test_words_go_on_at_once() -> None:
    """There is nothing to confirm about a question."""
    assert playing(Writing(5)) << "inquiry-words" >> Said("Where is it?", 7) << Save(Asked(ASKED)) << OVER


def test_pictures_wait_for_done() -> None:
    """An album arrives in parts; words are needed all the same."""
    played = playing(Writing(5)) >> Attached(PHOTO, "", 7) << "inquiry-words" >> Attached(PHOTO, "", 7)
    assert "Done" not in played.labels
    played = played >> Said("What is this?", 8) << "telling-files" >> Changed(8, "What is that?")
    assert played >> tap("Done") << Save(Asked((Piece(7, "", PHOTO), Piece(8, "What is that?")))) << OVER


def test_a_standard_answer_helps() -> None:
    """Read, perhaps another one, and that was it: no case."""
    assert (
        playing(Offering(5, ASKED, FOUND))
        << "inquiry-offer"
        >> Choose(5, 0, 1)
        << "inquiry-standard"
        >> tap("Back")
        >> tap("1. Where is my parcel?")
        << "See /rate."
        << "inquiry-enough"
        >> tap("That helps")
        << "inquiry-helped"
        << "See /rate."
        << Save(Helped(1))
        << OVER
    )


@pytest.mark.parametrize("state", [Offering(5, ASKED, FOUND), Reading(5, ASKED, FOUND, 0)])
def test_a_person_can_always_be_asked(state: State) -> None:
    """With the question as it was; writing on asks anew, with the new words as well."""
    assert playing(state) >> tap("Ask a person") << Save(Asked(ASKED, person=True)) << OVER
    assert playing(state) >> Said("SF1", 8) << Save(Asked((*ASKED, Piece(8, "SF1")))) << OVER


def test_what_is_long_is_shown_short() -> None:
    """A label fits a button, an answer fits a message."""
    labels = playing(Offering(5, ASKED, FOUND)).labels
    assert all(len(one) <= 64 for one in labels)
    shown = playing(Reading(5, ASKED, FOUND, 1)).shown
    assert len(shown[1]) == 3000


def test_cancel_ends_it() -> None:
    """Nothing was sent."""
    assert playing(Writing(5)) >> tap("Cancel") << "inquiry-cancelled" << OVER
    assert playing(Offering(5, ASKED, FOUND)) >> tap("Cancel") << "inquiry-cancelled" << OVER


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (Writing(5), " "),
        (Writing(5), Move(5, 0, "d")),
        (Writing(5), Move(5, 0, "s")),
        (Offering(5, ASKED, FOUND), Choose(5, 0, 2)),
        (Offering(5, ASKED, FOUND), Choose(6, 0, 0)),
        (Offering(5, ASKED, FOUND), Move(5, 0, "y")),
        (Offering(5, ASKED, FOUND), PHOTO),
        (Writing(5, (Piece(0, "x"),) * LIMIT), PHOTO),
        (Writing(5, (Piece(0, "x"),) * LIMIT), "y"),
        (Writing(5), Changed(9, "z")),
    ],
)
def test_what_it_does_not_understand(state: State, action: str | Move | Choose | File | Changed) -> None:
    """Another draft's buttons, places that are not there, and more than fits change nothing."""
    assert playing(state) >> action << MISUNDERSTOOD
