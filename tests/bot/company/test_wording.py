"""Files of a company's own words, beside its company file: read, checked, and every mistake told with file, line and reason, all at once."""

import shutil
from pathlib import Path

import pytest

from bot.company.company import load_company
from bot.company.mistakes import Mistakes
from bot.company.wording import load_wording
from tests.harness.in_process import EXAMPLE
from texts import Texts


@pytest.fixture
def company(tmp_path: Path) -> Path:
    """A company file, with an empty folder for words beside it."""
    shutil.copytree(EXAMPLE.parent, tmp_path, dirs_exist_ok=True)
    (tmp_path / "wording").mkdir()
    return tmp_path / "huifang.toml"


def write(company: Path, name: str, text: str) -> None:
    (company.parent / "wording" / name).write_text(text, "utf-8")


def fails(company: Path) -> list[str]:
    with pytest.raises(Mistakes) as caught:
        load_company(company)
    return [str(mistake).replace(f"{company.parent}/", "") for mistake in caught.value.found]


def test_without_a_folder_nothing_is_read(tmp_path: Path) -> None:
    """Most companies have none."""
    assert load_wording(tmp_path / "huifang.toml") == ()


def test_own_words_are_said(company: Path) -> None:
    """In the languages that have them; everything else as before, and messages that refer to one say it, too."""
    write(company, "en.ftl", "\ufeff# Ours\nsolved = All good\n\nrating-about = Parcel { $waybill }\n")
    texts = Texts(own=load_company(company).wording)
    assert texts.plain("en", "solved") == "All good"
    assert texts.html("en", "rating-about", {"waybill": "<1>"}) == "Parcel &lt;1&gt;"
    assert texts.plain("zh", "solved") == Texts().plain("zh", "solved")
    assert texts.plain("en", "not-solved") == "Not solved"
    assert texts.plain("zh-TW", "solved") == Texts().plain("zh-TW", "solved")


def test_every_mistake_at_once(company: Path) -> None:
    """Those of both languages and of the company file, each where it stands."""
    company.write_text(company.read_text("utf-8").replace('"CN"', '"XX"', 1), "utf-8")
    write(company, "en.ftl", "solved = { $who }\n\nzzz = x\nback\n")
    write(company, "zh.ftl", "# 说明\nrating-given = 谢谢\n")
    write(company, "fr.ftl", "back = Retour\n")
    (company.parent / "wording" / "zh-TW.ftl").write_bytes(b"\xff")
    write(company, "notes.txt", "anything")
    first, *rest = fails(company)
    assert "company.phone_region: 'XX' is no region" in first
    assert rest[:3] == [
        "wording/en.ftl:1: solved: { $who } is not known here; it has none",
        "wording/en.ftl:3: zzz: there is no message of this name; `huifang wording WORDS` finds the key of a text",
        'wording/en.ftl:4: back: is not Fluent: Expected token: "="; a line is written like key = text',
    ]
    assert rest[3] == "wording/fr.ftl: there are no texts in fr; name the file after one of en, zh, zh-TW"
    assert rest[4].startswith("wording/zh-TW.ftl: cannot be read as UTF-8 text: ")
    assert rest[5] == "wording/zh.ftl:2: rating-given: leaves out { $score }, a fact that people need; say it somewhere"
    assert len(rest) == 6
