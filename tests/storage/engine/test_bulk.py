"""Fast ways of writing and reading mean the same as the slow ones."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, delete, insert, select, text, update
from sqlalchemy import bindparam as bind

from storage.engine import schema
from storage.engine.bulk import BulkStatement, among
from storage.engine.columns import EncryptedText
from storage.engine.crypto import Keyring
from storage.engine.database import Database, upsert
from storage.models import answers, audit, messages, metadata, outbox, sessions, timers
from tests.harness.rows import NOW, add_delivery, add_person, fetch_table, invite, make_invitation

SHANGHAI = timezone(timedelta(hours=8))
HIGH = 2**62 + 1
"""An id that a float cannot hold."""

LATER = (NOW + timedelta(days=1)).astimezone(SHANGHAI)
ROWS: dict[str, list[tuple[Any, ...]]] = {
    "audit": [
        (1, NOW, None, "x", "case:1", None, None),
        (HIGH, LATER, -HIGH, "很", "", "a'b\"c\\d", ""),
    ],
    "outbox": [
        (1, None, "sendMessage", "", None, False, 0, "", None, "{}", "owed", None, None, NOW, 1),
        (2, -100123, "show", "case:1", 7, True, 2, "%s $1 ?", HIGH, "😀\x00", "failed", "no", HIGH, LATER, HIGH),
    ],
    "timers": [("a", "1", NOW), ("b", "%(name)s", LATER.replace(microsecond=7))],
    "answers": [
        (1, "overall", "overall", "rating", 5, 5, None, NOW),
        (1, "comment", "", "text", 5, None, '"很好"', LATER),
    ],
    "sessions": [("1:2", "", "rating", "{}", True, HIGH, 1), ("1:2", "case:1", "reason", "状态", False, 0, 0)],
}


@pytest.mark.parametrize("name", ROWS)
async def test_inserts_as_plain_execution(database: Database, name: str) -> None:
    """Row by row, what is read back is the same as after SQLAlchemy's own execution."""
    table = metadata.tables[name]
    many = BulkStatement.into(lambda _tx: insert(table), table.c)
    plain = await _after(database, table, ROWS[name], None)
    assert await _after(database, table, ROWS[name], many) == plain
    assert len(plain) == len(ROWS[name])


async def _after(
    database: Database, table: Table, rows: Sequence[tuple[Any, ...]], many: BulkStatement | None
) -> list[tuple[Any, ...]]:
    """What the table holds after these rows; moments, numbers and truth also as the engine keeps them, untyped."""
    async with database.engine.connect() as tx:
        if table is answers:
            await add_person(tx, 1)
            await add_delivery(tx, 1)
            await invite(tx, make_invitation(1, 1, 1))
        if many is None:
            for row in rows:
                await tx.execute(insert(table), dict(zip(table.c.keys(), row, strict=True)))
        else:
            await many.execute(tx, rows)
        names = ", ".join(f'CAST("{c.name}" AS text)' for c in table.c if not isinstance(c.type, EncryptedText))
        raw = [tuple(row) for row in await tx.execute(text(f"SELECT {names} FROM {table.name} ORDER BY 1, 2"))]  # noqa: S608
        stored = [(*typed, *kept) for typed, kept in zip(await fetch_table(tx, table.name), raw, strict=True)]
        await tx.rollback()
        return stored


async def test_replaces_as_plain_execution(database: Database) -> None:
    """An upsert replaces the row of the same key, and only that."""
    many = BulkStatement.into(lambda tx: upsert(tx, sessions), sessions.c)
    async with database.begin() as tx:
        await many.execute(tx, ROWS["sessions"])
        await many.execute(tx, [("1:2", "", "complaint", "new", False, 9, 0)])
        assert await fetch_table(tx, "sessions") == [("1:2", "", "complaint", "new", False, 9, 0), ROWS["sessions"][1]]


async def test_parameters_in_any_order(database: Database) -> None:
    """Values stand in the order of the types, wherever the statement uses them, and as often as it does."""
    many = BulkStatement(
        lambda _tx: (
            update(outbox).where(outbox.c.id == bind("i"), outbox.c.method != bind("m")).values(method=bind("m"))
        ),
        {"i": outbox.c.id.type, "m": outbox.c.method.type},
    )
    inserting = BulkStatement.into(lambda _tx: insert(outbox), outbox.c)
    async with database.begin() as tx:
        await inserting.execute(tx, ROWS["outbox"])
        await many.execute(tx, [(1, "one"), (2, "two"), (3, "three")])
        assert await fetch_table(tx, "outbox", "id", "method") == [(1, "one"), (2, "two")]


