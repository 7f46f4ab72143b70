"""When a customer is asked about a delivery."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.deliveries.delivery import compute_invitation_time

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DELAY, LATEST = timedelta(hours=2), timedelta(days=7)


def test_asked_two_hours_later() -> None:
    """A delivery reported at once is asked about after the delay."""
    assert compute_invitation_time(AT, AT, DELAY, LATEST) == AT + DELAY


def test_reported_late_is_asked_at_once() -> None:
    """A delivery reported days later is asked about now."""
    now = AT + timedelta(days=3)
    assert compute_invitation_time(AT, now, DELAY, LATEST) == now


def test_too_late_is_not_asked() -> None:
    """A week is the limit, and its last moment belongs to it."""
    assert compute_invitation_time(AT, AT + LATEST, DELAY, LATEST) == AT + LATEST
    assert compute_invitation_time(AT, AT + LATEST + timedelta(seconds=1), DELAY, LATEST) is None


def test_reported_before_it_happens() -> None:
    """A delivery announced for tomorrow is asked about after tomorrow's delay."""
    assert compute_invitation_time(AT, AT - timedelta(days=1), DELAY, LATEST) == AT + DELAY


@given(st.timedeltas(timedelta(days=-30), timedelta(days=30)), st.timedeltas(timedelta(0), LATEST))
def test_never_before_now_nor_after_the_limit(since: timedelta, delay: timedelta) -> None:
    """Whenever it is reported, the moment is neither in the past nor past the limit."""
    now = AT + since
    moment = compute_invitation_time(AT, now, delay, LATEST)
    assert moment is None or now <= moment <= AT + LATEST
    assert (moment is None) == (since > LATEST)
