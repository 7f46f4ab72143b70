"""The fault matrix: every fault in every set-up, under the load of many customers, judged by a referee.

`python -m tests.harness.fault_matrix` plays the lines of `make prove`; `--every` plays every fault in every set-up, which takes longer, and
`--only "disk full"` one fault in every set-up.
"""

import argparse
import asyncio
import logging
import platform
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import asyncpg
from sqlalchemy.exc import SQLAlchemyError

from playground.people.connection import PlayError
from tests.harness.fault_arena import Arena, Setup, open_arena
from tests.harness.fault_players import FaultCustomer
from tests.harness.fault_strikes import SCENARIOS, Scenario, heal
from tests.harness.own_postgres import OwnPostgres, run_own_postgres
from tests.harness.quiet import wait_until_quiet
from tests.harness.referee import Referee, Verdict

SETUPS = (
    Setup("SQLite", is_webhook=False),
    Setup("SQLite", is_webhook=True),
    Setup("PostgreSQL", is_webhook=False),
    Setup("PostgreSQL", is_webhook=True),
    Setup("PostgreSQL", is_webhook=False, processes=3),
    Setup("PostgreSQL", is_webhook=True, processes=3),
)
PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- table: written by make prove -->", "<!-- end of the table -->"


@dataclass(frozen=True)
class Size:
    """How many people, and for how many seconds they arrive."""

    customers: int
    groups: int
    seconds: float
    patience: float = 90.0


STRIKING = 1.5
"""For how many times the seconds in which people arrive the fault strikes."""

CELL_SECONDS = 240.0
"""A line that takes longer is broken off, and not clean."""

WHOLE, SHORT = Size(200, 10, 8.0), Size(12, 2, 2.5, 60.0)


@dataclass
class Result:
    """One line of the table."""

    scenario: Scenario
    setup: Setup
    actions: int = 0
    faults: int = 0
    seconds: float = 0.0
    verdict: Verdict = field(default_factory=Verdict)
    log: str = ""

    def line(self) -> str:
        verdict = self.verdict
        repeated = f"{len(verdict.repeated)}" + (f" + {len(verdict.unexplained)}" if verdict.unexplained else "")
        counts = f"{self.actions} | {self.faults} | {len(verdict.lost)} | {len(verdict.doubled)} | {len(verdict.stuck)}"
        return f"| {self.scenario.name} | {self.setup.name} | {counts} | {repeated} | {self.seconds:.0f} |"


HEAD = """\
| fault | set-up | actions | faults | lost | doubled | stuck | repeated | seconds |
|---|---|---:|---:|---:|---:|---:|---:|---:|"""