async def test_deletes_each(database: Database) -> None:
    """Every row that is named goes, every other stays."""
    removing = BulkStatement(
        lambda _tx: delete(timers).where(timers.c.kind == bind("k"), timers.c.subject == bind("s")),
        {"k": timers.c.kind.type, "s": timers.c.subject.type},
    )
    async with database.begin() as tx:
        await BulkStatement.into(lambda _tx: insert(timers), timers.c).execute(
            tx, [("a", str(n), NOW) for n in range(5)]
        )
        await removing.execute(tx, [("a", "1"), ("a", "3"), ("b", "2")])
        assert [subject for _, subject, _ in await fetch_table(tx, "timers")] == ["0", "2", "4"]


async def test_refuses_as_plain_execution(database: Database) -> None:
    """A naive moment, a value outside the list and a key that exists are refused, and nothing of the batch is kept."""
    many = BulkStatement.into(lambda _tx: insert(outbox), outbox.c)
    good, other = ROWS["outbox"]
    naive = (*other[:-2], datetime(2026, 11, 23), 1)  # noqa: DTZ001 -- the naive moment
    unknown = (*other[:10], "sent", *other[11:])
    for bad in (naive, unknown, good):
        with pytest.raises(Exception, match=r"naive|sent|(?i:unique)"):
            async with database.begin() as tx:
                await many.execute(tx, [good, bad])
        async with database.read() as tx:
            assert await fetch_table(tx, "outbox") == []


async def test_each_database_seals_with_its_own_secret(database: Database, tmp_path: Path) -> None:
    """A statement that was compiled for one database does not carry its secret into the next."""
    many = BulkStatement.into(lambda _tx: insert(audit), audit.c)
    other = Database(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}", Keyring(["another secret"]))
    await schema.migrate(other)
    row = (1, NOW, None, "x", "x", "before", "after")
    for target in (database, other):
        async with target.begin() as tx:
            await many.execute(tx, [row])
        async with target.read() as tx:
            assert await fetch_table(tx, "audit") == [row]
    await other.close()


@pytest.mark.parametrize("size", [0, 1, 5000])
async def test_among_numbers(database: Database, size: int) -> None:
    """As many numbers as there are, 64 bits each, find exactly their rows."""
    wanted = [-(2**62) + n * 2 for n in range(size)]
    rows = [(1, str(n), -(2**62) + n) for n in range(10_001)]
    async with database.begin() as tx:
        await BulkStatement.into(lambda _tx: insert(messages), messages.c).execute(tx, rows)
        matches = await tx.execute(select(messages.c.message_id).where(among(tx, messages.c.message_id, wanted)))
        assert sorted(matches.scalars()) == wanted


@pytest.mark.parametrize("size", [0, 1, 5000])
async def test_among_texts(database: Database, size: int) -> None:
    """As many texts as there are, whatever is in them, find exactly their rows."""
    texts = [
        f"{hostile}{n}" for n, hostile in enumerate(["'", '"', "\\", ",", "{", "}", "%", "NULL", "很", "😀"] * 500)
    ]
    wanted = texts[:size]
    async with database.begin() as tx:
        rows = [("k", one, NOW) for one in (*texts, "1", "NULL", "")]
        await BulkStatement.into(lambda _tx: insert(timers), timers.c).execute(tx, rows)
        matches = await tx.execute(select(timers.c.subject).where(among(tx, timers.c.subject, wanted)))
        assert sorted(matches.scalars()) == sorted(wanted)


async def test_among_is_one_parameter(database: Database) -> None:
    """The statement for one key and the statement for many are the same text, so it is prepared once."""
    async with database.begin() as tx:
        statements = {
            str(select(timers).where(among(tx, timers.c.subject, keys)).compile(dialect=tx.dialect))
            for keys in ([], ["a"], ["a", "b", "c"])
        }
    assert len(statements) == 1


async def test_among_does_not_cut_keys(database: Database) -> None:
    """A text longer than the column finds nothing, even where its beginning is a row."""
    async with database.begin() as tx:
        await tx.execute(insert(timers), {"kind": "k", "subject": "x" * 64, "due_at": NOW})
        matches = await tx.execute(select(timers.c.subject).where(among(tx, timers.c.subject, ["x" * 65])))
        assert matches.all() == []
