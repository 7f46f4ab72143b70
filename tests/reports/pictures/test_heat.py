"""The heat map: which cells there are, their classes, and few ratings."""

from dataclasses import replace
from typing import Any

import pytest

from domain.figures.figures import Counts
from domain.figures.summary import Summary, Unit
from reports.pictures.heat import CLASSES, drawing, picture
from reports.wording.wording import Say
from tests.harness.drawings import check_photo
from tests.harness.examples import HOURS, NOTHING, RICH, line, plainly, ratings


def draw(summary: Summary, say: Say) -> dict[str, Any]:
    return dict(drawing(summary, say))


@pytest.mark.parametrize("summary", [HOURS, NOTHING, replace(HOURS, units=HOURS.units[:1])])
def test_png(say: Say, language: str, summary: Summary) -> None:
    """1280 wide, within Telegram's limits, with a full week, nothing, one cell."""
    check_photo(picture(summary, say, language), 0.4)


def test_all_hours_of_all_days(english: Say) -> None:
    """A whole week round the clock is still a picture that Telegram takes."""
    units = tuple(line(f"{day}{hour:02}", ratings(30, 5, 2, 1), 12) for day in range(1, 8) for hour in range(24))
    check_photo(picture(replace(HOURS, units=units), english, "en"), 0.3)
    assert len(draw(replace(HOURS, units=units), english)["rows"]) == 24


def test_only_hours_that_occur_and_every_weekday(english: Say) -> None:
    """A key is an ISO weekday and an hour; hours ascend; what is no slot is left out."""
    units = (line("309", ratings(40)), line("108", ratings(two=40)), line("", ratings(9)), line("999", ratings(9)))
    data = draw(replace(HOURS, units=units), english)
    assert [row["hour"] for row in data["rows"]] == ["08:00", "09:00"]
    assert data["days"][0] == "Mon"
    assert [row["cells"].index(next(filter(None, row["cells"]))) for row in data["rows"]] == [0, 2]
    assert [sum(cell is not None for cell in row["cells"]) for row in data["rows"]] == [1, 1]


@pytest.mark.parametrize(
    ("bad", "n", "level"),
    [(0, 100, 0), (4, 100, 0), (5, 100, 1), (10, 100, 2), (24, 100, 3), (25, 100, 4), (9, 9, None)],
)
def test_classes(english: Say, bad: int, n: int, level: int | None) -> None:
    """A bound belongs to the worse class; fewer than ten ratings have none."""
    data = draw(replace(HOURS, units=(line("101", ratings(n - bad, two=bad)),)), english)
    assert data["rows"][0]["cells"][0]["level"] == level
    assert len(data["key"]["classes"]) == len(CLASSES) + 1


def test_a_cell_has_its_n_and_its_complaints(english: Say) -> None:
    """Share and n; 10–29 are marked; below ten counts; no ratings, no words; no complaints, no sign."""
    units = (
        line("101", ratings(38, two=2), 3),
        line("201", ratings(18, two=2)),
        line("301", ratings(6, two=2)),
        Unit("401", "401", Counts(plainly(ratings(), 7))),
    )
    cells = draw(replace(HOURS, units=units), english)["rows"][0]["cells"]
    assert [(one["value"], one["n"], one["complaints"]) for one in cells[:4]] == [
        ("5%", "n = 40", "3"),
        ("≈10%", "n = 20", ""),
        ("2 of 8", "", ""),
        ("", "", ""),
    ]


def test_the_subtitle_counts_what_the_cells_count(english: Say) -> None:
    """All together is the sum of the cells, with its n."""
    units = (line("101", ratings(45, two=5)), line("202", ratings(45, one=5)))
    data = draw(replace(RICH, units=units), english)
    assert data["subtitle"].endswith("all together 10%, n = 100")
