"""The score of a department: the worked example, and what is left out."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.deadlines import Stage
from domain.company import FigureRules
from domain.figures.evidence import Share, Weighted
from domain.figures.figures import Stratum, Tally
from domain.figures.handling import HandlingCounts, KeptDeadlines
from domain.figures.score import PARTS, compute_score, compute_shares

WEIGHTS = FigureRules().score_weights
SHARES = st.integers(0, 50).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n)))


def test_the_worked_example() -> None:
    """90, 80 and 90 with the weights 40, 25 and 15 of 80: 86.9; the part with six says nothing, and the score says so."""
    known = {
        "satisfaction": Share(90, 100),
        "on_time": Share(40, 50),
        "handling": Share(4, 6),
        "first_time": Share(18, 20),
    }
    score = compute_score(known, WEIGHTS)
    assert score.value == pytest.approx(86.875)
    assert [(part.name, part.n) for part in score.missing] == [("handling", 6)]
    assert [part.weight for part in score.parts] == [0.5, 0.3125, 0, 0.1875]
    assert [part.value for part in score.parts] == [90, 80, None, 90]


def test_all_parts() -> None:
    """40 · 90 + 25 · 80 + 20 · 50 + 15 · 100 = 8,100 of 100."""
    known = dict(zip(PARTS, (Share(90, 100), Share(80, 100), Share(5, 10), Share(30, 30)), strict=True))
    assert compute_score(known, WEIGHTS).value == pytest.approx(81)
    assert compute_score(known, WEIGHTS).missing == ()


def test_what_compares() -> None:
    """A score of all parts, of those that weigh anything; not one that lacks a part, nor none at all."""
    known = dict.fromkeys(PARTS, Share(8, 10))
    assert compute_score(known, WEIGHTS).is_complete
    assert not compute_score(known | {"handling": Share(9, 9)}, WEIGHTS).is_complete
    assert compute_score(known | {"handling": Share(9, 9)}, {**WEIGHTS, "handling": 0}).is_complete
    assert not compute_score({}, WEIGHTS).is_complete


def test_weighted_answers_count_as_what_they_are_worth() -> None:
    """A hundred answers worth nine are no part of a score."""
    known = dict.fromkeys(PARTS, Share(8, 10)) | {"satisfaction": Weighted(90, 100, 0.9, 9.0)}
    assert [part.name for part in compute_score(known, WEIGHTS).missing] == ["satisfaction"]


def test_no_score_is_no_zero() -> None:
    """Nine of everything, or nothing at all: there is none."""
    assert compute_score(dict.fromkeys(PARTS, Share(9, 9)), WEIGHTS).value is None
    assert compute_score({}, WEIGHTS).value is None
    assert len(compute_score({}, WEIGHTS).missing) == 4
    assert compute_score(dict.fromkeys(PARTS, Share(0, 10)), WEIGHTS).value == 0


def test_what_weighs_nothing_is_no_part() -> None:
    """A company that weighs satisfaction alone reads satisfaction alone."""
    score = compute_score(dict.fromkeys(PARTS, Share(8, 10)), {"satisfaction": 1, "on_time": 0})
    assert score.value == pytest.approx(80)
    assert [part.name for part in score.parts] == ["satisfaction"]


def test_what_the_parts_are() -> None:
    """On time adds the stages up; handling is of the rectified, first time of the settled who spoke; satisfaction weighs priorities."""
    strata = {"P1": Stratum(100, Tally((10, 0, 0, 0, 10))), "P4": Stratum(300, Tally((0, 0, 0, 0, 20)))}
    stages = {Stage.ACCEPT: KeptDeadlines(10, 9), Stage.RECTIFY: KeptDeadlines(5, 1)}
    shares = compute_shares(
        strata, HandlingCounts(rectified=20, satisfied=12, silent=8, settled=18, spoken=16, first=9, stages=stages)
    )
    assert shares["satisfaction"].value == pytest.approx(0.875)
    assert shares["on_time"] == Share(10, 15)
    assert shares["handling"] == Share(12, 20)
    assert shares["first_time"] == Share(9, 16)


@given(
    st.fixed_dictionaries(dict.fromkeys(PARTS, SHARES)), st.fixed_dictionaries(dict.fromkeys(PARTS, st.integers(0, 9)))
)
def test_whatever_the_parts(known: Mapping[str, Share], weights: Mapping[str, int]) -> None:
    """A mean of what counts: between its lowest and highest part; weights add up to one; only their ratios matter."""
    score = compute_score(known, weights)
    values = [part.value for part in score.parts if part.value is not None]
    assert (score.value is None) == (not values)
    if score.value is not None:
        assert min(values) - 1e-9 <= score.value <= max(values) + 1e-9
        assert sum(part.weight for part in score.parts) == pytest.approx(1)
        doubled = {name: 2 * weight for name, weight in weights.items()}
        assert compute_score(known, doubled).value == pytest.approx(score.value)
