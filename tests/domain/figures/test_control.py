"""Control charts: known limits, and no signal from what chance explains."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.control import NEEDED_EVENTS, Chart, Observation, Signal, Verdict, p_chart, u_chart

BEGIN = date(2026, 1, 5)
COUNTS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=60)


def days(*counted: tuple[int, int], growing: int = 0) -> list[Observation]:
    """One after the other: (count, n); to the last of them more is to come."""
    made = []
    for place, (count, n) in enumerate(counted):
        day = BEGIN + timedelta(days=place)
        made.append(Observation(day.isoformat(), day, day, count, n, place >= len(counted) - growing))
    return made


def signals(chart: Chart) -> list[Signal]:
    return [point.signal for point in chart.points if point.judged]


def told(chart: Chart) -> list[tuple[str, Signal]]:
    return [(point.code, point.signal) for point in chart.signals]


BASE = [(4, 1000)] * 20
"""20 periods at 4 per 1,000."""


def test_the_known_limit_of_the_u_chart() -> None:
    """ū = 4 per 1,000 and n = 800: up to 10 complaints are chance, 12.5 per 1,000; and none at all is, too."""
    last = u_chart(days(*BASE, (3, 800))).points[-1]
    assert last.upper == 12.5
    assert last.lower == 0
    assert last.centre == 4
    assert last.value == 3.75
    assert last.judged


def test_the_known_limits_of_the_p_chart() -> None:
    """p̄ = 0.1 and n = 100: 2 to 20 of 100; with n = 25 none is chance, too, and 8 are."""
    wide, narrow = p_chart(days(*[(10, 100)] * 20, (10, 100), (3, 25))).points[-1:-3:-1]
    assert [narrow.lower, narrow.upper] == pytest.approx([0.02, 0.2])
    assert [wide.lower, wide.upper] == pytest.approx([0, 0.32])


def test_limits_come_from_the_periods_before_alone() -> None:
    """What is judged does not move its own measure, nor does what is older than the last twenty before it."""
    calm = u_chart(days((500, 1000), *BASE, *[(4, 1000)] * 8))
    assert calm.centre == 4
    assert calm.baseline == 20
    assert len(calm.points) == 28
    assert u_chart(days((500, 1000), *BASE, *[(4, 1000)] * 7, (90, 1000))).centre == 4


def test_one_point_outside() -> None:
    """16 of 1,000 where at most 12 are chance; 12 are none; a fall below the lower limit is told as one."""
    assert told(u_chart(days(*BASE, (16, 1000), (12, 1000)))) == [("2026-01-25", Signal.ABOVE)]
    assert told(p_chart(days(*[(300, 1000)] * 20, (200, 1000)))) == [("2026-01-25", Signal.BELOW)]


def test_a_point_on_its_limit_is_inside() -> None:
    """21 of 100 lie on it, 22 beyond it."""
    assert told(p_chart(days(*[(10, 100)] * 20, (21, 100)))) == []
    assert told(p_chart(days(*[(10, 100)] * 20, (22, 100)))) == [("2026-01-25", Signal.ABOVE)]


def test_eight_on_one_side() -> None:
    """The eighth in a row tells it, the seventh does not; one on the centre, or on the other side, ends the row."""
    above = [(7, 1000)] * 8
    assert signals(u_chart(days(*BASE, *above))) == [Signal.NONE] * 7 + [Signal.RUN_ABOVE]
    assert signals(u_chart(days(*BASE, *[(1, 1000)] * 8)))[-1] is Signal.RUN_BELOW
    for other in ((4, 1000), (3, 1000)):
        assert told(u_chart(days(*BASE, *above[:4], other, *above[:3]))) == []


def test_a_row_of_eight_that_chance_explains() -> None:
    """Eight days a little above the centre, which 80 complaints do not place that exactly: no signal. Known from 8,000 it is one."""
    assert told(u_chart(days(*BASE, *[(5, 1000)] * 8))) == []
    assert signals(u_chart(days(*[(400, 100_000)] * 20, *[(430, 100_000)] * 8)))[-1] is Signal.RUN_ABOVE


def test_a_closed_day_neither_counts_nor_breaks_a_row() -> None:
    """Without data there is no point: eight working days around a Sunday are eight in a row."""
    chart = u_chart(days(*BASE, *[(7, 1000)] * 5, (0, 0), *[(7, 1000)] * 3))
    assert signals(chart)[-1] is Signal.RUN_ABOVE
    empty = next(point for point in chart.points if not point.n)
    assert (empty.value, empty.centre, empty.upper) == (None, None, None)


def test_the_last_two_points_make_no_signal() -> None:
    """However steep the arrow: inside is inside."""
    assert told(p_chart(days(*[(10, 100)] * 20, (3, 100), (18, 100)))) == []


def test_too_few_periods() -> None:
    """12 before the one judged are enough, 11 are not; those without data do not count."""
    enough = u_chart(days(*BASE[:12], (30, 1000)))
    assert told(enough) == [("2026-01-17", Signal.ABOVE)]
    assert enough.baseline == 12
    short = u_chart(days(*BASE[:11], (0, 0), (0, 0), (30, 1000)))
    assert (short.centre, short.baseline, short.needed, short.signals) == (None, 11, 12, ())
    assert short.points[-1].value == 30
    assert short.points[-1].upper is None
    assert (p_chart([]).baseline, p_chart([]).points) == (0, ())


def test_a_young_company() -> None:
    """What was before the first delivery is no gap in the chart."""
    chart = u_chart(days((0, 0), (0, 0), *BASE[:3]))
    assert [point.n for point in chart.points] == [1000] * 3
    assert p_chart(days((0, 0))).points == ()


def test_more_are_judged_where_there_are_more() -> None:
    """Thirteen periods: one is judged; twenty: eight; never more, for a run takes eight; those still growing come on top."""
    assert [len(signals(u_chart(days(*[(4, 1000)] * n)))) for n in (12, 13, 16, 20, 28, 60)] == [0, 1, 4, 8, 8, 8]
    grown = u_chart(days(*[(4, 1000)] * 40, growing=7))
    assert (len(signals(grown)), grown.baseline, len(grown.points)) == (15, 20, 35)


def test_what_grows_is_no_yardstick() -> None:
    """Twenty days of which fourteen still grow leave six that are complete, so nothing is judged; with twelve, all fourteen are."""
    young = u_chart(days(*[(4, 1000)] * 20, growing=14))
    assert (young.verdict, young.baseline, young.needed) == (Verdict.SHORT, 6, 12)
    older = u_chart(days(*[(4, 1000)] * 12, *[(1, 1000)] * 14, growing=14))
    assert (len(older.judged), older.baseline, older.centre) == (14, 12, 4)


def test_complaints_still_to_come_are_no_improvement() -> None:
    """Yesterday's deliveries have hardly been complained about yet: too few is not yet known, too many is; a share goes either way."""
    busy = [(40, 1000)] * 20
    assert told(u_chart(days(*busy, (8, 1000)))) == [("2026-01-25", Signal.BELOW)]
    assert told(u_chart(days(*busy, (8, 1000), growing=1))) == []
    assert told(u_chart(days(*busy, (90, 1000), growing=1))) == [("2026-01-25", Signal.ABOVE)]
    assert signals(u_chart(days(*BASE, *[(1, 1000)] * 8, growing=8)))[-1] is Signal.NONE
    assert signals(u_chart(days(*BASE, *[(7, 1000)] * 8, growing=8)))[-1] is Signal.RUN_ABOVE
    assert told(p_chart(days(*[(300, 1000)] * 20, (200, 1000), growing=1))) == [("2026-01-25", Signal.BELOW)]


