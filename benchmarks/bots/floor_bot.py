"""Floor: the least that the survey costs with what Huifang is made of, aiohttp on uvloop and durable SQLite, and nothing else.

1. Every answer is written before it is shown; what waits at one moment shares a transaction, in a thread of its own (group commit).
2. It keeps one row a customer and repeats, loses and reorders what it likes: it is no bot, it is what a bot may cost.
"""

import argparse
import asyncio
import sqlite3
from collections.abc import Coroutine
from urllib.parse import urlsplit

import msgspec
from aiohttp import ClientSession, TCPConnector, web
from survey import QUESTIONS, THANKS, read, screen

SECRET = "benchmark"  # noqa: S105 - of a server that lives for one round
Params = dict[str, object]
Told = tuple[int, int, "int | str | None", "asyncio.Future[None]"]

_encode, _decode = msgspec.json.Encoder().encode, msgspec.json.Decoder().decode


class Answers:
    """The rows, and who waits for them."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("answers.db", isolation_level=None, check_same_thread=False)
        self._rows.execute("PRAGMA journal_mode = WAL")
        self._rows.execute("PRAGMA synchronous = FULL")
        self._rows.execute(
            "CREATE TABLE answers (chat INTEGER, question INTEGER, answer, PRIMARY KEY (chat, question)) WITHOUT ROWID"
        )
        self._rows.execute("CREATE TABLE deliveries (waybill TEXT PRIMARY KEY, delivery TEXT)")
        self._waiting: list[Told] = []
        self._wake = asyncio.Event()

    def keep(self, chat: int, question: int, answer: int | str | None) -> "asyncio.Future[None]":
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((chat, question, answer, done))
        self._wake.set()
        return done

    async def run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            batch, self._waiting = self._waiting, []
            await asyncio.to_thread(self._write, batch)
            for *_, done in batch:
                done.set_result(None)

    def take_in(self, deliveries: list[Params]) -> None:
        """Rows of deliveries, one transaction for all of them."""
        self._rows.execute("BEGIN IMMEDIATE")
        rows = [(one["waybill"], _encode(one)) for one in deliveries]
        self._rows.executemany("INSERT OR IGNORE INTO deliveries VALUES (?, ?)", rows)
        self._rows.execute("COMMIT")

    def _write(self, batch: list[Told]) -> None:
        self._rows.execute("BEGIN IMMEDIATE")
        self._rows.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", [row[:3] for row in batch])
        self._rows.execute("COMMIT")


class Bot:
    def __init__(self, session: ClientSession, base: str) -> None:
        self._session, self._base, self._answers = session, base, Answers()
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()

    async def run(self) -> None:
        await self._answers.run()

    async def call(self, method: str, parameters: Params) -> None:
        async with self._session.post(
            f"{self._base}{method}", data=_encode(parameters), headers={"Content-Type": "application/json"}
        ) as answer:
            await answer.read()

    async def telegram(self, request: web.Request) -> web.Response:
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != SECRET:
            return web.Response(status=403)
        update = _decode(await request.read())
        query = update.get("callback_query")
        if query is None:
            chat, text = update["message"]["chat"]["id"], update["message"]["text"]
            started = text.startswith("/start")
            await self._answers.keep(chat, -1 if started else len(QUESTIONS), text)
            self._later(self.call("sendMessage", _show(chat, 0 if started else None)))
            return web.Response()
        chat, (asked, score, following) = query["message"]["chat"]["id"], read(query["data"])
        await self._answers.keep(chat, asked, score)
        shown = _show(chat, following if following <= len(QUESTIONS) else None)
        shown["message_id"] = query["message"]["message_id"]
        self._later(self.call("editMessageText", shown))
        self._later(self.call("answerCallbackQuery", {"callback_query_id": query["id"]}))
        return web.Response()

    async def deliveries(self, request: web.Request) -> web.Response:
        given = _decode(await request.read())
        async with self._turn:
            await asyncio.to_thread(self._answers.take_in, given)
        results = [
            {"waybill": one["waybill"], "status": "accepted", "link": f"t.me/b?start={n}"}
            for n, one in enumerate(given)
        ]
        return web.Response(body=_encode({"results": results}), content_type="application/json")

    def _later(self, call: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(call)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _show(chat: int, question: int | None) -> Params:
    shown: Params = {"chat_id": chat, "text": THANKS}
    if question is not None:
        shown["text"], rows = screen(question)
        shown["reply_markup"] = {
            "inline_keyboard": [[{"text": label, "callback_data": data} for label, data in row] for row in rows]
        }
    return shown


async def serve(api: str, url: str) -> None:
    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        bot = Bot(session, f"{api}/bot4242:benchmark/")
        site = web.Application(client_max_size=5 * 1024 * 1024)
        site.router.add_post("/telegram", bot.telegram)
        site.router.add_post("/api/v1/deliveries", bot.deliveries)
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        where = urlsplit(url)
        await web.TCPSite(runner, where.hostname, where.port).start()
        await bot.call("setWebhook", {"url": f"{url}/telegram", "secret_token": SECRET})
        await bot.run()


def main() -> None:
    import uvloop

    parser = argparse.ArgumentParser()
    parser.add_argument("api")
    parser.add_argument("url")
    parser.add_argument("--uvloop", action="store_true")
    given = parser.parse_args()
    uvloop.run(serve(given.api, given.url))


if __name__ == "__main__":
    main()
