"""A page in Chinese says what the English one says: the same sections, commands, links and pictures, which the playground shows."""

import re
from pathlib import Path

import pytest

from tests.harness.company_pictures import FOLDER, MANAGERS, PAGES, PICTURES
from tests.harness.film import LOCALES, STILLS, film_path, still_path

ROOT = Path(__file__).parents[2]
NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
EQUAL = ("deploying", "monitoring", "troubleshooting", "golive", "features", "guarantees")
"""Pages that have the same commands and words in code, too, in both languages."""

PAIRS = [
    ("README.md", "README.zh-CN.md"),
    *((f"docs/{page}.md", f"docs/{page}.zh-CN.md") for page in EQUAL),
]


def list_headings(text: str) -> list[int]:
    """The levels of the headings, in order, without what stands in code."""
    return [len(line.split(" ", 1)[0]) for line in _leave_out_code(text).splitlines() if re.match(r"#+ ", line)]


def list_commands(text: str) -> list[str]:
    """The lines to be typed, without their comments."""
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
    return [line.partition("  #")[0].partition("   #")[0].strip() for block in blocks for line in block.splitlines()]


def list_targets(text: str) -> list[str]:
    """Where its links and pictures lead; the language of a page or a picture, and the words of a heading, do not count."""
    targets = re.findall(r"\]\(([^)]+)\)", text)
    return sorted(
        re.sub(r"-(en|zh)(-\d)?\.(png|webp)$", r"\2.\3", target.partition("#")[0].replace(".zh-CN", ""))
        for target in targets
        if not target.startswith("#")
    )


def list_words(text: str) -> set[str]:
    """What stands in the text as code: commands, settings, file names."""
    return set(re.findall(r"`([^`\n]+)`", _leave_out_code(text)))


def _leave_out_code(text: str) -> str:
    return re.sub(r"^ *```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_they_are_equal(english: str, chinese: str) -> None:
    """What can be compared without knowing the language; each names the other."""
    in_english, in_chinese = ((ROOT / name).read_text("utf-8") for name in (english, chinese))
    assert list_headings(in_english) == list_headings(in_chinese)
    assert list_commands(in_english) == list_commands(in_chinese)
    assert list_targets(in_english) == list_targets(in_chinese)
    assert list_words(in_english) == list_words(in_chinese)
    assert f"({Path(chinese).name})" in in_english
    assert f"({Path(english).name})" in in_chinese


@pytest.mark.parametrize(
    "pages", [("README.md", "README.zh-CN.md"), ("docs/guarantees.md", "docs/guarantees.zh-CN.md")]
)
def test_speed_is_quoted_as_it_was_measured(pages: tuple[str, str]) -> None:
    """Word by word what `make bench` wrote last, in Chinese with the same numbers."""
    page = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")
    sentences = re.findall(r"^- (.*)$", page.partition("## In short")[2].partition("\n## ")[0], re.MULTILINE)
    english, chinese = (" ".join((ROOT / name).read_text("utf-8").split()) for name in pages)
    quoted = chinese.partition("benchmarks.md)")[2]
    assert len(sentences) == 3
    for sentence in sentences:
        assert sentence in english
        assert set(NUMBER.findall(sentence)) <= set(NUMBER.findall(quoted))


def test_nothing_leads_nowhere() -> None:
    """Every file that is named is there."""
    for page in (ROOT / name for pair in PAIRS for name in pair):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            assert target.startswith("https://") or (page.parent / target).exists(), target


def test_every_picture_is_of_the_playground() -> None:
    """Pictures in READMEs and pages are of its page, or what its company's managers get; a page says by which command."""
    pages = {page: page.read_text("utf-8") for page in (*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md"))}
    shown = {
        (page.parent / target).resolve()
        for page in pages
        for target in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", pages[page])
    }
    asked = {
        FOLDER / f"{name}-{language}{page}.png"
        for name in PICTURES
        for language in MANAGERS
        for page in _list_pages(name)
    }
    assert asked == set(FOLDER.iterdir())
    stills = {still_path(name, language) for name in STILLS for language in LOCALES}
    assert shown - asked == {film_path(language) for language in LOCALES} | stills
    assert asked <= shown
    assert set(PICTURES.values()) <= list_words((ROOT / "docs" / "features.md").read_text("utf-8"))


def _list_pages(name: str) -> list[str]:
    return [f"-{page}" for page in PAGES] if PICTURES[name] == "/report" else [""]
