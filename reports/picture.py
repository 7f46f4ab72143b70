"""The summary as one picture: PNG, 1280 pixels wide, as tall as it needs.

1. Blocking: called in the helper process only (law 10).
2. Words and numbers go to the template as data. It never reads them as markup, and draws nothing the typeface lacks.
3. Below 10 answers there are counts and no bar; 10–29 get a pale bar; every bar carries its 95 % interval and its n.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias
from unicodedata import east_asian_width

import typst

from domain.evidence import Share, Strength, strength
from domain.figures import (
    DepartmentLine,
    Summary,
    Tally,
    complaint_rate,
    distribution,
    response_rate,
    satisfaction,
)
from reports.font import FAMILY, breakable, drawable, font_folder
from reports.wording import (
    Say,
    compared_line,
    mean_values,
    most_pressing_first,
    one_line,
    period_line,
    rate_change_text,
    rate_text,
    share_change_text,
    share_text,
)

WIDTH = 1280  # the template's page is as many points wide, and a point is drawn as a pixel
DEPARTMENT_ROWS = 12
DIMENSION_ROWS = 6
_TEMPLATE = Path(__file__).with_name("summary.typ")
_POINTS_PER_INCH = 72
_NAME_CELLS = 42
Drawing: TypeAlias = "str | float | bool | Sequence[Drawing] | Mapping[str, Drawing] | None"


def picture(summary: Summary, say: Say, language: str) -> bytes:
    """The PNG; `language` is `en`, `zh`, …: it decides how lines break."""
    data = {"font": FAMILY, "lang": language.partition("-")[0].lower(), **drawing(summary, say)}
    return typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=_fonts(),
        format="png",
        ppi=_POINTS_PER_INCH,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def drawing(summary: Summary, say: Say) -> Mapping[str, Drawing]:
    """Everything the template draws, in words and fractions, with nothing the typeface lacks."""
    lines = most_pressing_first(summary.departments)
    dimensions = list(summary.dimensions.items())
    return {
        "title": _plain(say("summary-title")),
        "period": _plain(period_line(say, summary.period)),
        "compared": _plain(compared_line(say, summary.period)),
        "tiles": _tiles(summary, say),
        "ratings": {
            "title": _plain(say("summary-ratings")),
            "n": _plain(say("summary-n", strength=strength(summary.tally.n).value, n=summary.tally.n)),
            "rows": [
                {
                    "rating": str(rating),
                    "part": share.value or 0.0,
                    "text": _plain(share_text(say, "summary-rating-row", share)),
                }
                for rating, share in distribution(summary.tally)
            ],
        },
        "dimensions": {
            "title": _plain(say("summary-dimensions")),
            "none": _plain(say("summary-none")),
            "rows": [
                {"name": _name(say("summary-dimension", name=name)), **_bar(satisfaction(tally), say)}
                for name, tally in dimensions[:DIMENSION_ROWS]
            ],
            "more": _more(len(dimensions) - DIMENSION_ROWS, say),
        },
        "departments": {
            "title": _plain(say("summary-departments")),
            "none": _plain(say("summary-none")),
            "axis": _plain(say("summary-axis")),
            "heads": [_plain(say(f"summary-{head}")) for head in ("complaints", "open", "overdue")],
            "rows": [_department(line, say) for line in lines[:DEPARTMENT_ROWS]],
            "more": _more(len(lines) - DEPARTMENT_ROWS, say),
        },
        "method": _plain(say("summary-method")),
    }


def _tiles(summary: Summary, say: Say) -> list[Drawing]:
    satisfied = satisfaction(summary.tally)
    reached = response_rate(summary.answered, summary.surveys_sent)
    complaints = complaint_rate(summary.complaints_opened, summary.deliveries)
    before = complaint_rate(summary.complaints_previous, summary.deliveries_previous)
    return [
        _tile(
            say("summary-satisfaction"),
            share_text(say, "summary-share-big", satisfied),
            share_text(say, "summary-share-note", satisfied),
            share_change_text(say, satisfied, satisfaction(summary.previous)),
        ),
        *_mean_tiles(summary.tally, say),
        _tile(
            say("summary-response"),
            share_text(say, "summary-share-big", reached),
            share_text(say, "summary-reached-note", reached),
        ),
        _tile(
            say("summary-complaints"),
            str(complaints.count),
            rate_text(say, "summary-complaints-note", complaints),
            rate_change_text(say, complaints, before),
        ),
        {
            **_tile(
                say("summary-open"),
                str(summary.open_now),
                say("summary-overdue-note", overdue=summary.overdue_now),
            ),
            "alarm": summary.overdue_now > 0,
        },
    ]


def _mean_tiles(tally: Tally, say: Say) -> list[Drawing]:
    values = mean_values(say, tally)
    labels = [say("summary-mean"), say("summary-index")]
    if values is None:
        said = strength(tally.n).value
        return [_tile(label, "–", say("summary-hidden", strength=said, n=tally.n)) for label in labels]
    return [
        _tile(label, *(say(f"summary-{figure}-{part}", **values) for part in ("big", "note")))
        for label, figure in zip(labels, ("mean", "index"), strict=True)
    ]


def _tile(label: str, value: str, note: str, change: str = "") -> dict[str, Drawing]:
    return {
        "label": _plain(label),
        "value": _plain(value),
        "note": _plain(note),
        "change": _plain(change),
        "alarm": False,
    }


def _department(line: DepartmentLine, say: Say) -> Mapping[str, Drawing]:
    return {
        "name": _name(line.name),
        "counts": [str(line.complaints), str(line.open), str(line.overdue)],
        "alarm": line.overdue > 0,
        **_bar(satisfaction(line.tally), say),
    }


def _bar(share: Share, say: Say) -> Mapping[str, Drawing]:
    """A share's words, and its bar where n allows one."""
    said = strength(share.n)
    low, high = share.interval
    shown = said in {Strength.INDICATIVE, Strength.SOLID}
    return {
        "value": _plain(share_text(say, "summary-share-big", share)),
        "n": _plain(say("summary-n", strength=said.value, n=share.n)) if said is not Strength.COUNTS else "",
        "bar": {"part": share.value, "low": low, "high": high, "pale": said is Strength.INDICATIVE} if shown else None,
    }


def _more(count: int, say: Say) -> str | None:
    return _plain(say("summary-more", count=count)) if count > 0 else None


def _name(name: str) -> str:
    """A name that fills two or three lines of its column at most; a Chinese sign is as wide as two letters."""
    room, kept = _NAME_CELLS, ""
    flat = _plain(name)
    for character in flat:
        room -= 2 if east_asian_width(character) in {"W", "F"} else 1
        if room < 0:
            return breakable(kept.rstrip() + "…")
        kept += character
    return breakable(flat)


def _plain(text: str) -> str:
    return drawable(one_line(text)) if text else ""


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(font_folder())])
