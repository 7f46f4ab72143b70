"""Breakdowns: what figures are broken down by, and how a manager asks for it: `month by courier`, `本月 按快递员`."""

import enum
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.phrases import by_word, compile_phrase


class By(enum.StrEnum):
    """ALL means no breakdown. CATEGORY applies to complaints only; HOUR is the weekday and hour of the delivery in company time."""

    ALL = "all"
    DEPARTMENT = "department"
    COURIER = "courier"
    ROUTE = "route"
    STATION = "station"
    SERVICE = "service"
    CUSTOMER_TYPE = "customer_type"
    CATEGORY = "category"
    PRIORITY = "priority"
    HOUR = "hour"


class BreakdownError(ValueError):
    """The text names no breakdown; `said` is what it says instead."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


@dataclass(frozen=True, slots=True)
class BreakdownWords:
    """How a language names breakdowns; `asked` is a phrase in the form of `domain.phrases`, with the group `by`."""

    words: Mapping[By, tuple[str, ...]]
    asked: str


@dataclass(frozen=True, slots=True)
class Breakdowns:
    """The words and phrases of every language."""

    known: Mapping[str, By]
    asked: tuple[re.Pattern[str], ...]


def breakdowns(languages: Iterable[BreakdownWords]) -> Breakdowns:
    """The words of every language. Raises re.error when a phrase is not a regular expression."""
    languages = tuple(languages)
    forms = tuple(compile_phrase(language.asked, {}, flags=re.IGNORECASE) for language in languages)
    return Breakdowns(by_word(language.words for language in languages), forms)


def parse(text: str, words: Breakdowns) -> tuple[str, By]:
    """What is left of the request (a period, or nothing), and the breakdown it ends with. Raises BreakdownError when it
    names an unknown one.
    """
    request = unicodedata.normalize("NFKC", text).strip()
    asked = min(filter(None, (form.search(request) for form in words.asked)), key=re.Match.start, default=None)
    if asked is None:
        return request, By.ALL
    said = " ".join(asked["by"].casefold().split())
    if said not in words.known:
        raise BreakdownError(said)
    return request[: asked.start()].strip(), words.known[said]
