"""Write overhead of the totals: answers written as the product writes them, with and without totals, one by one and 200 per transaction."""

import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from statistics import median

from company_rows import NOW
from sqlalchemy import select

from bot.company.company import load_company
from handlers.turns.batch import Batch
from handlers.turns.flush import flush
from handlers.turns.services import Services
from storage.engine.database import Database
from storage.models import invitations
from storage.surveys import ratings
from storage.surveys.ratings import RecordedAnswer
from texts import Texts

EXAMPLE = Path(__file__).parent.parent / "bot" / "example" / "huifang.toml"
QUESTIONS = ("attitude", "goods", "overall", "timeliness")
SIZES = (1, 200)
Cost = tuple[float, float]
"""µs per answer, without and with totals."""


async def cost(database: Database, rounds: int) -> dict[int, Cost]:
    """Median µs per answer, by number of answers in a transaction; runs with and without totals alternate."""
    pool = cycle(await _unanswered(database))
    services = Services(load_company(EXAMPLE), {}, Texts(), database.keyring, {}, "bot", lambda: 0)
    costs = {}
    for size in SIZES:
        times: dict[bool, list[float]] = {False: [], True: []}
        for n in range(rounds * 2 if size == 1 else max(rounds // 5, 10)):
            for with_totals in (False, True):
                given = [next(pool) for _ in range(size)]
                begin = time.perf_counter()
                await _write(database, services, given, with_totals=with_totals)
                if n > 1:
                    times[with_totals].append((time.perf_counter() - begin) / size * 1e6)
        costs[size] = median(times[False]), median(times[True])
    return costs


async def _write(database: Database, services: Services, given: Sequence[RecordedAnswer], *, with_totals: bool) -> None:
    async with database.begin() as tx:
        if not with_totals:
            await ratings.record_answers(tx, given)
            return
        batch = Batch(tx, services, NOW)
        batch.given.extend(given)
        await flush(batch, None)


async def _unanswered(database: Database) -> list[RecordedAnswer]:
    """Answers still to come: those of the latest unanswered surveys, spread over couriers as deliveries are."""
    statement = select(invitations.c.id).where(invitations.c.state == "expired").order_by(invitations.c.id.desc())
    async with database.read() as tx:
        ids = list((await tx.execute(statement.limit(6000))).scalars())
    return [
        RecordedAnswer(id_, question, question, 1 + (id_ + n) % 5, NOW)
        for n, question in enumerate(QUESTIONS)
        for id_ in ids
    ]
