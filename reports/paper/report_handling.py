"""What complaints are about and how they are handled, as the report's template draws it; and the trend."""

from collections.abc import Sequence
from datetime import timedelta

from domain.cases.deadlines import Stage
from domain.figures.casework import Times, on_time, on_time_as_promised
from domain.figures.control import Chart, Signal
from domain.figures.evidence import Share
from domain.figures.findings import Figure, Vital, measures, vital
from domain.figures.period import Kind, next_start
from domain.figures.summary import Unit
from reports.paper.report import Report
from reports.paper.report_answers import bar
from reports.paper.report_numbers import listed, share_of, thousands, value
from reports.pictures.sheet import Drawing, named, plain, shown, ticks
from reports.pictures.tiles import duration
from reports.wording.wording import Say

_CATEGORIES = 14
_DAY = timedelta(days=1)


def complaints(report: Report, say: Say) -> Drawing:
    """The categories, the most frequent first, and how much they make together."""
    ordered = sorted(report.summary.categories, key=lambda one: (-one.counts.opened, one.name))
    n = sum(one.counts.opened for one in ordered)
    rows: list[Drawing] = []
    together = 0
    for one in ordered[:_CATEGORIES]:
        together += one.counts.opened
        rows.append(
            {
                "name": named(one.name),
                "part": one.counts.opened / n,
                "together": together / n,
                "count": thousands(one.counts.opened),
                "percent": share_of(one.counts.opened, n) if shown(n) else "",
                "sum": share_of(together, n) if shown(n) else "",
            }
        )
    rest = len(ordered) - _CATEGORIES
    return {
        "title": plain(say("report-pareto")),
        "heads": [plain(say(f"report-head-{one}")) for one in ("category", "count", "together")],
        "rows": rows,
        "vital": len(_vital(ordered)),
        "note": plain(say("report-pareto-note", n=thousands(n))),
        "more": plain(say("report-more", count=rest)) if rest > 0 else "",
        "none": plain(say("report-nothing")),
    }


def handling(report: Report, say: Say) -> Drawing:
    """Stages on time, rounds against their targets, times, what came again."""
    found = report.summary.casework
    stages = [(stage, found.stages[stage]) for stage in Stage if stage in found.stages]
    names = {stage: say(f"dossier-stage-{stage.value}") for stage in Stage}
    promised = [
        say("report-stage-promised", stage=names[stage], value=value(on_time_as_promised(kept), say))
        for stage, kept in stages
    ]
    every = {one.figure: one for one in measures(report.summary, report.targets)}
    rounds = [every[one] for one in (Figure.FIRST, Figure.SECOND, Figure.THIRD)]
    others = [every[one] for one in (Figure.HANDLING, Figure.REPEAT, Figure.REOPEN)]
    oldest = duration(found.oldest, say) if found.oldest is not None else "none"
    return {
        "stages": {
            "title": plain(say("report-stages")),
            "rows": [bar(names[stage], on_time(kept), say, "report-stage-bar") for stage, kept in stages],
            "note": plain(say("report-stages-note", promised=listed(promised, say))),
            "none": plain(say("report-nothing")),
        },
        "rounds": {
            "title": plain(say("report-rounds")),
            "rows": [
                bar(say(f"report-figure-{one.figure.value}"), _share(one.now), say, "report-settled-bar", one.target)
                for one in rounds
            ],
            "note": plain(say("report-rounds-note")),
        },
        "others": {
            "title": plain(say("report-others")),
            "rows": [bar(say(f"report-figure-{one.figure.value}"), _share(one.now), say) for one in others],
        },
        "times": {
            "title": plain(say("report-times")),
            "heads": [plain(say(f"report-head-{one}")) for one in ("time", "median", "p90", "n")],
            "rows": [
                _times(say(f"report-time-{key}"), times, say)
                for key, times in (
                    ("replied", found.replied),
                    ("resolved", found.resolved),
                    ("finished", found.finished),
                )
            ],
            "note": plain(say("report-times-note", unanswered=found.unanswered, oldest=oldest)),
        },
    }


def trend(report: Report, say: Say) -> list[Drawing]:
    """Two control charts."""
    both = (("dissatisfied", report.trend.dissatisfaction), ("complaints", report.trend.complaints))
    return [_chart(report, say(f"report-trend-{key}"), chart, say) for key, chart in both]


def _vital(ordered: Sequence[Unit]) -> tuple[Unit, ...]:
    found: tuple[Vital, ...] = vital(ordered)
    return found[0].units if found else ()


def _share(found: object) -> Share:
    assert isinstance(found, Share)  # noqa: S101 -- of cases there are shares only
    return found


def _times(name: str, times: Times, say: Say) -> list[Drawing]:
    cells = [duration(one, say) if one is not None and shown(times.n) else "–" for one in (times.median, times.p90)]
    return [plain(name), *map(plain, cells), thousands(times.n)]


def _chart(report: Report, title: str, chart: Chart, say: Say) -> Drawing:
    """Values as they are printed on the axis: percent, or per 1,000."""
    scale = 100 if chart.kind == "p" else 1
    known = [one for one in chart.points if one.value is not None]
    tops = [max(one.value or 0, one.upper or 0) * scale for one in known]
    axis = ticks(0, max(tops, default=0) or 1)
    base: dict[str, str | int] = {"step": report.trend.grain, "base": chart.baseline}
    if not known:
        note = say("report-trend-none")
    elif chart.centre is None:
        note = say("report-trend-short", needed=chart.needed, **base)
    else:
        note = say("report-trend-note", mean=f"{chart.centre * scale:.1f}", **base)
    if known and known[-1].last + _DAY < next_start(Kind(report.trend.grain), known[-1].first):
        cut = say("report-trend-cut", step=report.trend.grain, last=known[-1].last.isoformat())
        note = f"{note} {cut}"
    return {
        "title": plain(title),
        "note": plain(note),
        "axis": [{"at": at / axis[-1], "text": f"{at:g}"} for at in axis],
        "centre": chart.centre * scale / axis[-1] if chart.centre is not None else None,
        "points": [
            {
                "label": f"{one.first:%Y-%m}" if report.trend.grain == "month" else f"{one.first:%m-%d}",
                "value": one.value * scale / axis[-1] if one.value is not None else None,
                "lower": one.lower * scale / axis[-1] if one.lower is not None else None,
                "upper": one.upper * scale / axis[-1] if one.upper is not None else None,
                "out": one.signal is not Signal.NONE,
            }
            for one in chart.points
        ],
    }
