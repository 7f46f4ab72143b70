"""The world of one seed: three replicas of the real worker, sender, alarm, leader and lease; customers who write; faults at any moment.

A seed decides everything: which faults there are and how often (swarm testing), what customers send, how long each statement and call
takes, whose callback runs next. The same seed gives the same world, step by step.
"""

import asyncio
import gc
import logging
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import msgspec
import pytest

import bot.clock
from bot import leader
from bot.clock import Clock, Ids
from bot.leader import Leader
from bot.process import alarm, polling
from bot.process.alarm import Alarm
from bot.process.polling import Polling
from bot.process.worker import Worker
from bot.sending import dispatcher, forum_topics, limits, outage, sender
from bot.sending.api_calls import ApiCaller
from bot.sending.limits import Limits
from bot.sending.sender import Sender
from handlers import route
from handlers import timers as timer_rooms
from handlers.turns.batch import Batch
from handlers.turns.inbound import Arrival
from handlers.turns.services import Services
from storage import retention
from storage.engine import bulk, database, lease
from storage.engine.address import Address
from storage.engine.bulk import BulkStatement
from storage.engine.crypto import Keyring
from storage.engine.database import Database, lock
from storage.engine.failures import FAILURES
from storage.engine.lease import Lease
from storage.people import people
from storage.queue import inbox, outbox, sessions
from storage.queue.inbox import RawEvent
from storage.queue.outbox import Priority
from storage.queue.timers import Timer
from tests.simulation.replicas.botapi import BotApiServer, Seen, SimulatedBotApi
from tests.simulation.replicas.loop import EPOCH, OWNER, Process, VirtualLoop
from tests.simulation.replicas.rows import Server, SimulatedConnection, SimulatedEngine

GROUP = -100
REPLICAS = 3
FAULT_SECONDS = 8.0
"""Virtual seconds in which things go wrong."""

SETTLE_SECONDS = 400.0
"""Virtual seconds after which what is not done is stuck: a timer that failed is tried again after a minute, a silent call ends after 30 s."""

SLOWEST_SECONDS = 3.0
"""What one statement may take."""

TIMED_MODULES: tuple[ModuleType, ...] = (
    alarm,
    dispatcher,
    forum_topics,
    leader,
    limits,
    outage,
    polling,
    sender,
    lease,
    database,
    bot.clock,
)

FAULTS = {
    "kill": 0.4,
    "pause": 0.3,
    "lease": 0.3,
    "server": 0.15,
    "away": 0.2,
    "statement": 0.3,
    "commit refused": 0.3,
    "commit lost": 0.4,
    "commit late": 0.3,
    "flood": 0.3,
    "error": 0.3,
    "nothing": 0.3,
    "lost": 0.3,
    "late": 0.2,
    "skew": 0.5,
    "duplicate": 0.4,
    "failing": 0.3,
    "slow": 0.3,
}
"""How probable it is that a seed has this kind of fault at all."""


@dataclass(slots=True)
class PlannedUpdate:
    """What a customer sends, and what the handler does with it."""

    id: int
    chat: int
    failures: int = 0
    to_group: bool = False
    redraws: bool = False
    timer: float | None = None
    timer_failures: int = 0
    safe_at: float | None = None


@dataclass(slots=True)
class Replica:
    """One place where a process lives, dies and lives again."""

    name: str
    process: Process | None = None
    worker: Worker | None = None
    sender: Sender | None = None
    lives: int = 0


