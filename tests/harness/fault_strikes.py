"""The faults of the matrix, one function each: it strikes once, and what it broke is whole again when it returns."""

import asyncio
import random
import resource
import signal
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import asyncpg
from sqlalchemy.engine import make_url

from playground.shape.wire import Json
from tests.harness.bot_process import Bot
from tests.harness.fault_arena import Arena, Department, Setup, locate_file

Strike = Callable[[Arena, random.Random], Awaitable[None]]
Holds = Callable[[Setup], bool]

KILL_SECONDS = 3.0
POISON: tuple[Json, ...] = (
    {"message": {"date": 0}},
    {"message": {"message_id": "one", "chat": {"id": 5, "type": "private"}}},
    {"callback_query": {"id": 5, "from": None}},
    {"my_chat_member": []},
    {"message": {"message_id": 1, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "half a smile: \ud83d"}},
)
"""Updates that cannot be read; the last one is valid JSON that is no text."""


def _always(_setup: Setup) -> bool:
    return True


def _on_postgres(setup: Setup) -> bool:
    return setup.engine == "PostgreSQL"


@dataclass(frozen=True)
class Scenario:
    """A fault that strikes again and again, `gap` seconds apart; `holds` says in which set-ups there is such a fault."""

    name: str
    strike: Strike | None = None
    gap: tuple[float, float] = (0.5, 1.5)
    holds: Holds = _always
    begin: Strike | None = None
    parks: bool = False
    """Whether it sends what has to be set aside."""


# --- processes


async def kill_at_random(arena: Arena, chance: random.Random) -> None:
    bot = chance.choice(arena.bots)
    if arena.signal(bot, signal.SIGKILL):
        arena.interrupt(time.time())


async def kill_at_a_call(arena: Arena, chance: random.Random) -> None:
    """SIGKILL before or after Telegram acts on one of the next calls."""
    bot = await arena.find_sender()
    if not bot.alive:
        return
    wish = {"pid": bot.pid, "skip": chance.randrange(30), "when": chance.choice(("before", "after"))}
    fault = await arena.telegram.fault("kill", **wish)
    with suppress(TimeoutError):
        await asyncio.wait_for(bot.ended(), KILL_SECONDS)
        arena.interrupt(time.time())
    arena.server.world.faults.remove(fault)


async def pause_the_sender(arena: Arena, chance: random.Random) -> None:
    bot = await arena.find_sender()
    began = time.time()
    arena.signal(bot, signal.SIGSTOP)
    await asyncio.sleep(chance.uniform(0.5, 7))
    arena.signal(bot, signal.SIGCONT)
    arena.interrupt(began)


# --- the database


async def kill_postgres(arena: Arena, chance: random.Random) -> None:
    assert arena.postgres is not None
    began = time.time()
    await arena.postgres.kill()
    await asyncio.sleep(chance.uniform(0, 2))
    await arena.postgres.start()
    arena.take_over(began)


async def restart_postgres(arena: Arena, _chance: random.Random) -> None:
    assert arena.postgres is not None
    began = time.time()
    await arena.postgres.restart()
    arena.take_over(began)


async def freeze_postgres(arena: Arena, chance: random.Random) -> None:
    assert arena.postgres is not None
    began = time.time()
    arena.postgres.send(signal.SIGSTOP)
    await asyncio.sleep(chance.uniform(1, 7))
    arena.postgres.send(signal.SIGCONT)
    arena.take_over(began)


async def lose_commits(arena: Arena, chance: random.Random) -> None:
    """Every fifth COMMIT or so takes effect and is never answered."""
    assert arena.proxy is not None
    arena.proxy.lose_every = chance.choice((3, 5, 7))
    began = time.time()
    await asyncio.sleep(0.5)
    arena.proxy.lose_every = 0
    arena.take_over(began)


async def fill_the_disk(arena: Arena, chance: random.Random) -> None:
    """No file of the database grows any more: a quota on the processes that write it stands for the full disk."""
    began = time.time()
    _limit_files(arena, 4096)
    await asyncio.sleep(chance.uniform(0.5, 3))
    _limit_files(arena, resource.RLIM_INFINITY)
    arena.take_over(began)


def _limit_files(arena: Arena, size: int) -> None:
    writers = arena.postgres.processes() if arena.postgres is not None else []
    pids = [process.pid for process in writers] or [bot.pid for bot in arena.bots if bot.alive]
    for pid in pids:
        with suppress(ProcessLookupError, PermissionError):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


async def lock_the_database(arena: Arena, chance: random.Random) -> None:
    """Another program holds the file, or the tables that every event is written to."""
    seconds = chance.uniform(1, 7)
    began = time.time()
    if arena.postgres is None:
        connection = sqlite3.connect(locate_file(arena.database), isolation_level=None, timeout=10)
        with suppress(sqlite3.OperationalError):
            connection.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(seconds)
            connection.execute("ROLLBACK")
        connection.close()
    else:
        locker = await asyncpg.connect(_plain_url(arena))
        try:
            async with locker.transaction():
                await locker.execute("LOCK TABLE inbox, outbox IN ACCESS EXCLUSIVE MODE")
                await asyncio.sleep(seconds)
        finally:
            await locker.close()
    arena.take_over(began)


