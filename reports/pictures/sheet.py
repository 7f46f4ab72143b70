"""What every picture and paper shares: the compiler and its typeface, words that can be drawn, shares as bars, round scales.

1. Blocking: called in the helper process only (law 10).
2. Words and numbers go to a template as data. It never reads them as markup, and draws nothing the typeface lacks.
3. Below 10 answers there are counts and no bar; 10–29 get a pale bar; every bar carries its 95 % interval and its n.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from math import ceil, floor, log10
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias
from unicodedata import east_asian_width

from domain.figures.evidence import Share, Strength, strength
from reports.pictures.font import FAMILY, breakable, drawable, font_folder
from reports.wording.wording import Say, one_line, share_text

if TYPE_CHECKING:  # what orders units is asked by the bot too, which never compiles anything
    import typst

WIDTH = 1280  # a template's page is as many points wide, and a point is drawn as a pixel
Drawing: TypeAlias = "str | float | bool | Sequence[Drawing] | Mapping[str, Drawing] | None"
_FOLDER = Path(__file__).parents[1] / "templates"
_POINTS_PER_INCH = 72
_NAME_CELLS = 42
_STEPS = (1, 2, 2.5, 5, 10)
_NEARLY = 0.9  # one step more is better than a scale that is a third empty
_SHOWN = {Strength.INDICATIVE, Strength.SOLID}


def png(template: str, drawing: Mapping[str, Drawing], language: str) -> bytes:
    """The picture, 1280 pixels wide; `language` is `en`, `zh`, …: it decides how lines break."""
    return _compiled(template, drawing, language, "png")


def pdf(template: str, drawing: Mapping[str, Drawing], language: str) -> bytes:
    """The paper."""
    return _compiled(template, drawing, language, "pdf")


def shown(n: int) -> bool:
    """Whether so many allow a percentage, a mean, a bar."""
    return strength(n) in _SHOWN


def plain(text: str) -> str:
    """One line of what the typeface has."""
    return drawable(one_line(text)) if text else ""


def named(name: str, cells: int = _NAME_CELLS) -> str:
    """A name that fills two or three lines of its column at most; a Chinese sign is as wide as two letters."""
    room, kept = cells, ""
    flat = plain(name)
    for character in flat:
        room -= 2 if east_asian_width(character) in {"W", "F"} else 1
        if room < 0:
            return breakable(kept.rstrip() + "…")
        kept += character
    return breakable(flat)


def measured(share: Share, say: Say, *, target: float | None = None, tone: str = "") -> Mapping[str, Drawing]:
    """A share's words, and its bar where n allows one; `target` is a fraction, `tone` is "bad" where less is better."""
    low, high = share.interval
    bar = {"part": share.value, "low": low, "high": high, "pale": strength(share.n) is Strength.INDICATIVE}
    return {
        "value": plain(share_text(say, "picture-share", share)),
        "n": plain(n_text(share.n, say)) if strength(share.n) is not Strength.COUNTS else "",
        "bar": bar | {"target": target, "tone": tone} if shown(share.n) else None,
    }


def n_text(n: int, say: Say) -> str:
    return say("picture-n", strength=strength(n).value, n=n)


def more(count: int, say: Say) -> str | None:
    """How many are not drawn; None where all are."""
    return plain(say("picture-more", count=count)) if count > 0 else None


def ticks(low: float, high: float, about: int = 4) -> tuple[float, ...]:
    """Round numbers from at or below `low` to at or above `high`: about so many steps of 1, 2, 2.5 or 5 × 10ⁿ."""
    high = high if high > low else low + 1
    rough = (high - low) / about
    power = 10.0 ** floor(log10(rough))
    step = next(power * step for step in _STEPS if power * step >= rough * _NEARLY)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(round(k * step, 10) for k in range(first, last + 1))


def _compiled(template: str, drawing: Mapping[str, Drawing], language: str, form: Literal["png", "pdf"]) -> bytes:
    data = {"font": FAMILY, "lang": language.partition("-")[0].lower(), **drawing}
    import typst

    return typst.compile(
        _FOLDER / template,
        root=_FOLDER,
        font_paths=_fonts(),
        format=form,
        ppi=_POINTS_PER_INCH if form == "png" else None,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


@cache
def _fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(font_folder())])
