"""Which categories the complaints are of: Pareto's chart, bars and cumulative line on one axis. PNG, 1280 pixels wide.

1. Bars and line have the same scale, shares of all complaints opened in the period: the line ends at 100 %.
2. Below 10 complaints there are counts alone, and no line.
"""

from collections.abc import Mapping
from itertools import accumulate

from domain.figures.evidence import Share
from domain.figures.summary import Summary, Unit
from reports.pictures.picture import heading
from reports.pictures.sheet import Drawing, n_text, named, plain, png, shown
from reports.pictures.units import unit_name
from reports.wording.wording import Say, share_text

ROWS = 12
MARK = 0.8
_TICKS = (0, 0.2, 0.4, 0.6, 0.8, 1)
_NAME_CELLS = 34


def picture(summary: Summary, say: Say, language: str) -> bytes:
    """The PNG of `summary.categories`; `language` is `en`, `zh`, …."""
    return png("pareto.typ", drawing(summary, say), language)


def drawing(summary: Summary, say: Say) -> Mapping[str, Drawing]:
    """Everything the template draws: words, and fractions of all complaints."""
    found = sorted(
        (one for one in summary.categories if one.counts.opened), key=lambda one: (-one.counts.opened, one.name)
    )
    total = sum(one.counts.opened for one in found)
    names = [unit_name(one, say) for one in found[:ROWS]]
    counts = [one.counts.opened for one in found[:ROWS]]
    if len(found) > ROWS:
        names.append(say("picture-rest", count=len(found) - ROWS))
        counts.append(_rest(found))
    curve = shown(total)
    sums = [part / total for part in accumulate(counts)]
    return {
        **heading(summary, say, say("picture-pareto-title")),
        "subtitle": plain(say("picture-pareto-n", n=n_text(total, say))) if total else "",
        "ticks": [
            {"at": tick, "text": plain(say("picture-tick-percent", value=f"{tick * 100:g}"))}
            for tick in _TICKS
            if curve
        ],
        "mark": MARK if curve else None,
        "most": max(counts, default=1) / total if total else 1,
        "rows": [_row(name, Share(count, total), say) for name, count in zip(names, counts, strict=True)],
        "sums": sums if curve else [],
        "told": [plain(say("picture-cumulative", percent=f"{one * 100:.0f}")) for one in sums] if curve else [],
        "key": {key: plain(say("picture-pareto-key", key=key)) for key in ("bar", "line")},
        "none": plain(say("picture-none")),
    }


def _rest(found: list[Unit]) -> int:
    return sum(one.counts.opened for one in found[ROWS:])


def _row(name: str, share: Share, say: Say) -> Mapping[str, Drawing]:
    return {
        "name": named(name, _NAME_CELLS),
        "part": share.value,
        "text": plain(share_text(say, "picture-rating-row", share)),
    }
