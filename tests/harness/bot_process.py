"""A real bot process for tests: its folder, its environment, started, killed and started again."""

import asyncio
import os
import shutil
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Self

import aiohttp

from bot.clock import Clock
from tests.harness import databases
from tests.harness.forks import CAN_FORK, ForkedProcess, fork_huifang

TOKEN, SECRET = "123456:test-token", databases.SECRET
EXAMPLE = Path(__file__).parents[2] / "bot" / "example"
START_SECONDS = 120
"""Many times what a start takes: only a bot that does not start at all is given up."""


@dataclass
class Bot:
    """`huifang run` against a local Telegram. `url` and `manager_code` are known once it was started."""

    folder: Path
    telegram: str
    database: str
    webhook: bool = False
    extra: dict[str, str] = field(default_factory=dict)
    forked: bool = CAN_FORK
    url: str = ""
    manager_code: str = ""
    lines: list[str] = field(default_factory=list)
    kills: int = 0
    starts: int = 0
    _process: ForkedProcess | Process | None = None
    _reader: "asyncio.Task[None] | None" = None
    _port: int = 0

    @property
    def environment(self) -> dict[str, str]:
        env = {key: value for key, value in os.environ.items() if not key.startswith("HUIFANG_")}
        env |= {
            "HUIFANG_CONFIG": str(self.folder / "huifang.toml"),
            "HUIFANG_TOKEN": TOKEN,
            "HUIFANG_BOT_API": self.telegram,
            "HUIFANG_DATABASE": self.database,
            "HUIFANG_LISTEN": f"127.0.0.1:{self._port}",
            "HUIFANG_SECRET": SECRET,
            "HUIFANG_RATE": "0",
            "HUIFANG_CLOCK": str(self.folder / "clock"),
        }
        if self.webhook:
            env["HUIFANG_WEBHOOK"] = f"http://127.0.0.1:{self._port}"
        return env | self.extra

    async def __aenter__(self) -> Self:
        if not (self.folder / "huifang.toml").exists():
            write_company(self.folder)
        if self.webhook and not self._port:
            self._port = find_free_port()
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def huifang(self, *arguments: str) -> str:
        """Run another command of the command line in the bot's environment; its standard output. Raises when it fails."""
        code, out, err = await run_huifang(arguments, self.environment)
        if code:
            raise RuntimeError(f"huifang {' '.join(arguments)}: {err}")
        return out.strip()

    async def start(self, *, wait: bool = True) -> None:
        """Start the process; with `wait`, until it says that it is ready."""
        self.starts += 1
        with (self.folder / "bot.log").open("ab") as log:
            self._process = await start_huifang(["run"], self.environment, log.fileno(), is_forked=self.forked)
        assert self._process.stdout is not None
        while wait:
            async with asyncio.timeout(START_SECONDS):
                line = (await self._process.stdout.readline()).decode().strip()
            if not line:
                raise RuntimeError(f"the bot ended before it was ready:\n{self.log()}")
            self._note(line)
            if line == "ready":
                break
        self._reader = asyncio.create_task(self._read(self._process.stdout))

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def ended(self) -> int:
        """Wait until the process is gone; its exit code."""
        assert self._process is not None
        return await self._process.wait()

    async def kill(self) -> None:
        """SIGKILL: as a power cut."""
        if self.alive and self._process is not None:
            self._process.kill()
            self.kills += 1
        await self._gone()

    async def stop(self) -> None:
        """SIGTERM, and wait."""
        if self.alive and self._process is not None:
            self._process.terminate()
        await self._gone()

    async def clock(self, seconds: float) -> None:
        """Move the bot's clock ahead by so many seconds in all."""
        (self.folder / "clock").write_text(str(seconds))

    def now(self) -> datetime:
        """The time on the bot's clock."""
        return Clock(self.folder / "clock").now()

    def log(self) -> str:
        path = self.folder / "bot.log"
        return path.read_text(errors="replace") if path.exists() else ""

    async def deliver(self, items: Sequence[dict[str, Any]], *, source: str = "erp") -> list[dict[str, Any]]:
        """POST deliveries with a token of this source; the results."""
        path = self.folder / f"token-{source}"
        if not path.exists():
            path.write_text(await self.huifang("api-token", "create", source))
        headers = {"Authorization": f"Bearer {path.read_text()}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.post(f"{self.url}/api/v1/deliveries", json=list(items)) as response,
        ):
            assert response.status == 200, await response.text()
            results: list[dict[str, Any]] = (await response.json())["results"]
            return results

    async def _gone(self) -> None:
        if self._process is not None:
            await self._process.wait()
        if self._reader is not None:
            await self._reader
            self._reader = None

    async def _read(self, stream: asyncio.StreamReader) -> None:
        while line := (await stream.readline()).decode().strip():
            self._note(line)

    def _note(self, line: str) -> None:
        self.lines.append(line)
        if line.startswith("manager code: "):
            self.manager_code = line.removeprefix("manager code: ")
        if line.startswith("listening on "):
            self.url = line.removeprefix("listening on ")
            self._port = int(self.url.rpartition(":")[2])


async def start_huifang(
    arguments: Sequence[str], environment: Mapping[str, str], err: int, *, is_forked: bool = CAN_FORK
) -> ForkedProcess | Process:
    """A command of the command line as a process of its own: its standard output is read as it comes, its errors go to the file `err`."""
    if is_forked:
        return await fork_huifang(arguments, environment, err)
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, env=environment, stdout=PIPE, stderr=err
    )


async def run_huifang(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[int, str, str]:
    """Such a command from its start to its end: the exit code, what it said and what it complained of."""
    with TemporaryFile() as errors:
        process = await start_huifang(arguments, environment, errors.fileno())
        assert process.stdout is not None
        out = await process.stdout.read()
        code = await process.wait()
        errors.seek(0)
        return code, out.decode(), errors.read().decode()


def write_company(folder: Path) -> None:
    """What `huifang init --yes` writes, for customers who are asked at any hour."""
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    ask_around_the_clock(folder)


def ask_around_the_clock(folder: Path) -> None:
    """The company of this folder writes to its customers at any hour, so that a story may be told at night."""
    config = folder / "huifang.toml"
    text = config.read_text("utf-8").replace('ask_from = "09:00"', 'ask_from = "00:00"')
    config.write_text(text.replace('ask_until = "21:00"', 'ask_until = "24:00"'), "utf-8")


def find_free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def parse_start_parameter(link: str) -> str:
    """The start parameter of a delivery's link."""
    return link.partition("start=")[2]
