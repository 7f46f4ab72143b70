"""The fault matrix: every fault on SQLite and PostgreSQL, by polling and webhook, over one and three processes, judged by a referee.

`python -m tests.harness.fault_matrix` plays the lines of `make prove`; `--every` plays every fault in every set-up, which takes longer, and
`--only "disk full"` one fault in every set-up.
"""

import argparse
import asyncio
import platform
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.harness.fault_arena import Setup
from tests.harness.fault_line import Result, Size, run_line
from tests.harness.fault_strikes import SCENARIOS, Scenario
from tests.harness.own_postgres import run_own_postgres
from tests.harness.pgbouncer import PROGRAM

SETUPS = (
    Setup("SQLite", is_webhook=False),
    Setup("SQLite", is_webhook=True),
    Setup("PostgreSQL", is_webhook=False),
    Setup("PostgreSQL", is_webhook=True),
    Setup("PostgreSQL", is_webhook=False, processes=3),
    Setup("PostgreSQL", is_webhook=True, processes=3),
)
POOLED = Setup("PostgreSQL", is_webhook=True, processes=2, is_pooled=True)
"""Only where pgbouncer is installed."""

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- table: written by make prove -->", "<!-- end of the table -->"

LOAD, USUAL, SHORT = Size(200, 10, 8.0), Size(24, 4, 4.0), Size(6, 2, 1.5, 60.0)
"""Where the line is about load; in all other lines; in `make test`."""

HEAD = """\
| fault | set-up | customers | actions | faults | lost | doubled | stuck | unanswered | repeated |
|---|---|---:|---:|---:|---:|---:|---:|---:|---:|"""

Cell = tuple[Scenario, Setup]


def choose_size(scenario: Scenario, setup: Setup) -> Size:
    """Many people where the line is about load: kills, storms, and three processes on a calm day."""
    is_load = scenario.is_load or (scenario.strike is scenario.begin is None and setup.processes > 1)
    return LOAD if is_load else USUAL


def choose_covering_cells(scenarios: Sequence[Scenario]) -> list[Cell]:
    """Every fault on SQLite, on PostgreSQL, and over three processes; a fault of Telegram's on SQLite and one of the others in turn.

    Updates are polled for and come by webhook in turn.
    """
    cells: list[Cell] = []
    for n, scenario in enumerate(scenarios):
        pairs = [SETUPS[0:2], SETUPS[2:4], SETUPS[4:6]]
        if scenario.is_outside:
            del pairs[1 + n % 2]
        setups = [pair[(n + m) % 2] for m, pair in enumerate(pairs)]
        if not any(map(scenario.holds, SETUPS)):
            setups = [POOLED]
        cells += choose_cells([scenario], setups)
    return cells


def choose_cells(scenarios: Iterable[Scenario], setups: Iterable[Setup]) -> list[Cell]:
    return [(scenario, setup) for scenario in scenarios for setup in setups if scenario.holds(setup)]


def draw_line(result: Result) -> str:
    """The result as a row of the table."""
    verdict = result.verdict
    repeated = f"{len(verdict.repeated)}" + (f" + {len(verdict.unexplained)}" if verdict.unexplained else "")
    wrong = (
        f"{len(verdict.lost)} | {len(verdict.doubled)} | {len(verdict.stuck)} | {len(verdict.unanswered)} | {repeated}"
    )
    counts = f"{result.size.customers} | {result.actions} | {result.faults} | {wrong}"
    return f"| {result.scenario.name} | {result.setup.name} | {counts} |"


async def run_matrix(
    cells: Sequence[Cell], size: Size | None, seed: int, minutes: float, logs: Path | None = None
) -> tuple[list[Result], int]:
    """Line after line, each printed as soon as it is known; the results, and how many lines the time did not suffice for."""
    results: list[Result] = []
    end = time.monotonic() + minutes * 60
    async with run_own_postgres() as postgres:
        print(HEAD, flush=True)  # noqa: T201 -- the table is the result
        for scenario, setup in cells:
            if time.monotonic() > end:
                break
            result = await run_line(scenario, setup, size or choose_size(scenario, setup), postgres, seed)
            print(f"{draw_line(result)} {result.seconds:.0f} s", flush=True)  # noqa: T201 -- the same
            for fault in result.verdict.faults[:12]:
                print(f"    {fault[:400]}", file=sys.stderr, flush=True)  # noqa: T201 -- the same
            if logs is not None and result.log:
                (logs / f"{scenario.name} {setup.name}.log".replace("/", "-")).write_text(result.log, "utf-8")
            results.append(result)
    return results, len(cells) - len(results)


def write_page(results: list[Result], page: Path = PAGE) -> None:
    """The table, and when and where it was made, between the two marks of the page."""
    text = page.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    actions, faults = sum(one.actions for one in results), sum(one.faults for one in results)
    minutes = sum(one.seconds for one in results) / 60
    made = (
        f"Made on {datetime.now(UTC):%d %B %Y} in {minutes:.0f} minutes, on {platform.system()} with Python {platform.python_version()}: "
        f"{len(results)} lines, {actions:,} actions and {faults:,} faults in all."
    )
    order = {scenario.name: n for n, scenario in enumerate(SCENARIOS)}
    table = "\n".join([HEAD, *map(draw_line, sorted(results, key=lambda one: order[one.scenario.name]))])
    page.write_text(f"{before}{BEGIN}\n{made}\n\n{table}\n{END}{after}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="The fault matrix.")
    parser.add_argument("--only", action="append", default=[], help="a fault by its name; may be given again")
    parser.add_argument("--setup", action="append", default=[], help="a set-up by a part of its name")
    parser.add_argument("--customers", type=int, help="so many in each line, instead of what the line is about")
    parser.add_argument("--groups", type=int, default=USUAL.groups)
    parser.add_argument("--seconds", type=float, default=USUAL.seconds)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", action="store_true", help="every fault in every set-up")
    parser.add_argument("--minutes", type=float, default=28.0, help="begin no further line after so many minutes")
    parser.add_argument("--write", action="store_true", help="write the table into docs/reliability.md")
    parser.add_argument("--logs", type=Path, help="a folder for what the bot said in lines that are not clean")
    asked = parser.parse_args()
    scenarios = [one for one in SCENARIOS if not asked.only or one.name in asked.only]
    setups = [one for one in (*SETUPS, POOLED) if not asked.setup or any(part in one.name for part in asked.setup)]
    size = Size(asked.customers, asked.groups, asked.seconds) if asked.customers else None
    chosen = choose_cells(scenarios, setups)
    cells = chosen if asked.every or asked.only or asked.setup else choose_covering_cells(scenarios)
    if PROGRAM is None:
        cells = [(scenario, setup) for scenario, setup in cells if not setup.is_pooled]
        print("pgbouncer is not installed: its lines are left out", file=sys.stderr)  # noqa: T201 -- whoever reads the table is told
    results, left = asyncio.run(run_matrix(cells, size, asked.seed, asked.minutes, asked.logs))
    if asked.write:
        write_page(results)
    wrong = [one for one in results if one.verdict.faults]
    if wrong or left:
        sys.exit(f"{len(wrong)} of {len(results)} lines are not clean, {left} were left out: the time was over")


if __name__ == "__main__":
    main()
