"""Two control charts below each other: dissatisfaction and complaints, with limits and signals (`control`). PNG, 1280 pixels wide.

1. Periods without data leave a gap in the line; limits step, for they are each period's own.
2. A signal is told by shape, by colour and in words below its chart, with its n; below 10 with its counts.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from statistics import median

from domain.figures.control import Chart, Point, Signal, Trend
from domain.figures.evidence import HIDDEN_BELOW, Rate, Share
from reports.pictures.sheet import Drawing, named, plain, png, ticks
from reports.wording.wording import Say, rate_text, share_text

SIGNAL_LINES = 3
LABELS = 9
_MARKS = {
    Signal.NONE: "",
    Signal.ABOVE: "above",
    Signal.BELOW: "below",
    Signal.RUN_ABOVE: "run_above",
    Signal.RUN_BELOW: "run_below",
}


def picture(trend: Trend, say: Say, language: str) -> bytes:
    """The PNG; `language` is `en`, `zh`, …."""
    return png("trend.typ", drawing(trend, say), language)


def drawing(trend: Trend, say: Say) -> Mapping[str, Drawing]:
    """Everything the template draws: words, and places from 0 (left, bottom) to 1 (right, top)."""
    points = trend.dissatisfaction.points or trend.complaints.points
    unit = f" · {named(trend.unit)}" if trend.unit else ""
    span = say("picture-span", first=points[0].first.isoformat(), last=points[-1].last.isoformat()) if points else ""
    return {
        "title": plain(say("picture-trend-title")) + unit,
        "period": plain(span),
        "subtitle": plain(say("picture-trend-subtitle", grain=trend.grain)),
        "charts": [_chart(chart, trend.grain, say) for chart in (trend.dissatisfaction, trend.complaints)],
        "keys": [{"mark": mark, "text": plain(say("picture-trend-key", mark=mark))} for mark in _marks(trend)],
        "method": plain(say("picture-trend-method", grain=trend.grain)) if _limited(trend) else "",
    }


def _chart(chart: Chart, grain: str, say: Say) -> Mapping[str, Drawing]:
    top = _top(chart.points)
    axis = ticks(0.0, top)
    height = axis[-1]
    judged = next((n for n, point in enumerate(chart.points) if point.judged), None)
    return {
        "title": plain(say("picture-trend-chart", kind=chart.kind)),
        "basis": plain(_basis(chart, grain, say)),
        "ticks": [{"at": tick / height, "text": plain(_tick(chart.kind, tick, say))} for tick in axis],
        "centre": chart.centre / height if chart.centre is not None else None,
        "points": [_point(point, height) for point in chart.points],
        "judged": judged / len(chart.points) if judged is not None else None,
        "labels": _labels(chart.points, grain, say),
        "signals": [
            {"mark": _MARKS[point.signal], "text": plain(_told(chart, point, grain, say))}
            for point in reversed(chart.signals[-SIGNAL_LINES:])
        ],
        "quiet": "" if chart.signals or chart.centre is None else plain(say("picture-trend-quiet")),
        "none": plain(say("picture-none")),
    }


def _marks(trend: Trend) -> list[str]:
    """The signs that occur, always in the same order."""
    found = {point.signal for chart in (trend.dissatisfaction, trend.complaints) for point in chart.signals}
    return [mark for signal, mark in _MARKS.items() if signal in found]


def _limited(trend: Trend) -> bool:
    return any(chart.centre is not None for chart in (trend.dissatisfaction, trend.complaints))


def _point(point: Point, height: float) -> Mapping[str, Drawing]:
    value, lower, upper = (
        min(one / height, 1.0) if one is not None else None for one in (point.value, point.lower, point.upper)
    )
    told: Mapping[str, Drawing] = {"mark": _MARKS[point.signal], "judged": point.judged, "few": point.n < HIDDEN_BELOW}
    return {"value": value, "lower": lower, "upper": upper, **told}


def _top(points: Sequence[Point]) -> float:
    """What the axis must hold: every value, and the limits, but not the huge ones of a period with hardly any data."""
    most = max((point.value for point in points if point.value is not None), default=0.0)
    uppers = [point.upper for point in points if point.upper is not None]
    return max(most, min(max(uppers), 2 * max(median(uppers), most))) if uppers else most


def _basis(chart: Chart, grain: str, say: Say) -> str:
    """The centre and what it rests on, or how many periods are missing for one."""
    if chart.centre is None:
        return say("picture-trend-short", periods=chart.baseline, needed=chart.needed, grain=grain)
    many = [point.n for point in chart.points if point.n]
    return say(
        "picture-trend-basis",
        centre=_value(chart.kind, chart.centre, say),
        periods=chart.baseline,
        grain=grain,
        least=min(many),
        most=max(many),
        alike="yes" if min(many) == max(many) else "no",
    )


def _told(chart: Chart, point: Point, grain: str, say: Say) -> str:
    """A signal in words: which period, its value with n, and the limit or the centre it is compared with."""
    if chart.kind == "p":
        said = share_text(say, "picture-trend-share", Share(point.count, point.n))
    else:
        said = rate_text(say, "picture-trend-rate", Rate(point.count, point.n))
    limit = (
        point.upper if point.signal is Signal.ABOVE else point.lower if point.signal is Signal.BELOW else point.centre
    )
    return say(
        "picture-trend-signal",
        label=_label(point.first, grain, say),
        value=said,
        signal=point.signal.value,
        limit=_value(chart.kind, limit or 0.0, say),
    )


def _labels(points: Sequence[Point], grain: str, say: Say) -> list[Mapping[str, Drawing]]:
    """The last period and every so many before it, so that no two labels touch."""
    many = len(points)
    step = ceil(many / LABELS) or 1
    return [
        {"at": (n + 0.5) / many, "text": plain(_label(points[n].first, grain, say))}
        for n in sorted(range(many - 1, -1, -step))
    ]


def _label(first: date, grain: str, say: Say) -> str:
    return say("picture-trend-label", grain=grain, year=f"{first:%Y}", month=f"{first:%m}", day=f"{first:%d}")


def _tick(kind: str, value: float, say: Say) -> str:
    return say("picture-tick-percent", value=f"{value * 100:g}") if kind == "p" else f"{value:g}"


def _value(kind: str, value: float, say: Say) -> str:
    """A centre or a limit, which is no share of anything counted."""
    if kind == "p":
        return say("picture-tick-percent", value=f"{value * 100:.1f}".removesuffix(".0"))
    return say("picture-per-thousand", value=f"{value:.1f}")
