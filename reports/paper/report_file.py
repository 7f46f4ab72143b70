"""The report of a period as PDF, A4, for a board: every figure with its n and interval, charts, findings in sentences, terms.

1. Blocking: called in the helper process only (law 10).
2. Words go to the template as data. It never reads them as markup, and draws nothing the typeface lacks.
3. Nothing in it is personal: cases by their number, couriers and routes by their keys.
"""

from collections.abc import Mapping

from domain.figures.findings import findings
from reports.paper import report_answers as answers
from reports.paper import report_cases as cases
from reports.paper import report_figures as figures
from reports.paper import report_handling as handling
from reports.paper.report import Report
from reports.paper.report_findings import blocks
from reports.paper.report_numbers import period_name
from reports.pictures.sheet import Drawing, named, pdf, plain
from reports.wording.wording import Say

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


def report_file(report: Report, say: Say, language: str) -> bytes:
    """The PDF."""
    return pdf(TEMPLATE, drawing(report, say), language)


def drawing(report: Report, say: Say) -> Mapping[str, Drawing]:
    """Everything the template draws, in words and fractions."""
    return {
        "title": plain(say("report-title")),
        "scope": named(report.scope, _SCOPE) if report.scope else "",
        "short": plain(period_name(report.summary.period, say)),
        "footer": plain(say("report-footer")),
        "sections": {key: plain(say(f"report-section-{key}")) for key in _SECTIONS},
        "cover": figures.cover(report, say),
        "figures": figures.figures(report, say),
        "findings": {
            "blocks": blocks(findings(report.summary, report.targets), say),
            "none": plain(say("report-findings-none")),
            "note": plain(say("report-findings-note")),
        },
        "method": answers.method(report, say),
        "answers": answers.answers(report, say),
        "units": answers.units(report, say),
        "complaints": handling.complaints(report, say),
        "handling": handling.handling(report, say),
        "trend": handling.trend(report, say),
        "worst": cases.worst(report, say),
        "plans": cases.plans(report, say),
        "terms": cases.terms(report, say),
    }
