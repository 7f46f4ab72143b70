"""Updates on their way out."""

from __future__ import annotations

import asyncio

from playground.world.dispatch import UpdateDispatcher
from playground.world.faults import Fault, Faults
from playground.world.updates import Updates


def courier() -> tuple[UpdateDispatcher, Updates, Faults]:
    updates, faults = Updates(), Faults(lambda *_: None)
    return UpdateDispatcher(updates, faults), updates, faults


async def lanes(updates: Updates) -> list[tuple[int, int]]:
    return [(body["message"]["chat"], body["message"]["n"]) for body in await updates.poll(0, 100, 0)]


async def test_a_duplicate_is_the_same_update_twice() -> None:
    """One number, two deliveries."""
    post, updates, faults = courier()
    faults.add(Fault("duplicate"))
    post.emit("message", {}, 1)
    got = await updates.poll(0, 100, 0)
    assert len(got) == 2
    assert got[0] == got[1]


async def test_reordering_changes_chats_but_never_the_order_within_one() -> None:
    """Chat 1's updates are held until another chat's has passed."""
    post, updates, faults = courier()
    faults.add(Fault("reorder", chat=1))
    for chat, n in ((1, 1), (1, 2), (2, 1), (1, 3)):
        post.emit("message", {"chat": chat, "n": n}, chat)
    assert await lanes(updates) == [(2, 1), (1, 1), (1, 2), (1, 3)]


async def test_a_held_update_comes_even_if_no_other_does() -> None:
    """After a short while."""
    post, updates, faults = courier()
    faults.add(Fault("reorder", delay_ms=10))
    post.emit("message", {"chat": 1, "n": 1}, 1)
    assert post.holding == 1
    await asyncio.sleep(0.05)
    assert await lanes(updates) == [(1, 1)]


async def test_an_unwanted_kind_is_not_sent() -> None:
    """`allowed_updates` decides when the thing happens."""
    post, updates, _ = courier()
    assert post.emit("chat_member", {}, 1) is None
    assert updates.pending == 0
