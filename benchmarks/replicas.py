"""Replicas: what one, two and three processes on one PostgreSQL cost for each update, and what they handle together.

`python benchmarks/replicas.py`; `--pooled` puts PgBouncer between (where it is installed). The customers of throughput.py play their survey;
their updates reach the processes in turn, as a balancer spreads them. The processor time of bots and PostgreSQL is what counts: two cores
that bots, database, customers and Bot API share say nothing of the rate that more of them would reach.
"""

import argparse
import asyncio
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import contenders
import psutil
from botapi import Api, serve
from customers import Crowd, Customer
from http1 import Framed, Params

from tests.harness.databases import create_database
from tests.harness.own_postgres import OwnPostgres, run_own_postgres
from tests.harness.pgbouncer import run_pgbouncer

PATIENCE = 30.0


@dataclass
class Measured:
    """One round."""

    replicas: int
    handled: int
    seconds: float
    cpu: tuple[float, float, float]
    """CPU seconds of the bots, of PostgreSQL, of PgBouncer."""
    latencies: list[float]
    failures: list[str]
    batches: int

    def draw(self) -> str:
        spread = sorted(self.latencies) or [0.0]
        at = [spread[min(len(spread) - 1, int(len(spread) * part))] * 1000 for part in (0.5, 0.99)]
        cost = [part / self.handled * 1000 for part in self.cpu]
        batch = self.handled / max(self.batches, 1)
        return (
            f"| {self.replicas} | {self.handled / self.seconds:,.0f} | {cost[0]:.2f} | {cost[1]:.2f} | {cost[2]:.2f} "
            f"| {batch:.1f} | {at[0]:.0f} | {at[1]:.0f} | {len(self.failures)} |"
        )


