"""Control charts in sentences: what is in control, what is not, what is too small to be judged; with n and limits.

Caption, alert, picture and report say it in the same words. `say` renders HTML for chats (`texts.html`), plain text for pictures: markup
is in the texts, names are escaped there. A caption stays under Telegram's 1,024 (sendPhoto).
"""

from domain.figures.chart_periods import ChartPeriod, Grain
from domain.figures.control import NEEDED_EVENTS, Chart, Point, Signal, Trend, Verdict
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
    return "\n\n".join([title, *charts, say("trend-note", **count_awaited_days(trend))])


def count_awaited_days(trend: Trend) -> dict[str, int]:
    """How long answers and complaints about a period's deliveries are awaited after it."""
    return {"answers": trend.dissatisfaction.awaited_days, "complaints": trend.complaints.awaited_days}


def format_signal(chart: Chart, point: Point, grain: Grain, say: RenderText) -> str:
    """One signal, with its n and the limit or centre line it lies beyond."""
    limit = {Signal.ABOVE: point.upper, Signal.BELOW: point.lower}.get(point.signal, chart.centre)
    return say(
        "trend-signal",
        signal=point.signal.value,
        when=format_point_period(point, grain, say),
        figure=_format_figure(chart, point, say),
        growing="yes" if point.growing else "no",
        limit=_format_number(chart, limit, say),
    )


def format_point_period(point: Point | ChartPeriod, grain: Grain, say: RenderText) -> str:
    return say("trend-when", grain=grain, first=point.first.isoformat(), last=point.last.isoformat(), code=point.code)


def format_verdict(chart: Chart, grain: Grain, say: RenderText) -> str:
    """In control; or too few to judge, and why; empty for a chart with signals, which speak for themselves."""
    if chart.verdict is Verdict.SIGNAL:
        return ""
    if chart.verdict is Verdict.SHORT:
        return say("trend-too-short", grain=grain, count=chart.baseline, needed=chart.needed)
    telling = sum(point.telling for point in chart.judged)
    counted = {"judged": len(chart.judged), "telling": telling, "baseline": chart.baseline, "events": chart.events}
    key = {Verdict.CONTROL: "trend-in-control", Verdict.RARE: "trend-too-rare", Verdict.SMALL: "trend-too-small"}
    return say(key[chart.verdict], chart=chart.kind, grain=grain, needed=NEEDED_EVENTS, **counted)


def format_unjudged(chart: Chart, say: RenderText) -> str:
    """How many of the judged periods are too small to say anything, and their n; empty without one, or where none says anything."""
    small = [point.n for point in chart.judged if point.unjudged]
    if chart.verdict not in {Verdict.SIGNAL, Verdict.CONTROL} or not small:
        return ""
    alike = "yes" if min(small) == max(small) else "no"
    return say(
        "trend-unjudged", count=len(small), judged=len(chart.judged), least=min(small), most=max(small), alike=alike
    )


def format_last(chart: Chart, grain: Grain, say: RenderText) -> str:
    """The last period with data: its figure with the limits it was judged by, or that it was not judged; empty without one."""
    last = next((point for point in reversed(chart.points) if point.n), None)
    if last is None:
        return ""
    said = {"when": format_point_period(last, grain, say), "figure": _format_figure(chart, last, say)}
    growing = "yes" if last.growing else "no"
    if chart.centre is None:
        return say("trend-last", growing=growing, **said)
    if last.unjudged:
        return say("trend-last-unjudged", growing=growing, n=last.n, **said)
    limits = {
        "lower": _format_number(chart, last.lower, say),
        "upper": _format_number(chart, last.upper, say),
        "centre": _format_number(chart, last.centre, say),
    }
    return say("trend-last-limits", growing=growing, **said, **limits)


def _format_paragraph(chart: Chart, grain: Grain, say: RenderText) -> str:
    lines = [say("trend-chart", chart=chart.kind), format_verdict(chart, grain, say)]
    lines += [
        say("trend-warning", line=format_signal(chart, point, grain, say)) for point in chart.signals[-SIGNALS_SHOWN:]
    ]
    if len(chart.signals) > SIGNALS_SHOWN:
        lines.append(say("trend-more", count=len(chart.signals) - SIGNALS_SHOWN))
    lines += [format_unjudged(chart, say), format_last(chart, grain, say)]
    return "\n".join(filter(None, lines))


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
