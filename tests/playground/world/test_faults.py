"""Which call a fault strikes."""

from __future__ import annotations

import pytest

from playground.world.faults import START_UP, Fault, Faults, Kind


@pytest.fixture
def faults() -> Faults:
    return Faults(lambda *_: None)


def test_a_fault_lets_calls_pass_then_strikes_then_is_over(faults: Faults) -> None:
    """`skip`, then `times`."""
    faults.add(Fault("500", skip=2, times=2))
    struck = [faults.strike_call("sendMessage", 1) is not None for _ in range(6)]
    assert struck == [False, False, True, True, False, False]
    assert faults.list_all() == []


@pytest.mark.parametrize("method", sorted(START_UP))
def test_start_up_calls_neither_count_nor_are_struck(faults: Faults, method: str) -> None:
    """Unless they are named."""
    faults.add(Fault("500", skip=1))
    assert faults.strike_call(method, None) is None
    assert faults.list_all()[0]["skip"] == 1
    faults.add(Fault("500", method=method.upper()))
    assert faults.strike_call(method, None) is not None


def test_a_fault_for_one_chat_leaves_others_alone(faults: Faults) -> None:
    """And does not count their calls."""
    faults.add(Fault("403", chat=5, times=0))
    assert faults.strike_call("sendMessage", 6) is None
    assert faults.strike_call("sendMessage", 5) is not None
    assert faults.strike_call("sendMessage", 5) is not None


@pytest.mark.parametrize("kind", ["duplicate", "reorder", "outage"])
def test_faults_of_updates_and_outages_strike_no_single_call(faults: Faults, kind: Kind) -> None:
    """They have their own places."""
    faults.add(Fault(kind, times=0))
    assert faults.strike_call("sendMessage", 1) is None
    assert faults.outage is (kind == "outage")


def test_faults_are_removed_one_by_one_or_all(faults: Faults) -> None:
    """An unknown one is said to be unknown."""
    first = faults.add(Fault("500"))
    faults.add(Fault("500"))
    assert faults.remove(first.id)
    assert not faults.remove(first.id)
    assert len(faults.list_all()) == 1
    assert faults.remove()
    assert faults.list_all() == []
