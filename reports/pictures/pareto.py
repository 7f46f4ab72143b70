"""Pareto chart of complaint categories: bars and cumulative line on one axis. PNG, 1280 pixels wide.

1. Bars and line share a scale, shares of all complaints opened in the period: the line ends at 100 %.
2. Below 10 complaints there are only counts, and no line.
"""

from collections.abc import Mapping
from itertools import accumulate

from domain.figures.evidence import Share
from domain.figures.summary import Summary, SummaryUnit
from reports.pictures.summary_picture import draw_heading
from reports.pictures.typesetting import Drawing, compile_png, fit_name, format_n, is_shown, make_drawable_line
from reports.pictures.units import format_unit_name
from reports.wording.wording import RenderText, format_share

ROWS = 12
MARK = 0.8
_TICKS = (0, 0.2, 0.4, 0.6, 0.8, 1)
_NAME_CELLS = 34


def render_picture(summary: Summary, say: RenderText, language: str) -> bytes:
    """The PNG of `summary.categories`; `language` is `en`, `zh`, …"""
    return compile_png("pareto.typ", build_drawing(summary, say), language)


def build_drawing(summary: Summary, say: RenderText) -> Mapping[str, Drawing]:
    """Everything the template draws: words, and fractions of all complaints."""
    categories = sorted(
        (one for one in summary.categories if one.counts.opened), key=lambda one: (-one.counts.opened, one.name)
    )
    total = sum(one.counts.opened for one in categories)
    names = [format_unit_name(one, say) for one in categories[:ROWS]]
    counts = [one.counts.opened for one in categories[:ROWS]]
    if len(categories) > ROWS:
        names.append(say("picture-rest", count=len(categories) - ROWS))
        counts.append(_sum_rest(categories))
    curve = is_shown(total)
    sums = [part / total for part in accumulate(counts)]
    return {
        **draw_heading(summary, say, say("picture-pareto-title")),
        "subtitle": make_drawable_line(say("picture-pareto-n", n=format_n(total, say))) if total else "",
        "ticks": [
            {"at": tick, "text": make_drawable_line(say("picture-tick-percent", value=f"{tick * 100:g}"))}
            for tick in _TICKS
            if curve
        ],
        "mark": MARK if curve else None,
        "most": max(counts, default=1) / total if total else 1,
        "rows": [_draw_row(name, Share(count, total), say) for name, count in zip(names, counts, strict=True)],
        "sums": sums if curve else [],
        "told": [make_drawable_line(say("picture-cumulative", percent=f"{one * 100:.0f}")) for one in sums]
        if curve
        else [],
        "key": {key: make_drawable_line(say("picture-pareto-key", key=key)) for key in ("bar", "line")},
        "none": make_drawable_line(say("picture-none")),
        "method": make_drawable_line(say("picture-pareto-method")),
    }


def _sum_rest(categories: list[SummaryUnit]) -> int:
    return sum(one.counts.opened for one in categories[ROWS:])


def _draw_row(name: str, share: Share, say: RenderText) -> Mapping[str, Drawing]:
    return {
        "name": fit_name(name, _NAME_CELLS),
        "part": share.value,
        "text": make_drawable_line(format_share(say, "picture-rating-row", share)),
    }
