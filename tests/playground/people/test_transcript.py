"""A chat as lines."""

from __future__ import annotations

from playground.people.transcript import format_line
from playground.shape.wire import Json


def test_a_line_has_number_author_content_and_buttons() -> None:
    """Rows are apart, buttons of a row together."""
    rows = [[{"text": "1"}, {"text": "2"}], [{"text": "Skip"}]]
    message: Json = {"message_id": 3, "from": {"first_name": "B"}, "sent_by_bot": True, "text": "How?"}
    assert format_line({**message, "reply_markup": {"inline_keyboard": rows}}) == "[3] bot: How? [1][2] [Skip]"


def test_files_and_service_messages_are_named() -> None:
    """With their caption."""
    sender: Json = {"message_id": 1, "from": {"first_name": "Li"}}
    assert format_line({**sender, "photo": [], "caption": "x"}) == "[1] Li: <photo> x"
    assert format_line({**sender, "new_chat_title": "G"}) == "[1] Li: (new_chat_title)"
