"""Adding to an own case: everything sent is kept at once, until Done."""

import pytest

from conversations.buttons import DraftMoveButton
from conversations.cases import addition
from conversations.cases.addition import Added, Adding
from conversations.protocol import Attached, File, Save, Shared
from tests.harness.playbook import MISUNDERSTOOD, OVER, Playbook, tap

PHOTO = File("photo", "p1", "album")
START = Adding(draft=5, case=42, number="C-261123-0042")


def playing(state: Adding = START) -> Playbook[Adding]:
    return Playbook(addition.conversation(), state)


def test_words_and_media_until_done() -> None:
    """Each contribution is saved the moment it arrives, and Done says thank you."""
    assert (
        playing()
        << "adding-first"
        >> "The box was wet."
        << Save(Added(42, "The box was wet."))
        << "adding-more"
        >> Attached(PHOTO, "see here")
        << Save(Added(42, "see here", PHOTO))
        << "adding-more"
        >> tap("Done")
        << OVER
        << "adding-done"
    )


def test_a_case_filed_a_moment_ago_is_confirmed_first() -> None:
    """After one tap on a low rating the screen tells number and date above the question, once."""
    fresh = Adding(draft=5, case=42, number="C-261123-0042", fresh=True, due="2026-11-30 18:00")
    assert playing(fresh) << "case-filed" << "adding-first" >> PHOTO << Save(Added(42, "", PHOTO)) << "adding-more"


def test_done_at_once_changes_nothing() -> None:
    """Nothing to add is a fine answer."""
    assert playing() >> tap("Done") << OVER << "adding-done"


@pytest.mark.parametrize(
    "action", ["  \n ", DraftMoveButton(6, 0, "d"), DraftMoveButton(5, 0, "x"), Shared("+8613800138000")]
)
def test_what_it_does_not_understand(action: str | DraftMoveButton | Shared) -> None:
    """Blank words, another occasion's Done and other buttons change nothing."""
    played = playing() >> action << MISUNDERSTOOD
    assert played.state == START
