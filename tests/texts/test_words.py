"""The files of words: complete in every language, written as they are compared, and refused with their place where they are wrong."""

import shutil
import unicodedata
from dataclasses import fields
from pathlib import Path

import pytest

from domain.deliveries.columns import Field
from domain.figures.breakdown import By
from domain.figures.period import Kind
from domain.people import Role
from domain.spoken import Unit
from texts import FOLDER, LANGUAGES
from texts.words import WordsError, languages, lexicons, spread, vocabulary


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_is_complete(language: str) -> None:
    """Whatever can be said in one language can be said in each."""
    lexicon = lexicons()[language]
    assert set(lexicon.roles) == set(Role)
    assert set(lexicon.grains) == {"day", "week", "month"}
    assert set(lexicon.periods.running) == set(lexicon.periods.last) == set(Kind) - {Kind.RANGE}
    assert set(lexicon.breakdowns.words) == set(By) - {By.ALL}
    assert set(lexicon.headings) == set(Field)
    assert set(lexicon.moments.unit) == set(Unit)
    assert set(lexicon.moments.weekday) == set(range(7))
    assert {-1, 0, 1} <= set(lexicon.moments.week)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_written_as_they_are_compared(language: str) -> None:
    """In small letters and NFKC: what is written otherwise would never be found."""
    lexicon, speech = lexicons()[language], lexicons()[language].moments
    tables = [
        *(lexicon.roles, lexicon.grains, lexicon.periods.running, lexicon.periods.last, lexicon.breakdowns.words),
        *(getattr(speech, table.name) for table in fields(speech) if isinstance(getattr(speech, table.name), dict)),
    ]
    written = [word for table in tables for words in table.values() for word in words]
    written += [*lexicon.add, *lexicon.aside, *lexicon.before, *(phrase.like for phrase in speech.phrases)]
    assert [word for word in written if unicodedata.normalize("NFKC", word).casefold() != word] == []


def test_no_two_languages_share_a_code() -> None:
    """A client's code means one language."""
    codes = [code.lower() for language, lexicon in lexicons().items() for code in (language, *lexicon.codes)]
    assert len(set(codes)) == len(codes)
    assert vocabulary().names.keys() == set(LANGUAGES)


def test_braces_are_choices() -> None:
    """As in a shell; one that is empty leaves the heading as it is without."""
    assert spread("phone") == ("phone",)
    assert spread("{a,}{1,2}x") == ("a1x", "a2x", "1x", "2x")


@pytest.mark.parametrize(
    ("name", "right", "wrong", "why"),
    [
        ("words.toml", "name = ", "nmae = ", "en: name: Field required; nmae"),
        ("words.toml", "[moments.weekday]", "[moments.wekday]", "en: moments.wekday"),
        ("words.toml", "[roles]", "[roles", "words.toml"),
        ("headings.toml", "waybill = ", "waybil = ", "en: headings.waybil"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, name: str, right: str, wrong: str, why: str) -> None:
    """The folder, the table, and what is wrong."""
    shutil.copytree(FOLDER / "en", tmp_path / "en")
    file = tmp_path / "en" / name
    file.write_text(file.read_text("utf-8").replace(right, wrong), "utf-8")
    with pytest.raises(WordsError, match=why):
        lexicons(tmp_path)


def test_a_phrase_that_is_no_expression_is_told(tmp_path: Path) -> None:
    """When the words are read, not when somebody says something."""
    shutil.copytree(FOLDER / "en", tmp_path / "en")
    file = tmp_path / "en" / "words.toml"
    file.write_text(file.read_text("utf-8").replace("'(?:the )?day after tomorrow'", "'(?:the day after'"), "utf-8")
    with pytest.raises(WordsError, match="is no expression"):
        vocabulary(tmp_path)


def test_a_code_fits_its_column(tmp_path: Path) -> None:
    """What no row could keep is refused at the start."""
    shutil.copytree(FOLDER / "en", tmp_path / "zh-Hant-TW")
    with pytest.raises(WordsError, match="8 characters"):
        lexicons(tmp_path)


def test_there_are_the_languages_of_the_folders(tmp_path: Path) -> None:
    """Nothing else names them."""
    for name in ("zh", "de", "en"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "words.toml").touch()
    (tmp_path / "length.py").touch()
    assert languages(tmp_path) == ("de", "en", "zh")
