"""World state of this small Telegram: who there is, what was said, what is waiting for the bot.

1. Everything here is plain and immediate; nothing waits.
2. Output is an `event` to the page and, if the bot is to know, an `update` to the bot; both are made from the same immutable message.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from playground.shape.wire import CallRefusedError, Json, make_bad_request, make_forbidden
from playground.world.accounts import Account, ChatState
from playground.world.call_log import CallLog
from playground.world.callback_queries import CallbackQueries
from playground.world.dispatch import UpdateDispatcher
from playground.world.events import Events
from playground.world.faults import Faults
from playground.world.files import Files
from playground.world.limits import SendLimits
from playground.world.menu import Menu
from playground.world.updates import Updates

TOKEN = "7000000001:playground"  # noqa: S105  it opens nothing but this server
_FIRST_USER = 5_000_001
_FIRST_GROUP = -4_100_000_001
_FIRST_SUPERGROUP = -1_002_000_000_001
_RIGHTS = {
    "text": ("can_send_messages", "text messages"),
    "contact": ("can_send_messages", "contacts"),
    "photo": ("can_send_photos", "photos"),
    "video": ("can_send_videos", "videos"),
    "video_note": ("can_send_video_notes", "video notes"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "audio": ("can_send_audios", "music"),
    "document": ("can_send_documents", "documents"),
    "animation": ("can_send_other_messages", "animations"),
}
"""The right that each kind of content needs, and what the Bot API calls it when it refuses."""

_PRIVATE_KINDS = frozenset({"voice", "video_note"})
"""What a person can keep a bot from sending."""


@dataclass(slots=True)
class Numbers:
    """The last number given out, per kind of thing."""

    message: int = 0
    group: int = 0
    album: int = 0
    user: int = 0


class World:
    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "playground_bot",
        name: str = "Playground",
        reads_all: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.token = token
        self.clock = clock
        self.bot: Json = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": name, "username": username}
        self.abilities: Json = {
            "can_join_groups": True,
            "can_read_all_group_messages": reads_all,
            "supports_inline_queries": False,
        }
        self.users: dict[int, Account] = {}
        self.chats: dict[int, ChatState] = {}
        self.texts: dict[tuple[str, str], str] = {}
        """Name, description and short description of the bot, by kind and language."""
        self.seats: list[Json] = []
        self.extras: dict[str, Callable[[], object]] = {"process": lambda: None, "clock": lambda: None}
        """What others add to `/play/state`."""
        self.events = Events()
        self.calls = CallLog(self.events.publish, self._now)
        self.faults = Faults(self.events.publish)
        self.is_own_bot: Callable[[int], bool] = lambda _pid: False
        """Whether a process is this world's bot; no fault kills any other one."""
        self.updates = Updates()
        self.courier = UpdateDispatcher(self.updates, self.faults)
        self.callbacks = CallbackQueries(self._now)
        self.files = Files()
        self.limits = SendLimits()
        self.menu = Menu()
        self.numbers = Numbers()

    def _now(self) -> float:
        return self.clock()

    # People and chats

    def add_user(self, user_id: int | None = None, **facts: str | None) -> Account:
        """A new person, or new facts about a known one; their private chat with the bot is created too."""
        known = self.users.get(user_id or 0)
        if known is not None:
            for name, value in facts.items():
                if value is not None:
                    setattr(known, name, value)
            return known
        if user_id is None:
            user_id = self._free_user_id()
        given = {name: value for name, value in facts.items() if value is not None}
        user = Account(user_id, given.pop("first_name", f"User {user_id}"), **given)  # type: ignore[arg-type]  # the facts are texts
        self.users[user_id] = user
        self._keep(ChatState(user_id, "private", user=user, members={user_id: "member"}))
        return user

    def add_chat(self, kind: str, title: str, members: list[int], *, chat_id: int | None, is_forum: bool) -> ChatState:
        """A new group without the bot; its first member is its creator."""
        if chat_id is None:
            first = _FIRST_SUPERGROUP if kind == "supergroup" else _FIRST_GROUP
            chat_id = first - self.numbers.group
            self.numbers.group += 1
        statuses = dict.fromkeys(members, "member")
        if members:
            statuses[members[0]] = "creator"
        chat = ChatState(chat_id, kind, title=title, members=statuses, bot_status="left", is_forum=is_forum)
        self._keep(chat)
        return chat

    def find(self, chat_id: int | str) -> ChatState:
        """The chat with this number or @username. Raises CallRefusedError when there is none."""
        if isinstance(chat_id, str):
            name = chat_id.removeprefix("@").lower()
            chat_id = next((u.id for u in self.users.values() if (u.username or "").lower() == name), 0)
        chat = self.chats.get(chat_id)
        if chat is None:
            raise make_bad_request("chat not found")
        return chat

    def look(self, chat_id: int | str) -> ChatState:
        """The chat, if the bot may know about it. Raises CallRefusedError when it may not, or when the group was migrated."""
        chat = self.find(chat_id)
        if chat.migrated_to is not None:
            raise CallRefusedError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.migrated_to,
            )
        if not chat.is_private and chat.bot_status == "kicked":
            raise make_forbidden(f"bot was kicked from the {chat.type} chat")
        if not chat.is_private and chat.bot_status == "left":
            raise make_forbidden(f"bot is not a member of the {chat.type} chat")
        return chat

    def reach(self, chat_id: int | str, kind: str | None = None) -> ChatState:
        """The chat, if the bot may write there (and send this kind of content). Raises CallRefusedError when it may not."""
        chat = self.look(chat_id)
        if chat.is_private and not chat.started:
            raise make_forbidden("bot can't initiate conversation with a user")
        if chat.is_private and chat.bot_status == "kicked":
            raise make_forbidden("bot was blocked by the user")
        if kind is not None:
            self._check_right(chat, kind)
        return chat

    def _check_right(self, chat: ChatState, kind: str) -> None:
        """Raises CallRefusedError where this kind of content may not be sent: by the group, by the bot's own rights, by a person."""
        right, things = _RIGHTS.get(kind, ("", ""))
        if chat.is_private:
            if kind in _PRIVATE_KINDS and not chat.permissions.get("can_send_voice_notes", True):
                raise make_bad_request("VOICE_MESSAGES_FORBIDDEN")
            return
        if chat.bot_status == "administrator":
            return
        allowed = chat.permissions.get(right, True)
        if chat.bot_status == "restricted":
            allowed = allowed and chat.bot_rights.get(right, False)
        if right and not allowed:
            raise make_bad_request(f"not enough rights to send {things} to the chat")

    def member_user(self, user_id: int) -> Json | None:
        """The Bot API's User object, also for the bot; None if unknown."""
        if user_id == self.bot["id"]:
            return self.bot
        user = self.users.get(user_id)
        return user.wire() if user is not None else None

    # Messages

    def post(
        self, chat: ChatState, sender: Json, content: Json, *, reply: Json | None = None, thread: int | None = None
    ) -> Json:
        """Put a message into a chat, visible to everybody there."""
        message: Json = {
            "message_id": self._next_message_id(chat),
            "from": sender,
            "chat": chat.wire(),
            "date": int(self.clock()),
        }
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
            reply = chat.messages.get(thread) if reply is None else reply  # as Telegram does: the topic's first message
        if reply is not None:
            message["reply_to_message"] = {k: v for k, v in reply.items() if k != "reply_to_message"}
        message |= content
        chat.messages.add(message)
        self.events.publish("message", {"chat": chat.id, "message": self.present(message)})
        return message

    def rewrite(self, chat: ChatState, message: Json) -> Json:
        """Replace a message by its edited version."""
        message = {**message, "edit_date": int(self.clock())}
        chat.messages.replace(message)
        self.events.publish("edited", {"chat": chat.id, "message": self.present(message)})
        return message

    def album_id(self) -> str:
        """A new `media_group_id`."""
        self.numbers.album += 1
        return str(13_000_000_000_000_000 + self.numbers.album)

    def remove(self, chat: ChatState, message_id: int) -> None:
        chat.messages.delete(message_id)
        self.events.publish("deleted", {"chat": chat.id, "message_id": message_id})

    def present(self, message: Json) -> Json:
        """A message as the page gets it."""
        return {**message, "sent_by_bot": message["from"]["id"] == self.bot["id"]}

    def tell(self, chat: ChatState, **extra: object) -> None:
        """Tell the page that something about the chat itself changed."""
        self.events.publish("chat", {**chat.card(), **extra})

    def emit(self, kind: str, payload: Json, chat: int) -> int | None:
        return self.courier.emit(kind, payload, chat)

    # Inside

    def _keep(self, chat: ChatState) -> None:
        self.chats[chat.id] = chat
        self.tell(chat)

    def _free_user_id(self) -> int:
        while True:
            self.numbers.user += 1
            if _FIRST_USER + self.numbers.user not in self.users:
                return _FIRST_USER + self.numbers.user

    def _next_message_id(self, chat: ChatState) -> int:
        """A supergroup has its own counter; private chats and basic groups share the account's."""
        if chat.type == "supergroup":
            chat.last_message_id += 1
            return chat.last_message_id
        self.numbers.message += 1
        return self.numbers.message
