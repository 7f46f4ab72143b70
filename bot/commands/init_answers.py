"""Answers to setup's questions: each read, or refused with the reason, wherever it comes from."""

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers

from bot.company.presets import PRESETS
from bot.settings import is_token
from domain.language import match_language
from texts import LANGUAGES
from texts.words import vocabulary

NAME_LIMIT = 64


class WrongAnswerError(Exception):
    """Why an answer cannot be used: a message of texts/*/init.ftl and its arguments."""

    def __init__(self, key: str, **args: str | int) -> None:
        super().__init__(key)
        self.key, self.args_of_text = key, args


def read_preset(said: str) -> str:
    """Raises WrongAnswerError for what is no preset."""
    preset = said.strip().lower().replace("-", "")
    if preset not in PRESETS:
        raise WrongAnswerError("init-wrong-preset", given=said, choices=", ".join(PRESETS))
    return preset


def read_languages(said: str) -> tuple[str, ...]:
    """The codes of the languages, each once. Raises WrongAnswerError for one that has no texts."""
    parts = [part for part in re.split(r"[,，、\s]+", said) if part]
    codes = [match_language(part, LANGUAGES, vocabulary().codes) for part in parts]
    if not parts or not all(codes):
        unknown = ", ".join(part for part, code in zip(parts, codes, strict=True) if not code)
        raise WrongAnswerError("init-wrong-languages", given=unknown or "“”", choices=", ".join(LANGUAGES))
    return tuple(dict.fromkeys(codes))


def read_name(said: str) -> str:
    """Raises WrongAnswerError for what is too long for a name, or empty."""
    name = said.strip()
    if not 1 <= len(name) <= NAME_LIMIT or not name.isprintable():
        raise WrongAnswerError("init-wrong-name", limit=NAME_LIMIT)
    return name


def read_names(said: str, languages: Sequence[str]) -> dict[str, str]:
    """Names as flags give them, one a line: a name for every language, or language=name. Raises WrongAnswerError for another language."""
    names: dict[str, str] = {}
    for line in said.split("\n"):
        code, equals, name = line.partition("=")
        if not equals:
            names = dict.fromkeys(languages, read_name(line)) | names
        elif code in languages:
            names[code] = read_name(name)
        else:
            raise WrongAnswerError("init-wrong-name-language", given=line, example=f"{languages[0]}=…")
    return names


def read_zone(said: str) -> str:
    """Raises WrongAnswerError for what is no time zone."""
    zone = said.strip()
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise WrongAnswerError("init-wrong-zone", given=said) from None
    return zone


def read_country(said: str) -> str:
    """A country, or a part of one: CN, US-CA. Raises WrongAnswerError for anything else."""
    country = said.strip().upper()
    if country.partition("-")[0] not in phonenumbers.SUPPORTED_REGIONS:
        raise WrongAnswerError("init-wrong-country", given=said)
    return country


def read_token(said: str) -> str:
    """A bot's token; empty for none. Raises WrongAnswerError for what does not look like one."""
    token = said.strip()
    if token and not is_token(token):
        raise WrongAnswerError("init-wrong-token")
    return token


@cache
def find_country(zone: str) -> str:
    """The country that the time zone is named for, empty for one that no country is (UTC)."""
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == zone), "")
