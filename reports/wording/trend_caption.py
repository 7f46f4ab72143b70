"""Control charts in sentences: what is in control, what is not, with n and limits.

`say` renders HTML (`texts.html`): markup is in the texts, names are escaped there. A caption stays under Telegram's 1,024 (sendPhoto).
"""

from domain.figures.chart_periods import ChartPeriod, Grain
from domain.figures.control import Chart, Point, Signal, Trend
from domain.figures.evidence import find_strength
from reports.wording.wording import RenderText, fit_on_one_line

SIGNALS_SHOWN = 2
"""How many signals of a chart are described one by one, latest first."""

_NAME = 40


def format_trend_caption(trend: Trend, say: RenderText) -> str:
    """The caption below the picture of both charts."""
    scoped = "yes" if trend.unit else "no"
    title = say("trend-title", grain=trend.grain, scoped=scoped, unit=fit_on_one_line(trend.unit)[:_NAME])
    charts = [_format_paragraph(chart, trend.grain, say) for chart in (trend.dissatisfaction, trend.complaints)]
    return "\n\n".join([title, *charts, say("trend-note")])


def format_signal(chart: Chart, point: Point, grain: Grain, say: RenderText) -> str:
    """One signal, with its n and the limit or centre line it lies beyond."""
    limit = {Signal.ABOVE: point.upper, Signal.BELOW: point.lower}.get(point.signal, point.centre)
    return say(
        "trend-signal",
        signal=point.signal.value,
        when=format_point_period(point, grain, say),
        figure=_format_figure(chart, point, say),
        limit=_format_number(chart, limit, say),
    )


def format_point_period(point: Point | ChartPeriod, grain: Grain, say: RenderText) -> str:
    return say("trend-when", grain=grain, first=point.first.isoformat(), last=point.last.isoformat(), code=point.code)


def _format_paragraph(chart: Chart, grain: Grain, say: RenderText) -> str:
    lines = [say("trend-chart", chart=chart.kind)]
    judged = [point for point in chart.points if point.judged and point.n]
    if chart.centre is None:
        lines.append(say("trend-too-short", grain=grain, count=chart.baseline, needed=chart.needed))
        last = next((point for point in reversed(chart.points) if point.n), None)
        lines += [say("trend-last", **_format_last_point(chart, last, grain, say))] if last is not None else []
        return "\n".join(lines)
    if not chart.signals:
        lines.append(say("trend-in-control", grain=grain, judged=len(judged), baseline=chart.baseline))
    lines += [format_signal(chart, point, grain, say) for point in chart.signals[-SIGNALS_SHOWN:]]
    if len(chart.signals) > SIGNALS_SHOWN:
        lines.append(say("trend-more", count=len(chart.signals) - SIGNALS_SHOWN))
    last = judged[-1]
    limits = {
        "lower": _format_number(chart, last.lower, say),
        "upper": _format_number(chart, last.upper, say),
        "centre": _format_number(chart, last.centre, say),
    }
    lines.append(say("trend-last-limits", **_format_last_point(chart, last, grain, say), **limits))
    return "\n".join(lines)


def _format_last_point(chart: Chart, point: Point, grain: Grain, say: RenderText) -> dict[str, str | int]:
    return {"when": format_point_period(point, grain, say), "figure": _format_figure(chart, point, say)}


def _format_figure(chart: Chart, point: Point, say: RenderText) -> str:
    """The point's value with its n; below 10 only the counts."""
    return say(
        "trend-figure",
        chart=chart.kind,
        strength=find_strength(point.n).value,
        count=point.count,
        n=point.n,
        value=_format_number(chart, point.value, say),
    )


def _format_number(chart: Chart, value: float | None, say: RenderText) -> str:
    if value is None:
        return "–"
    return say("trend-number", chart=chart.kind, value=f"{value * 100 if chart.kind == 'p' else value:.1f}")
