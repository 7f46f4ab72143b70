"""A reason: a department where one is needed, words, shown back, and only then it counts."""

import pytest

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.cases import reason
from conversations.cases.reason import AskingReason, ChoosingDepartment, ConfirmingReason, ReasonGiven, State
from conversations.protocol import File, Save
from tests.harness.playbook import MISUNDERSTOOD, OVER, Playbook, tap

DEPARTMENTS = {
    "transport": {"en": "Transport", "zh": "运输部"},
    "service": {"en": "Customer service", "zh": "客服部"},
}
NUMBER = "C-261123-0042"
TRANSFER = ChoosingDepartment(5, 42, NUMBER, "transfer", "transport")
RETURN = AskingReason(5, 42, NUMBER, "return")
NOT_SOLVED = AskingReason(5, 42, NUMBER, "not_satisfied", confirm=False)


def playing(state: State) -> Playbook[State]:
    return Playbook(reason.conversation(DEPARTMENTS), state)


def test_a_transfer() -> None:
    """Where to, why, a look at it, and it counts."""
    assert (
        playing(TRANSFER)
        << "transfer-where"
        >> tap("Customer service")
        << "reason-transfer"
        >> "  The customer wants a call.  "
        << "reason-preview-transfer"
        << "The customer wants a call."
        >> tap("Confirm")
        << Save(ReasonGiven(42, "transfer", "service", "The customer wants a call."))
        << OVER
        << "reason-sent"
    )


def test_never_to_where_it_is() -> None:
    """The case's own department is not offered, and a forged press on it does nothing."""
    played = playing(TRANSFER)
    assert played.labels == ["Customer service", "Cancel"]
    assert played >> DraftOptionButton(5, 0, 0) << MISUNDERSTOOD


def test_back_asks_again_for_the_same_thing() -> None:
    """Back from the preview keeps the department and takes new words."""
    assert (
        playing(TRANSFER)
        >> tap("Customer service")
        >> "wrong words"
        >> tap("Back")
        << "reason-transfer"
        >> "right words"
        >> tap("Confirm")
        << Save(ReasonGiven(42, "transfer", "service", "right words"))
    )


def test_cancel_changes_nothing() -> None:
    """Cancel ends it without a fact, from the choice and from the preview."""
    assert playing(TRANSFER) >> tap("Cancel") << OVER << "staff-cancelled"
    assert playing(RETURN) >> "because" << "reason-preview-return" >> tap("Cancel") << OVER << "staff-cancelled"


def test_a_customers_reason_counts_at_once() -> None:
    """Not solved: one message, no preview."""
    assert (
        playing(NOT_SOLVED)
        << "reason-not-satisfied"
        >> "Still broken."
        << Save(ReasonGiven(42, "not_satisfied", "", "Still broken."))
        << OVER
    )


def test_a_long_reason_is_shown_short_and_kept_whole() -> None:
    """The preview is trimmed; what counts is every word."""
    long = "x" * 4000
    played = playing(RETURN) >> long
    assert played.shown[-1] == "x" * 1500 + "…"
    assert played >> tap("Confirm") << Save(ReasonGiven(42, "return", "", long))


@pytest.mark.parametrize("state", [TRANSFER, RETURN, ConfirmingReason(5, 42, NUMBER, "return", "", "because")])
@pytest.mark.parametrize(
    "action",
    [
        " ",
        DraftMoveButton(6, 9, "y"),
        DraftMoveButton(6, 9, "x"),
        DraftOptionButton(6, 0, 1),
        DraftOptionButton(5, 0, 7),
        File("photo", "p"),
    ],
)
def test_what_it_does_not_understand(state: State, action: str | DraftMoveButton | DraftOptionButton | File) -> None:
    """Blank words, pictures, another draft's buttons and places that are not there change nothing."""
    played = playing(state) >> action << MISUNDERSTOOD
    assert played.state == state
