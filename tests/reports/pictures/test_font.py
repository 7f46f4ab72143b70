"""The typeface: part of the product, read as fontTools reads it, and nothing drawn that it lacks."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.pictures import font
from reports.pictures.font import (
    BREAK_HERE,
    UNDRAWABLE,
    FontMissingError,
    _read_ranges,
    add_break_points,
    find_font_folder,
    list_covered_code_points,
    replace_undrawable,
)


def test_coverage_is_what_fonttools_reads(font_points: frozenset[int]) -> None:
    """Our reading of the font's table and fontTools' agree to the last code point."""
    assert list_covered_code_points() == font_points


def test_it_comes_with_the_product() -> None:
    """The typeface and its licence lie in the package that draws with it: no other package brings a font."""
    folder = find_font_folder()
    assert folder.is_relative_to(Path(font.__file__).parents[1])
    licence = (folder / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_marks_are_drawable() -> None:
    """The mark that stands for what cannot be drawn can itself be drawn."""
    assert {ord(UNDRAWABLE), ord("…"), ord("–"), ord(BREAK_HERE)} <= list_covered_code_points()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("运输部 Transport", "运输部 Transport"),
        ("Van 🚚📦 1", "Van □ 1"),
        ("خدمة العملاء Riyadh", "□ Riyadh"),
        ("", ""),
    ],
)
def test_uncovered_runs_become_one_mark(text: str, expected: str) -> None:
    """Emoji and scripts that the typeface lacks are replaced on purpose, once per run."""
    assert replace_undrawable(text) == expected


@given(st.text())
def test_everything_drawable_is_covered(text: str) -> None:
    """No text whatever leaves a hole in the picture."""
    assert {ord(character) for character in replace_undrawable(text)} <= list_covered_code_points()


@given(st.text())
def test_breaking_changes_no_letter(name: str) -> None:
    """Places to break are all that is added to a name."""
    assert add_break_points(name).replace(BREAK_HERE, "") == name.replace(BREAK_HERE, "")


def test_long_words_can_break() -> None:
    """A word of 40 letters gets places to break; Chinese and short words need none."""
    assert add_break_points("W" * 40).count(BREAK_HERE) == 3
    assert add_break_points("运输部 Aftersales") == "运输部 Aftersales"


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    """A font without the table we read is named in the error."""
    path = tmp_path / "x.ttf"
    path.write_bytes(
        b"\0\1\0\0\0\1" + b"\0" * 6 + b"cmap" + b"\0" * 4 + (28).to_bytes(4) + (4).to_bytes(4) + b"\0\0\0\0"
    )
    with pytest.raises(FontMissingError, match=r"x\.ttf"):
        _read_ranges(path)
