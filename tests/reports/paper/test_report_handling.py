"""Complaints by category, stages, rounds, times and the trend, as they are drawn."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.figures.control import Chart
from domain.figures.figures import Counts
from domain.figures.handling import HandlingCounts, HandlingTimes
from domain.figures.summary import SummaryUnit
from reports.paper.report_handling import draw_complaints, draw_handling, draw_trend
from tests.harness.example_reports import make_ordinary_report, make_sparse_report
from tests.harness.example_summaries import grow_chart
from tests.harness.picture_checks import make_say as say


def test_categories_from_the_largest() -> None:
    """Their shares and what they make together, up to all of them; the vital few are told apart."""
    drawn: Any = draw_complaints(make_ordinary_report("en"), say("en"))
    assert [row["count"] for row in drawn["rows"]] == ["31", "15", "7", "5", "3", "2", "1"]
    assert [row["sum"] for row in drawn["rows"]][-1] == "100.0%"
    assert drawn["rows"][-1]["together"] == pytest.approx(1.0)
    assert drawn["vital"] == 3


def test_many_categories_are_cut_and_counted() -> None:
    """Fourteen, and how many more; few complaints have no percentages."""
    report = make_ordinary_report("en")
    units = tuple(SummaryUnit(f"c{n}", f"C{n}", Counts(opened=1)) for n in range(20))
    drawn: Any = draw_complaints(replace(report, summary=replace(report.summary, categories=units)), say("en"))
    assert (len(drawn["rows"]), drawn["more"]) == (14, "… and 6 more")
    drawn = draw_complaints(replace(report, summary=replace(report.summary, categories=units[:3])), say("en"))
    assert [row["percent"] for row in drawn["rows"]] == ["", "", ""]
    drawn = draw_complaints(make_sparse_report("en"), say("en"))
    assert drawn["rows"] == []


def test_stages_in_their_order() -> None:
    """As the case goes through them, each with n; by the dates first promised in the note."""
    drawn: Any = draw_handling(make_ordinary_report("en"), say("en"))
    assert [row["name"].replace("\N{SOFT HYPHEN}", "") for row in drawn["stages"]["rows"]] == [
        *("Acceptance", "Plan", "Rectification", "Review", "Answer", "Answer to the regulator"),
    ]
    assert drawn["stages"]["rows"][-1]["text"] == "3 of 3 kept"
    assert "Rectification 53.8%" in drawn["stages"]["note"]


def test_rounds_carry_their_targets() -> None:
    """90, 95, 99 as marks; what has no target has no mark."""
    drawn: Any = draw_handling(make_ordinary_report("en"), say("en"))
    assert [row["target"] for row in drawn["rounds"]["rows"]] == [0.9, 0.95, 0.99]
    assert {row["target"] for row in drawn["others"]["rows"]} == {None}


def test_times_are_medians_of_enough() -> None:
    """Median and P90 with n; below ten none; open cases stand beside them."""
    drawn: Any = draw_handling(make_ordinary_report("en"), say("en"))
    assert [row[1:] for row in drawn["times"]["rows"]] == [
        ["1.4 working h", "6.2 working h", "60"],
        ["1.9 days", "5.6 days", "58"],
        ["2.2 days", "8.1 days", "58"],
    ]
    assert "6 have no answer yet" in drawn["times"]["note"]
    assert "9.5 days" in drawn["times"]["note"]
    report = make_ordinary_report("en")
    few = HandlingCounts(opened=9, replied=HandlingTimes(9, 60.0, 90.0))
    drawn = draw_handling(replace(report, summary=replace(report.summary, casework=few)), say("en"))
    assert drawn["times"]["rows"][0][1:] == ["–", "–", "9"]


def test_the_trend_lies_on_round_scales() -> None:
    """Everything between 0 and 1 of the height; the point outside is told apart; percent for p, per 1,000 for u."""
    drawn: Any = draw_trend(make_ordinary_report("en"), say("en"))
    first, second = drawn
    for chart in (first, second):
        for point in chart["points"]:
            assert all(point[name] is None or 0 <= point[name] <= 1 for name in ("value", "lower", "upper"))
    assert [point["out"] for point in first["points"]].count(True) == 1
    assert first["axis"][-1]["text"] == "15"
    assert "(4.0)" in second["note"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "still growing"), ("zh", "数据还在增加"), ("zh-TW", "數據仍在增加")]
)
def test_a_point_that_still_grows_is_drawn_as_one(language: str, words: str) -> None:
    """Told apart, with its look explained below its own chart; a complete chart explains nothing."""
    report = make_ordinary_report("en" if language == "en" else "zh")
    young = replace(report.trend, complaints=grow_chart(report.trend.complaints, 2, 14))
    drawn: Any = draw_trend(replace(report, trend=young), say(language))
    complete, growing = drawn
    assert [point["growing"] for point in growing["points"]] == [False] * 26 + [True] * 2
    assert not any(point["growing"] for point in complete["points"])
    assert (complete["growing"], growing["growing"]) == ("", words)


def test_a_last_point_that_is_cut_says_so() -> None:
    """A week that the period's end cuts, or that still runs, is no whole week; a whole one needs no words."""
    report = make_ordinary_report("en")
    points = report.trend.dissatisfaction.points
    for days, cut in ((6, False), (2, True)):
        last = replace(points[-1], last=points[-1].first + timedelta(days=days))
        chart = replace(report.trend.dissatisfaction, points=(*points[:-1], last))
        drawn: Any = draw_trend(
            replace(report, trend=replace(report.trend, grain="week", dissatisfaction=chart)), say("en")
        )
        assert (f"ends on {last.last}. Its week is not complete" in drawn[0]["note"]) is cut


def test_a_short_trend_says_what_is_missing() -> None:
    """Without enough periods there are no limits; without any there is one sentence."""
    report = make_ordinary_report("en")
    points = tuple(replace(one, upper=None, lower=None, centre=None) for one in report.trend.dissatisfaction.points[:5])
    short = replace(report.trend, dissatisfaction=Chart("p", points, None, 4, 12))
    drawn: Any = draw_trend(replace(report, trend=short), say("en"))
    first = drawn[0]
    assert "Not enough weeks yet: 4 of 12." in first["note"]
    assert first["centre"] is None
    drawn = draw_trend(make_sparse_report("en"), say("en"))
    nothing = drawn[0]
    assert (nothing["note"], nothing["points"]) == (say("en")("report-trend-none"), [])
