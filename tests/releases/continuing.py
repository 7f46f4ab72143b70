"""What follows when the people of a stored story go on: played when the story is written down, and again by every later release."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from storage import models
from storage.models import messages, sessions
from storage.queue import outbox
from storage.queue.inbox import RawEvent
from storage.queue.outbox import OwedCall
from tests.harness.in_process import list_texts
from tests.releases.teller import Next, Teller

FOLDER = Path(__file__).parent

FIRST_UPDATE = 900_000_000
TOGETHER = 8
"""So many updates arrive at the same moment."""

REFUSALS = ("not-now", "not-understood", "hint", "unknown-command", "not-yours")

Key = tuple[str, str]
"""A lane and a topic."""


class Written(msgspec.Struct, frozen=True):
    """What is written down beside a stored database: its moment, and what follows."""

    now: datetime
    follows: tuple["Follows", ...]


class Follows(msgspec.Struct, frozen=True):
    """Updates that arrive together, and what they lead to: the dialogues they move (None: over), the named messages they change, by chat."""

    after: tuple[Next, ...]
    moved: dict[str, dict[str, Any] | None]
    changed: tuple[tuple[int, str], ...]

    @property
    def what(self) -> str:
        return ", ".join(update.what for update in self.after)


async def go_on(teller: Teller, updates: Sequence[Next]) -> list[Follows]:
    """Hand these in, some at a time. Raises AssertionError where somebody is refused."""
    refused = {getattr(teller, way)(key) for key in REFUSALS for way in ("text", "plain")}
    placed = {(row.chat_id, row.name) for row in await teller.rows(select(messages.c.chat_id, messages.c.name))}
    last, before = await _look(teller)
    follows: list[Follows] = []
    for start in range(0, len(updates), TOGETHER):
        together = tuple(updates[start : start + TOGETHER])
        what = ", ".join(update.what for update in together)
        events = [_arrived(FIRST_UPDATE + start + n, update) for n, update in enumerate(together)]
        await asyncio.gather(*(teller.worker.enter(event) for event in events))
        assert not teller.worker.counters.failed, f"{what}: not all could be handled; see the log"
        calls, after = await _look(teller, since=max([call.id for call in last], default=0))
        last = calls or last
        assert not refused & set(list_texts(calls)), f"{what}: {refused & set(list_texts(calls))}"
        keys = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
        moved = {" ".join(key): await stood(teller, key) for key in sorted(keys)}
        assert calls or moved, f"{what}: nothing follows"
        shown = {(call.chat_id or 0, call.name) for call in calls if call.method in {outbox.SHOW, outbox.PICTURE}}
        follows.append(Follows(together, moved, tuple(sorted(shown & placed))))
        before = after
    return follows


def _arrived(number: int, update: Next) -> RawEvent:
    raw = msgspec.json.encode({"update_id": number, update.kind: update.body})
    return RawEvent("telegram", str(number), raw)


async def _look(teller: Teller, since: int = 0) -> tuple[list[OwedCall], dict[Key, int]]:
    """What is owed since a call, and when each open dialogue moved last."""
    rows, columns = models.outbox.c, (sessions.c.lane, sessions.c.topic, sessions.c.touched)
    owed = select(rows.id, rows.chat_id, rows.method, rows.payload, rows.name).where(rows.id > since).order_by(rows.id)
    async with teller.database.read() as tx:
        calls = [OwedCall(*row) for row in await tx.execute(owed)]
        return calls, {(row.lane, row.topic): row.touched for row in await tx.execute(select(*columns))}


async def stood(teller: Teller, key: Key) -> dict[str, Any] | None:
    """Where a dialogue stands, with its name; None where it is over."""
    where = (sessions.c.lane == key[0], sessions.c.topic == key[1])
    rows = await teller.rows(select(sessions.c.dialogue, sessions.c.state).where(*where))
    return next(
        ({"dialogue": row.dialogue} | msgspec.json.decode(row.state, type=dict[str, Any]) for row in rows), None
    )
