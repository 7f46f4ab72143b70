"""Sweep of the store: what was erased goes at once, what no row knows goes after two days, once a day.

No object goes for want of a row where that would be many: then the store is rather another bot's, or the database an old copy.
"""

import logging
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta

from bot.clock import Clock
from storage.cases import evidence
from storage.engine.database import Database
from storage.objects.object_store import ObjectStore, StoredObject
from storage.objects.sealed_object import remove_left_parts

log = logging.getLogger(__name__)

EVERY, AGE = timedelta(days=1), timedelta(days=2)
PAGE = 500
FEW, SHARE = 20, 0.2
"""So many objects without a row may be removed, or this share of all."""


class Sweep:
    """The store is as the rows say."""

    def __init__(self, database: Database, store: ObjectStore, clock: Clock) -> None:
        self._database, self._store, self._clock = database, store, clock
        self._next: datetime | None = None

    async def step(self) -> None:
        """Let go what was erased; look through the store when a day is over."""
        await self._let_go_erased()
        now = self._clock.now()
        if self._next is None or now >= self._next:
            self._next = now + EVERY
            remove_left_parts(self._store.workroom, (now - AGE).timestamp())
            await self.remove_unknown()

    async def _let_go_erased(self) -> None:
        async with self._database.read() as tx:
            erased = await evidence.list_erased(tx, PAGE)
        if erased:
            await self._store.delete([name for name in erased.values() if name is not None])
            async with self._database.begin() as tx:
                await evidence.drop(tx, erased)

    async def remove_unknown(self) -> int:
        """Remove what has been in the store for a while and has no row; how many objects that were."""
        unknown, count = [], 0
        async for page in _in_pages(self._store.list_all()):
            count += len(page)
            old = [stored.name for stored in page if self._clock.now() - stored.since > AGE]
            async with self._database.read() as tx:
                known = await evidence.list_known(tx, old)
            unknown += [name for name in old if name not in known]
        if len(unknown) > max(FEW, count * SHARE):
            log.warning(
                "%d of %d objects in the store of evidence belong to no row; is it another bot's? They stay",
                len(unknown),
                count,
            )
            return 0
        await self._store.delete(unknown)
        return len(unknown)


async def _in_pages(objects: AsyncIterator[StoredObject]) -> AsyncIterator[Sequence[StoredObject]]:
    page: list[StoredObject] = []
    async for stored in objects:
        page.append(stored)
        if len(page) == PAGE:
            yield page
            page = []
    yield page
