"""Fail-over: PostgreSQL's leader is killed again and again under load, Patroni lets the other server take over, the referee judges.

`python -m tests.harness.failover` plays the lines of `make prove-ha`, where Debian's patroni, etcd-server and postgresql are installed.
"""

import argparse
import asyncio
import platform
import random
import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.harness.fault_arena import Arena, Setup
from tests.harness.fault_line import Result, Size, run_line
from tests.harness.fault_matrix import HEAD, PAGE, draw_line
from tests.harness.fault_strikes import Scenario
from tests.harness.patroni import find_missing, run_cluster

BEGIN, END = "<!-- table: written by make prove-ha -->", "<!-- end of the table of make prove-ha -->"
SIZE = Size(120, 6, 60.0)


async def _kill_the_leader(arena: Arena, _chance: random.Random) -> None:
    assert arena.cluster is not None
    began = time.time()
    await arena.cluster.fail_over()
    arena.take_over(began)


SCENARIO = Scenario("PostgreSQL's leader killed", _kill_the_leader, (1, 3), silences=True)
SETUPS = (
    Setup("PostgreSQL", is_webhook=False, processes=1, is_clustered=True),
    Setup("PostgreSQL", is_webhook=True, processes=2, is_clustered=True),
)


async def run(size: Size, seed: int) -> tuple[list[Result], list[float]]:
    """The results, and for how many seconds no server took writes at each fail-over."""
    results = []
    async with run_cluster() as cluster:
        print(HEAD, flush=True)  # noqa: T201 -- the table is the result
        for setup in SETUPS:
            result = await run_line(SCENARIO, setup, size, cluster, seed)
            print(f"{draw_line(result)} {result.seconds:.0f} s", flush=True)  # noqa: T201 -- the same
            for fault in [*result.verdict.faults[:12], *result.log.splitlines()[-40:]]:
                print(f"    {fault[:400]}", file=sys.stderr, flush=True)  # noqa: T201 -- the same
            results.append(result)
        return results, cluster.away


def write_page(results: list[Result], away: list[float], page: Path = PAGE) -> None:
    """The table, when it was made, and how long each fail-over took, between the two marks of the page."""
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    made = (
        f"Made on {datetime.now(UTC):%d %B %Y} on {platform.system()} with Python {platform.python_version()}: {len(away)} leaders killed; "
        f"from the kill until the other server took writes {min(away):.0f} to {max(away):.0f} s, {statistics.median(away):.0f} in the middle."
    )
    table = "\n".join([HEAD, *map(draw_line, results)])
    page.write_text(f"{before}{BEGIN}\n{made}\n\n{table}\n{END}{after}", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Fail-over of PostgreSQL under Patroni.")
    parser.add_argument("--customers", type=int, default=SIZE.customers)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="write the table into docs/reliability.md")
    asked = parser.parse_args()
    if missing := find_missing():
        sys.exit(f"not installed: apt-get install {' '.join(missing)}")
    results, away = asyncio.run(run(Size(asked.customers, SIZE.groups, SIZE.seconds), asked.seed))
    if asked.write:
        write_page(results, away)
    if any(result.verdict.faults for result in results):
        sys.exit("not every line is clean")


if __name__ == "__main__":
    main()
