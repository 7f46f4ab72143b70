"""How it was obtained, what customers say, departments and who stands apart: bars only where n allows them."""

from dataclasses import replace
from typing import Any

import pytest

from domain.figures.breakdown import By
from domain.figures.evidence import Share
from domain.figures.figures import Counts, Stratum, Tally
from domain.figures.findings import OutlyingUnit
from domain.figures.summary import SummaryUnit
from reports.paper.report import Standouts
from reports.paper.report_answers import draw_answers, draw_bar, draw_method, draw_units
from tests.harness.example_reports import make_ordinary_report, make_sparse_report
from tests.harness.picture_checks import make_say as say


@pytest.mark.parametrize(
    ("part", "n", "drawn", "pale"), [(3, 9, False, False), (9, 10, True, True), (27, 30, True, False)]
)
def test_a_bar_where_n_allows_one(part: int, n: int, *, drawn: bool, pale: bool) -> None:
    """Below ten none, below thirty a pale one; with its interval."""
    bar: Any = draw_bar("x", Share(part, n), say("en"))
    assert (bar["bar"] is not None) is drawn
    if drawn:
        assert bar["bar"]["pale"] is pale
        assert (bar["bar"]["low"], bar["bar"]["high"]) == Share(part, n).interval


def test_the_way_from_delivery_to_answer() -> None:
    """Each step as a share of the one before it; the bar is of all deliveries."""
    drawn: Any = draw_method(make_ordinary_report("en"), say("en"))
    assert [one["text"] for one in drawn["funnel"]["rows"]] == [
        *("17,500", "6,940 (39.7%)", "4,840 (69.7%)", "2,009 (41.5%)"),
    ]
    assert [one["part"] for one in drawn["funnel"]["rows"]] == pytest.approx(
        [1.0, 6940 / 17500, 4840 / 17500, 2009 / 17500]
    )
    assert "P1 80%, P2 50%, P3 20%, P4 5%" in drawn["paragraphs"][1]
    assert [row[0] for row in drawn["strata"]["rows"]] == ["P1", "P2", "P3", "P4"]


def test_without_sampling_and_priorities() -> None:
    """All were asked; nothing is weighted, so nothing says so; an empty priority is called none, and stands last."""
    drawn: Any = draw_method(make_sparse_report("en"), say("en"))
    assert say("en")("report-method-sampling-all") in drawn["paragraphs"]
    assert say("en")("report-method-weights") not in drawn["paragraphs"]
    report = make_sparse_report("en")
    strata = {"": Stratum(4), "P2": Stratum(2)}
    drawn = draw_method(replace(report, summary=replace(report.summary, now=Counts(strata))), say("en"))
    assert [row[0] for row in drawn["strata"]["rows"]] == ["P2", "none"]


def test_a_unit_that_leaves_out_a_priority_is_marked() -> None:
    """Departments and couriers that stand apart: after the percentage, explained once below each list."""
    report = make_ordinary_report("en")
    silent = Counts({"P1": Stratum(90, Tally((40, 0, 0, 5, 5))), "P4": Stratum(400)})
    low, other = SummaryUnit("x", "Low", silent), report.summary.units[0]
    summary = replace(report.summary, units=(low, other))
    apart = Standouts(By.COURIER, 9, 1, 0, (OutlyingUnit(By.COURIER, low, other.counts.strata, below=True),))
    drawn: Any = draw_units(replace(report, summary=summary, standouts=(apart,)), say("en"))
    (courier,) = drawn["standouts"][0]["groups"][0]["rows"]
    assert [row["name"] for row in (*drawn["rows"], courier) if row["text"].endswith("†")] == ["Low", "Courier Low"]
    assert {drawn["left_out"], drawn["standouts"][0]["left_out"]} == {say("en")("summary-left-out", mark="†")}
    ordinary: Any = draw_units(report, say("en"))
    assert {ordinary["left_out"], *(one["left_out"] for one in ordinary["standouts"])} == {""}


def test_ratings_of_few_are_counts() -> None:
    """Seven ratings have no percentages and no bars; two thousand have both."""
    few: Any = draw_answers(make_sparse_report("en"), say("en"))
    assert [(one["text"], one["part"]) for one in few["ratings"]["rows"]] == [
        *(("4", 0.0), ("2", 0.0), ("0", 0.0), ("0", 0.0), ("1", 0.0)),
    ]
    many: Any = draw_answers(make_ordinary_report("en"), say("en"))
    assert many["ratings"]["rows"][0]["text"] == "1,299 (62.9%)"
    assert [one["name"] for one in many["dimensions"]["rows"]] == [
        *("Price", "Timeliness", "Attitude", "Goods intact", "Environment"),
    ]


def test_departments_by_what_waits() -> None:
    """The most pressing first, the whole as a mark, the nameless left out; more than fit are counted."""
    drawn: Any = draw_units(make_ordinary_report("en"), say("en"))
    assert [row["counts"] for row in drawn["rows"]][:2] == [["31", "9", "3"], ["25", "7", "2"]]
    assert [row["alarm"] for row in drawn["rows"]] == [True, True, True, False, False]
    assert drawn["whole"] == pytest.approx(0.902, abs=0.001)
    report = make_ordinary_report("en")
    many = (*(SummaryUnit(f"d{n}", f"D{n}") for n in range(26)), SummaryUnit("", ""))
    drawn = draw_units(replace(report, summary=replace(report.summary, units=many)), say("en"))
    assert (len(drawn["rows"]), drawn["more"]) == (24, "… and 2 more")


def test_who_stands_apart() -> None:
    """How many were compared and how, who is clearly below and above the rest in the words of the chat, and the rest that is not listed."""
    drawn: Any = draw_units(make_ordinary_report("en"), say("en"))
    couriers, routes = drawn["standouts"]
    assert couriers["lines"] == [
        "15 had enough ratings (10). Each was compared with the rest, that is all others together: 5 clearly below, 4 clearly above.",
        say("en")("report-compared-how"),
    ]
    below, above = couriers["groups"]
    assert (below["title"], above["title"]) == ("clearly below the rest", "clearly above the rest")
    assert (len(below["rows"]), len(above["rows"]), couriers["more"]) == (5, 3, "… and 1 more")
    assert below["rows"][0]["name"] == "Courier k0"
    assert routes["lines"][1:] == [say("en")("report-none-apart"), say("en")("report-compared-how")]
    assert routes["groups"] == []
    nobody: Any = draw_units(replace(make_ordinary_report("en"), standouts=(Standouts(By.ROUTE),)), say("en"))
    assert nobody["standouts"][0]["lines"] == [say("en")("report-compared", compared=0, below=0, above=0)]


def test_a_whole_of_few_is_no_mark() -> None:
    """Below ten ratings there is no line to compare with."""
    report = make_ordinary_report("en")
    little = Counts({"": Stratum(9, Tally((0, 0, 0, 0, 9)))})
    drawn: Any = draw_units(replace(report, summary=replace(report.summary, now=little)), say("en"))
    assert (drawn["whole"], drawn["note"]) == (None, "")
