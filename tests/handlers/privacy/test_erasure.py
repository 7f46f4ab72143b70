"""Figures after many erasures are those of before, to the last digit, as every manager asks for them."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from domain.cases.case import OPEN
from handlers.figures import totals_rebuild
from handlers.privacy import erasure
from handlers.turns.batch import Batch
from playground.company.cast import CHEN
from storage.models import cases, deliveries, grants, invitations, people
from storage.privacy.belongings import find_belongings
from tests.harness.in_process import Desk, TelegramUser
from tests.harness.loaded_past import load_past

MANAGER = TelegramUser(CHEN, "Chen Jing")
ASKED = (
    *(
        "summary month",
        "summary week",
        "summary year by courier",
        "summary quarter by category",
        "summary month by station",
    ),
    *("trend", "trend month", "leaderboard month", "ledger month", "results delivery"),
)


@pytest.fixture
async def lived(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with forty days behind it."""
    await load_past(desk, tmp_path)
    return desk


async def ask_for_figures(desk: Desk) -> list[tuple[str, str]]:
    """Everything that the answers say and draw, without the ids of the calls."""
    await desk.fetch_owed()
    return [(call.method, call.payload) for asked in ASKED for call in await desk.say(MANAGER, f"/{asked}")]


async def test_a_rich_past_counts_as_before(lived: Desk) -> None:
    """Everybody whose cases are over is erased, one after the other: no summary, trend, ranking or ledger changes."""
    states = [state.value for state in OPEN]
    busy = select(cases.c.customer).where(cases.c.state.in_(states), cases.c.customer.is_not(None))
    waiting = select(invitations.c.person).where(invitations.c.state == "open", invitations.c.person.is_not(None))
    customers = (
        select(people.c.id)
        .where(people.c.id.not_in(select(grants.c.person)), people.c.id.not_in(busy), people.c.id.not_in(waiting))
        .where(people.c.id.in_(select(deliveries.c.person)))
    )
    everybody = [row.id for row in await lived.rows(customers)]
    assert len(everybody) > 20
    before = await ask_for_figures(lived)
    for person in everybody:

        async def leave(batch: Batch, person: int = person) -> None:
            assert await erasure.erase(batch, await find_belongings(batch.tx, [person]), by=None)

        await lived.batch(leave)
    assert await ask_for_figures(lived) == before
    async with lived.database.read() as tx:
        assert await totals_rebuild.find_differences(tx, lived.services) == {}
        named = await tx.scalar(
            select(func.count())
            .select_from(people)
            .where(people.c.id.in_(everybody), people.c.telegram_id.is_not(None))
        )
    assert named == 0
