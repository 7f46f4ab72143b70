"""Background packing of kept totals: what has hundreds of rows of one day is read as a few values, packed by slices of bounded work."""

import asyncio
import logging
from collections import deque
from itertools import chain
from time import perf_counter

from storage.engine.database import Database, Tx
from storage.engine.failures import FAILURES
from storage.figures import packed_totals
from storage.figures.packed_totals import PackableKey, PackablePart

log = logging.getLogger(__name__)

LOOK_SECONDS = 1800.0
"""Seconds between two looks for what is worth packing."""

SLICE_SECONDS = 0.01
"""Seconds that a slice should take of the database's writer, who meanwhile commits nobody's press."""

SLICE_ROWS = 300
"""Rows that a slice takes at most."""

FREE_SHARE = 4.0
"""How many times as long as it was held by a slice the writer is free before the next."""


class TotalsPacking:
    """Every replica packs; two of them at the same key take turns, and the later finds it done."""

    def __init__(self, database: Database, free_share: float = FREE_SHARE) -> None:
        self._database, self._free_share = database, free_share
        self.longest_seconds = 0.0
        """Of all slices until now."""

    async def run(self) -> None:
        """Pack what is worth it, until cancelled."""
        while True:
            await asyncio.sleep(0)
            try:
                await self.step()
            except FAILURES as error:
                log.warning("the totals could not be packed (%s); trying again", type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def step(self) -> int:
        """Pack every key that is worth it; the number of keys."""
        keys = await self._database.look(packed_totals.list_packable)
        for key in keys:
            await self._pack(key)
        return len(keys)

    async def _pack(self, key: PackableKey) -> None:
        """Slice by slice: of as many parts as the time of the slices before allows, beginning with one."""
        parts = deque(await self._database.look(lambda tx: packed_totals.list_parts(tx, key)))
        width = 1
        while parts:
            chosen = [parts.popleft()]
            while parts and len(chosen) < width and parts[0].dimension == chosen[0].dimension:
                chosen.append(parts.popleft())
            part = PackablePart(chosen[0].dimension, tuple(chain.from_iterable(one.values for one in chosen)))
            rows, seconds = await self._pack_slice(key, part)
            if rows >= SLICE_ROWS:
                parts.extendleft(reversed(chosen))
            if seconds > SLICE_SECONDS:
                width = max(width // 2, 1)
            elif seconds < SLICE_SECONDS / 2 and rows < SLICE_ROWS:
                width = 2 * len(chosen)
            await asyncio.sleep(seconds * self._free_share)

    async def _pack_slice(self, key: PackableKey, part: PackablePart) -> tuple[int, float]:
        """How many rows it took, and how many seconds since it was the writer's turn."""
        begun = perf_counter()

        async def pack(tx: Tx) -> int:
            nonlocal begun
            begun = perf_counter()
            return await packed_totals.pack_slice(tx, key, part, SLICE_ROWS)

        rows = await self._database.transact(pack)
        seconds = perf_counter() - begun
        self.longest_seconds = max(self.longest_seconds, seconds)
        return rows, seconds
