"""The planned past: the same each time, believable in its numbers, quiet where people look."""

from __future__ import annotations

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

from playground.company.cast import ANNA, ANSWERING, WANG
from playground.company.plan import ParcelOutcome, plan_days

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 24)
DAYS = plan_days(TODAY, 28, ZONE)
PARCELS = [parcel for day in DAYS for parcel in day.parcels]


def test_the_same_day_has_the_same_past() -> None:
    """Nothing depends on when or how often it is drawn."""
    assert plan_days(TODAY, 28, ZONE) == DAYS
    assert [day.date.day for day in DAYS[-2:]] == [22, 23]


def test_waybills_are_unique_and_delivered_on_their_day() -> None:
    """Each parcel is one of its own, delivered before the afternoon in which it is rated."""
    assert len({parcel.waybill for parcel in PARCELS}) == len(PARCELS) > 200
    for day in DAYS:
        assert {parcel.delivered_at.date() for parcel in day.parcels} == {day.date}
        assert all(parcel.delivered_at.hour < 15 for parcel in day.parcels)
        assert len({parcel.customer.id for parcel in day.parcels}) == len(day.parcels)


def test_most_are_content_and_some_are_not() -> None:
    """Every outcome happens, and satisfaction is neither perfect nor poor."""
    outcomes = Counter(parcel.outcome for parcel in PARCELS)
    assert set(outcomes) == set(ParcelOutcome)
    rated = [parcel.scores[0] for parcel in PARCELS if parcel.outcome is not ParcelOutcome.NOTHING]
    assert 0.7 < sum(score >= 4 for score in rated) / len(rated) < 0.95


def test_the_group_people_look_at_has_few_complaints() -> None:
    """Of the transport group's cases two are open: one in work, one that nobody has accepted."""
    filed = [p for p in PARCELS if p.outcome is ParcelOutcome.FILED and p.group is ANSWERING[0]]
    assert len(filed) == 3
    assert sorted(parcel.stages for parcel in filed) == [0, 1, 4]


def test_those_who_have_a_seat_have_a_past() -> None:
    """Anna has rated one delivery; Wang Fang's complaint was solved."""
    assert [parcel.outcome for parcel in PARCELS if parcel.customer.id == ANNA] == [ParcelOutcome.RATED]
    assert [parcel.outcome for parcel in PARCELS if parcel.customer.id == WANG] == [
        ParcelOutcome.FILED,
        ParcelOutcome.RATED,
    ]
