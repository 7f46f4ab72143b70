"""Checks of ratings: what stands out is found with its n, and what is only busy is not."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.fairness.manipulation import (
    HOUR,
    AccountResponse,
    BestRating,
    CourierAppeals,
    CourierGrant,
    ManipulationCheck,
    ManipulationFinding,
    RatingChange,
    SelfHandledCase,
    SelfRating,
    WithdrawnCase,
    find_bursts,
    find_changed_ratings,
    find_clusters,
    find_odd_grants,
    find_quick_responses,
    find_self_handled_cases,
    find_self_ratings,
    find_upheld_appeals,
    find_withdrawn_cases,
)

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)
MINUTE = timedelta(minutes=1)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def responses(*seconds: float, account: int = 1, who: str = "customer", courier: str = "k17") -> list[AccountResponse]:
    return [AccountResponse(account, who, courier, after(one)) for one in seconds]


def fives(*minutes: float, courier: str = "k17") -> list[BestRating]:
    return [BestRating(courier, after(one * 60)) for one in minutes]


def change(before: int, to: int, *, response: int = 1, question: str = "overall", at: float = 0) -> RatingChange:
    return RatingChange(response, question, "k17", before, to, after(at))


# --- answers within seconds ---


def test_three_responses_in_a_minute() -> None:
    """One finding with n, how long it took, the couriers, the day; the customer is not in it."""
    rows = [*responses(0, 30, courier="k18"), *responses(55)]
    assert find_quick_responses(rows, 3, MINUTE, ZONE) == [
        ManipulationFinding(ManipulationCheck.QUICK, 3, DAY, DAY, ("k17", "k18"), seconds=55, who="customer")
    ]


def test_two_responses_or_three_in_an_hour_are_nothing() -> None:
    """Somebody who rates two parcels at once, or three over an hour, does not stand out; nor do three people in a minute."""
    assert find_quick_responses(responses(0, 5), 3, MINUTE, ZONE) == []
    assert find_quick_responses(responses(0, 1800, 3600), 3, MINUTE, ZONE) == []
    assert find_quick_responses([one for n in range(3) for one in responses(n, account=n)], 3, MINUTE, ZONE) == []


def test_a_colleague_who_enters_many_at_once() -> None:
    """The account is that of the person who wrote them down."""
    (finding,) = find_quick_responses(responses(0, 1, 2, 3, account=9, who="colleague"), 3, MINUTE, ZONE)
    assert (finding.n, finding.who) == (4, "colleague")


def test_two_clusters_of_one_account_are_two_findings() -> None:
    """The larger is first."""
    rows = responses(0, 1, 2, 7200, 7201, 7202, 7203)
    assert [(one.n, one.seconds) for one in find_quick_responses(rows, 3, MINUTE, ZONE)] == [(4, 3), (3, 2)]


# --- bursts of fives ---


def test_more_fives_in_an_hour_than_allowed() -> None:
    """Eleven where ten are allowed, in whatever order they come."""
    rows = fives(*range(0, 55, 5))[::-1]
    assert find_bursts(rows, 10, HOUR, ZONE) == [
        ManipulationFinding(ManipulationCheck.BURST, 11, DAY, DAY, ("k17",), seconds=3000)
    ]


def test_a_good_day_is_no_burst() -> None:
    """Ten in an hour, a hundred over a day, and a whole fleet's thousand within the same minute are what good work looks like."""
    assert find_bursts(fives(*range(10)), 10, HOUR, ZONE) == []
    assert find_bursts(fives(*(n * 14.4 for n in range(100))), 10, HOUR, ZONE) == []
    fleet = [one for n in range(1000) for one in fives(0, courier=f"k{n}")]
    assert find_bursts(fleet, 10, HOUR, ZONE) == []


def test_fives_of_no_courier_are_nobodys() -> None:
    """Where deliveries come without a courier, nobody is found."""
    assert find_bursts(fives(*range(30), courier=""), 10, HOUR, ZONE) == []


def test_a_burst_over_midnight_names_both_days() -> None:
    """The days are the company's."""
    night = datetime(2026, 11, 23, 15, 55, tzinfo=UTC)
    rows = [BestRating("k17", night + n * MINUTE) for n in range(12)]
    (burst,) = find_bursts(rows, 10, HOUR, ZONE)
    assert (burst.first, burst.last) == (date(2026, 11, 23), date(2026, 11, 24))


# --- cases of one's own ---


def test_cases_of_the_rated_person() -> None:
    """Per courier and kind, each case once, with its number."""
    rows = [
        SelfHandledCase("C-2", "courier", "k17", NOON),
        SelfHandledCase("C-1", "courier", "k17", NOON),
        SelfHandledCase("C-1", "courier", "k17", NOON),
        SelfHandledCase("C-3", "customer", "", NOON),
    ]
    assert find_self_handled_cases(rows, ZONE) == [
        ManipulationFinding(ManipulationCheck.OWN, 2, DAY, DAY, ("k17",), ("C-1", "C-2"), who="courier"),
        ManipulationFinding(ManipulationCheck.OWN, 1, DAY, DAY, (), ("C-3",), who="customer"),
    ]


# --- low ratings that vanish ---


