"""Update parsing: raw JSON turned into one of our few events, validated strictly, without the library's object tree.

1. Only the fields we use are read; the library's own parser is the oracle in tests/handlers/turns/test_inbound.py.
2. Only the sender's own contact counts as a phone number, and only if the sender shared it: a forwarded one does not.
3. An update we have no use for is `None`: it is confirmed and nothing happens.
"""

import json
from dataclasses import dataclass

import msgspec

from conversations.buttons import Button, unpack
from conversations.protocol import Attached, File, Pressed, Said, Shared
from domain.masking import PLACE_MARK
from handlers.turns import updates as api


@dataclass(frozen=True, slots=True)
class UpdateSender:
    """The sender, by Telegram account."""

    telegram_id: int
    name: str
    username: str
    language_code: str


@dataclass(frozen=True, slots=True)
class Commanded:
    """`/name@to args`; `to` is the bot addressed, empty for any; `mentioned` are accounts named in the text itself."""

    name: str
    args: str
    to: str = ""
    mentioned: tuple[UpdateSender, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownPress:
    """A press with data that none of our buttons ever carried."""


@dataclass(frozen=True, slots=True)
class Edited:
    """Somebody edited an earlier message; `file` is what it carries now."""

    text: str
    file: File | None = None


@dataclass(frozen=True, slots=True)
class MembershipChanged:
    """What the bot may do in this chat changed."""

    can_write: bool
    status: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group has a new id from now on."""

    new: int


@dataclass(frozen=True, slots=True)
class MemberLeft:
    telegram_id: int


@dataclass(frozen=True, slots=True)
class MemberJoined:
    telegram_id: int


@dataclass(frozen=True, slots=True)
class AnonymousCommand:
    """A command of an administrator who writes as the group itself: nobody can tell who it is, and what they may do."""

    command: Commanded


@dataclass(frozen=True, slots=True)
class UnusableMessage:
    """A contact that is not the sender's own, or something that is neither words nor a file; `words` is what can be kept of it."""

    text_key: str
    words: str = ""


Happening = (
    Pressed
    | Said
    | Attached
    | Shared
    | Commanded
    | UnknownPress
    | Edited
    | MembershipChanged
    | Migrated
    | MemberLeft
    | MemberJoined
    | UnusableMessage
    | AnonymousCommand
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update as we understand it; `message_id` is the message pressed or sent, `replies_to` the one it answers.

    `replied_bot` is the @name of the bot that wrote the message answered, `replied_text` what that message says.
    """

    chat_id: int
    private: bool
    sender: UpdateSender
    what: Happening
    message_id: int
    callback: str = ""
    replies_to: int | None = None
    replies_to_bot: bool = False
    replied_person: UpdateSender | None = None
    replied_bot: str = ""
    replied_text: str = ""
    topic: int | None = None
    """The forum topic it was sent or pressed in."""

    @property
    def lane(self) -> str:
        return f"{self.chat_id}:{self.sender.telegram_id}"

    @property
    def mentioned(self) -> tuple[UpdateSender, ...]:
        """The accounts named in a command itself."""
        return self.what.mentioned if isinstance(self.what, Commanded) else ()

    @property
    def button(self) -> Button | None:
        return self.what.button if isinstance(self.what, Pressed) else None


_decode = msgspec.json.Decoder(api.Update).decode


_decode_id = msgspec.json.Decoder(api.UpdateId).decode


_ESCAPED_NUL = b"\\u0000"


def _replace_nul(raw: bytes) -> bytes:
    """The update with the mark of an unreadable character for each NUL: Telegram lets none through, and PostgreSQL stores none."""

    def clean(part: object) -> object:
        if isinstance(part, str):
            return part.replace("\0", "\ufffd")
        if isinstance(part, list):
            return [clean(inner) for inner in part]
        return {key: clean(inner) for key, inner in part.items()} if isinstance(part, dict) else part

    return msgspec.json.encode(clean(msgspec.json.decode(raw)))


def parse_update_id(raw: bytes) -> int:
    """The update's id, so that even an update we cannot read is kept. Raises msgspec.MsgspecError when there is none."""
    return _decode_id(raw).update_id


def find_update_id(raw: bytes) -> int | None:
    """The id of an update that is JSON although nobody can read it (half a surrogate pair, for one); None if there is none.

    Such an update is set aside under its id instead of being sent to us for ever.
    """
    try:
        update = json.loads(raw.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    id_ = update.get("update_id") if isinstance(update, dict) else None
    return id_ if isinstance(id_, int) and not isinstance(id_, bool) else None


def parse_update(raw: bytes) -> Arrival | None:
    """The event in this update, None if it is of no use to us. Raises msgspec.MsgspecError when it is not what the Bot API promises."""
    update = _decode(raw if _ESCAPED_NUL not in raw else _replace_nul(raw))
    if update.callback_query is not None:
        return _parse_press(update.callback_query)
    if update.message is not None:
        return _parse_message(update.message)
    if update.edited_message is not None and update.edited_message.from_ is not None:
        message = update.edited_message
        if message.location is not None:
            return None  # somebody who shares their place moves on: where they were counts
        return _make_arrival(
            message, update.edited_message.from_, Edited(message.text or message.caption, _find_file(message))
        )
    if update.my_chat_member is not None:
        change = update.my_chat_member
        if change.chat.type == "channel":
            return None  # what would be said there would be said to its readers
        member = change.new_chat_member
        inside = member.status in {"creator", "administrator", "member"}
        can_write = inside or (member.status == "restricted" and member.is_member and member.can_send_messages)
        what = MembershipChanged(can_write, member.status)
        return Arrival(change.chat.id, change.chat.type == "private", _make_sender(change.from_), what, 0)
    return _parse_member_change(update.chat_member) if update.chat_member is not None else None


def _parse_member_change(change: api.ChatMemberUpdated) -> Arrival | None:
    """Somebody else joined or left, no matter who did it; Telegram says so where the bot is an administrator."""
    member = change.new_chat_member
    if member.user is None or member.user.is_bot:
        return None
    inside = member.status in {"creator", "administrator", "member"} or (
        member.status == "restricted" and member.is_member
    )
    who = member.user.id
    sender = _make_sender(member.user if change.from_.is_bot else change.from_)
    return Arrival(change.chat.id, False, sender, MemberJoined(who) if inside else MemberLeft(who), 0)


def _parse_press(query: api.CallbackQuery) -> Arrival | None:
    button = unpack(query.data)
    what = Pressed(button) if button is not None else UnknownPress()
    message = query.message
    if message is None:
        return Arrival(query.from_.id, True, _make_sender(query.from_), UnknownPress(), 0, query.id)
    return Arrival(
        message.chat.id,
        message.chat.type == "private",
        _make_sender(query.from_),
        what,
        message.message_id,
        query.id,
        topic=_find_topic(message),
    )


def _parse_message(message: api.Message) -> Arrival | None:
    sender = message.from_
    if message.migrate_to_chat_id is not None:
        nobody = api.User(0, "")
        return _make_arrival(message, sender or nobody, Migrated(message.migrate_to_chat_id))
    left = message.left_chat_member
    if left is not None and not left.is_bot:  # also where another bot put them out
        return _make_arrival(message, left if sender is None or sender.is_bot else sender, MemberLeft(left.id))
    if (
        sender is not None
        and sender.is_bot
        and message.sender_chat is not None
        and message.sender_chat.id == message.chat.id
    ):
        command = _parse_command(message)
        return _make_arrival(message, sender, AnonymousCommand(command)) if command is not None else None
    if sender is None or sender.is_bot or left is not None:
        return None
    what = _read_content(message, sender)
    return _make_arrival(message, sender, what) if what is not None else None


def _read_content(message: api.Message, sender: api.User) -> Happening | None:
    """What somebody has said or sent; None for what happens in a chat by itself."""
    if message.contact is not None:
        own = (
            message.contact.user_id == sender.id and message.forward_origin is None
        )  # a forwarded card: anybody wrote it
        strange = UnusableMessage("contact-not-yours", _describe_contact(message.contact))
        return Shared(message.contact.phone_number) if own else strange
    if message.text:
        return _parse_command(message) or Said(message.text)
    file = _find_file(message)
    if file is not None:
        return Attached(file, message.caption)
    if message.location is not None:
        return Said(_describe_place(message.location, message.venue))
    return UnusableMessage("unusable") if any(getattr(message, kind) is not None for kind in _UNUSABLE) else None


_UNUSABLE = ("sticker", "poll", "dice", "game", "story", "checklist")
"""What people send that says nothing to anybody but who sees it in the chat."""


def _describe_contact(contact: api.Contact) -> str:
    """Somebody's contact in words."""
    name = f"{contact.first_name} {contact.last_name}".strip()
    return ", ".join(filter(None, (name, contact.phone_number)))


def _describe_place(spot: api.Location, venue: api.Venue | None) -> str:
    """A place in one line: what it is called, where it is, and a map of it."""
    at = f"{spot.latitude:.6f}, {spot.longitude:.6f}"
    link = f"https://www.openstreetmap.org/?mlat={spot.latitude:.6f}&mlon={spot.longitude:.6f}"
    named = (venue.title, venue.address) if venue is not None else ()
    return f"{PLACE_MARK} {' · '.join(filter(None, (*named, at, link)))}"


def _parse_command(message: api.Message) -> Commanded | None:
    if not message.text.startswith("/"):
        return None
    word, _, args = message.text[1:].partition(" ")
    if "\n" in word:
        word, _, args = message.text[1:].partition("\n")
    name, _, to = word.lower().partition("@")
    if not name or not name.replace("_", "").isalnum() or not name.isascii():
        return None
    mentioned = tuple(_make_sender(entity.user) for entity in message.entities if entity.user is not None)
    return Commanded(name, args.strip(), to, mentioned)


def _find_file(message: api.Message) -> File | None:
    album = message.media_group_id
    if message.photo:
        return File("photo", message.photo[-1].file_id, album, message.photo[-1].file_unique_id)
    for kind in ("video", "document", "voice", "audio", "video_note"):
        file: api.FileId | None = getattr(message, kind)
        if file is not None:
            return File(kind, file.file_id, album, file.file_unique_id)
    return None


def _make_arrival(message: api.Message, sender: api.User, what: Happening) -> Arrival:
    reply = message.reply_to_message
    if reply is not None and reply.forum_topic_created is not None:
        reply = None  # in a topic, a message that is not a reply comes as a reply to the topic's first
    author = reply.from_ if reply else None
    return Arrival(
        message.chat.id,
        message.chat.type == "private",
        _make_sender(sender),
        what,
        message.message_id,
        replies_to=reply.message_id if reply else None,
        replies_to_bot=bool(author and author.is_bot),
        replied_person=_make_sender(author) if author and not author.is_bot else None,
        replied_bot=author.username if author and author.is_bot else "",
        replied_text=(reply.text or reply.caption) if reply else "",
        topic=_find_topic(message),
    )


def _find_topic(message: api.Message) -> int | None:
    thread = message.message_thread_id or 0
    return thread if message.is_topic_message and thread > 0 else None


def _make_sender(user: api.User) -> UpdateSender:
    name = f"{user.first_name} {user.last_name}".strip()
    return UpdateSender(user.id, name, user.username, user.language_code)
