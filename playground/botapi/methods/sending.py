"""Bot API methods that send text, copies and forwards; and what all sending has in common."""

from __future__ import annotations

from playground.botapi import reply_markup
from playground.botapi.methods.call import BotCall, Method
from playground.shape.entities import parse_text
from playground.shape.wire import Json, make_bad_request, utf16_length
from playground.world.accounts import PRESENT, ChatState

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CONTENT = ("photo", "document", "video", "voice", "audio", "animation", "contact", "text")
_CARRIED = frozenset(
    {*CONTENT, "entities", "caption", "caption_entities", "show_caption_above_media", "link_preview_options"}
)


def read_text(call: BotCall) -> Json:
    """`text` and `entities` of a call, as a message holds them.

    Raises:
        CallRefusedError: when the text is empty, or longer than 4,096 UTF-16 code units.
    """
    params = call.params
    if not params.get("text"):
        raise make_bad_request("message text is empty")
    text, entities = parse_text(
        params["text"], params.get("parse_mode"), params.get("entities"), call.world.member_user
    )
    if not text:
        raise make_bad_request("text must be non-empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise make_bad_request("message is too long")
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    if "link_preview_options" in params:
        content["link_preview_options"] = params["link_preview_options"]
    return content


def read_caption(call: BotCall, source: Json) -> Json:
    """`caption` and `caption_entities` of a call or of one item of an album.

    Raises:
        CallRefusedError: when the caption is longer than 1,024 UTF-16 code units.
    """
    if not source.get("caption"):
        return {}
    caption, entities = parse_text(
        source["caption"], source.get("parse_mode"), source.get("caption_entities"), call.world.member_user
    )
    if utf16_length(caption) > CAPTION_LIMIT:
        raise make_bad_request("message caption is too long")
    content: Json = {"caption": caption} if caption else {}
    if entities:
        content["caption_entities"] = entities
    if source.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def put_message(call: BotCall, chat: ChatState, content: Json) -> Json:
    """Do the checks common to all sending, then put the message into the chat."""
    world, params = call.world, call.params
    thread = find_thread(chat, params.get("message_thread_id"))
    reply, quote = find_reply(call, chat)
    markup = params.get("reply_markup")
    inline, other = reply_markup.check_inline_keyboard(markup), reply_markup.check_reply_keyboard(markup, chat)
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
        reply_markup.show_keyboard(chat, other, message, reply_markup.list_addressees(message))
        world.tell(chat)
    return message


def find_thread(chat: ChatState, thread: int | None) -> int | None:
    """The topic's thread number. Raises CallRefusedError when there is no such topic, or it is closed to the bot."""
    if thread is None:
        return None
    topic = chat.topics.get(thread)
    if topic is None:
        raise make_bad_request("message thread not found")
    if topic.closed and chat.bot_status != "administrator":
        raise make_bad_request("TOPIC_CLOSED")
    return thread


def find_reply(call: BotCall, chat: ChatState) -> tuple[Json | None, Json | None]:
    """The message replied to, and the part of it that is quoted.

    Raises:
        CallRefusedError: when that message is missing and the call insists on it, or does not contain the quote.
    """
    wanted = call.params.get("reply_parameters")
    if wanted is None:
        return None, None
    elsewhere = wanted.get("chat_id", chat.id) not in {chat.id, str(chat.id)}
    target = None if elsewhere else chat.messages.get(wanted["message_id"])
    if target is None:
        if wanted.get("allow_sending_without_reply"):
            return None, None
        raise make_bad_request("message to be replied not found")
    quote = wanted.get("quote")
    if quote is None:
        return target, None
    whole = target.get("text") or target.get("caption") or ""
    if quote not in whole:
        raise make_bad_request("QUOTE_TEXT_INVALID")
    return target, {"text": quote, "position": utf16_length(whole[: whole.index(quote)])}


def copy_content(message: Json) -> Json:
    """The fields a copy or forward takes along."""
    return {name: value for name, value in message.items() if name in _CARRIED}


def _send_message(call: BotCall) -> object:
    content = read_text(call)
    return put_message(call, call.reach("text"), content)


def _send_contact(call: BotCall) -> object:
    fields = ("phone_number", "first_name", "last_name", "vcard")
    return put_message(
        call, call.reach("contact"), {"contact": {f: call.params[f] for f in fields if f in call.params}}
    )


def _source(call: BotCall, missing: str) -> Json:
    message = call.message(call.world.look(call.params["from_chat_id"]), missing)
    if not any(kind in message for kind in CONTENT):
        raise make_bad_request("message can't be copied" if "copy" in missing else "the message can't be forwarded")
    return message


def _copy_message(call: BotCall) -> object:
    message = _source(call, "message to copy not found")
    content = copy_content(message)
    if "caption" in call.params:
        content = {k: v for k, v in content.items() if not k.startswith("caption")} | read_caption(call, call.params)
    kind = next(kind for kind in CONTENT if kind in message)
    return {"message_id": put_message(call, call.reach(kind), content)["message_id"]}


def _forward_message(call: BotCall) -> object:
    message = _source(call, "message to forward not found")
    origin = {"type": "user", "date": message["date"], "sender_user": message["from"]}
    kind = next(kind for kind in CONTENT if kind in message)
    return put_message(call, call.reach(kind), {**copy_content(message), "forward_origin": origin})


def _send_chat_action(call: BotCall) -> object:
    chat = call.reach()
    call.world.events.publish("action", {"chat": chat.id, "action": call.params["action"]})
    return True


def _set_message_reaction(call: BotCall) -> object:
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
