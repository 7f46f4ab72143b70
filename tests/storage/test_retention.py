"""The audit log goes by whole months, the same on both engines, and nothing else goes."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.ids import find_first_id
from storage import audit, retention
from storage.audit import AuditEntry
from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database, Tx
from tests.harness.databases import SECRET

SUBJECT = "case:17"


def entry(moment: datetime, number: int = 0) -> AuditEntry:
    return AuditEntry(find_first_id(moment) + number, moment, 7, "case.add", SUBJECT)


async def list_moments(database: Database) -> list[datetime]:
    async with database.read() as tx:
        return [line.at for line in await audit.list_entries(tx, SUBJECT)]


async def forget(database: Database, moment: datetime) -> None:
    more = True
    while more:
        async with database.begin() as tx:
            more = await retention.forget_before(tx, moment)


async def fetch_now(tx: Tx) -> datetime:
    """By the database's clock, which chooses the months there are partitions for."""
    if tx.dialect.name != "postgresql":
        return datetime(2026, 11, 23, 4, tzinfo=UTC)
    now = await tx.scalar(text("SELECT now()"))
    assert isinstance(now, datetime)
    return now


async def test_whole_months_go(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is older than a month's end that has passed is gone, in pieces where it is rows; what is of a month that has not, stays."""
    monkeypatch.setattr(retention, "PIECE_ROWS", 2)
    async with database.begin() as tx:
        now = (await fetch_now(tx)).replace(day=1, hour=12)
        ahead = [
            (now + timedelta(days=31 * n)).replace(day=15) for n in range(4)
        ]  # of these months each has a partition
        lines = [entry(moment, number) for moment in ahead for number in range(3)]
        await audit.write_entries(tx, lines)
    await forget(database, ahead[1].replace(day=1) - timedelta(hours=13))
    assert await list_moments(database) == [line.at for line in lines]
    await forget(database, ahead[2])
    assert await list_moments(database) == [line.at for line in lines[6:]]
    await forget(database, ahead[2])
    async with database.begin() as tx:
        await audit.write_entries(tx, [entry(ahead[3], 9)])
    assert len(await list_moments(database)) == 7


@pytest.mark.parametrize("change", ["UPDATE audit SET what = 'x'", "DELETE FROM audit"])
async def test_what_stays_is_not_edited(database: Database, change: str) -> None:
    """After months have gone, the database refuses to change or delete what is left, in new months, too."""
    async with database.begin() as tx:
        now = await fetch_now(tx)
        await audit.write_entries(tx, [entry(now), entry(now + timedelta(days=40))])
    await forget(database, now - timedelta(days=31))
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.begin() as tx:
            await tx.execute(text(change))
    assert len(await list_moments(database)) == 2


async def test_a_row_of_any_time_has_a_place(database: Database) -> None:
    """Long ago, or after the last month that was made: it is kept, and found; its number is unique in all months."""
    async with database.begin() as tx:
        now = await fetch_now(tx)
        moments = [datetime(2025, 1, 2, tzinfo=UTC), now, now + timedelta(days=400)]
        await audit.write_entries(tx, [entry(moment) for moment in moments])
    assert await list_moments(database) == moments
    for moment in moments:
        with pytest.raises(DBAPIError):
            async with database.begin() as tx:
                await audit.write_entries(tx, [entry(moment)])


async def test_months_are_made_ahead(database: Database) -> None:
    """Once each, whoever comes first; not over rows that have found another place."""
    async with database.begin() as tx:
        assert await retention.make_months(tx) == []  # the migration has made them
        if database.is_sqlite:
            return
        now = await fetch_now(tx)
        for name, _ in (await retention._list_months(tx))[1:]:
            await tx.execute(text(f"DROP TABLE {name}"))
        made = await retention.make_months(tx)
        assert len(made) == retention.MONTHS_AHEAD
        assert await retention.make_months(tx) == []
        await tx.execute(text(f"DROP TABLE {made[-1]}"))
        await audit.write_entries(tx, [entry(now + timedelta(days=93 + 10))])
        assert await retention.make_months(tx) == []
        await tx.rollback()


@pytest.mark.parametrize("empty_database_url", ["postgresql"], indirect=True)
async def test_the_log_of_an_earlier_release_becomes_the_first_partition(empty_database_url: str) -> None:
    """Every row is there afterwards, is refused to editors, and new rows find their month."""
    opened = Database(empty_database_url, Keyring([SECRET]))
    async with opened.begin() as tx:
        await tx.run_sync(schema.upgrade, "0013")
        now = await fetch_now(tx)
        await audit.write_entries(tx, [entry(now - timedelta(days=100 * n)) for n in range(3)])
    await schema.migrate(opened)
    async with opened.begin() as tx:
        assert await tx.scalar(text("SELECT count(*) FROM audit_past")) == 3
        await audit.write_entries(tx, [entry(now + timedelta(days=35))])
        assert await tx.scalar(text("SELECT count(*) FROM audit_rest")) == 0
    assert len(await list_moments(opened)) == 4
    with pytest.raises(DBAPIError, match="append-only"):
        async with opened.begin() as tx:
            await tx.execute(text("DELETE FROM audit_past"))
    await opened.close()
