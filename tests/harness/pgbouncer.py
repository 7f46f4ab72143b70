"""PgBouncer as Debian packages it, in transaction mode before a PostgreSQL of the tests; to be killed and started again."""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.harness.bot_process import find_free_port

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
needs_pgbouncer = pytest.mark.skipif(PROGRAM is None, reason="pgbouncer is not installed: apt-get install pgbouncer")

SETTINGS = """
[databases]
{databases}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {pool_size}
max_client_conn = 500
server_login_retry = 1
query_wait_timeout = 30
"""
"""What docs/postgresql.md says, but for passwords and sizes."""


@dataclass
class PgBouncer:
    """Its process; the databases are those of the settings it was started with."""

    folder: Path
    port: int
    owner: str | None
    process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def place(self, url: str, name: str = "") -> str:
        """The URL of this database through the pooler, or of the entry of another name."""
        given = make_url(url)
        through = given.set(host="127.0.0.1", port=self.port, database=name or given.database, query={})
        return through.render_as_string(hide_password=False)

    async def start(self) -> None:
        """Start it, and wait until it listens."""
        assert PROGRAM is not None
        command = [PROGRAM, str(self.folder / "pgbouncer.ini")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, user=self.owner)  # noqa: ASYNC220 -- it returns at once
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                if self.process.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                await asyncio.sleep(0.02)
            else:
                writer.close()
                return

    async def kill(self) -> None:
        """SIGKILL: all of its connections are gone, to either side."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            await asyncio.to_thread(self.process.wait)
            self.process = None

    async def mend(self) -> None:
        """Have it running, whatever was done to it."""
        if self.process is None or self.process.poll() is not None:
            await self.start()


@asynccontextmanager
async def run_pgbouncer(
    url: str, *, pool_size: int = 3, entries: dict[str, str] | None = None
) -> AsyncIterator[PgBouncer]:
    """The pooler before the PostgreSQL of this URL, whose socket it finds there.

    `pool_size` connections to the server are fewer than the bots have, so that a statement often meets another connection than the one
    before it. `entries` are further databases by name, with what PgBouncer asks of each.
    """
    with tempfile.TemporaryDirectory(prefix="huifang-pgbouncer-") as folder:
        pooler = _prepare(Path(folder), url, pool_size, entries or {})
        await pooler.start()
        try:
            yield pooler
        finally:
            with suppress(ProcessLookupError):
                await pooler.kill()


def _prepare(folder: Path, url: str, pool_size: int, entries: dict[str, str]) -> PgBouncer:
    """Its settings; it will not run as root, and the server's socket is its owner's: it runs as that one."""
    given, port = make_url(url), find_free_port()
    socket = str(given.query["host"])
    reach = f"host={socket} port={given.query.get('port', given.port or 5432)} user={given.username}"
    named = [f"{name} = {reach} dbname={given.database} {extra}" for name, extra in entries.items()]
    databases = "\n".join([*named, f"* = {reach}"])
    (folder / "pgbouncer.ini").write_text(SETTINGS.format(databases=databases, port=port, pool_size=pool_size))
    owner = Path(socket).stat().st_uid
    if owner == os.getuid():
        return PgBouncer(folder, port, None)
    name = pwd.getpwuid(owner).pw_name
    for path in (folder, folder / "pgbouncer.ini"):
        shutil.chown(path, name)
    return PgBouncer(folder, port, name)
