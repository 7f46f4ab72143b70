"""Bot API methods that edit and delete messages."""

from __future__ import annotations

from playground.botapi import reply_markup
from playground.botapi.methods.call import BotCall, Method
from playground.botapi.methods.media import find_file, make_content
from playground.botapi.methods.sending import CONTENT, read_caption, read_text
from playground.shape.wire import Json, make_bad_request
from playground.world.accounts import ChatState

DELETABLE_SECONDS = 48 * 3600
MOST_DELETED = 100
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")


def _edit_text(call: BotCall) -> object:
    content = read_text(call)
    chat, message = _find_editable(call)
    if "text" not in message:
        raise make_bad_request("there is no text in the message to edit")
    return _change(call, chat, message, _TEXT, content)


def _edit_caption(call: BotCall) -> object:
    content = read_caption(call, call.params)
    chat, message = _find_editable(call)
    if not any(kind in message for kind in CONTENT if kind not in {"text", "contact"}):
        raise make_bad_request("there is no caption in the message to edit")
    return _change(call, chat, message, _CAPTION, content)


def _edit_markup(call: BotCall) -> object:
    chat, message = _find_editable(call)
    return _change(call, chat, message, (), {})


def _edit_media(call: BotCall) -> object:
    item = call.params["media"]
    caption = read_caption(call, item)
    chat, message = _find_editable(call)
    call.reach(item["type"])
    file = find_file(call, item["type"], item["media"], "")
    return _change(call, chat, message, (*CONTENT, *_TEXT, *_CAPTION), {**make_content(file.kind, file), **caption})


def _find_editable(call: BotCall) -> tuple[ChatState, Json]:
    """The message to edit, if it is the bot's own and of an editable kind."""
    if "chat_id" not in call.params:
        raise make_bad_request("chat_id is empty")
    chat = call.reach()
    message = call.message(chat, "message to edit not found")
    if message["from"]["id"] != call.world.bot["id"] or message["message_id"] in chat.frozen:
        raise make_bad_request("message can't be edited")
    if "forward_origin" in message or not any(kind in message for kind in CONTENT):
        raise make_bad_request("message can't be edited")
    return chat, message


def _change(call: BotCall, chat: ChatState, message: Json, dropped: tuple[str, ...], content: Json) -> Json:
    """Replace the dropped fields by `content`, and the keyboard by the call's (none if it gives none)."""
    inline = reply_markup.check_inline_keyboard(call.params.get("reply_markup"))
    gone = {*dropped, "reply_markup", "edit_date"}
    edited = {name: value for name, value in message.items() if name not in gone} | content
    if inline is not None:
        edited["reply_markup"] = inline
    if edited == {name: value for name, value in message.items() if name != "edit_date"}:
        raise make_bad_request(NOT_MODIFIED)
    call.world.limits.edit(chat.id, group=not chat.is_private)
    return call.world.rewrite(chat, edited)


def _delete(call: BotCall) -> object:
    chat = call.reach()
    message = call.message(chat, "message to delete not found")
    _check_deletable(call, chat, message)
    call.world.remove(chat, message["message_id"])
    return True


def _delete_many(call: BotCall) -> object:
    numbers = call.params["message_ids"]
    if not 1 <= len(numbers) <= MOST_DELETED:
        raise make_bad_request("message identifiers must be between 1 and 100")
    chat = call.reach()
    messages = [message for number in numbers if (message := chat.messages.get(number)) is not None]
    for message in messages:
        _check_deletable(call, chat, message)
    for message in messages:
        call.world.remove(chat, message["message_id"])
    return True


def _check_deletable(call: BotCall, chat: ChatState, message: Json) -> None:
    own = message["from"]["id"] == call.world.bot["id"]
    if call.world.clock() - message["date"] > DELETABLE_SECONDS and chat.bot_status != "administrator":
        raise make_bad_request("message can't be deleted for everyone")
    if not own and not chat.is_private and chat.bot_status != "administrator":
        raise make_bad_request("message can't be deleted")


METHODS: dict[str, Method] = {
    "editMessageText": _edit_text,
    "editMessageCaption": _edit_caption,
    "editMessageReplyMarkup": _edit_markup,
    "editMessageMedia": _edit_media,
    "deleteMessage": _delete,
    "deleteMessages": _delete_many,
}
