"""Background indexing of words: what people have said becomes searchable within a second, in transactions of its own.

The words of one long message are thousands of rows; written in the transaction that answers people, they held up everybody.
"""

import asyncio
import logging

from storage.cases import word_index
from storage.engine.database import Database
from storage.engine.failures import FAILURES

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
"""Seconds between two looks for contributions that are not indexed."""

PAUSE_SECONDS = 0.01
"""Seconds between two pieces, in which others write."""


class WordIndexing:
    """Every replica indexes; what one is working on is locked, and the others take the next."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._unreadable: set[int] = set()

    async def run(self) -> None:
        """Index what is owed, until cancelled."""
        while True:
            try:
                more = await self.step()
            except FAILURES as error:
                log.warning("words could not be indexed (%s); trying again", type(error).__name__)
                more = False
            await asyncio.sleep(PAUSE_SECONDS if more else LOOK_SECONDS)

    async def step(self) -> bool:
        """Write one piece of the index, of one contribution or of several short ones; False if nothing is owed."""
        async with self._database.read() as tx:
            if await word_index.find_owed(tx, self._unreadable, only_look=True) is None:
                return False
        async with self._database.begin() as tx:
            left = word_index.PIECE_ROWS
            while left > 0 and (owed := await word_index.find_owed(tx, self._unreadable)) is not None:
                try:
                    left -= max(await word_index.index_piece(tx, owed, left), 1)
                except FAILURES:
                    raise
                except Exception as error:  # noqa: BLE001 -- a text that cannot be read must not keep the others from being found
                    self._unreadable.add(owed.contribution)
                    log.warning("contribution %d cannot be indexed (%s)", owed.contribution, type(error).__name__)
        return True
