"""The ledger: every delivery in one place, two tables compared, and targets rounded up in whole deliveries."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.deliveries.delivery import ASKED_FATES, Fate, PhoneCallState
from domain.figures.ledger import (
    InvitationGroup,
    LedgerCheck,
    LedgerCounts,
    PhoneCallGroup,
    compute_ledger,
    compute_target,
)

SAMPLING = {"P1": 80.0, "P2": 50.0, "P4": 5.0}
SENT = InvitationGroup("sent", "open", phoned=False, answered=False)


def test_a_day_put_side_by_side() -> None:
    """Places in the order of fates, invitations by origin and state, responses by way, calls by state, a line a priority."""
    fates = {
        ("P1", Fate.ANSWERED): 2,
        ("P1", Fate.PHONED): 1,
        ("P1", Fate.UNREACHABLE): 2,
        ("", Fate.SENT): 1,
        ("P4", Fate.SAMPLED_OUT): 9,
        ("P4", Fate.BLOCKED): 1,
    }
    invitations = {
        SENT: 1,
        SENT._replace(answered=True): 2,
        InvitationGroup("phone", "open", phoned=True, answered=True): 1,
        SENT._replace(state="undelivered"): 1,
        InvitationGroup("campaign", "open", phoned=False, answered=True, about_delivery=False): 4,
    }
    calls = {
        PhoneCallGroup(PhoneCallState.ANSWERED, overtaken=False): 1,
        PhoneCallGroup(PhoneCallState.LISTED, overtaken=False): 2,
        PhoneCallGroup(PhoneCallState.LISTED, overtaken=True): 1,
    }
    ledger = compute_ledger(LedgerCounts(16, fates, invitations, calls), SAMPLING)
    assert ledger.places == (
        (Fate.SENT, 1),
        (Fate.ANSWERED, 2),
        (Fate.PHONED, 1),
        (Fate.SAMPLED_OUT, 9),
        (Fate.UNREACHABLE, 2),
        (Fate.BLOCKED, 1),
    )
    assert (ledger.placed, ledger.deliveries, ledger.adds_up) == (16, 16, True)
    assert ledger.invitations == (("phone", "open", 1), ("sent", "open", 3), ("sent", "undelivered", 1))
    assert ledger.others == (("campaign", 4),)
    assert (ledger.in_chat, ledger.by_phone) == (2, 1)
    assert ledger.calls == ((PhoneCallState.LISTED, 2), (PhoneCallState.ANSWERED, 1))
    assert ledger.overtaken == 1
    lines = {one.priority: one for one in ledger.lines}
    assert list(lines) == ["P1", "P4", ""]
    first = lines["P1"]
    assert (first.deliveries, first.target, first.sampled, first.asked) == (5, 4, 5, 3)
    assert (first.answered, first.phoned, first.shortfall) == (2, 1, 1)
    assert (lines["P4"].target, lines["P4"].sampled, lines["P4"].shortfall) == (1, 1, 1)
    assert (lines[""].percent, lines[""].target, lines[""].shortfall) == (100, 1, 0)
    assert ledger.shortfall == 2


def test_a_difference_is_seen() -> None:
    """An answer without a response, a delivery without a place: the check that fails says which two counts differ."""
    ledger = compute_ledger(LedgerCounts(3, {("", Fate.ANSWERED): 1, ("", Fate.WAITING): 1}, {SENT: 1}, {}), SAMPLING)
    assert not ledger.adds_up
    assert [one for one in ledger.checks if not one.holds] == [
        LedgerCheck("places", 2, 3),
        LedgerCheck("answered", 1, 0),
    ]


def test_who_returned_and_answered_was_asked() -> None:
    """An invitation that was once not delivered, and is answered, arrived."""
    returned = SENT._replace(state="undelivered", answered=True)
    assert returned.arrived
    assert compute_ledger(LedgerCounts(1, {("", Fate.ANSWERED): 1}, {returned: 1}, {}), SAMPLING).adds_up


@given(st.integers(0, 10**7), st.decimals(0, 100, places=1))
def test_a_target_is_the_smallest_that_reaches_the_percentage(deliveries: int, percent: object) -> None:
    """One fewer would be too few; in exact numbers, whatever binary fractions make of 14.3 %."""
    wanted = compute_target(deliveries, float(str(percent)))
    share = Fraction(str(percent)) * deliveries / 100
    assert wanted - 1 < share <= wanted


def test_exact_percent() -> None:
    """In floating point 14.3 % of 1,000 is a little more than 143, and would be rounded to 144."""
    assert (
        compute_target(1000, 14.3),
        compute_target(5, 80),
        compute_target(1, 5),
        compute_target(0, 80),
        compute_target(3, 100),
    ) == (143, 4, 1, 0, 3)


@given(st.dictionaries(st.tuples(st.sampled_from(["", "P1", "P2", "P4"]), st.sampled_from(Fate)), st.integers(0, 50)))
def test_priorities_add_up_too(fates: dict[tuple[str, Fate], int]) -> None:
    """Whatever the fates: the lines hold all deliveries and everybody asked, and each is in exactly one line."""
    ledger = compute_ledger(LedgerCounts(sum(fates.values()), fates, {}, {}), SAMPLING)
    assert ledger.placed == ledger.deliveries == sum(one.deliveries for one in ledger.lines)
    assert sum(one.asked for one in ledger.lines) == sum(n for (_, fate), n in fates.items() if fate in ASKED_FATES)
    assert all(one.sampled <= one.deliveries and one.target <= one.deliveries for one in ledger.lines)
