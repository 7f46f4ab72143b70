"""Findings as sentences: all their numbers in them, under the right head, in both languages, and no word of a cause."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.cases.deadlines import Stage
from domain.figures.breakdown import By
from domain.figures.evidence import Rate, Share
from domain.figures.figures import Counts, Stratum, Tally
from domain.figures.findings import (
    Finding,
    JudgedPair,
    Measure,
    OutlyingUnit,
    ProvenChange,
    ReportFigure,
    SlippedStage,
    TargetFinding,
    TargetStanding,
    TooFew,
    UnprovenChange,
    VitalFew,
    WaitingComplaints,
)
from domain.figures.period import parse_period, previous
from domain.figures.summary import SummaryUnit
from reports.paper.report_findings import draw_finding_blocks, format_finding, format_unit_name
from tests.harness.picture_checks import make_say as say

NOW, BEFORE = Share(900, 1000), Share(1900, 2000)
OCTOBER = parse_period("2026-10", datetime(2026, 12, 31, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))


OTHERS = {"": Stratum(1000, Tally.of({5: 900, 1: 100}))}


def make_unit(name: str, good: int, bad: int) -> SummaryUnit:
    return SummaryUnit(name, name, Counts({"": Stratum(good + bad, Tally.of({5: good, 1: bad}))}))


def make_measure(now: Share | Rate, before: Share | Rate, figure: ReportFigure = ReportFigure.SATISFACTION) -> Measure:
    """Of complete periods."""
    return Measure(figure, now, before, judged=JudgedPair(OCTOBER, previous(OCTOBER), now, before))


MEASURE = make_measure(NOW, BEFORE)
EVERY: dict[str, Finding] = {
    "worse": ProvenChange(MEASURE, better=False),
    "better": ProvenChange(make_measure(BEFORE, NOW), better=True),
    "missed": TargetFinding(
        Measure(ReportFigure.FIRST, Share(70, 100), NOW, 0.9, silence=Share(80, 180)), TargetStanding.MISSED
    ),
    "reached": TargetFinding(Measure(ReportFigure.FIRST, Share(995, 1000), NOW, 0.9), TargetStanding.REACHED),
    "open-target": TargetFinding(Measure(ReportFigure.THIRD, Share(28, 30), NOW, 0.99), TargetStanding.UNDER),
    "look": SlippedStage(Stage.RECTIFY, Share(12, 20)),
    "unproven": UnprovenChange(make_measure(Rate(13, 1000), Rate(14, 1000), ReportFigure.COMPLAINTS)),
    "few": TooFew(Measure(ReportFigure.RESPONSE, Share(3, 9), NOW)),
}
LOOKS: tuple[Finding, ...] = (
    OutlyingUnit(By.COURIER, make_unit("k17", 40, 60), OTHERS, below=True),
    OutlyingUnit(By.DEPARTMENT, make_unit("Transport", 100, 0), OTHERS, below=False),
    VitalFew((SummaryUnit("c", "Late", Counts(opened=82)),), Share(82, 100)),
    VitalFew((SummaryUnit("c", "Late"), SummaryUnit("d", "Broken")), Share(82, 100)),
    WaitingComplaints(1, 0),
    WaitingComplaints(4, 3, 2),
)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("head", EVERY)
def test_under_its_head(head: str, language: str) -> None:
    """Each kind of finding has a head of its own."""
    blocks: Any = draw_finding_blocks((EVERY[head],), say(language))
    assert [one["title"] for one in blocks] == [say(language)(f"report-findings-{head}")]
    assert blocks[0]["lines"] == [format_finding(EVERY[head], say(language))]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_worse_is_told_first(language: str) -> None:
    """Then targets missed, what is better, what to look at; what is not proven and too small stand last."""
    blocks: Any = draw_finding_blocks((*reversed(EVERY.values()), *LOOKS), say(language))
    titles = [say(language)(f"report-findings-{head}") for head in ("worse", "missed", "better", "reached", "look")]
    assert [one["title"] for one in blocks][:5] == titles
    assert [one["tone"] for one in blocks] == ["bad", "bad", "good", "good", "", "", "", ""]


def test_with_all_its_numbers() -> None:
    """Value, n and interval of both periods; a target; what was missed."""
    english = say("en")
    assert format_finding(EVERY["worse"], english) == (
        "Satisfaction: 90.0% (n = 1,000, 88.0–91.7%), before 95.0% (n = 2,000, 94.0–95.9%)."
    )
    assert format_finding(EVERY["missed"], english) == (
        "Solved the first time: 70.0% (n = 100, 60.4–78.1%); target 90%. The whole interval is below the target."
        " Only customers who gave feedback are counted; 44.4% did not."
    )
    growing = ProvenChange(replace(MEASURE, now=Share(95, 99), grows_until=date(2026, 11, 10)), better=False)
    assert format_finding(growing, english) == (
        "Satisfaction (complete days, 2026-10-01 – 2026-10-31): 90.0% (n = 1,000, 88.0–91.7%),"
        " before 95.0% (n = 2,000, 94.0–95.9%)."
    )
    strata = {"P1": Stratum(1000, Tally.of({5: 100})), "P4": Stratum(9000, Tally.of({5: 40, 1: 48}))}
    weighted = OutlyingUnit(By.COURIER, SummaryUnit("k", "k", Counts(strata)), OTHERS, below=True)
    assert "50.9% (n = 188 (107), 41.6–60.2%)" in format_finding(weighted, english)
    assert format_finding(EVERY["look"], english) == (
        "Deadlines: Rectification was on time in 60.0% of 20 that fell due (38.7–78.1%), the lowest of all stages; 8 missed."
    )
    assert [format_finding(one, english) for one in LOOKS[2:]] == [
        "One category, Late, makes 82.0% of the 100 complaints opened.",
        "2 categories (Late, Broken) make 82.0% of the 100 complaints opened.",
        "One complaint awaits an answer at this moment, none of them overdue.",
        "4 complaints await an answer at this moment, 3 of them overdue; so do 2 suggestions and questions.",
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("finding", [*EVERY.values(), *LOOKS], ids=lambda one: type(one).__name__)
def test_no_word_of_a_cause(finding: Finding, language: str) -> None:
    """Nothing is because of anything."""
    told = format_finding(finding, say(language)).lower()
    assert not [
        word for word in ("because", "due to", "caused", "thanks to", "led to", "因为", "由于", "导致") if word in told
    ]


def test_too_many_are_counted() -> None:
    """Eight of a kind, then how many more."""
    many = tuple(OutlyingUnit(By.COURIER, make_unit(f"k{n}", 40, 60), OTHERS, below=True) for n in range(11))
    drawn: Any = draw_finding_blocks(many, say("en"))
    (block,) = drawn
    assert len(block["lines"]) == 9
    assert block["lines"][-1] == "… and 3 more"


def test_couriers_by_their_keys() -> None:
    """Couriers and routes say what they are; departments by name."""
    assert format_unit_name(By.COURIER, "k17", say("en")) == "Courier k17"
    assert format_unit_name(By.ROUTE, "r1", say("zh")) == "线路 r1"
    assert format_unit_name(By.DEPARTMENT, "Transport", say("en")) == "Transport"
