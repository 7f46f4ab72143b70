"""PostgreSQL drops every connection of the bot amid a burst of presses: the presses that were not safe come again."""

import asyncio

import pytest
from sqlalchemy import select, text

from storage.models import answers, inbox
from tests.harness.company import LiveCompany

RATERS = 12


@pytest.mark.parametrize(
    ("database_url", "webhook"),
    [pytest.param("postgresql", True, id="webhook"), pytest.param("postgresql", False, id="polling")],
    indirect=True,
)
async def test_no_press_is_lost_with_the_connections(company: LiveCompany) -> None:
    """The process reconnects or ends (its lease is gone) and is started again; every press counts once, soon."""
    customers = await company.customers(RATERS)
    seats = [company.telegram.private(person) for person, _ in customers]
    for seat, (_, link) in zip(seats, customers, strict=True):
        await seat.start(link)
    for seat in seats:
        await seat.see("overall")
    await company.wait_until_quiet()
    async with company.revive_once():
        outage = await company.telegram.fault("outage", times=0)
        for seat in seats:
            await seat.press("5")
        await _drop_connections(company)
        await company.telegram.heal(outage)
        async with asyncio.timeout(300):
            for seat in seats:
                await seat.see("Question 2", timeout=300)
        await company.wait_until_quiet()
    rows = await company.rows(select(answers.c.invitation, answers.c.score))
    assert [row.score for row in rows] == [5] * RATERS
    assert not await company.rows(select(inbox.c.key, inbox.c.error).where(inbox.c.state != "done"))


async def _drop_connections(company: LiveCompany) -> None:
    """All but the one that says so; the test's own idle ones are thrown away first."""
    await company.database.engine.dispose()
    statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    async with company.database.begin() as tx:
        await tx.execute(text(statement))
