"""Stub Bot API server, minimal and fast: it answers, remembers one screen per chat, and checks nothing.

1. The strict server is the playground's; this one must cost so little that the bot is what is measured.
2. A visible reply counts when its call arrives, before the answer to it leaves: that is when a customer would see it.
3. With a delay every answer leaves that much later, on any connection; nothing queues behind it.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

import msgspec
from http1 import Framed, Params, loads, params, response

BOT = {
    "id": 4242,
    "is_bot": True,
    "first_name": "Benchmark",
    "username": "benchmark_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
TRUE = b'{"ok":true,"result":true}'
VISIBLE = {"sendMessage", "sendPhoto", "editMessageText", "editMessageCaption", "editMessageReplyMarkup"}

_encode = msgspec.json.Encoder().encode


class Watcher(Protocol):
    """Somebody looking at a chat."""

    def saw(self, message: Params) -> None:
        """A message was written, or an old one edited."""


class Api:
    """What the bot told Telegram, and who is to hear of it."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.webhook: asyncio.Future[Params] = asyncio.get_running_loop().create_future()
        self.watchers: dict[int, Watcher] = {}
        self.unanswered: set[str] = set()  # callback queries whose answerCallbackQuery is still owed
        self._waiter: asyncio.Event | None = None
        self._screens: dict[int, Params] = {}
        self._last_id = 0
        self._fixed: dict[str, Callable[[Params], object]] = {
            "getMe": lambda _: BOT,
            "getWebhookInfo": lambda _: {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
            "getChat": _chat_in_full,
            "getChatMember": lambda p: {"status": "member", "user": BOT | {"id": int(p["user_id"])}},
            "getChatAdministrators": lambda _: [],
            "getMyCommands": lambda _: [],
        }

    def call(self, method: str, given: Params) -> bytes:
        if method in VISIBLE:
            return self._show(method, given)
        if method == "answerCallbackQuery":
            self.unanswered.discard(str(given["callback_query_id"]))
            if self._waiter is not None and not self.unanswered:
                self._waiter.set()
        elif method == "setWebhook" and given.get("url") and not self.webhook.done():
            self.webhook.set_result(given)
        elif method in self._fixed:
            return _encode({"ok": True, "result": self._fixed[method](given)})
        return TRUE

    async def all_answered(self) -> None:
        """Wait until every callback query has been answered."""
        if self.unanswered:
            self._waiter = asyncio.Event()
            await self._waiter.wait()

    def next_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def _show(self, method: str, given: Params) -> bytes:
        """Write or edit a message, notify the chat's watcher, answer with the message."""
        chat = int(given["chat_id"])
        before = self._screens.get(chat, {})
        number = self.next_id() if method.startswith("send") else int(given["message_id"])
        text = given.get("text") or given.get("caption") or before.get("text", "")
        message: Params = {
            "message_id": number,
            "from": BOT,
            "chat": {"id": chat, "type": "private", "first_name": "Customer"},
            "date": int(time.time()),
            "text": text,
        }
        if method == "sendPhoto":
            message["photo"] = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
        markup = loads(given.get("reply_markup"))
        if isinstance(markup, dict) and "inline_keyboard" in markup:
            message["reply_markup"] = markup
        self._screens[chat] = message
        watcher = self.watchers.get(chat)
        if watcher is not None:
            asyncio.get_running_loop().call_soon(watcher.saw, message)
        return _encode({"ok": True, "result": message})


class Connection(Framed):
    """One connection of the bot's HTTP client."""

    def __init__(self, api: Api) -> None:
        super().__init__()
        self._api = api

    def message(self, head: bytes, body: bytes) -> None:
        path = head.split(b" ", 2)[1].partition(b"?")[0]
        method = path.rpartition(b"/")[2].decode()
        given = params(head, body)
        if method == "getUpdates":  # updates come by webhook here; a poll is held for as long as it asked
            self._later(float(given.get("timeout", 0)) or 1.0, response(b'{"ok":true,"result":[]}'))
            return
        answer = response(self._api.call(method, given))
        if self._api.delay:
            self._later(self._api.delay, answer)
        else:
            self.transport.write(answer)

    def _later(self, delay: float, answer: bytes) -> None:
        asyncio.get_running_loop().call_later(delay, self._write, answer)

    def _write(self, answer: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(answer)


async def serve(api: Api) -> tuple[asyncio.Server, str]:
    """Listen on a free port of the loopback interface; returns the server and its base URL."""
    server = await asyncio.get_running_loop().create_server(lambda: Connection(api), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    return server, f"http://127.0.0.1:{port}"


def _chat_in_full(given: Params) -> Params:
    return {
        "id": given.get("chat_id"),
        "type": "private",
        "first_name": "Customer",
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
