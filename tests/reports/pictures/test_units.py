"""Units beside one another: the order, the marks, and what does not fit."""

from dataclasses import replace
from typing import Any

import pytest

from domain.figures.figures import satisfaction
from domain.figures.summary import Summary, SummaryUnit
from reports.pictures.units import ROWS, build_drawing, format_unit_name, render_picture, sort_worst_first
from reports.wording.wording import RenderText
from tests.harness.example_summaries import COURIERS, NOTHING, make_tally, make_unit
from tests.harness.picture_checks import HOSTILE, check_photo, list_texts, strip_invisible


def draw(summary: Summary, say: RenderText) -> dict[str, Any]:
    return dict(build_drawing(summary, say))


@pytest.mark.parametrize("summary", [COURIERS, NOTHING, replace(COURIERS, units=COURIERS.units[:1])])
def test_png(say: RenderText, language: str, summary: Summary) -> None:
    """1280 wide, within Telegram's limits, with many units, one, none."""
    check_photo(render_picture(summary, say, language))


def test_the_lowest_comes_first_and_few_answers_last() -> None:
    """Ten answers or more by satisfaction; the others by how many they have, whatever they say."""
    ordered = sort_worst_first(COURIERS.units)
    ranked = [satisfaction(unit.counts.strata).value for unit in ordered if unit.counts.tally.n >= 10]
    assert ranked == sorted(ranked, key=lambda value: value or 0.0)
    few = [unit.counts.tally.n for unit in ordered[len(ranked) :]]
    assert few == sorted(few, reverse=True)
    assert max(few) < 10


def test_marked_only_where_intervals_do_not_touch(english: RenderText) -> None:
    """Clearly lower, clearly higher, or nothing that chance could not have done; fewer than ten have no place on the axis."""
    marks = {row["name"]: row["place"] and row["place"]["mark"] for row in draw(COURIERS, english)["rows"]}
    assert marks["刘洋 Liu Yang"] == "lower"
    assert marks["张敏"] == "higher"
    assert marks["王伟"] == "same"
    assert marks["司机 4"] is None


def test_places_are_on_the_axis(english: RenderText) -> None:
    """The axis holds every interval and ends at 100 %; dots lie inside their lines; the share of all is the same axis' business."""
    data = draw(COURIERS, english)
    places = [row["place"] for row in data["rows"] if row["place"]] + [data["reference"]]
    assert all(0 <= place["low"] <= place["at"] <= place["high"] <= 1 for place in places)
    assert data["ticks"][-1] == {"at": 1.0, "text": "100%"}
    assert min(place["low"] for place in places) < 0.34
    assert data["all"] == "all together 89.7%, n = 4,908, weighted: worth 2,662"


def test_every_share_has_its_n(english: RenderText) -> None:
    """Percentages with n, small ones as counts, complaints with their deliveries."""
    rows = {row["name"]: row for row in draw(COURIERS, english)["rows"]}
    assert (rows["Chen Jing"]["value"], rows["Chen Jing"]["n"]) == ("≈78%", "n = 23")
    assert (rows["司机 4"]["value"], rows["司机 4"]["n"]) == ("8 of 8", "")
    assert (rows["王伟"]["complaints"], rows["王伟"]["deliveries"]) == ("2", "of 2,576")


def test_the_rest_is_counted(english: RenderText) -> None:
    """Sixteen rows, and how many more there are."""
    data = draw(COURIERS, english)
    assert len(data["rows"]) == ROWS
    assert data["more"] == f"… and {len(COURIERS.units) - ROWS} more"
    assert draw(replace(COURIERS, units=COURIERS.units[:ROWS]), english)["more"] is None


def test_deliveries_that_name_none(english: RenderText, chinese: RenderText) -> None:
    """They are a unit like any other."""
    assert format_unit_name(SummaryUnit("", ""), english) == "not given"
    assert format_unit_name(SummaryUnit("", ""), chinese) == "未注明"


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_never_markup(english: RenderText, name: str) -> None:
    """Names that are typst code are drawn as they are written and run nothing."""
    summary = replace(COURIERS, units=(make_unit(name, make_tally(40)),))
    assert render_picture(summary, english, "en").startswith(b"\x89PNG")
    assert strip_invisible(name) in list_texts(draw(summary, english))
