"""The vocabulary: every word is read, none eats nothing, and one that cannot be is refused."""

import re
from datetime import UTC, datetime

import pytest

from domain.spoken import Found, Phrase, Says, Speech, phrases
from domain.when import understand
from texts.words import lexicons, vocabulary

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pattern", "read"),
    [phrase for language in vocabulary().moments for phrase in language],
    ids=lambda one: one.pattern[:20] if isinstance(one, re.Pattern) else "",
)
def test_every_word_eats_something(pattern: "re.Pattern[str]", read: object) -> None:
    """Reading always ends."""
    assert callable(read)
    for text in ("", " ", "x", "9"):
        match = pattern.match(text)
        assert match is None or match.end() > 0


def test_nothing_is_said_twice() -> None:
    """Two days in one sentence are none."""
    meaning = Found(NOW, past=False)
    meaning.once("day")
    with pytest.raises(ValueError, match="day"):
        meaning.once("day")


def read(speech: Speech, text: str) -> Found:
    """What the second of these languages (the first is figures) makes of a text that is one phrase."""
    ((pattern, reader),) = phrases([speech])[1]
    match = pattern.fullmatch(text)
    assert match is not None
    meaning = Found(NOW, past=False)
    reader(meaning, match)
    return meaning


@pytest.mark.parametrize(
    ("text", "hour"),
    [("九点", 9), ("十点", 10), ("十九点", 19), ("二十点", 20), ("二十三点", 23), ("13点", 13), ("零点", 0)],
)
def test_numbers_are_put_together(text: str, hour: int) -> None:
    """Where a language counts so: what stands before its ten counts ten times."""
    speech = lexicons()["zh"].moments
    clock = Speech((Phrase(Says.CLOCK, "<hour>点"),), speech.number, speech.ten)
    assert read(clock, text).at == (hour, 0)


@pytest.mark.parametrize("text", ["二二点", "十十点", "二二十点"])
def test_what_is_no_number_is_refused(text: str) -> None:
    """Two digits without a ten, two tens."""
    speech = lexicons()["zh"].moments
    with pytest.raises(ValueError, match=r"二|十"):
        read(Speech((Phrase(Says.CLOCK, "<hour>点"),), speech.number, speech.ten), text)


def test_the_language_that_reads_most_is_heard() -> None:
    """One that knows only the beginning of a word does not spoil it for another."""
    short = Speech((Phrase(Says.DAY, "mor", days=0),))
    long = Speech((Phrase(Says.DAY, "morgen", days=1),))
    for languages in ([short, long], [long, short]):
        at = understand("morgen", NOW, UTC, phrases(languages))
        assert at is not None
        assert at.day == NOW.day + 1
