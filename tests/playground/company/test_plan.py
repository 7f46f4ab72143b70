"""The planned past: the same each time, believable in its numbers, with one problem in it and one department that became better."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from domain.figures.comparisons import UnitVerdict, compare_units
from domain.figures.control import Observation, Signal, p_chart
from domain.figures.figures import Counts, Stratum, Tally
from playground.company.cast import ANNA, WANG
from playground.company.network import COURIERS, KINDS, STATIONS, TROUBLED
from playground.company.plan import BETTER_DAYS, DAYS, TROUBLE_DAYS, TROUBLE_FROM, Parcel, plan_past

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)


@cache
def _plan() -> tuple[Parcel, ...]:
    return tuple(plan_past(NOW, ZONE))


def test_the_same_moment_has_the_same_past() -> None:
    """Nothing depends on when or how often it is drawn, and nothing of it lies ahead."""
    assert plan_past(NOW, ZONE, 30) == plan_past(NOW, ZONE, 30)
    for parcel in _plan():
        assert parcel.delivered_at < NOW
        assert parcel.asked is None or parcel.delivered_at < parcel.asked < NOW
        assert not parcel.answers or parcel.answered_at < NOW


def test_a_company_of_fourteen_months() -> None:
    """About twelve thousand deliveries and twenty thousand answers, of every customer type, station, route, courier, service and priority."""
    parcels = _plan()
    assert 11_000 < len(parcels) < 13_500
    assert 5_000 < sum(bool(parcel.answers) for parcel in parcels) < 6_500
    assert 17_000 < sum(len(parcel.answers) for parcel in parcels) < 23_000
    assert len({parcel.waybill for parcel in parcels}) == len(parcels)
    assert {parcel.kind for parcel in parcels} == {kind.name for kind in KINDS}
    assert {parcel.courier for parcel in parcels} == set(COURIERS)
    assert {(parcel.station.name, parcel.route) for parcel in parcels} == {
        (station.name, route) for station in STATIONS for route in station.routes
    }
    assert {parcel.priority for parcel in parcels} == {"P1", "P2", "P3", "P4"}
    months = Counter(f"{parcel.delivered_at:%Y-%m}" for parcel in parcels)
    assert months["2026-02"] < months["2026-05"] < months["2026-06"]  # the Spring Festival, and the sales of June


def test_one_problem_is_planted() -> None:
    """One courier, in the evenings of three weeks: nobody else is far from the others."""
    low: defaultdict[tuple[str, bool], list[bool]] = defaultdict(list)
    for parcel in _plan():
        lately = NOW - parcel.delivered_at < timedelta(days=TROUBLE_DAYS)
        if lately and parcel.answers:
            low[parcel.courier.id, parcel.delivered_at.hour >= TROUBLE_FROM].append(parcel.is_low)
    shares = {key: sum(several) / len(several) for key, several in low.items() if len(several) >= 10}
    assert shares.pop((TROUBLED, True)) > 0.4
    assert max(shares.values()) < 0.35
    assert {parcel.what for parcel in _plan() if parcel.what == "false_scan"} == {"false_scan"}


@pytest.mark.parametrize("days", [0, 11, 38, 96])
def test_whenever_it_is_drawn_the_figures_lead_to_the_problem(days: int) -> None:
    """The chart of dissatisfaction signals weeks of the problem and no others; of the couriers, the one of the problem is below the rest."""
    now = NOW + timedelta(days=days)
    today = now.astimezone(ZONE).date()
    overall: defaultdict[date, list[int]] = defaultdict(list)
    ratings: defaultdict[str, list[int]] = defaultdict(list)
    for parcel in plan_past(now, ZONE):
        if parcel.answers and isinstance(rating := parcel.answers[0][1], int):
            day = parcel.delivered_at.date()
            overall[day - timedelta(days=day.weekday())].append(rating)
            if today - day < timedelta(days=90):
                ratings[parcel.courier.id].append(rating)
    weeks = [week for week in sorted(overall) if week + timedelta(days=6) < today][-28:]
    chart = p_chart(
        [
            Observation(
                "", week, week + timedelta(days=6), sum(rating <= 2 for rating in overall[week]), len(overall[week])
            )
            for week in weeks
        ]
    )
    assert {point.signal for point in chart.signals} == {Signal.ABOVE}
    assert all(today - point.last < timedelta(days=TROUBLE_DAYS) for point in chart.signals)
    counts = {key: Counts({"": Stratum(len(some), _tally(some))}) for key, some in ratings.items()}
    lower = [key for key, unit in compare_units(counts).items() if unit.verdict is UnitVerdict.LOWER]
    assert lower == [TROUBLED]


def _tally(ratings: list[int]) -> Tally:
    ones, twos, threes, fours, fives = (ratings.count(rating) for rating in range(1, 6))
    return Tally((ones, twos, threes, fours, fives))


def test_one_department_became_better() -> None:
    """After-sales, since its plan."""
    content: defaultdict[bool, list[bool]] = defaultdict(list)
    for parcel in _plan():
        if parcel.station.department == "aftersales" and parcel.answers:
            content[NOW - parcel.delivered_at < timedelta(days=BETTER_DAYS)].append(not parcel.is_low)
    before, since = (sum(content[better]) / len(content[better]) for better in (False, True))
    assert before + 0.05 < since
    assert DAYS > 2 * BETTER_DAYS


def test_those_who_have_a_seat_have_a_past() -> None:
    """Anna has rated one delivery; Wang Fang's complaint was solved. Both are asked about another one today."""
    assert [parcel.is_low for parcel in _plan() if parcel.customer and parcel.customer.id == ANNA] == [False, False]
    assert [parcel.is_low for parcel in _plan() if parcel.customer and parcel.customer.id == WANG] == [
        True,
        False,
        False,
    ]
