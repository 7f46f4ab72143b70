"""Control charts: known limits, and no signal from what chance explains."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.control import Chart, Observation, Signal, compute_limits, p_chart, u_chart

BEGIN = date(2026, 1, 5)
COUNTS = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=60)


def days(*counted: tuple[int, int]) -> list[Observation]:
    """One after the other: (count, n)."""
    made = []
    for place, (count, n) in enumerate(counted):
        day = BEGIN + timedelta(days=place)
        made.append(Observation(day.isoformat(), day, day, count, n))
    return made


def signals(chart: Chart) -> list[Signal]:
    return [point.signal for point in chart.points if point.judged]


def told(chart: Chart) -> list[tuple[str, Signal]]:
    return [(point.code, point.signal) for point in chart.signals]


BASE = [(4, 1000)] * 20
"""20 periods at 4 per 1,000."""


def test_the_known_limit_of_the_u_chart() -> None:
    """ū = 4 per 1,000 and n = 800: the upper limit is 10.7 per 1,000, and below 0 is 0."""
    last = u_chart(days(*BASE, (3, 800))).points[-1]
    assert last.upper == pytest.approx(10.7082, abs=1e-4)
    assert last.lower == 0
    assert last.centre == 4
    assert last.value == 3.75
    assert last.judged


def test_the_known_limits_of_the_p_chart() -> None:
    """p̄ = 0.1 and n = 100: 0.1 ± 3 · 0.03; with n = 25 below 0 is 0, and above 1 is 1."""
    wide, narrow = p_chart(days(*[(10, 100)] * 12, (10, 100), (3, 25))).points[-1:-3:-1]
    assert [narrow.lower, narrow.upper] == pytest.approx([0.01, 0.19])
    assert [wide.lower, wide.upper] == pytest.approx([0, 0.28])
    assert compute_limits("p", 0.9, 10)[1] == 1


def test_limits_come_from_the_periods_before_alone() -> None:
    """What is judged does not move its own measure, nor does what is older than the last twenty before it."""
    calm = u_chart(days((500, 1000), *BASE, *[(4, 1000)] * 8))
    assert calm.centre == 4
    assert calm.baseline == 20
    assert len(calm.points) == 28
    assert u_chart(days((500, 1000), *BASE, *[(4, 1000)] * 7, (90, 1000))).centre == 4


def test_one_point_outside() -> None:
    """16 of 1,000 where at most 10 are chance; 10 are none; a fall below the lower limit is told as one."""
    assert told(u_chart(days(*BASE, (16, 1000), (10, 1000)))) == [("2026-01-25", Signal.ABOVE)]
    assert told(p_chart(days(*[(300, 1000)] * 20, (200, 1000)))) == [("2026-01-25", Signal.BELOW)]


def test_a_point_on_its_limit_is_inside() -> None:
    """0.1 + 3 · 0.03 = 0.19 exactly."""
    assert told(p_chart(days(*[(10, 100)] * 20, (19, 100)))) == []
    assert told(p_chart(days(*[(10, 100)] * 20, (20, 100)))) == [("2026-01-25", Signal.ABOVE)]


def test_eight_on_one_side() -> None:
    """The eighth in a row tells it, the seventh does not; one on the centre, or on the other side, ends the row."""
    above = [(5, 1000)] * 8
    assert signals(u_chart(days(*BASE, *above))) == [Signal.NONE] * 7 + [Signal.RUN_ABOVE]
    assert signals(u_chart(days(*BASE, *[(3, 1000)] * 8)))[-1] is Signal.RUN_BELOW
    for other in ((4, 1000), (3, 1000)):
        assert told(u_chart(days(*BASE, *above[:4], other, *above[:3]))) == []


def test_a_closed_day_neither_counts_nor_breaks_a_row() -> None:
    """Without data there is no point: eight working days around a Sunday are eight in a row."""
    chart = u_chart(days(*BASE, *[(5, 1000)] * 5, (0, 0), *[(5, 1000)] * 3))
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
    """Thirteen periods: one is judged; twenty: eight; never more, for a run takes eight."""
    assert [len(signals(u_chart(days(*[(4, 1000)] * n)))) for n in (12, 13, 16, 20, 28, 60)] == [0, 1, 4, 8, 8, 8]


def test_long_gaps_make_no_baseline() -> None:
    """Of the last twenty periods before those judged only eleven have data: nothing is judged."""
    chart = u_chart(days(*BASE, *[(0, 0)] * 9, *BASE[:11], *[(40, 1000)] * 8))
    assert (chart.centre, chart.baseline, chart.signals) == (None, 11, ())


def test_little_data_makes_no_signal() -> None:
    """Fewer than ten observations, or a single event, are never outside; a first complaint after none needs a second."""
    assert told(p_chart(days(*[(10, 100)] * 20, (9, 9)))) == []
    assert told(u_chart(days(*BASE, (1, 10)))) == []
    assert told(u_chart(days(*[(0, 1000)] * 20, (1, 1000)))) == []
    assert told(u_chart(days(*[(0, 1000)] * 20, (2, 1000)))) == [("2026-01-25", Signal.ABOVE)]


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
            assert 0 <= point.lower <= point.centre <= point.upper
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
