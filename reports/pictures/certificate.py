"""Award certificate for the quarter's champion of satisfaction 满意度冠军: PNG in the proportions of A4 landscape, 1280 pixels wide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import east_asian_width

from domain.figures.evidence import Share, Weighted
from reports.pictures.font import BREAK_HERE
from reports.pictures.typesetting import Drawing, compile_png, fit_name, make_drawable_line
from reports.wording.wording import RenderText, format_share

_NAME_CELLS = 44
_UNIT_CELLS = 60
_SIZES = ((14, 100), (24, 76), (34, 60))  # a name of this many cells fills its line at this size
_SMALLEST = 46


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who is honoured for which quarter, on what figures: `part` of `n` were satisfied; weighted where `weighed` is a fraction (see Weighted).

    `unit` is a courier's department or station, empty if a department itself is honoured.
    """

    name: str
    company: str
    year: int
    quarter: int
    awarded: date
    part: int
    n: int
    weighed: float | None = None
    effective: float | None = None
    unit: str = ""

    @property
    def share(self) -> Share:
        if self.weighed is None or self.effective is None:
            return Share(self.part, self.n)
        return Weighted(self.part, self.n, self.weighed, self.effective)


def make_certificate(
    name: str, company: str, quarter: tuple[int, int], awarded: date, share: Share, unit: str = ""
) -> Certificate:
    """From a satisfaction as `domain.figures.figures` computes it; `quarter` is (year, number)."""
    weighed, effective = (share.weighed, share.effective) if isinstance(share, Weighted) else (None, None)
    year, number = quarter
    return Certificate(name, company, year, number, awarded, share.part, share.n, weighed, effective, unit)


def render_picture(facts: Certificate, say: RenderText, language: str) -> bytes:
    """The PNG; `language` is `en`, `zh`, …"""
    return compile_png("certificate.typ", build_drawing(facts, say), language)


def build_drawing(facts: Certificate, say: RenderText) -> Mapping[str, Drawing]:
    """Everything the template draws."""
    # A name that fits is not broken on its own line.
    name = fit_name(facts.name, _NAME_CELLS).replace(BREAK_HERE, "")
    cells = sum(2 if east_asian_width(one) in {"W", "F"} else 1 for one in name)
    return {
        "honour": make_drawable_line(say("picture-certificate-honour")),
        "title": make_drawable_line(say("picture-certificate-title")),
        "quarter": make_drawable_line(say("picture-certificate-quarter", year=str(facts.year), quarter=facts.quarter)),
        "to": make_drawable_line(say("picture-certificate-to")),
        "name": name,
        "size": next((size for room, size in _SIZES if cells <= room), _SMALLEST),
        "unit": fit_name(facts.unit, _UNIT_CELLS).replace(BREAK_HERE, "") if facts.unit else "",
        "share": make_drawable_line(format_share(say, "picture-certificate-share", facts.share)),
        "basis": make_drawable_line(format_share(say, "picture-certificate-basis", facts.share)),
        "counted": make_drawable_line(say("picture-certificate-counted", **_format_day(facts.awarded))),
        "company": fit_name(facts.company, _UNIT_CELLS).replace(BREAK_HERE, ""),
        "awarded": make_drawable_line(say("picture-certificate-awarded", **_format_day(facts.awarded))),
    }


def _format_day(day: date) -> Mapping[str, str | int]:
    return {"year": str(day.year), "month": day.month, "day": day.day}