HEAD = """\
| processes | updates/s | CPU ms an update: bots | PostgreSQL | PgBouncer | updates a transaction | reply p50 ms | p99 | lost |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""


class Line(Framed):
    """A webhook connection of one customer to one of the processes."""

    def __init__(self, customer: Customer) -> None:
        super().__init__()
        self._customer = customer

    def message(self, head: bytes, body: bytes) -> None:
        self._customer.message(head, body)

    def connection_lost(self, exc: Exception | None) -> None:
        self._customer.connection_lost(exc)


class SpreadCustomer(Customer):
    """Somebody whose updates reach the processes in turn, as a balancer passes them on."""

    def __init__(self, crowd: Crowd) -> None:
        super().__init__(crowd)
        self.turn: Iterator[asyncio.Transport] = iter(())

    def _send(self, update: Params, pressed: str | None = None) -> None:
        self.transport = next(self.turn)
        super()._send(update, pressed)


class SpreadCrowd(Crowd):
    """Customers before several processes."""

    ports: list[int]

    async def seat(self, connections: int, conversations: int) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(connections):
            transports: list[asyncio.Transport] = []
            customer = SpreadCustomer(self)
            for port in self.ports:
                transport, _line = await loop.create_connection(lambda: Line(customer), self.host, port)  # noqa: B023 - at once
                transports.append(transport)
            customer.turn = itertools.islice(itertools.cycle(transports), len(self.seats), None)
            self.seats.append(customer)
        self.playing, self._allowed = connections, conversations
        self.everyone_left.clear()
        for seated in self.seats:
            seated.begin()


@asynccontextmanager
async def run_replicas(
    folder: Path, api: str, address: dict[str, str], number: int
) -> AsyncIterator[list[contenders.Bot]]:
    """So many processes of one company; the first one makes the deliveries. Raises BotFailedError when one does not start."""
    bots: list[contenders.Bot] = []
    try:
        for n in range(number):
            url = f"http://127.0.0.1:{contenders.free_port()}"
            environment = {**os.environ, **contenders.huifang_settings(api, url), **address}
            if not n:
                await contenders.found(folder, environment)
            with (folder / f"log-{n}").open("wb") as log:
                process = subprocess.Popen(  # noqa: ASYNC220 - it returns at once
                    [contenders.huifang_program(), "run"],
                    cwd=folder,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            bot = contenders.Bot("huifang", folder, process, notes=[url])
            bots.append(bot)
            while "ready" not in (folder / f"log-{n}").read_text().split("\n"):
                if process.poll() is not None:
                    raise contenders.BotFailedError((folder / f"log-{n}").read_text())
                await asyncio.sleep(0.05)
        yield bots
    finally:
        for bot in bots:
            bot.process.terminate()
        for bot in bots:
            try:
                await asyncio.to_thread(bot.process.wait, 15)
            except subprocess.TimeoutExpired:
                os.killpg(bot.process.pid, signal.SIGKILL)


def _sum_cpu(processes: list[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


async def _count_batches(bots: list[contenders.Bot]) -> int:
    from aiohttp import ClientSession

    total = 0
    async with ClientSession() as session:
        for bot in bots:
            async with session.get(f"{bot.notes[0]}/metrics") as answer:
                lines = (await answer.text()).splitlines()
            total += sum(int(float(line.split()[1])) for line in lines if line.startswith("huifang_batches_total "))
    return total


async def measure(own: OwnPostgres, number: int, asked: argparse.Namespace) -> Measured:
    """Customers at work for so many seconds."""
    api = Api(asked.delay / 1000)
    async with AsyncExitStack() as stack:
        server, base = await serve(api)
        stack.callback(server.close)
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-replicas-", dir=asked.data)))
        url = await stack.enter_async_context(create_database(own.uri))
        address = {"HUIFANG_DATABASE": url}
        pooler: list[psutil.Process] = []
        if asked.pooled:
            running = await stack.enter_async_context(run_pgbouncer(url, pool_size=20))
            pooler = [psutil.Process(running.pid)]
            address = {"HUIFANG_DATABASE": running.place(url), "HUIFANG_DATABASE_DIRECT": url}
        bots = await stack.enter_async_context(run_replicas(folder, base, address, number))
        ports = [int(bot.notes[0].rpartition(":")[2]) for bot in bots]
        first = bots[0]
        environment = {**os.environ, **contenders.huifang_settings(base, first.notes[0]), **address}
        await contenders.hand_in(first, environment, first.notes[0], asked.links)
        crowd = SpreadCrowd(api, api.webhook.result(), iter(first.payloads), None)
        crowd.ports = ports
        await crowd.seat(asked.connections * number, sys.maxsize)
        await asyncio.sleep(asked.warm_up)
        crowd.latencies.clear()
        handled, began, batches = crowd.handled, time.perf_counter(), await _count_batches(bots)

        def read_cpu() -> tuple[float, float, float]:
            return sum(bot.cpu() for bot in bots), _sum_cpu(own.processes()), _sum_cpu(pooler)

        before = read_cpu()
        await asyncio.sleep(asked.seconds)
        used = read_cpu()
        result = Measured(
            number,
            crowd.handled - handled,
            time.perf_counter() - began,
            (used[0] - before[0], used[1] - before[1], used[2] - before[2]),
            list(crowd.latencies),
            crowd.failures,
            await _count_batches(bots) - batches,
        )
        crowd.stopping = True
        try:
            async with asyncio.timeout(PATIENCE):
                await crowd.everyone_left.wait()
        except TimeoutError:
            result.failures.append("some customers were still waiting at the end")
        return result


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replicas", nargs="+", type=int, default=[1, 2, 3])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--connections", type=int, default=64, help="customers at once for each process")
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--warm-up", type=float, default=3.0)
    parser.add_argument("--delay", type=float, default=0.0, help="milliseconds before each Bot API answer")
    parser.add_argument("--links", type=int, default=3000)
    parser.add_argument("--pooled", action="store_true", help="PgBouncer in transaction mode between bots and database")
    parser.add_argument("--data", type=Path, default=None)
    asked = parser.parse_args()
    print(HEAD, flush=True)
    failed = 0
    async with run_own_postgres() as own:
        for _ in range(asked.rounds):
            for number in asked.replicas:
                result = await measure(own, number, asked)
                print(result.draw(), flush=True)
                for failure in result.failures[:3]:
                    print(f"    {failure}", file=sys.stderr)
                failed += len(result.failures)
    return 1 if failed else 0


if __name__ == "__main__":
    import uvloop

    sys.exit(uvloop.run(main()))
