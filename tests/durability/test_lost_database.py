"""The database goes and comes back: the process stays, says that it cannot work, and is itself again at once."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import aiohttp
import pytest
from sqlalchemy import select, text

from playground.people.connection import Participant
from storage.models import answers, inbox
from tests.harness.company import LiveCompany

RATERS = 12
BACK_SECONDS = 5.0
"""Within what time of the database's return the next update has to be answered: a second or two on a machine that has nothing else to do."""


@pytest.mark.parametrize(
    ("database_url", "webhook"),
    [pytest.param("postgresql", True, id="webhook"), pytest.param("postgresql", False, id="polling")],
    indirect=True,
)
async def test_no_press_is_lost_with_the_connections(company: LiveCompany) -> None:
    """PostgreSQL drops every connection amid a burst of presses: the same process reconnects at once, and every press counts once."""
    *customers, (other, _) = await company.customers(RATERS + 1)
    seats = [company.telegram.private(person) for person, _ in customers]
    for seat, (_, link) in zip(seats, customers, strict=True):
        await seat.start(link)
    for seat in seats:
        await seat.see("overall")
    await company.wait_until_quiet()
    process = company.bot.pid
    outage = await company.telegram.fault("outage", times=0)
    for seat in seats:
        await seat.press("5")
    await _drop_connections(company)
    await company.telegram.heal(outage)
    await _be_answered_soon(company, other)
    async with asyncio.timeout(300):
        for seat in seats:
            await seat.see("Question 2", timeout=300)
    await company.wait_until_quiet()
    assert company.bot.alive
    assert company.bot.pid == process
    rows = await company.rows(select(answers.c.invitation, answers.c.score))
    assert [row.score for row in rows] == [5] * RATERS
    assert not await company.rows(select(inbox.c.key, inbox.c.error).where(inbox.c.state != "done"))
    assert "Traceback" not in company.bot.log()


@pytest.mark.parametrize(("database_url", "webhook"), [("sqlite", True)], indirect=True)
async def test_a_locked_file_is_waited_for(company: LiveCompany) -> None:
    """Another program locks the file: Telegram is told to come again, the process stays, and goes on when it is free."""
    (person, link), (other, _) = await company.customers(2)
    seat = company.telegram.private(person)
    await seat.start(link)
    await seat.see("overall")
    await company.wait_until_quiet()
    process, path = company.bot.pid, _file_of(company)
    with _locked(path):
        await seat.press("5")
        async with aiohttp.ClientSession() as http, asyncio.timeout(120):
            while "is locked by another program" not in company.bot.log():  # noqa: ASYNC110 -- another process
                await asyncio.sleep(0.05)
            async with http.get(f"{company.bot.url}/healthz") as alive:
                assert alive.status == 200
    await _be_answered_soon(company, other)
    await seat.see("Question 2", timeout=120)
    await company.wait_until_quiet()
    assert company.bot.pid == process
    assert "Traceback" not in company.bot.log()
    assert [row.score for row in await company.rows(select(answers.c.score))] == [5]


@pytest.mark.parametrize(
    ("database_url", "webhook"),
    [pytest.param("sqlite", False, id="sqlite"), pytest.param("postgresql", False, id="postgresql")],
    indirect=True,
)
async def test_a_stop_waits_for_no_lock(company: LiveCompany) -> None:
    """SIGTERM while another program holds the file, or the table: gone within ten seconds, and nothing is lost."""
    ((person, link),) = await company.customers(1)
    seat = company.telegram.private(person)
    await seat.start(link)
    await seat.see("overall")
    await company.wait_until_quiet()
    async with _hold(company):
        await seat.press("5")
        await asyncio.sleep(0.5)
        began = monotonic()
        await company.bot.stop()
        assert monotonic() - began < 20  # ten on a quiet machine
    await company.bot.start()
    await seat.see("Question 2", timeout=120)
    await company.wait_until_quiet()
    assert [row.score for row in await company.rows(select(answers.c.score))] == [5]


async def _be_answered_soon(company: LiveCompany, person: Participant) -> None:
    """The database is back: somebody who writes now is answered now, whatever those have to wait for whom Telegram was told to ask again."""
    seat = company.telegram.private(person)
    await seat.start()
    await seat.see("Hello, this is", timeout=BACK_SECONDS)


@asynccontextmanager
async def _hold(company: LiveCompany) -> AsyncIterator[None]:
    """Another program keeps what every press is written to."""
    if company.database.is_sqlite:
        with _locked(_file_of(company)):
            yield
        return
    async with company.database.engine.connect() as other:
        await other.execute(text("LOCK TABLE inbox"))
        yield


class _locked:  # noqa: N801 -- a context manager reads as a sentence
    """The file is locked for writing inside the block."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, *_: object) -> None:
        self._connection.execute("ROLLBACK")
        self._connection.close()


def _file_of(company: LiveCompany) -> str:
    return company.database.url.partition(":///")[2]


async def _drop_connections(company: LiveCompany) -> None:
    """All but the one that says so; the test's own idle ones are thrown away first."""
    await company.database.engine.dispose()
    statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    async with company.database.begin() as tx:
        await tx.execute(text(statement))
