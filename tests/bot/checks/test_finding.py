"""Findings: a state, what was seen, and the cure of what is wrong."""

from bot.checks.finding import Finding, State, look, ok, wrong


def test_the_three_states() -> None:
    """What is right needs no cure; what is wrong has one; what could not be looked at may have one."""
    assert ok("token", "known") == Finding("token", State.OK, "known", "")
    assert wrong("token", "unknown", "ask BotFather") == Finding("token", State.WRONG, "unknown", "ask BotFather")
    assert look("token", "not set").state is State.LOOK
