"""Phrases as data: what a place in them becomes."""

import re

import pytest

from domain.phrases import by_word, compile_phrase, either


@pytest.mark.parametrize(
    ("phrase", "text", "groups"),
    [
        ("<week> <weekday>", "next monday", {"week": "next", "weekday": "monday"}),
        ("<weekday>", "mon", {"weekday": "mon"}),
        ("<count> items", "12 items", {"count": "12"}),
        (r"<minute:\d{2}>m", "07m", {"minute": "07"}),
        (r"(?P<mark>[-/])<count>(?P=mark)", "-3-", {"mark": "-", "count": "3"}),
    ],
)
def test_a_place_is_a_group(phrase: str, text: str, groups: dict[str, str]) -> None:
    """Of its words, the longest first; of figures where it has none; of its own expression where it brings one."""
    match = compile_phrase(phrase, {"week": ["next"], "weekday": ["mon", "monday"], "unit": []}).fullmatch(text)
    assert match is not None
    assert match.groupdict() == groups


def test_words_are_no_expressions() -> None:
    """A dot in a word is a dot."""
    assert re.fullmatch(either(["a.m.", "am"]), "axmx") is None
    assert re.fullmatch(either(["a.m.", "am"]), "a.m.") is not None


def test_a_phrase_that_is_no_expression_is_refused() -> None:
    """When it is read, not when somebody says something."""
    with pytest.raises(re.error):
        compile_phrase("(<count>", {})


def test_what_each_word_means() -> None:
    """Tables say which words mean something; readers ask it the other way round."""
    english, chinese = {1: ["one", "a"]}, {1: ["一"]}
    assert by_word([english, chinese]) == {"one": 1, "a": 1, "一": 1}
