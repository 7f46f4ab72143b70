"""Answers to setup's questions, as people write them."""

from collections.abc import Callable
from functools import partial

import pytest

from bot.commands.init_answers import (
    WrongAnswerError,
    find_country,
    read_country,
    read_languages,
    read_name,
    read_names,
    read_preset,
    read_token,
    read_zone,
)
from texts import LANGUAGES, Texts

NAMES = partial(read_names, languages=("zh", "en"))


@pytest.mark.parametrize(
    ("read", "said", "meant"),
    [
        (read_preset, " E-Commerce", "ecommerce"),
        (read_languages, "zh, EN，zh_CN", ("zh", "en")),
        (read_languages, "zh-Hant", ("zh-TW",)),
        (read_name, " 顺通 ", "顺通"),
        (NAMES, "Shuntong", {"zh": "Shuntong", "en": "Shuntong"}),
        (NAMES, "zh=顺通\nShuntong", {"zh": "顺通", "en": "Shuntong"}),
        (read_zone, "Europe/Berlin ", "Europe/Berlin"),
        (read_country, "us-ca", "US-CA"),
        (read_token, "", ""),
        (read_token, " 123456:AbC-_d ", "123456:AbC-_d"),
    ],
)
def test_an_answer_is_read(read: Callable[[str], object], said: str, meant: object) -> None:
    """However it is spaced and cased."""
    assert read(said) == meant


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (read_preset, "2"),
        (read_preset, ""),
        (read_languages, "zh,fr"),
        (read_languages, " , "),
        (read_name, "  "),
        (read_name, "x" * 65),
        (read_name, "a\u202eb"),
        (NAMES, "fr=Dupont"),
        (NAMES, "zh="),
        (read_zone, "Mars"),
        (read_zone, ""),
        (read_zone, "/etc/passwd"),
        (read_zone, "Europe"),
        (read_country, "China"),
        (read_token, "abc"),
        (read_token, "123456:AbC\nHUIFANG_SECRET=x"),
        (read_token, "123:a b"),
    ],
)
def test_a_wrong_answer_has_its_reason(read: Callable[[str], object], said: str) -> None:
    """In every language."""
    with pytest.raises(WrongAnswerError) as caught:
        read(said)
    for language in LANGUAGES:
        assert Texts().plain(language, caught.value.key, caught.value.args_of_text)


def test_a_zone_is_in_a_country() -> None:
    """UTC is in none."""
    assert [find_country(zone) for zone in ("Asia/Shanghai", "Asia/Taipei", "America/New_York", "UTC")] == [
        "CN",
        "TW",
        "US",
        "",
    ]
