"""The report's last parts, as the template draws them: cases without anything personal, corrective measures, what the figures mean."""

from unicodedata import east_asian_width

from reports.paper.report import Keeping, Plan, Report, Worst
from reports.paper.report_numbers import day, listed
from reports.pictures.sheet import Drawing, named, plain
from reports.pictures.tiles import duration
from reports.wording.wording import Say

_MEASURE, _GOAL = 320, 120
_TONES = {Keeping.KEPT: "good", Keeping.LATE: "bad", Keeping.OVERDUE: "bad", Keeping.RUNNING: ""}
_TERMS = (
    "satisfaction",
    "mean",
    "response",
    "reach",
    "complaints",
    "valid",
    "ontime",
    "handling",
    "first",
    "repeat",
    "reopen",
    "times",
    "interval",
    "limits",
)


def worst(report: Report, say: Say) -> Drawing:
    most = len(report.worst)
    count, cut = report.worst_of, "some" if report.worst_of > most else "all"
    heads = ("case", "category", "department", "severity", "took", "rounds", "what")
    return {
        "intro": plain(
            say("report-worst-intro", count=count, listed=most, shown=cut) if most else say("report-worst-none")
        ),
        "heads": [plain(say(f"report-head-{one}")) for one in heads],
        "rows": [_case(report, one, say) for one in report.worst],
    }


def plans(report: Report, say: Say) -> Drawing:
    kept = {one.value: report.keeping.get(one, 0) for one in Keeping}
    every = sum(kept.values())
    rest = every - len(report.plans)
    heads = ("case", "department", "measure", "due", "kept")
    return {
        "intro": plain(say("report-plans-intro", **kept) if every else say("report-plans-none")),
        "heads": [plain(say(f"report-head-{one}")) for one in heads],
        "rows": [_plan(report, one, say) for one in report.plans],
        "more": plain(say("report-more", count=rest)) if rest > 0 else "",
    }


def terms(report: Report, say: Say) -> list[Drawing]:
    bounds: dict[str, str | int] = {
        "satisfied": f"{report.summary.satisfied_from:g}",
        "basically": f"{report.summary.basically_from:g}",
        "days": report.repeat_days,
    }
    return [
        {"term": plain(say(f"report-term-{key}")), "means": plain(say(f"report-term-{key}-means", **bounds))}
        for key in _TERMS
    ]


def _case(report: Report, one: Worst, say: Say) -> list[Drawing]:
    took = duration(one.seconds, say)
    said = (
        ("overdue", one.overdue),
        ("late", one.late and not one.overdue),
        ("reopened", one.reopened),
        ("dissatisfied", one.dissatisfied),
        ("regulator", one.regulator),
    )
    what = [say(f"report-what-{key}") for key, is_so in said if is_so]
    what.append(say(f"state-{one.state.replace('_', '-')}"))
    cells = (
        named(one.category),
        named(one.department),
        named(one.severity),
        say("report-took-open", time=took) if one.open else took,
        str(one.rounds),
    )
    together = listed(dict.fromkeys(what), say)
    number_ = {"text": plain(one.number), "under": day(one.opened_at, report.summary.period.zone)}
    return [number_, *cells, plain(together)]


def _plan(report: Report, one: Plan, say: Say) -> list[Drawing]:
    goal = say("report-plan-goal", goal=_cut(one.goal, _GOAL)) if one.goal else ""
    return [
        plain(one.number),
        named(one.department),
        {"text": plain(_cut(one.measure, _MEASURE)), "under": plain(goal)},
        day(one.due_at, report.summary.period.zone),
        {"text": plain(say(f"report-plan-{one.keeping.value}")), "tone": _TONES[one.keeping]},
    ]


def _cut(text: str, cells: int) -> str:
    """A measure is told in a few lines; a Chinese sign is as wide as two letters."""
    room = cells
    for n, character in enumerate(text):
        room -= 2 if east_asian_width(character) in {"W", "F"} else 1
        if room < 0:
            return text[:n].rstrip() + "…"
    return text
