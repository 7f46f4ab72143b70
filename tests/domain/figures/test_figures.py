"""The figures against numbers known beforehand, and what holds for any ratings whatever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.evidence import Strength
from domain.figures.figures import (
    Band,
    Counts,
    MeanRating,
    Nps,
    Stratum,
    Tally,
    add_counts,
    complaint_rate,
    cut,
    distribution,
    find_band,
    list_silent_strata,
    mean_rating,
    nps,
    plain_satisfaction,
    reach_rate,
    response_rate,
    satisfaction,
    valid_rate,
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
    assert (plain_satisfaction(RICH).part, plain_satisfaction(RICH).n, plain_satisfaction(RICH).value) == (
        360,
        400,
        0.9,
    )


def test_score_mean_and_index() -> None:
    """5·260 + 4·100 + 3·24 + 2·10 + 6 = 1,798, which is 4.495 of 5 and 89.9 of 100."""
    assert (weighted_score(RICH), _mean(RICH).value, _mean(RICH).index) == (1798, 4.495, 89.9)


def test_index_of_the_worst_is_twenty() -> None:
    """When everybody gives the worst answer the index is 20, not 0."""
    assert _mean(Tally.of({1: 7})).index == 20


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
    assert find_band(_mean(tally)) is expected


def test_nothing_answered_is_not_zero() -> None:
    """Without answers there is no share and no mean, so no index and no band; silence is not dissatisfaction either."""
    assert plain_satisfaction(Tally()).value is None
    assert mean_rating({"": Stratum(5)}) is None


def test_the_band_is_that_of_the_mean_shown() -> None:
    """3.44 is 68.8 of 100, not satisfied, though the plain sum of the same ratings would be basically satisfied."""
    strata = {"P1": Stratum(100, Tally.of({5: 40, 4: 40})), "P4": Stratum(9900, Tally.of({4: 9, 3: 8, 2: 3}))}
    average = mean_rating(strata)
    assert average is not None
    assert (cut(average.value, 2), cut(average.index, 1)) == (3.31, 66.2)
    assert find_band(average) is Band.NOT
    assert find_band(_mean(Tally.of({5: 40, 4: 49, 3: 8, 2: 3}))) is Band.SATISFIED


def test_what_is_printed_is_judged() -> None:
    """A mean of 3.9999 is printed 3.99 and 79.9, and is basically satisfied; one of exactly 4 is satisfied."""
    assert (cut(3.9999, 2), find_band(MeanRating(3.9999, 10_000, 10_000))) == (3.99, Band.BASICALLY)
    assert find_band(MeanRating(sum([0.8] * 5), 5, 5)) is Band.SATISFIED


def test_weighted_answers_are_worth_less() -> None:
    """188 answers of which eight stand for nine tenths of the deliveries are worth 10, and so is their mean."""
    strata = {"P1": Stratum(1000, Tally.of({5: 150, 2: 30})), "P4": Stratum(9000, Tally.of({5: 6, 1: 2}))}
    share, average = satisfaction(strata), mean_rating(strata)
    assert average is not None
    assert share.n == average.n == 188
    assert share.size == average.size == pytest.approx(10_000**2 / (1000**2 / 180 + 9000**2 / 8))
    assert share.strength is average.strength is Strength.COUNTS


def test_a_priority_that_nobody_answers_for_is_named() -> None:
    """It has no weight, so anyone who reads the figure must know that it speaks for the others only."""
    strata = {"P1": Stratum(10, Tally.of({5: 3})), "P2": Stratum(7), "": Stratum(0)}
    assert list_silent_strata(strata) == ("P2",)


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
    average = _mean(tally)
    assert 1 <= average.value <= 5
    assert 20 <= average.index <= 100
    assert (average.n, average.size) == (tally.n, tally.n)
    rows = distribution(tally)
    assert [rating for rating, _ in rows] == [5, 4, 3, 2, 1]
    assert sum(share.part for _, share in rows) == tally.n
    assert {share.n for _, share in rows} == {tally.n}


@given(ANSWERED)
def test_band_agrees_with_the_index(tally: Tally) -> None:
    """The band never contradicts the index that is printed beside it."""
    points = cut(_mean(tally).index, 1)
    expected = Band.SATISFIED if points >= 80 else Band.BASICALLY if points >= 70 else Band.NOT
    assert find_band(_mean(tally)) is expected


@given(TALLIES, TALLIES)
def test_tallies_add_up(tally: Tally, other: Tally) -> None:
    """Adding days and then counting is counting and then adding: kept day totals are exact."""
    both = tally + other
    assert both.n == tally.n + other.n
    assert weighted_score(both) == weighted_score(tally) + weighted_score(other)
    assert plain_satisfaction(both).part == plain_satisfaction(tally).part + plain_satisfaction(other).part


@given(ANSWERED, st.integers(1, 4))
def test_a_better_answer_never_lowers_a_figure(tally: Tally, rating: int) -> None:
    """One more point from one customer raises the score by one and lowers nothing."""
    worse, better = tally + Tally.of({rating: 1}), tally + Tally.of({rating + 1: 1})
    assert weighted_score(better) == weighted_score(worse) + 1
    assert plain_satisfaction(better).part >= plain_satisfaction(worse).part


def test_priorities_stand_for_their_deliveries() -> None:
    """80 % of P1 and 5 % of P4 were asked: of 100 P1 all are satisfied, of 1,000 P4 half; together 54.5 %, though 80 of 105 said so."""
    strata = {"P1": Stratum(100, Tally.of({5: 55})), "P4": Stratum(1000, Tally.of({5: 25, 1: 25}))}
    share = satisfaction(strata)
    assert (share.part, share.n) == (80, 105)
    assert share.value == pytest.approx((100 * 1 + 1000 * 0.5) / 1100)
    average = mean_rating(strata)
    assert average is not None
    assert average.value == pytest.approx((100 * 5 + 1000 * 3) / 1100)
    low, high = share.interval
    assert low < 0.545 < high
    assert (
        high - low
        > plain_satisfaction(Tally.of({5: 80, 1: 25})).interval[1]
        - plain_satisfaction(Tally.of({5: 80, 1: 25})).interval[0]
    )


def test_a_priority_without_answers_has_no_weight() -> None:
    """Nobody knows what it would have said."""
    strata = {"P1": Stratum(100, Tally.of({5: 3, 1: 1})), "P2": Stratum(9000, Tally())}
    assert satisfaction(strata) == plain_satisfaction(Tally.of({5: 3, 1: 1}))


def test_answers_about_no_delivery_stand_for_themselves() -> None:
    """Two of them beside 100 deliveries with ten answers weigh two."""
    strata = {"P1": Stratum(100, Tally.of({5: 10})), "": Stratum(0, Tally.of({1: 2}))}
    assert satisfaction(strata).value == pytest.approx(100 / 102)


@given(
    st.dictionaries(
        st.sampled_from(["", "P1", "P2", "P3", "P4"]), st.builds(Stratum, st.integers(0, 10**6), ANSWERED), min_size=1
    )
)
def test_weighted_figures_stay_in_range(strata: dict[str, Stratum]) -> None:
    """Between the lowest and the highest stratum, with its interval around it and the n of all."""
    share = satisfaction(strata)
    shares = [plain_satisfaction(one.tally).value or 0 for one in strata.values()]
    assert share.n == sum(one.tally.n for one in strata.values())
    assert share.value is not None
    assert min(shares) - 1e-9 <= share.value <= max(shares) + 1e-9
    assert 0 <= share.interval[0] <= share.value + 1e-9 <= share.interval[1] + 2e-9 <= 1 + 1e-8


@pytest.mark.parametrize(("answers", "half"), [(Nps(5, 11, 14), 28), (Nps(15, 40, 45), 15)])
def test_net_promoter_score(answers: Nps, half: int) -> None:
    """NPS 30 is ± 28 with 30 answers (27 by these) and ± 15 with a hundred (14 by these)."""
    estimate = nps(answers)
    assert estimate is not None
    assert estimate[0] == pytest.approx(30)
    assert abs(estimate[1] - half) < 2
    assert nps(Nps()) is None


def test_reach_and_valid_complaints() -> None:
    """500 surveys for 800 drawn deliveries; 3 valid complaints on 2 million deliveries are 1.5 per million."""
    assert reach_rate(500, 800).value == 0.625
    assert valid_rate(3, 2_000_000).value == 1.5


def test_units_add_up() -> None:
    """Counts of two units are the counts of both."""
    counts = Counts({"P1": Stratum(5, Tally.of({5: 1}))}, 1, 2, 3, 4, 5, 6)
    both = add_counts([counts, counts])
    assert both == Counts({"P1": Stratum(10, Tally.of({5: 2}))}, 2, 4, 6, 8, 10, 12)
    assert (both.deliveries, both.tally.n) == (10, 2)


def _mean(tally: Tally) -> MeanRating:
    """The mean of one stratum."""
    average = mean_rating({"": Stratum(0, tally)})
    assert average is not None
    return average
