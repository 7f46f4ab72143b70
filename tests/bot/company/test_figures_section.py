"""The [figures] of the company's file: every mistake is told with its place."""

from dataclasses import replace

import pytest

from bot.company.figures_section import find_figures_mistakes
from domain.company import FigureRules

GOOD = FigureRules()


def test_what_init_writes_is_right() -> None:
    """The defaults have no mistake."""
    assert list(find_figures_mistakes(GOOD)) == []


@pytest.mark.parametrize(
    ("figures", "place"),
    [
        (replace(GOOD, satisfied_from=70, basically_from=80), "satisfied_from"),
        (replace(GOOD, satisfied_from=101), "satisfied_from"),
        (replace(GOOD, basically_from=19), "satisfied_from"),
        (replace(GOOD, trend_periods=7), "trend_periods"),
        (replace(GOOD, trend_periods=201), "trend_periods"),
        (replace(GOOD, leaderboard_minimum=9), "leaderboard_minimum"),
        (replace(GOOD, resolution_targets=(90, 95)), "resolution_targets"),
        (replace(GOOD, resolution_targets=(95, 90, 99)), "resolution_targets"),
        (replace(GOOD, resolution_targets=(0, 90, 99)), "resolution_targets"),
        (replace(GOOD, resolution_targets=(90, 95, 101)), "resolution_targets"),
        (replace(GOOD, score_weights={"satisfaction": 0}), "score_weights"),
        (replace(GOOD, score_weights={}), "score_weights"),
        (replace(GOOD, pushes=("hour",)), "pushes"),
        (replace(GOOD, push_at="24:00"), "push_at"),
        (replace(GOOD, push_at="9:00"), "push_at"),
        (replace(GOOD, push_at="09:00 "), "push_at"),
    ],
)
def test_one_mistake(figures: FigureRules, place: str) -> None:
    """Each is told once, at its setting, with what would be right."""
    ((where, why),) = find_figures_mistakes(figures)
    assert where == ("figures", place)
    assert why


def test_a_part_that_nobody_knows() -> None:
    """The weight is named; so is a negative one; both at once."""
    figures = replace(GOOD, score_weights={"satisfaction": 40, "speed": 20, "handling": -1})
    assert [where for where, _ in find_figures_mistakes(figures)] == [
        ("figures", "score_weights", "speed"),
        ("figures", "score_weights", "handling"),
    ]


def test_the_bounds_themselves_are_right() -> None:
    """Eight and two hundred periods, ten answers, an index of 20 and 100, midnight."""
    edge = replace(
        GOOD, trend_periods=8, leaderboard_minimum=10, basically_from=20, satisfied_from=100, push_at="00:00"
    )
    assert list(find_figures_mistakes(edge)) == []
    assert (
        list(find_figures_mistakes(replace(edge, trend_periods=200, pushes=(), resolution_targets=(90, 90, 100)))) == []
    )
