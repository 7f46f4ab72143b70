"""`/summary` of a company with ten million answers: from kept totals, beside the raw rows and DuckDB; and what keeping totals costs.

Run `python benchmarks/summary.py`; README.md beside it says what is measured.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import bulk_load
import company_rows
import duckdb
import keeping
import looking
import raw_figures
from company_rows import NOW
from looking import Line

from domain.figures.breakdown import By
from domain.figures.period import parse_period
from storage.engine.database import Database
from storage.figures.figures import FigureQuery

ZONE = ZoneInfo("Asia/Shanghai")
ASKED = (
    ("month", By.DEPARTMENT),
    ("week", By.DEPARTMENT),
    ("quarter", By.DEPARTMENT),
    ("year", By.DEPARTMENT),
    ("2026-03-17..2026-09-11", By.DEPARTMENT),
    ("2026-10", By.DEPARTMENT),
    ("month", By.STATION),
    ("year", By.HOUR),
    ("month", By.COURIER),
    ("year", By.COURIER),
    ("2026-03-17..2026-09-11", By.COURIER),
)
Costs = dict[tuple[str, int], keeping.Cost]


async def measured(
    name: str, database: Database, company: "duckdb.DuckDBPyConnection", folder: Path, times: int
) -> tuple[list[Line], Costs]:
    """One engine: all looks, then the raw rows with their own indexes, then, without these, what writing costs."""
    lines, summaries = [], []
    for text, by in ASKED:
        line = Line(name, f"{text} by {by}")
        summaries.append(
            await looking.kept(database, line, FigureQuery(parse_period(text, NOW, ZONE), by), folder, times)
        )
        lines.append(line)
    worse = [Line(name, f"{text}: which courier got worse") for text in ("month", "year")]
    for line, text in zip(worse, ("month", "year"), strict=True):
        await looking.compared(database, line, FigureQuery(parse_period(text, NOW, ZONE), By.COURIER), times)
    await raw_figures.index(database)
    for line, summary in zip(lines, summaries, strict=True):
        await looking.beside(database, company, line, summary, times)
    await raw_figures.unindex(database)
    costs = await keeping.cost(database, times)
    return lines + worse, {(name, size): cost for size, cost in costs.items()}


async def on_both(folder: Path, answers: int, times: int, say: Callable[[str], None]) -> tuple[list[Line], Costs]:
    company = company_rows.made(folder / "company.duckdb", answers)
    for statement in raw_figures.COLUMNS:
        company.execute(statement)
    say(", ".join(f"{company_rows.rows(company, table):,} {table}" for table in company_rows.TABLES))
    path = folder / "sqlite" / "huifang.db"
    path.parent.mkdir()
    database = await bulk_load.opened(f"sqlite+aiosqlite:///{path}")
    await database.close()
    bulk_load.into_sqlite(company, path)
    say(f"SQLite is filled: {path.stat().st_size / 1e9:.1f} GB")
    await bulk_load.packed(database)
    say("its totals are packed")
    lines, costs = await measured("SQLite", database, company, path.parent, times)
    await database.close()
    path.unlink()
    with bulk_load.server(folder) as uri:
        own = await bulk_load.emptied(uri)
        database = await bulk_load.opened(bulk_load.in_python(own))
        await bulk_load.into_postgresql(company, own, folder)
        await bulk_load.packed(database)
        await bulk_load.settled(own)
        say(f"PostgreSQL is filled, its totals packed: {await bulk_load.size(own) / 1e9:.1f} GB")
        more, others = await measured("PostgreSQL", database, company, folder / "postgresql", times)
        await database.close()
    return lines + more, costs | others


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=10_000_000)
    parser.add_argument("--times", type=int, default=50, help="how often each figure is asked for when warm")
    parser.add_argument("--data", type=Path, help="where the databases are: 13 GB of a real disk at full size")
    given = parser.parse_args()
    begin = time.perf_counter()

    def say(what: str) -> None:
        print(f"{time.perf_counter() - begin:>5.0f} s  {what}", flush=True)

    with tempfile.TemporaryDirectory(prefix="huifang-summary-", dir=given.data) as name:
        lines, costs = asyncio.run(on_both(Path(name), given.answers, given.times, say))
    say("measured\n")
    heads = f"{'statements':>10} {'driver':>7} {'warm':>7} {'cold':>8} {'raw rows':>9} {'DuckDB':>7}"
    print(f"{'database':<10} {'/summary (milliseconds)':<36} {heads}")
    for line in lines:
        raw, columnar = (f"{one:,.1f}" if one is not None else "" for one in (line.raw, line.columnar))
        numbers = f"{line.driver:>7.1f} {line.warm:>7.1f} {line.cold:>8.1f} {raw:>9} {columnar:>7}"
        print(f"{line.engine:<10} {line.asked:<36} {line.statements:>10} {numbers}")
    print(
        f"\n{'database':<10} {'answers a transaction (µs an answer)':<36} {'without':>10} {'with totals':>12} {'cost':>8}"
    )
    for (engine, size), (without, with_totals) in costs.items():
        print(f"{engine:<10} {size:<36} {without:>10,.0f} {with_totals:>12,.0f} {with_totals - without:>8,.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
