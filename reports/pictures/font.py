"""Typeface of every picture: where it is, and what it can draw.

1. Noto Sans SC lies in `reports/fonts`, with its licence (SIL Open Font License 1.1), and is installed with the product.
2. Nothing is drawn that the typeface lacks: a run of such characters (emoji, other scripts) becomes one neutral mark.
"""

import re
import struct
from functools import cache
from pathlib import Path

FAMILY = "Noto Sans SC"
UNDRAWABLE = "□"
BREAK_HERE = "\N{SOFT HYPHEN}"
_FOLDER = Path(__file__).parents[1] / "fonts"
_FILE = "NotoSansSC-Regular.ttf"
_MARKS = re.compile(f"{UNDRAWABLE}(?: ?{UNDRAWABLE})+")
_LONG_WORD = re.compile(r"([!-\u052f]{10})(?=[!-\u052f]{3})")  # Latin, Greek, Cyrillic; Chinese breaks anywhere


class FontMissingError(RuntimeError):
    """The typeface is not installed, or we cannot read it."""


def find_font_folder() -> Path:
    """The folder of the typeface. Raises FontMissingError when an installation lost it."""
    if not (_FOLDER / _FILE).is_file():
        raise FontMissingError(str(_FOLDER / _FILE))
    return _FOLDER


@cache
def list_covered_code_points() -> frozenset[int]:
    """Every code point the typeface has a glyph for."""
    points: set[int] = set()
    for first, last in _read_ranges(find_font_folder() / _FILE):
        points.update(range(first, last + 1))
    return frozenset(points)


def replace_undrawable(text: str) -> str:
    """`text` with one mark in place of each run of characters the typeface lacks."""
    points = list_covered_code_points()
    marked = "".join(character if ord(character) in points else UNDRAWABLE for character in text)
    return _MARKS.sub(UNDRAWABLE, marked)


def add_break_points(name: str) -> str:
    """`name` with break points in words too long for any column."""
    return _LONG_WORD.sub(rf"\1{BREAK_HERE}", name)


def _read_ranges(path: Path) -> list[tuple[int, int]]:
    """First and last code point of each group of the `cmap` subtable in format 12 (OpenType 1.9, `cmap`)."""
    with path.open("rb") as file:
        tables = struct.unpack(">4xH6x", file.read(12))[0]
        directory = [struct.unpack(">4s4xII", file.read(16)) for _ in range(tables)]
        offset, length = next((at, size) for tag, at, size in directory if tag == b"cmap")
        file.seek(offset)
        table = file.read(length)
    subtables = struct.unpack_from(">2xH", table)[0]
    for record in range(subtables):
        (at,) = struct.unpack_from(">4xI", table, 4 + 8 * record)
        if struct.unpack_from(">H", table, at)[0] == 12:  # noqa: PLR2004 - the format's own number
            groups = struct.unpack_from(">12xI", table, at)[0]
            return [struct.unpack_from(">II", table, at + 16 + 12 * group) for group in range(groups)]
    raise FontMissingError(f"{path}: no cmap subtable of format 12")
