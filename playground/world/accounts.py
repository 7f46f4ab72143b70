"""Accounts: users and the chats they are in, as plain state."""

from __future__ import annotations

from dataclasses import dataclass, field

from playground.shape.wire import Json
from playground.world.shelf import Shelf

PRESENT = frozenset({"creator", "administrator", "member", "restricted"})


@dataclass(slots=True)
class Account:
    """A person; `phone`, `role` and `note` are for the page and never leave through the Bot API.

    Who is not `listed` is not offered in the page's lists, which are for people to choose from.
    """

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str = "en"
    phone: str | None = None
    role: str | None = None
    note: str | None = None
    listed: bool = True

    def wire(self) -> Json:
        """The Bot API's User object."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        user["language_code"] = self.language_code
        return user

    def card(self) -> Json:
        """The person as the page knows them."""
        extra = {"phone": self.phone, "role": self.role, "note": self.note}
        return {**self.wire(), **{name: value for name, value in extra.items() if value is not None}}


@dataclass(slots=True)
class Topic:
    id: int
    name: str
    icon_color: int = 0x6FB9F0
    closed: bool = False


@dataclass(slots=True)
class ChatState:
    """One chat as the bot's account sees it.

    `bot_status` is the bot's membership; in a private chat `kicked` means that the person blocked the bot.
    `permissions` are what every plain member may do, the bot too; what is not named is allowed. In a private chat they are the
    person's privacy: `can_send_voice_notes`.
    `keyboards` holds, per person, the reply keyboard or forced reply their client shows now.
    `frozen` are messages sent with such a markup: Telegram does not allow editing them.
    """

    id: int
    type: str
    title: str | None = None
    user: Account | None = None
    members: dict[int, str] = field(default_factory=dict)
    bot_status: str = "member"
    bot_rights: dict[str, bool] = field(default_factory=dict)
    permissions: dict[str, bool] = field(default_factory=dict)
    is_forum: bool = False
    started: bool = False
    migrated_to: int | None = None
    last_message_id: int = 0
    messages: Shelf = field(default_factory=Shelf)
    topics: dict[int, Topic] = field(default_factory=dict)
    keyboards: dict[int, Json] = field(default_factory=dict)
    frozen: set[int] = field(default_factory=set)
    pinned: list[int] = field(default_factory=list)
    menu_button: Json | None = None

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    @property
    def bot_present(self) -> bool:
        return self.bot_status in PRESENT

    def wire(self) -> Json:
        """The Bot API's Chat object."""
        if self.user is not None:
            user = self.user
            chat: Json = {"id": self.id, "first_name": user.first_name}
            if user.last_name:
                chat["last_name"] = user.last_name
            if user.username:
                chat["username"] = user.username
            chat["type"] = "private"
            return chat
        chat = {"id": self.id, "title": self.title, "type": self.type}
        if self.is_forum:
            chat["is_forum"] = True
        return chat

    def card(self) -> Json:
        """The chat as the page knows it."""
        card = {**self.wire(), "members": list(self.members), "bot_status": self.bot_status}
        if self.started:
            card["started"] = True
        if self.migrated_to is not None:
            card["migrated_to"] = self.migrated_to
        if self.keyboards:
            card["keyboards"] = {str(person): markup for person, markup in self.keyboards.items()}
        if self.topics:
            card["topics"] = [{"id": t.id, "name": t.name, "closed": t.closed} for t in self.topics.values()]
        return card
