"""Keyboards that Telegram takes, and those it refuses."""

from __future__ import annotations

import pytest

from playground.botapi import reply_markup
from playground.shape.wire import CallRefusedError, Json
from playground.world.accounts import ChatState

PRIVATE = ChatState(1, "private", members={1: "member"})


def inline(*buttons: Json) -> Json:
    return {"inline_keyboard": [list(buttons)]}


def group() -> ChatState:
    return ChatState(-1, "group", members={1: "member", 2: "member"})


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"text": "x", "callback_data": "a" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "货" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x"}, "text buttons are unallowed in the inline keyboard"),
        ({"text": " ", "callback_data": "a"}, "must be non-empty"),
        ({"text": "x", "url": "http://localhost/a"}, "Wrong HTTP URL"),
        ({"text": "x", "url": "javascript:alert(1)"}, "Wrong HTTP URL"),
    ],
)
def test_a_wrong_button_is_refused(button: Json, why: str) -> None:
    """Bytes are counted, not characters."""
    with pytest.raises(CallRefusedError, match=why):
        reply_markup.check_inline_keyboard(inline(button))


def test_data_of_64_bytes_and_public_links_pass() -> None:
    """The limit itself is allowed."""
    markup = inline({"text": "x", "callback_data": "a" * 64}, {"text": "y", "url": "https://t.me/x"})
    assert reply_markup.check_inline_keyboard(markup) == markup


def test_an_empty_keyboard_is_none() -> None:
    """Empty rows do not count."""
    assert reply_markup.check_inline_keyboard({"inline_keyboard": [[], []]}) is None


def test_more_than_a_hundred_buttons_are_too_many() -> None:
    """However they are laid out."""
    rows = [[{"text": "x", "callback_data": "a"}] for _ in range(101)]
    with pytest.raises(CallRefusedError, match="reply markup is too long"):
        reply_markup.check_inline_keyboard({"inline_keyboard": rows})


def test_the_phone_number_is_asked_for_in_private_only() -> None:
    """A contact button in a group is refused."""
    markup = {"keyboard": [[{"text": "Share", "request_contact": True}]]}
    assert reply_markup.check_reply_keyboard(markup, PRIVATE) == markup
    with pytest.raises(CallRefusedError, match="phone number can be requested in private chats only"):
        reply_markup.check_reply_keyboard(markup, group())


def test_a_selective_keyboard_is_shown_to_those_meant() -> None:
    """Others keep what they have."""
    chat = group()
    message = {"message_id": 5, "reply_to_message": {"from": {"id": 2}}}
    reply_markup.show_keyboard(
        chat, {"force_reply": True, "selective": True}, message, reply_markup.list_addressees(message)
    )
    assert chat.keyboards == {2: {"message_id": 5, "force_reply": True, "selective": True}}
    reply_markup.show_keyboard(chat, {"keyboard": [[{"text": "x"}]]}, message, [])
    assert set(chat.keyboards) == {1, 2}
    reply_markup.show_keyboard(chat, {"remove_keyboard": True}, message, [])
    assert chat.keyboards == {}
