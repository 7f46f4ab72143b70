"""The control charts' picture: lines, steps, signals in words, and charts without limits."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageChops

from domain.figures.control import Chart, Observation, Signal, Trend, p_chart
from reports.pictures.trend import LABELS, SIGNAL_LINES, build_drawing, render_picture
from reports.wording.trend_caption import format_trend_caption
from reports.wording.wording import RenderText
from tests.harness.example_summaries import GROWN, TREND, TREND_SHORT, grow_chart
from tests.harness.picture_checks import HOSTILE, check_photo, list_texts, make_say, strip_invisible

BEGIN = date(2026, 11, 2)
EMPTY = Trend("day", "", Chart("p"), Chart("u"))


def draw(trend: Trend, say: RenderText) -> dict[str, Any]:
    return dict(build_drawing(trend, say))


@pytest.mark.parametrize("trend", [TREND, GROWN, TREND_SHORT, EMPTY])
@pytest.mark.parametrize("grain", ["day", "week", "month"])
def test_png(say: RenderText, language: str, trend: Trend, grain: Any) -> None:  # noqa: ANN401 -- a Literal
    """1280 wide, within Telegram's limits, with limits, without, without anything."""
    check_photo(render_picture(replace(trend, grain=grain), say, language))


def test_everything_lies_on_the_plot(english: RenderText) -> None:
    """Values, limits, centre and ticks are fractions of one height; a value outside its limits is drawn outside."""
    for chart in draw(TREND, english)["charts"]:
        places = [
            point[key] for point in chart["points"] for key in ("value", "lower", "upper") if point[key] is not None
        ]
        places += [chart["centre"], *(tick["at"] for tick in chart["ticks"])]
        assert all(0 <= place <= 1 for place in places)
        marked = [point for point in chart["points"] if point["mark"] == "above"]
        assert marked
        assert all(point["value"] > point["upper"] for point in marked)


def test_a_period_without_data_is_a_gap(english: RenderText) -> None:
    """No value and no limits where nothing was counted."""
    point = draw(TREND, english)["charts"][0]["points"][12]
    assert (point["value"], point["lower"], point["upper"]) == (None, None, None)


def test_signals_are_told_with_their_n(english: RenderText) -> None:
    """In words: which period, how much of how many, and which limit."""
    first, second = (chart["signals"] for chart in draw(TREND, english)["charts"])
    assert first == [
        {"mark": "above", "text": "2026-10-19 – 2026-10-25: 15.2% (35 of 230), above the upper limit of 11.3%."}
    ]
    assert second[0]["text"] == "2026-11-09 – 2026-11-15: 10.5 (20 of 1,900), above the upper limit of 8.9."
    assert [key["mark"] for key in draw(TREND, english)["keys"]] == ["above"]


@pytest.mark.parametrize("signal", list(Signal))
def test_every_signal_has_words(say: RenderText, signal: Signal) -> None:
    """The latest are told, the latest first; without a signal that is said too."""
    points = tuple(replace(point, signal=signal) for point in TREND.complaints.points)
    chart = draw(replace(TREND, complaints=replace(TREND.complaints, points=points)), say)["charts"][1]
    if signal is Signal.NONE:
        assert chart["signals"] == []
        assert len(chart["said"]) == 2  # the verdict, and the last week
    else:
        assert len(chart["signals"]) == SIGNAL_LINES
        assert chart["signals"][0]["text"].startswith("2026-11-09")
        assert len(chart["said"]) == 1
        assert {one["mark"] for one in chart["signals"]} == {signal.value}


def test_a_small_n_is_told_in_counts(english: RenderText) -> None:
    """Below ten there is no percentage."""
    last = replace(TREND.dissatisfaction.points[-1], count=4, n=9, signal=Signal.RUN_ABOVE)
    chart = replace(TREND.dissatisfaction, points=(*TREND.dissatisfaction.points[:-1], last))
    drawn = draw(replace(TREND, dissatisfaction=chart), english)["charts"][0]
    assert drawn["signals"][0]["text"].startswith("2026-11-09 – 2026-11-15: 4 of 9, ")


