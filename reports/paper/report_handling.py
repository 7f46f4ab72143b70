"""Report section on complaints, as template data: what they are about, how they are handled, and the trend."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from domain.cases.deadlines import Stage
from domain.figures.control import Chart, Signal
from domain.figures.evidence import Share
from domain.figures.findings import ReportFigure, VitalFew, find_vital_few, list_measures
from domain.figures.handling import (
    HandlingCounts,
    HandlingTimes,
    expected_repeat_rate,
    on_time_rate,
    on_time_rate_as_promised,
    silence_rate,
)
from domain.figures.period import Kind, next_start
from domain.figures.summary import SummaryUnit
from reports.paper.report import Report
from reports.paper.report_answers import draw_bar
from reports.paper.report_numbers import format_cell, format_number, format_share_of, format_thousands, join_list
from reports.pictures.tiles import format_duration, format_working_duration
from reports.pictures.typesetting import Drawing, choose_ticks, fit_name, is_shown, make_drawable_line
from reports.wording.trend_caption import format_unjudged, format_verdict
from reports.wording.wording import RenderText

_CATEGORIES = 14
_DAY = timedelta(days=1)


def draw_complaints(report: Report, say: RenderText) -> Drawing:
    """The categories, most frequent first, and what share they make up together."""
    ordered = sorted(report.summary.categories, key=lambda one: (-one.counts.opened, one.name))
    n = sum(one.counts.opened for one in ordered)
    rows: list[Drawing] = []
    together = 0
    for category in ordered[:_CATEGORIES]:
        together += category.counts.opened
        rows.append(
            {
                "name": fit_name(category.name),
                "part": category.counts.opened / n,
                "together": together / n,
                "count": format_thousands(category.counts.opened),
                "percent": format_share_of(category.counts.opened, n) if is_shown(n) else "",
                "sum": format_share_of(together, n) if is_shown(n) else "",
            }
        )
    rest = len(ordered) - _CATEGORIES
    return {
        "title": make_drawable_line(say("report-pareto")),
        "heads": [make_drawable_line(say(f"report-head-{one}")) for one in ("category", "count", "together")],
        "rows": rows,
        "vital": len(_count_vital_few(ordered)),
        "note": make_drawable_line(say("report-pareto-note", n=format_thousands(n))),
        "more": make_drawable_line(say("report-more", count=rest)) if rest > 0 else "",
        "none": make_drawable_line(say("report-nothing")),
    }


def draw_handling(report: Report, say: RenderText) -> Drawing:
    """Stages on time, rounds against their targets, times, what came back."""
    casework = report.summary.casework
    stages = [(stage, casework.stages[stage]) for stage in Stage if stage in casework.stages]
    names = {stage: say(f"dossier-stage-{stage.value}") for stage in Stage}
    promised = [
        say("report-stage-promised", stage=names[stage], value=format_cell(on_time_rate_as_promised(kept), say))
        for stage, kept in stages
    ]
    every = {one.figure: one for one in list_measures(report.summary, report.targets)}
    rounds = [every[one] for one in (ReportFigure.FIRST, ReportFigure.SECOND, ReportFigure.THIRD)]
    others = [every[one] for one in (ReportFigure.HANDLING, ReportFigure.REPEAT, ReportFigure.REOPEN)]
    day = report.summary.working_day
    oldest = format_duration(casework.oldest, say) if casework.oldest is not None else "none"
    expected = expected_repeat_rate(casework)
    return {
        "stages": {
            "title": make_drawable_line(say("report-stages")),
            "rows": [draw_bar(names[stage], on_time_rate(kept), say, "report-stage-bar") for stage, kept in stages],
            "note": make_drawable_line(say("report-stages-note", promised=join_list(promised, say))),
            "none": make_drawable_line(say("report-nothing")),
        },
        "rounds": {
            "title": make_drawable_line(say("report-rounds")),
            "rows": [
                draw_bar(
                    say(f"report-figure-{one.figure.value}"),
                    _draw_share(one.now),
                    say,
                    "report-settled-bar",
                    one.target,
                )
                for one in rounds
            ],
            "note": make_drawable_line(_format_rounds_note(casework, say)),
        },
        "others": {
            "title": make_drawable_line(say("report-others")),
            "rows": [draw_bar(say(f"report-figure-{one.figure.value}"), _draw_share(one.now), say) for one in others],
            "note": make_drawable_line(
                say("report-others-note", chance=f"{100 * expected:.1f}%") if expected is not None else ""
            ),
        },
        "times": {
            "title": make_drawable_line(say("report-times")),
            "heads": [make_drawable_line(say(f"report-head-{one}")) for one in ("time", "median", "p90", "n")],
            "rows": [
                _draw_times(say(f"report-time-{key}"), times, put)
                for key, times, put in (
                    ("replied", casework.replied, lambda one: format_working_duration(one, day, say)),
                    ("resolved", casework.resolved, lambda one: format_duration(one, say)),
                    ("finished", casework.finished, lambda one: format_duration(one, say)),
                )
            ],
            "note": make_drawable_line(say("report-times-note", unanswered=casework.unanswered, oldest=oldest)),
        },
    }


def draw_trend(report: Report, say: RenderText) -> list[Drawing]:
    """Two control charts."""
    both = (("dissatisfied", report.trend.dissatisfaction), ("complaints", report.trend.complaints))
    return [_draw_chart(report, say(f"report-trend-{key}"), chart, say) for key, chart in both]


def _count_vital_few(ordered: Sequence[SummaryUnit]) -> tuple[SummaryUnit, ...]:
    vital_few: tuple[VitalFew, ...] = find_vital_few(ordered)
    return vital_few[0].units if vital_few else ()


def _draw_share(share: object) -> Share:
    assert isinstance(share, Share)  # noqa: S101 -- of cases there are shares only
    return share


def _format_rounds_note(casework: HandlingCounts, say: RenderText) -> str:
    """How many settled complaints are behind the bars, and how many of their customers never spoke."""
    silence = silence_rate(casework)
    return say("report-rounds-note", settled=silence.n, silent=silence.part, percent=format_number(silence) or "none")


def _draw_times(name: str, times: HandlingTimes, put: Callable[[float], str]) -> list[Drawing]:
    cells = [put(one) if one is not None and is_shown(times.n) else "–" for one in (times.median, times.p90)]
    return [make_drawable_line(name), *map(make_drawable_line, cells), format_thousands(times.n)]


def _format_trend_basis(chart: Chart, say: RenderText) -> str:
    """How many observations each point has, that they are not weighted, and which points still grow; empty without any."""
    many = [one.n for one in chart.points if one.n]
    if not many:
        return ""
    return say(
        "report-trend-basis",
        chart=chart.kind,
        least=format_thousands(min(many)),
        most=format_thousands(max(many)),
        alike="yes" if min(many) == max(many) else "no",
        growing=sum(one.growing for one in chart.points),
        days=chart.awaited_days,
    )


def _format_growing_key(chart: Chart, say: RenderText) -> str:
    """What a pale point with a dashed edge is; empty where none is drawn."""
    return say("picture-trend-key", mark="growing") if any(one.growing and one.n for one in chart.points) else ""


def _draw_chart(report: Report, title: str, chart: Chart, say: RenderText) -> Drawing:
    """Values as printed on the axis: percent, or per 1,000."""
    scale = 100 if chart.kind == "p" else 1
    known = [one for one in chart.points if one.value is not None]
    tops = [max(one.value or 0, one.upper or 0) * scale for one in known]
    axis = choose_ticks(0, max(tops, default=0) or 1)
    base: dict[str, str | int] = {"step": report.trend.grain, "base": chart.baseline}
    if not known:
        note = say("report-trend-none")
    elif chart.centre is None:
        note = say("report-trend-short", **base)
    else:
        note = say("report-trend-note", mean=f"{chart.centre * scale:.1f}", **base)
    said = [format_verdict(chart, report.trend.grain, say), format_unjudged(chart, say)] if known else []
    note = " ".join(filter(None, (note, *said, _format_trend_basis(chart, say))))
    if known and known[-1].last + _DAY < next_start(Kind(report.trend.grain), known[-1].first):
        cut = say("report-trend-cut", step=report.trend.grain, last=known[-1].last.isoformat())
        note = f"{note} {cut}"
    return {
        "title": make_drawable_line(title),
        "note": make_drawable_line(note),
        "growing": make_drawable_line(_format_growing_key(chart, say)),
        "axis": [{"at": at / axis[-1], "text": f"{at:g}"} for at in axis],
        "centre": chart.centre * scale / axis[-1] if chart.centre is not None else None,
        "points": [
            {
                "label": f"{one.first:%Y-%m}" if report.trend.grain == "month" else f"{one.first:%m-%d}",
                "value": one.value * scale / axis[-1] if one.value is not None else None,
                "lower": one.lower * scale / axis[-1] if one.lower is not None else None,
                "upper": one.upper * scale / axis[-1] if one.upper is not None else None,
                "out": one.signal is not Signal.NONE,
                "hollow": one.unjudged,
                "growing": one.growing,
            }
            for one in chart.points
        ],
    }
