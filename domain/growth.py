"""Growth by steps: management is told when a number reaches 1, 10, 100 …, once each time, and not of every one in between."""

import enum
from collections.abc import Mapping


class Watched(enum.StrEnum):
    """What is watched; stored."""

    REFUSED = "refused"
    HELD = "held"
    PARKED = "parked"


FIRST_STEP: Mapping[Watched, int] = {Watched.REFUSED: 1, Watched.HELD: 100, Watched.PARKED: 1}
"""From which number on somebody is told; a few customers who have blocked the bot are an ordinary day."""

Steps = Mapping[Watched, int]
"""How many steps each number has reached."""


def find_step(watched: Watched, count: int) -> int:
    """How many steps a number has reached: 0 below the first, one more for each further tenfold."""
    step, threshold = 0, FIRST_STEP[watched]
    while count >= threshold:
        step, threshold = step + 1, threshold * 10
    return step


def find_grown(counts: Mapping[Watched, int], told: Steps) -> list[Watched]:
    """What has reached a step that nobody was told of."""
    return [watched for watched in Watched if find_step(watched, counts.get(watched, 0)) > told.get(watched, 0)]


def update_told(counts: Mapping[Watched, int], told: Steps) -> dict[Watched, int]:
    """The steps somebody was told of by now. A step is forgotten once the number is below half of it: one that sways is told of once."""
    steps = {}
    for watched in Watched:
        count, before = counts.get(watched, 0), told.get(watched, 0)
        steps[watched] = max(find_step(watched, count), min(before, find_step(watched, 2 * count)))
    return steps
