"""Supervisor of the real bot as a separate, ordinary process: `python -m bot run`, started, stopped, killed, and listened to.

1. Nothing is shared with it but its environment, what it prints, and HTTP.
2. It is in our process group, so that Ctrl-C in a terminal reaches it too; `stop` waits until it has ended by itself.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path

from playground.shape.wire import Json

LOG_LINES = 200
SHOWN_LINES = 60
LONGEST_LINE = 1 << 20
START_SECONDS = 60.0
STOP_SECONDS = 15.0


class ProcessError(Exception):
    """The bot did not do what was asked; the message says why."""


class BotProcess:
    """One bot.

    Args:
        environment: the whole environment of the process; changes to it take effect at the next start.
        log: the file in which what the bot prints is kept.
    """

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.environment = environment
        self.changed: Callable[[], None] = lambda: None
        """Called when the process starts, is ready, or ends, and when it prints something."""
        self.url = ""
        self.manager_code = ""
        self._path = log
        self._lines: deque[str] = deque(maxlen=LOG_LINES)
        self._process: Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._turn = asyncio.Lock()

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def running(self) -> bool:
        """Whether it is up and has said that it is ready."""
        return self.alive and self._ready.is_set()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None and self.alive else None

    def state(self) -> Json:
        state = "running" if self.running else "starting" if self.alive else "stopped"
        return {"state": state, "pid": self.pid, "log": self.log()[-SHOWN_LINES:]}

    def log(self) -> list[str]:
        """The newest lines it printed, across restarts."""
        return list(self._lines)

    async def start(self, past: Awaitable[bytes] | None = None) -> None:
        """Start it and wait until it is ready; does nothing if it is running. Raises ProcessError when it does not get ready.

        A `past` is loaded first; the process gets itself ready for that while the past is still being written.
        """
        async with self._turn:
            if self.alive:
                return
            self._ready.clear()
            arguments, given = (("run",), DEVNULL) if past is None else (("run", "--past", "-"), PIPE)
            self._process = await asyncio.create_subprocess_exec(
                *_bot_command(*arguments),
                env=self.environment,
                stdin=given,
                stdout=PIPE,
                stderr=STDOUT,
                limit=LONGEST_LINE,
            )
            self._reader = asyncio.create_task(self._read(self._process))
            self.changed()
            if past is not None:
                await _tell(self._process, await past)
            ready = asyncio.create_task(self._ready.wait())
            try:
                await asyncio.wait({ready, self._reader}, timeout=START_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            finally:
                ready.cancel()
            if not self._ready.is_set():
                await self._end(force=True)
                raise ProcessError(self._last_words())

    async def stop(self) -> None:
        """Send SIGTERM and wait until it has ended; kill it if it does not."""
        async with self._turn:
            await self._end(force=False)

    async def kill(self) -> None:
        """Send SIGKILL, which is like a power cut."""
        async with self._turn:
            await self._end(force=True)

    async def command(self, *arguments: str) -> str:
        """Run another command of the command line; returns its standard output. Raises ProcessError when it fails."""
        process = await asyncio.create_subprocess_exec(
            *_bot_command(*arguments), env=self.environment, stdout=PIPE, stderr=PIPE
        )
        out, err = await process.communicate()
        if process.returncode:
            raise ProcessError(f"huifang {' '.join(arguments)}: {err.decode(errors='replace').strip()}")
        return out.decode().strip()

    async def _end(self, *, force: bool) -> None:
        process, reader = self._process, self._reader
        if process is None or reader is None:
            return
        if process.returncode is None:
            process.kill() if force else process.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await asyncio.shield(reader)
        except TimeoutError:
            process.kill()
            await reader

    async def _read(self, process: Process) -> None:
        assert process.stdout is not None  # noqa: S101  it was asked for
        with self._path.open("a", encoding="utf-8") as kept:
            async for raw in process.stdout:
                line = raw.decode(errors="replace").rstrip()
                kept.write(line + "\n")
                kept.flush()
                self._note(line)
        await process.wait()
        self._lines.append(f"(ended with {process.returncode})")
        self.changed()

    def _note(self, line: str) -> None:
        name, _, value = line.partition(": ")
        if name == "manager code":
            self.manager_code = value
            line = f"{name}: …"
        self._lines.append(line)
        if line.startswith("listening on "):
            self.url = line.removeprefix("listening on ")
        if line == "ready":
            self._ready.set()
        self.changed()

    def _last_words(self) -> str:
        said = [line for line in self._lines if not line.startswith("(ended")]
        return f"the bot did not start: {said[-1] if said else 'it said nothing'}"


async def _tell(process: Process, past: bytes) -> None:
    """All of it on standard input; a process that has ended says why by itself."""
    assert process.stdin is not None  # noqa: S101 -- it was asked for
    with suppress(ConnectionError):
        process.stdin.write(past)
        await process.stdin.drain()
    process.stdin.close()


def _bot_command(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "bot", *arguments)


def clean_environment(machine: Mapping[str, str], **own: str) -> dict[str, str]:
    """The machine's environment with only our own settings of the bot, and with local addresses kept off proxies."""
    kept = {name: value for name, value in machine.items() if not name.startswith("HUIFANG_")}
    here = {"NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost"}
    return kept | here | {f"HUIFANG_{name.upper()}": value for name, value in own.items()}
