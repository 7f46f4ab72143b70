"""Keyboard validation: whether Telegram accepts this keyboard, and who sees a reply keyboard."""

from __future__ import annotations

from urllib.parse import urlsplit

from playground.shape.wire import Json, make_bad_request
from playground.world.accounts import ChatState

DATA_BYTES = 64
MOST_BUTTONS = 100
_ACTIONS = frozenset(
    {
        *("url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat"),
        *("switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay"),
    }
)
_WEB = frozenset({"http", "https"})
_OWN = frozenset({"tg", "ton"})


def check_inline_keyboard(markup: Json | None) -> Json | None:
    """The inline keyboard in `markup`, checked; None if there is none or it is empty.

    Raises:
        CallRefusedError: when Telegram would refuse it.
    """
    if markup is None or "inline_keyboard" not in markup:
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    for row in rows:
        for button in row:
            _check_inline_button(button)
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise make_bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def check_reply_keyboard(markup: Json | None, chat: ChatState) -> Json | None:
    """The reply keyboard, its removal or the forced reply in `markup`, checked."""
    if markup is None or "inline_keyboard" in markup:
        return None
    for row in markup.get("keyboard", ()):
        for button in row:
            _check_reply_button(button, chat)
    return markup


def show_keyboard(chat: ChatState, markup: Json, message: Json, people: list[int]) -> None:
    """Change what these people (all, by default) have under their input field."""
    shown: Json | None = {"message_id": message["message_id"], **markup}
    if "remove_keyboard" in markup:
        shown = None
    for person in people if markup.get("selective") else chat.members:
        if shown is None:
            chat.keyboards.pop(person, None)
        else:
            chat.keyboards[person] = shown


def list_addressees(message: Json) -> list[int]:
    """Whom a selective keyboard is for: people mentioned, and the author of the message replied to."""
    people = [entity["user"]["id"] for entity in message.get("entities", ()) if entity["type"] == "text_mention"]
    reply = message.get("reply_to_message")
    return people if reply is None else [*people, reply["from"]["id"]]


def list_labels(message: Json) -> list[str]:
    """The labels of a message's inline buttons."""
    return [button["text"] for row in message.get("reply_markup", {}).get("inline_keyboard", ()) for button in row]


def _check_inline_button(button: Json) -> None:
    if not button["text"].strip():
        raise make_bad_request("inline keyboard button text must be non-empty")
    if not _ACTIONS & button.keys():
        raise make_bad_request("text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= DATA_BYTES:
        raise make_bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not _is_public(button["url"]):
        raise make_bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _is_public(url: str) -> bool:
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
    except ValueError:
        return False
    return parts.scheme in _OWN or (parts.scheme in _WEB and "." in (parts.hostname or ""))


def _check_reply_button(button: Json, chat: ChatState) -> None:
    if not button["text"].strip():
        raise make_bad_request("keyboard button text must be non-empty")
    if "request_contact" in button and not chat.is_private:
        raise make_bad_request("phone number can be requested in private chats only")
    if "request_location" in button and not chat.is_private:
        raise make_bad_request("location can be requested in private chats only")
