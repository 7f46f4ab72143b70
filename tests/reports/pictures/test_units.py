"""Units beside one another: the order, the marks, and what does not fit."""

from dataclasses import replace
from typing import Any

import pytest

from domain.figures.comparisons import compare_units
from domain.figures.figures import Counts, Stratum, add_counts, satisfaction
from domain.figures.ranking import rank_units
from domain.figures.summary import Summary, SummaryUnit
from reports.pictures.summary_caption import format_summary_caption
from reports.pictures.typesetting import compile_png
from reports.pictures.units import ROWS, build_drawing, format_unit_name, render_picture, sort_worst_first
from reports.wording.wording import RenderText
from tests.harness.example_summaries import COURIERS, NOTHING, make_tally, make_unit
from tests.harness.picture_checks import HOSTILE, check_photo, list_texts, strip_invisible
from tests.harness.reference_pictures import open_picture


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


def test_a_row_that_leaves_out_a_priority_is_marked(english: RenderText) -> None:
    """After its percentage, explained once below the rows that are drawn; where none is drawn, nothing is explained."""
    silent = Counts({"P1": Stratum(900, make_tally(30, 9, ones=1)), "P4": Stratum(400)})
    drawn = draw(replace(COURIERS, units=(SummaryUnit("x", "Ann", silent), *COURIERS.units[:3])), english)
    assert {row["name"] for row in drawn["rows"] if "†" in row["value"]} == {"Ann"}
    assert drawn["left_out"].startswith("† Leaves out priorities")
    assert draw(COURIERS, english)["left_out"] == ""


def test_complaints_about_no_delivery_are_not_so_many_of_none(english: RenderText) -> None:
    """Five that name no courier, of deliveries that nobody knows."""
    units = (*COURIERS.units[:2], make_unit("", make_tally(), complaints=5, deliveries=0))
    rows = draw(replace(COURIERS, units=units), english)["rows"]
    (unnamed,) = (row for row in rows if row["name"] == "not given")
    assert (unnamed["complaints"], unnamed["deliveries"]) == ("5", "–")


def test_marked_only_where_clearly_different(english: RenderText) -> None:
    """Clearly below the rest, clearly above, or nothing that chance could not have done; fewer than ten have no place on the axis."""
    marks = {row["name"]: row["place"] and row["place"]["mark"] for row in draw(COURIERS, english)["rows"]}
    assert marks["刘洋 Liu Yang"] == "lower"
    assert marks["张敏"] == "higher"
    assert marks["王伟"] == "same"
    assert marks["司机 4"] is None


def test_the_mark_is_the_verdict_of_the_chat(english: RenderText) -> None:
    """97 % [87–100] and 63 % [49–75]: the picture marks both, as the leaderboard groups and the caption says them."""
    units = (
        make_unit("best", make_tally(38, ones=1)),
        make_unit("middling", make_tally(41, ones=9)),
        make_unit("low", make_tally(31, ones=18)),
    )
    summary = replace(COURIERS, units=units, now=add_counts(unit.counts for unit in units))
    marks = {row["name"]: row["place"]["mark"] for row in draw(summary, english)["rows"]}
    ranking = rank_units(compare_units({unit.key: unit.counts for unit in units}), 30)
    assert marks == {unit.key: unit.verdict.value for unit in ranking.units}
    assert marks == {"best": "higher", "middling": "same", "low": "lower"}
    caption = format_summary_caption(summary, english)
    assert "best · 97% (n = 39) · clearly above the rest · 0 complaints" in caption
    assert "middling · 82% (n = 50) · 0 complaints" in caption
    assert "low · 63% (n = 49) · clearly below the rest · 0 complaints" in caption


def test_nobody_to_compare_with(english: RenderText) -> None:
    """One unit alone is neither different nor not."""
    (row,) = draw(replace(COURIERS, units=COURIERS.units[:1]), english)["rows"]
    assert row["place"]["mark"] == "few"


def test_places_are_on_the_axis(english: RenderText) -> None:
    """The axis holds every interval and ends at 100 %; dots lie inside their lines; the share of all is the same axis' business."""
    data = draw(COURIERS, english)
    places = [row["place"] for row in data["rows"] if row["place"]] + [data["reference"]]
    assert all(0 <= place["low"] <= place["at"] <= place["high"] <= 1 for place in places)
    assert data["ticks"][-1] == {"at": 1.0, "text": "100%"}
    assert min(place["low"] for place in places) < 0.34
    assert data["all"] == "all together 86.3% (n = 1,666, 95% interval 85–88%)"


def test_every_share_has_its_n(english: RenderText) -> None:
    """Percentages with n, and in short what weighted answers are worth; small ones as counts, complaints with their deliveries."""
    weighted = Counts({"P1": Stratum(100, make_tally(40, ones=2)), "P2": Stratum(900, make_tally(20, ones=1))})
    (row,) = draw(replace(COURIERS, units=(SummaryUnit("x", "Ann", weighted),)), english)["rows"]
    assert row["n"] == f"n = 63, worth {int(satisfaction(weighted.strata).size)}"
    rows = {row["name"]: row for row in draw(COURIERS, english)["rows"]}
    assert (rows["Chen Jing"]["value"], rows["Chen Jing"]["n"]) == ("≈78%", "n = 23")
    assert (rows["司机 4"]["value"], rows["司机 4"]["n"]) == ("8 of 8", "")
    assert (rows["王伟"]["complaints"], rows["王伟"]["deliveries"]) == ("2", "of 2,576")


def test_a_row_is_as_high_as_its_words(english: RenderText) -> None:
    """A basis that takes two lines makes its row higher instead of running into the next one."""
    drawing = draw(COURIERS, english)
    longer = [{**row, "n": "n = 123,456, worth 98,765 and more"} for row in drawing["rows"]]
    heights = [
        open_picture(compile_png("units.typ", {**drawing, "rows": rows}, "en")).height
        for rows in (drawing["rows"], longer)
    ]
    assert heights[1] - heights[0] > 10 * len(longer)


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
