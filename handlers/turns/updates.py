"""Schema of Bot API updates: the fields we use, by the Bot API's own names; everything else is skipped while reading."""

from typing import Annotated

import msgspec

Number = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
"""What the databases hold. An update with a longer number is not from Telegram, and is refused before anything is done with it."""


class User(msgspec.Struct, frozen=True):
    id: Number
    first_name: str
    is_bot: bool = False
    last_name: str = ""
    username: str = ""
    language_code: str = ""


class Chat(msgspec.Struct, frozen=True):
    id: Number
    type: str
    title: str = ""


class FileId(msgspec.Struct, frozen=True):
    file_id: str
    file_unique_id: str = ""


class Contact(msgspec.Struct, frozen=True):
    phone_number: str
    user_id: Number | None = None
    first_name: str = ""
    last_name: str = ""


class Location(msgspec.Struct, frozen=True):
    latitude: float
    longitude: float


class Venue(msgspec.Struct, frozen=True):
    title: str = ""
    address: str = ""


class MessageEntity(msgspec.Struct, frozen=True):
    type: str
    offset: Number = 0
    length: Number = 0
    user: User | None = None


class Reply(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    message_id: Number
    from_: User | None = None
    text: str = ""
    caption: str = ""
    forum_topic_created: dict[str, object] | None = None


class Message(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    message_id: Number
    chat: Chat
    from_: User | None = None
    sender_chat: Chat | None = None
    text: str = ""
    caption: str = ""
    photo: list[FileId] = []
    document: FileId | None = None
    video: FileId | None = None
    voice: FileId | None = None
    audio: FileId | None = None
    video_note: FileId | None = None
    contact: Contact | None = None
    location: Location | None = None
    venue: Venue | None = None
    sticker: dict[str, object] | None = None
    poll: dict[str, object] | None = None
    dice: dict[str, object] | None = None
    game: dict[str, object] | None = None
    story: dict[str, object] | None = None
    checklist: dict[str, object] | None = None
    message_thread_id: Number | None = None
    is_topic_message: bool = False
    forward_origin: dict[str, object] | None = None
    entities: list[MessageEntity] = []
    media_group_id: str = ""
    reply_to_message: Reply | None = None
    new_chat_members: list[User] = []
    left_chat_member: User | None = None
    migrate_to_chat_id: Number | None = None
    migrate_from_chat_id: Number | None = None


class CallbackQuery(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    id: str
    from_: User
    message: Message | None = None
    data: str = ""


class ChatMember(msgspec.Struct, frozen=True):
    status: str
    user: User | None = None
    can_send_messages: bool = True
    is_member: bool = True


class ChatMemberUpdated(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    chat: Chat
    from_: User
    new_chat_member: ChatMember


class Update(msgspec.Struct, frozen=True):
    update_id: Number
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: ChatMemberUpdated | None = None
    chat_member: ChatMemberUpdated | None = None


class UpdateId(msgspec.Struct, frozen=True):
    update_id: Number
