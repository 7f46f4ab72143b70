"""Case figures of an export: how complaints were handled, which promises were kept, how long it took."""

from dataclasses import replace

from domain.cases.deadlines import Stage
from domain.figures import handling
from domain.figures.findings import COHORTS, ReportFigure
from domain.figures.handling import HandlingTimes, KeptDeadlines
from domain.figures.maturity import Cohort
from domain.figures.summary import Summary
from reports.export.columns import ExportReader
from reports.export.figure_row import COUNT, HOURS, FigureRow, guard_formula, make_share_row, mark_growing, quote_text

_OPENED = "cases_counts_opened,TRUE"
_ANSWERED = f'{_OPENED},cases_answered_at,">0"'
_WAITS_FOR = {"repeated": COHORTS[ReportFigure.REPEAT], "reopened": COHORTS[ReportFigure.REOPEN]}
"""The rates of handling that are complete sooner or later than the others."""


def list_case_figures(summary: Summary, reader: ExportReader) -> list[FigureRow]:
    """Every figure of `domain.figures.handling`, and what is waiting now."""
    return [
        *mark_growing(_list_complaint_rows(summary, reader), summary, Cohort.FILED),
        *_list_handling_rows(summary, reader),
        *mark_growing(_list_stage_rows(summary, reader), summary, Cohort.FILED),
        *mark_growing(_list_time_rows(summary, reader), summary, Cohort.HANDLING),
        FigureRow(reader.say("export-figure-open-now"), COUNT, summary.open_now),
        FigureRow(reader.say("export-figure-overdue-now"), COUNT, summary.overdue_now),
        FigureRow(reader.say("export-figure-requests-now"), COUNT, summary.requests_now),
    ]


def _list_complaint_rows(summary: Summary, reader: ExportReader) -> list[FigureRow]:
    opened = FigureRow(
        reader.say("export-figure-opened"), COUNT, summary.casework.opened, live=(f"COUNTIFS({_OPENED})", "", "")
    )
    rows = [opened]
    for unit in summary.categories:
        name = reader.category(unit.key)
        live = f"SUMPRODUCT((cases_category={quote_text(name)})*(cases_counts_opened=TRUE))"
        said = reader.say("export-figure-category", category=name)
        rows.append(FigureRow(said, COUNT, unit.counts.opened, live=(live, "", "")))
    return rows


def _list_handling_rows(summary: Summary, reader: ExportReader) -> list[FigureRow]:
    work = summary.casework
    good, bad = (quote_text(reader.say(f"export-outcome-{one}")) for one in ("satisfied", "dissatisfied"))
    satisfied = f"COUNTIFS({_ANSWERED},cases_outcome,{good})"
    settled = f"COUNTIFS({_OPENED},cases_settled,TRUE"
    spoken = f"{settled},cases_spoken,TRUE"
    solved = [
        f"{spoken},cases_solved_in,1,cases_reopened,FALSE)",
        f"{spoken},cases_solved_in,2)",
        f"{spoken},cases_solved_in,3)",
    ]
    rows = [
        ("handling", handling.handling_satisfaction(work), satisfied, f"COUNTIFS({_ANSWERED})"),
        (
            "handling-said",
            handling.handling_satisfaction_of_answers(work),
            satisfied,
            f"{satisfied}+COUNTIFS({_ANSWERED},cases_outcome,{bad})",
        ),
        ("repeated", handling.repeat_rate(work), f"COUNTIFS({_OPENED},cases_repeated,TRUE)", f"COUNTIFS({_OPENED})"),
        (
            "reopened",
            handling.reopen_rate(work),
            f"COUNTIFS({_ANSWERED},cases_reopened,TRUE)",
            f"COUNTIFS({_ANSWERED})",
        ),
        *(
            (f"round-{n}", handling.resolution_rate_by_round(work, n), "+".join(solved[:n]), f"{spoken})")
            for n in range(1, len(solved) + 1)
        ),
        ("silence", handling.silence_rate(work), f"{settled},cases_spoken,FALSE)", f"{settled})"),
    ]
    return [
        replace(
            make_share_row(reader.say(f"export-figure-{name}"), share, part, n),
            grows_until=summary.growing.get(_WAITS_FOR.get(name, Cohort.HANDLING)),
        )
        for name, share, part, n in rows
    ]


def _list_stage_rows(summary: Summary, reader: ExportReader) -> list[FigureRow]:
    """Every stage with something due, by the dates in force and by those promised first."""
    rows = []
    for stage in Stage:
        kept = summary.casework.stages.get(stage, KeptDeadlines())
        if not kept.due:
            continue
        words = reader.say(f"dossier-stage-{stage.value}")
        due = f"COUNTIFS(deadlines_stage,{quote_text(words)},deadlines_counts_due,TRUE"
        for name, share, column in (
            ("on-time", handling.on_time_rate(kept), "kept"),
            ("as-promised", handling.on_time_rate_as_promised(kept), "kept_as_promised"),
        ):
            said = reader.say(f"export-figure-{name}", stage=words)
            rows.append(make_share_row(said, share, f"{due},deadlines_{column},TRUE)", f"{due})"))
    return rows


def _list_time_rows(summary: Summary, reader: ExportReader) -> list[FigureRow]:
    rows = []
    for name in ("replied", "resolved", "finished"):
        times: HandlingTimes = getattr(summary.casework, name)
        column = f"cases_{name}_hours"
        chosen = f'(cases_counts_opened=TRUE)*({column}<>"")'
        for key, seconds, share in (("median", times.median, "1/2"), ("p90", times.p90, "9/10")):
            value = f"SMALL(IF({chosen},{column}),ROUNDUP({{n}}*{share},0))"
            live = ("", f"SUMPRODUCT({chosen})", guard_formula(value))
            hours = seconds / 3600 if seconds is not None else None
            said = reader.say(f"export-figure-{name}-{key}")
            rows.append(FigureRow(said, HOURS, None, times.n, hours, live=live, array=True))
    return rows
