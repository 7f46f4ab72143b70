"""Background packing of kept totals: what has hundreds of rows of one day is read as a few values, packed in transactions of its own."""

import asyncio
import logging

from storage.engine.database import Database
from storage.engine.failures import FAILURES
from storage.figures import packed_totals

log = logging.getLogger(__name__)

LOOK_SECONDS = 1800.0
"""Seconds between two looks for what is worth packing."""

PAUSE_SECONDS = 0.05
"""Seconds between two keys, in which others write."""


class TotalsPacking:
    """Every replica packs; two of them at the same key take turns, and the later finds it done."""

    def __init__(self, database: Database, pause_seconds: float = PAUSE_SECONDS) -> None:
        self._database, self._pause_seconds = database, pause_seconds

    async def run(self) -> None:
        """Pack what is worth it, until cancelled."""
        while True:
            await asyncio.sleep(self._pause_seconds)
            try:
                await self.step()
            except FAILURES as error:
                log.warning("the totals could not be packed (%s); trying again", type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def step(self) -> int:
        """Pack every key that is worth it; the number of keys."""
        async with self._database.read() as tx:
            keys = await packed_totals.list_packable(tx)
        for key in keys:
            async with self._database.begin() as tx:
                await packed_totals.pack(tx, key)
            await asyncio.sleep(self._pause_seconds)
        return len(keys)
