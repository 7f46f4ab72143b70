"""The page about invitations says what the code does."""

from pathlib import Path

from domain.company import InvitationRules
from domain.deliveries.delivery import Fate

PAGE = (Path(__file__).parents[2] / "docs" / "invitations.md").read_text("utf-8")


def test_every_fate_is_explained() -> None:
    """One row a fate, in the order of the code."""
    rows = [line.split("`")[1] for line in PAGE.splitlines() if line.startswith("| `")]
    assert rows == [fate.value for fate in Fate]


def test_the_numbers_are_the_defaults() -> None:
    """Percentages, hours and days on the page are those that hold where a company file says nothing."""
    rules = InvitationRules()
    assert "P1 80, P2 50, P3 20, P4 5" in PAGE
    assert rules.sampling == {"P1": 80, "P2": 50, "P3": 20, "P4": 5}
    assert (rules.invite_after_hours, rules.ask_from, rules.ask_until) == (2, "09:00", "21:00")
    assert (rules.remind_after_hours, rules.expire_after_days, rules.change_within_days) == (48, 7, 14)
    assert rules.ask_every_days == 7
