"""Staff write a standard answer."""

import pytest

from conversations.buttons import DraftMoveButton
from conversations.cases import standard_answer
from conversations.cases.standard_answer import (
    AskingStandardAnswer,
    AskingStandardQuestion,
    ConfirmingStandardAnswer,
    StandardAnswerKept,
    State,
)
from conversations.protocol import Save
from tests.harness.playbook import MISUNDERSTOOD, OVER, Playbook, tap

KNOWN = (5, 9, "service", "Where is it?", "See /rate.")


def playing(state: State) -> Playbook[State]:
    return Playbook(standard_answer.conversation(), state)


def test_a_new_one() -> None:
    """Question, answer, a look at both; the prompts have no buttons, so that Telegram can ask for a reply."""
    played = playing(AskingStandardQuestion(5, 0, "service"))
    assert played.labels == []
    played = played << "standard-question" >> " Where is it? " << "standard-answer"
    assert played.labels == []
    played = played >> "See /rate." << "standard-preview" << "standard-shown-question" << "standard-shown-answer"
    assert (
        played
        >> tap("Confirm")
        << "standard-kept"
        << Save(StandardAnswerKept(0, "service", "Where is it?", "See /rate."))
        << OVER
    )


def test_one_that_is_changed() -> None:
    """What may stay is kept with a button."""
    played = (
        playing(AskingStandardQuestion(*KNOWN))
        << "standard-so-far"
        >> tap("Keep")
        << "standard-so-far"
        >> "On its way."
    )
    assert played >> tap("Confirm") << Save(StandardAnswerKept(9, "service", "Where is it?", "On its way.")) << OVER
    played = playing(AskingStandardAnswer(*KNOWN)) >> tap("Back") >> "Where?" >> tap("Keep")
    assert played >> tap("Confirm") << Save(StandardAnswerKept(9, "service", "Where?", "See /rate.")) << OVER


def test_back_and_cancel() -> None:
    """From the look back to the question; Cancel changes nothing."""
    assert (
        playing(ConfirmingStandardAnswer(*KNOWN))
        >> tap("Back")
        << "standard-question"
        >> tap("Cancel")
        << "standard-cancelled"
    )


def test_neither_is_longer_than_it_can_be_shown() -> None:
    """They are cut where they are too long."""
    played = playing(AskingStandardQuestion(5, 0, "service")) >> "q" * 4000 >> "a" * 4000
    assert played.state == ConfirmingStandardAnswer(
        5, 0, "service", "q" * standard_answer.QUESTION_CHARACTERS, "a" * standard_answer.ANSWER_CHARACTERS
    )


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (AskingStandardQuestion(5, 0, "service"), " "),
        (AskingStandardQuestion(5, 0, "service"), DraftMoveButton(5, 0, "k")),
        (AskingStandardAnswer(5, 0, "service", "q"), DraftMoveButton(5, 1, "k")),
        (ConfirmingStandardAnswer(*KNOWN), "more"),
        (ConfirmingStandardAnswer(*KNOWN), DraftMoveButton(6, 2, "y")),
    ],
)
def test_what_it_does_not_understand(state: State, action: str | DraftMoveButton) -> None:
    """Nothing to keep, another draft's button, words where a button is meant."""
    assert playing(state) >> action << MISUNDERSTOOD
