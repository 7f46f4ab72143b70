r"""Phrase templates: a language's phrases as data, regular expressions in which `<month>` stands for the words of that name.

1. `<month>` is a group of the words given under that name, longest first; for a name without words, of a number.
2. `<minute:\d{2}>` is a group of that expression, whatever the words.
3. Phrases and their words are matched against NFKC-normalised, lowercase text.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

Meaning = TypeVar("Meaning")

_PLACE = re.compile(r"(?<!\?P)<(?P<name>\w+)(?::(?P<own>[^>]+))?>")


def compile_phrase(
    phrase: str, words: Mapping[str, Iterable[str]], number: str = r"\d{1,3}", flags: re.RegexFlag = re.NOFLAG
) -> re.Pattern[str]:
    """The compiled expression; `number` is how the language writes numbers. Raises re.error when it is not a regular expression."""

    def group(place: re.Match[str]) -> str:
        name, own = place["name"], place["own"]
        return f"(?P<{name}>{own or (either(words[name]) if words.get(name) else number)})"

    return re.compile(_PLACE.sub(group, phrase), flags)


def either(words: Iterable[str]) -> str:
    """An expression for any of these words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def by_word(languages: Iterable[Mapping[Meaning, Iterable[str]]]) -> dict[str, Meaning]:
    """Invert tables from meaning to words: what each word means."""
    return {word: meaning for words in languages for meaning, synonyms in words.items() for word in synonyms}
