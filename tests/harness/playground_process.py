"""The whole playground for tests: `python -m playground.company` as a process, its page and its panel over HTTP."""

import asyncio
import fcntl
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self

import aiohttp

ANNA, WANG, LI, ZHAO, CHEN, SHEN = 5_100_001, 5_100_002, 5_100_003, 5_100_004, 5_100_006, 5_100_015
TRANSPORT = -1_002_100_000_001


class Playground:
    """A playground; `url` is known once it was entered."""

    def __init__(self, *options: str, days: int | None = None) -> None:
        self.url = ""
        self._options = ("--port", "0", *(("--days", str(days)) if days else ()), *options)
        self._process: Process | None = None
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._process = await launch(*self._options)
        assert self._process.stdout is not None
        async with asyncio.timeout(300):
            line = (await self._process.stdout.readline()).decode().strip()
        assert line.startswith("Huifang playground: http"), line
        self.url = line.partition(": ")[2]
        self._http = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.end()
        assert self._http is not None
        await self._http.close()

    async def end(self) -> tuple[int, str]:
        """Ctrl-C; the exit code and what was still printed."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGINT)
        out, _ = await self._process.communicate()
        assert self._process.returncode is not None
        return self._process.returncode, out.decode()

    async def ask(self, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
        """A request under /play: its status and JSON."""
        assert self._http is not None
        verb = "GET" if body is None else "POST"
        async with self._http.request(verb, f"{self.url}/play/{path}", json=body) as response:
            return response.status, await response.json()

    async def play(self, path: str, body: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 -- JSON
        status, answer = await self.ask(path, body)
        assert status == 200, answer
        return answer

    async def ready(self) -> None:
        """Wait until the past is loaded and the panel does what it is asked."""
        end = monotonic() + 300
        try:
            while (refused := (await self.ask("clock", {"advance": 0})))[0] != 200:
                assert monotonic() < end, refused
                await asyncio.sleep(0.2)
        except aiohttp.ClientConnectionError:
            raise AssertionError(await self.end()) from None

    async def log(self) -> list[str]:
        lines: list[str] = (await self.play("state"))["process"]["log"]
        return lines


def live_once(folder: Path, days: int) -> Path:
    """A playground's folder whose past is loaded, to be copied: the first process of the test run that wants it makes it."""
    lived = folder / "lived"
    with (folder / "lived.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not lived.exists():
            asyncio.run(_live(folder / "living", days))
            (folder / "living").rename(lived)
    return lived


async def _live(folder: Path, days: int) -> None:
    async with Playground(*make_own_folder(folder), days=days) as playground:
        await playground.ready()
        assert not find_troubles(await playground.log())


async def launch(*options: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "playground.company", *options, stdout=PIPE, stderr=STDOUT
    )


def find_troubles(log: list[str]) -> list[str]:
    """Lines that a bot in good health does not print."""
    return [line for line in log if any(word in line for word in ("ERROR", "WARNING", "Traceback", "Error:"))]


def make_own_folder(path: Path) -> tuple[str, str]:
    return "--data", str(path)
