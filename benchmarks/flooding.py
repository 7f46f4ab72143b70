"""What others notice when one person floods the bot: the time from an update to its commit, with and without a flood beside it.

Everybody writes to one worker on one SQLite file, in one process; Telegram is left out. Rounds without and with floods alternate. Beside
the time by the clock stands the processor time that the process took meanwhile: what else runs on the machine does not move it.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median, quantiles

import msgspec

from bot.app import build_dialogues
from bot.clock import Clock, Ids
from bot.company.company import load_company
from bot.process.worker import Worker
from conversations.buttons import DraftOptionButton, MyCaseButton, pack, unpack
from handlers.turns.services import Services
from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.people import groups
from storage.queue import outbox, timers
from storage.queue.inbox import RawEvent
from storage.queue.outbox import OwedCall
from storage.surveys import ratings
from texts import Texts

EXAMPLE = Path(__file__).parent.parent / "bot" / "example" / "huifang.toml"
OTHERS = 50
"""So many others write one message each in SECONDS_BETWEEN, at random moments: within the limit of thirty a minute."""

SECONDS_BETWEEN = 2.5
FLOODER, GROUP = 7, -1001
FLOODS = ("nothing", "chatter", "complaint", "additions")
"""What the flooder writes: nothing; idle words; the description of a complaint; words for a case that is open."""


class Desk:
    """One worker, and the people who write to it."""

    def __init__(self, database: Database, services: Services) -> None:
        self.database, self.worker = database, Worker(database, services, Clock())
        self._numbers = count(1)

    async def write(self, who: int, text: str) -> None:
        """Hand in one message, and wait until it is committed."""
        await self._hand_in("message", {"text": text}, who)

    async def press(self, who: int, data: str) -> None:
        """Hand in one press of a button."""
        await self._hand_in("callback_query", {"data": data}, who)

    async def list_owed(self) -> list[OwedCall]:
        """What has become owed since the last look."""
        async with self.database.begin() as tx:
            return await outbox.take(tx, 1, 100_000)

    async def _hand_in(self, kind: str, body: dict[str, object], who: int) -> None:
        number = next(self._numbers)
        user = {"id": who, "is_bot": False, "first_name": f"P{who}", "language_code": "en"}
        message = {"message_id": number, "date": 1, "chat": {"id": who, "type": "private"}}
        whole = (
            message | {"from": user} | body
            if kind == "message"
            else {"id": str(number), "chat_instance": "1", "from": user, "message": message} | body
        )
        raw = msgspec.json.encode({"update_id": number, kind: whole})
        await self.worker.submit(RawEvent("telegram", str(number), raw))


@asynccontextmanager
async def open_desk() -> AsyncIterator[Desk]:
    """A new database, with a group of transport, and a worker at work, its timers too."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{folder}/huifang.db", Keyring(["benchmark"]))
        await schema.migrate(database)
        company, texts, clock = load_company(EXAMPLE), Texts(), Clock()
        async with database.begin() as tx:
            for survey in company.surveys.values():
                await ratings.record_survey(tx, survey, clock.now())
            surveys = await ratings.list_surveys(tx)
            await groups.bind(tx, GROUP, "transport", "en", clock.now())
        dialogues = build_dialogues(company, surveys, texts.vocabulary)
        services = Services(company, surveys, texts, database.keyring, dialogues, "bot", Ids().next)
        desk = Desk(database, services)
        tasks = [asyncio.create_task(desk.worker.run()), asyncio.create_task(ring(desk))]
        yield desk
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await database.close()


async def ring(desk: Desk) -> None:
    """Hand in what is due, every fifth of a second."""
    while True:
        await asyncio.sleep(0.2)
        async with desk.database.read() as tx:
            due = await timers.list_due(tx, Clock().now())
        for timer in due:
            await desk.worker.submit(timer)


async def prepare(desk: Desk, flood: str) -> None:
    """Bring the flooder where the flood goes."""
    await desk.write(FLOODER, "/start")
    if flood not in {"complaint", "additions"}:
        return
    await desk.write(FLOODER, "/complain")
    await desk.press(FLOODER, await find_button(desk, lambda button: isinstance(button, DraftOptionButton)))
    if flood == "complaint":
        await desk.press(FLOODER, await find_button(desk, lambda button: isinstance(button, DraftOptionButton)))
        return
    await desk.press(FLOODER, await find_button(desk, lambda button: isinstance(button, DraftOptionButton)))
    await desk.write(FLOODER, "Torn")
    for _ in range(4):
        await desk.press(FLOODER, await find_label(desk))
    await desk.press(FLOODER, pack(MyCaseButton(1, "a")))


