"""Rotation: everything that the old secret sealed and hashed opens and is found with the new one alone, on both engines."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from sqlalchemy import LargeBinary, Table, insert, select, text, type_coerce, update
from sqlalchemy.exc import DBAPIError

from storage import canary, installation
from storage.cases import word_index
from storage.cases.search import search_cases
from storage.engine.columns import EncryptedText
from storage.engine.crypto import Keyring
from storage.engine.database import Database, Tx
from storage.models import audit, case_events, case_words, contributions, deliveries, identities, metadata, people
from storage.people.people import fetch_by_hash, find_by_username
from storage.privacy import rotation
from tests.harness.planted_person import plant
from tests.harness.rows import NOW

OLD, NEW = "0a" * 16 + "1f" * 16, "0b" * 16 + "2e" * 16
PHONE, NAME = "+8613800138000", "wang_2026"


@pytest.fixture
async def old(database_url: str) -> AsyncIterator[Database]:
    """As a process with the old secret leaves it: rows in every table, a number, a user name, words, a reference."""
    opened = Database(database_url, Keyring([OLD]))
    await canary.prepare(opened)
    async with opened.begin() as tx:
        await plant(tx, 1, "mark")
        await installation.put_sealed_once(tx, opened.keyring, "webhook", "hook")
        digest = opened.keyring.digest
        account = {"username": NAME, "username_hash": digest(NAME), "phone": PHONE}
        await tx.execute(update(people).where(people.c.id == 1).values(account))
        await tx.execute(update(deliveries).values(phone=PHONE, phone_hash=digest(PHONE), ref_hash=digest("C-77")))
        await tx.execute(insert(identities), [{"kind": "phone", "hash": digest(PHONE), "person": 1}])
        await tx.execute(insert(identities), [{"kind": "ref:erp", "hash": digest("C-77"), "person": 1}])
        await tx.execute(update(contributions).values(words="a wet parcel"))
        for id_ in await tx.scalars(select(contributions.c.id)):
            await word_index.owe_words(tx, id_)
        while (owed := await word_index.find_owed(tx)) is not None:
            await word_index.index_piece(tx, owed)
    yield opened
    await opened.close()


async def rotate(database: Database, limit: int = 2) -> int:
    """Every table to its end, in slices of two rows; how many were sealed anew."""
    done = 0
    for table in rotation.list_sealed_tables():
        last: tuple[Any, ...] | None = None
        while True:
            async with database.begin() as tx:
                result = await rotation.reseal_slice(tx, table, last, limit)
            done += result.rows
            if (last := result.last) is None:
                break
    return done


async def finish(database: Database) -> None:
    async with database.begin() as tx:
        assert await rotation.count_old(tx) == {}
        await rotation.reseal_facts(tx)
        await canary.forget_older(tx, database.keyring)


async def read_everything(tx: Tx) -> Mapping[str, list[tuple[Any, ...]]]:
    return {
        table.name: sorted(tuple(row) for row in await tx.execute(select(*_columns(table))))
        for table in rotation.list_sealed_tables()
    }


def _columns(table: Table) -> list[Any]:
    return [column for column in table.c if not column.name.endswith("hash")]


async def test_the_new_secret_alone_opens_and_finds_everything(old: Database, database_url: str) -> None:
    """What was read with the old one reads the same; the old one is needed for nothing."""
    async with old.read() as tx:
        before = await read_everything(tx)
    both = Database(database_url, Keyring([NEW, OLD]))
    await canary.prepare(both)
    async with both.read() as tx:
        left = await rotation.count_old(tx)
    assert {table for table, rows in left.items() if rows} >= {
        "people",
        "audit",
        "case_events",
        "contributions",
        "outbox",
    }
    assert await rotate(both) == sum(left.values())
    await finish(both)
    await both.close()

    new = Database(database_url, Keyring([NEW]))
    await canary.prepare(new)
    async with new.read() as tx:
        assert await read_everything(tx) == before
        assert await installation.get_sealed(tx, new.keyring, "webhook") == "hook"
        person = await find_by_username(tx, NAME)
        assert person is not None
        assert person.id == 1
        owners = await fetch_by_hash(tx, ["phone", "ref:erp"], new.keyring.digests(PHONE) + new.keyring.digests("C-77"))
        assert set(owners.values()) == {1}
        assert owners["phone", new.keyring.digest(PHONE)] == 1
        assert {*await tx.scalars(select(deliveries.c.phone_hash))} == {new.keyring.digest(PHONE)}
        wet = new.keyring.digest("wet")
        assert await tx.scalar(select(case_words.c.case).where(case_words.c.hash == wet)) is not None
        assert await search_cases(tx, "wet", None, None, limit=5)
    await new.close()


@pytest.mark.usefixtures("old")
async def test_it_goes_on_after_it_was_killed(database_url: str) -> None:
    """Begun again from the start it does what is left and nothing twice."""
    both = Database(database_url, Keyring([NEW, OLD]))
    await canary.prepare(both)
    async with both.read() as tx:
        left = sum((await rotation.count_old(tx)).values())
    async with both.begin() as tx:
        done = (await rotation.reseal_slice(tx, audit, None, 1)).rows
    assert done == 1
    assert await rotate(both) == left - 1
    assert await rotate(both) == 0
    await finish(both)
    await both.close()


async def test_what_is_written_meanwhile_stays_as_it_is(old: Database, database_url: str) -> None:
    """A row that the new secret has sealed is not touched; one that the old one writes late is found by the next round."""
    both = Database(database_url, Keyring([NEW, OLD]))
    await canary.prepare(both)
    await rotate(both)
    async with old.begin() as tx:
        await tx.execute(insert(people), {"id": 9, "language": "en", "name": "Late", "created_at": NOW})
    async with both.read() as tx:
        assert await rotation.count_old(tx) == {"people": 1}
    assert await rotate(both) == 1
    await finish(both)
    await both.close()


@pytest.mark.parametrize("table", [audit, case_events])
@pytest.mark.usefixtures("old")
async def test_the_way_past_the_triggers_is_for_seals_alone(database_url: str, table: Table) -> None:
    """Without the mark nothing is replaced; with it, only by something of the same length under another key, and nothing beside it."""
    both = Database(database_url, Keyring([NEW, OLD]))
    await canary.prepare(both)
    sealed = next(column for column in table.c if isinstance(column.type, EncryptedText))
    async with both.read() as tx:
        where = sealed.is_not(None)
        raw = bytes(await tx.scalar(select(type_coerce(sealed, LargeBinary)).where(where)) or b"")
    other_key = both.keyring.newest_prefix + raw[4:]
    for marked, value, refused in (
        (False, other_key, True),
        (True, other_key + b"x", True),
        (True, raw[:-1] + bytes([raw[-1] ^ 1]), True),
        (True, other_key, False),
    ):
        async with both.engine.connect() as tx:
            if marked and tx.dialect.name == "postgresql":
                await tx.execute(text("SELECT set_config('huifang.sealing_anew', 'yes', true)"))
            elif marked:
                await installation.put(tx, "sealing anew", "yes")
            change = update(table).where(type_coerce(sealed, LargeBinary) == raw)
            statement = change.values({sealed.name: type_coerce(value, LargeBinary)})
            if refused:
                with pytest.raises(DBAPIError, match="append-only"):
                    await tx.execute(statement)
            else:
                assert (await tx.execute(statement)).rowcount == 1
            await tx.rollback()
    await both.close()


@pytest.mark.usefixtures("old")
async def test_a_row_that_opens_with_none_is_told(database_url: str) -> None:
    """It is counted and left; the others go on."""
    both = Database(database_url, Keyring([NEW, OLD]))
    await canary.prepare(both)
    async with both.begin() as tx:
        await tx.execute(update(people).where(people.c.id == 1).values(name=type_coerce(b"x" * 40, LargeBinary)))
        result = await rotation.reseal_slice(tx, people, None)
    assert (result.rows, result.unreadable) == (0, 1)
    await both.close()


def test_every_sealed_column_is_reached() -> None:
    """The tables are read off the models."""
    sealed = {
        table.name for table in metadata.tables.values() for column in table.c if isinstance(column.type, EncryptedText)
    }
    assert {table.name for table in rotation.list_sealed_tables()} == sealed