def test_long_gaps_make_no_baseline() -> None:
    """Of the last twenty periods before those judged only eleven have data: nothing is judged."""
    chart = u_chart(days(*BASE, *[(0, 0)] * 9, *BASE[:11], *[(40, 1000)] * 8))
    assert (chart.centre, chart.baseline, chart.signals) == (None, 11, ())


def test_little_data_makes_no_signal() -> None:
    """Fewer than ten observations, or a single event, are never outside; a first complaint after none needs a second."""
    assert told(p_chart(days(*[(10, 100)] * 20, (9, 9)))) == []
    assert told(u_chart(days(*BASE, (1, 10)))) == []
    assert told(u_chart(days(*[(0, 1000)] * 20, (2, 1000)))) == []
    assert told(u_chart(days(*[(0, 1000)] * 20, (3, 1000)))) == [("2026-01-25", Signal.ABOVE)]


def test_in_control_is_said_only_where_something_could_have_shown() -> None:
    """Without a low rating in the baseline one of five proves nothing; nor do nineteen events, nor days of hardly any answers."""
    for counted, verdict in (
        ([(0, 5)] * 20 + [(1, 5)], Verdict.RARE),
        ([(1, 100)] * 19 + [(0, 100)] + [(1, 100)] * 8, Verdict.RARE),
        ([(1, 100)] * 20 + [(1, 100)] * 8, Verdict.SMALL),
        ([(10, 100)] * 20 + [(1, 12)] * 8, Verdict.SMALL),
        ([(10, 100)] * 20 + [(10, 100)], Verdict.CONTROL),
        ([(10, 100)] * 20 + [(30, 100)], Verdict.SIGNAL),
        ([(10, 100)] * 9, Verdict.SHORT),
    ):
        assert p_chart(days(*counted)).verdict is verdict, counted[-1]
    assert u_chart(days(*[(1, 1000)] * 20, *[(3, 3000)] * 8)).verdict is Verdict.CONTROL
    assert u_chart(days(*[(0, 1000)] * 20, (1, 1000))).verdict is Verdict.RARE


