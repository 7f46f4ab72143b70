"""A campaign's life is one table, and its runs come at dates that do not drift."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.surveys.campaign import (
    GROUPS_WITH_VALUE,
    LIFECYCLE,
    AudienceGroup,
    Campaign,
    CampaignAudience,
    CampaignEvent,
    CampaignPart,
    CampaignRefusal,
    CampaignState,
    Cycle,
    Progress,
    compute_lost_since,
    find_next_start,
    find_next_state,
    find_start,
)

ZONES = [ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "UTC")]
PLANNER, OTHER = 7, 8
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
ENDS = {CampaignState.DECLINED, CampaignState.DONE, CampaignState.CANCELLED}
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001 -- made aware
cycles = st.sampled_from([cycle for cycle in Cycle if cycle is not Cycle.ONCE])


def campaign(state: CampaignState, approved_by: int | None = None) -> Campaign:
    return Campaign(
        1, "Autumn", "delivery", CampaignAudience(AudienceGroup.ALL), Cycle.ONCE, state, 1, NOON, PLANNER, approved_by
    )


# --- its life


@pytest.mark.parametrize("state", CampaignState)
@pytest.mark.parametrize("event", CampaignEvent)
def test_what_is_not_in_the_table_does_not_happen(state: CampaignState, event: CampaignEvent) -> None:
    """Every state and event, for the planner, another manager and the clock: as the table says, or refused."""
    row = next((one for one in LIFECYCLE if one.event is event and state in one.origin), None)
    for person in (PLANNER, OTHER, None):
        next_state = find_next_state(campaign(state), event, person)
        parts = (
            {CampaignPart.CLOCK}
            if person is None
            else {CampaignPart.MANAGER} | ({CampaignPart.OTHER} if person == OTHER else set())
        )
        if row is not None and row.who & parts:
            assert next_state is row.to
        else:
            assert isinstance(next_state, CampaignRefusal)


def test_nobody_approves_the_own_plan() -> None:
    """Nor declines it; another manager may, and the planner may give it up."""
    for event in (CampaignEvent.APPROVE, CampaignEvent.DECLINE):
        assert find_next_state(campaign(CampaignState.PLANNED), event, PLANNER) is CampaignRefusal.OWN
        assert isinstance(find_next_state(campaign(CampaignState.PLANNED), event, OTHER), CampaignState)
        assert find_next_state(campaign(CampaignState.PLANNED), event, None) is CampaignRefusal.NOT_NOW
    assert find_next_state(campaign(CampaignState.PLANNED), CampaignEvent.CANCEL, PLANNER) is CampaignState.CANCELLED


def test_every_state_is_reached_and_left() -> None:
    """From planned every state is reached; from each that is no end a path leads to one."""
    reached, ways = {CampaignState.PLANNED}, True
    while ways:
        ways = {row.to for row in LIFECYCLE if row.origin & reached} - reached  # type: ignore[assignment]
        reached |= ways  # type: ignore[arg-type]
    assert reached == set(CampaignState)
    for state in set(CampaignState) - ENDS:
        seen, more = {state}, {state}
        while more:
            more = {row.to for row in LIFECYCLE if row.origin & more} - seen
            seen |= more
        assert seen & ENDS
    assert not [row for row in LIFECYCLE if row.origin & ENDS]


# --- who is meant


@pytest.mark.parametrize("group", AudienceGroup)
@pytest.mark.parametrize("value", ["vip", "东站:2", ":"])
def test_an_audience_reads_as_it_was_written(group: AudienceGroup, value: str) -> None:
    """With its value where the group has one, colons in it included."""
    audience = CampaignAudience(group, value if group in GROUPS_WITH_VALUE else "")
    assert CampaignAudience.parse(audience.text) == audience


def test_progress_adds_up() -> None:
    """Everybody is in one place; who answered is among those it was sent to."""
    assert Progress(1, 20, 300, 4000, answered=5).total == 4321


# --- when


@given(moments, cycles, st.integers(1, 200), st.sampled_from(ZONES))
def test_a_run_keeps_the_day_and_the_hour(first: datetime, cycle: Cycle, run: int, zone: ZoneInfo) -> None:
    """By the company's clock; on the last day of a shorter month, and not drifting from there. A skipped hour is an hour later."""
    months = {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.HALF_YEAR: 6, Cycle.YEAR: 12}[cycle] * (run - 1)
    before, after = first.astimezone(zone), find_start(first, cycle, run, zone).astimezone(zone)
    assert after.year * 12 + after.month == before.year * 12 + before.month + months
    assert after.day == min(before.day, monthrange(after.year, after.month)[1])
    skipped = after.replace(tzinfo=None) - before.replace(
        year=after.year, month=after.month, day=after.day, tzinfo=None
    )
    assert skipped in {timedelta(0), timedelta(hours=1)}


@given(moments, cycles, st.sampled_from(ZONES))
def test_runs_follow_one_another(first: datetime, cycle: Cycle, zone: ZoneInfo) -> None:
    """The first run is the first start, and each one is later than the one before."""
    starts = [find_start(first, cycle, run, zone) for run in range(1, 40)]
    assert starts[0] == first
    assert all(earlier < later for earlier, later in pairwise(starts))


@given(moments, cycles, st.integers(1, 60), st.timedeltas(timedelta(0), timedelta(days=3000)), st.sampled_from(ZONES))
def test_the_next_run_is_the_first_to_come(
    first: datetime, cycle: Cycle, run: int, late: timedelta, zone: ZoneInfo
) -> None:
    """After a run that ended however late: the next period that has not begun, none is made up for."""
    now = find_start(first, cycle, run, zone) + late
    upcoming = find_next_start(first, cycle, run, now, zone)
    assert upcoming is not None
    following, start = upcoming
    assert following > run
    assert start == find_start(first, cycle, following, zone) > now
    assert following == run + 1 or find_start(first, cycle, following - 1, zone) <= now


def test_once_is_once() -> None:
    """There is no next run."""
    assert find_next_start(NOON, Cycle.ONCE, 1, NOON, ZONES[0]) is None


def test_the_last_of_the_month() -> None:
    """From the 31st of January: the 28th of February, and the 31st of March again."""
    first = datetime(2026, 1, 31, 2, tzinfo=UTC)
    days = [find_start(first, Cycle.MONTH, run, ZONES[0]).astimezone(ZONES[0]) for run in (1, 2, 3)]
    assert [(at.month, at.day, at.hour) for at in days] == [(1, 31, 10), (2, 28, 10), (3, 31, 10)]


def test_lost_since() -> None:
    """Six months back by the calendar."""
    assert compute_lost_since(datetime(2026, 8, 31, 4, tzinfo=UTC), 6, ZONES[0]) == datetime(2026, 2, 28, 4, tzinfo=UTC)
