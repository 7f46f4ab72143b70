"""The schema comes by itself, once, and is what the code says it is."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, Table, column, inspect, select, table, text, update
from sqlalchemy.exc import DBAPIError

from storage import installation
from storage.engine import schema
from storage.engine.columns import UtcDateTime
from storage.engine.crypto import Keyring
from storage.engine.database import Database, Tx
from storage.models import api_tokens, cases, metadata, standard_answers
from tests.harness.databases import SECRET
from tests.harness.rows import NOW, fetch_table, file_case


async def test_an_empty_database_reaches_the_newest(empty_database_url: str) -> None:
    """An empty database has no version; after the first start it has the newest, and says so that it was empty."""
    opened = Database(empty_database_url, Keyring([SECRET]))
    assert await schema.fetch_revision(opened) is None
    assert await schema.migrate(opened)
    assert await schema.fetch_revision(opened) == schema.find_newest_revision()
    await opened.close()


async def test_migrating_again_does_nothing(database: Database) -> None:
    """A second start finds the tables as they are and touches no row."""
    async with database.begin() as tx:
        await installation.put(tx, "bot", "huifang_bot")
    for _ in range(2):
        assert not await schema.migrate(database)
    assert await schema.fetch_revision(database) == schema.find_newest_revision()
    async with database.read() as tx:
        assert await installation.get(tx, "bot") == "huifang_bot"


async def test_two_at_once(empty_database_url: str) -> None:
    """Of replicas that start together on an empty database one migrates, and all of them find the newest."""
    replicas = [Database(empty_database_url, Keyring([SECRET])) for _ in range(4)]
    assert sorted(await asyncio.gather(*map(schema.migrate, replicas))) == [False, False, False, True]
    for replica in replicas:
        assert await schema.fetch_revision(replica) == schema.find_newest_revision()
        await replica.close()


async def test_half_a_migration_is_none(empty_database_url: str) -> None:
    """A migration that fails in the middle leaves nothing behind, and the next start does it whole."""
    opened = Database(empty_database_url, Keyring([SECRET]))
    async with opened.begin() as tx:
        await tx.execute(text("CREATE TABLE contributions (id integer)"))  # in the way of the last tables
    with pytest.raises(DBAPIError):
        await schema.migrate(opened)
    assert await schema.fetch_revision(opened) is None
    async with opened.begin() as tx:
        assert await tx.run_sync(lambda connection: inspect(connection).get_table_names()) == ["contributions"]
        await tx.execute(text("DROP TABLE contributions"))
    assert await schema.migrate(opened)
    await opened.close()


async def test_what_was_asked_before_the_second_migration_is_kept(empty_database_url: str) -> None:
    """A database of the first release, with rows: every delivery, invitation and answer is there afterwards, and means the same."""
    opened = Database(empty_database_url, Keyring([SECRET]))
    kinds = {"overall": "rating", "why": "choices", "words": "text"}
    definition = json.dumps({"questions": [{"id": id_, "kind": kind} for id_, kind in kinds.items()]})
    person = {"id": 1, "language": "en", "chose_language": False, "name": b"", "reach": "open", "created_at": NOW}
    frozen = dict.fromkeys(("customer_type", "department", "courier", "route", "station", "service", "priority"), "")
    about = {"language": "", "declared_value": "", "delivered_at": NOW, "fingerprint": "f", "created_at": NOW}
    delivery = {"id": 2, "source": "s", "waybill": "W2", "person": 1, "fate": "invited"} | about | frozen
    asked = {"id": 3, "delivery": 2, "person": 1, "survey": "d@1", "origin": "sent", "state": "open"}
    invitation = asked | {"created_at": NOW, "expires_at": NOW} | frozen
    async with opened.begin() as tx:
        await tx.run_sync(schema.upgrade, "0001")
        await _put(tx, "people", person)
        await _put(tx, "deliveries", delivery)
        await _put(tx, "invitations", invitation)
        await _put(tx, "surveys", {"name": "d@1", "definition": definition, "created_at": NOW})
        for question, score in (("overall", 4), ("why", None), ("words", None)):
            given = {"invitation": 3, "question": question, "dimension": "", "score": score, "answered_at": NOW}
            await _put(tx, "answers", given)
    assert not await schema.migrate(opened)
    async with opened.begin() as tx:
        assert await fetch_table(tx, "deliveries", "id", "fate", "person", "region") == [(2, "sent", 1, "")]
        assert await fetch_table(tx, "invitations", "id", "delivery", "excluded", "campaign") == [(3, 2, False, None)]
        kept = await fetch_table(tx, "answers", "question", "kind", "score", "levels")
        assert kept == [("overall", "rating", 4, 5), ("why", "choices", None, 5), ("words", "text", None, 5)]
        await tx.execute(text("UPDATE invitations SET person = NULL, origin = 'phone'"))
    for impossible in ("deliveries SET fate = 'invited'", "answers SET kind = 'stars'", "answers SET score = 11"):
        async with opened.engine.connect() as tx:
            with pytest.raises(DBAPIError):
                await tx.execute(text(f"UPDATE {impossible}"))
    await opened.close()


async def test_standard_answers_are_sealed_and_old_tokens_read_on(empty_database_url: str) -> None:
    """What stood in the clear is the same afterwards, and stands nowhere in the clear; a token reads the cases it read."""
    opened = Database(empty_database_url, Keyring([SECRET]))
    async with opened.begin() as tx:
        await tx.run_sync(schema.upgrade, "0003")
        person = {"id": 1, "language": "en", "chose_language": False, "name": b"", "reach": "open", "created_at": NOW}
        await _put(tx, "people", person)
        for id_, question in ((7, "Is Friday a working day?"), (8, "周五上班吗？")):
            said = {"question": question, "answer": "Mr Wang of 5 River Road says yes"}
            await tx.execute(
                text(
                    "INSERT INTO standard_answers (id, question, answer, department, author, used, created_at) "
                    "VALUES (:id, :question, :answer, 'service', 1, 3, '2026-11-23 04:00:00')"
                ),
                {"id": id_} | said,
            )
        await tx.execute(
            text("INSERT INTO api_tokens (name, hash, created_at) VALUES ('erp', 'h', '2026-11-23 04:00:00')")
        )
    await schema.migrate(opened)
    async with opened.begin() as tx:
        kept = await tx.execute(select(standard_answers).order_by(standard_answers.c.id))
        assert [(row.question, row.answer, row.used) for row in kept] == [
            ("Is Friday a working day?", "Mr Wang of 5 River Road says yes", 3),
            ("周五上班吗？", "Mr Wang of 5 River Road says yes", 3),
        ]
        assert await tx.scalar(select(api_tokens.c.reads_cases))
        raw = await tx.scalar(text("SELECT answer FROM standard_answers WHERE id = 7"))
        assert b"River" not in bytes(raw)
    await opened.close()
    if opened.is_sqlite:
        for path in Path(empty_database_url.partition(":///")[2]).parent.glob("huifang.db*"):
            assert b"River Road" not in path.read_bytes()


async def test_what_grew_out_of_a_rating_is_known_afterwards(empty_database_url: str) -> None:
    """A case names its survey, so its course says where it came from; totals without that are counted anew at the next start."""
    opened = Database(empty_database_url, Keyring([SECRET]))
    async with opened.begin() as tx:
        await tx.run_sync(schema.upgrade, "0008")
        await installation.put(tx, "totals", "Asia/Shanghai")
        await installation.put(tx, "bot", "huifang_bot")
        person = {"id": 1, "telegram_id": 1001, "language": "en", "name": b"sealed", "reach": "open"}
        await _put(tx, "people", person | {"created_at": NOW, "chose_language": False, "zone": ""})
        asked = {"id": 3, "person": 1, "survey": "d@1", "origin": "sent", "state": "open", "excluded": False}
        frozen = dict.fromkeys(
            ("customer_type", "department", "courier", "route", "station", "service", "priority"), ""
        )
        await _put(tx, "invitations", asked | {"created_at": NOW, "expires_at": NOW} | frozen)
        for n, survey in enumerate((3, None), 1):
            case = await file_case(tx, f"C-{n}")
            await tx.execute(update(cases).where(cases.c.id == case.id).values(invitation=survey))
            course = {"case": case.id, "category": "delivery", "department": "transport", "courier": "", "route": ""}
            course |= {"station": "", "service": "", "priority": "", "customer_type": "", "at": NOW, "opened_at": NOW}
            course |= {"valid": False, "outcome": "none", "rounds": 1, "solved_in": 0}
            await _put(tx, "courses", course | {"reopened": False, "repeated": False})
    await schema.migrate(opened)
    async with opened.begin() as tx:
        assert [row[0] for row in await fetch_table(tx, "courses", "grown")] == [True, False]
        assert await installation.get(tx, "totals") is None
        assert await installation.get(tx, "bot") == "huifang_bot"
    await opened.close()


async def _put(tx: Tx, name: str, row: dict[str, Any]) -> None:
    """A row of an older schema: only the columns that it had are named."""
    known = metadata.tables[name]
    columns = [column(key, UtcDateTime() if isinstance(known.c[key].type, UtcDateTime) else None) for key in row]
    await tx.execute(table(name, *columns).insert(), row)


async def test_an_unknown_version_is_refused(database: Database) -> None:
    """A database that a newer release has migrated is not touched by an older one."""
    async with database.begin() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Exception, match="9999"):
        await schema.migrate(database)
    assert await schema.fetch_revision(database) == "9999"


async def test_the_tables_are_what_the_code_says(database: Database) -> None:
    """Alembic finds no difference between the migrated database and the models; partitions of the log are PostgreSQL's own affair."""

    def differences(connection: Connection) -> list[Any]:
        options = {"include_name": lambda name, kind, _parent: kind != "table" or not name.startswith("audit_")}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    async with database.engine.connect() as tx:
        assert await tx.run_sync(differences) == []