def test_a_point_that_could_show_nothing_is_not_judged() -> None:
    """Two of two is 100 %, far above any limit, and says nothing; where twelve of a hundred and twenty could, they are judged."""
    *_, judged, small = p_chart(days(*[(10, 100)] * 20, (12, 120), (2, 2))).points
    assert (small.value, small.upper, small.signal, small.unjudged) == (1, None, Signal.NONE, True)
    assert not judged.unjudged
    rare = p_chart(days(*[(0, 100)] * 20, (0, 100))).points[-1]
    assert rare.unjudged


@given(COUNTS)
def test_a_verdict_can_be_relied_on(counted: Sequence[tuple[int, int]]) -> None:
    """In control: a judged point at four times the centre would have been a signal, and the baseline has its events."""
    observed = days(*[(min(count, n), n) for count, n in counted])
    chart = p_chart(observed)
    if chart.verdict is not Verdict.CONTROL:
        return
    assert chart.events >= NEEDED_EVENTS
    told_of = next(point for point in chart.judged if point.telling)
    fold = -(-4 * told_of.n * (chart.centre or 0) // 1)
    place = next(n for n, one in enumerate(observed) if one.code == told_of.code)
    worse = [*observed[:place], replace(observed[place], count=min(int(fold), told_of.n)), *observed[place + 1 :]]
    assert next(point for point in p_chart(worse).points if point.code == told_of.code).signal is Signal.ABOVE


def test_where_zero_is_the_rule_it_is_no_run() -> None:
    """A small department without a complaint for eight days, where one in two days is usual."""
    assert told(u_chart(days(*[(1, 200), (0, 200)] * 10, *[(0, 200)] * 8))) == []


@given(COUNTS, st.integers(12, 30))
def test_whatever_was_counted(counted: Sequence[tuple[int, int]], periods: int) -> None:
    """Limits hold the centre between them; outside is outside; what has no limits has no signal; points keep their order."""
    shares = [(min(count, n), n) for count, n in counted]
    for chart in (p_chart(days(*shares), periods), u_chart(days(*counted), periods)):
        assert [point.first for point in chart.points] == sorted(point.first for point in chart.points)
        assert sum(point.judged for point in chart.points if point.n) <= 8
        for point in chart.points:
            assert (point.value is None) == (point.n == 0)
            if point.upper is None or point.lower is None or point.centre is None or point.value is None:
                assert point.signal is Signal.NONE
                continue
            assert 0 <= point.lower <= point.centre
            assert point.lower <= point.upper or chart.kind == "p"
            assert (point.signal is Signal.ABOVE) <= (point.value > point.upper)
            assert (point.signal is Signal.BELOW) <= (point.value < point.lower)
            assert point.judged or point.signal is Signal.NONE


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(100, 900)), min_size=13, max_size=40), st.integers(1, 9))
def test_charts_know_no_scale(counted: Sequence[tuple[int, int]], shift: int) -> None:
    """The same days later are the same chart; a worse last point is never a lesser signal."""
    here = days(*counted)
    later = [replace(one, first=one.first + timedelta(shift), last=one.last + timedelta(shift)) for one in here]
    assert signals(u_chart(here)) == signals(u_chart(later))
    worse = [*here[:-1], replace(here[-1], count=here[-1].n)]
    assert u_chart(worse).points[-1].signal is Signal.ABOVE
