"""Contenders: the bots that are compared, how each is started on its core, and how each is stopped whatever happens."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from http1 import Params

HERE = Path(__file__).parent
TOKEN = "4242:benchmark"  # noqa: S105 - of a server that lives for one round
BOT_CORE = "0"
COMMENT_BEGINS = "  - id: comment\n"
FIFTH_QUESTION = """\
  - id: again
    type: rating
    text: {en: "Would you order with us again?", zh: "您还会再次下单吗？"}

"""
TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


class BotFailedError(Exception):
    """The bot did not start, or ended while it was being measured."""


@dataclass
class Bot:
    """A running bot: one session of processes on its own core."""

    name: str
    folder: Path
    process: subprocess.Popen[bytes]
    payloads: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def check(self) -> None:
        """Raises BotFailedError when the bot has ended."""
        if self.process.poll() is not None:
            raise BotFailedError(f"{self.name} ended with {self.process.returncode}:\n{self.log()[-3000:]}")

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def cpu(self) -> float:
        """CPU time in seconds of all its processes so far, user and system."""
        return sum(int(stat[11]) + int(stat[12]) for stat in self._stats()) / TICK

    def resident(self) -> int:
        """Resident memory in bytes now, all its processes together."""
        return sum(int(stat[21]) for stat in self._stats()) * PAGE

    def resident_sizes(self) -> dict[int, int]:
        """Resident memory in bytes of each of its processes, by process id: /proc/PID/smaps_rollup, which counts page by page."""
        sizes = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                if int(path.read_text().rpartition(")")[2].split()[3]) == self.process.pid:
                    rollup = path.with_name("smaps_rollup").read_text()
                    sizes[int(path.parent.name)] = int(rollup.partition("Rss:")[2].split()[0]) * 1024
        return sizes

    def _stats(self) -> Iterable[list[str]]:
        """The fields of /proc/PID/stat from the third on (proc(5)), for every process in the bot's session."""
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                fields = path.read_text().rpartition(")")[2].split()
                if int(fields[3]) == self.process.pid:
                    yield fields


def machine_cpu() -> float:
    """CPU time in seconds that the whole machine has spent, on anything (including stolen time)."""
    user, nice, system, _, _, *rest = map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:9])
    return (user + nice + system + sum(rest)) / TICK


@contextlib.asynccontextmanager
async def start(
    name: str, api: str, webhook: "asyncio.Future[Params]", links: int, *, data: Path, uvloop: bool
) -> AsyncIterator[Bot]:
    """Start a bot in a temporary folder and wait until it takes updates; stop it when the block ends."""
    with tempfile.TemporaryDirectory(prefix=f"bench-{name}-", dir=data, ignore_cleanup_errors=True) as made:
        folder, url = Path(made), f"http://127.0.0.1:{free_port()}"
        environment = {**os.environ, **huifang_settings(api, url)}
        if name == "huifang":
            await found(folder, environment)
            command = [huifang_program(), "run"]
        else:
            command = [sys.executable, str(HERE / "bots" / f"{name}_bot.py"), api, url]
            command += ["--uvloop"] if uvloop else []
        bot = launch(name, folder, environment, command)
        try:
            await _until_ready(bot, webhook)
            if name == "huifang":
                await hand_in(bot, environment, url, links)
            else:
                bot.payloads = [f"delivery-{n}" for n in range(links)]
            yield bot
        finally:
            await end(bot.process)


async def found(folder: Path, environment: dict[str, str]) -> None:
    """Write the example company into this folder, with as many questions as its peers ask."""
    await _huifang(folder, environment, "init", "--yes")
    _ask_five(folder / "surveys" / "delivery.yaml")