@dataclass
class World:
    """Everything of one seed."""

    seed: int
    trace: list[tuple[float, str]] = field(default_factory=list)
    plans: dict[int, PlannedUpdate] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    """What a process did that it must not do whatever happens."""
    interruptions: list[tuple[float, Process, str]] = field(default_factory=list)
    """When a process was killed, paused (and went on), or lost its lease."""
    held_up: defaultdict[Process, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What a process was about to send in the moment it was stopped: it cannot look again once it goes on."""
    noticed: dict[tuple[float, Process], float] = field(default_factory=dict)
    """When a process heard that it had lost its lease."""
    counted: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.loop = VirtualLoop(self.seed)  # type: ignore[abstract]
        self.random = self.loop.random
        self.server = Server(self.loop)
        self.telegram = BotApiServer(self.loop)
        self.replicas = [Replica(f"r{n}") for n in range(REPLICAS)]
        self._unnoticed: dict[SimulatedConnection, tuple[float, Process]] = {}
        self.faulty = True
        self.finished = False
        self.polls = self.random.random() < 0.3
        self.rate = self.random.choice((0, 30))
        self.kinds = {kind for kind, chance in FAULTS.items() if self.random.random() < chance}
        self.customers_left = 0
        self._next_fault = int(self.random.expovariate(1 / 300)) + 1
        self._mean = self.random.choice((100, 250, 600))
        self.server.on_delay = self._choose_delay
        self.server.on_noticed = self._note_noticed
        self.server.on_statement = self._break_statement
        self.server.on_commit = self._break_commit
        self.telegram.on_call = self._break_call
        self.telegram.on_accepted = self._note_seen

    # --- running it ---

    def run(self) -> None:
        """Let it live until everything is settled, or is stuck."""
        for replica in self.replicas:
            self._start(replica)
        chats = self.random.randint(2, 4)
        self.customers_left = chats
        for chat in range(1, chats + 1):
            self.loop.start(self.loop.world, self._write(chat, self.random.randint(2, 5)))
        self.loop.outside(FAULT_SECONDS, self._calm_down)
        self.loop.outside(FAULT_SECONDS + 0.5, self._look)
        self.loop.run(lambda: self.finished, FAULT_SECONDS + SETTLE_SECONDS, self._on_step)

    def say(self, what: str) -> None:
        self.trace.append((self.loop.now, what))

    def close(self) -> None:
        """Drop what never ended, without letting it act."""
        for task in self.loop.tasks:
            task._log_destroy_pending = False  # type: ignore[attr-defined]
            coro = cast("Any", task.get_coro())
            for _ in range(10):  # every `finally` that wants to wait resists once
                try:
                    coro.close()
                except BaseException:  # noqa: BLE001, S112 -- it is over
                    continue
                break

    def _look(self) -> None:
        """Whether everything is done."""
        tables = self.server.tables
        self.finished = (
            not self.customers_left
            and not any(row["state"] == "owed" for row in tables.get("outbox", {}).values())
            and not any(
                row["state"] == "waiting" and row["source"] != "timer" for row in tables.get("inbox", {}).values()
            )
            and not tables.get("timers")
            and not self.telegram.waiting_updates
        )
        if not self.finished:
            self.loop.outside(0.5, self._look)

    # --- processes ---

    def _start(self, replica: Replica) -> None:
        if replica.process is not None and replica.process.alive:
            return
        replica.lives += 1
        skew = self.random.uniform(-5, 5) if "skew" in self.kinds else 0.0
        process = Process(f"{replica.name}.{replica.lives}", skew)
        replica.process = process
        self.say(f"{process} starts")
        task = self.loop.start(process, self._serve(replica))
        task.add_done_callback(lambda _: self._on_end(replica, process, task), context=self.loop._outside)

    def _on_end(self, replica: Replica, process: Process, task: "asyncio.Task[Any]") -> None:
        """A process ended by itself: at its start it may, a supervisor starts it again."""
        error = task.exception()
        self.say(f"{process} ended: {error!r}")
        if not isinstance(error, FAILURES):
            self.broken.append(f"{process} ended by itself: {error!r}")
        self._kill(replica, "ended")

    async def _serve(self, replica: Replica) -> None:
        """What bot/app.py does, without the doors."""
        process = OWNER.get()
        data = SimulatedDatabase(self.server)
        clock, ids = SimulatedClock(self.loop), Ids()
        ids.process = self.random.getrandbits(10)
        ids.follow(await data.measure_clock())
        async with data.begin() as tx:
            ids.pass_over(await outbox.find_newest_id(tx))
        company = SimpleNamespace(
            zone=UTC, handling=SimpleNamespace(topics=False), choose_language=lambda _code: "en", surveys={}
        )
        services = cast(
            "Services",
            SimpleNamespace(next_id=ids.next, company=company, texts=None, surveys={}, keyring=Keyring(["simulated"])),
        )
        its_worker = Worker(data, services, clock)
        its_lease = Lease(data)
        api = cast("Any", SimulatedBotApi(self.telegram))
        caller = ApiCaller(api, data, its_worker, cast("Any", None))
        its_sender = Sender(caller, its_worker, data, Limits(self.rate), ids.next, its_lease.check)
        its_worker.outlet, its_worker.tell_sender, its_lease.on_left = its_sender, its_lease.tell, its_sender.look_soon
        its_leader = Leader(its_lease, its_sender, Polling(api, its_worker) if self.polls else None)
        async with asyncio.TaskGroup() as tasks:
            its_sender.answering = tasks
            tasks.create_task(its_worker.run())
            tasks.create_task(Alarm(data, its_worker, clock, ids).run())
            tasks.create_task(its_leader.run())
            replica.worker, replica.sender = its_worker, its_sender
            self.say(f"{process} serves")

    # --- faults ---

    def _on_step(self) -> None:
        if not self.faulty or self.loop.steps < self._next_fault:
            return
        self._next_fault = self.loop.steps + int(self.random.expovariate(1 / self._mean)) + 1
        kinds = [kind for kind in ("kill", "pause", "lease", "server", "away") if kind in self.kinds]
        if not kinds:
            return
        kind = self.random.choice(kinds)
        self.counted[kind] += 1
        if kind == "lease":
            self._lose_lease()
        elif kind == "server":
            self._lose_server()
        elif kind == "away":
            self._lose_telegram()
        else:
            replica = self.random.choice(self.replicas)
            if kind == "kill":
                self._kill(replica, "killed")
            else:
                self._pause(replica)

    def _kill(self, replica: Replica, why: str) -> None:
        process = replica.process
        if process is None or not process.alive:
            return
        self.say(f"{process} is {why}")
        self.interruptions.append((self.loop.now, process, "kill"))
        replica.worker = replica.sender = None
        self.loop.kill(process)
        self.server.cut_process(process)
        self.loop.outside(self.random.uniform(0.1, 3), self._start, replica)

    def _pause(self, replica: Replica) -> None:
        process = replica.process
        if process is None or not process.alive or process.paused:
            return
        process.paused = True
        seconds = self.random.choice((0.2, 1.5, 4.0, 8.0))
        self.say(f"{process} is stopped for {seconds} s")
        self.interruptions.append((self.loop.now, process, "pause"))
        if replica.sender is not None:
            queues = replica.sender._dispatcher.schedule._queues
            heads = [queue[0] for key in queues.busy if (queue := queues.get(key))]
            self.held_up[process] |= {msgspec.json.decode(call.payload)["text"] for call in heads}
        if self.random.random() < 0.5:
            # Its connections do not outlive a long pause: the server's keep-alive ends them.
            self.loop.outside(seconds / 2, self._forget_paused, process)
        self.loop.outside(seconds, self._continue, process)

    def _forget_paused(self, process: Process) -> None:
        if process.alive and process.paused:
            self.say(f"{process} is forgotten by the database")
            self._note_lost_lease(process, "forgotten")
            self.server.cut_process(process)

    def _continue(self, process: Process) -> None:
        if process.paused:
            self.say(f"{process} goes on")
            self.interruptions.append((self.loop.now, process, "continue"))
        process.paused = False

    def _note_lost_lease(self, process: Process, kind: str = "lease") -> None:
        if self.server.leader is not None and self.server.leader.process is process:
            self.interruptions.append((self.loop.now, process, kind))
            self._unnoticed[self.server.leader] = (self.loop.now, process)

    def _note_noticed(self, connection: SimulatedConnection) -> None:
        if connection in self._unnoticed:
            self.noticed[self._unnoticed.pop(connection)] = self.loop.now

    def _lose_lease(self) -> None:
        if self.server.leader is not None:
            self.say(f"{self.server.leader.process} loses the connection of its lease")
            self._note_lost_lease(self.server.leader.process)
            self.server.cut(self.server.leader)

    def _lose_server(self) -> None:
        if self.server.away:
            return
        self.say("the database is killed")
        if self.server.leader is not None:
            self._note_lost_lease(self.server.leader.process)
        self.server.fail()
        self.loop.outside(self.random.uniform(0.1, 3), self._return_server)

    def _return_server(self) -> None:
        self.say("the database is back")
        self.server.away = False

    def _lose_telegram(self) -> None:
        self.say("the Bot API is away")
        self.telegram.away = True
        self.loop.outside(self.random.uniform(0.5, 5), self._return_telegram)

    def _return_telegram(self) -> None:
        self.say("the Bot API is back")
        self.telegram.away = False

    def _calm_down(self) -> None:
        """No more faults: whatever was stopped goes on, whatever is dead starts again."""
        self.say("no more faults")
        self.faulty = False
        for replica in self.replicas:
            if replica.process is not None:
                self._continue(replica.process)

    def _happens(self, kind: str, chance: float) -> bool:
        happens = self.faulty and kind in self.kinds and self.random.random() < chance
        self.counted[kind] += happens
        return happens

    def _choose_delay(self, _process: Process) -> float:
        draw = self.random.random()
        if draw < 0.5:
            return 0.0
        if self._happens("slow", 0.02):
            return self.random.uniform(0.1, SLOWEST_SECONDS)
        return draw * 0.01

    def _break_statement(self, connection: SimulatedConnection) -> bool:
        breaks = self._happens("statement", 0.01)
        if breaks:
            self.say(f"{connection.process} loses a connection")
            if self.server.leader is connection:
                self._note_lost_lease(connection.process)
        return breaks

    def _break_commit(self, connection: SimulatedConnection) -> str:
        for fault, chance in (("refused", 0.05), ("lost", 0.1), ("late", 0.05)):
            if self._happens(f"commit {fault}", chance):
                self.say(f"{connection.process}: COMMIT {fault}")
                return fault
        return ""

    def _break_call(self, method: str) -> str:
        for fault, chance in (("flood", 0.1), ("error", 0.1), ("nothing", 0.1), ("lost", 0.1), ("late", 0.05)):
            if self._happens(fault, chance):
                self.say(f"Telegram: {method} {fault}")
                return fault
        return ""

    def _note_seen(self, seen: Seen) -> None:
        self.say(f"{seen.process}: chat {seen.chat} {'edit' if seen.edited else 'sees'} {seen.text}")
        if self._happens("kill", 0.02):
            for replica in self.replicas:
                if replica.process is seen.process:
                    self._kill(replica, "killed as its message is accepted")

    # --- customers ---

    async def _write(self, chat: int, count: int) -> None:
        for _ in range(count):
            await asyncio.sleep(self.random.choice((0.0, 0.05, 0.3, 1.0, 2.5)))
            plan = self._plan(chat)
            raw = _make_update(plan)
            if self.polls:
                self.telegram.push(plan.id, raw)
            elif self._happens("duplicate", 0.3):
                first = self.loop.start(self.loop.world, self._deliver(plan, raw))
                await self._deliver(plan, raw)
                await first
            else:
                await self._deliver(plan, raw)
        self.customers_left -= 1

    def _plan(self, chat: int) -> PlannedUpdate:
        random, failing = self.random, "failing" in self.kinds
        plan = PlannedUpdate(len(self.plans) + 1, chat)
        plan.failures = random.choice((0, 0, 0, 1, 2, 9)) if failing else 0
        plan.to_group, plan.redraws = random.random() < 0.3, random.random() < 0.3
        if random.random() < 0.25:
            plan.timer = random.choice((0.3, 1.0, 3.0))
            plan.timer_failures = int(failing and random.random() < 0.2)
        self.plans[plan.id] = plan
        return plan

    async def _deliver(self, plan: PlannedUpdate, raw: bytes) -> None:
        """Telegram brings an update to any replica, again and again until one says that it is safe."""
        while True:
            replica = self.random.choice(self.replicas)
            process, its_worker = replica.process, replica.worker
            if process is None or its_worker is None or not process.alive:
                await asyncio.sleep(0.2)
                continue
            safe: asyncio.Future[bool] = self.loop.create_future()
            self.loop.start(process, _hand_in(its_worker, plan.id, raw, safe))
            patience = self.loop.now + self.random.choice((1.0, 5.0, 20.0))
            while not safe.done() and process.alive and self.loop.now < patience:  # type: ignore[redundant-expr]  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            if safe.done() and safe.result():
                if plan.safe_at is None:
                    plan.safe_at = self.loop.now
                return
            await asyncio.sleep(0.1)

    # --- the handler of this company: one message in, one reply owed, one fact kept ---

    async def handle(self, batch: Batch, arrival: Arrival, update: bytes) -> None:
        plan = self.plans[msgspec.json.decode(update, type=_Numbered).update_id]
        if plan.failures and plan.failures != 9:
            plan.failures -= 1
            raise ValueError(f"update {plan.id} fails")
        assert plan.failures != 9, f"update {plan.id} always fails"
        tx = cast("SimulatedConnection", batch.tx)
        await tx.add_fact(what=f"u{plan.id}", number=plan.id, lane=arrival.lane)
        batch.say(plan.chat, f"u{plan.id}.0")
        if plan.to_group:
            batch.say(GROUP, f"u{plan.id}.g", priority=Priority.STAFF)
        if plan.redraws:
            await self._redraw(batch)
        if plan.timer is not None:
            batch.set_timers.append(Timer("sim", str(plan.id), batch.now + timedelta(seconds=plan.timer)))
        batch.say(plan.chat, f"u{plan.id}.1")

    async def _redraw(self, batch: Batch) -> None:
        """A card that many change: the version is counted under a lock, as a case is."""
        await lock(batch.tx, ["card"])
        tx = cast("SimulatedConnection", batch.tx)
        version = ((await tx.fetch("card", (1,))) or {"version": 0})["version"] + 1
        await tx.put("card", (1,), {"version": version})
        batch.show(GROUP, "card:1", f"card {version}", language="en", priority=Priority.STAFF)

    async def fire(self, batch: Batch, due: Sequence[Timer]) -> None:
        for timer in due:
            plan = self.plans[int(timer.subject)]
            if plan.timer_failures:
                plan.timer_failures -= 1
                raise ValueError(f"timer {plan.id} fails")
            await cast("SimulatedConnection", batch.tx).add_fact(what=f"t{plan.id}", number=0, lane="")
            batch.say(plan.chat, f"t{plan.id}")


class SimulatedDatabase(Database):
    """The real one over the simulated server."""

    def __init__(self, server: Server) -> None:
        self.address = Address("postgresql+simulated://")
        self.url, self.is_sqlite = self.address.url, False
        self.engine = self._direct = cast("Any", SimulatedEngine(server))
        self._writer = asyncio.Lock()


class SimulatedClock(Clock):
    """The wall clock of the process that asks."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def now(self) -> datetime:
        return EPOCH + timedelta(seconds=self._loop.now + OWNER.get().skew)


class _Numbered(msgspec.Struct):
    update_id: int


async def _hand_in(its_worker: Worker, id_: int, raw: bytes, safe: "asyncio.Future[bool]") -> None:
    """The webhook's door."""
    try:
        await its_worker.submit(RawEvent("telegram", str(id_), raw))
    except Exception:  # noqa: BLE001 -- the door answers 500, Telegram comes again
        if not safe.done():
            safe.set_result(False)
    else:
        if not safe.done():
            safe.set_result(True)


def _make_update(plan: PlannedUpdate) -> bytes:
    chat, sender_ = {"id": plan.chat, "type": "private"}, {"id": plan.chat, "is_bot": False, "first_name": "A"}
    message = {"message_id": plan.id, "date": 1, "chat": chat, "from": sender_, "text": f"u{plan.id}"}
    return msgspec.json.encode({"update_id": plan.id, "message": message})


async def _execute_bulk(statement: BulkStatement, tx: Any, rows: Sequence[Sequence[Any]]) -> None:  # noqa: ANN401
    if rows:
        names = list(statement._types)
        if statement not in _BUILT:
            _BUILT[statement] = statement._build(tx)
        await tx.execute(_BUILT[statement], [dict(zip(names, row, strict=True)) for row in rows])


_BUILT: dict[BulkStatement, bulk.Statement] = {}


async def _fetch_people(_tx: object, ids: Sequence[int]) -> dict[int, Any]:
    return {id_: SimpleNamespace(id=id_, name="A", username="", reachable=True) for id_ in ids}


async def _sweep_nothing(*_: object) -> bool:
    """A world lives for seconds: nothing is old."""
    return False


async def _load_sessions(_tx: object, lanes: Sequence[str]) -> dict[str, dict[str, Any]]:
    return {lane: {} for lane in lanes}


@contextmanager
def put_in_place(world: World) -> Iterator[None]:
    """The real modules live in this world: its time, its rows, its handler."""
    clock = SimpleNamespace(
        monotonic=lambda: 1000 + world.loop.now,
        time=lambda: EPOCH.timestamp() + world.loop.now + OWNER.get().skew,
        time_ns=lambda: int((EPOCH.timestamp() + world.loop.now + OWNER.get().skew) * 1e9),
    )

    async def handle(batch: Batch, arrival: Arrival, update: bytes, *, member: bool | None = None) -> None:
        assert member is None
        await world.handle(batch, arrival, update)

    with pytest.MonkeyPatch.context() as patch:
        for module in TIMED_MODULES:
            if hasattr(module, "time"):
                patch.setattr(module, "time", clock)
        patch.setattr(bulk.BulkStatement, "execute", _execute_bulk)
        patch.setattr(people, "fetch_by_account", _fetch_people)
        patch.setattr(inbox, "sweep", _sweep_nothing)
        patch.setattr(retention, "make_months", _sweep_nothing)
        patch.setattr(sessions, "load", _load_sessions)
        patch.setattr(route, "route", handle)
        patch.setattr(timer_rooms, "fire_all", world.fire)
        yield


@contextmanager
def stay_silent() -> Iterator[None]:
    """No logs, and nothing said of coroutines that a killed process left; garbage is collected between worlds."""
    hook, level = sys.unraisablehook, logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    sys.unraisablehook = lambda _: None
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.enable()
        sys.unraisablehook = hook
        logging.disable(level)


def live_through(seed: int, change: Callable[[World], None] = lambda _world: None) -> World:
    """One seed from its beginning to its end."""
    world = World(seed)
    change(world)
    with put_in_place(world):
        world.run()
    world.close()
    return world
