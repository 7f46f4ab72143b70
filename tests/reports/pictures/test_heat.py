"""The heat map: which cells there are, their classes, and few ratings."""

from dataclasses import replace
from typing import Any

import pytest

from domain.figures.figures import Counts
from domain.figures.summary import Summary, SummaryUnit
from reports.pictures.heat import CLASSES, build_drawing, render_picture
from reports.wording.wording import RenderText
from tests.harness.example_summaries import HOURS, NOTHING, RICH, make_plain_strata, make_tally, make_unit
from tests.harness.picture_checks import check_photo


def draw(summary: Summary, say: RenderText) -> dict[str, Any]:
    return dict(build_drawing(summary, say))


@pytest.mark.parametrize("summary", [HOURS, NOTHING, replace(HOURS, units=HOURS.units[:1])])
def test_png(say: RenderText, language: str, summary: Summary) -> None:
    """1280 wide, within Telegram's limits, with a full week, nothing, one cell."""
    check_photo(render_picture(summary, say, language), 0.4)


def test_all_hours_of_all_days(english: RenderText) -> None:
    """A whole week round the clock is still a picture that Telegram takes."""
    units = tuple(
        make_unit(f"{day}{hour:02}", make_tally(30, 5, 2, 1), 12) for day in range(1, 8) for hour in range(24)
    )
    check_photo(render_picture(replace(HOURS, units=units), english, "en"), 0.3)
    assert len(draw(replace(HOURS, units=units), english)["rows"]) == 24


def test_only_hours_that_occur_and_every_weekday(english: RenderText) -> None:
    """A key is an ISO weekday and an hour; hours ascend; what is no slot is left out."""
    units = (
        make_unit("309", make_tally(40)),
        make_unit("108", make_tally(twos=40)),
        make_unit("", make_tally(9)),
        make_unit("999", make_tally(9)),
    )
    data = draw(replace(HOURS, units=units), english)
    assert [row["hour"] for row in data["rows"]] == ["08:00", "09:00"]
    assert data["days"][0] == "Mon"
    assert [row["cells"].index(next(filter(None, row["cells"]))) for row in data["rows"]] == [0, 2]
    assert [sum(cell is not None for cell in row["cells"]) for row in data["rows"]] == [1, 1]


@pytest.mark.parametrize(
    ("bad", "n", "level"),
    [(0, 100, 0), (4, 100, 0), (5, 100, 1), (10, 100, 2), (24, 100, 3), (25, 100, 4), (9, 9, None)],
)
def test_classes(english: RenderText, bad: int, n: int, level: int | None) -> None:
    """A bound belongs to the worse class; fewer than ten ratings have none."""
    data = draw(replace(HOURS, units=(make_unit("101", make_tally(n - bad, twos=bad)),)), english)
    assert data["rows"][0]["cells"][0]["level"] == level
    assert len(data["key"]["classes"]) == len(CLASSES) + 1


def test_a_cell_has_its_n_and_its_complaints(english: RenderText) -> None:
    """Share and n; 10–29 are marked; below ten counts; no ratings, no words; no complaints, no sign."""
    units = (
        make_unit("101", make_tally(38, twos=2), 3),
        make_unit("201", make_tally(18, twos=2)),
        make_unit("301", make_tally(6, twos=2)),
        SummaryUnit("401", "401", Counts(make_plain_strata(make_tally(), 7))),
    )
    cells = draw(replace(HOURS, units=units), english)["rows"][0]["cells"]
    assert [(one["value"], one["n"], one["complaints"]) for one in cells[:4]] == [
        ("5%", "n = 40", "3"),
        ("≈10%", "n = 20", ""),
        ("2 of 8", "", ""),
        ("", "", ""),
    ]


def test_the_subtitle_counts_what_the_cells_count(english: RenderText) -> None:
    """All together is the sum of the cells, with its n."""
    units = (make_unit("101", make_tally(45, twos=5)), make_unit("202", make_tally(45, ones=5)))
    data = draw(replace(RICH, units=units), english)
    assert data["subtitle"].endswith("all together 10% (n = 100, 95% interval 6–17%)")
