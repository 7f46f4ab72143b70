"""A customer's answer: words and media, each kept at once, until Done."""

from conversations.buttons import DraftMoveButton
from conversations.cases import customer_answer
from conversations.cases.customer_answer import Answering, CustomerAnswered
from conversations.protocol import Attached, File, Save
from tests.harness.playbook import MISUNDERSTOOD, OVER, Playbook, tap

START = Answering(5, 42, "C-261123-0042", "Which door was it?")
PHOTO = File("photo", "p1", "album")


def playing() -> Playbook[Answering]:
    return Playbook(customer_answer.conversation(), START)


def test_words_and_photos_count_at_once() -> None:
    """Each is saved, the count is shown, and Done ends it."""
    played = (
        playing()
        << "answering-question"
        >> "The red one"
        << Save(CustomerAnswered(42, "The red one"))
        << "answering-more"
        >> Attached(PHOTO, "this one")
        << Save(CustomerAnswered(42, "this one", PHOTO))
        >> tap("Done")
        << OVER
        << "answering-done"
    )
    assert played


def test_nothing_said_is_no_answer() -> None:
    """Blank words and a Done before any answer change nothing."""
    assert playing() >> "  " << MISUNDERSTOOD
    assert playing() >> DraftMoveButton(5, 0, "d") << MISUNDERSTOOD
    assert playing() >> "x" << Save(CustomerAnswered(42, "x")) >> DraftMoveButton(6, 0, "d") << MISUNDERSTOOD
