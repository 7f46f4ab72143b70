"""The units of a breakdown beside one another: share, interval and n of each, against the share of all. PNG, 1280 pixels wide.

1. Lowest satisfaction first among those with 10 answers or more, then the others by how many they have: there chance would decide the order.
2. A unit is marked as lower or higher only where its interval and that of all do not touch.
"""

from collections.abc import Mapping, Sequence

from domain.figures.breakdown import By
from domain.figures.evidence import Share, Strength, Verdict, change, strength
from domain.figures.figures import satisfaction
from domain.figures.summary import Summary, Unit
from reports.pictures.sheet import Drawing, more, n_text, named, plain, png, shown, ticks
from reports.wording.wording import Say, period_line, share_text

ROWS = 16
_NAME_CELLS = 32
_MARKS = {Verdict.DOWN: "lower", Verdict.UP: "higher"}


def picture(summary: Summary, say: Say, language: str) -> bytes:
    """The PNG of a summary that is broken down; `language` is `en`, `zh`, …."""
    return png("units.typ", drawing(summary, say), language)


def drawing(summary: Summary, say: Say) -> Mapping[str, Drawing]:
    """Everything the template draws: words, and places on the axis from 0 to 1."""
    everything, units = satisfaction(summary.now.strata), worst_first(summary.units)
    kept = units[:ROWS]
    shares = [satisfaction(unit.counts.strata) for unit in kept]
    axis = _axis([share for share in (*shares, everything) if shown(share.n)])
    reference = _place(everything, axis, Verdict.UNPROVEN) if shown(everything.n) else None
    return {
        "title": plain(say("picture-units-title", by=by_name(summary.by, say))),
        "period": plain(period_line(say, summary.period)),
        "subtitle": plain(say("picture-units-subtitle")),
        "ticks": [
            {"at": _on(tick, axis), "text": plain(say("picture-tick-percent", value=f"{tick * 100:g}"))}
            for tick in axis
        ],
        "reference": reference,
        "all": plain(
            say("picture-units-all", share=share_text(say, "picture-share", everything), n=n_text(everything.n, say))
        ),
        "heads": [plain(say("picture-head", head=head)) for head in ("satisfied", "complaints")],
        "rows": [_row(unit, share, everything, axis, say) for unit, share in zip(kept, shares, strict=True)],
        "none": plain(say("picture-none")),
        "more": more(len(units) - ROWS, say),
        "keys": {key: plain(say("picture-units-key", key=key)) for key in ("same", "lower", "higher", "pale")},
        "method": plain(say("picture-units-method")),
    }


def worst_first(units: Sequence[Unit]) -> list[Unit]:
    """Lowest satisfaction first where n allows one, then by how many answers there are (rule 1)."""

    def place(unit: Unit) -> tuple[bool, float, int, int, str]:
        return *_lowest(satisfaction(unit.counts.strata)), -unit.counts.complaints, unit.name

    return sorted(units, key=place)


def dimensions(summary: Summary) -> list[tuple[str, Share]]:
    """Every dimension that was asked, with its share of satisfied answers; in the same order (rule 1)."""
    found = [(name, satisfaction(strata)) for name, strata in summary.dimensions.items()]
    return sorted(found, key=lambda one: (*_lowest(one[1]), one[0]))


def _lowest(share: Share) -> tuple[bool, float, int]:
    ranked = shown(share.n) and share.value is not None
    return not ranked, (share.value or 0.0) if ranked else 0.0, -share.n


def by_name(by: By, say: Say) -> str:
    return say("picture-by", by=by.value)


def unit_name(unit: Unit, say: Say) -> str:
    """What people call it; deliveries that name none are a unit too."""
    return unit.name or unit.key or say("picture-unit-none")


def _row(unit: Unit, share: Share, everything: Share, axis: Sequence[float], say: Say) -> Mapping[str, Drawing]:
    count = strength(share.n) is Strength.COUNTS
    return {
        "name": named(unit_name(unit, say), _NAME_CELLS),
        "value": plain(share_text(say, "picture-share", share)),
        "n": "" if count or not share.n else plain(n_text(share.n, say)),
        "place": _place(share, axis, change(share, everything).verdict) if shown(share.n) else None,
        "complaints": plain(say("picture-count", count=unit.counts.complaints)),
        "deliveries": plain(say("picture-of", n=unit.counts.deliveries)),
    }


def _place(share: Share, axis: Sequence[float], verdict: Verdict) -> Mapping[str, Drawing]:
    low, high = share.interval
    return {
        "at": _on(share.value or 0.0, axis),
        "low": _on(low, axis),
        "high": _on(high, axis),
        "pale": strength(share.n) is Strength.INDICATIVE,
        "mark": _MARKS.get(verdict, "same"),
    }


def _axis(shares: Sequence[Share]) -> tuple[float, ...]:
    """From a round share below all intervals to 100 %; dots and lines, unlike bars, need no zero."""
    return ticks(min((share.interval[0] for share in shares), default=0.0), 1.0)


def _on(value: float, axis: Sequence[float]) -> float:
    return (value - axis[0]) / (axis[-1] - axis[0])