def test_a_low_rating_that_became_good() -> None:
    """From two to four, at once or by steps; a response counts once, however many of its ratings went."""
    assert [one.n for one in find_changed_ratings([change(2, 4)], 2, 1, ZONE)] == [1]
    assert [one.n for one in find_changed_ratings([change(1, 3), change(3, 5, at=60)], 2, 1, ZONE)] == [1]
    both = [change(1, 5), change(2, 5, question="goods", at=9)]
    assert find_changed_ratings(both, 2, 1, ZONE) == [
        ManipulationFinding(ManipulationCheck.CHANGED, 1, DAY, DAY, ("k17",))
    ]


def test_a_change_that_is_no_vanishing() -> None:
    """A slip that was put right again, one that stays low or middling, a good one that became bad, two questions that swap."""
    for rows in (
        [change(1, 5), change(5, 1, at=60)],
        [change(1, 2)],
        [change(2, 3)],
        [change(3, 5)],
        [change(5, 1)],
        [change(1, 2, question="goods"), change(4, 5, at=1)],
    ):
        assert find_changed_ratings(rows, 2, 1, ZONE) == [], rows


def test_few_of_a_courier_are_not_listed() -> None:
    """The company says from how many on."""
    rows = [change(1, 5, response=n) for n in range(3)]
    assert [one.n for one in find_changed_ratings(rows, 2, 3, ZONE)] == [3]
    assert find_changed_ratings(rows[:2], 2, 3, ZONE) == []


def test_where_four_is_still_low() -> None:
    """A company that calls four low: only a five is good."""
    assert find_changed_ratings([change(1, 4)], 4, 1, ZONE) == []
    assert len(find_changed_ratings([change(1, 5)], 4, 1, ZONE)) == 1


def test_withdrawn_cases() -> None:
    """By courier, with the cases' numbers; one of no courier is listed too."""
    rows = [WithdrawnCase("C-1", "k17", NOON), WithdrawnCase("C-2", "k17", NOON), WithdrawnCase("C-3", "", NOON)]
    assert [(one.n, one.couriers, one.cases) for one in find_withdrawn_cases(rows, 1, ZONE)] == [
        (2, ("k17",), ("C-1", "C-2")),
        (1, (), ("C-3",)),
    ]
    assert [one.n for one in find_withdrawn_cases(rows, 2, ZONE)] == [2]


def test_upheld_appeals_are_a_share() -> None:
    """Three of four stand out, two of two do not yet."""
    rows = [CourierAppeals("k17", 3, 4, NOON), CourierAppeals("k18", 2, 2, NOON)]
    assert find_upheld_appeals(rows, 3, ZONE) == [
        ManipulationFinding(ManipulationCheck.UPHELD, 3, DAY, DAY, ("k17",), of=4)
    ]


# --- what holds for every row of moments ---

MOMENTS = st.lists(st.integers(0, 3000), max_size=40).map(sorted)


@given(MOMENTS, st.integers(2, 6), st.integers(0, 400))
def test_clusters_are_what_they_say(seconds: Sequence[int], at_least: int, within: int) -> None:
    """A moment is in a cluster exactly if some window of `at_least` moments that holds it fits into `within`; clusters do not overlap."""
    moments = [after(one) for one in seconds]
    clusters = list(find_clusters(moments, at_least, timedelta(seconds=within)))
    inside = {n for one in clusters for n in range(one.start, one.stop)}
    windows = [range(n, n + at_least) for n in range(len(seconds) - at_least + 1)]
    fitting = [window for window in windows if seconds[window[-1]] - seconds[window[0]] <= within]
    assert inside == {n for window in fitting for n in window}
    assert all(one.stop - one.start >= at_least for one in clusters)
    assert all(one.stop <= other.start for one, other in pairwise(clusters))


@given(MOMENTS, st.integers(1, 6))
def test_nobody_stands_out_by_order(minutes: Sequence[int], more_than: int) -> None:
    """The order in which rows come changes nothing, and others' rows add nothing to one's own."""
    rows = fives(*minutes)
    alone = find_bursts(rows, more_than, HOUR, ZONE)
    assert find_bursts(rows[::-1], more_than, HOUR, ZONE) == alone
    others = [BestRating(f"x{n}", one.at) for n, one in enumerate(rows)]
    assert find_bursts([*others, *rows], more_than, HOUR, ZONE) == alone


def test_ratings_by_the_courier_are_counted_by_courier() -> None:
    rows = [SelfRating("k17", NOON), SelfRating("k18", NOON), SelfRating("k17", after(86400))]
    assert find_self_ratings(rows, ZONE) == [
        ManipulationFinding(ManipulationCheck.SELF, 2, DAY, DAY + timedelta(days=1), ("k17",)),
        ManipulationFinding(ManipulationCheck.SELF, 1, DAY, DAY, ("k18",)),
    ]


def test_odd_couriers() -> None:
    """One's own, no matter who gives it; a head's of departments that are not theirs. A courier nobody knows yet is not odd."""
    north, south = frozenset({"north"}), frozenset({"south"})
    rows = [
        CourierGrant("k1", is_own=True, headed=None, departments=north, at=NOON),
        CourierGrant("k2", is_own=False, headed=north, departments=south, at=NOON),
        CourierGrant("k3", is_own=False, headed=north, departments=north | south, at=NOON),
        CourierGrant("k4", is_own=False, headed=north, departments=frozenset(), at=NOON),
        CourierGrant("k5", is_own=False, headed=None, departments=south, at=NOON),
    ]
    assert [(one.couriers, one.who) for one in find_odd_grants(rows, ZONE)] == [(("k1",), "own"), (("k2",), "other")]
