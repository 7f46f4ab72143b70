"""Errors without anybody's data."""

import pytest

from domain.error_words import mask_error


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("list index out of range", "list index out of range"),
        ("'王小明'", "…"),
        ('invalid literal for int(): "13800138000"', "invalid literal for int(): …"),
        ("no such person: 王小明, +8613800138000", "no such person: …, +…"),
        ("first\nParameters: ['Zhang']", "first"),
        ("Expected `int`, got `str` - at `$.message.text`", "Expected `int`, got `str` - at `$.message.text`"),
        ("can't read: tag 'It's Zhang' at byte 5", "can't read: tag … at byte 5"),
        ("x" * 5000, "x" * 200),
        ("", ""),
    ],
)
def test_what_is_left(words: str, masked: str) -> None:
    """The words of the code stay; what is quoted, long numbers, and other scripts go."""
    assert mask_error(words) == masked
