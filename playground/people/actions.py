"""User actions: write, attach, edit, press, share a contact, start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from playground.botapi import reply_markup
from playground.people.attachments import ImpossibleError, make_caption_content, make_text_content
from playground.shape.wire import Json, utf16_length
from playground.world.accounts import Account, ChatState
from playground.world.files import Upload
from playground.world.membership import change_bot
from playground.world.world import World

_SCROLLED = 500
_CAPTION = frozenset({"caption", "caption_entities"})
_REPLACEABLE = frozenset({"photo", "video", "document", "audio", "animation"})
_TOGETHER = (frozenset({"photo", "video"}), frozenset({"document"}), frozenset({"audio"}))
"""Kinds that may share an album, and so may replace one another there."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One person in one chat, about to do something."""

    world: World
    chat: ChatState
    user: Account

    def say(
        self, content: Json, *, reply_to: int | None = None, thread: int | None = None, quote: str | None = None
    ) -> Json:
        """Send a message with this content."""
        return self._send(self._compose(content, reply_to, thread, quote))

    def start(self, payload: str | None) -> Json:
        """Press Start, perhaps through a deep link; it also unblocks the bot."""
        if self.chat.is_private and self.chat.bot_status == "kicked":
            change_bot(self.world, self.chat, "member", self.user.id)
        mention = "" if self.chat.is_private else f"@{self.world.bot['username']}"
        return self.say(make_text_content(self.world, f"/start{mention} {payload or ''}".strip()))

    def edit(self, message_id: int, text: str | None, caption: str | None, media: Json | None = None) -> Json:
        """Change one's own message: its text, its caption, or (`media`, as `make_attachment` returns it) what it carries.

        Raises:
            ImpossibleError: when the message is not the person's own, or has no such part.
        """
        message = self.chat.messages.get(message_id)
        if message is None or message["from"]["id"] != self.user.id:
            raise ImpossibleError("people can edit their own messages only")
        if media:
            changed = _replace_media(message, media)
            if caption is not None:
                changed = {k: v for k, v in changed.items() if k not in _CAPTION} | make_caption_content(
                    self.world, caption
                )
        elif text is not None:
            if "text" not in message:
                raise ImpossibleError("there is no text in this message to edit")
            changed = {k: v for k, v in message.items() if k != "entities"} | make_text_content(self.world, text)
        else:
            if "text" in message:
                raise ImpossibleError("there is no caption in this message to edit")
            changed = {k: v for k, v in message.items() if k not in _CAPTION} | make_caption_content(
                self.world, caption
            )
        edited = self.world.rewrite(self.chat, changed)
        self._tell_bot("edited_message", edited)
        return edited

    def press(self, message_id: int, data: str, *, forged: bool = False) -> str:
        """Press an inline button; returns the callback's number. A forged press needs no such button, nor such a message.

        Raises:
            ImpossibleError: when the message has no button with this data.
        """
        message = self.chat.messages.get(message_id)
        if not forged and (message is None or data not in _find_data(message)):
            raise ImpossibleError(f"no button with data {data!r} on message {message_id}")
        callback = self.world.callbacks.press(self.user.id, self.chat.id)
        query = {
            "id": callback.id,
            "from": self.user.wire(),
            "message": message or {"chat": self.chat.wire(), "message_id": message_id, "date": 0},
            "chat_instance": str(7_000_000_000_000_000_000 + self.chat.id),
            "data": data,
        }
        if self.chat.is_private or self.chat.bot_present:
            self.world.emit("callback_query", query, self.chat.id)
        return callback.id

    def press_label(self, label: str, message_id: int | None = None) -> Json:
        """Press the button with this label: on one message, otherwise on the newest that shows it, otherwise on the reply keyboard.

        Raises:
            ImpossibleError: when there is no such button.
        """
        message, data = self._find_button(label, message_id)
        if message is not None and data is not None:
            return {"callback_query_id": self.press(message["message_id"], data), "message_id": message["message_id"]}
        keyboard = self.chat.keyboards.get(self.user.id, {})
        for row in keyboard.get("keyboard", ()):
            for button in row:
                if button["text"] == label or label in button["text"]:
                    return {"message": self._press_reply(button, keyboard)}
        raise ImpossibleError(f"no button {label!r}; there are: {self._all_labels(message_id)}")

    def contact(self, phone: str | None, user_id: int | None, reply_to: int | None = None) -> Json:
        """Share a contact: one's own, unless another number or person is named."""
        contact: Json = {"phone_number": phone or self.user.phone or f"+86139{self.user.id % 10**8:08}"}
        contact["first_name"] = self.user.first_name
        if self.user.last_name:
            contact["last_name"] = self.user.last_name
        if user_id != 0:  # 0: a person who is not on Telegram
            contact["user_id"] = user_id if user_id is not None else self.user.id
        return self.say({"contact": contact}, reply_to=reply_to)

    def album(self, uploads: list[Upload], caption: str | None, reply_to: int | None = None) -> list[Json]:
        """Pictures with one media_group_id; put into the chat, but not sent to the bot yet."""
        group = self.world.album_id()
        messages = []
        for number, brought in enumerate(uploads):
            photo = self.world.files.add("photo", brought)
            words = make_caption_content(self.world, caption) if number == 0 else {}
            content = {"media_group_id": group, "photo": photo.media, **words}
            messages.append(self._compose(content, reply_to, None, None))
        return messages

    def tell_bot(self, message: Json) -> None:
        self._tell_bot("message", message)

    def _send(self, message: Json) -> Json:
        self._tell_bot("message", message)
        return message

    def _compose(self, content: Json, reply_to: int | None, thread: int | None, quote: str | None) -> Json:
        chat = self.chat
        if chat.is_private and chat.bot_status == "kicked":
            raise ImpossibleError("this person has blocked the bot: unblock or start first")
        if not chat.is_private and self.user.id not in chat.members:
            raise ImpossibleError(f"{self.user.first_name} is not in this chat")
        if chat.migrated_to is not None:
            raise ImpossibleError(f"this group is now {chat.migrated_to}")
        if thread is not None and thread not in chat.topics:
            raise ImpossibleError(f"there is no topic {thread}")
        reply = chat.messages.get(reply_to) if reply_to is not None else None
        if reply_to is not None and reply is None:
            raise ImpossibleError(f"there is no message {reply_to} to reply to")
        if reply is not None and thread is None:
            thread = reply.get("message_thread_id") if reply.get("is_topic_message") else None
        if reply is not None and quote is not None:
            whole = reply.get("text") or reply.get("caption") or ""
            position = utf16_length(whole[: max(0, whole.find(quote))])
            content = {**content, "quote": {"text": quote, "position": position, "is_manual": True}}
        chat.started = True
        keyboard = chat.keyboards.get(self.user.id)
        if keyboard is not None and (keyboard.get("one_time_keyboard") or "force_reply" in keyboard):
            del chat.keyboards[self.user.id]
            self.world.tell(chat)
        return self.world.post(chat, self.user.wire(), content, reply=reply, thread=thread)

    def _tell_bot(self, kind: str, message: Json) -> None:
        if self.chat.bot_present and (self.chat.is_private or self._is_read(message)):
            self.world.emit(kind, message, self.chat.id)

    def _is_read(self, message: Json) -> bool:
        """Privacy mode: in groups a bot reads commands, replies to itself and mentions of its name, unless it reads everything."""
        world = self.world
        if world.abilities["can_read_all_group_messages"] or self.chat.bot_status == "administrator":
            return True
        reply = message.get("reply_to_message")
        if reply is not None and reply["from"]["id"] == world.bot["id"] and "forum_topic_created" not in reply:
            return True
        text = message.get("text") or message.get("caption") or ""
        name = f"@{world.bot['username']}".lower()
        first = text.split(maxsplit=1)[0].lower() if text else ""
        return name in text.lower() or (first.startswith("/") and "@" not in first)

    def _press_reply(self, button: Json, keyboard: Json) -> Json:
        if button.get("request_contact"):
            return self.contact(None, None, keyboard["message_id"])
        return self.say(make_text_content(self.world, button["text"]))

    def _find_button(self, label: str, message_id: int | None) -> tuple[Json | None, str | None]:
        """The message and the data of the button with this label; on each message an exact label wins."""
        for message in self._list_shown(message_id):
            buttons = [b for row in message.get("reply_markup", {}).get("inline_keyboard", ()) for b in row]
            fitting = [b for b in buttons if b["text"] == label] or [b for b in buttons if label in b["text"]]
            for button in fitting:
                if "callback_data" not in button:
                    raise ImpossibleError(f"{button['text']!r} is a link: {button.get('url')}")
                return message, button["callback_data"]
        return None, None

    def _list_shown(self, message_id: int | None) -> Iterable[Json]:
        """One message, or those on the screen and a few pages above, newest first."""
        if message_id is None:
            return islice(self.chat.messages.newest(), _SCROLLED)
        message = self.chat.messages.get(message_id)
        return [] if message is None else [message]

    def _all_labels(self, message_id: int | None) -> list[str]:
        shown = [message for message in self._list_shown(message_id) if "reply_markup" in message]
        reply = [b["text"] for row in self.chat.keyboards.get(self.user.id, {}).get("keyboard", ()) for b in row]
        return [label for message in shown[:5] for label in reply_markup.list_labels(message)] + reply


def _replace_media(message: Json, media: Json) -> Json:
    """The message with this in place of what it carried; its text becomes the caption of an added file."""
    (new,) = media.keys() & (_REPLACEABLE | {"voice", "video_note"})
    old = next((kind for kind in ("photo", "video", "document", "audio", "animation") if kind in message), None)
    if new not in _REPLACEABLE or (old is None and "text" not in message):
        raise ImpossibleError("voice and video messages cannot be exchanged")
    if "media_group_id" in message and not any({old, new} <= kinds for kinds in _TOGETHER):
        raise ImpossibleError(f"a {new} cannot take the place of a {old} in an album")
    kept = {kind: value for kind, value in message.items() if kind not in {old, "text", "entities"}}
    if "text" in message:
        kept["caption"] = message["text"]
        kept |= {"caption_entities": message["entities"]} if "entities" in message else {}
    return kept | media


def _find_data(message: Json) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]
