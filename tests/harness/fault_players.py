"""People of the fault matrix: customers who rate, complain and add, staff who accept. Each keeps what they did and saw, and nothing else.

They wait for what they expect to see, press what they see where they see it, and never do anything twice: what is lost is missed.
"""

import asyncio
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from playground.people.attachments import ImpossibleError
from playground.people.connection import Participant
from playground.people.presence import NotSeenError, PresentPerson, WorldWatch, message_text, shows_words
from playground.shape.wire import Json

RATED = ("overall", "timeliness", "goods", "attitude")
ADDITIONS = 3
BLOCKED_RETRY_SECONDS = 0.1
LOOK_AGAIN_SECONDS = 2.0
"""Staff look at their group as it is now: it may have moved."""

ASK_FOR_CASE_SECONDS = 6.0
"""After so long without the card, staff ask for the case by its number: its topic was deleted, and the card with it."""

NUMBER = re.compile(r"C-\d{6}-\d{4,}")
ACCEPT = "^Accept$"


def complains(n: int) -> bool:
    """Whether the n-th customer complains; the others only rate."""
    return n % 3 != 0


@dataclass
class Press:
    """A press; `has_words` says whether the bot answers it with words of its own, besides what changes in the chat."""

    callback: str
    at: float
    has_words: bool


@dataclass
class FaultCustomer:
    """One customer with a delivery; `complains` or only rates. Everything below `patience` is what they did and saw."""

    watch: WorldWatch
    person: Participant
    link: str
    waybill: str
    staff: Participant
    find_group: Callable[[], int]
    complains: bool
    chance: random.Random
    patience: float
    has_topics: bool = False
    scores: dict[str, int] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    presses: list[Press] = field(default_factory=list)
    has_filed: bool = False
    number: str = ""
    is_accepted: bool = False
    is_finished: bool = False
    missed: str = ""
    """What was waited for in vain."""
    acts: int = 0
    looks: int = 0
    """How often staff asked for the case by its number."""

    async def play(self, delay: float) -> None:
        await asyncio.sleep(delay)
        try:
            await (self._complain() if self.complains else self._rate())
            self.is_finished = True
        except NotSeenError as error:
            self.missed = str(error)
        except Exception as error:  # noqa: BLE001 -- whatever it was, the line goes on and says so
            self.missed = f"{self.waybill}: {type(error).__name__}: {error}"

    async def _rate(self) -> None:
        await self._start()
        for n, question in enumerate(RATED, 1):
            score = self.chance.choice((3, 4, 5))
            await self._press(await self._sees(f"Question {n} of"), str(score))
            self.scores[question] = score
        await self._press(await self._sees("Question 5 of"), "^Skip$")
        await self._sees("Thank you")

    async def _complain(self) -> None:
        await self._start()
        await self._press(await self._sees("Question 1 of"), "2")
        self.scores["overall"] = 2
        await self._press(await self._sees("Question 2 of", "^File a complaint$"), "^File a complaint$")
        self.has_filed = True
        filed = message_text(await self._sees("is filed and passed on"))
        self.number = NUMBER.findall(filed)[0]
        for n in range(ADDITIONS):
            await asyncio.sleep(self.chance.uniform(0, 0.5))
            await self._say(f"{self.waybill}-words-{n} end")
        await self._press(await self._sees(f"{ADDITIONS} messages so far", "^Done$"), "^Done$")
        await self._sees("The department has what you added")
        await self._accept()
        await self._sees("is now working on your complaint")

    async def _accept(self) -> None:
        """Somebody of the department presses Accept on the card, wherever the group is by now."""
        began = asked_at = time.monotonic()
        while True:
            seat = PresentPerson(self.watch, self.find_group(), self.staff.id)
            try:
                card = await seat.sees(shows_words(self.number, ACCEPT), seconds=LOOK_AGAIN_SECONDS)
            except NotSeenError:
                if time.monotonic() > began + self.patience:
                    raise NotSeenError(f"the card of {self.number}") from None
                if self.has_topics and time.monotonic() > asked_at + ASK_FOR_CASE_SECONDS:
                    seat.say(f"/case {self.number}")
                    self.looks, asked_at = self.looks + 1, time.monotonic()
                continue
            if not self._is_heard(seat.chat):  # nobody presses where the bot was removed
                await asyncio.sleep(LOOK_AGAIN_SECONDS / 4)
                continue
            self._note(seat.press(card, ACCEPT), has_words=True)
            self.is_accepted = True
            return

    def _is_heard(self, chat: int) -> bool:
        place = self.watch.world.find(chat)
        return place.bot_present and place.migrated_to is None

    @property
    def _seat(self) -> PresentPerson:
        return PresentPerson(self.watch, self.person.id, self.person.id)

    async def _start(self) -> None:
        self._seat.start(self.link)
        self.acts += 1

    async def _say(self, words: str) -> None:
        """Write; anyone who has just blocked the bot writes when they have unblocked it."""
        while True:
            try:
                self._seat.say(words)
            except ImpossibleError:
                await asyncio.sleep(BLOCKED_RETRY_SECONDS)
                continue
            self.words.append(words)
            self.acts += 1
            return

    async def _press(self, message: Json, label: str) -> None:
        await asyncio.sleep(self.chance.uniform(0, 0.3))
        self._note(self._seat.press(message, label))

    def _note(self, callback: str, *, has_words: bool = False) -> None:
        self.presses.append(Press(callback, time.time(), has_words))
        self.acts += 1

    async def _sees(self, words: str, label: str = "") -> Json:
        try:
            return await self._seat.sees(shows_words(words, label), seconds=self.patience)
        except NotSeenError:
            raise NotSeenError(f"{self.waybill}: “{words}”") from None
