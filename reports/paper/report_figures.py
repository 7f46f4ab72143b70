"""Opening sections of the report, as template data: the cover, and the key figures with n, interval and previous period."""

from domain.figures.evidence import ChangeVerdict
from domain.figures.figures import mean_rating, nps, recommend_rate, satisfaction
from domain.figures.findings import Measure, ReportFigure, list_measures
from domain.figures.period import previous
from reports.paper.report import Report
from reports.paper.report_numbers import (
    MINUS,
    format_cell,
    format_interval,
    format_moment,
    format_movement,
    format_n_cell,
    format_thousands,
)
from reports.pictures.typesetting import Drawing, fit_name, is_shown, make_drawable_line
from reports.wording.wording import (
    RenderText,
    format_growing,
    format_index,
    format_mean,
    format_period,
    list_shown_cohorts,
)

_TILES = (ReportFigure.SATISFACTION, ReportFigure.RESPONSE, ReportFigure.COMPLAINTS, ReportFigure.FIRST)
_ASKED = frozenset(
    {ReportFigure.SATISFACTION, ReportFigure.RESPONSE, ReportFigure.REACH, ReportFigure.COMPLAINTS, ReportFigure.VALID}
)
_LONG_NAME = 60


def draw_cover(report: Report, say: RenderText) -> Drawing:
    summary = report.summary
    counted = say(
        "report-cover",
        deliveries=format_thousands(summary.now.deliveries),
        surveyed=format_thousands(summary.now.invited),
        answers=format_thousands(summary.now.tally.n),
        opened=format_thousands(summary.casework.opened),
    )
    scope = say("report-scope-department", name=report.scope) if report.scope else say("report-scope-whole")
    lines = (
        ("scope", scope),
        ("cover", counted),
        ("compared", _format_compared(report, say)),
        ("made", say("report-made", at=format_moment(report.made_at, summary.period.zone))),
    )
    return {
        "company": fit_name(report.company, _LONG_NAME * 2),
        "period": make_drawable_line(format_period(say, summary.period)),
        "lines": [
            {"label": make_drawable_line(say(f"report-{key}-label")), "text": make_drawable_line(text)}
            for key, text in lines
        ],
        "running": make_drawable_line(format_growing(say, summary.growing, list_shown_cohorts(summary))),
        "contents": make_drawable_line(say("report-contents")),
    }


def _format_compared(report: Report, say: RenderText) -> str:
    summary = report.summary
    if summary.is_first:
        return say("report-compared-first", begins=str(summary.begins))
    return format_period(say, previous(summary.period))


def draw_figures(report: Report, say: RenderText) -> Drawing:
    """Tiles, and one table of everything with n, interval and previous period."""
    every = list_measures(report.summary, report.targets)
    asked = [one for one in every if one.figure in _ASKED]
    handled = [one for one in every if one.figure not in _ASKED]
    heads = ("figure", "now", "n", "interval", "before", "change")
    return {
        "tiles": [_draw_tile(one, say) for figure in _TILES for one in every if one.figure is figure],
        "heads": [make_drawable_line(say(f"report-head-{head}")) for head in heads],
        "groups": [
            {
                "title": make_drawable_line(say("report-group-asked")),
                "rows": [*(_draw_row(one, say) for one in asked), *_draw_averages(report, say)],
            },
            {
                "title": make_drawable_line(say("report-group-handled")),
                "rows": [_draw_row(one, say) for one in handled],
            },
        ],
        "legend": make_drawable_line(say("report-figures-legend")),
    }


def choose_tone(measure: Measure) -> str:
    return "" if measure.better is None else "good" if measure.better else "bad"


def _draw_tile(measure: Measure, say: RenderText) -> Drawing:
    return {
        "label": make_drawable_line(say(f"report-figure-{measure.figure.value}")),
        "value": make_drawable_line(format_cell(measure.now, say)),
        "note": make_drawable_line(
            say("report-tile-note", n=format_n_cell(measure.now), interval=format_interval(measure.now) or "none")
        ),
        "change": make_drawable_line(_format_change(measure, say)),
        "tone": choose_tone(measure),
    }


def _draw_row(measure: Measure, say: RenderText) -> Drawing:
    cells = (
        format_cell(measure.now, say),
        format_n_cell(measure.now),
        format_interval(measure.now) or "–",
        format_cell(measure.before, say),
    )
    name = make_drawable_line(say(f"report-figure-{measure.figure.value}"))
    return {
        "cells": [name, *map(make_drawable_line, cells), make_drawable_line(_format_change(measure, say))],
        "tone": choose_tone(measure),
    }


def _format_change(measure: Measure, say: RenderText) -> str:
    """The verdict; of a growing period the one on its complete days, or until when there is none."""
    until = measure.grows_until.isoformat() if measure.grows_until is not None else ""
    if measure.judged is None:
        return say("report-change-none", why=measure.change.verdict.value, until=until)
    verdict = {True: "better", False: "worse"}.get(measure.better) if measure.better is not None else None
    known = "unproven" if measure.change.verdict is ChangeVerdict.UNPROVEN else "unknown"
    said = say("report-change", verdict=verdict or known, by=format_movement(measure, say))
    if not until:
        return said
    return say("report-change-days", change=said, last=measure.judged.days.last.isoformat())


def _draw_averages(report: Report, say: RenderText) -> list[Drawing]:
    """Mean, index, NPS and recommendation: no row unless n is large enough; no interval where there is no simple one."""
    summary = report.summary
    now, before, rows = summary.now, summary.before, []
    if (average := mean_rating(now.strata)) is not None and is_shown(average):
        earlier = mean_rating(before.strata)
        known = earlier if earlier is not None and is_shown(earlier) else None
        n = format_n_cell(satisfaction(now.strata))
        for key, put in (("mean", format_mean), ("index", format_index)):
            rows.append((key, put(average), n, "–", put(known) if known is not None else "–"))
    if (score := nps(summary.nps)) is not None and is_shown(summary.nps.n):
        low, high = max(score[0] - score[1], -100), min(score[0] + score[1], 100)
        interval = f"{_format_signed(low)} – {_format_signed(high)}"
        rows.append(("nps", _format_signed(score[0]), format_thousands(summary.nps.n), interval, "–"))
    recommend = recommend_rate(*summary.recommend)
    if recommend.n:
        rows.append(
            ("recommend", format_cell(recommend, say), format_n_cell(recommend), format_interval(recommend) or "–", "–")
        )
    return [
        {
            "cells": [make_drawable_line(say(f"report-figure-{key}")), shown, n, interval, known, ""],
            "tone": "",
        }
        for key, shown, n, interval, known in rows
    ]


def _format_signed(value: float) -> str:
    return f"{MINUS if round(value) < 0 else '+' if round(value) > 0 else ''}{abs(round(value))}"
