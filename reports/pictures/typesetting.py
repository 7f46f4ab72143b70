"""Typesetting shared by every picture and paper: the compiler and its typeface, drawable words, shares as bars, round scales.

1. Blocking: called in the helper process only (law 10).
2. Words and numbers go to a template as data, which it never parses as markup, and it draws nothing the typeface lacks.
3. Below 10 answers there are counts and no bar; 10–29 get a pale bar; every bar carries its 95 % interval and its n.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from math import ceil, floor, log10
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias
from unicodedata import east_asian_width

from domain.figures.evidence import Rate, Share, Strength, find_strength
from domain.figures.figures import MeanRating
from reports.pictures.font import FAMILY, add_break_points, find_font_folder, replace_undrawable
from reports.wording.wording import RenderText, fit_on_one_line, format_basis, format_share

if TYPE_CHECKING:  # the bot imports this module for the order of units, and never compiles anything
    import typst

WIDTH_PIXELS = 1280  # a template's page is this many points wide, and a point is drawn as a pixel
Drawing: TypeAlias = "str | float | bool | Sequence[Drawing] | Mapping[str, Drawing] | None"
_FOLDER = Path(__file__).parents[1] / "templates"
_MEMORY = Path("/dev/shm")  # noqa: S108 -- each use has a folder of its own in it
_FOLDERS = "huifang-pictures-"
_PICTURES = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n",
    b"RIFF",
    b"GIF8",
)  # JPEG, PNG, WebP, GIF: no drawings, which could lead elsewhere
_POINTS_PER_INCH = 72
_NAME_CELLS = 42
_STEPS = (1, 2, 2.5, 5, 10)
_NEARLY = 0.9  # one more step is better than a scale that is a third empty


def compile_png(template: str, drawing: Mapping[str, Drawing], language: str) -> bytes:
    """The picture, 1280 pixels wide; `language` (`en`, `zh`, …) decides how lines break."""
    return _compile(template, drawing, language, "png")


def compile_pdf(
    template: str, drawing: Mapping[str, Drawing], language: str, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The document as PDF; it shows these pictures by their names, from a folder of its own that goes with them."""
    if not pictures:
        return _compile(template, drawing, language, "pdf")
    with _make_folder() as root:
        shutil.copyfile(_FOLDER / template, root / template)
        for name, picture in pictures.items():
            (root / name).write_bytes(picture)
        return _compile(template, drawing, language, "pdf", root)


def is_picture(data: bytes) -> bool:
    """Whether it can be shown: somebody may have sent anything."""
    if not data.startswith(_PICTURES):
        return False
    import typst

    with _make_folder() as root:
        (root / "picture").write_bytes(data)
        (root / "look.typ").write_text('#image("picture")')
        try:
            typst.compile(root / "look.typ", root=root, font_paths=_load_fonts(), format="pdf")
        except typst.TypstError:
            return False
        return True


def is_shown(figure: Share | MeanRating | Rate | int) -> bool:
    """Whether the figure, or n, is worth enough for a percentage, a mean, a bar."""
    return (find_strength(figure) if isinstance(figure, int) else figure.strength).is_shown


def make_drawable_line(text: str) -> str:
    """One line of characters the typeface has."""
    return replace_undrawable(fit_on_one_line(text)) if text else ""


def fit_name(name: str, cells: int = _NAME_CELLS) -> str:
    """A name that fills at most two or three lines of its column; a Chinese character is as wide as two letters."""
    room, kept = cells, ""
    flat = make_drawable_line(name)
    for character in flat:
        room -= 2 if east_asian_width(character) in {"W", "F"} else 1
        if room < 0:
            return add_break_points(kept.rstrip() + "…")
        kept += character
    return add_break_points(flat)


def draw_share(share: Share, say: RenderText, *, target: float | None = None, tone: str = "") -> Mapping[str, Drawing]:
    """A share in words, and its bar if n allows one; `target` is a fraction, `tone` is "bad" where less is better."""
    low, high = share.interval
    bar = {"part": share.value, "low": low, "high": high, "pale": share.strength is Strength.INDICATIVE}
    return {
        "value": make_drawable_line(format_share(say, "picture-share", share)),
        "n": make_drawable_line(format_n(share, say)) if share.strength is not Strength.COUNTS else "",
        "bar": bar | {"target": target, "tone": tone} if is_shown(share) else None,
    }


def format_n(figure: Share | int, say: RenderText) -> str:
    """What the figure rests on: n, and what weighted answers are worth."""
    figure = Share(figure, figure) if isinstance(figure, int) else figure
    return format_basis(say, figure) if figure.n else say("picture-n")


def format_more(count: int, say: RenderText) -> str | None:
    """How many are not drawn; None if all are."""
    return make_drawable_line(say("picture-more", count=count)) if count > 0 else None


def choose_ticks(low: float, high: float, about: int = 4) -> tuple[float, ...]:
    """Axis ticks: round numbers from at or below `low` to at or above `high`, in `about` steps of 1, 2, 2.5 or 5 × 10ⁿ."""
    high = high if high > low else low + 1
    rough = (high - low) / about
    power = 10.0 ** floor(log10(rough))
    step = next(power * step for step in _STEPS if power * step >= rough * _NEARLY)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(round(k * step, 10) for k in range(first, last + 1))


@contextmanager
def _make_folder() -> Iterator[Path]:
    """A folder that goes with what is shown from it, in memory where the system has that; what a killed process left goes first."""
    place = _MEMORY if os.access(_MEMORY, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())
    for left in place.glob(f"{_FOLDERS}*"):
        if not Path(f"/proc/{left.name.split('-')[2]}").exists() and Path("/proc").exists():
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{_FOLDERS}{os.getpid()}-", dir=place) as folder:
        yield Path(folder)


def _compile(
    template: str, drawing: Mapping[str, Drawing], language: str, form: Literal["png", "pdf"], root: Path = _FOLDER
) -> bytes:
    data = {"font": FAMILY, "lang": language.partition("-")[0].lower(), **drawing}
    import typst

    return typst.compile(
        root / template,
        root=root,
        font_paths=_load_fonts(),
        format=form,
        ppi=_POINTS_PER_INCH if form == "png" else None,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


@cache
def _load_fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(find_font_folder())])
