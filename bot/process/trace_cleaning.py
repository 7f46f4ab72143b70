"""Cleaning the database's files after somebody was erased; see `storage.privacy.traces`."""

import asyncio
import logging

from storage.engine.database import Database
from storage.engine.failures import FAILURES
from storage.privacy import traces

log = logging.getLogger(__name__)

LOOK_SECONDS = 30.0
"""Seconds between two looks for whether anything was erased."""


class TraceCleaning:
    """Every replica looks; cleaning twice does no harm."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def run(self) -> None:
        """Clean whenever there is something to clean, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await traces.clean(self._database)
            except FAILURES as error:
                log.warning("what an erasure left could not be cleaned (%s); trying again", type(error).__name__)
