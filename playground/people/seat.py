"""Test fixture for one person in one chat, in the words tests use: they say, press, and see."""

from __future__ import annotations

from dataclasses import dataclass

from playground.people.connection import PATIENCE_SECONDS, Connection
from playground.shape.wire import Json


@dataclass(frozen=True, slots=True)
class Seat:
    telegram: Connection
    chat: int
    user: int

    async def say(self, text: str | None = None, **details: object) -> Json:
        """Write, or attach: `photo=True`, `document={"name": …, "size": …}`, `reply_to=…`, `caption=…`."""
        return await self.telegram.say(self.chat, self.user, text, **details)

    async def reply(self, text: str, *, to: int | None = None) -> Json:
        """Answer a message of the bot: the one that forces a reply, otherwise its newest."""
        if to is None:
            page = await self.telegram.ask("GET", f"chats/{self.chat}/messages", viewer=self.user, limit=1)
            forced = page["keyboard"] or {}
            to = forced["message_id"] if "force_reply" in forced else (await self.last())["message_id"]
        return await self.say(text, reply_to=to)

    async def press(self, label: str, *, message_id: int | None = None) -> Json:
        """Press a button by its label, inline or on the reply keyboard."""
        return await self.telegram.press(self.chat, self.user, label, message_id=message_id)

    async def forge(self, data: str, *, message_id: int) -> str:
        """Send a press that no button offers; returns the callback's number."""
        pressed = await self._act("press", data=data, message_id=message_id, forged=True)
        return str(pressed["callback_query_id"])

    async def album(self, count: int = 2, **details: object) -> list[Json]:
        """Pictures sent together: `caption=…`, `order=[2, 0, 1]`, `delay_ms=…`."""
        messages: list[Json] = (await self._act("album", count=count, **details))["messages"]
        return messages

    async def contact(self, phone_number: str | None = None, user_id: int | None = None) -> Json:
        message: Json = (await self._act("contact", phone_number=phone_number, user_id=user_id))["message"]
        return message

    async def start(self, payload: str | None = None) -> Json:
        message: Json = (await self._act("start", payload=payload))["message"]
        return message

    async def edit(
        self, message_id: int, text: str | None = None, *, caption: str | None = None, **media: object
    ) -> Json:
        """Change one's own message: its words, its caption, or what it carries (`photo=True`, …)."""
        changed = await self._act("edit", message_id=message_id, text=text, caption=caption, **media)
        message: Json = changed["message"]
        return message

    async def block(self) -> None:
        await self.telegram.member(self.chat, "kicked", by=self.user)

    async def unblock(self) -> None:
        await self.telegram.member(self.chat, "member", by=self.user)

    async def last(self) -> Json:
        """The bot's newest message. Raises AssertionError when the bot has said nothing here."""
        for message in reversed(await self.telegram.messages(self.chat)):
            if message["sent_by_bot"]:
                return message
        raise AssertionError("the bot has said nothing here")

    async def see(self, text: str, timeout: float = PATIENCE_SECONDS) -> Json:  # noqa: ASYNC109
        """The bot's newest message that contains `text`, as soon as there is one; `timeout` in seconds."""
        return await self.telegram.wait_for(
            self.chat,
            lambda m: m["sent_by_bot"] and text in (m.get("text") or m.get("caption") or ""),
            timeout=timeout,
        )

    async def buttons(self, message_id: int | None = None) -> list[str]:
        """The labels of a message's inline buttons (by default the bot's newest message)."""
        matches = [m for m in await self.telegram.messages(self.chat) if m["message_id"] == message_id]
        message = matches[0] if matches else await self.last()
        return [button["text"] for row in message.get("reply_markup", {}).get("inline_keyboard", ()) for button in row]

    async def transcript(self) -> list[str]:
        return await self.telegram.transcript(self.chat)

    async def _act(self, what: str, **details: object) -> Json:
        return await self.telegram.act(self.chat, self.user, what, **details)
