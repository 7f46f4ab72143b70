"""Bot API methods about chats and their members."""

from __future__ import annotations

from playground.botapi.methods.call import BotCall, Method
from playground.shape.wire import Json, make_bad_request
from playground.world.membership import describe_member, leave

_ADMINS = frozenset({"creator", "administrator"})


def _get_chat(call: BotCall) -> object:
    chat = call.look()
    full: Json = {
        **chat.wire(),
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }
    if not chat.is_private:
        full["permissions"] = {"can_send_messages": True, **chat.permissions}
    if chat.pinned and (message := chat.messages.get(chat.pinned[-1])):
        full["pinned_message"] = message
    return full


def _get_member(call: BotCall) -> object:
    chat, person = call.look(), call.params["user_id"]
    if call.world.member_user(person) is None:
        raise make_bad_request("user not found")
    if person != call.world.bot["id"] and person not in chat.members:
        if chat.is_private:
            raise make_bad_request("member not found")
        return describe_member(call.world, chat, person, "left")
    return describe_member(call.world, chat, person)


def _get_administrators(call: BotCall) -> object:
    chat = call.look()
    if chat.is_private:
        raise make_bad_request("there are no administrators in the private chat")
    people = [person for person, status in chat.members.items() if status in _ADMINS]
    if chat.bot_status in _ADMINS:
        people.append(call.world.bot["id"])
    return [describe_member(call.world, chat, person) for person in people]


def _get_count(call: BotCall) -> object:
    chat = call.look()
    return len(chat.members) + int(chat.bot_present)


def _leave(call: BotCall) -> object:
    chat = call.look()
    if chat.is_private:
        raise make_bad_request("chat member status can't be changed in private chats")
    leave(call.world, chat)
    return True


def _pin(call: BotCall) -> object:
    chat = call.reach()
    message = call.message(chat, "message to pin not found")
    if not chat.is_private and chat.bot_status != "administrator":
        raise make_bad_request("not enough rights to manage pinned messages in the chat")
    if message["message_id"] in chat.pinned:
        chat.pinned.remove(message["message_id"])
    chat.pinned.append(message["message_id"])
    bare = {name: value for name, value in message.items() if name != "reply_to_message"}
    call.world.post(chat, call.world.bot, {"pinned_message": bare})
    call.world.tell(chat, pinned=chat.pinned)
    return True


def _unpin(call: BotCall) -> object:
    chat = call.reach()
    number = call.params.get("message_id", chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise make_bad_request("message to unpin not found")
    chat.pinned.remove(number)
    call.world.tell(chat, pinned=chat.pinned)
    return True


METHODS: dict[str, Method] = {
    "getChat": _get_chat,
    "getChatMember": _get_member,
    "getChatAdministrators": _get_administrators,
    "getChatMemberCount": _get_count,
    "leaveChat": _leave,
    "pinChatMessage": _pin,
    "unpinChatMessage": _unpin,
}
