r"""Phrases of a language as data: regular expressions in which `<month>` stands for the words of that name.

1. `<month>` is a group of the words given under that name, the longest first; of a name without words it is a number.
2. `<minute:\d{2}>` is a group of that expression, whatever words there are.
3. A phrase is compared with text that is in NFKC and without capitals, and so are its words.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

Meaning = TypeVar("Meaning")

_PLACE = re.compile(r"(?<!\?P)<(?P<name>\w+)(?::(?P<own>[^>]+))?>")


def compiled(
    phrase: str, words: Mapping[str, Iterable[str]], number: str = r"\d{1,3}", flags: re.RegexFlag = re.NOFLAG
) -> re.Pattern[str]:
    """The expression; `number` is how the language writes one. Raises re.error."""

    def group(place: re.Match[str]) -> str:
        name, own = place["name"], place["own"]
        return f"(?P<{name}>{own or (either(words[name]) if words.get(name) else number)})"

    return re.compile(_PLACE.sub(group, phrase), flags)


def either(words: Iterable[str]) -> str:
    """An expression for any of these words; the longest is tried first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def by_word(languages: Iterable[Mapping[Meaning, Iterable[str]]]) -> dict[str, Meaning]:
    """What each word means, of tables that say which words mean something."""
    return {word: meaning for words in languages for meaning, synonyms in words.items() for word in synonyms}
