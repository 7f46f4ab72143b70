"""The company that every story plays in: four groups, a manager, a head, two of staff, a customer."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select

from playground.people.client import TelegramClient
from playground.people.connection import Participant
from playground.people.seat import Seat
from playground.server import Server
from playground.shape.wire import Json
from storage.engine.database import Database
from tests.harness.bot_process import Bot, parse_start_parameter
from tests.harness.quiet import PATIENCE_SECONDS, wait_until_quiet

BOUND = ("transport", "service", "quality", "management")
MINUTE, HOUR, DAY = 60, 3600, 86400
FIRST_PRESS = 3_000_000_000_001
"""The number of a local Telegram's first callback; the next have the next numbers."""


@dataclass
class StoryStage:
    """Everybody and everything; `refusals` are the words of refusals that a story provokes on purpose."""

    server: Server
    telegram: TelegramClient
    bot: Bot
    database: Database
    boss: Participant
    zhao: Participant
    li: Participant
    chen: Participant
    wang: Participant
    groups: dict[str, int]
    refusals: list[str] = field(default_factory=list)
    poisoned: bool = False
    """Whether this story brings an event that cannot be handled."""

    def at(self, department: str, person: Participant) -> Seat:
        return self.telegram.seat(self.groups[department], person)

    @property
    def manager(self) -> Seat:
        return self.telegram.private(self.boss)

    @property
    def customer(self) -> Seat:
        return self.telegram.private(self.wang)

    async def report_delivery(self, waybill: str = "SF1", *, ago: float = 600, **more: Any) -> str:  # noqa: ANN401 -- JSON
        """A delivery to Wang is reported; the start parameter of its link."""
        item = {
            "waybill": waybill,
            "delivered_at": (datetime.now(UTC) - timedelta(seconds=ago)).isoformat(),
            "customer": {"phone": self.wang.phone},
            "department": "transport",
            "courier": {"id": "k17"},
        }
        (result,) = await self.bot.deliver([item | more])
        assert result["status"] == "accepted", result
        return parse_start_parameter(result["link"])

    async def open_survey(self, waybill: str = "SF1", **more: Any) -> Seat:  # noqa: ANN401 -- JSON
        """Wang has opened the link of a delivery and is asked."""
        await self.customer.start(await self.report_delivery(waybill, **more))
        await self.newest_about(waybill, "overall")
        return self.customer

    async def rate_delivery(self, score: int, waybill: str = "SF1", **more: Any) -> Seat:  # noqa: ANN401 -- JSON
        customer = await self.open_survey(waybill, **more)
        asked = await self.newest_about(waybill, "overall")
        await customer.press(str(score), message_id=asked["message_id"])
        await self.newest_about(waybill, "Question 2")
        return customer

    async def file_complaint(self, words: str = "", waybill: str = "SF1", **more: Any) -> str:  # noqa: ANN401 -- JSON
        """Wang has given two stars and filed a complaint, perhaps with words; the case's number."""
        customer = await self.rate_delivery(2, waybill, **more)
        before = (await customer.last())["message_id"]
        await customer.press("File a complaint")
        number = find_case_number(await self.newer(customer, "is filed and passed on", before))
        if words:
            await customer.say(words)
            await customer.see(f"Added to {number}")
        await customer.press("Done")
        await self.telegram.wait_for(
            customer.chat,
            lambda m: number in (m.get("text") or "") and "reply_markup" not in m and m["sent_by_bot"],
        )
        return number

    async def set_up_accepted_case(self, words: str = "", **more: Any) -> str:  # noqa: ANN401 -- JSON
        """As `filed`, and Li has accepted it."""
        number = await self.file_complaint(words, **more)
        li = self.at("transport", self.li)
        await li.see(number)
        await li.press("Accept")
        await li.see("Owner: Li")
        return number

    async def set_up_resolved_case(
        self, action: str = "We retrained the driver", cause: str = "The van was late"
    ) -> None:
        """Li hands in a resolution."""
        li = self.at("transport", self.li)
        newest = (await li.last())["message_id"]
        await li.press("Resolve")
        for prompt, words in (("1/4", cause), ("2/4", action), ("3/4", None)):
            newest = (await self.newer(li, prompt, newest))["message_id"]
            await (li.press("Skip", message_id=newest) if words is None else li.reply(words, to=newest))
        for shown, label in (("4/4", "At fault"), ("please check", "Confirm")):
            await self.newer(li, shown, newest - 1)
            await li.press(label, message_id=newest)
        await li.see("\u00b7 in review")

    async def newest_about(self, waybill: str, text: str) -> Json:
        """The customer's survey of this delivery, once it shows the text."""
        return await self.telegram.wait_for(
            self.wang.id, lambda m: m["sent_by_bot"] and all(w in (m.get("text") or "") for w in (waybill, text))
        )

    async def newer(self, seat: Seat, text: str, after: int) -> Json:
        """The bot's message with this text that came after another, as soon as it is there."""
        return await self.telegram.wait_for(
            seat.chat, lambda m: m["sent_by_bot"] and m["message_id"] > after and text in (m.get("text") or "")
        )

    async def set_up_answered_case(self, action: str = "We retrained the driver") -> str:
        """A case that the head has approved: the customer is asked whether it is solved."""
        number = await self.set_up_accepted_case()
        await self.set_up_resolved_case(action)
        await self.at("transport", self.zhao).press("Approve")
        await self.customer.see("Is it solved?")
        return number

    async def card(self, department: str, number: str, *words: str) -> Json:
        """The newest card of a case in a department's group, as soon as it says these words."""

        def wanted(message: Json) -> bool:
            return (
                message["sent_by_bot"] and is_card(message, number) and all(word in message["text"] for word in words)
            )

        return await self.telegram.wait_for(self.groups[department], wanted)

    async def has_card(self, department: str, number: str = "C-") -> bool:
        messages = await self.telegram.messages(self.groups[department])
        return any(message["sent_by_bot"] and is_card(message, number) for message in messages)

    async def toast(self, pressed: Json | str) -> str:
        """What a press was answered with, as soon as it is."""
        callback = pressed if isinstance(pressed, str) else pressed["callback_query_id"]
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                answer = await self.telegram.callback(callback)
                if answer["answered"]:
                    return str(answer["text"] or "")
                await asyncio.sleep(0.02)

    async def rows(self, statement: Select[Any]) -> list[Row[Any]]:
        """What the database says."""
        async with self.database.read() as tx:
            return list(await tx.execute(statement))

    async def wait_until_quiet(self) -> None:
        """Wait until the bot has said everything it wanted to say, timers included."""
        await wait_until_quiet(self.telegram, self.database, self.bot.now)

    async def check(self) -> None:
        """Telegram refused nothing of what the bot called, every press was answered, no event failed."""
        await self.telegram.settle()
        assert self.poisoned or "Traceback" not in self.bot.log(), self.bot.log()[-4000:]
        # A poll of a process that is gone is ended by its successor's first; Telegram says so to the dead.
        # Who has just started does not know what its messages say.
        anew = ("message is not modified",) if self.bot.starts > 1 else ()
        allowed = ("terminated by other getUpdates", *anew, *self.refusals)
        refused = [call for call in await self.telegram.calls() if not call["ok"]]
        strange = [call for call in refused if not any(words in call["description"] for words in allowed)]
        assert not strange, strange
        number, silent = FIRST_PRESS, []
        while (callback := self.server.world.callbacks.get(str(number))) is not None:
            silent += [f"press {number} by {callback.user} was never answered"] * (callback.answer is None)
            number += 1
        # A wordless answer dies with the process that owed it (ADR 4): one press for each time it was killed.
        assert len(silent) <= self.bot.kills, silent


def find_case_number(message: Json) -> str:
    """The number of the case that a message speaks of."""
    import re

    match = re.search(r"[CSQP]-\d{6}-\d{4,}", message["text"])
    assert match is not None, message["text"]
    return match.group()


def is_card(message: Json, number: str) -> bool:
    head = str(message.get("text", "")).partition("\n")[0]
    return number in head and "Answer due" in message["text"]


def list_labels(message: Json) -> list[str]:
    """What stands on a message's buttons."""
    return [button["text"] for row in message.get("reply_markup", {}).get("inline_keyboard", ()) for button in row]
