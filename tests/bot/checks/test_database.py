"""The database, as `huifang check` sees it."""

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.checks.database import look_at_rows, open_database
from bot.checks.every import ROW_CHECKS
from bot.checks.finding import Finding, Inspection, State, look, ok
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.engine.schema import fetch_revision, find_newest_revision, upgrade
from tests.bot.checks.conftest import MakeInspection
from tests.harness.bot_process import SECRET


async def look_at(inspect: MakeInspection, **variables: str) -> list[Finding]:
    return await look_at_everything(inspect(**variables))


async def look_at_everything(inspection: Inspection) -> list[Finding]:
    async with open_database(inspection) as (database, findings):
        rows = [await look_at_rows(database, check, inspection) for check in ROW_CHECKS] if database else []
    return [*findings, *(finding for several in rows for finding in several)]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sqlite+aiosqlite:////no/such/huifang.db", "/no/such/huifang.db: its folder is not there"),
        ("postgresql+asyncpg://u:secret@127.0.0.1:1/d", "127.0.0.1:1: nothing listens there"),
        ("postgresql+asyncpg://u:secret@no-such-host.invalid/d", "no-such-host.invalid:5432: there is no host"),
    ],
)
async def test_a_database_that_cannot_be_used(inspect: MakeInspection, url: str, why: str) -> None:
    """The variable, the place, the reason and what to do; never the password."""
    (finding,) = await look_at(inspect, DATABASE=url, SECRET=SECRET)
    assert (finding.what, finding.state) == ("database", State.WRONG)
    assert finding.said.startswith(f"HUIFANG_DATABASE: {why}")
    assert "secret" not in finding.said + finding.cure


async def test_a_database_that_is_not_there_yet(inspect: MakeInspection, tmp_path: Path) -> None:
    """Nothing is made; without a secret nothing is looked at."""
    assert (await look_at(inspect))[0].state is State.LOOK
    file = tmp_path / "huifang.db"
    assert await look_at(inspect, DATABASE=f"sqlite+aiosqlite:///{file}", SECRET=SECRET) == [
        ok("database", f"{file} is not there yet: the first `huifang run` makes it")
    ]
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240 -- an empty folder


async def test_a_database_of_another_release(inspect: MakeInspection, empty_database_url: str) -> None:
    """What the next run will do is said, and not done; what an earlier release does not have is not looked at."""
    given = inspect(DATABASE=empty_database_url, SECRET=SECRET)
    database = Database(empty_database_url, Keyring([SECRET]))
    try:
        if not database.is_sqlite:
            assert await look_at_everything(given) == [
                ok("database", "reachable and empty: the first `huifang run` sets it up")
            ]
        async with database.begin() as tx:
            await tx.run_sync(lambda connection: upgrade(connection, "0009"))
        where = f"reachable; the next `huifang run` brings it from revision 0009 to {find_newest_revision()}"
        ahead = f"{where}, without a backup: HUIFANG_BACKUPS is not set"
        findings = await look_at_everything(given)
        assert findings[0] == ok("database", ahead)
        assert State.WRONG not in {finding.state for finding in findings}
        assert await fetch_revision(database) == "0009"
        later = look(
            "evidence", "not looked at: an earlier release has left it", "check again once this one has started"
        )
        assert later in findings
        async with database.begin() as tx:
            await tx.run_sync(upgrade)
            await tx.execute(text("DROP TABLE groups"))
        said = [finding for finding in await look_at_everything(given) if finding.what == "groups"]
        assert said == [look("groups", said[0].said)]
        assert said[0].said.startswith("not looked at: ")
        assert "groups" in said[0].said
        async with database.begin() as tx:
            await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        (finding, *_) = await look_at_everything(given)
        assert finding.state is State.WRONG
        assert finding.said.startswith("was last used by a newer release (revision 9999")
    finally:
        await database.close()
