"""Query latency: how long one look takes, warm and cold, and how much of it is the database driver."""

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import bulk_load
import duckdb
import raw_figures
from company_rows import NOW
from sqlalchemy import event

from domain.figures.breakdown import By
from domain.figures.period import earlier, previous
from domain.figures.summary import Summary
from storage.engine.database import Database
from storage.figures.figures import FigureQuery, fetch_counts_by_unit, fetch_summary
from storage.figures.sums import cover_period


@dataclass
class Line:
    """Milliseconds; `driver` is the time inside driver calls, the rest of `warm` is Python's and the event loop's."""

    engine: str
    asked: str
    statements: int = 0
    driver: float = 0
    warm: float = 0
    cold: float = 0
    raw: float | None = None
    columnar: float | None = None


@dataclass
class Watch:
    """Records what the driver is asked inside `over`."""

    statements: int = 0
    seconds: float = 0
    _begun: float = field(default=0, init=False)

    @contextmanager
    def over(self, database: Database) -> Iterator[None]:
        engine = database.engine.sync_engine
        watched = {"before_cursor_execute": self._before, "after_cursor_execute": self._after}
        for name, call in watched.items():
            event.listen(engine, name, call)
        try:
            yield
        finally:
            for name, call in watched.items():
                event.remove(engine, name, call)

    def _before(self, *_: object) -> None:
        self._begun = time.perf_counter()

    def _after(self, *_: object) -> None:
        self.statements += 1
        self.seconds += time.perf_counter() - self._begun


async def timed(work: Callable[[], Awaitable[object]], times: int) -> float:
    """Median milliseconds over `times` runs."""
    durations = []
    for _ in range(times):
        begin = time.perf_counter()
        await work()
        durations.append((time.perf_counter() - begin) * 1000)
    return median(durations)


async def asked(database: Database, wish: FigureQuery) -> Summary:
    """Everything one `/summary` reads, in one transaction, as in the handler."""
    async with database.read() as tx:
        return await fetch_summary(tx, wish, NOW)


async def compared(database: Database, line: Line, wish: FigureQuery, times: int) -> None:
    """What `/summary` of everything reads besides: the couriers of the period and of the one before, for the one who got worse."""

    async def look() -> object:
        async with database.read() as tx:
            return [
                await fetch_counts_by_unit(tx, cover_period(period), wish)
                for period in (wish.period, earlier(wish.period))
            ]

    await timed(look, 3)
    line.warm = await timed(look, times)
    watch = Watch()
    with watch.over(database):
        await look()
    line.statements, line.driver = watch.statements, watch.seconds * 1000


async def kept(database: Database, line: Line, wish: FigureQuery, folder: Path, times: int) -> Summary:
    """From kept totals: once with a cold page cache, then warm, then with the driver watched."""

    async def look() -> object:
        return await asked(database, wish)

    await look()  # compiles the statements, so that only the pages are cold
    await database.close()  # its connections and their caches; the pool opens new ones
    bulk_load.forget_pages(folder)
    line.cold = await timed(look, 1)
    await timed(look, 3)
    line.warm = await timed(look, times)
    watch = Watch()
    with watch.over(database):
        summary = await asked(database, wish)
    line.statements, line.driver = watch.statements, watch.seconds * 1000
    return summary


async def beside(
    database: Database, company: "duckdb.DuckDBPyConnection", line: Line, summary: Summary, times: int
) -> None:
    """The same figures from the raw rows and from DuckDB's columns. Raises SystemExit when the three do not agree."""
    if summary.by is not By.DEPARTMENT:
        return
    both = (summary.period, previous(summary.period))

    async def rows() -> object:
        return await raw_figures.counted(database, both)

    async def columns() -> object:
        return raw_figures.columnar(company, both)

    raw = await raw_figures.counted(database, both)
    for name, counted in raw_figures.columnar(company, both).items():
        if counted != raw[name]:
            raise SystemExit(f"{line.engine}, {line.asked}: {name} by DuckDB is not what {line.engine} counts")
    _agree(summary, raw)
    line.raw = await timed(rows, min(times, 3))
    line.columnar = await timed(columns, min(times, 9))


def _agree(summary: Summary, raw: raw_figures.Found) -> None:
    first = summary.period.first
    for unit in summary.units:
        counts = unit.counts
        here = {name: [row for row in raw[f"{name} {first}"] if row[0] == unit.key] for name in raw_figures.STATEMENTS}
        said = [counts.deliveries, counts.sampled, counts.surveyed, counts.answered, counts.complaints, counts.valid]
        said += [counts.opened, *counts.tally.counts]
        counted = [sum(int(row[at]) for row in here["deliveries"]) for at in range(2, 6)]
        counted += [sum(int(row[at]) for row in here["complaints"]) for at in (2, 3)]
        counted += [sum(int(row[2]) for row in here["opened"])]
        overall = [row for row in here["ratings"] if row[2] == "overall"]
        counted += [sum(row[4] for row in overall if row[3] == rating) for rating in range(1, 6)]
        if said != counted:
            raise SystemExit(f"{unit.key}: {said} is kept, {counted} is counted")
