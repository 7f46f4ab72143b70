"""Load generator (closed loop): customers who each open a link, press what they are shown, write one comment, and are thanked.

1. A customer knows labels only: it presses the 4 where labels end in a digit; where there is nothing but `Skip`
   it writes the comment (once). So the same customer can talk to every bot.
2. One outstanding update per chat: the next leaves when the visible reply to the last has arrived and the webhook has answered 200.
3. An update is handled when its `answerCallbackQuery` has arrived as well. One that never gets it is a failure.
"""

import asyncio
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec
import updates
from botapi import Api
from http1 import Framed, Params, request

UPDATES = 7  # of a whole conversation
COMMENT = "Arrived early, the driver was friendly. 谢谢!"

_encode = msgspec.json.Encoder().encode


class Crowd:
    """What all customers of one round share."""

    def __init__(self, api: Api, webhook: Params, payloads: Iterator[str], think: float | None) -> None:
        url = urlsplit(str(webhook["url"]))
        self.api = api
        self.host, self.port = str(url.hostname), int(url.port or 80)
        secret = webhook.get("secret_token")
        self._path = url.path or "/"
        self._headers = f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n" if secret else ""
        self.payloads = enumerate(payloads, 1_000_001)
        self.think = think
        self.updates = UPDATES  # with fewer, a customer leaves in the middle of the conversation
        self.stopping = False
        self.sent = 0
        self._allowed = 0
        self.settled = 0
        self.conversations = 0
        self.latencies: list[float] = []
        self.failures: list[str] = []
        self.seats: list[Customer] = []
        self.playing = 0
        self.everyone_left = asyncio.Event()

    @property
    def handled(self) -> int:
        """Updates with everything owed for them; a press between reply and callback answer does not count yet."""
        owed = self.api.unanswered - {customer.pressed for customer in self.seats if customer.waiting}
        return self.settled - len(owed)

    async def seat(self, connections: int, conversations: int) -> None:
        """Connect this many customers and let them start; together they play this many conversations, then leave."""
        for customer in self.seats:
            customer.transport.close()
        self.seats = []
        loop = asyncio.get_running_loop()
        for _ in range(connections):
            _, customer = await loop.create_connection(lambda: Customer(self), self.host, self.port)
            self.seats.append(customer)
        self.playing, self._allowed = connections, conversations
        self.everyone_left.clear()
        for customer in self.seats:
            customer.begin()

    def give_up_on(self, patience: float) -> None:
        """Fail the customers who have waited longer than `patience` seconds."""
        for customer in self.seats:
            if customer.waiting and time.perf_counter() - customer.asked > patience:
                customer.fail(f"no reply to update {customer.step} within {patience:.0f} s")

    def next_chat(self) -> tuple[int, str] | None:
        """A new customer's chat and the payload of the link; None when it is time to leave."""
        if self.stopping or not self._allowed:
            return None
        self._allowed -= 1
        return next(self.payloads, None)

    def leave(self) -> None:
        self.playing -= 1
        if not self.playing:
            self.everyone_left.set()

    def wrap(self, update: Params) -> bytes:
        self.sent += 1
        return request(self._path, self.host, _encode({"update_id": self.sent, **update}), self._headers)


class Customer(Framed):
    """One seat with its own webhook connection: conversation after conversation, each in a new chat."""

    def __init__(self, crowd: Crowd) -> None:
        super().__init__()
        self._crowd = crowd
        self._api = crowd.api
        self._chat = 0
        self._screen: Params = {}
        self._commented = False
        self.pressed: str | None = None
        self._acknowledged = self._replied = False
        self.step = 0
        self.waiting = False
        self.asked = 0.0

    def begin(self) -> None:
        """Open the next link, or leave if there is none."""
        self._api.watchers.pop(self._chat, None)
        chat = self._crowd.next_chat()
        if chat is None:
            self._crowd.leave()
            return
        number, payload = chat
        self._chat, self.step, self._screen, self._commented = number, 0, {}, False
        self._api.watchers[number] = self
        self._send(updates.text(self._chat, self._api.next_id(), f"/start {payload}"))

    def message(self, head: bytes, body: bytes) -> None:
        """The webhook has answered."""
        if not self.waiting:
            return
        if head[9:12] != b"200":
            self.fail(f"the webhook answered {head[9:12].decode()} to update {self.step}: {body[:200]!r}")
            return
        self._acknowledged = True
        self._go_on()

    def saw(self, message: Params) -> None:
        """The bot has shown something in the chat."""
        buttons = _pressable(message)
        if buttons or message["message_id"] == self._screen.get("message_id"):
            self._screen = message
        if self.waiting and not self._replied and (buttons or self._commented):
            self._replied = True
            if self.pressed is not None:
                self._crowd.latencies.append(time.perf_counter() - self.asked)
            self._go_on()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.waiting:
            self.fail(f"the webhook connection broke at update {self.step}: {exc}")

    def fail(self, why: str) -> None:
        """Note the failure and leave: what arrives late on this connection must not count for another conversation."""
        self._crowd.failures.append(f"chat {self._chat}: {why}")
        if self.pressed is not None:
            self._api.unanswered.discard(self.pressed)
        self._api.watchers.pop(self._chat, None)
        self.waiting = False
        self._crowd.leave()

    def _go_on(self) -> None:
        """Once reply and acknowledgement are in: the next update, the next conversation, or a pause to think."""
        if not (self._acknowledged and self._replied):
            return
        self.waiting = False
        self._crowd.settled += 1
        if self._crowd.think is None:
            self._next()
        else:
            asyncio.get_running_loop().call_later(self._crowd.think, self._next_in_peace)

    def _next_in_peace(self) -> None:
        """A lone customer presses again only when nothing is owed for the last press."""
        if self.pressed in self._api.unanswered and time.perf_counter() - self.asked < 10:
            asyncio.get_running_loop().call_later(0.001, self._next_in_peace)
        else:
            self._next()

    def _next(self) -> None:
        buttons = _pressable(self._screen)
        if self.step >= self._crowd.updates or (self._commented and not buttons):
            self._crowd.conversations += 1
            self.begin()
        elif self._crowd.stopping:
            self._api.watchers.pop(self._chat, None)
            self._crowd.leave()
        elif _is_text_question(buttons) and not self._commented:
            self._commented = True
            self._send(updates.text(self._chat, self._api.next_id(), COMMENT))
        else:
            self._press(next((b for b in buttons if b["text"].endswith("4")), buttons[-1]))

    def _press(self, button: Params) -> None:
        query = f"{self._chat}{self.step:02d}"
        self._api.unanswered.add(query)
        self._send(updates.press(self._chat, query, self._screen, button["callback_data"]), query)

    def _send(self, update: Params, pressed: str | None = None) -> None:
        self.pressed = pressed
        self._acknowledged = self._replied = False
        self.waiting = True
        self.step += 1
        data = self._crowd.wrap(update)
        self.asked = time.perf_counter()
        self.transport.write(data)


def _pressable(message: Params) -> list[Params]:
    """The buttons a cooperative customer would press: ratings, otherwise Skip."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [b for row in rows for b in row if "callback_data" in b]
    return [b for b in buttons if b["text"][-1:].isdigit()] or [b for b in buttons if b["text"] == "Skip"]


def _is_text_question(buttons: list[Params]) -> bool:
    return bool(buttons) and buttons[0]["text"] == "Skip"
