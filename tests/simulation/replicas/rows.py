"""In-memory PostgreSQL: what the queues' own statements mean, with READ COMMITTED, row locks, advisory locks and deadlocks.

The statements are those of `storage/queue` and `storage/engine/lease.py`, interpreted. Whatever is not understood raises. Each statement,
each COMMIT and each connection takes a moment in which anything else may happen, and may fail as the network and a server fail.
"""

import asyncio
import operator
from collections import deque, namedtuple
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any

import msgspec
from asyncpg.exceptions import ConnectionDoesNotExistError, DeadlockDetectedError, InterfaceError, UniqueViolationError
from sqlalchemy import Delete, Insert, Select, Update
from sqlalchemy.sql.elements import TextClause

from tests.simulation.replicas.loop import EPOCH, OWNER, Process, VirtualLoop
from tests.simulation.replicas.statements import Row, find_change, find_plan

Key = tuple[Any, ...]
Lock = tuple[Any, ...]
DEFAULTS: dict[str, Row] = {"outbox": {"reason": None}}
DIALECT = SimpleNamespace(name="postgresql")


class Result:
    """Rows as SQLAlchemy gives them."""

    def __init__(self, rows: Sequence[Any] = (), rowcount: int = 0) -> None:
        self._rows, self.rowcount = list(rows), rowcount

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> list[Any]:
        return self._rows

    def first(self) -> Any:  # noqa: ANN401
        return self._rows[0] if self._rows else None

    def scalars(self) -> "Result":
        return Result([row[0] for row in self._rows])

    def scalar(self) -> Any:  # noqa: ANN401
        return self._rows[0][0] if self._rows else None


class Transaction:
    """What one transaction has written and locked."""

    def __init__(self, *, frozen: bool = False) -> None:
        self.frozen = frozen
        self.snapshot: dict[str, dict[Key, Row]] | None = None
        self.written: dict[str, dict[Key, Row | None]] = {}
        self.locks: dict[Lock, None] = {}
        self.waits_for: Transaction | None = None
        self.over = False


class Server:
    """The database server: committed rows, locks, and the connections it knows."""

    def __init__(self, loop: VirtualLoop) -> None:
        self.loop = loop
        self.tables: dict[str, dict[Key, Row]] = {}
        self.locks: dict[Lock, tuple[Transaction, deque[asyncio.Future[None]]]] = {}
        self.sessions: dict[SimulatedConnection, None] = {}
        self.leader: SimulatedConnection | None = None
        self.away = False
        self.commits = 0
        self.sequence = 0
        self.on_delay: Callable[[Process], float] = lambda _process: 0.0
        self.on_statement: Callable[[SimulatedConnection], bool] = lambda _connection: False
        self.on_commit: Callable[[SimulatedConnection], str] = lambda _connection: ""
        self.on_noticed: Callable[[SimulatedConnection], None] = lambda _connection: None
        self.on_applied: Callable[[Transaction], None] = lambda _transaction: None

    def count(self) -> int:
        self.sequence += 1
        return self.sequence

    def table(self, name: str) -> dict[Key, Row]:
        return self.tables.setdefault(name, {})

    async def lock(self, transaction: Transaction, lock: Lock) -> None:
        """Wait until this lock is ours. Raises DeadlockDetectedError where two wait for each other."""
        while lock not in transaction.locks:
            held = self.locks.get(lock)
            if held is None:
                self.locks[lock] = (transaction, deque())
                transaction.locks[lock] = None
                return
            holder, waiting = held
            other: Transaction | None = holder
            while other is not None:
                if other is transaction:
                    raise DeadlockDetectedError("deadlock detected")
                other = other.waits_for
            transaction.waits_for = holder
            turn = self.loop.create_future()
            waiting.append(turn)
            try:
                await turn
            finally:
                transaction.waits_for = None
            if transaction.over:
                raise ConnectionDoesNotExistError("connection was closed in the middle of operation")

    def apply(self, transaction: Transaction) -> None:
        """COMMIT, as the server does it."""
        if transaction.over:
            return
        self.commits += 1
        for name, rows in transaction.written.items():
            table = self.table(name)
            for key, row in rows.items():
                if row is None:
                    table.pop(key, None)
                else:
                    table[key] = row | {"_commit": self.commits}
        self.on_applied(transaction)
        self.end(transaction)

    def end(self, transaction: Transaction) -> None:
        """Release what it locked; without `apply` that is ROLLBACK."""
        transaction.over = True
        for lock in transaction.locks:
            _, waiting = self.locks.pop(lock)
            for turn in waiting:
                if not turn.done():
                    turn.set_result(None)
        transaction.locks = {}

    def cut(self, connection: "SimulatedConnection", *, keep_commit: bool = True) -> None:
        """The connection is gone: what was open is rolled back, unless its COMMIT has already been sent."""
        if not connection.broken:
            self.loop.inside(connection.process, self.loop.random.uniform(0, 0.05), connection.notice)
        connection.broken = True
        self.sessions.pop(connection, None)
        if self.leader is connection:
            self.leader = None
        transaction = connection.transaction
        if transaction is not None and not (keep_commit and connection.committing):
            self.end(transaction)

    def cut_process(self, process: Process) -> None:
        for connection in [each for each in self.sessions if each.process is process]:
            self.cut(connection)

    def fail(self) -> None:
        """The server is killed: everybody's connection goes, and what was not committed."""
        self.away = True
        for connection in list(self.sessions):
            self.cut(connection, keep_commit=False)