def test_a_spike_of_a_few_answers_is_hollow_and_said_not_to_be_judged(english: RenderText) -> None:
    """One of four is 25 %, above every limit: drawn hollow, and never called quiet; where it is the last, it says so itself."""
    drawn = draw(TREND, english)["charts"][0]
    spike, after = drawn["points"][-2:]
    assert (spike["hollow"], spike["mark"], spike["upper"], after["hollow"]) == (True, "", None, False)
    assert spike["value"] > after["upper"]
    assert drawn["said"] == [
        "Not judged, drawn hollow: 1 of the last 8 (n = 4).",
        "Last: 2026-11-09 – 2026-11-15, 5.6% (12 of 215); limits 1.9%–11.6%, centre 6.0%.",
    ]
    two = p_chart([*_observed(TREND.dissatisfaction)[:-2], Observation("x", BEGIN, BEGIN, 2, 2)])
    said = draw(replace(TREND, grain="day", dissatisfaction=two), english)["charts"][0]["said"]
    assert said[-1] == "Last: 2026-11-02, 2 of 2: not judged (n = 2)."


WORDS = {"en": "still growing", "zh": "数据还在增加", "zh-TW": "數據仍在增加"}


@pytest.mark.parametrize("language", list(WORDS))
def test_a_point_that_still_grows_is_drawn_as_one(language: str) -> None:
    """Told apart from the others, and its look is explained, after the signals; where nothing grows, it is not."""
    drawn = draw(GROWN, make_say(language))
    assert [[point["growing"] for point in chart["points"]].count(True) for chart in drawn["charts"]] == [1, 2]
    assert drawn["charts"][1]["points"][-1]["mark"] == "above"  # it can already be too much
    assert [key["mark"] for key in drawn["keys"]] == ["above", "growing"]
    assert drawn["keys"][-1]["text"] == WORDS[language]
    grows = render_picture(GROWN, make_say(language), language)
    assert _count_differing_pixels(grows, render_picture(_settle(GROWN), make_say(language), language)) > 200


def test_a_short_trend_explains_what_grows(english: RenderText) -> None:
    """There are no limits and no signals then; the look of a growing point is still explained."""
    young = replace(TREND_SHORT, dissatisfaction=grow_chart(TREND_SHORT.dissatisfaction, 1, 9))
    assert [key["mark"] for key in draw(young, english)["keys"]] == ["growing"]


def _settle(trend: Trend) -> Trend:
    """The same in words, with nothing drawn as growing but what has a signal of its own."""
    points = trend.complaints.points
    return replace(
        trend,
        dissatisfaction=replace(trend.dissatisfaction, points=TREND.dissatisfaction.points),
        complaints=replace(trend.complaints, points=(*TREND.complaints.points[:-1], points[-1])),
    )


def _count_differing_pixels(before: bytes, after: bytes) -> int:
    """In the plot of the first chart, right of the middle: what stands there is drawn, not written."""
    first, second = (Image.open(BytesIO(png)).convert("L").crop((800, 250, 1240, 640)) for png in (before, after))
    return sum(ImageChops.difference(first, second).point(lambda level: level > 40).histogram()[1:])


def test_picture_and_caption_say_the_same(english: RenderText) -> None:
    """Every sentence below the charts stands in the caption, too."""
    for trend in (TREND, replace(TREND, dissatisfaction=p_chart(_observed(TREND.dissatisfaction)[:21]))):
        caption = format_trend_caption(trend, english)
        for chart in draw(trend, english)["charts"]:
            for line in (*chart["said"], *(one["text"] for one in chart["signals"])):
                assert line in caption


def _observed(chart: Chart) -> list[Observation]:
    return [Observation(one.code, one.first, one.last, one.count, one.n) for one in chart.points]


def test_labels_do_not_crowd(english: RenderText) -> None:
    """At most nine, the last period among them."""
    labels = draw(TREND, english)["charts"][0]["labels"]
    assert len(labels) <= LABELS
    assert labels[-1]["text"] == "11-09"


def test_without_limits(english: RenderText) -> None:
    """What is missing is said; there is nothing to explain about limits."""
    data = draw(TREND_SHORT, english)
    assert data["charts"][0]["basis"] == ""
    assert data["charts"][0]["said"][0] == "Not enough months yet: 6 of 12."
    assert data["charts"][0]["centre"] is None
    assert (data["method"], data["keys"]) == ("", [])


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_never_markup(english: RenderText, name: str) -> None:
    """Names that are typst code are drawn as they are written and run nothing."""
    trend = replace(TREND, unit=name)
    assert render_picture(trend, english, "en").startswith(b"\x89PNG")
    assert f"Trend · {strip_invisible(name)}" in list_texts(draw(trend, english))
