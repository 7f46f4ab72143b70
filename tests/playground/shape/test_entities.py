"""Texts and their entities."""

from __future__ import annotations

import pytest

from playground.shape.entities import parse_text
from playground.shape.wire import CallRefusedError


def test_white_space_around_a_text_is_cut_and_entities_follow() -> None:
    """Offsets count from the first character that is left."""
    text, entities = parse_text("  <b>bold</b> text \n", "HTML", None)
    assert text == "bold text"
    assert entities == [{"offset": 0, "length": 4, "type": "bold"}]


def test_an_entity_of_white_space_alone_is_gone() -> None:
    """Nothing is left that covers nothing."""
    assert parse_text("x<b>  </b>", "HTML", None) == ("x", [])


def test_markdown_is_refused_with_a_clear_answer() -> None:
    """The local server does not pretend to read what it does not read."""
    with pytest.raises(CallRefusedError, match="reads HTML and plain text"):
        parse_text("*x*", "MarkdownV2", None)


def test_an_unknown_parse_mode_is_refused() -> None:
    """Telegram's words."""
    with pytest.raises(CallRefusedError, match="unsupported parse_mode"):
        parse_text("x", "BBCode", None)


def test_given_entities_are_kept_beside_found_ones() -> None:
    """`entities` and a command live together, in order."""
    _, entities = parse_text("see /help now", None, [{"offset": 10, "length": 3, "type": "bold"}])
    assert [(entity["type"], entity["offset"]) for entity in entities] == [("bot_command", 4), ("bold", 10)]


def test_plain_text_is_never_read_as_html() -> None:
    """Without a parse mode an angle bracket is an angle bracket."""
    assert parse_text("a < b & c", None, None) == ("a < b & c", [])
