"""The figures of cases: how complaints were handled, which promises were kept, how long it took."""

from domain.cases.deadlines import Stage
from domain.figures import casework
from domain.figures.casework import Kept, Times
from domain.figures.summary import Summary
from reports.export.columns import Reader
from reports.export.figure import COUNT, HOURS, Figure, quoted, share_row, shown

_OPENED = "cases_counts_opened,TRUE"
_ANSWERED = f'{_OPENED},cases_answered_at,">0"'


def case_figures(found: Summary, reader: Reader) -> list[Figure]:
    """Every figure of `domain.figures.casework`, and what waits now."""
    return [
        *_complaints(found, reader),
        *_handling(found, reader),
        *_stages(found, reader),
        *_times(found, reader),
        Figure(reader.say("export-figure-open-now"), COUNT, found.open_now),
        Figure(reader.say("export-figure-overdue-now"), COUNT, found.overdue_now),
    ]


def _complaints(found: Summary, reader: Reader) -> list[Figure]:
    opened = Figure(
        reader.say("export-figure-opened"), COUNT, found.casework.opened, live=(f"COUNTIFS({_OPENED})", "", "")
    )
    rows = [opened]
    for unit in found.categories:
        name = reader.category(unit.key)
        live = f"SUMPRODUCT((cases_category={quoted(name)})*(cases_counts_opened=TRUE))"
        said = reader.say("export-figure-category", category=name)
        rows.append(Figure(said, COUNT, unit.counts.opened, live=(live, "", "")))
    return rows


def _handling(found: Summary, reader: Reader) -> list[Figure]:
    work = found.casework
    good, bad = (quoted(reader.say(f"export-outcome-{one}")) for one in ("satisfied", "dissatisfied"))
    satisfied = f"COUNTIFS({_ANSWERED},cases_outcome,{good})"
    settled = f"COUNTIFS({_OPENED},cases_settled,TRUE"
    solved = [
        f"{settled},cases_solved_in,1,cases_reopened,FALSE)",
        f"{settled},cases_solved_in,2)",
        f"{settled},cases_solved_in,3)",
    ]
    rows = [
        ("handling", casework.handling_satisfaction(work), satisfied, f"COUNTIFS({_ANSWERED})"),
        (
            "handling-said",
            casework.handling_satisfaction_of_answers(work),
            satisfied,
            f"{satisfied}+COUNTIFS({_ANSWERED},cases_outcome,{bad})",
        ),
        ("repeated", casework.repeat_rate(work), f"COUNTIFS({_OPENED},cases_repeated,TRUE)", f"COUNTIFS({_OPENED})"),
        (
            "reopened",
            casework.reopen_rate(work),
            f"COUNTIFS({_ANSWERED},cases_reopened,TRUE)",
            f"COUNTIFS({_ANSWERED})",
        ),
        *(
            (f"round-{n}", casework.resolved_by_round(work, n), "+".join(solved[:n]), f"{settled})")
            for n in range(1, len(solved) + 1)
        ),
    ]
    return [share_row(reader.say(f"export-figure-{name}"), share, part, n) for name, share, part, n in rows]


def _stages(found: Summary, reader: Reader) -> list[Figure]:
    """Every stage of which something fell due, by the dates that hold and by those that were promised first."""
    rows = []
    for stage in Stage:
        kept = found.casework.stages.get(stage, Kept())
        if not kept.due:
            continue
        words = reader.say(f"dossier-stage-{stage.value}")
        due = f"COUNTIFS(deadlines_stage,{quoted(words)},deadlines_counts_due,TRUE"
        for name, share, column in (
            ("on-time", casework.on_time(kept), "kept"),
            ("as-promised", casework.on_time_as_promised(kept), "kept_as_promised"),
        ):
            said = reader.say(f"export-figure-{name}", stage=words)
            rows.append(share_row(said, share, f"{due},deadlines_{column},TRUE)", f"{due})"))
    return rows


def _times(found: Summary, reader: Reader) -> list[Figure]:
    rows = []
    for name in ("replied", "resolved", "finished"):
        times: Times = getattr(found.casework, name)
        column = f"cases_{name}_hours"
        chosen = f'(cases_counts_opened=TRUE)*({column}<>"")'
        for key, seconds, share in (("median", times.median, "1/2"), ("p90", times.p90, "9/10")):
            value = f"SMALL(IF({chosen},{column}),ROUNDUP({{n}}*{share},0))"
            live = ("", f"SUMPRODUCT({chosen})", shown(value))
            hours = seconds / 3600 if seconds is not None else None
            said = reader.say(f"export-figure-{name}-{key}")
            rows.append(Figure(said, HOURS, None, times.n, hours, live=live, array=True))
    return rows