async def test_the_checks_are_what_the_code_says(database: Database) -> None:
    """Every CHECK of the models is in the migrated database under its name; Alembic does not look at them."""

    def checks(connection: Connection) -> dict[str, set[str]]:
        inspector = inspect(connection)
        return {name: {str(one["name"]) for one in inspector.get_check_constraints(name)} for name in metadata.tables}

    expected = {name: _checks(table) for name, table in metadata.tables.items()}
    async with database.engine.connect() as tx:
        assert await tx.run_sync(checks) == expected
    assert expected["answers"] == {"ck_answers_score", "ck_answers_kind"}


def _checks(table: Table) -> set[str]:
    """The full names of a table's own CHECKs and its columns'."""
    constraints = [*table.constraints, *(one for column in table.c for one in column.constraints)]
    names = [str(one.name) for one in constraints if isinstance(one, CheckConstraint)]
    return {name if name.startswith("ck_") else f"ck_{table.name}_{name}" for name in names}


async def test_everything_append_only_is(database: Database) -> None:
    """Both logs have their triggers in the database, for changing and for deleting."""
    query = (
        "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
        if database.is_sqlite
        else "SELECT event_object_table, event_manipulation FROM information_schema.triggers"
    )
    async with database.read() as tx:
        triggers = {(table, name.upper().rsplit("_", 1)[-1]) for table, name in await tx.execute(text(query))}
    assert triggers >= {(table, change) for table in ("audit", "case_events") for change in ("UPDATE", "DELETE")}


async def test_what_churns_is_cleaned_up_at_once(database: Database) -> None:
    """PostgreSQL vacuums the tables whose rows come and go by their dead rows, not by a share of what they once held."""
    if database.is_sqlite:
        return
    async with database.read() as tx:
        rows = await tx.execute(
            text("SELECT relname, reloptions FROM pg_class WHERE relkind = 'r' AND reloptions IS NOT NULL")
        )
        options = {name: set(given) for name, given in rows}
    months = {name for name in options if name.startswith("audit_")}
    assert set(options) - months == {"outbox", "sessions", "timers", "unindexed", "group_windows", "inbox"}
    assert len(months) == 5  # what was there at the migration, three to come, and the rest
    assert {"autovacuum_vacuum_scale_factor=0", "autovacuum_vacuum_threshold=2000"} <= options["outbox"]
