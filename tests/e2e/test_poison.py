"""A poison update is tried five times, set aside with its error, and blocks nobody (G6)."""

import asyncio

import pytest
from sqlalchemy import select

from playground.shape.wire import Json
from storage.models import inbox
from tests.harness.stage import StoryStage

POISON: tuple[Json, ...] = (
    {"message": {"date": 0}},
    {"message": {"message_id": "one", "chat": {"id": 5, "type": "private"}}},
    {"callback_query": {"id": 5, "from": None}},
    {"my_chat_member": []},
)
HALF = {"message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "half a smile: \ud83d"}}
"""Valid JSON that is no text: one half of a surrogate pair."""


async def _parked(stage: StoryStage) -> int:
    async with asyncio.timeout(200):
        while True:
            rows = await stage.rows(
                select(inbox.c.state, inbox.c.attempts, inbox.c.error).where(inbox.c.error.is_not(None))
            )
            if rows and all(row.state == "parked" for row in rows):
                assert all(row.attempts == 5 and row.error for row in rows), rows
                return len(rows)
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_poison_is_parked_and_blocks_nobody(stage: StoryStage) -> None:
    """Broken updates between good ones, one of them unreadable: people go on as if nothing were, and all are parked with their errors."""
    stage.poisoned = True
    stage.server.world.updates.inject(HALF)
    for update in POISON:
        await stage.telegram.raw(update)
    await stage.set_up_accepted_case("It was thrown over the fence")
    assert await _parked(stage) == len(POISON) + 1
    await stage.set_up_resolved_case()
    useless: tuple[Json, ...] = ({"poll": {"id": "1"}}, {"message_reaction": {}}, {})
    for unknown in useless:
        await stage.telegram.raw(unknown)
    await stage.at("transport", stage.zhao).press("Approve")
    await stage.customer.see("Is it solved?")
    assert await _parked(stage) == len(POISON) + 1
