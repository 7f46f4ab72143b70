"""Findings: better and worse only where intervals do not touch, targets by the whole interval, and never more than the numbers say."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.deadlines import Stage
from domain.figures.breakdown import By
from domain.figures.evidence import ChangeVerdict, Rate, Share
from domain.figures.figures import Counts, Stratum, Tally
from domain.figures.findings import (
    UPWARDS,
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
    find_outlying_units,
    find_slipped_stage,
    find_vital_few,
    find_worsened_unit,
    list_findings,
    list_measures,
)
from domain.figures.handling import HandlingCounts, KeptDeadlines
from domain.figures.period import parse_period, previous
from domain.figures.summary import Summary, SummaryUnit

PERIOD = parse_period("2026-10", datetime(2026, 11, 2, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
COUNTS = st.integers(0, 2000)
SHARES = st.tuples(COUNTS, COUNTS).map(lambda pair: Share(min(pair), max(pair)))


def counts(good: int, bad: int, deliveries: int = 0, **more: int) -> Counts:
    tally = Tally.of({5: good, 1: bad})
    return Counts({"": Stratum(deliveries or good + bad, tally)}, **more)


def summary(now: Counts, before: Counts, **more: Any) -> Summary:  # noqa: ANN401 -- any field
    return replace(Summary(PERIOD, now, before), **more)


def judge(figure: ReportFigure, now: Share | Rate, before: Share | Rate, target: float | None = None) -> Measure:
    """The figure of a complete period."""
    return Measure(figure, now, before, target, judged=JudgedPair(PERIOD, previous(PERIOD), now, before))


def test_a_unit_that_has_fallen() -> None:
    """Clearly below the rest now, and below itself before: named by how far; one that always was low, or that nobody knew, is not."""
    before = {"a": counts(60, 2), "b": counts(60, 2), "c": counts(25, 30)}
    now = {"a": counts(30, 25), "b": counts(300, 10), "c": counts(25, 30), "new": counts(10, 30)}
    worse = find_worsened_unit(now, before)
    assert worse is not None
    assert (worse.key, worse.now.part, worse.before.part) == ("a", 30, 60)
    assert find_worsened_unit(before, now) is None
    assert find_worsened_unit({}, {}) is None


def unit(key: str, good: int, bad: int, opened: int = 0) -> SummaryUnit:
    return SummaryUnit(key, key.upper(), counts(good, bad, opened=opened))


@given(st.sampled_from(ReportFigure), SHARES, SHARES)
def test_moved_only_where_intervals_do_not_touch(figure: ReportFigure, now: Share, before: Share) -> None:
    """Whatever the numbers: what is called better or worse has intervals apart and n of ten and more on both sides."""
    better = judge(figure, now, before).better
    if better is None:
        return
    assert min(now.n, before.n) >= 10
    up = now.interval[0] > before.interval[1]
    assert up or now.interval[1] < before.interval[0]
    assert better is (up is (figure in UPWARDS))


@pytest.mark.parametrize(
    ("figure", "better"),
    [
        (ReportFigure.SATISFACTION, True),
        (ReportFigure.FIRST, True),
        (ReportFigure.REPEAT, False),
        (ReportFigure.COMPLAINTS, False),
    ],
)
def test_more_of_some_is_worse(figure: ReportFigure, *, better: bool) -> None:
    """Higher satisfaction is better, more complaints, repeats, reopened cases are worse."""
    now, before = Share(900, 1000), Share(500, 1000)
    if figure is ReportFigure.COMPLAINTS:
        assert judge(figure, Rate(90, 1000), Rate(9, 1000)).better is better
    else:
        assert judge(figure, now, before).better is better
        assert judge(figure, before, now).better is not better


@pytest.mark.parametrize(
    ("part", "n", "standing"),
    [
        (700, 1000, TargetStanding.MISSED),
        (26, 30, TargetStanding.UNDER),
        (28, 30, TargetStanding.OVER),
        (990, 1000, TargetStanding.REACHED),
        (9, 9, TargetStanding.UNKNOWN),
        (0, 0, TargetStanding.UNKNOWN),
    ],
)
def test_against_a_target(part: int, n: int, standing: TargetStanding) -> None:
    """Of 90 %: missed and reached are said of the whole interval; below ten nothing is said."""
    assert judge(ReportFigure.FIRST, Share(part, n), Share(0, 0), 0.9).standing is standing


def test_without_a_target_nothing_is_missed() -> None:
    """Figures that the company has set no target for have no standing."""
    assert judge(ReportFigure.REOPEN, Share(700, 1000), Share(0, 0)).standing is TargetStanding.UNKNOWN


def test_targets_are_those_of_the_rounds() -> None:
    """90, 95, 99 belong to one, two, three rounds; without targets there are none."""
    targets = {one.figure: one.target for one in list_measures(summary(Counts(), Counts()), (90, 95, 99))}
    assert (targets[ReportFigure.FIRST], targets[ReportFigure.SECOND], targets[ReportFigure.THIRD]) == (0.9, 0.95, 0.99)
    assert {
        target
        for figure, target in targets.items()
        if figure not in {ReportFigure.FIRST, ReportFigure.SECOND, ReportFigure.THIRD}
    } == {None}
    assert {one.target for one in list_measures(summary(Counts(), Counts()))} == {None}


def test_every_figure_is_measured_once() -> None:
    """The table of key figures has each of them."""
    assert [one.figure for one in list_measures(summary(Counts(), Counts()))] == list(ReportFigure)


def test_a_unit_stands_apart() -> None:
    """Clearly below first, the furthest first, against all others; chance differences, small n and the nameless unit are none."""
    units = [
        unit("poor", 50, 50),
        unit("worse", 40, 60),
        unit("best", 400, 1),
        unit("middling", 85, 15),
        unit("tiny", 0, 9),
        unit("", 10, 90),
    ]
    outliers = find_outlying_units(By.COURIER, units)
    assert [(one.unit.key, one.below) for one in outliers] == [
        ("worse", True),
        ("poor", True),
        ("middling", False),
        ("best", False),
    ]
    assert outliers[0].share == Share(40, 100)
    assert outliers[0].rest == Share(545, 710)


def test_the_vital_few() -> None:
    """The fewest categories with four fifths of the complaints; not told where that takes most of them, nor of fewer than ten."""
    units = [unit("a", 0, 0, 50), unit("b", 0, 0, 32), unit("c", 0, 0, 10), unit("d", 0, 0, 8)]
    (few,) = find_vital_few(units)
    assert ([one.key for one in few.units], few.share) == (["a", "b"], Share(82, 100))
    assert find_vital_few([unit(name, 0, 0, 10) for name in "abcd"]) == ()
    assert find_vital_few([unit("a", 0, 0, 9)]) == ()
    assert find_vital_few([unit("a", 0, 0, 10)])[0].share == Share(10, 10)


def test_the_stage_that_slipped_most() -> None:
    """The lowest share kept of the stages with ten deadlines and more; none where all were kept."""
    stages = {
        Stage.ACCEPT: KeptDeadlines(10, 10),
        Stage.RECTIFY: KeptDeadlines(20, 12),
        Stage.ANSWER: KeptDeadlines(20, 15),
        Stage.PLAN: KeptDeadlines(9),
    }
    assert find_slipped_stage(HandlingCounts(stages=stages)) == (SlippedStage(Stage.RECTIFY, Share(12, 20)),)
    assert find_slipped_stage(HandlingCounts(stages={Stage.ACCEPT: KeptDeadlines(10, 10)})) == ()
    assert find_slipped_stage(HandlingCounts()) == ()


def test_in_the_order_in_which_it_is_read() -> None:
    """Worse, targets, what to look at, then what is not proven and what is too small."""
    handled = HandlingCounts(
        opened=60,
        rectified=60,
        satisfied=30,
        settled=60,
        spoken=50,
        first=20,
        second=10,
        third=5,
        reopened=3,
        repeated=4,
    )
    findings = list_findings(
        summary(
            counts(
                500,
                500,
                5000,
                sampled=2000,
                surveyed=1500,
                answered=1000,
                invited=1500,
                responded=1000,
                complaints=20,
                valid=12,
            ),
            counts(
                900,
                100,
                5000,
                sampled=2000,
                surveyed=1500,
                answered=1000,
                invited=1500,
                responded=1000,
                complaints=22,
                valid=12,
            ),
            units=(unit("a", 100, 300), unit("b", 400, 200)),
            categories=(unit("x", 0, 0, 55), unit("y", 0, 0, 5)),
            casework=handled,
            casework_before=HandlingCounts(opened=5),
            open_now=4,
            overdue_now=1,
        ),
        (90, 95, 99),
    )
    kinds = [type(one) for one in findings]
    assert list(dict.fromkeys(kinds)) == [
        ProvenChange,
        TargetFinding,
        OutlyingUnit,
        VitalFew,
        WaitingComplaints,
        UnprovenChange,
    ]
    first = findings[0]
    assert isinstance(first, ProvenChange)
    assert (first.measure.figure, first.better) == (ReportFigure.SATISFACTION, False)
    assert findings[-1] == UnprovenChange(measures_of(findings, ReportFigure.VALID))
    assert WaitingComplaints(4, 1) in findings


def measures_of(findings: tuple[object, ...], figure: ReportFigure) -> Measure:
    (measure,) = [one.measure for one in findings if isinstance(one, UnprovenChange) and one.measure.figure is figure]
    return measure


def test_nothing_to_say_of_nothing() -> None:
    """An empty period has no findings; a small one says what was too few."""
    assert list_findings(summary(Counts(), Counts())) == ()
    few = list_findings(summary(counts(6, 1, 12, surveyed=9, answered=7, invited=9, responded=7), Counts()))
    assert [(one.measure.figure, one.measure.now.n) for one in few if isinstance(one, TooFew)] == [
        (ReportFigure.SATISFACTION, 7),
        (ReportFigure.RESPONSE, 9),
    ]


@given(SHARES, SHARES)
def test_a_finding_is_never_said_twice(now: Share, before: Share) -> None:
    """A figure is moved, or not proven, or too few: one of them."""
    findings = list_findings(
        summary(counts(now.part, now.n - now.part, 1), counts(before.part, before.n - before.part, 1)),
    )
    said = [
        one.measure.figure
        for one in findings
        if isinstance(one, ProvenChange | UnprovenChange | TooFew) and one.measure.figure is ReportFigure.SATISFACTION
    ]
    assert len(said) <= 1
    if any(isinstance(one, UnprovenChange) for one in findings):
        assert judge(ReportFigure.SATISFACTION, now, before).change.verdict in set(ChangeVerdict)
