"""One benchmark round of one bot: start it, size the round, measure between two marks, stop it.

1. Everything sent is waited for, also after the second mark; whatever stays unanswered is a failure of the round.
2. The first mark comes when the bot is warm; if a number of conversations is asked for, it is the beginning.
"""

import asyncio
import contextlib
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import contenders
from botapi import Api, serve
from customers import Crowd
from report import Result

PATIENCE = 30.0  # seconds that a customer waits for a reply before the conversation counts as lost
PROBE = 5  # customers who play one conversation each before the round, to size it
FASTEST = {"huifang": 700}  # conversations per second that no bot reaches: this many links are prepared …
FREE = 3000  # … or this many if a link is just a word


@dataclass(frozen=True)
class Settings:
    """The settings of one round, except the bot and the delay."""

    connections: int
    conversations: int | None  # play exactly this many, or …
    seconds: float  # … measure this long in the steady state
    warm_up: float
    think: float | None
    uvloop: bool
    data: Path

    def links(self, bot: str) -> int:
        """How many links to prepare, so that they outlast the round."""
        if self.conversations is not None:
            return self.conversations
        return int((self.seconds + self.warm_up) * (100 if self.think else FASTEST.get(bot, FREE)))


@dataclass(frozen=True)
class _Mark:
    """All counters at one moment; CPU times in seconds."""

    handled: int
    clock: float
    bot: float
    own: float
    machine: float
    resident: int

    @classmethod
    def now(cls, crowd: Crowd, bot: contenders.Bot) -> "_Mark":
        return cls(
            crowd.handled,
            time.perf_counter(),
            bot.cpu(),
            time.process_time(),
            contenders.machine_cpu(),
            bot.resident(),
        )


async def play(name: str, delay: float, settings: Settings) -> Result:
    """Run one round of one bot; `delay` in seconds before each Bot API answer."""
    api = Api(delay)
    server, base = await serve(api)
    try:
        async with contenders.start(
            name, base, api.webhook, settings.links(name), data=settings.data, uvloop=settings.uvloop
        ) as bot:
            crowd = Crowd(api, api.webhook.result(), iter(bot.payloads), settings.think)
            async with asyncio.TaskGroup() as group:
                watch = group.create_task(_watch(crowd, bot))
                result = await _measure(name, delay, crowd, bot, settings)
                watch.cancel()
            return result
    finally:
        server.close()


async def _measure(name: str, delay: float, crowd: Crowd, bot: contenders.Bot, settings: Settings) -> Result:
    """The difference of two marks: around the steady state, or around everything."""
    at_once = await _seats(crowd, settings)
    await crowd.seat(at_once, settings.conversations or sys.maxsize)
    if settings.conversations is None:
        await _left_within(crowd, settings.warm_up)
        crowd.latencies.clear()
    before = _Mark.now(crowd, bot)
    if settings.conversations is None:
        await _left_within(crowd, settings.seconds)
    else:
        await crowd.everyone_left.wait()
        await _until_answered(crowd)
    after, latencies = _Mark.now(crowd, bot), list(crowd.latencies)
    crowd.stopping = True
    await crowd.everyone_left.wait()
    await _until_answered(crowd)
    failures = crowd.failures + [f"callback query {query} was never answered" for query in crowd.api.unanswered]
    if after.handled == before.handled:
        failures.append("not one update was handled")
    return Result(
        bot=name,
        delay=delay,
        at_once=at_once,
        handled=after.handled - before.handled,
        elapsed=after.clock - before.clock,
        cpu=after.bot - before.bot,
        own_cpu=after.own - before.own,
        machine_cpu=after.machine - before.machine,
        resident=after.resident,
        latencies=latencies,
        failures=failures,
        notes=bot.notes,
    )


async def _seats(crowd: Crowd, settings: Settings) -> int:
    """As many customers as the bot can serve one whole conversation each in a round; more would only queue."""
    if settings.connections <= PROBE or settings.conversations is not None:
        return min(settings.connections, settings.conversations or settings.connections)
    took = 0.0
    for _ in ("cold", "warm"):
        began = time.perf_counter()
        await crowd.seat(PROBE, PROBE)
        await crowd.everyone_left.wait()
        took = time.perf_counter() - began
    return max(PROBE, min(settings.connections, int(PROBE / took * settings.seconds)))


async def _left_within(crowd: Crowd, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(crowd.everyone_left.wait(), seconds)


async def _until_answered(crowd: Crowd) -> None:
    """Give `answerCallbackQuery` the time a customer would give a reply."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(crowd.api.all_answered(), PATIENCE)


async def _watch(crowd: Crowd, bot: contenders.Bot) -> None:
    """End the round when the bot is dead, and a conversation when its reply is lost."""
    while True:
        await asyncio.sleep(0.5)
        bot.check()
        crowd.give_up_on(PATIENCE)
