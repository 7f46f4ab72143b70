"""Parameters, checked against the Bot API's own description."""

from __future__ import annotations

import pytest

from playground.botapi.methods import SERVED
from playground.shape import schema
from playground.shape.wire import CallRefusedError, Json

_DROPPED = {"allow_sending_without_reply", "reply_to_message_id", "disable_web_page_preview"}
"""Gone from the Bot API; aiogram still knows them."""
_NEWER = {"ephemeral_message_parameters", "receiver_user_id", "callback_query_id"}
"""Newer than our description of the Bot API."""


@pytest.mark.parametrize("method", sorted(SERVED))
def test_every_served_method_has_the_parameters_that_aiogram_knows(method: str) -> None:
    """An independent reading of the Bot API agrees with ours, name by name."""
    import aiogram.methods  # takes seconds: not while tests are collected

    model = getattr(aiogram.methods, method[0].upper() + method[1:])
    ours = set(schema._API["methods"][method])
    theirs = set(model.model_fields)
    assert ours <= theirs
    assert theirs - ours <= _DROPPED | _NEWER


def test_forms_and_json_become_the_same_parameters() -> None:
    """Text is read into the described type."""
    native: Json = {"chat_id": 5, "text": "x", "disable_notification": True, "reply_parameters": {"message_id": 1}}
    form = {"chat_id": "5", "text": "x", "disable_notification": "true", "reply_parameters": '{"message_id": 1}'}
    assert schema.check("sendMessage", native, {}) == schema.check("sendMessage", form, {}) == native


@pytest.mark.parametrize(
    ("method", "params", "why"),
    [
        ("sendMessage", {"text": "x"}, "Bad Request: chat_id is empty"),
        ("sendMessage", {"chat_id": 1}, "Bad Request: message text is empty"),
        ("sendMediaGroup", {"chat_id": 1}, 'Bad Request: parameter "media" is required'),
        ("sendMessage", {"chat_id": 1, "text": "x", "txt": "y"}, 'Bad Request: unknown parameter "txt" of sendMessage'),
        ("sendMessage", {"chat_id": 1, "text": 5}, 'can\'t parse parameter "text": String expected, int found'),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": "{"}, 'parameter "reply_markup": not JSON'),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback": "y"}]]}},
            "/inline_keyboard/0/0/callback: InlineKeyboardButton has no such field",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [["x"]]}},
            "/inline_keyboard/0/0: Object expected, str found",
        ),
        ("sendMediaGroup", {"chat_id": 1, "media": [{"type": "gif", "media": "x"}]}, "/0: an object of type"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, "an object of type BotCommandScope expected"),
    ],
)
def test_what_is_malformed_is_refused_with_its_place(method: str, params: Json, why: str) -> None:
    """Strict where Telegram would be silent."""
    with pytest.raises(CallRefusedError) as refused:
        schema.check(method, params, {})
    assert refused.value.code == 400
    assert why in refused.value.description


def test_members_of_a_union_are_told_apart() -> None:
    """By their constant, each with its own fields."""
    media = [{"type": "photo", "media": "a", "has_spoiler": True}, {"type": "video", "media": "b", "width": 5}]
    assert schema.check("sendMediaGroup", {"chat_id": 1, "media": media}, {})["media"] == media


def test_a_file_may_stand_for_a_required_parameter() -> None:
    """A part of the form with that name."""
    assert schema.check("sendPhoto", {"chat_id": "1"}, {"photo": object()}) == {"chat_id": 1}
    with pytest.raises(CallRefusedError, match='parameter "photo" is required'):
        schema.check("sendPhoto", {"chat_id": "1"}, {})


def test_absent_is_the_same_as_null() -> None:
    """JSON null is no value."""
    assert schema.check("sendMessage", {"chat_id": 1, "text": "x", "entities": None}, {}) == {"chat_id": 1, "text": "x"}


def test_a_reply_button_may_be_its_text_alone() -> None:
    """The Bot API's shorthand."""
    params = schema.check("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"keyboard": [["Yes"]]}}, {})
    assert params["reply_markup"] == {"keyboard": [[{"text": "Yes"}]]}