async def make_read_only(arena: Arena, chance: random.Random) -> None:
    """As a server that has become a standby."""
    assert arena.postgres is not None
    began = time.time()
    await arena.postgres.execute("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
    await asyncio.sleep(chance.uniform(1, 4))
    await arena.postgres.execute("ALTER SYSTEM RESET default_transaction_read_only", "SELECT pg_reload_conf()")
    arena.take_over(began)


def _plain_url(arena: Arena) -> str:
    return make_url(arena.database.url).set(drivername="postgresql").render_as_string(hide_password=False)


# --- clocks


async def move_clocks(arena: Arena, chance: random.Random) -> None:
    """Each process's clock jumps by itself, ahead or back, by up to a minute."""
    for n in range(len(arena.bots)):
        (arena.folder / f"clock-{n}").write_text(str(chance.uniform(-60, 60)))
    await asyncio.sleep(0)


# --- the Bot API


def refuse_calls(kind: str, when: str, **details: object) -> Strike:
    """Some of the next calls fail in this way."""

    async def strike(arena: Arena, chance: random.Random) -> None:
        skip = chance.randrange(10)
        await arena.telegram.fault(kind, when=when, skip=skip, times=chance.choice((1, 2, 3)), **details)

    return strike


async def cut_telegram_off(arena: Arena, chance: random.Random) -> None:
    fault = await arena.telegram.fault("outage", times=0)
    await asyncio.sleep(chance.uniform(0.3, 2.5))
    arena.server.world.faults.remove(fault)


# --- updates


async def double_updates(arena: Arena, _chance: random.Random) -> None:
    await arena.telegram.fault("duplicate", times=0)


async def hold_updates_back(arena: Arena, chance: random.Random) -> None:
    """The next updates are overtaken by those of other chats."""
    for _ in range(5):
        await arena.telegram.fault("reorder", delay_ms=chance.randrange(50, 500))


async def replay_updates(arena: Arena, chance: random.Random) -> None:
    """Updates that were handled long ago come again."""
    known = list(arena.server.world.updates._history)
    for update in chance.sample(known, min(10, len(known))):
        await arena.telegram.repeat(update)


async def poison(arena: Arena, chance: random.Random) -> None:
    arena.server.world.updates.inject(dict(chance.choice(POISON)))
    await asyncio.sleep(0)


# --- membership


async def move_groups(arena: Arena, chance: random.Random) -> None:
    """A basic group becomes a supergroup; or the bot is removed and taken back; or it may not write for a while."""
    department = chance.choice(arena.departments)
    if _is_basic(arena, department) and chance.random() < 0.5:
        department.chat = await arena.telegram.migrate(department.chat)
        return
    away: Json = chance.choice(({"status": "kicked"}, {"status": "restricted", "rights": {"can_send_messages": False}}))
    await arena.telegram.member(department.chat, away["status"], by=arena.boss, rights=away.get("rights"))
    await asyncio.sleep(chance.uniform(0.2, 1.5))
    await arena.telegram.member(department.chat, "member", by=arena.boss)


def _is_basic(arena: Arena, department: Department) -> bool:
    return arena.server.world.find(department.chat).type == "group"


async def block_the_bot(arena: Arena, chance: random.Random) -> None:
    """Some customers block the bot, and unblock it a moment later."""
    started = [chat for chat in arena.server.world.chats.values() if chat.is_private and chat.started]
    some = [chat.id for chat in chance.sample(started, min(8, len(started))) if chat.id != arena.boss.id]
    for chat in some:
        await arena.telegram.member(chat, "kicked", by=chat)
    await asyncio.sleep(chance.uniform(0.2, 1.5))
    for chat in some:
        await arena.telegram.member(chat, "member", by=chat)


SCENARIOS = (
    Scenario("nothing"),
    Scenario("killed at random", kill_at_random, (0.4, 1.5)),
    Scenario("killed at a call to Telegram", kill_at_a_call, (0.2, 0.8)),
    Scenario("sender stopped and continued", pause_the_sender),
    Scenario("PostgreSQL killed", kill_postgres, (1, 2.5), _on_postgres),
    Scenario("PostgreSQL restarted", restart_postgres, (1, 2.5), _on_postgres),
    Scenario("PostgreSQL frozen", freeze_postgres, holds=_on_postgres),
    Scenario("answers to COMMIT lost", lose_commits, (0.3, 1), _on_postgres),
    Scenario("disk full", fill_the_disk),
    Scenario("database locked", lock_the_database),
    Scenario("database read-only", make_read_only, holds=_on_postgres),
    Scenario("clocks jump, each by itself", move_clocks, (0.2, 0.8)),
    Scenario("Bot API: 429", refuse_calls("429", "before", retry_after=1), (0.1, 0.4)),
    Scenario("Bot API: 500", refuse_calls("500", "before"), (0.1, 0.3)),
    Scenario("Bot API: silence", refuse_calls("silence", "before"), (0.5, 1)),
    Scenario("Bot API: silence after acting", refuse_calls("silence", "after"), (0.5, 1)),
    Scenario("Bot API: half an answer", refuse_calls("half", "after"), (0.1, 0.4)),
    Scenario("Bot API: acted, answer lost", refuse_calls("reset", "after"), (0.1, 0.4)),
    Scenario("Bot API: away", cut_telegram_off),
    Scenario("updates doubled", None, begin=double_updates),
    Scenario("updates overtaken", hold_updates_back, (0.1, 0.3)),
    Scenario("updates replayed", replay_updates, (0.1, 0.3)),
    Scenario("poisoned updates", poison, (0.2, 0.6), parks=True),
    Scenario("groups moved, left, muted", move_groups, (0.2, 0.8)),
    Scenario("bot blocked and unblocked", block_the_bot, (0.2, 0.8)),
)


def heal(arena: Arena) -> None:
    """Whatever is still broken is whole again."""
    arena.server.world.faults.remove()
    if arena.proxy is not None:
        arena.proxy.lose_every = 0
    for bot in arena.bots:
        _continue(arena, bot)


def _continue(arena: Arena, bot: Bot) -> None:
    if bot.alive:
        arena.signal(bot, signal.SIGCONT)
