"""PostgreSQL under Patroni: two servers of Debian's packages on loopback, etcd beside them; the leader is killed, the other takes over.

Commits are synchronous (`synchronous_mode`): what a client was told is on both, so that a leader may be lost without a row.
"""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import asyncpg
import psutil

from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from tests.harness.bot_process import find_free_port
from tests.harness.databases import SECRET, create, make_url

TEMPLATE = "migrated"
START_SECONDS = 120.0
PROGRAMS = {name: shutil.which(name) for name in ("patroni", "etcd")}
SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
USER = "postgres"
"""Neither PostgreSQL nor its packages run as root."""

SETTINGS = """
scope: huifang
name: {name}
restapi: {{listen: "127.0.0.1:{rest}", connect_address: "127.0.0.1:{rest}"}}
etcd3: {{host: "127.0.0.1:{etcd}"}}
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 2
    retry_timeout: 5
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      parameters: {{max_connections: 200, wal_keep_size: 256MB, tcp_keepalives_idle: 5}}
  initdb: [{{encoding: UTF8}}, {{locale: C.UTF-8}}, data-checksums]
  pg_hba: ["local all all trust", "host all all 127.0.0.1/32 trust", "host replication all 127.0.0.1/32 trust"]
postgresql:
  listen: "127.0.0.1:{port}"
  connect_address: "127.0.0.1:{port}"
  data_dir: {folder}/data
  bin_dir: {programs}
  pgpass: {folder}/pgpass
  authentication: {{superuser: {{username: postgres}}, replication: {{username: standby}}, rewind: {{username: rewinder}}}}
  parameters: {{unix_socket_directories: "{folder}"}}
"""
"""What docs/postgresql.md says, but for passwords."""


_IS_KNOWN = "SELECT count(*) FROM pg_database WHERE datname = $1"


def find_missing() -> list[str]:
    """What has to be installed first."""
    missing = [{"patroni": "patroni", "etcd": "etcd-server"}[name] for name, path in PROGRAMS.items() if path is None]
    return missing + ([] if SERVERS else ["postgresql"])


@dataclass
class Node:
    """One server and the Patroni that looks after it."""

    name: str
    folder: Path
    port: int
    rest: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(PROGRAMS["patroni"]), str(self.folder / "patroni.yml")],
                stdout=log,
                stderr=log,
                user=_find_user(),
                cwd=self.folder,
                env=os.environ | {"LC_ALL": "C.UTF-8"},
            )

    async def kill(self) -> None:
        """As if the machine were gone: Patroni and every process of the server get SIGKILL."""
        processes: list[psutil.Process] = []
        with suppress(OSError, ValueError, IndexError, psutil.NoSuchProcess):
            server = psutil.Process(int((self.folder / "data" / "postmaster.pid").read_text().split()[0]))
            processes += [server, *server.children(recursive=True)]
        if self.process is not None:
            with suppress(psutil.NoSuchProcess):
                guard = psutil.Process(self.process.pid)
                processes = [guard, *guard.children(recursive=True), *processes]
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        if self.process is not None:
            await asyncio.to_thread(self.process.wait)
            self.process = None
        await asyncio.to_thread(psutil.wait_procs, processes, 10)


