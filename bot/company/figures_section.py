"""Configuration section [figures] of huifang.toml: every mistake reported with its place and cure."""

import re
from collections.abc import Iterator

from bot.company.mistakes import Place
from domain.company import FigureRules
from domain.figures.score import PARTS

PUSHES = ("day", "week", "month", "quarter", "year")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_PERIODS = (8, 200)
_ROUNDS = 3
_HUNDRED = 100
_LONGEST_WAIT = 90


def find_figures_mistakes(figures: FigureRules) -> Iterator[tuple[Place, str]]:
    """(place, what is wrong) for each mistake."""
    if not 20 <= figures.basically_from < figures.satisfied_from <= _HUNDRED:  # noqa: PLR2004 -- the lowest index there is
        yield ("figures", "satisfied_from"), "must be from 20 to 100, with basically_from the lower of the two"
    if not _PERIODS[0] <= figures.trend_periods <= _PERIODS[1]:
        yield ("figures", "trend_periods"), f"must be {_PERIODS[0]} to {_PERIODS[1]}; fewer would prove nothing"
    if figures.leaderboard_minimum < 10:  # noqa: PLR2004 -- rule M3
        yield ("figures", "leaderboard_minimum"), "must be at least 10; a share of fewer answers is not shown at all"
    if not 1 <= figures.complaint_days <= _LONGEST_WAIT:
        yield ("figures", "complaint_days"), f"must be 1 to {_LONGEST_WAIT} days after the delivery"
    targets = figures.resolution_targets
    if len(targets) != _ROUNDS or list(targets) != sorted(targets) or not 0 < targets[0] <= targets[-1] <= _HUNDRED:
        yield (
            ("figures", "resolution_targets"),
            "must be three percentages, none lower than the one before, like [90, 95, 99]",
        )
    for name, weight in figures.score_weights.items():
        if name not in PARTS:
            yield (
                ("figures", "score_weights", name),
                f"{name!r} is not a part of the score; choose from {', '.join(PARTS)}",
            )
        if weight < 0:
            yield ("figures", "score_weights", name), "must not be negative"
    if not sum(figures.score_weights.values()) > 0:
        yield ("figures", "score_weights"), "at least one part must have a weight above 0"
    if unknown := [one for one in figures.pushes if one not in PUSHES]:
        yield ("figures", "pushes"), f"{', '.join(unknown)}: there are {', '.join(PUSHES)}"
    if not _TIME.fullmatch(figures.push_at):
        yield ("figures", "push_at"), f'{figures.push_at!r} is no time of day; write one like "09:00"'
