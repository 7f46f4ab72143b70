"""Bot API methods about forum topics."""

from __future__ import annotations

from playground.botapi.methods.call import BotCall, Method
from playground.shape.wire import Json, make_bad_request
from playground.world.accounts import ChatState, Topic

_LONGEST_NAME = 128


def _forum(call: BotCall, *, manage: bool = True) -> ChatState:
    chat = call.reach()
    if not chat.is_forum:
        raise make_bad_request("the chat is not a forum")
    if manage and (chat.bot_status != "administrator" or not chat.bot_rights.get("can_manage_topics", True)):
        raise make_bad_request(
            "not enough rights to create a topic" if "create" in call.method else "not enough rights"
        )
    return chat


def _topic(call: BotCall, chat: ChatState) -> Topic:
    topic = chat.topics.get(call.params["message_thread_id"])
    if topic is None:
        raise make_bad_request("message thread not found")
    return topic


def _name(call: BotCall) -> str:
    name: str = call.params["name"].strip()
    if not 1 <= len(name) <= _LONGEST_NAME:
        raise make_bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    return name


def _create(call: BotCall) -> object:
    chat, name = _forum(call), _name(call)
    color = call.params.get("icon_color", 0x6FB9F0)
    service: Json = {"name": name, "icon_color": color}
    message = call.world.post(chat, call.world.bot, {"forum_topic_created": service})
    topic = Topic(message["message_id"], name, color)
    chat.topics[topic.id] = topic
    chat.messages.replace({**message, "message_thread_id": topic.id, "is_topic_message": True})
    call.world.tell(chat)
    return {"message_thread_id": topic.id, **service}


def _edit(call: BotCall) -> object:
    chat = _forum(call)
    topic = _topic(call, chat)
    if "name" in call.params:
        name = _name(call)
        if name == topic.name:
            raise make_bad_request("TOPIC_NOT_MODIFIED")
        topic.name = name
    call.world.post(chat, call.world.bot, {"forum_topic_edited": {"name": topic.name}}, thread=topic.id)
    call.world.tell(chat)
    return True


def _close(call: BotCall) -> object:
    return _turn(call, closed=True)


def _reopen(call: BotCall) -> object:
    return _turn(call, closed=False)


def _turn(call: BotCall, *, closed: bool) -> bool:
    chat = _forum(call)
    topic = _topic(call, chat)
    if topic.closed == closed:
        raise make_bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    service = "forum_topic_closed" if closed else "forum_topic_reopened"
    call.world.post(chat, call.world.bot, {service: {}}, thread=topic.id)
    call.world.tell(chat)
    return True


def _delete(call: BotCall) -> object:
    chat = _forum(call)
    topic = _topic(call, chat)
    del chat.topics[topic.id]
    for message in list(chat.messages.newest()):  # rare: deletes a whole topic
        if message.get("message_thread_id") == topic.id:
            call.world.remove(chat, message["message_id"])
    call.world.tell(chat)
    return True


METHODS: dict[str, Method] = {
    "createForumTopic": _create,
    "editForumTopic": _edit,
    "closeForumTopic": _close,
    "reopenForumTopic": _reopen,
    "deleteForumTopic": _delete,
}
