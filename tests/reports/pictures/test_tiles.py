"""The headline tiles: what they say, what they leave out, and when they raise an alarm."""

from dataclasses import replace
from typing import Any

import pytest

from domain.figures.figures import Counts, Stratum
from domain.figures.handling import HandlingCounts, HandlingTimes
from domain.figures.summary import Summary
from reports.pictures.tiles import draw_tiles, format_duration
from reports.wording.wording import RenderText
from tests.harness.example_summaries import HOUR, NOTHING, RICH, SPARSE, make_plain_strata, make_tally


def drawn(summary: Summary, say: RenderText) -> dict[str, Any]:
    tiles: Any = draw_tiles(summary, say)
    return {tile["label"]: tile for tile in tiles}


def test_the_six_of_a_busy_month(english: RenderText) -> None:
    """Satisfaction weighted by priority, mean with index and band, complaints, response with reach, what is open, how long answers take."""
    tiles = drawn(RICH, english)
    assert {label: tile["value"] for label, tile in tiles.items()} == {
        "Satisfaction": "89.7%",
        "Mean of 5": "4.49",
        "Complaints per 1,000": "3.2",
        "Response rate": "39.3%",
        "Complaints open now": "58",
        "Time to the answer": "1.6 days",
    }
    assert tiles["Satisfaction"]["notes"][0] == "n = 4,908, weighted: worth 2,662, 89–91%"
    assert "index 89.9: satisfied" in tiles["Mean of 5"]["notes"]
    assert "valid: 38, 922 per million (652–1,265)" in tiles["Complaints per 1,000"]["notes"]
    assert "invitations reached 75.5% of 16,532" in tiles["Response rate"]["notes"]
    assert tiles["Response rate"]["notes"][-1] == "and 310 unprompted"
    assert tiles["Complaints open now"]["notes"] == [
        *("15 overdue", "28 not answered yet, oldest 12.3 days", "6 suggestions and questions are open too"),
    ]
    assert tiles["Complaints open now"]["alarm"]


def test_a_priority_that_nobody_speaks_for_is_named(english: RenderText) -> None:
    """Its deliveries have no weight in the percentage; without any answers at all nothing is said of it."""
    strata = {**RICH.now.strata, "P4": Stratum(9000), "P5": Stratum(0)}
    notes = drawn(replace(RICH, now=replace(RICH.now, strata=strata)), english)["Satisfaction"]["notes"]
    assert "There are no ratings from these priorities: P4" in notes
    silent = replace(NOTHING, now=Counts({"P4": Stratum(9000)}))
    assert not any("priorities" in note for note in drawn(silent, english)["Satisfaction"]["notes"])


def test_few_answers(english: RenderText) -> None:
    """Seven answers have counts, no mean and no rate; nothing overdue is no alarm."""
    tiles = drawn(SPARSE, english)
    assert tiles.keys() == {"Satisfaction", "Complaints", "Response rate", "Complaints open now"}
    assert tiles["Satisfaction"]["value"] == "5 of 7"
    assert not tiles["Complaints open now"]["alarm"]


def test_nothing(say: RenderText) -> None:
    """The four that always stand; none of them claims a percentage."""
    tiles = drawn(NOTHING, say)
    assert [tile["value"] for tile in tiles.values()] == ["–", "0", "–", "0"]


def test_the_company_moves_the_bands(english: RenderText) -> None:
    """The bounds of the company's file decide the band and its drawing; a bound itself belongs to the better band."""
    month = replace(NOTHING, now=Counts(make_plain_strata(make_tally(fours=40))))
    tile = drawn(month, english)["Mean of 5"]
    assert tile["notes"][0] == "index 80.0: satisfied"
    assert tile["band"] == {"part": 0.75, "bounds": [0.625, 0.75]}
    stricter = drawn(replace(month, satisfied_from=90, basically_from=80.5), english)["Mean of 5"]
    assert stricter["notes"][0] == "index 80.0: not satisfied"


def test_medians_of_few_are_left_out(english: RenderText) -> None:
    """Nine durations make no median that is told."""
    few = replace(RICH, casework=HandlingCounts(resolved=HandlingTimes(9, HOUR, 2 * HOUR)))
    assert "Time to the answer" not in drawn(few, english)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(36, "1 min"), (3599, "60 min"), (3600, "1 h"), (5400, "1.5 h"), (86400, "1 day"), (138240, "1.6 days")],
)
def test_durations(english: RenderText, seconds: float, said: str) -> None:
    """Minutes, hours, days, each where people would say it so."""
    assert format_duration(seconds, english) == said
