"""`huifang rotate-key` on both engines: refuses what would stop a bot, seals everything anew, and says what can go."""

import pytest
from sqlalchemy import update

from bot.commands.rotation_command import RotationError, rotate_key
from bot.settings import Settings, read
from storage import canary
from storage.canary import WrongSecretError
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.models import people
from tests.harness.databases import SECRET
from tests.harness.in_process import EXAMPLE
from tests.harness.rows import add_person

NEW = "24ce91df1f47dc9ce757af6d1b9fb25fbd53ccde64de81d46ad0bf1be74eb608"


def make_settings(database: Database, *secrets: str) -> Settings:
    given = {"HUIFANG_DATABASE": database.url, "HUIFANG_SECRET": ",".join(secrets), "HUIFANG_CONFIG": str(EXAMPLE)}
    return read(given)


async def start(database: Database, *secrets: str) -> None:
    """As a bot does with these secrets."""
    opened = Database(database.url, Keyring(secrets))
    try:
        await canary.prepare(opened)
    finally:
        await opened.close()


async def test_from_the_old_secret_to_the_new_one(database: Database) -> None:
    """Refused until a process writes with the new one; then everything, then the old one is not needed and does not open it."""
    await start(database, SECRET)
    async with database.begin() as tx:
        await add_person(tx, 1)
    told: list[str] = []
    with pytest.raises(RotationError, match="set HUIFANG_SECRET=NEW,OLD for the bot"):
        await rotate_key(make_settings(database, NEW, SECRET), told.append)
    await start(database, NEW, SECRET)
    lines = await rotate_key(make_settings(database, NEW, SECRET), told.append)
    assert told == ["people: 1 rows sealed anew"]
    assert "1 rows sealed anew" in lines[0]
    assert "can be removed" in lines[1]
    await start(database, NEW)
    with pytest.raises(WrongSecretError):
        await start(database, SECRET)
    assert (await rotate_key(make_settings(database, NEW), told.append))[0].startswith("0 rows")


async def test_one_rotation_after_another(database: Database) -> None:
    """After the second its secret alone opens everything, and finds what was hashed before the first."""
    third = NEW[::-1]
    await start(database, SECRET)
    hashed = database.keyring.digest("C-77")
    for secrets in ((NEW, SECRET), (third, NEW)):
        await start(database, *secrets)
        await rotate_key(make_settings(database, *secrets), lambda _: None)
    opened = Database(database.url, Keyring([third]))
    await canary.prepare(opened)
    assert hashed in opened.keyring.digests("C-77")
    await opened.close()


async def test_an_empty_database_has_nothing_to_seal(empty_database_url: str) -> None:
    """It says so."""
    opened = Database(empty_database_url, Keyring([NEW]))
    with pytest.raises(RotationError, match="the database is empty"):
        await rotate_key(make_settings(opened, NEW), print)
    await opened.close()


async def test_a_row_that_does_not_open_keeps_the_old_secret(database: Database) -> None:
    """The command fails and says how many; the canary of the old secret stays."""
    await start(database, SECRET)
    await start(database, NEW, SECRET)
    async with database.begin() as tx:
        await add_person(tx, 1)
    other = Database(database.url, Keyring(["0d" * 16 + "3a" * 16]))
    async with other.begin() as tx:
        await tx.execute(update(people).values(name="Sealed by nobody we know"))
    await other.close()
    with pytest.raises(RotationError, match="1 rows do not open"):
        await rotate_key(make_settings(database, NEW, SECRET), print)
    with pytest.raises(WrongSecretError):
        await start(database, NEW)
