"""Ceiling of the measurement: the same survey without a bot behind it, to show that the measuring side is not the bottleneck.

It keeps no state, makes no promise and parses only what it needs.
"""

import argparse
import asyncio
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import msgspec
from survey import QUESTIONS, THANKS, read, screen

sys.path.insert(0, str(Path(__file__).parent.parent))

from http1 import Framed, Params, request, response

HELLO = response(b"")

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class Telegram(Framed):
    """A connection to the Bot API server, one call at a time."""

    idle: ClassVar[deque["Telegram"]] = deque()
    waiting: ClassVar[deque[bytes]] = deque()

    def message(self, head: bytes, body: bytes) -> None:
        del head, body
        if self.waiting:
            self.transport.write(self.waiting.popleft())
        else:
            self.idle.append(self)

    @classmethod
    def call(cls, method: str, parameters: Params) -> None:
        data = request(f"/bot4242:benchmark/{method}", "127.0.0.1", _encode(parameters))
        if cls.idle:
            cls.idle.pop().transport.write(data)
        else:
            cls.waiting.append(data)


class Webhook(Framed):
    def message(self, head: bytes, body: bytes) -> None:
        del head
        self.transport.write(HELLO)
        update = _decode(body)
        query = update.get("callback_query")
        if query is None:
            start = update["message"]["text"].startswith("/start")
            show(0 if start else None, lambda shown: ("sendMessage", shown), update["message"]["chat"]["id"])
            return
        following = read(query["data"])[2]
        edited = {"message_id": query["message"]["message_id"]}
        chat = query["message"]["chat"]["id"]
        show(
            following if following <= len(QUESTIONS) else None, lambda shown: ("editMessageText", shown | edited), chat
        )
        Telegram.call("answerCallbackQuery", {"callback_query_id": query["id"]})


def show(question: int | None, how: Callable[[Params], tuple[str, Params]], chat: int) -> None:
    shown: Params = {"chat_id": chat, "text": THANKS}
    if question is not None:
        shown["text"], rows = screen(question)
        keyboard = [[{"text": label, "callback_data": data} for label, data in row] for row in rows]
        shown["reply_markup"] = {"inline_keyboard": keyboard}
    Telegram.call(*how(shown))


async def serve(api: str, url: str) -> None:
    loop = asyncio.get_running_loop()
    await loop.create_server(Webhook, "127.0.0.1", int(url.rpartition(":")[2]))
    there = int(api.rpartition(":")[2])
    for _ in range(100):
        _, connection = await loop.create_connection(Telegram, "127.0.0.1", there)
        Telegram.idle.append(connection)
    Telegram.call("setWebhook", {"url": f"{url}/telegram"})
    await asyncio.Event().wait()


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
