"""The figures against numbers known beforehand, and what holds for any ratings whatever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures import (
    Band,
    Tally,
    band,
    complaint_rate,
    distribution,
    index,
    mean,
    response_rate,
    satisfaction,
    weighted_score,
)

NUMBER = st.integers(0, 10**6)
TALLIES = st.tuples(NUMBER, NUMBER, NUMBER, NUMBER, NUMBER).map(Tally)
ANSWERED = TALLIES.filter(lambda tally: tally.n > 0)
RICH = Tally.of({5: 260, 4: 100, 3: 24, 2: 10, 1: 6})


def sixty(score: int) -> Tally:
    """60 answers, the 300-point form, with the given sum."""
    rating, better = divmod(score, 60)
    return Tally.of({rating: 60 - better}) + (Tally.of({rating + 1: better}) if better else Tally())


def test_satisfaction_is_the_top_two() -> None:
    """360 of 400 gave a 4 or a 5."""
    assert (satisfaction(RICH).part, satisfaction(RICH).n, satisfaction(RICH).value) == (360, 400, 0.9)


def test_score_mean_and_index() -> None:
    """5·260 + 4·100 + 3·24 + 2·10 + 6 = 1,798, which is 4.495 of 5 and 89.9 of 100."""
    assert (weighted_score(RICH), mean(RICH), index(RICH)) == (1798, 4.495, 89.9)


def test_index_of_the_worst_is_twenty() -> None:
    """When everybody gives the worst answer the index is 20, not 0."""
    assert index(Tally.of({1: 7})) == 20


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (300, Band.SATISFIED),
        (240, Band.SATISFIED),
        (239, Band.BASICALLY),
        (210, Band.BASICALLY),
        (209, Band.NOT),
        (60, Band.NOT),
    ],
)
def test_bands_of_the_300_point_form(score: int, expected: Band) -> None:
    """240 of 300 is satisfied, 210 is basically satisfied: a boundary belongs to the better band."""
    tally = sixty(score)
    assert (tally.n, weighted_score(tally)) == (60, score)
    assert band(tally) is expected


def test_nothing_answered_is_not_zero() -> None:
    """Without answers there is no share, mean, index or band; silence is not dissatisfaction either."""
    nobody = Tally()
    assert (satisfaction(nobody).value, mean(nobody), index(nobody), band(nobody)) == (None, None, None, None)


def test_response_rate() -> None:
    """400 answers to 1,000 delivered surveys are 40 %; more answers than surveys is refused."""
    assert response_rate(400, 1000).value == 0.4
    with pytest.raises(ValueError, match="1001"):
        response_rate(1001, 1000)


def test_complaints_per_thousand() -> None:
    """12 complaints on 4,000 deliveries are 3 per 1,000; on none there is no rate."""
    assert complaint_rate(12, 4000).value == 3
    assert complaint_rate(12, 0).value is None


@pytest.mark.parametrize("counts", [{0: 1}, {6: 1}, {5: -1}])
def test_impossible_ratings_are_refused(counts: dict[int, int]) -> None:
    """A rating outside 1–5 or a negative count never becomes a figure."""
    with pytest.raises(ValueError, match=r"\d"):
        Tally.of(counts)


@given(ANSWERED)
def test_ranges(tally: Tally) -> None:
    """Mean within 1–5, index within 20–100 and always 20 times the mean, shares adding up to everybody."""
    average, points = mean(tally), index(tally)
    assert average is not None
    assert points is not None
    assert 1 <= average <= 5
    assert 20 <= points <= 100
    assert points == pytest.approx(average * 20)
    rows = distribution(tally)
    assert [rating for rating, _ in rows] == [5, 4, 3, 2, 1]
    assert sum(share.part for _, share in rows) == tally.n
    assert {share.n for _, share in rows} == {tally.n}


@given(ANSWERED)
def test_band_agrees_with_the_index(tally: Tally) -> None:
    """The band never contradicts the index that is printed beside it."""
    points = index(tally)
    assert points is not None
    expected = Band.SATISFIED if points >= 80 else Band.BASICALLY if points >= 70 else Band.NOT
    assert band(tally) is expected


@given(TALLIES, TALLIES)
def test_tallies_add_up(one: Tally, other: Tally) -> None:
    """Adding days and then counting is counting and then adding: kept day totals are exact."""
    both = one + other
    assert both.n == one.n + other.n
    assert weighted_score(both) == weighted_score(one) + weighted_score(other)
    assert satisfaction(both).part == satisfaction(one).part + satisfaction(other).part


@given(ANSWERED, st.integers(1, 4))
def test_a_better_answer_never_lowers_a_figure(tally: Tally, rating: int) -> None:
    """One more point from one customer raises the score by one and lowers nothing."""
    worse, better = tally + Tally.of({rating: 1}), tally + Tally.of({rating + 1: 1})
    assert weighted_score(better) == weighted_score(worse) + 1
    assert satisfaction(better).part >= satisfaction(worse).part
