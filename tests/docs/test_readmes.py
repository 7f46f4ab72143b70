"""The README in Chinese says what the English one says: the same sections, commands, links and pictures, which the playground shows."""

import re
from pathlib import Path

from tests.harness.company_pictures import FOLDER, MANAGERS, PAGES, PICTURES
from tests.harness.film import LOCALES, film_path

ROOT = Path(__file__).parents[2]
ENGLISH, CHINESE = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))


def list_headings(text: str) -> list[int]:
    """The levels of the headings, in order, without what stands in code."""
    return [len(line.split(" ", 1)[0]) for line in _leave_out_code(text).splitlines() if re.match(r"#+ ", line)]


def list_commands(text: str) -> list[str]:
    """The lines to be typed, without their comments."""
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE)
    return [line.partition("  #")[0].partition("   #")[0].strip() for block in blocks for line in block.splitlines()]


def list_targets(text: str) -> list[str]:
    """Where its links and pictures lead, those to one another and the language of a picture apart."""
    targets = re.findall(r"\]\(([^)]+)\)", text)
    return sorted(
        re.sub(r"-(en|zh)(-\d)?\.(png|webp)$", r"\2.\3", target)
        for target in targets
        if "README" not in target or "/" in target
    )


def list_words(text: str) -> set[str]:
    """What stands in the text as code: commands, settings, file names."""
    return set(re.findall(r"`([^`\n]+)`", _leave_out_code(text)))


def _leave_out_code(text: str) -> str:
    return re.sub(r"^ *```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE)


def test_they_are_equal() -> None:
    """What can be compared without knowing the language; each names the other."""
    assert list_headings(ENGLISH) == list_headings(CHINESE)
    assert list_commands(ENGLISH) == list_commands(CHINESE)
    assert list_targets(ENGLISH) == list_targets(CHINESE)
    assert list_words(ENGLISH) == list_words(CHINESE)
    assert "(README.zh-CN.md)" in ENGLISH
    assert "(README.md)" in CHINESE


def test_nothing_leads_nowhere() -> None:
    """Every file that is named is there."""
    for target in re.findall(r"\]\(([^)#]+)\)", CHINESE):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_every_picture_is_of_the_playground() -> None:
    """Pictures in READMEs and pages are of its page, or what its company's managers get; the README says by which command."""
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
    assert shown - asked == {film_path(language) for language in LOCALES}
    assert asked <= shown
    assert set(PICTURES.values()) <= list_words(ENGLISH)


def _list_pages(name: str) -> list[str]:
    return [f"-{page}" for page in PAGES] if PICTURES[name] == "/report" else [""]
