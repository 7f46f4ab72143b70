"""Control charts in sentences: what is in control, what is not, with n and limits.

`say` renders HTML (`texts.html`): markup stands in the texts, what somebody named is escaped there. A caption stays under Telegram's 1,024.
"""

from domain.figures.control import Chart, Point, Signal, Trend
from domain.figures.evidence import strength
from domain.figures.spans import Grain, Span
from reports.wording.wording import Say, one_line

SHOWN = 2
"""Signals of one chart that are told one by one, the latest."""

_NAME = 40


def caption(trend: Trend, say: Say) -> str:
    """Below the picture of both charts."""
    scoped = "yes" if trend.unit else "no"
    title = say("trend-title", grain=trend.grain, scoped=scoped, unit=one_line(trend.unit)[:_NAME])
    charts = [_paragraph(chart, trend.grain, say) for chart in (trend.dissatisfaction, trend.complaints)]
    return "\n\n".join([title, *charts, say("trend-note")])


def told(chart: Chart, point: Point, grain: Grain, say: Say) -> str:
    """One signal, with its n and the limit or centre that it lies beyond."""
    limit = {Signal.ABOVE: point.upper, Signal.BELOW: point.lower}.get(point.signal, point.centre)
    return say(
        "trend-signal",
        signal=point.signal.value,
        when=when(point, grain, say),
        figure=_figure(chart, point, say),
        limit=_number(chart, limit, say),
    )


def when(point: Point | Span, grain: Grain, say: Say) -> str:
    return say("trend-when", grain=grain, first=point.first.isoformat(), last=point.last.isoformat(), code=point.code)


def _paragraph(chart: Chart, grain: Grain, say: Say) -> str:
    lines = [say("trend-chart", chart=chart.kind)]
    judged = [point for point in chart.points if point.judged and point.n]
    if chart.centre is None:
        lines.append(say("trend-too-short", grain=grain, count=chart.baseline, needed=chart.needed))
        last = next((point for point in reversed(chart.points) if point.n), None)
        lines += [say("trend-last", **_last(chart, last, grain, say))] if last is not None else []
        return "\n".join(lines)
    if not chart.signals:
        lines.append(say("trend-in-control", grain=grain, judged=len(judged), baseline=chart.baseline))
    lines += [told(chart, point, grain, say) for point in chart.signals[-SHOWN:]]
    if len(chart.signals) > SHOWN:
        lines.append(say("trend-more", count=len(chart.signals) - SHOWN))
    last = judged[-1]
    limits = {
        "lower": _number(chart, last.lower, say),
        "upper": _number(chart, last.upper, say),
        "centre": _number(chart, last.centre, say),
    }
    lines.append(say("trend-last-limits", **_last(chart, last, grain, say), **limits))
    return "\n".join(lines)


def _last(chart: Chart, point: Point, grain: Grain, say: Say) -> dict[str, str | int]:
    return {"when": when(point, grain, say), "figure": _figure(chart, point, say)}


def _figure(chart: Chart, point: Point, say: Say) -> str:
    """The point's value with its n; below 10 the counts alone."""
    return say(
        "trend-figure",
        chart=chart.kind,
        strength=strength(point.n).value,
        count=point.count,
        n=point.n,
        value=_number(chart, point.value, say),
    )


def _number(chart: Chart, value: float | None, say: Say) -> str:
    if value is None:
        return "–"
    return say("trend-number", chart=chart.kind, value=f"{value * 100 if chart.kind == 'p' else value:.1f}")
