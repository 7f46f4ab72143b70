"""A secret that does not open the rows is found out before anything is written, and none that is needed can be left out."""

import lzma
from pathlib import Path

import pytest
from sqlalchemy import select

from storage import canary
from storage.canary import WrongSecretError
from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.models import meta
from tests.harness.databases import RELEASED_SECRET, SECRET
from tests.harness.rows import add_person
from tests.releases.continuing import FOLDER

OTHER = "0c" + SECRET[2:]


async def prepare(url: str, *secrets: str) -> None:
    """A start with these secrets."""
    database = Database(url, Keyring(secrets))
    try:
        await canary.prepare(database)
    finally:
        await database.close()


async def test_an_empty_database_is_anybodys(empty_database_url: str) -> None:
    """The process that starts first leaves the canary, and nobody else can start then."""
    await prepare(empty_database_url, SECRET)
    await prepare(empty_database_url, SECRET)
    with pytest.raises(WrongSecretError, match="sealed with another secret; put that one back"):
        await prepare(empty_database_url, OTHER)
    await prepare(empty_database_url, SECRET)


async def test_rotation(database_url: str) -> None:
    """A new secret before the old one seals a canary of its own; after that neither can be left out."""
    await prepare(database_url, SECRET)
    await prepare(database_url, OTHER, SECRET)
    await prepare(database_url, SECRET, OTHER)
    for alone in (SECRET, OTHER):
        with pytest.raises(WrongSecretError):
            await prepare(database_url, alone)


async def test_a_database_without_a_canary(database: Database) -> None:
    """Its rows are judged: one that opens is enough, and where none is sealed nothing can be wrong."""
    async with database.begin() as tx:
        await add_person(tx, 1)
    with pytest.raises(WrongSecretError):
        await prepare(database.url, OTHER)
    async with database.read() as tx:
        assert (await tx.execute(select(meta))).all() == []
    await prepare(database.url, SECRET)


async def test_an_earlier_release_is_not_migrated_with_a_wrong_secret(tmp_path: Path) -> None:
    """Migrations seal, too: nothing of them has run when the secret is refused."""
    path = tmp_path / "huifang.db"
    path.write_bytes(lzma.decompress((FOLDER / "0.1.0.sqlite.xz").read_bytes()))
    url = f"sqlite+aiosqlite:///{path}"
    before = Database(url, Keyring([RELEASED_SECRET]))
    revision = await schema.fetch_revision(before)
    with pytest.raises(WrongSecretError):
        await prepare(url, SECRET)
    assert await schema.fetch_revision(before) == revision
    await before.close()
    await prepare(url, SECRET, RELEASED_SECRET)