async def run_cell(scenario: Scenario, setup: Setup, size: Size, postgres: OwnPostgres | None, seed: int) -> Result:
    """People act while one fault strikes again and again; then everything is whole, and the referee judges."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="huifang-fault-", ignore_cleanup_errors=True) as folder:
        async with open_arena(setup, Path(folder), size.groups, postgres) as arena:
            result, customers = await play_cell(scenario, arena, size, seed)
            referee = Referee(arena.server.world, arena.database, customers, arena.interruptions, scenario.parks)
            quiet = await _wait_for_quiet(arena)
            result.verdict = await referee.judge(arena.bots[0].now())
            result.verdict.stuck += quiet
            if result.verdict.faults:
                result.log = arena.log()[-6000:]
    result.seconds = time.monotonic() - began
    return result


async def play_cell(scenario: Scenario, arena: Arena, size: Size, seed: int) -> tuple[Result, list[FaultCustomer]]:
    chance = random.Random(f"{seed} {scenario.name} {arena.setup.name}")  # noqa: S311 -- repeatable on purpose
    customers = [
        FaultCustomer(
            watch=arena.watch,
            person=person,
            link=link,
            waybill=waybill,
            staff=department.staff,
            find_group=lambda department=department: department.chat,  # type: ignore[misc]
            complains=n % 3 != 0,
            chance=random.Random(chance.random()),  # noqa: S311 -- the same
            patience=size.patience,
        )
        for n, (person, link, waybill, department) in enumerate(await arena.invite(size.customers))
    ]
    result = Result(scenario, arena.setup)
    if scenario.begin is not None:
        await scenario.begin(arena, chance)
        result.faults += 1
    async with asyncio.TaskGroup() as tasks:
        playing = [tasks.create_task(customer.play(chance.uniform(0, size.seconds))) for customer in customers]
        async with _striking(scenario, arena, chance, result, STRIKING * size.seconds):
            await asyncio.wait(playing)
    result.actions = sum(customer.acts for customer in customers)
    return result, customers


@asynccontextmanager
async def _striking(
    scenario: Scenario, arena: Arena, chance: random.Random, result: Result, seconds: float
) -> AsyncIterator[None]:
    """Inside, the fault strikes again and again for so many seconds; then everything is whole."""
    over = asyncio.Event()

    async def strike() -> None:
        await _strike_until(over, scenario, arena, chance, result, seconds)
        if scenario.strike is not None:
            heal(arena)

    task = asyncio.create_task(strike())
    try:
        yield
    finally:
        over.set()
        await task
        heal(arena)


async def _strike_until(
    over: asyncio.Event, scenario: Scenario, arena: Arena, chance: random.Random, result: Result, seconds: float
) -> None:
    """Strike for so many seconds; people then have time to come to their end."""
    end = time.monotonic() + seconds
    while scenario.strike is not None:
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), chance.uniform(*scenario.gap))
        if over.is_set() or time.monotonic() > end:
            return
        if arena.starting == len(arena.bots):  # nobody is there to be struck
            continue
        try:
            await scenario.strike(arena, chance)
            result.faults += 1
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, aiohttp.ClientError, PlayError):
            logging.getLogger(__name__).debug("not struck", exc_info=True)


async def _wait_for_quiet(arena: Arena) -> list[str]:
    """Everything is handled and said; if not, why not."""

    def is_alive() -> bool:
        return all(bot.alive for bot in arena.bots)

    try:
        await wait_until_quiet(arena.telegram, arena.database, arena.bots[0].now, is_alive=is_alive, within=60)
    except (AssertionError, PlayError, SQLAlchemyError) as error:
        return [str(error)]
    return []


def choose_covering_cells(scenarios: Sequence[Scenario]) -> list[tuple[Scenario, Setup]]:
    """Every fault on SQLite, on PostgreSQL, and over three processes; updates are polled for and come by webhook in turn."""
    cells = []
    for m, pair in enumerate((SETUPS[0:2], SETUPS[2:4], SETUPS[4:6])):
        for n, scenario in enumerate(scenarios):
            cells += choose_cells([scenario], [pair[(n + m) % 2]])
    return cells


def choose_cells(scenarios: Iterable[Scenario], setups: Iterable[Setup]) -> list[tuple[Scenario, Setup]]:
    return [(scenario, setup) for scenario in scenarios for setup in setups if scenario.holds(setup)]


async def run_matrix(
    cells: Sequence[tuple[Scenario, Setup]], size: Size, seed: int, minutes: float
) -> tuple[list[Result], int]:
    """Cell after cell, each line printed as soon as it is known; the results, and how many cells the time did not suffice for."""
    results: list[Result] = []
    end = time.monotonic() + minutes * 60
    async with run_own_postgres() as postgres:
        print(HEAD, flush=True)  # noqa: T201 -- the table is the result
        for scenario, setup in cells:
            if time.monotonic() > end:
                break
            result = await _run_in_time(scenario, setup, size, postgres, seed)
            print(result.line(), flush=True)  # noqa: T201 -- the same
            for fault in result.verdict.faults[:12]:
                print(f"    {fault[:400]}", file=sys.stderr, flush=True)  # noqa: T201 -- the same
            results.append(result)
    return results, len(cells) - len(results)


async def _run_in_time(scenario: Scenario, setup: Setup, size: Size, postgres: OwnPostgres, seed: int) -> Result:
    began = time.monotonic()
    try:
        async with asyncio.timeout(CELL_SECONDS):
            return await run_cell(scenario, setup, size, postgres, seed)
    except (TimeoutError, RuntimeError, AssertionError, OSError, asyncpg.PostgresError) as error:
        verdict = Verdict(stuck=[f"the line came to no end: {type(error).__name__}: {error}"])
        await postgres.start()
        return Result(scenario, setup, seconds=time.monotonic() - began, verdict=verdict)


def write_page(results: list[Result], size: Size, page: Path = PAGE) -> None:
    """The table, and when and where it was made, between the two marks of the page."""
    text = page.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    actions, faults = sum(one.actions for one in results), sum(one.faults for one in results)
    minutes = sum(one.seconds for one in results) / 60
    made = (
        f"Made on {datetime.now(UTC):%d %B %Y} in {minutes:.0f} minutes, on {platform.system()} with Python {platform.python_version()}; "
        f"{size.customers} customers and {size.groups} groups in each line, {actions:,} actions and {faults:,} faults in all."
    )
    order = {scenario.name: n for n, scenario in enumerate(SCENARIOS)}
    table = "\n".join([HEAD, *(one.line() for one in sorted(results, key=lambda one: order[one.scenario.name]))])
    page.write_text(f"{before}{BEGIN}\n{made}\n\n{table}\n{END}{after}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="The fault matrix.")
    parser.add_argument("--only", action="append", default=[], help="a fault by its name; may be given again")
    parser.add_argument("--setup", action="append", default=[], help="a set-up by a part of its name")
    parser.add_argument("--customers", type=int, default=WHOLE.customers)
    parser.add_argument("--groups", type=int, default=WHOLE.groups)
    parser.add_argument("--seconds", type=float, default=WHOLE.seconds)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", action="store_true", help="every fault in every set-up")
    parser.add_argument("--minutes", type=float, default=28.0, help="begin no further line after so many minutes")
    parser.add_argument("--write", action="store_true", help="write the table into docs/reliability.md")
    asked = parser.parse_args()
    scenarios = [one for one in SCENARIOS if not asked.only or one.name in asked.only]
    setups = [one for one in SETUPS if not asked.setup or any(part in one.name for part in asked.setup)]
    size = Size(asked.customers, asked.groups, asked.seconds)
    chosen = choose_cells(scenarios, setups)
    cells = chosen if asked.every or asked.only or asked.setup else choose_covering_cells(scenarios)
    results, left = asyncio.run(run_matrix(cells, size, asked.seed, asked.minutes))
    if asked.write:
        write_page(results, size)
    wrong = [one for one in results if one.verdict.faults]
    if wrong or left:
        sys.exit(f"{len(wrong)} of {len(results)} lines are not clean, {left} were left out: the time was over")


if __name__ == "__main__":
    main()
