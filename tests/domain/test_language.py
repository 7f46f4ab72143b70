"""Which of the languages there are a code means."""

import pytest

from domain.language import match_language

ALSO = {"zh-hant": "zh-TW", "zh-hk": "zh-TW", "zh-mo": "zh-TW", "zh-hans": "zh"}


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("zh", "zh"),
        ("zh-Hans", "zh"),
        ("zh_CN", "zh"),
        ("zh-Hans-TW", "zh"),
        ("zh-TW", "zh-TW"),
        ("zh_tw", "zh-TW"),
        ("zh-Hant", "zh-TW"),
        ("zh-hant-hk", "zh-TW"),
        ("ZH-HK", "zh-TW"),
        ("zh-MO", "zh-TW"),
        ("en-GB", "en"),
        ("fr", ""),
        ("", ""),
    ],
)
def test_the_nearest_language(code: str, language: str) -> None:
    """As BCP 47 looks codes up: from what says most to what says least."""
    assert match_language(code, ("en", "zh", "zh-TW"), ALSO) == language


@pytest.mark.parametrize(
    ("code", "offered", "language"),
    [
        ("zh-Hant-HK", ("zh", "en"), "zh"),
        ("zh-Hans", ("en", "zh-TW"), "zh-TW"),
        ("zh", ("zh-TW",), "zh-TW"),
        ("en", ("zh-TW",), ""),
    ],
)
def test_what_is_not_offered_means_its_neighbour(code: str, offered: tuple[str, ...], language: str) -> None:
    """Anyone who reads one script reads the other rather than English."""
    assert match_language(code, offered, ALSO) == language
