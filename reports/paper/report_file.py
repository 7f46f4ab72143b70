"""Period report as PDF (A4), for a board: every figure with its n and interval, charts, findings in sentences, terms.

1. Blocking: called in the helper process only (law 10).
2. Words go to the template as data, which it never parses as markup, and it draws nothing the typeface lacks.
3. Nothing in it is about a single customer: cases by number, measures masked. Couriers go by name.
"""

from collections.abc import Iterator, Mapping, Sequence

from domain.figures.findings import OutlyingUnit, list_findings
from domain.figures.maturity import Cohort
from reports.paper import report_answers as answers
from reports.paper import report_cases as cases
from reports.paper import report_figures as figures
from reports.paper import report_handling as handling
from reports.paper.report import Report
from reports.paper.report_findings import draw_finding_blocks
from reports.pictures.typesetting import Drawing, compile_pdf, fit_name, make_drawable_line
from reports.wording.wording import RenderText, format_growing, format_period

TEMPLATE = "report.typ"
_SCOPE = 50
_SECTIONS = (
    "figures",
    "findings",
    "method",
    "answers",
    "units",
    "complaints",
    "handling",
    "trend",
    "worst",
    "plans",
    "terms",
)


_ASKED, _FILED = (Cohort.ANSWERS, Cohort.COMPLAINTS), (Cohort.FILED,)
_HANDLED = (Cohort.HANDLING, Cohort.REOPENED)
_GROWING: Mapping[str, Sequence[Cohort]] = {
    "figures": (*_ASKED, Cohort.VALID, *_HANDLED),
    "method": _ASKED[:1],
    "answers": _ASKED[:1],
    "units": (*_ASKED[:1], *_FILED),
    "complaints": _FILED,
    "handling": _HANDLED,
}
"""What the figures of a section wait for; the charts of the trend say it themselves."""

_NAMED = 2
"""The most couriers, and the most routes, among the findings; their own section has more of them."""


def render_report(report: Report, say: RenderText, language: str) -> bytes:
    """The PDF."""
    return compile_pdf(TEMPLATE, draw_report(report, say), language)


def _list_lowest(report: Report) -> Iterator[OutlyingUnit]:
    """The couriers and routes that the findings name: those furthest below, so few that other findings keep their place."""
    for standouts in report.standouts:
        yield from [unit for unit in standouts.shown if unit.below][:_NAMED]


def draw_report(report: Report, say: RenderText) -> Mapping[str, Drawing]:
    """Everything the template draws, as words and fractions."""
    return {
        "title": make_drawable_line(say("report-title")),
        "scope": fit_name(report.scope, _SCOPE) if report.scope else "",
        "short": make_drawable_line(format_period(say, report.summary.period)),
        "footer": make_drawable_line(say("report-footer")),
        "quotes": list(make_drawable_line(say("report-quotes"))),
        "sections": {key: make_drawable_line(say(f"report-section-{key}")) for key in _SECTIONS},
        "growing": {
            key: make_drawable_line(format_growing(say, report.summary.growing, cohorts))
            for key, cohorts in _GROWING.items()
        },
        "cover": figures.draw_cover(report, say),
        "figures": figures.draw_figures(report, say),
        "findings": {
            "blocks": draw_finding_blocks(list_findings(report.summary, report.targets, _list_lowest(report)), say),
            "none": make_drawable_line(say("report-findings-none")),
            "note": make_drawable_line(say("report-findings-note")),
        },
        "method": answers.draw_method(report, say),
        "answers": answers.draw_answers(report, say),
        "units": answers.draw_units(report, say),
        "complaints": handling.draw_complaints(report, say),
        "handling": handling.draw_handling(report, say),
        "trend": handling.draw_trend(report, say),
        "worst": cases.draw_worst_cases(report, say),
        "plans": cases.draw_plans(report, say),
        "terms": cases.draw_terms(report, say),
    }
