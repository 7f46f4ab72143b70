"""Cases, measures, terms: what happened, how it was kept, long words cut on purpose."""

from dataclasses import replace
from typing import Any

import pytest

from reports.paper.report import PlanStatus
from reports.paper.report_cases import _cut_text, draw_plans, draw_terms, draw_worst_cases
from tests.harness.example_reports import make_ordinary_report, make_sparse_report
from tests.harness.picture_checks import make_say as say


def test_what_happened_to_a_case() -> None:
    """Overdue, late, taken up again, with the regulator, its state; an open one says how long it waits."""
    drawn: Any = draw_worst_cases(make_ordinary_report("en"), say("en"))
    assert drawn["rows"][0][0] == {"text": "C-261003-0001", "under": "2026-10-03"}
    assert drawn["rows"][0][4:] == ["open, 12 days", "3", "overdue, in progress"]
    assert drawn["rows"][1][6] == "answered late, reopened, with the regulator, closed"
    assert "11; the 7 most pressing are listed." in drawn["intro"]


def test_measures_say_how_they_were_kept() -> None:
    """Counted, listed with goal and due day, coloured by how they were kept."""
    drawn: Any = draw_plans(make_ordinary_report("en"), say("en"))
    assert "6 on time, 2 late, 2 overdue, 1 in progress" in drawn["intro"]
    assert [row[4]["tone"] for row in drawn["rows"]][:4] == ["good", "bad", "bad", ""]
    assert drawn["rows"][0][2]["under"] == "Goal: Late parcels below 2 %"
    assert drawn["rows"][1][2]["under"] == ""
    assert drawn["more"] == "… and 4 more"


def test_nothing_to_list() -> None:
    """One sentence each."""
    first: Any = draw_worst_cases(make_sparse_report("en"), say("en"))
    second: Any = draw_plans(make_sparse_report("en"), say("en"))
    assert (first["intro"], first["rows"]) == (say("en")("report-worst-none"), [])
    assert (second["intro"], second["rows"], second["more"]) == (say("en")("report-plans-none"), [], "")
    everything = replace(make_ordinary_report("en"), plans=(), keeping={PlanStatus.KEPT: 0})
    second = draw_plans(everything, say("en"))
    assert second["intro"] == say("en")("report-plans-none")


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [("abc", 3, "abc"), ("abcd", 3, "abc…"), ("一二三", 4, "一二…"), ("a b", 2, "a…"), ("", 0, "")],
)
def test_cut_by_width(text: str, cells: int, shown: str) -> None:
    """A Chinese sign is as wide as two letters."""
    assert _cut_text(text, cells) == shown


@pytest.mark.parametrize("language", ["en", "zh"])
def test_terms_name_the_companys_own_bounds(language: str) -> None:
    """Where an index is satisfied, and how long a repeat reaches back, is the company's to say."""
    report = replace(make_ordinary_report(language), repeat_days=45)
    report = replace(report, summary=replace(report.summary, satisfied_from=82.5))
    drawn: Any = draw_terms(report, say(language))
    told = " ".join(one["means"] for one in drawn)
    assert "82.5" in told
    assert "45" in told
