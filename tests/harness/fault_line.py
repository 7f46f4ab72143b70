"""One line of the fault matrix: people act while one fault strikes again and again; when everything is whole, the referee judges."""

import asyncio
import logging
import random
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import asyncpg
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from playground.people.connection import PlayError
from storage.cases.contributions import WAITING
from storage.engine.failures import FAILURES
from storage.models import contributions
from tests.harness.fault_arena import Arena, Interruption, NotStruckError, Setup
from tests.harness.fault_players import FaultCustomer, complains
from tests.harness.fault_stage import open_arena
from tests.harness.fault_strikes import Scenario
from tests.harness.own_postgres import OwnPostgres
from tests.harness.patroni import Cluster
from tests.harness.quiet import wait_until_quiet
from tests.harness.referee import Referee, Verdict

STRIKING = 1.5
"""For how many times the seconds in which people arrive the fault strikes."""

QUIET_SECONDS = 300.0
"""Seconds until everything must be handled and said, when people have come to their end."""

LINE_SECONDS = 1500.0
"""A line that takes longer is broken off, and not clean."""

GATHERED_SECONDS = 0.2
BREAK_OFF_SECONDS = 60.0
"""How long a line that is broken off has to put everything away."""


@dataclass(frozen=True)
class Size:
    """How many people, for how many seconds they arrive, and how many seconds each waits for what they expect to see."""

    customers: int
    groups: int
    seconds: float
    patience: float = 480.0


@dataclass
class Result:
    """One line of the table."""

    scenario: Scenario
    setup: Setup
    size: Size
    actions: int = 0
    faults: int = 0
    seconds: float = 0.0
    verdict: Verdict = field(default_factory=Verdict)
    log: str = ""


async def run_line(
    scenario: Scenario, setup: Setup, size: Size, postgres: OwnPostgres | Cluster | None, seed: int
) -> Result:
    """The line, whatever happens: what came to no end is stuck, with the reason."""
    result = Result(scenario, setup, size)
    began = time.monotonic()
    task = asyncio.create_task(_run(result, postgres, seed))
    await asyncio.wait({task}, timeout=LINE_SECONDS)
    if not task.done():
        result.verdict.stuck.append(f"the line was broken off after {LINE_SECONDS:.0f} s")
        task.cancel()
        await asyncio.wait({task}, timeout=BREAK_OFF_SECONDS)
    elif (error := task.exception()) is not None:
        result.verdict.stuck.append(f"the line came to no end: {type(error).__name__}: {_describe(error)}")
    if postgres is not None and result.verdict.faults:
        await postgres.mend()
    result.seconds = time.monotonic() - began
    return result


def _describe(error: BaseException) -> str:
    if isinstance(error, BaseExceptionGroup):
        return "; ".join(_describe(inner) for inner in error.exceptions)
    return str(error)


async def _run(result: Result, postgres: OwnPostgres | Cluster | None, seed: int) -> None:
    scenario, size = result.scenario, result.size
    with tempfile.TemporaryDirectory(prefix="huifang-fault-", ignore_cleanup_errors=True) as folder:
        place = open_arena(result.setup, Path(folder), size.groups, postgres, has_topics=scenario.has_topics)
        async with place as arena:
            customers = await play(result, arena, seed)
            await arena.look_anew()
            quiet = await wait_for_quiet(arena)
            result.verdict = await make_referee(scenario, arena, customers).judge(arena.find_slowest_time())
            result.verdict.stuck += quiet
            if result.verdict.faults:
                result.log = arena.log()[-6000:]


def make_referee(scenario: Scenario, arena: Arena, customers: list[FaultCustomer]) -> Referee:
    is_troubled = scenario.silences and arena.struck_at
    return Referee(
        arena.server.world,
        arena.database,
        customers,
        arena.interruptions,
        troubled=Interruption(arena.struck_at, arena.whole_at) if is_troubled else None,
        is_poisoned=scenario.parks,
        is_forgetful=scenario.has_topics,
    )


