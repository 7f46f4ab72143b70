"""People who write while a broadcast is under way: some press their surveys, others complain, one update after another.

1. A reply is visible when its call arrives at the Bot API server; it is counted from the update's delivery to the webhook.
2. A complaint's card is the first message in a group that names its case; it is counted from the last press of the customer.
"""

import asyncio
import itertools
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import msgspec
import updates
from aiohttp import ClientSession
from customers import COMMENT, _is_text_question, _pressable
from http1 import Params
from strict import StrictApi

PATIENCE_SECONDS = 120.0
NUMBER = re.compile(r"\bC-\d{6}-\d{4}\b")
CONFIRM, LEAVE_OUT = {"Confirm"}, {"Skip", "Done"}
_THINKING = random.Random(7)  # noqa: S311 - people, no secrets
MOVES = {"Back", "Cancel", *CONFIRM, *LEAVE_OUT}


@dataclass
class Street:
    """What everybody shares: the webhooks (each replica in turn), the server, and what was noted."""

    api: StrictApi
    session: ClientSession
    replies: list[float] = field(default_factory=list)
    filed: dict[str, float] = field(default_factory=dict)
    """When each complaint was confirmed, by its number."""
    failures: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _turn: int = 0

    async def hand_in(self, chat: int, update: Params) -> None:
        """Deliver an update to one of the replicas, as Telegram does: again, until it is taken."""
        body = msgspec.json.encode({"update_id": next(self._numbers), **update})
        self.api.wrote[chat] = time.perf_counter()
        while True:
            self._turn += 1
            hook = self.api.webhooks[self._turn % len(self.api.webhooks)]
            headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": hook["secret_token"]}
            async with self.session.post(urlsplit(str(hook["url"])).geturl(), data=body, headers=headers) as answer:
                if answer.status == 200:
                    return
            await asyncio.sleep(0.2)


class Person:
    """Somebody in a private chat with the bot."""

    def __init__(self, street: Street, chat: int) -> None:
        self.street, self.chat, self.screen = street, chat, Params()
        self._seen = asyncio.Event()
        self._presses = 0
        street.api.watchers[chat] = self

    def saw(self, message: Params) -> None:
        self.screen = message
        self._seen.set()

    async def say(self, text: str) -> None:
        await self._ask(updates.text(self.chat, self.street.api.next_id(), text))

    async def press(self, button: Params) -> None:
        self._presses += 1
        query = f"{self.chat}{self._presses:04d}"
        await self._ask(updates.press(self.chat, query, self.screen, button["callback_data"]))

    async def _ask(self, update: Params) -> None:
        """Hand this in and wait until something is visible."""
        self._seen.clear()
        asked = time.perf_counter()
        delivering = asyncio.ensure_future(self.street.hand_in(self.chat, update))
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._seen.wait()
        except TimeoutError:
            self.street.failures.append(f"chat {self.chat}: no reply to {str(update)[:300]}")
        else:
            self.street.replies.append(time.perf_counter() - asked)
        await delivering


async def press_surveys(street: Street, chat: int, payloads: Sequence[str], pause: float) -> None:
    """Open one link after the other and answer what is asked, thinking before each press, until cancelled."""
    person = Person(street, chat)
    for payload in itertools.chain(payloads, itertools.repeat(payloads[-1])):
        await asyncio.sleep(_THINKING.uniform(0.5, 1.5) * pause)
        await person.say(f"/start {payload}")
        while buttons := _pressable(person.screen):
            await asyncio.sleep(_THINKING.uniform(0.5, 1.5) * pause)
            if _is_text_question(buttons):
                await person.say(COMMENT)
                break
            await person.press(next((one for one in buttons if one["text"].endswith("4")), buttons[-1]))


async def complain(street: Street, chat: int, number: int) -> None:
    """File one complaint; each takes the next category and reason."""
    person = Person(street, chat)
    await person.say("/complain")
    for _ in range(12):
        buttons = [one for row in person.screen.get("reply_markup", {}).get("inline_keyboard", []) for one in row]
        labels = {str(one["text"]): one for one in buttons}
        choices = [one for label, one in labels.items() if label not in MOVES]
        await asyncio.sleep(_THINKING.uniform(0.2, 0.6))
        if CONFIRM & set(labels):
            began = time.perf_counter()
            await person.press(labels[(CONFIRM & set(labels)).pop()])
            filed = NUMBER.search(str(person.screen.get("text")))
            if filed is None:
                street.failures.append(f"chat {chat}: filed, and told {person.screen.get('text')!r}")
            else:
                street.filed[filed[0]] = began
            return
        if choices:
            await person.press(choices[number % len(choices)])
            number //= len(choices)
        elif LEAVE_OUT & set(labels):
            await person.press(labels[(LEAVE_OUT & set(labels)).pop()])
        else:
            await person.say(f"The parcel did not come ({chat})")
    street.failures.append(f"chat {chat}: a complaint came to no end: {person.screen}")