class SimulatedConnection:
    """A connection of one process, with the face of SQLAlchemy's AsyncConnection."""

    dialect = DIALECT

    def __init__(self, server: Server) -> None:
        self.server, self.process = server, OWNER.get()
        self.broken = self.noticed = self.committing = self.reads = False
        self.transaction: Transaction | None = None
        self.listener: Callable[..., None] | None = None
        server.sessions[self] = None

    async def get_raw_connection(self) -> SimpleNamespace:
        return SimpleNamespace(driver_connection=self)

    async def add_listener(self, _channel: str, listener: Callable[..., None]) -> None:
        await self._reach()
        self.listener = listener

    def is_closed(self) -> bool:
        """Whether the driver has heard of it."""
        return self.noticed

    def notice(self) -> None:
        self.noticed = True
        self.server.on_noticed(self)

    def get_transaction(self) -> Transaction:
        if self.transaction is None or self.transaction.over:
            self.transaction = Transaction(frozen=self.reads)
        return self.transaction

    async def _reach(self) -> Transaction:
        """A statement travels to the server; the connection may be lost on the way."""
        if self.broken:
            raise InterfaceError("connection is closed")
        transaction = self.get_transaction()
        await pass_moment(self.server)
        if not self.broken and self.server.on_statement(self):  # type: ignore[redundant-expr]
            self.server.cut(self)
        if self.broken:
            raise ConnectionDoesNotExistError("connection was closed in the middle of operation")
        return transaction

    async def execution_options(self, **options: object) -> None:
        self.reads = options.get("isolation_level") == "REPEATABLE READ"

    async def commit(self) -> None:
        transaction, self.transaction = self.transaction, None
        if transaction is None or transaction.over:
            if self.broken:
                raise InterfaceError("connection is closed")
            return
        if not transaction.written and not transaction.locks:
            self.server.end(transaction)
            return
        self.transaction = transaction
        await pass_moment(self.server)
        if self.broken:
            raise ConnectionDoesNotExistError("connection was closed in the middle of operation")
        fault = self.server.on_commit(self)
        if fault == "refused":
            self.server.cut(self)
            raise ConnectionDoesNotExistError("connection was closed in the middle of operation")
        self.committing = True
        answer = self.server.loop.create_future()
        late = self.server.loop.random.uniform(0.3, 4.0) if fault == "late" else 0.0
        self.server.loop.outside(late, self._apply, transaction, answer)
        if fault == "late":
            self.transaction = None  # the server goes on with it, whatever becomes of us
            self.server.cut(self)
            raise ConnectionDoesNotExistError("connection was closed in the middle of operation")
        try:
            await answer
        except asyncio.CancelledError:
            self.server.cut(self)  # nobody hears what became of it
            raise
        finally:
            self.transaction, self.committing = None, False
        if fault == "lost":
            self.server.cut(self)
            raise ConnectionDoesNotExistError("connection was closed in the middle of operation")
        await pass_moment(self.server)

    def _apply(self, transaction: Transaction, answer: "asyncio.Future[None]") -> None:
        if transaction.over:
            if not answer.done():
                answer.set_exception(ConnectionDoesNotExistError("connection was closed in the middle of operation"))
                answer.exception()
            return
        self.server.apply(transaction)
        if not answer.done():
            answer.set_result(None)

    def rollback(self) -> None:
        if self.transaction is not None and not self.transaction.over:
            self.server.end(self.transaction)
        self.transaction = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator["SimulatedConnection"]:
        if self.broken:
            raise InterfaceError("connection is closed")
        self.get_transaction()
        try:
            yield self
        except BaseException:
            self.rollback()
            raise
        await self.commit()

    async def invalidate(self) -> None:
        self.server.cut(self)

    async def close(self) -> None:
        self.rollback()
        self.server.sessions.pop(self, None)
        if self.server.leader is self:
            self.server.leader = None

    # --- statements ---

    async def scalar(self, statement: Any, params: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401
        return (await self.execute(statement, params)).scalar()

    async def execute(self, statement: Any, params: Any = None) -> Result:  # noqa: ANN401
        transaction = await self._reach()
        if isinstance(statement, TextClause):
            return await self._run_text(transaction, statement, params or {})
        if isinstance(statement, Select):
            return await self._select(transaction, statement, params or {})
        sets = params if isinstance(params, list) else [params or {}]
        count, returned = 0, []
        for values in sets:
            if isinstance(statement, Insert):
                await self._insert(transaction, statement, values)
                count += 1
            else:
                rows = await self._change(transaction, statement, values)
                count += len(rows)
                returned += rows
        columns = tuple(column.name for column in getattr(statement, "_returning", ()))
        return Result(
            [make_row(columns)(*[row[name] for name in columns]) for row in returned] if columns else (), count
        )

    async def add_fact(self, **fact: object) -> None:
        """Write down that something was done; nothing keeps it from being written down twice."""
        transaction = await self._reach()
        transaction.written.setdefault("facts", {})[self.server.count(),] = dict(fact)

    async def fetch(self, name: str, key: Key) -> Row | None:
        return self._view(await self._reach(), name).get(key)

    async def put(self, name: str, key: Key, row: Row) -> None:
        transaction = await self._reach()
        await self.server.lock(transaction, (name, key))
        transaction.written.setdefault(name, {})[key] = row

    def _view(self, transaction: Transaction, name: str) -> Mapping[Key, Row]:
        committed: Mapping[Key, Row] = self.server.table(name)
        if transaction.frozen:
            if transaction.snapshot is None:
                transaction.snapshot = {table: dict(rows) for table, rows in self.server.tables.items()}
            committed = transaction.snapshot.get(name, {})
        own = transaction.written.get(name)
        if not own:
            return committed
        seen = {key: row for key, row in committed.items() if key not in own}
        return seen | {key: row for key, row in own.items() if row is not None}

    async def _select(self, transaction: Transaction, statement: Select[Any], params: Mapping[str, Any]) -> Result:
        plan = find_plan(statement)
        view = self._view(transaction, plan.table)
        matches = plan.matches
        rows = [(key, row) for key, row in view.items() if matches(row, params)] if view else []
        if statement._for_update_arg is not None:
            for key, _ in rows:
                await self.server.lock(transaction, (plan.table, key))
            view = self._view(transaction, plan.table)
            rows = [(key, view[key]) for key, _ in rows if key in view and matches(view[key], params)]
        found_rows = [row for _, row in rows]
        if plan.greatest is not None:
            value = plan.greatest
            return Result([(max((value(row, params) for row in found_rows), default=None),)])
        for order in plan.orders:
            found_rows.sort(key=lambda row: order(row, params))
        if plan.most is not None:
            found_rows = found_rows[: params.get(plan.most.key, plan.most.value)]
        make, pick = make_row(plan.names), operator.itemgetter(*plan.names)
        made = [make(pick(row)) if len(plan.names) == 1 else make(*pick(row)) for row in found_rows]
        return Result(list(dict.fromkeys(made)) if statement._distinct else made, len(made))

    async def _change(
        self, transaction: Transaction, statement: Update | Delete, params: Mapping[str, Any]
    ) -> list[Row]:
        """UPDATE or DELETE: what matched is locked, looked at again as it is by then, and changed if it still matches."""
        name = statement.table.name  # type: ignore[union-attr]
        view = self._view(transaction, name)
        if not view:
            return []
        matches, values = find_change(statement)
        changed = []
        for key in [key for key, row in view.items() if matches(row, params)]:
            await self.server.lock(transaction, (name, key))
            row = self._view(transaction, name).get(key)
            if row is None or not matches(row, params):
                continue
            if isinstance(statement, Update):
                row = row | {column: value(row, params) for column, value in values.items()}
            transaction.written.setdefault(name, {})[key] = row if isinstance(statement, Update) else None
            changed.append(row)
        return changed

    async def _insert(self, transaction: Transaction, statement: Insert, row: Row) -> None:
        name = statement.table.name
        key = tuple(row[column.name] for column in statement.table.primary_key)
        await self.server.lock(transaction, (name, key))
        known = self._view(transaction, name).get(key)
        new = DEFAULTS.get(name, {}) | {"seq": self.server.count()} | row
        if known is not None:
            conflict = statement._post_values_clause
            if conflict is None:
                raise UniqueViolationError(f"{name} {key} is there already")
            new = known | {column: row[column] for column in dict(conflict.update_values_to_set)}  # type: ignore[attr-defined]
        transaction.written.setdefault(name, {})[key] = new

    async def _run_text(self, transaction: Transaction, statement: TextClause, params: Mapping[str, Any]) -> Result:
        text = statement.text
        if text.startswith("INSERT INTO inbox"):
            return await self._record(transaction, params["keys"], statement._bindparams["now"].value)
        if text.startswith("DELETE FROM timers"):
            return await self._claim_timers(transaction, params["keys"], statement._bindparams["now"].value)
        if "pg_advisory_xact_lock(" in text:
            for number in params["numbers"]:
                await self.server.lock(transaction, ("advisory", number))
            return Result()
        if "pg_try_advisory_lock" in text:
            if self.server.leader is None:
                self.server.leader = self
            return Result([(self.server.leader is self,)])
        if "pg_advisory_unlock" in text:
            if self.server.leader is self:
                self.server.leader = None
            return Result([(True,)])
        if "pg_notify" in text:
            for session in self.server.sessions:
                if session.listener is not None:
                    self.server.loop.inside(session.process, 0.001, session.listener, session, 0, "", params["schema"])
            return Result()
        if "clock_timestamp" in text:
            return Result([(EPOCH.timestamp() + self.server.loop.now,)])
        assert text == "SELECT 1", text
        return Result([(1,)])

    async def _record(self, transaction: Transaction, keys: str, now: object) -> Result:
        """INSERT … ON CONFLICT DO NOTHING waits for the transaction that is inserting the same key."""
        new = []
        for source, key in msgspec.json.decode(keys):
            if (source, key) in self._view(transaction, "inbox"):
                continue
            await self.server.lock(transaction, ("inbox", (source, key)))
            if (source, key) in self._view(transaction, "inbox"):
                continue
            row = {"source": source, "key": key, "lane": "", "state": "done", "attempts": 0, "received_at": now}
            transaction.written.setdefault("inbox", {})[source, key] = row | {"payload": None, "error": None}
            new.append((source, key))
        return Result(new, len(new))

    async def _claim_timers(self, transaction: Transaction, keys: str, now: Any) -> Result:  # noqa: ANN401
        """FOR UPDATE SKIP LOCKED: what another takes is left to it."""
        wanted = {tuple(key) for key in msgspec.json.decode(keys)}
        taken = []
        for key, row in list(self._view(transaction, "timers").items()):
            lock = ("timers", key)
            if (
                key not in wanted
                or row["due_at"] > now
                or (lock in self.server.locks and lock not in transaction.locks)
            ):
                continue
            await self.server.lock(transaction, lock)
            transaction.written.setdefault("timers", {})[key] = None
            taken.append(key)
        return Result(taken, len(taken))


async def pass_moment(server: Server) -> None:
    """Let others go on, for no time or for a while."""
    delay = server.on_delay(OWNER.get())
    if delay:
        await asyncio.sleep(delay)
    else:
        await asyncio.sleep(0)


class _Connecting:
    """What `engine.connect()` gives: awaited, or entered."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._made: SimulatedConnection | None = None

    def __await__(self) -> Any:  # noqa: ANN401
        return self._connect().__await__()

    async def _connect(self) -> SimulatedConnection:
        await pass_moment(self._server)
        if self._server.away:
            raise ConnectionRefusedError("the database is not there")
        return SimulatedConnection(self._server)

    async def __aenter__(self) -> SimulatedConnection:
        self._made = await self._connect()
        return self._made

    async def __aexit__(self, *_: object) -> None:
        if self._made is not None:
            await self._made.close()


class SimulatedEngine:
    """The engine of one process."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def connect(self) -> _Connecting:
        return _Connecting(self._server)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[SimulatedConnection]:
        async with self.connect() as connection, connection.begin():
            yield connection


@cache
def make_row(names: tuple[str, ...]) -> Callable[..., Any]:
    return namedtuple("Row", names, rename=True)  # noqa: PYI024 -- columns are known when they are asked for
