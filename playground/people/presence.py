"""In-process user agent: a person in a chat who acts at once, and waits for what the bot shows.

1. Waiting is for an event of that chat, never for a fixed time.
2. Buttons are found by their labels, as people find them.
"""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from time import monotonic

from playground.people.actions import Actor
from playground.people.attachments import make_attachment, make_caption_content, make_text_content
from playground.shape.wire import Json
from playground.world.world import World

PATIENCE_SECONDS = 15.0
_LOOK_BACK = 120
_QUIET = 0.05

Fits = Callable[[Json], bool]


class NotSeenError(Exception):
    """What was waited for did not come."""


class WorldWatch:
    """Watches a world: wakes those waiting in a chat when something happens there."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._waiting: defaultdict[int, list[asyncio.Future[None]]] = defaultdict(list)

    async def run(self) -> None:
        """Runs until cancelled."""
        while True:
            queue = self.world.events.join()
            try:
                while (event := await queue.get()) is not None:
                    if event[1] in {"message", "edited", "chat"}:
                        self._wake(event[2]["id"] if event[1] == "chat" else event[2]["chat"])
            finally:
                self.world.events.leave(queue)
            for chat in list(self._waiting):  # we were too slow: let everybody look again
                self._wake(chat)

    async def until(self, chat: int, look: Callable[[], Json | None], seconds: float = PATIENCE_SECONDS) -> Json:
        """What `look` finds, as soon as it finds something; it is called again whenever the chat changes.

        Raises:
            NotSeenError: when nothing was found within `seconds`.
        """
        try:
            async with asyncio.timeout(seconds):
                while (seen := look()) is None:
                    happened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                    self._waiting[chat].append(happened)
                    await happened
        except TimeoutError:
            raise NotSeenError(f"chat {chat}") from None
        return seen

    async def quiet(self, seconds: float = _QUIET) -> None:
        """Wait until nothing is waiting for the bot and it has made no call for `seconds`."""
        world, end = self.world, monotonic() + PATIENCE_SECONDS
        while monotonic() < end:
            busy = world.updates.pending or world.courier.holding or world.calls.acting
            since = monotonic() - max(world.updates.touched, world.calls.touched)
            if not busy and since >= seconds:
                return
            await asyncio.sleep(seconds / 4 if busy else seconds - since + 0.001)

    def _wake(self, chat: int) -> None:
        for future in self._waiting.pop(chat, ()):
            if not future.done():
                future.set_result(None)


@dataclass(frozen=True, slots=True)
class PresentPerson:
    """One person in one chat."""

    watch: WorldWatch
    chat: int
    user: int

    @property
    def _actor(self) -> Actor:
        world = self.watch.world
        return Actor(world, world.find(self.chat), world.users[self.user])

    def say(self, text: str, *, reply_to: Json | None = None, photo: bool = False) -> Json:
        """Write, or send a picture with these words."""
        world = self.watch.world
        content = make_text_content(world, text) if not photo else make_attachment(world, "photo", given=True)
        content |= make_caption_content(world, text) if photo else {}
        return self._actor.say(content, reply_to=reply_to["message_id"] if reply_to else None)

    def start(self, payload: str | None = None) -> None:
        self._actor.start(payload)

    def press(self, message: Json, label: str) -> str:
        """Press the first button of the message whose label matches `label` (a pattern); the press's number.

        Raises:
            NotSeenError: when there is no such button.
        """
        for button in message_buttons(message):
            if re.search(label, button["text"]):
                return self._actor.press(message["message_id"], button["callback_data"])
        raise NotSeenError(f"{label} on {[button['text'] for button in message_buttons(message)]}")

    def now(self, message: Json) -> Json:
        """The message as it is now."""
        return self._actor.chat.messages.get(message["message_id"]) or message

    async def sees(self, fits: Fits, *, after: int = 0, seconds: float = PATIENCE_SECONDS) -> Json:
        """The bot's newest message that fits and is newer than the message numbered `after`."""
        messages, bot = self._actor.chat.messages, self.watch.world.bot["id"]

        def look() -> Json | None:
            for message in islice(messages.newest(), _LOOK_BACK):
                if message["message_id"] <= after:
                    return None
                if message["from"]["id"] == bot and fits(message):
                    return message
            return None

        return await self.watch.until(self.chat, look, seconds)

    async def changed(self, message: Json) -> Json:
        """The message once the bot has edited it."""
        return await self.watch.until(self.chat, lambda: now if (now := self.now(message)) is not message else None)

    async def says(self, message: Json, fits: Fits) -> Json:
        """The message once the bot has edited it into one that fits."""
        return await self.watch.until(self.chat, lambda: now if fits(now := self.now(message)) else None)


def message_text(message: Json) -> str:
    return message.get("text") or message.get("caption") or ""


def message_buttons(message: Json) -> list[Json]:
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", ()) for button in row]


def shows_words(words: str, label: str = "") -> Fits:
    """Fits a message that contains these words and, if asked for, a button whose label matches the pattern `label`."""
    return lambda message: (
        words in message_text(message)
        and (not label or any(re.search(label, button["text"]) for button in message_buttons(message)))
    )
