"""Updates and long polling."""

from __future__ import annotations

import asyncio

import pytest

from playground.shape.wire import CallRefusedError
from playground.world.updates import QueuedUpdate, Updates


def send(updates: Updates, count: int, lane: int = 1) -> list[int]:
    entries = [updates.make("message", {"n": n}, lane) for n in range(count)]
    for entry in entries:
        updates.send(entry)
    return [entry.update_id for entry in entries]


async def ids(updates: Updates, offset: int = 0, limit: int = 100, seconds: float = 0) -> list[int]:
    return [body["update_id"] for body in await updates.poll(offset, limit, seconds)]


async def test_an_update_is_given_again_until_an_offset_confirms_it() -> None:
    """At least once."""
    updates = Updates()
    first, second, third = send(updates, 3)
    assert await ids(updates, limit=2) == [first, second]
    assert await ids(updates) == [first, second, third]
    assert await ids(updates, third) == [third]
    assert (updates.pending, updates.confirmed) == (1, 2)


async def test_a_negative_offset_keeps_the_last_only() -> None:
    """The others are forgotten."""
    updates = Updates()
    numbers = send(updates, 5)
    assert await ids(updates, -2) == numbers[-2:]
    assert updates.pending == 2


async def test_a_poll_waits_for_the_first_update() -> None:
    """And answers at once when it comes."""
    updates = Updates()
    poll = asyncio.create_task(ids(updates, seconds=5))
    await asyncio.sleep(0)
    numbers = send(updates, 1)
    assert await asyncio.wait_for(poll, 1) == numbers


async def test_a_poll_ends_empty() -> None:
    """After its timeout."""
    assert await ids(Updates(), seconds=0.01) == []


async def test_of_two_polls_the_older_gets_the_conflict() -> None:
    """As Telegram does it."""
    updates = Updates()
    older = asyncio.create_task(ids(updates, seconds=5))
    await asyncio.sleep(0)
    newer = asyncio.create_task(ids(updates, seconds=5))
    with pytest.raises(CallRefusedError, match="terminated by other getUpdates request") as refused:
        await older
    assert refused.value.code == 409
    send(updates, 1)
    assert len(await newer) == 1


async def test_a_repeated_update_comes_although_the_offset_has_passed_it() -> None:
    """Exactly once more."""
    updates = Updates()
    (number,) = send(updates, 1)
    assert await ids(updates, number) == [number]
    assert await ids(updates, number + 1) == []
    assert updates.repeat(number)
    assert await ids(updates, number + 1) == [number]
    assert await ids(updates, number + 1) == []
    assert not updates.repeat(number + 5)


def test_kinds_that_must_be_asked_for_are_not_sent_by_default() -> None:
    """`allowed_updates`: absent keeps the choice, empty is the default."""
    updates = Updates()
    assert updates.wants("message")
    assert not updates.wants("chat_member")
    updates.allow(["chat_member"])
    updates.allow(None)
    assert updates.wants("chat_member")
    assert not updates.wants("message")
    updates.allow([])
    assert updates.wants("message")


def test_an_injected_update_keeps_its_own_number() -> None:
    """Later ones count on from it."""
    updates = Updates()
    assert updates.inject({"update_id": 900_000_000, "message": {}}).update_id == 900_000_000
    assert updates.inject({"message": {}}).update_id == 900_000_001


def test_the_webhook_confirms_one_by_one() -> None:
    """In any order, and only once."""
    updates = Updates()
    got: list[QueuedUpdate] = []
    updates.webhook = got.append
    send(updates, 2)
    updates.done(got[1])
    updates.done(got[1])
    assert (updates.pending, updates.confirmed) == (1, 1)
