"""The resolution: root cause, action, compensation, fault; shown back, then handed in."""

import pytest

from conversations import resolution
from conversations.buttons import Choose, Move
from conversations.protocol import Save
from conversations.resolution import Confirming, Judging, Resolved, State, Writing
from tests.conversations.playbook import MISUNDERSTOOD, OVER, Playbook, tap

NUMBER = "C-261123-0042"
START = Writing(5, 42, NUMBER)
GIVEN = {"root_cause": "Van broke down.", "action": "Sent a new one.", "compensation": "20 CNY"}


def playing(state: State = START) -> Playbook[State]:
    return Playbook(resolution.conversation(), state)


def test_all_four_questions() -> None:
    """Three texts and a verdict, shown back whole, become one resolution."""
    played = (
        playing()
        << "resolution-root-cause"
        >> "Van broke down."
        << "resolution-action"
        >> " Sent a new one. "
        << "resolution-compensation"
        >> "20 CNY"
        << "resolution-judge"
        >> tap("At fault")
        << "resolution-preview"
        << "resolution-preview-root-cause"
        << "resolution-preview-action"
        << "resolution-preview-compensation"
        << "resolution-preview-valid"
        >> tap("Confirm")
        << Save(Resolved(42, GIVEN, valid=True))
        << OVER
        << "resolution-sent"
    )
    assert played


def test_compensation_may_be_skipped() -> None:
    """Skip leaves it empty, and the preview does not mention it."""
    played = playing() >> "a" >> "b" >> tap("Skip") >> tap("Not at fault")
    assert "resolution-preview-compensation" not in played.shown
    saved = Resolved(42, {"root_cause": "a", "action": "b", "compensation": ""}, valid=False)
    assert played << "resolution-preview-not-valid" >> tap("Confirm") << Save(saved)


def test_only_compensation_may_be_skipped() -> None:
    """Root cause and action are required: a Skip pressed on an old message does not pass over them."""
    assert playing() >> Move(5, 2, "s") << MISUNDERSTOOD
    assert playing() >> "a" >> Move(5, 2, "s") << MISUNDERSTOOD


def test_back_begins_again_and_cancel_ends() -> None:
    """Nothing counts before Confirm."""
    confirming = Confirming(5, 42, NUMBER, GIVEN, valid=True)
    assert playing(confirming) >> tap("Back") << "resolution-root-cause"
    assert playing(confirming) >> tap("Cancel") << OVER << "staff-cancelled"
    assert playing(Judging(5, 42, NUMBER, GIVEN)) >> tap("Cancel") << OVER


def test_a_verdict_can_be_changed_before_it_is_handed_in() -> None:
    """The old keyboard's other choice is as good as the first."""
    confirming = Confirming(5, 42, NUMBER, GIVEN, valid=True)
    assert playing(confirming) >> Choose(5, 3, 0) << "resolution-preview-not-valid"


@pytest.mark.parametrize("state", [START, Judging(5, 42, NUMBER, GIVEN), Confirming(5, 42, NUMBER, GIVEN, valid=True)])
@pytest.mark.parametrize(
    "action", ["  ", Move(6, 9, "y"), Move(6, 9, "x"), Choose(6, 3, 1), Choose(5, 3, 2), Move(5, 2, "s")]
)
def test_what_it_does_not_understand(state: State, action: str | Move | Choose) -> None:
    """Blank words, another draft's buttons and verdicts that do not exist change nothing."""
    played = playing(state) >> action << MISUNDERSTOOD
    assert played.state == state
