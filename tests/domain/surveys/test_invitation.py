"""Whom to ask and when: a hash that nobody can choose, hours of the customer's own day, a week between two questions."""

import hashlib
from datetime import UTC, datetime, timedelta
from math import sqrt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.company import InvitationRules
from domain.surveys.invitation import (
    compute_sampling_point,
    find_opening,
    find_zone,
    is_sampled,
    is_too_soon,
    match_zone,
)

ASKING = InvitationRules()
SHANGHAI = ZoneInfo("Asia/Shanghai")


def _hash(n: int) -> str:
    return hashlib.sha256(str(n).encode()).hexdigest()


def test_draws_are_evenly_spread() -> None:
    """Of 20,000 hashes as many are chosen as the percentage says, within four standard deviations; the ends are exact."""
    assert compute_sampling_point("0" * 32) == 0
    assert 99.99 < compute_sampling_point("f" * 32) < 100
    drawn = [compute_sampling_point(_hash(n)) for n in range(20_000)]
    for priority, percent in ASKING.sampling.items():
        share = percent / 100
        count = sum(is_sampled(ASKING, priority, one) for one in drawn)
        assert abs(count - 20_000 * share) < 4 * sqrt(20_000 * share * (1 - share))


def test_nobody_and_everybody() -> None:
    """0 percent asks nobody, 100 percent and a priority that is not named everybody."""
    rules = InvitationRules(sampling={"P1": 100, "P4": 0})
    for digest in ("0" * 32, "f" * 32):
        assert is_sampled(rules, "P1", compute_sampling_point(digest))
        assert is_sampled(rules, "", compute_sampling_point(digest))
        assert not is_sampled(rules, "P4", compute_sampling_point(digest))


@given(st.integers(0), st.sampled_from([*ASKING.sampling]))
def test_a_higher_percentage_keeps_everybody(n: int, priority: str) -> None:
    """Anyone who was chosen at 20 percent is chosen at 50 percent too: raising it asks more people, not other people."""
    drawn = compute_sampling_point(_hash(n))
    if is_sampled(ASKING, "P3", drawn):
        assert is_sampled(ASKING, "P2", drawn)
        assert is_sampled(ASKING, "P1", drawn)
    assert is_sampled(ASKING, priority, drawn) == is_sampled(ASKING, priority, compute_sampling_point(_hash(n)))


@pytest.mark.parametrize(
    ("moment", "zone", "opens"),
    [
        ("2026-11-23T09:00", "Asia/Shanghai", "2026-11-23T09:00"),
        ("2026-11-23T08:59", "Asia/Shanghai", "2026-11-23T09:00"),
        ("2026-11-23T20:59", "Asia/Shanghai", "2026-11-23T20:59"),
        ("2026-11-23T21:00", "Asia/Shanghai", "2026-11-24T09:00"),
        ("2026-11-23T23:30", "Asia/Shanghai", "2026-11-24T09:00"),
        ("2026-11-23T00:00", "Asia/Shanghai", "2026-11-23T09:00"),
        ("2026-03-08T03:30", "America/New_York", "2026-03-08T09:00"),  # the night in which the clock is put forward
        ("2026-11-01T01:30", "America/New_York", "2026-11-01T09:00"),  # and back
        ("2026-10-24T22:00", "Europe/Berlin", "2026-10-25T09:00"),
    ],
)
def test_nobody_is_written_to_at_night(moment: str, zone: str, opens: str) -> None:
    """From nine to nine of the customer's own day, also across a change to or from summer time."""
    place = ZoneInfo(zone)
    given_at = datetime.fromisoformat(moment).replace(tzinfo=place).astimezone(UTC)
    assert find_opening(ASKING, given_at, place) == datetime.fromisoformat(opens).replace(tzinfo=place)


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- hypothesis adds the zone
    st.sampled_from(["Asia/Shanghai", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia"]),
)
def test_an_opening_is_open_and_the_next(moment: datetime, name: str) -> None:
    """It is never in the past, always within the hours, itself open, and less than a day away."""
    zone = ZoneInfo(name)
    opens = find_opening(ASKING, moment, zone)
    assert moment <= opens < moment + timedelta(days=1)
    assert 9 <= opens.astimezone(zone).hour < 21
    assert find_opening(ASKING, opens, zone) == opens


def test_around_the_clock() -> None:
    """A company that never sleeps."""
    rules = InvitationRules(ask_from="00:00", ask_until="24:00")
    moment = datetime(2026, 11, 23, 23, 59, tzinfo=SHANGHAI)
    assert find_opening(rules, moment, SHANGHAI) == moment


def test_whose_day_it_is() -> None:
    """The zone somebody chose wins, then the phone's region, then the language, then the company."""
    rules = InvitationRules(zones={"US": "America/New_York", "en": "Europe/London"})
    chosen = find_zone(rules, "Asia/Tokyo", "US", "en", SHANGHAI)
    assert chosen.key == "Asia/Tokyo"
    assert find_zone(rules, "", "US", "en", SHANGHAI).key == "America/New_York"
    assert find_zone(rules, "", "CN", "en", SHANGHAI).key == "Europe/London"
    assert find_zone(rules, "", "CN", "zh", SHANGHAI) is SHANGHAI


def test_a_week_between_two_questions() -> None:
    """To the second; anyone who was never asked may be, and 0 days ask about everything."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert is_too_soon(ASKING, now - timedelta(days=7) + timedelta(seconds=1), now)
    assert not is_too_soon(ASKING, now - timedelta(days=7), now)
    assert not is_too_soon(ASKING, None, now)
    assert not is_too_soon(InvitationRules(ask_every_days=0), now, now)


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (" america/new york ", "America/New_York"),
        ("new_york", "America/New_York"),
        ("UTC", "UTC"),
        ("Louisville", None),  # two zones end so
        ("Mars/Olympus", None),
        ("", None),
        ("../etc/passwd", None),
    ],
)
def test_a_time_zone_in_words(words: str, zone: str | None) -> None:
    """Its name, or its city where only one zone has it."""
    assert match_zone(words) == zone