def launch(name: str, folder: Path, environment: dict[str, str], command: list[str]) -> Bot:
    """Start a bot on its core; what it prints is in the file `log`."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, str(HERE / "pinned.py"), BOT_CORE, *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Bot(name, folder, process)


async def end(process: subprocess.Popen[bytes]) -> None:
    """Ask the bot to stop, give it five seconds in which the API still answers, then kill its whole session."""
    try:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(process.wait, 5)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


async def _until_ready(bot: Bot, webhook: "asyncio.Future[Params]") -> None:
    """A bot is ready once it has told Telegram its address, Huifang also once it says so."""
    deadline = time.monotonic() + 60
    while not webhook.done() or (bot.name == "huifang" and "ready" not in bot.log().split("\n")):
        bot.check()
        if time.monotonic() > deadline:
            raise BotFailedError(f"{bot.name} was not ready within 60 s:\n{bot.log()[-3000:]}")
        await asyncio.sleep(0.02)


def huifang_settings(api: str, url: str) -> dict[str, str]:
    return {
        "HUIFANG_TOKEN": TOKEN,
        "HUIFANG_SECRET": "benchmark-secret-of-one-round-0123456789",
        "HUIFANG_BOT_API": api,
        "HUIFANG_WEBHOOK": url,
        "HUIFANG_LISTEN": url.removeprefix("http://"),
        "HUIFANG_RATE": "0",
    }


def huifang_program() -> str:
    """The installed command. Raises BotFailedError when there is none."""
    program = Path(sys.executable).with_name("huifang")
    if not program.exists():
        raise BotFailedError(f"{program} is missing; install the project into this virtual environment")
    return str(program)


async def _huifang(folder: Path, environment: dict[str, str], *command: str) -> str:
    """Run a short command of Huifang; returns what it printed."""
    process = await asyncio.create_subprocess_exec(
        huifang_program(),
        *command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        out, err = await asyncio.wait_for(process.communicate(), 60)
    except TimeoutError as late:
        process.kill()
        raise BotFailedError(f"huifang {' '.join(command)} took over 60 s") from late
    if process.returncode:
        raise BotFailedError(f"huifang {' '.join(command)} exited with {process.returncode}:\n{err.decode()[-3000:]}")
    return out.decode().strip()


def _ask_five(survey: Path) -> None:
    """Give the example company's survey the fifth rating that the contenders ask, so that all conversations are equally long."""
    words = survey.read_text(encoding="utf-8")
    if COMMENT_BEGINS not in words:
        raise BotFailedError(f"{survey} has no comment question to put the fifth rating before")
    survey.write_text(words.replace(COMMENT_BEGINS, FIFTH_QUESTION + COMMENT_BEGINS), encoding="utf-8")


async def hand_in(bot: Bot, environment: dict[str, str], url: str, links: int) -> None:
    """Hand in one delivery per conversation."""
    await deliver(bot, await create_token(bot.folder, environment), url, range(links), time.time())


async def create_token(folder: Path, environment: dict[str, str], name: str = "bench") -> str:
    """A new token with which deliveries may be handed in."""
    return await _huifang(folder, environment, "api-token", "create", name)


async def deliver(bot: Bot, token: str, url: str, numbers: range, at: float) -> None:
    """Hand in the deliveries with these numbers, of this moment, in arrays of 1,000, and keep the payloads of their links.

    Raises BotFailedError when one is not accepted.
    """
    from aiohttp import ClientSession

    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
    links = len(numbers)
    batches = [
        msgspec.json.encode([make_delivery(n, moment) for n in numbers[first : first + 1000]])
        for first in range(0, links, 1000)
    ]
    before, began = bot.cpu(), time.perf_counter()
    async with ClientSession() as session:
        for batch in batches:
            async with session.post(f"{url}/api/v1/deliveries", data=batch, headers=headers) as answer:
                if answer.status != 200:
                    raise BotFailedError(f"deliveries were answered {answer.status}: {(await answer.text())[:500]}")
                for result in (await answer.json())["results"]:
                    if result["status"] != "accepted":
                        raise BotFailedError(f"a delivery was not accepted: {result}")
                    bot.payloads.append(result["link"].partition("start=")[2])
    took = time.perf_counter() - began
    bot.notes.append(
        f"deliveries: {links:,} in arrays of 1,000 at {links / took:,.0f}/s, "
        f"{(bot.cpu() - before) / links * 1e6:,.0f} µs of processor time each"
    )


def make_delivery(number: int, moment: str) -> Params:
    """One delivery as a company's system hands it in."""
    return {
        "waybill": f"SF{number:012d}",
        "delivered_at": moment,
        "customer": {"phone": f"+86138{number:08d}", "name": "Customer", "language": "en"},
        "courier": {"id": f"k{number % 200}", "name": f"Courier {number % 200}"},
        "route": f"R{number % 40}",
        "station": f"S{number % 25}",
        "service": "express",
        "priority": "P2",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
