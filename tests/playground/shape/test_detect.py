"""What Telegram finds by itself."""

from __future__ import annotations

import pytest

from playground.shape.detect import detect_entities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start abc", [("bot_command", 0, 6)]),
        ("/bind@some_bot transport", [("bot_command", 0, 14)]),
        ("投诉 /complain", [("bot_command", 3, 9)]),
        ("a/b and 1/2", []),
        ("see https://e.com/a?b=1.", [("url", 4, 19)]),
        ("write to a.b@e.com", [("email", 9, 9)]),
        ("ask @manager_li", [("mention", 4, 11)]),
        ("#late #1", [("hashtag", 0, 5)]),
        ("😀 /help", [("bot_command", 3, 5)]),
        ("nothing here", []),
    ],
)
def test_commands_links_mentions_and_tags_are_found(text: str, expected: list[tuple[str, int, int]]) -> None:
    """Positions are UTF-16 units."""
    assert [(e["type"], e["offset"], e["length"]) for e in detect_entities(text, [])] == expected


def test_nothing_is_found_inside_code() -> None:
    """A command in a code block is not a command."""
    assert detect_entities("/start", [{"type": "code", "offset": 0, "length": 6}]) == []
