"""All languages together: every word of each is known, and means one thing."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest

from domain.deliveries.columns import plain
from domain.vocabulary import Lexicon, together
from texts.words import lexicons, vocabulary

TABLES: Mapping[str, Callable[[Lexicon], Mapping[Any, Iterable[str]]]] = {
    "languages": lambda lexicon: lexicon.languages,
    "roles": lambda lexicon: lexicon.roles,
    "grains": lambda lexicon: lexicon.grains,
    "running and last periods": lambda lexicon: {
        (when, kind): words
        for when, table in (("running", lexicon.periods.running), ("last", lexicon.periods.last))
        for kind, words in table.items()
    },
    "breakdowns": lambda lexicon: lexicon.breakdowns.words,
    "headings": lambda lexicon: {field: map(plain, words) for field, words in lexicon.headings.items()},
}


@pytest.mark.parametrize("table", TABLES)
def test_a_word_means_one_thing(table: str) -> None:
    """In all languages, so that everybody may use the words of every one."""
    meant: dict[str, Any] = {}
    for lexicon in lexicons().values():
        for meaning, words in TABLES[table](lexicon).items():
            for word in words:
                assert meant.setdefault(word, meaning) == meaning, word


def test_a_word_may_have_something_before_it() -> None:
    """Where a language writes no space."""
    assert vocabulary().bare("按快递员") == "快递员"
    assert vocabulary().bare("Couriers") == "couriers"


def test_without_languages_there_are_our_codes() -> None:
    """What buttons carry, and what is written in figures, is nobody's language."""
    none = together({})
    assert set(none.periods.said) == {"today", "yesterday", "week", "month", "quarter", "year"}
    assert len(none.moments) == 1
    assert not none.headings