async def find_button(desk: Desk, wanted: Callable[[object], bool]) -> str:
    """The first such button among what has just been shown. Raises LookupError when there is none."""
    for data, _label in await list_buttons(desk):
        if wanted(unpack(data)):
            return data
    raise LookupError("no such button was shown")


async def find_label(desk: Desk) -> str:
    """The button that goes on: Done, Skip or Confirm."""
    shown = await list_buttons(desk)
    return next(data for data, label in shown if label.split()[-1] in {"Done", "Skip", "Confirm"})


async def list_buttons(desk: Desk) -> list[tuple[str, str]]:
    """What has just been shown to the flooder."""
    shown: list[tuple[str, str]] = []
    for call in await desk.list_owed():
        if call.chat_id == FLOODER:
            rows = msgspec.json.decode(call.payload).get("reply_markup", {}).get("inline_keyboard", ())
            shown = [(key["callback_data"], key["text"]) for row in rows for key in row] or shown
    return shown


@dataclass(frozen=True, slots=True)
class Round:
    """Milliseconds that each message of the others took, by the clock and of the processor; what the flooder wrote, and owes others."""

    by_clock: list[float]
    of_processor: list[float]
    written: int
    owed: int
    """Calls to the flooder and the group."""


async def run_round(flood: str, seconds: float, rate: float) -> Round:
    """One database, one flood."""
    async with open_desk() as desk:
        for n in range(OTHERS):
            await desk.write(1000 + n, "/start")
        await prepare(desk, flood)
        await desk.list_owed()
        end, written = time.perf_counter() + seconds, 0
        by_clock: list[float] = []
        of_processor: list[float] = []

        async def be_another(who: int) -> None:
            chance = random.Random(who)  # noqa: S311 -- no secret
            await asyncio.sleep(chance.random() * SECONDS_BETWEEN)
            while time.perf_counter() < end:
                began, worked = time.perf_counter(), time.process_time()
                await desk.write(who, "Hello")
                by_clock.append((time.perf_counter() - began) * 1000)
                of_processor.append((time.process_time() - worked) * 1000)
                await asyncio.sleep(SECONDS_BETWEEN * (0.5 + chance.random()))

        async def be_flooder() -> None:
            nonlocal written
            async with asyncio.TaskGroup() as tasks:
                while flood != "nothing" and time.perf_counter() < end:
                    tasks.create_task(desk.write(FLOODER, f"Word {written}"))
                    written += 1
                    await asyncio.sleep(1 / rate)

        await asyncio.gather(be_flooder(), *(be_another(1000 + n) for n in range(OTHERS)))
        owed = [call for call in await desk.list_owed() if call.chat_id in {FLOODER, GROUP}]
        return Round(by_clock, of_processor, written, len(owed))


def main() -> None:
    """Print one line for each kind of flood: the medians of the rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rate", type=float, default=100, help="messages of the flooder in a second")
    options = parser.parse_args()
    measured: dict[str, list[Round]] = {flood: [] for flood in FLOODS}
    for _ in range(options.rounds):
        for flood in FLOODS:
            measured[flood].append(asyncio.run(run_round(flood, options.seconds, options.rate)))
    print(
        "| flood | its messages | calls owed for them | others: median ms | p99 ms | p99, CPU ms |\n|---|---|---|---|---|---|"
    )
    for flood, rounds in measured.items():
        middle = median(median(one.by_clock) for one in rounds)
        worst = median(quantiles(one.by_clock, n=100)[98] for one in rounds)
        busiest = median(quantiles(one.of_processor, n=100)[98] for one in rounds)
        written, owed = (round(median(getattr(one, name) for one in rounds)) for name in ("written", "owed"))
        print(f"| {flood} | {written} | {owed} | {middle:.1f} | {worst:.1f} | {busiest:.1f} |")


if __name__ == "__main__":
    main()