async def play(result: Result, arena: Arena, seed: int) -> list[FaultCustomer]:
    """Let the people of this line come to their end while its fault strikes; who they were."""
    scenario, size = result.scenario, result.size
    chance = random.Random(f"{seed} {scenario.name} {arena.setup.name}")  # noqa: S311 -- repeatable on purpose
    customers = [
        FaultCustomer(
            watch=arena.watch,
            person=person,
            link=link,
            waybill=waybill,
            staff=department.staff,
            find_group=lambda department=department: department.chat,  # type: ignore[misc]
            complains=complains(n),
            chance=random.Random(chance.random()),  # noqa: S311 -- the same
            patience=size.patience,
            has_topics=scenario.has_topics,
        )
        for n, (person, link, waybill, department) in enumerate(await arena.invite(size.customers))
    ]
    if scenario.begin is not None:
        arena.struck_at = time.time()
        await scenario.begin(arena, chance)
        result.faults += scenario.strike is None
    async with asyncio.TaskGroup() as tasks:
        playing = [tasks.create_task(customer.play(chance.uniform(0, size.seconds))) for customer in customers]
        async with _striking(result, arena, chance):
            await asyncio.wait(playing)
    result.actions = sum(customer.acts for customer in customers)
    return customers


@asynccontextmanager
async def _striking(result: Result, arena: Arena, chance: random.Random) -> AsyncIterator[None]:
    """Inside, the fault strikes again and again for a while; then everything is whole."""
    over = asyncio.Event()

    async def strike() -> None:
        await _strike_until(over, result, arena, chance)
        if result.scenario.strike is not None:
            await arena.heal()

    task = asyncio.create_task(strike())
    try:
        yield
    finally:
        over.set()
        await task
        await arena.heal()


async def _strike_until(over: asyncio.Event, result: Result, arena: Arena, chance: random.Random) -> None:
    """Strike for so many seconds, and often enough; people then have time to come to their end."""
    scenario = result.scenario
    end = time.monotonic() + STRIKING * result.size.seconds
    while scenario.strike is not None:
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), chance.uniform(*scenario.gap))
        is_enough = time.monotonic() > end and result.faults >= scenario.least and not scenario.lasts
        if over.is_set() or is_enough:
            return
        if arena.starting == len(arena.bots) and not scenario.lasts:  # nobody is there to be struck
            continue
        arena.struck_at = arena.struck_at or time.time()
        try:
            await scenario.strike(arena, chance)
            result.faults += 1
        except (*FAILURES, asyncpg.PostgresError, aiohttp.ClientError, PlayError, NotStruckError, TimeoutError):
            logging.getLogger(__name__).debug("not struck", exc_info=True)


async def wait_for_quiet(arena: Arena) -> list[str]:
    """Everything is handled and said, and staff have seen what was gathered; if not, why not."""

    def is_alive() -> bool:
        return all(bot.alive for bot in arena.bots)

    async def wait() -> None:
        await wait_until_quiet(
            arena.telegram, arena.database, arena.find_slowest_time, is_alive=is_alive, within=QUIET_SECONDS
        )

    end = time.monotonic() + QUIET_SECONDS
    try:
        await wait()
        while await _count_gathered(arena) and time.monotonic() < end:  # noqa: ASYNC110 -- the database cannot signal
            await asyncio.sleep(GATHERED_SECONDS)
        await wait()
    except (AssertionError, PlayError, SQLAlchemyError) as error:
        return [str(error)]
    return []


async def _count_gathered(arena: Arena) -> int:
    """How many additions wait for the end of their burst, to be shown to staff."""
    async with arena.database.read() as tx:
        waiting = select(func.count()).select_from(contributions).where(contributions.c.shown_in == WAITING)
        return await tx.scalar(waiting) or 0
