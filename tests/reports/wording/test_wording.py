"""Figures in words: what a small n hides, how percentages are rounded, and that both languages say the same."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import FluentParser, ast, visitor
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.evidence import Rate, Share, Weighted
from domain.figures.figures import Counts, Stratum, Tally
from domain.figures.findings import JudgedPair, Measure, ReportFigure
from domain.figures.maturity import Cohort
from domain.figures.period import Kind, find_last_ended, parse_period, previous
from domain.figures.summary import Summary, SummaryUnit
from reports.wording.wording import (
    RenderText,
    fit_on_one_line,
    format_change,
    format_growing,
    format_percent,
    format_period,
    format_rate,
    format_share,
    list_mean_arguments,
    list_shown_cohorts,
    sort_most_pressing_first,
)
from tests.harness.picture_checks import make_say as say

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
OCTOBER = parse_period("2026-10", datetime(2026, 12, 31, tzinfo=UTC), ZONE)
SHARE_KEYS = ("summary-share", "summary-share-short", "picture-share", "picture-share-note", "summary-reached")


class Variables(visitor.Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the library's name
        self.names.add(node.id.name)


@pytest.mark.parametrize(
    ("part", "n", "expected"),
    [
        (9, 10, "90"),
        (5, 8, "63"),
        (399, 400, "99"),
        (400, 400, "100"),
        (1, 400, "1"),
        (0, 400, "0"),
        (1, 999, "1"),
        (881, 1000, "88.1"),
        (9999, 10000, "99.9"),
        (1, 10**9, "0.1"),
        (10**9, 10**9, "100.0"),
        (0, 0, "0"),
    ],
)
def test_percent(part: int, n: int, expected: str) -> None:
    """Half rounds up, a decimal from 1,000 on, and 0 and 100 are said only of none and all."""
    assert format_percent(Share(part, n)) == expected


@pytest.mark.parametrize("key", SHARE_KEYS)
@given(n=st.integers(0, 9), part=st.integers(0, 9))
def test_fewer_than_ten_have_no_percentage(key: str, n: int, part: int) -> None:
    """Below 10 the translation does not even get a percentage, so no language can print one."""

    def spy(asked: str, /, **values: str | int) -> str:
        if asked == "figure-basis":
            return ""
        assert (values["percent"], values["low"], values["high"]) == ("", "", "")
        return ""

    format_share(spy, key, Share(min(part, n), n))


def test_small_and_large(english: RenderText, chinese: RenderText) -> None:
    """7 answers are counts, 23 an indication, 400 a figure with its interval."""
    assert format_share(english, "summary-share", Share(5, 7)) == "5 of 7"
    assert format_share(english, "summary-share", Share(18, 23)) == "78% (n = 23, indicative, 95% interval 58–90%)"
    assert format_share(english, "summary-share", Share(360, 400)) == "90% (n = 400, 95% interval 87–93%)"
    assert format_share(chinese, "summary-share", Share(5, 7)) == "7份中5份"
    assert format_share(chinese, "summary-share", Share(18, 23)) == "78%（n = 23，仅供参考，95%区间 58–90%）"


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (Share(360, 400), Share(300, 400), "before 75% (n = 400): up 15 points"),
        (Share(300, 400), Share(360, 400), "before 90% (n = 400): down 15 points"),
        (Share(90, 100), Share(86, 100), "before 86% (n = 100): no clear change"),
        (Share(90, 100), Share(4, 4), "before 4 of 4: too few to compare"),
        (Share(90, 100), Share(0, 0), "before no answers: too few to compare"),
        (Share(923, 1000), Share(352, 400), "before 88% (n = 400): no clear change"),
        (Share(950, 1000), Share(352, 400), "before 88% (n = 400): up 7 points"),
        (Share(500_100_000, 10**9), Share(5 * 10**8, 10**9), "before 50.0% (n = 1,000,000,000): up <0.1 points"),
    ],
)
def test_changes(english: RenderText, now: Share, before: Share, expected: str) -> None:
    """A change is told with the figure before, and as a change only when the intervals are apart."""
    assert format_change(english, _measure(now, before)) == expected


def test_a_growing_period_gets_no_verdict(english: RenderText, chinese: RenderText) -> None:
    """Until its cohort is complete there is none; complete days are named and judged."""
    waiting = Measure(ReportFigure.SATISFACTION, Share(9, 10), Share(80, 100), grows_until=date(2026, 12, 9))
    assert format_change(english, waiting) == "still growing: no verdict before 2026-12-09"
    assert format_change(chinese, waiting) == "数据还在增加：2026-12-09 之前不下结论"
    days = replace(_measure(Share(90, 100), Share(30, 100)), grows_until=date(2026, 12, 9))
    expected = "complete to 2026-10-31: 90% (n = 100), before 30% (n = 100): up 60 points"
    assert format_change(english, days) == expected
    first = Measure(ReportFigure.SATISFACTION, Share(9, 10), Share(0, 0), first=True)
    assert format_change(english, first) == "no earlier period"


def test_what_still_grows_is_named(english: RenderText) -> None:
    """With the day on which each cohort is complete; nothing is said of a complete period."""
    summary = Summary(OCTOBER, growing={Cohort.ANSWERS: date(2026, 11, 10), Cohort.REOPENED: date(2026, 12, 1)})
    shown = list_shown_cohorts(summary)
    assert format_growing(english, summary.growing, shown) == "Still growing: answers until 2026-11-10"
    assert format_growing(english, {}, shown) == ""


def test_weighted_shares_say_so(english: RenderText, chinese: RenderText) -> None:
    """A weighted percentage stands beside what its answers are worth, never beside an unweighted fraction."""
    share = Weighted(31, 39, 0.72, 14.9)
    assert format_share(english, "summary-share", share) == (
        "72% (n = 39, weighted: worth 14, indicative, 95% interval 47–88%)"
    )
    assert format_share(chinese, "summary-share-short", share) == "72%（n = 39，加权，相当于14份，仅供参考）"
    assert format_share(english, "summary-share", Weighted(31, 39, 0.72, 9.96)) == "31 of 39 (too few to weight)"


def test_complaints(english: RenderText) -> None:
    """A rate is known by its events: twelve are an indication, and three are counted."""
    value = "summary-complaints-value"
    assert format_rate(english, value, Rate(12, 4000)) == (
        "12, 3.0 per 1,000 (1.5–5.2; n = 4,000 deliveries, indicative)"
    )
    assert format_rate(english, value, Rate(40, 4000)) == "40, 10.0 per 1,000 (7.1–13.6; n = 4,000 deliveries)"
    assert format_rate(english, value, Rate(0, 54)) == "0 on 54 deliveries"
    assert format_rate(english, value, Rate(1, 0)) == "1 (no deliveries)"
    expected = "before 20, 4.0 per 1,000 (n = 5,000, indicative): rate up"
    assert format_change(english, _measure(Rate(60, 5000), Rate(20, 5000), ReportFigure.COMPLAINTS)) == expected


def _measure(now: Share | Rate, before: Share | Rate, figure: ReportFigure = ReportFigure.SATISFACTION) -> Measure:
    return Measure(figure, now, before, judged=JudgedPair(OCTOBER, previous(OCTOBER), now, before))


def test_index_is_cut_not_rounded(english: RenderText) -> None:
    """79.96 is printed as 79.9 beside "basically satisfied", never as 80.0."""
    values = list_mean_arguments(english, {"": Stratum(0, Tally.of({4: 499, 3: 1}))})
    assert values is not None
    assert (values["index"], values["band"]) == ("79.9", "basically satisfied")


@pytest.mark.parametrize("n", [0, 1, 9])
def test_no_mean_of_few(english: RenderText, n: int) -> None:
    """Fewer than 10 answers have no mean, score, index or band."""
    assert list_mean_arguments(english, {"": Stratum(0, Tally.of({5: n}))}) is None


def test_most_pressing_first() -> None:
    """Departments stand in the order of what waits, not of their score."""
    bad = _line("bad score", Tally.of({1: 50}), 0, 0, 0)
    late = _line("late", Tally.of({5: 50}), 1, 3, 2)
    busy = _line("busy", Tally.of({5: 50}), 9, 8, 0)
    assert sort_most_pressing_first([bad, busy, late]) == [late, busy, bad]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("  two\n lines\t", "two lines"),
        ("turned\N{RIGHT-TO-LEFT OVERRIDE}around", "turnedaround"),
        ("\N{ZERO WIDTH SPACE}", "–"),
        ("", "–"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("👩\N{ZERO WIDTH JOINER}🔧", "👩\N{ZERO WIDTH JOINER}🔧"),
    ],
)
def test_one_line(name: str, expected: str) -> None:
    """A typed name is one visible line that cannot turn its surroundings around."""
    assert fit_on_one_line(name) == expected


def test_both_languages_have_the_same_messages(texts: dict[str, str]) -> None:
    """Every key, prefixed with what it belongs to, stands in both languages with the same variables."""
    by_language: dict[str, dict[str, set[str]]] = {}
    for language, source in texts.items():
        for entry in FluentParser().parse(source).body:
            assert not isinstance(entry, ast.Junk), entry.content
            if isinstance(entry, ast.Message):
                variables = Variables()
                variables.visit(entry)
                by_language.setdefault(language, {})[entry.id.name] = variables.names
    assert by_language["en"] == by_language["zh"]
    assert all(key.startswith(("summary-", "figure-", "period-", "keyboard-")) for key in by_language["en"])


def _line(name: str, tally: Tally, complaints: int, waiting: int, overdue: int) -> SummaryUnit:
    return SummaryUnit(name, name, Counts({"": Stratum(50, tally)}, complaints=complaints), waiting, overdue)


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("2026-10", "October 2026", "2026年10月"),
        ("2026-q3", "Quarter 3 of 2026", "2026年第3季度"),
        ("2025", "2025", "2025年"),
        ("2026-10-03", "2026-10-03", "2026-10-03"),
        ("today", "2026-11-23 (so far)", "2026-11-23（截至目前）"),
        ("week", "Week 2026-11-23 – 2026-11-23 (so far)", "一周：2026-11-23 至 2026-11-23（截至目前）"),
        ("2026-10-03..2026-10-09", "2026-10-03 – 2026-10-09", "2026-10-03 至 2026-10-09"),
        ("month", "November 2026, so far (to 2026-11-23)", "2026年11月（截至 2026-11-23）"),
    ],
)
def test_periods_by_their_names(text: str, english: str, chinese: str) -> None:
    """Months, quarters and years have one; other spans are told by their days; one that runs says so."""
    period = parse_period(text, NOW, ZONE)
    assert format_period(say("en"), period) == english
    assert format_period(say("zh"), period) == chinese


def test_the_first_quarter_is_the_first() -> None:
    """And the last the fourth."""
    for n, day in enumerate((date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1)), 1):
        assert format_period(say("en"), find_last_ended(Kind.QUARTER, day, ZONE)).startswith(f"Quarter {n} of 2026")
