"""Chat membership: the bot comes, goes, is promoted, blocked; groups turn into supergroups."""

from __future__ import annotations

from playground.shape.schema import type_fields
from playground.shape.wire import Json
from playground.world.accounts import PRESENT, ChatState
from playground.world.world import World

_GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics", "can_send_welcome_messages")
"""Rights that the description leaves optional, because only groups have them, or does not know yet."""


def describe_member(world: World, chat: ChatState, person: int, status: str | None = None) -> Json:
    """The Bot API's ChatMember object of a person or of the bot."""
    is_bot = person == world.bot["id"]
    if status is None:
        status = chat.bot_status if is_bot else chat.members.get(person, "left")
    member: Json = {"user": world.member_user(person), "status": status}
    rights = chat.bot_rights if is_bot else {}
    match status:
        case "creator":
            member["is_anonymous"] = False
        case "administrator":
            known = {"is_anonymous": False, "can_be_edited": False, **rights}
            member |= _list_rights("ChatMemberAdministrator", known, default=True)
            member |= {right: known.get(right, True) for right in _GROUP_RIGHTS}
        case "restricted":
            member |= _list_rights("ChatMemberRestricted", rights, default=False) | {"until_date": 0}
            member["is_member"] = True
        case "kicked":
            member["until_date"] = 0
        case _:
            pass
    return member


def change_bot(
    world: World, chat: ChatState, status: str, by: int | None, rights: dict[str, bool] | None = None
) -> None:
    """Set the bot's membership to `status`; the bot gets a my_chat_member update."""
    old = describe_member(world, chat, world.bot["id"])
    was_present = chat.bot_present
    chat.bot_status, chat.bot_rights = status, rights or {}
    sender = world.member_user(by if by is not None else _somebody(chat)) or world.bot
    changed = {
        "chat": chat.wire(),
        "from": sender,
        "date": int(world.clock()),
        "old_chat_member": old,
        "new_chat_member": describe_member(world, chat, world.bot["id"]),
    }
    world.emit("my_chat_member", changed, chat.id)
    if not chat.is_private and status in PRESENT and not was_present:
        message = world.post(chat, sender, {"new_chat_members": [world.bot]})
        world.emit("message", message, chat.id)
    world.tell(chat)


def leave(world: World, chat: ChatState) -> None:
    """The bot leaves by itself; it gets an update about that too."""
    change_bot(world, chat, "left", world.bot["id"])


def change_person(world: World, chat: ChatState, person: int, status: str, by: int | None) -> None:
    """A person joins, leaves or is promoted."""
    was_there = chat.members.get(person) in PRESENT
    old = describe_member(world, chat, person)
    if status in PRESENT:
        chat.members[person] = status
    else:
        chat.members.pop(person, None)
        chat.keyboards.pop(person, None)
    sender = world.member_user(by if by is not None else person)
    user = world.member_user(person)
    if chat.bot_present and sender is not None:
        if was_there != (status in PRESENT):
            service = {"left_chat_member": user} if was_there else {"new_chat_members": [user]}
            world.emit("message", world.post(chat, sender, service), chat.id)
        new = describe_member(world, chat, person, status)
        changed = {"chat": chat.wire(), "from": sender, "date": int(world.clock())}
        if chat.bot_status == "administrator":
            world.emit("chat_member", {**changed, "old_chat_member": old, "new_chat_member": new}, chat.id)
    world.tell(chat)


def rename(world: World, chat: ChatState, title: str, by: int | None) -> None:
    chat.title = title
    sender = world.member_user(by if by is not None else _somebody(chat)) or world.bot
    message = world.post(chat, sender, {"new_chat_title": title})
    if chat.bot_present:
        world.emit("message", message, chat.id)
    world.tell(chat)


def migrate(world: World, old: ChatState) -> ChatState:
    """Turn a basic group into a supergroup with a new number; both chats get a service message."""
    new = world.add_chat("supergroup", old.title or "", list(old.members), chat_id=None, is_forum=False)
    new.members = dict(old.members)
    new.bot_status, new.bot_rights, new.permissions = old.bot_status, old.bot_rights, dict(old.permissions)
    sender = world.member_user(_somebody(old)) or world.bot
    leaving = world.post(old, sender, {"migrate_to_chat_id": new.id})
    arriving = world.post(new, sender, {"migrate_from_chat_id": old.id})
    old.migrated_to = new.id
    if old.bot_present:
        world.emit("message", leaving, old.id)
        world.emit("message", arriving, new.id)
    world.tell(old)
    world.tell(new)
    return new


def _somebody(chat: ChatState) -> int:
    return next(iter(chat.members), 0)


def _list_rights(name: str, known: dict[str, bool], *, default: bool) -> Json:
    """Every right the type requires."""
    return {
        field: known.get(field, default)
        for field, about in type_fields(name).items()
        if about["types"] == ["Boolean"] and about.get("required")
    }
