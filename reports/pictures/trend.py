"""Control charts, two below each other: dissatisfaction and complaints, with limits and signals (`control`). PNG, 1280 pixels wide.

1. Periods without data leave a gap in the line; limits are stepped, because each period has its own.
2. A signal is shown by shape, by colour and in words below its chart, with its n; below 10 with its counts.
3. A period too small to be judged is hollow; one that is still growing is pale, with a dashed edge and a dashed way to
   it. What a chart says, and what of it was not judged, stands below it in the caption's words.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from statistics import median

from domain.figures.chart_periods import Grain
from domain.figures.control import Chart, Point, Signal, Trend
from reports.pictures.typesetting import Drawing, choose_ticks, compile_png, fit_name, make_drawable_line
from reports.wording.trend_caption import (
    count_awaited_days,
    format_last,
    format_signal,
    format_unjudged,
    format_verdict,
)
from reports.wording.wording import RenderText

SIGNAL_LINES = 3
LABELS = 9
_GROWING = "growing"
_MARKS = {
    Signal.NONE: "",
    Signal.ABOVE: "above",
    Signal.BELOW: "below",
    Signal.RUN_ABOVE: "run_above",
    Signal.RUN_BELOW: "run_below",
}


def render_picture(trend: Trend, say: RenderText, language: str) -> bytes:
    """The PNG; `language` is `en`, `zh`, …"""
    return compile_png("trend.typ", build_drawing(trend, say), language)


def build_drawing(trend: Trend, say: RenderText) -> Mapping[str, Drawing]:
    """Everything the template draws: words, and positions from 0 (left, bottom) to 1 (right, top)."""
    points = trend.dissatisfaction.points or trend.complaints.points
    unit = f" · {fit_name(trend.unit)}" if trend.unit else ""
    span = say("picture-span", first=points[0].first.isoformat(), last=points[-1].last.isoformat()) if points else ""
    return {
        "title": make_drawable_line(say("picture-trend-title")) + unit,
        "period": make_drawable_line(span),
        "subtitle": make_drawable_line(say("picture-trend-subtitle", grain=trend.grain)),
        "charts": [_draw_chart(chart, trend.grain, say) for chart in (trend.dissatisfaction, trend.complaints)],
        "keys": [
            {"mark": mark, "text": make_drawable_line(say("picture-trend-key", mark=mark))}
            for mark in _list_marks(trend)
        ],
        "method": _format_method(trend, say),
    }


def _draw_chart(chart: Chart, grain: Grain, say: RenderText) -> Mapping[str, Drawing]:
    top = _find_top(chart.points)
    axis = choose_ticks(0.0, top)
    height = axis[-1]
    judged = next((n for n, point in enumerate(chart.points) if point.judged), None)
    return {
        "title": make_drawable_line(say("picture-trend-chart", kind=chart.kind)),
        "basis": make_drawable_line(_format_basis(chart, grain, say)),
        "ticks": [
            {"at": tick / height, "text": make_drawable_line(_format_tick(chart.kind, tick, say))} for tick in axis
        ],
        "centre": chart.centre / height if chart.centre is not None else None,
        "points": [_draw_point(point, height) for point in chart.points],
        "judged": judged / len(chart.points) if judged is not None else None,
        "labels": _list_labels(chart.points, grain, say),
        "signals": [
            {"mark": _MARKS[point.signal], "text": make_drawable_line(format_signal(chart, point, grain, say))}
            for point in reversed(chart.signals[-SIGNAL_LINES:])
        ],
        "said": [
            make_drawable_line(line)
            for line in (format_verdict(chart, grain, say), format_unjudged(chart, say), format_last(chart, grain, say))
            if line
        ],
        "none": make_drawable_line(say("picture-none")),
    }


def _list_marks(trend: Trend) -> list[str]:
    """What of signals and of growing points occurs, always in the same order."""
    points = [point for chart in (trend.dissatisfaction, trend.complaints) for point in chart.points if point.n]
    signals = {point.signal for point in points if point.signal is not Signal.NONE}
    grows = any(point.growing for point in points)
    return [*(mark for signal, mark in _MARKS.items() if signal in signals), *([_GROWING] if grows else ())]


def _format_method(trend: Trend, say: RenderText) -> str:
    """How to read it; empty where there is nothing but values."""
    if not _has_limits(trend):
        return ""
    return make_drawable_line(say("picture-trend-method", grain=trend.grain, **count_awaited_days(trend)))


def _has_limits(trend: Trend) -> bool:
    return any(chart.centre is not None for chart in (trend.dissatisfaction, trend.complaints))


def _draw_point(point: Point, height: float) -> Mapping[str, Drawing]:
    value, lower, upper = (
        min(one / height, 1.0) if one is not None else None for one in (point.value, point.lower, point.upper)
    )
    told: Mapping[str, Drawing] = {"mark": _MARKS[point.signal], "judged": point.judged, "hollow": point.unjudged}
    return {"value": value, "lower": lower, "upper": upper, _GROWING: point.growing, **told}


def _find_top(points: Sequence[Point]) -> float:
    """The top of the axis: room for every value and the limits, except the huge limits of a period with hardly any data."""
    most = max((point.value for point in points if point.value is not None), default=0.0)
    uppers = [point.upper for point in points if point.upper is not None]
    return max(most, min(max(uppers), 2 * max(median(uppers), most))) if uppers else most


def _format_basis(chart: Chart, grain: str, say: RenderText) -> str:
    """The centre line and what it is based on; empty without one."""
    if chart.centre is None:
        return ""
    many = [point.n for point in chart.points if point.n]
    return say(
        "picture-trend-basis",
        centre=_format_value(chart.kind, chart.centre, say),
        periods=chart.baseline,
        grain=grain,
        least=min(many),
        most=max(many),
        alike="yes" if min(many) == max(many) else "no",
    )


def _list_labels(points: Sequence[Point], grain: str, say: RenderText) -> list[Mapping[str, Drawing]]:
    """The last period and every nth before it, so that no two labels touch."""
    many = len(points)
    step = ceil(many / LABELS) or 1
    return [
        {"at": (n + 0.5) / many, "text": make_drawable_line(_format_label(points[n].first, grain, say))}
        for n in sorted(range(many - 1, -1, -step))
    ]


def _format_label(first: date, grain: str, say: RenderText) -> str:
    return say("picture-trend-label", grain=grain, year=f"{first:%Y}", month=f"{first:%m}", day=f"{first:%d}")


def _format_tick(kind: str, value: float, say: RenderText) -> str:
    return say("picture-tick-percent", value=f"{value * 100:g}") if kind == "p" else f"{value:g}"


def _format_value(kind: str, value: float, say: RenderText) -> str:
    """A centre line or limit, which is not a share of anything counted."""
    if kind == "p":
        return say("picture-tick-percent", value=f"{value * 100:.1f}".removesuffix(".0"))
    return say("picture-per-thousand", value=f"{value:.1f}")
