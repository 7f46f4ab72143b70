"""Faults of processes and of their clocks: killed at random and at each call, stopped and continued, skewed and jumping."""

import asyncio
import random
import signal
import time
from itertools import cycle

from playground.world.faults import Fault
from tests.harness.fault_arena import Arena, NotStruckError

AIM_SECONDS = 0.03
"""How often a kill at a call is told which process is the sender now: the one before may have been killed."""

STRUCK_SECONDS = 3.0
CUSTOMER_STEPS, GROUP_STEPS, PRESS_STEPS = 9, 6, 6
"""How many calls a complaint makes to its customer and, first of all, to its group; how many answers to presses are killed at."""


async def kill_at_random(arena: Arena, chance: random.Random) -> None:
    bot = chance.choice(arena.bots)
    if not arena.signal(bot, signal.SIGKILL):
        raise NotStruckError
    arena.interrupt(time.time())


async def lay_kills(arena: Arena, _chance: random.Random) -> None:
    """A SIGKILL waits at each call of the way, before Telegram acts and after it: of every customer and group at another one."""
    faults = arena.server.world.faults
    whens = cycle(("before", "after"))
    steps = [(n, when) for n in range(CUSTOMER_STEPS) for when in ("before", "after")]
    for person, (n, when) in zip(arena.complaining, steps, strict=False):
        faults.add(Fault("kill", chat=person.id, skip=n, when=when, pid=arena.bots[0].pid))  # type: ignore[arg-type]
    for n, department in enumerate(arena.departments):
        for when in ("before", "after"):
            skip = n % GROUP_STEPS
            faults.add(Fault("kill", chat=department.chat, skip=skip, when=when, pid=arena.bots[0].pid))  # type: ignore[arg-type]
    for n in range(PRESS_STEPS):
        fault = Fault("kill", method="answerCallbackQuery", skip=25 * n, when=next(whens), pid=arena.bots[0].pid)  # type: ignore[arg-type]
        faults.add(fault)


async def await_a_kill(arena: Arena, _chance: random.Random) -> None:
    """Keep the kills that wait aimed at the process that sends, until one of them strikes."""
    before, end = arena.ends, time.monotonic() + STRUCK_SECONDS
    while arena.ends == before:
        if time.monotonic() > end:
            raise NotStruckError
        sender = arena.bots[0] if len(arena.bots) == 1 else await arena.find_sender()
        for fault in arena.server.world.faults._active.values():
            fault.pid = sender.pid
        await asyncio.sleep(AIM_SECONDS)


async def pause_the_sender(arena: Arena, chance: random.Random) -> None:
    bot = await arena.find_sender()
    began = time.time()
    if not arena.signal(bot, signal.SIGSTOP):
        raise NotStruckError
    try:
        await asyncio.sleep(chance.uniform(0.5, 7))
    finally:
        arena.signal(bot, signal.SIGCONT)
        arena.interrupt(began)


async def skew_clocks(arena: Arena, chance: random.Random) -> None:
    """Each process has a clock of its own, ahead or behind by up to a minute, and so it stays."""
    for n in range(len(arena.bots)):
        (arena.folder / f"clock-{n}").write_text(str(chance.choice((-1, 1)) * chance.uniform(20, 60)))
    await asyncio.sleep(0)


async def move_clocks(arena: Arena, chance: random.Random) -> None:
    """Each process's clock jumps by itself, ahead or back, by up to a minute."""
    for n in range(len(arena.bots)):
        (arena.folder / f"clock-{n}").write_text(str(chance.uniform(-60, 60)))
    await asyncio.sleep(0)
