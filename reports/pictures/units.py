"""Dot plot of a breakdown's units: share, interval and n of each, against the share of all. PNG, 1280 pixels wide.

1. Lowest satisfaction first among those with 10 answers or more; the others follow by number of answers, since chance would order them.
2. A unit is marked as lower or higher only if it differs clearly from the rest (`domain.figures.comparisons`). One that was
   not compared has no mark.
"""

from collections.abc import Mapping, Sequence

from domain.figures.breakdown import By
from domain.figures.comparisons import UnitVerdict, compare_units
from domain.figures.evidence import Share, Strength
from domain.figures.figures import satisfaction
from domain.figures.summary import Summary, SummaryUnit
from reports.pictures.typesetting import (
    Drawing,
    choose_ticks,
    compile_png,
    fit_name,
    format_more,
    is_shown,
    make_drawable_line,
)
from reports.wording.wording import (
    RenderText,
    format_growing,
    format_left_out,
    format_period,
    format_share,
    format_worth,
    list_shown_cohorts,
    tell_left_out,
    tell_weighted,
)

ROWS = 16
_NAME_CELLS = 32
_KEYS = (UnitVerdict.LOWER, UnitVerdict.HIGHER, UnitVerdict.SAME)


def render_picture(summary: Summary, say: RenderText, language: str) -> bytes:
    """The PNG of a summary with a breakdown; `language` is `en`, `zh`, …"""
    return compile_png("units.typ", build_drawing(summary, say), language)


def build_drawing(summary: Summary, say: RenderText) -> Mapping[str, Drawing]:
    """Everything the template draws: words, and positions on the axis from 0 to 1."""
    everything, units = satisfaction(summary.now.strata), sort_worst_first(summary.units)
    kept = units[:ROWS]
    compared = compare_units({unit.key: unit.counts for unit in units})
    shares = [satisfaction(unit.counts.strata) for unit in kept]
    axis = _choose_axis([share for share in (*shares, everything) if is_shown(share)])
    reference = _draw_place(everything, axis, UnitVerdict.SAME) if is_shown(everything) else None
    return {
        "title": make_drawable_line(say("picture-units-title", by=format_breakdown(summary.by, say))),
        "period": make_drawable_line(format_period(say, summary.period)),
        "subtitle": make_drawable_line(say("picture-units-subtitle")),
        "growing": make_drawable_line(format_growing(say, summary.growing, list_shown_cohorts(summary))),
        "ticks": [
            {
                "at": _place_on_axis(tick, axis),
                "text": make_drawable_line(say("picture-tick-percent", value=f"{tick * 100:g}")),
            }
            for tick in axis
        ],
        "reference": reference,
        "all": make_drawable_line(say("picture-units-all", share=format_share(say, "picture-whole", everything))),
        "heads": [make_drawable_line(say("picture-head", head=head)) for head in ("satisfied", "complaints")],
        "rows": [
            _draw_row(unit, share, compared[unit.key].verdict, axis, say)
            for unit, share in zip(kept, shares, strict=True)
        ],
        "none": make_drawable_line(say("picture-none")),
        "more": format_more(len(units) - ROWS, say),
        "left_out": make_drawable_line(format_left_out(say, kept)),
        "keys": {key.value: make_drawable_line(say("unit-verdict", verdict=key.value)) for key in _KEYS}
        | {"pale": make_drawable_line(say("picture-units-pale"))},
        "method": make_drawable_line(say("picture-units-method")),
    }


def sort_worst_first(units: Sequence[SummaryUnit]) -> list[SummaryUnit]:
    """Lowest satisfaction first where n allows one, then by number of answers (rule 1)."""

    def place(unit: SummaryUnit) -> tuple[bool, float, int, int, str, str]:
        return *_lowest_first(satisfaction(unit.counts.strata)), -unit.counts.complaints, unit.key, unit.name

    return sorted(units, key=place)


def list_dimensions(summary: Summary) -> list[tuple[str, Share]]:
    """Every dimension asked about, with its share of satisfied answers, in the same order (rule 1)."""
    shares = [(name, satisfaction(strata)) for name, strata in summary.dimensions.items()]
    return sorted(shares, key=lambda one: (*_lowest_first(one[1]), one[0]))


def _lowest_first(share: Share) -> tuple[bool, float, int]:
    ranked = is_shown(share) and share.value is not None
    return not ranked, (share.value or 0.0) if ranked else 0.0, -share.n


def format_breakdown(by: By, say: RenderText) -> str:
    return say("picture-by", by=by.value)


def format_unit_name(unit: SummaryUnit, say: RenderText) -> str:
    """What people call it; deliveries that name no unit form one too."""
    return unit.name or unit.key or say("picture-unit-none")


def _draw_row(
    unit: SummaryUnit, share: Share, verdict: UnitVerdict, axis: Sequence[float], say: RenderText
) -> Mapping[str, Drawing]:
    count = share.strength is Strength.COUNTS
    return {
        "name": fit_name(format_unit_name(unit, say), _NAME_CELLS),
        "value": make_drawable_line(format_share(say, "picture-share", share) + tell_left_out(unit.counts.strata)),
        "n": "" if count or not share.n else make_drawable_line(_format_n(share, say)),
        "place": _draw_place(share, axis, verdict) if is_shown(share) else None,
        "complaints": make_drawable_line(say("picture-count", count=unit.counts.complaints)),
        "deliveries": _format_deliveries(unit, say),
    }


def _format_n(share: Share, say: RenderText) -> str:
    """In a row's words: what "worth" means, and that the shares are weighted, is said once below."""
    return say("picture-units-n", weighted=tell_weighted(share), n=share.n, worth=format_worth(share))


def _format_deliveries(unit: SummaryUnit, say: RenderText) -> str:
    """Complaints that name no unit may be about no delivery at all: 5 of 0 would be nonsense."""
    known = bool(unit.counts.deliveries or unit.key)
    return make_drawable_line(say("picture-of", n=unit.counts.deliveries)) if known else "–"


def _draw_place(share: Share, axis: Sequence[float], verdict: UnitVerdict) -> Mapping[str, Drawing]:
    low, high = share.interval
    return {
        "at": _place_on_axis(share.value or 0.0, axis),
        "low": _place_on_axis(low, axis),
        "high": _place_on_axis(high, axis),
        "pale": share.strength is Strength.INDICATIVE,
        "mark": verdict.value,
    }


def _choose_axis(shares: Sequence[Share]) -> tuple[float, ...]:
    """From a round share below all intervals to 100 %; unlike bars, dots and lines need no zero."""
    return choose_ticks(min((share.interval[0] for share in shares), default=0.0), 1.0)


def _place_on_axis(value: float, axis: Sequence[float]) -> float:
    return (value - axis[0]) / (axis[-1] - axis[0])
