"""A second process on the same database, as another replica or a second start would be."""

from collections.abc import AsyncIterator

import pytest

from storage.engine.database import Database


@pytest.fixture
async def second(database: Database) -> AsyncIterator[Database]:
    """Another engine with connections of its own."""
    opened = Database(database.url, database.keyring)
    yield opened
    await opened.close()
