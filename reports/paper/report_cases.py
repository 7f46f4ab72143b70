"""Closing sections of the report, as template data: cases without anything personal, corrective measures, what the figures mean."""

from unicodedata import east_asian_width

from reports.paper.report import CorrectivePlan, PlanStatus, Report, WorstCase
from reports.paper.report_numbers import format_day, join_list
from reports.pictures.tiles import format_duration
from reports.pictures.typesetting import Drawing, fit_name, make_drawable_line
from reports.wording.terms import TERMS, define_terms
from reports.wording.wording import RenderText

_MEASURE, _GOAL = 320, 120
_TONES = {PlanStatus.KEPT: "good", PlanStatus.LATE: "bad", PlanStatus.OVERDUE: "bad", PlanStatus.RUNNING: ""}


def draw_worst_cases(report: Report, say: RenderText) -> Drawing:
    most = len(report.worst)
    count, cut = report.worst_of, "some" if report.worst_of > most else "all"
    heads = ("case", "category", "department", "severity", "took", "rounds", "what")
    return {
        "intro": make_drawable_line(
            say("report-worst-intro", count=count, listed=most, shown=cut) if most else say("report-worst-none")
        ),
        "heads": [make_drawable_line(say(f"report-head-{one}")) for one in heads],
        "rows": [_draw_case(report, one, say) for one in report.worst],
    }


def draw_plans(report: Report, say: RenderText) -> Drawing:
    kept = {one.value: report.keeping.get(one, 0) for one in PlanStatus}
    every = sum(kept.values())
    rest = every - len(report.plans)
    heads = ("case", "department", "measure", "due", "kept")
    return {
        "intro": make_drawable_line(say("report-plans-intro", **kept) if every else say("report-plans-none")),
        "heads": [make_drawable_line(say(f"report-head-{one}")) for one in heads],
        "rows": [_draw_plan(report, one, say) for one in report.plans],
        "more": make_drawable_line(say("report-more", count=rest)) if rest > 0 else "",
    }


def draw_terms(report: Report, say: RenderText) -> list[Drawing]:
    summary = report.summary
    defined = define_terms(
        TERMS, say, satisfied=summary.satisfied_from, basically=summary.basically_from, days=report.repeat_days
    )
    return [{"term": make_drawable_line(term), "means": make_drawable_line(means)} for term, means in defined]


def _draw_case(report: Report, case: WorstCase, say: RenderText) -> list[Drawing]:
    took = format_duration(case.seconds, say)
    said = (
        ("overdue", case.overdue),
        ("late", case.late and not case.overdue),
        ("reopened", case.reopened),
        ("dissatisfied", case.dissatisfied),
        ("regulator", case.regulator),
    )
    what = [say(f"report-what-{key}") for key, is_so in said if is_so]
    what.append(say(f"state-{case.state.replace('_', '-')}"))
    cells = (
        fit_name(case.category),
        fit_name(case.department),
        fit_name(case.severity),
        say("report-took-open", time=took) if case.open else took,
        str(case.rounds),
    )
    together = join_list(dict.fromkeys(what), say)
    number_ = {"text": make_drawable_line(case.number), "under": format_day(case.opened_at, report.summary.period.zone)}
    return [number_, *cells, make_drawable_line(together)]


def _draw_plan(report: Report, plan: CorrectivePlan, say: RenderText) -> list[Drawing]:
    goal = say("report-plan-goal", goal=_cut_text(plan.goal, _GOAL)) if plan.goal else ""
    return [
        make_drawable_line(plan.number),
        fit_name(plan.department),
        {"text": make_drawable_line(_cut_text(plan.measure, _MEASURE)), "under": make_drawable_line(goal)},
        format_day(plan.due_at, report.summary.period.zone),
        {"text": make_drawable_line(say(f"report-plan-{plan.keeping.value}")), "tone": _TONES[plan.keeping]},
    ]


def _cut_text(text: str, cells: int) -> str:
    """A measure in a few lines; a Chinese character is as wide as two letters."""
    room = cells
    for n, character in enumerate(text):
        room -= 2 if east_asian_width(character) in {"W", "F"} else 1
        if room < 0:
            return text[:n].rstrip() + "…"
    return text