@dataclass
class Cluster:
    """Both servers; `leader` is the one that takes writes."""

    folder: Path
    nodes: list[Node]
    http: aiohttp.ClientSession
    has_template: bool = False
    away: list[float] = field(default_factory=list)
    """For how many seconds no server took writes, at each fail-over."""

    @property
    def uri(self) -> str:
        """Whichever is the primary; a driver tries one after the other."""
        hosts, ports = ",".join("127.0.0.1" for _ in self.nodes), ",".join(str(node.port) for node in self.nodes)
        return f"postgresql://postgres@/postgres?host={hosts}&port={ports}&target_session_attrs=primary"

    async def make_template(self) -> str:
        """The name of a migrated, empty database, made once."""
        if not self.has_template:
            await create(self.uri, "template1", TEMPLATE)
            await self.wait_until_known(TEMPLATE)
            database = Database(make_url(self.uri, TEMPLATE), Keyring([SECRET]))
            await schema.migrate(database)
            await database.close()
            self.has_template = True
        return TEMPLATE

    async def wait_until_known(self, name: str) -> None:
        """A new database is known to the standby a moment later; a driver that asks it first would end there."""
        for node in self.nodes:
            connection = await asyncpg.connect(host="127.0.0.1", port=node.port, user="postgres", database="postgres")
            while not await connection.fetchval(_IS_KNOWN, name):  # noqa: ASYNC110 -- a server cannot signal
                await asyncio.sleep(0.05)
            await connection.close()

    async def list_roles(self) -> dict[str, str]:
        """The role of each server that runs, as Patroni has it."""
        for node in self.nodes:
            with suppress(aiohttp.ClientError, TimeoutError):
                async with self.http.get(
                    f"http://127.0.0.1:{node.rest}/cluster", timeout=aiohttp.ClientTimeout(2)
                ) as answer:
                    members = (await answer.json())["members"]
                    return {one["name"]: one["role"] for one in members if one["state"] in {"running", "streaming"}}
        return {}

    async def wait_until_whole(self) -> Node:
        """Until one leads and the other has everything that is committed; the one that leads."""
        end = time.monotonic() + START_SECONDS
        while True:
            roles = await self.list_roles()
            if sorted(roles.values()) == ["leader", "sync_standby"]:
                return next(node for node in self.nodes if roles.get(node.name) == "leader")
            if time.monotonic() > end:
                logs = "\n".join((node.folder / "log").read_text()[-2000:] for node in self.nodes)
                raise RuntimeError(f"not whole after {START_SECONDS:.0f} s: {roles}\n{logs}")
            await asyncio.sleep(0.2)

    async def fail_over(self) -> None:
        """Kill the leader; when the other has taken over, start it again, and wait until it has caught up."""
        leader = await self.wait_until_whole()
        began = time.monotonic()
        await leader.kill()
        while not await self._takes_writes():
            if time.monotonic() - began > START_SECONDS:
                raise RuntimeError("nobody has taken over")
            await asyncio.sleep(0.1)
        self.away.append(time.monotonic() - began)
        leader.start()
        await self.wait_until_whole()

    async def mend(self) -> None:
        """Whatever was done: both run, one leads."""
        for node in self.nodes:
            if node.process is None or node.process.poll() is not None:
                node.start()
        await self.wait_until_whole()

    async def _takes_writes(self) -> bool:
        try:
            connection = await asyncpg.connect(self.uri, timeout=2)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
            return False
        try:
            return bool(await connection.fetchval("SELECT NOT pg_is_in_recovery()"))
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False
        finally:
            connection.terminate()


@asynccontextmanager
async def run_cluster() -> AsyncIterator[Cluster]:
    """etcd, two servers, and everything that they have written, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="huifang-patroni-", ignore_cleanup_errors=True) as made:
        folder, etcd, peer = Path(made), find_free_port(), find_free_port()
        _hand_over(folder)
        here = f"http://127.0.0.1:{etcd}"
        command = [str(PROGRAMS["etcd"]), "--data-dir", str(folder / "etcd"), "--listen-client-urls", here]
        command += ["--advertise-client-urls", here, "--listen-peer-urls", f"http://127.0.0.1:{peer}"]
        command += [
            f"--initial-advertise-peer-urls=http://127.0.0.1:{peer}",
            f"--initial-cluster=default=http://127.0.0.1:{peer}",
        ]
        with (folder / "etcd.log").open("ab") as log:
            keeper = subprocess.Popen(command, stdout=log, stderr=log, user=_find_user())  # noqa: ASYNC220 -- it returns at once
        nodes = [_prepare(folder / name, name, etcd) for name in ("one", "two")]
        async with aiohttp.ClientSession() as http:
            cluster = Cluster(folder, nodes, http)
            try:
                for node in nodes:
                    node.start()
                await cluster.wait_until_whole()
                yield cluster
            finally:
                for node in nodes:
                    await node.kill()
                keeper.kill()
                keeper.wait()


def _prepare(folder: Path, name: str, etcd: int) -> Node:
    folder.mkdir()
    node = Node(name, folder, find_free_port(), find_free_port())
    text = SETTINGS.format(
        name=name, rest=node.rest, etcd=etcd, port=node.port, folder=folder, programs=SERVERS[-1].parent
    )
    (folder / "patroni.yml").write_text(text)
    _hand_over(folder)
    _hand_over(folder / "patroni.yml")
    return node


def _find_user() -> str | None:
    return USER if os.getuid() == 0 else None


def _hand_over(path: Path) -> None:
    if os.getuid() == 0:
        shutil.chown(path, USER, pwd.getpwnam(USER).pw_gid)
