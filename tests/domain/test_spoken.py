"""The vocabulary: every word is read, none eats nothing, and one that cannot be is refused."""

import re
from datetime import UTC, datetime

import pytest

from domain.spoken import WORDS, Found

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pattern", "read"), WORDS, ids=lambda one: one.pattern[:20] if isinstance(one, re.Pattern) else ""
)
def test_every_word_eats_something(pattern: "re.Pattern[str]", read: object) -> None:
    """Reading always ends."""
    assert callable(read)
    for text in ("", " ", "x", "9"):
        match = pattern.match(text)
        assert match is None or match.end() > 0


def test_nothing_is_said_twice() -> None:
    """Two days in one sentence are none."""
    found = Found(NOW, past=False)
    found.once("day")
    with pytest.raises(ValueError, match="day"):
        found.once("day")
