"""The schema comes by itself, once, and is what the code says it is."""

import asyncio
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, Table, inspect, text
from sqlalchemy.exc import DBAPIError

from storage import meta, schema
from storage.crypto import Keyring
from storage.database import Database
from storage.models import metadata
from tests.conftest import SECRET


async def test_an_empty_database_reaches_the_newest(database_url: str) -> None:
    """An empty database has no version; after the first start it has the newest, and says so that it was empty."""
    opened = Database(database_url, Keyring([SECRET]))
    assert await schema.version(opened) is None
    assert await schema.migrate(opened)
    assert await schema.version(opened) == schema.newest()
    await opened.close()


async def test_migrating_again_does_nothing(database: Database) -> None:
    """A second start finds the tables as they are and touches no row."""
    async with database.begin() as tx:
        await meta.put(tx, "bot", "huifang_bot")
    for _ in range(2):
        assert not await schema.migrate(database)
    assert await schema.version(database) == schema.newest()
    async with database.read() as tx:
        assert await meta.get(tx, "bot") == "huifang_bot"


async def test_two_at_once(database_url: str) -> None:
    """Of replicas that start together on an empty database one migrates, and all of them find the newest."""
    replicas = [Database(database_url, Keyring([SECRET])) for _ in range(4)]
    assert sorted(await asyncio.gather(*map(schema.migrate, replicas))) == [False, False, False, True]
    for one in replicas:
        assert await schema.version(one) == schema.newest()
        await one.close()


async def test_half_a_migration_is_none(database_url: str) -> None:
    """A migration that fails in the middle leaves nothing behind, and the next start does it whole."""
    opened = Database(database_url, Keyring([SECRET]))
    async with opened.begin() as tx:
        await tx.execute(text("CREATE TABLE contributions (id integer)"))  # in the way of the last tables
    with pytest.raises(DBAPIError):
        await schema.migrate(opened)
    assert await schema.version(opened) is None
    async with opened.begin() as tx:
        assert await tx.run_sync(lambda connection: inspect(connection).get_table_names()) == ["contributions"]
        await tx.execute(text("DROP TABLE contributions"))
    assert await schema.migrate(opened)
    await opened.close()


async def test_an_unknown_version_is_refused(database: Database) -> None:
    """A database that a newer release has migrated is not touched by an older one."""
    async with database.begin() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Exception, match="9999"):
        await schema.migrate(database)
    assert await schema.version(database) == "9999"


async def test_the_tables_are_what_the_code_says(database: Database) -> None:
    """Alembic finds no difference between the migrated database and the models."""

    def differences(connection: Connection) -> list[Any]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with database.engine.connect() as tx:
        assert await tx.run_sync(differences) == []


async def test_the_checks_are_what_the_code_says(database: Database) -> None:
    """Every CHECK of the models is in the migrated database under its name; Alembic does not look at them."""

    def checks(connection: Connection) -> dict[str, set[str]]:
        found = inspect(connection)
        return {name: {str(one["name"]) for one in found.get_check_constraints(name)} for name in metadata.tables}

    expected = {name: _checks(table) for name, table in metadata.tables.items()}
    async with database.engine.connect() as tx:
        assert await tx.run_sync(checks) == expected
    assert expected["answers"] == {"ck_answers_score"}


def _checks(table: Table) -> set[str]:
    """The full names of a table's own CHECKs and its columns'."""
    found = [*table.constraints, *(one for column in table.c for one in column.constraints)]
    names = [str(one.name) for one in found if isinstance(one, CheckConstraint)]
    return {name if name.startswith("ck_") else f"ck_{table.name}_{name}" for name in names}


async def test_everything_append_only_is(database: Database) -> None:
    """Both logs have their triggers in the database, for changing and for deleting."""
    query = (
        "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
        if database.is_sqlite
        else "SELECT event_object_table, event_manipulation FROM information_schema.triggers"
    )
    async with database.read() as tx:
        found = {(table, name.upper().rsplit("_", 1)[-1]) for table, name in await tx.execute(text(query))}
    assert found >= {(table, change) for table in ("audit", "case_events") for change in ("UPDATE", "DELETE")}
