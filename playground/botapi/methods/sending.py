"""Sending: text, copies and forwards, and what all sending has in common."""

from __future__ import annotations

from playground.botapi import reply_markup
from playground.botapi.methods.call import Call, Method
from playground.shape.entities import parse
from playground.shape.wire import Json, bad, utf16
from playground.world.people import PRESENT, Chat

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CONTENT = ("photo", "document", "video", "voice", "audio", "animation", "contact", "text")
_CARRIED = frozenset(
    {*CONTENT, "entities", "caption", "caption_entities", "show_caption_above_media", "link_preview_options"}
)


def text_of(call: Call) -> Json:
    """`text` and `entities` of a call, as a message holds them."""
    params = call.params
    if not params.get("text"):
        raise bad("message text is empty")
    text, entities = parse(params["text"], params.get("parse_mode"), params.get("entities"), call.world.member_user)
    if not text:
        raise bad("text must be non-empty")
    if utf16(text) > TEXT_LIMIT:
        raise bad("message is too long")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    if "link_preview_options" in params:
        content["link_preview_options"] = params["link_preview_options"]
    return content


def caption_of(call: Call, source: Json) -> Json:
    """`caption` and `caption_entities` of a call or of one item of an album."""
    if not source.get("caption"):
        return {}
    caption, entities = parse(
        source["caption"], source.get("parse_mode"), source.get("caption_entities"), call.world.member_user
    )
    if utf16(caption) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    content: Json = {"caption": caption} if caption else {}
    if entities:
        content["caption_entities"] = entities
    if source.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def deliver(call: Call, chat: Chat, content: Json) -> Json:
    """Check what every sending has in common, then put the message into the chat."""
    world, params = call.world, call.params
    thread = thread_of(chat, params.get("message_thread_id"))
    reply, quote = reply_of(call, chat)
    markup = params.get("reply_markup")
    inline, other = reply_markup.inline(markup), reply_markup.other(markup, chat)
    world.limits.send(chat.id, group=not chat.is_private)
    if quote:
        content = {**content, "quote": quote}
    if params.get("protect_content"):
        content = {**content, "has_protected_content": True}
    if inline is not None:
        content = {**content, "reply_markup": inline}
    message = world.post(chat, world.bot, content, reply=reply, thread=thread)
    if other is not None:
        chat.frozen.add(message["message_id"])
        reply_markup.show(chat, other, message, reply_markup.meant(message))
        world.tell(chat)
    return message


def thread_of(chat: Chat, thread: int | None) -> int | None:
    if thread is None:
        return None
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad("message thread not found")
    if topic.closed and chat.bot_status != "administrator":
        raise bad("TOPIC_CLOSED")
    return thread


def reply_of(call: Call, chat: Chat) -> tuple[Json | None, Json | None]:
    """The message replied to, and the part of it that is quoted."""
    wanted = call.params.get("reply_parameters")
    if wanted is None:
        return None, None
    elsewhere = wanted.get("chat_id", chat.id) not in {chat.id, str(chat.id)}
    target = None if elsewhere else chat.messages.get(wanted["message_id"])
    if target is None:
        if wanted.get("allow_sending_without_reply"):
            return None, None
        raise bad("message to be replied not found")
    quote = wanted.get("quote")
    if quote is None:
        return target, None
    whole = target.get("text") or target.get("caption") or ""
    if quote not in whole:
        raise bad("QUOTE_TEXT_INVALID")
    return target, {"text": quote, "position": utf16(whole[: whole.index(quote)])}


def carried(message: Json) -> Json:
    """What a copy or a forward takes along."""
    return {name: value for name, value in message.items() if name in _CARRIED}


def _send_message(call: Call) -> object:
    content = text_of(call)
    return deliver(call, call.reach("text"), content)


def _send_contact(call: Call) -> object:
    fields = ("phone_number", "first_name", "last_name", "vcard")
    return deliver(call, call.reach("text"), {"contact": {f: call.params[f] for f in fields if f in call.params}})


def _source(call: Call, missing: str) -> Json:
    message = call.message(call.world.look(call.params["from_chat_id"]), missing)
    if not any(kind in message for kind in CONTENT):
        raise bad("message can't be copied" if "copy" in missing else "the message can't be forwarded")
    return message


def _copy_message(call: Call) -> object:
    message = _source(call, "message to copy not found")
    content = carried(message)
    if "caption" in call.params:
        content = {k: v for k, v in content.items() if not k.startswith("caption")} | caption_of(call, call.params)
    kind = next(kind for kind in CONTENT if kind in message)
    return {"message_id": deliver(call, call.reach(kind), content)["message_id"]}


def _forward_message(call: Call) -> object:
    message = _source(call, "message to forward not found")
    origin = {"type": "user", "date": message["date"], "sender_user": message["from"]}
    kind = next(kind for kind in CONTENT if kind in message)
    return deliver(call, call.reach(kind), {**carried(message), "forward_origin": origin})


def _send_chat_action(call: Call) -> object:
    chat = call.reach()
    call.world.events.publish("action", {"chat": chat.id, "action": call.params["action"]})
    return True


def _set_message_reaction(call: Call) -> object:
    chat = call.look()
    message = call.message(chat, "message to react not found")
    call.world.events.publish(
        "reaction",
        {"chat": chat.id, "message_id": message["message_id"], "reaction": call.params.get("reaction", [])},
    )
    return chat.bot_status in PRESENT


METHODS: dict[str, Method] = {
    "sendMessage": _send_message,
    "sendContact": _send_contact,
    "copyMessage": _copy_message,
    "forwardMessage": _forward_message,
    "sendChatAction": _send_chat_action,
    "setMessageReaction": _set_message_reaction,
}
