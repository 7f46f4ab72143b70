"""Generator of the pages about who answers and by when: the example company's routes, and a case's deadlines over a holiday week."""  # noqa: INP001

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.company.company import load_company
from domain.calendar import Ranges
from domain.cases.case import CaseEvent, CaseState, HistoryEntry
from domain.cases.deadlines import LEGAL, Deadline, Stage, compute_deadlines
from domain.company import Company, Route, Severity
from texts import LANGUAGES

EXAMPLE = Path(__file__).resolve().parents[1] / "bot" / "example" / "huifang.toml"
SEASON = date(2026, 9, 30)
"""The example always uses the calendar of National Day 2026, whenever the page is generated."""

EVENTS: tuple[tuple[str, CaseEvent, CaseState, str, Mapping[str, str]], ...] = (
    ("2026-09-30T16:30", CaseEvent.FILE, CaseState.ASSIGNED, "The customer files a complaint.", {}),
    ("2026-09-30T17:20", CaseEvent.ACCEPT, CaseState.IN_WORK, "Somebody in the lead department accepts it.", {}),
    (
        "2026-09-30T17:50",
        CaseEvent.EXTEND,
        CaseState.IN_WORK,
        "The carrier's depot is closed all week; the customer is told a new date: 13 October, 18:00.",
        {"due": "2026-10-13T18:00:00+08:00"},
    ),
    (
        "2026-10-08T10:00",
        CaseEvent.PLAN,
        CaseState.PLANNED,
        "The plan: the parcel is found or paid for by Saturday noon.",
        {"due": "2026-10-10T12:00:00+08:00"},
    ),
    ("2026-10-09T11:00", CaseEvent.ASK_CUSTOMER, CaseState.WAITING, "What was in the parcel?", {}),
    ("2026-10-10T10:00", CaseEvent.CUSTOMER_ANSWERS, CaseState.PLANNED, "The customer answers.", {}),
    ("2026-10-12T10:30", CaseEvent.RESOLVE, CaseState.IN_REVIEW, "Root cause, action, compensation.", {}),
    ("2026-10-13T09:30", CaseEvent.APPROVE, CaseState.ANSWERED, "The head approves; the customer has the answer.", {}),
)

REMARKS = {
    Stage.ACCEPT: "90 minutes on Wednesday; the holiday does not count; 30 more on Thursday the 8th.",
    Stage.ANSWER: "Seven calendar days would have ended inside the holiday; the extension moved the date while it still ran.",
    Stage.PLAN: "40 minutes on Wednesday, 8 hours on Thursday, 8 on Friday, and 7 h 20 min on Saturday the 10th, a working day.",
    Stage.RECTIFY: "Planned for Saturday noon. The question took 7 working hours (6 on Friday, 1 on Saturday), so it moved by 7: "
    "5 on Saturday, 2 on Monday.",
    Stage.REVIEW: "6 h 30 min on Monday, 8 hours on Tuesday and on Wednesday, 90 minutes on Thursday.",
}
"""How each date of the example is calculated by hand."""

STAGES = (
    (Stage.ACCEPT, "filed, transferred, not satisfied, reopened", "accepted, transferred", "`accept_within_hours`"),
    (Stage.PLAN, "accepted, where `plan_required`", "planned, resolved, transferred", "`plan_within_hours`"),
    (Stage.RECTIFY, "planned", "resolved, transferred", "the plan's own date"),
    (Stage.REVIEW, "resolved, and again after the first of two approvals", "approved, returned", "`review_within_hours`"),
    (Stage.ANSWER, "filed, not satisfied, reopened", "answered", "`answer_within_days`, moved by an extension"),
    (Stage.REGULATOR, "the regulator's letter is received", "answered", "`regulator_within_days`, to the end of the day"),
)  # fmt: skip


def list_history(company: Company) -> list[HistoryEntry]:
    """The history of the example's case."""
    return [
        HistoryEntry(version, event, state, None, datetime.fromisoformat(at).replace(tzinfo=company.zone), facts)
        for version, (at, event, state, _, facts) in enumerate(EVENTS, 1)
    ]


def compute_example_deadlines(company: Company) -> tuple[Deadline, ...]:
    """Its deadlines, under the normal severity with a plan required."""
    severity = replace(company.severities["normal"], plan_required=True)
    return compute_deadlines(list_history(company), severity, company.handling, company.calendar)


def write_deadline_page(note: str) -> str:
    """The two clocks, what starts and stops them, and a worked example over a holiday week."""
    company = load_company(EXAMPLE, SEASON)
    days = [date(2026, 9, 28) + timedelta(days=n) for n in range(17)]
    lines = [
        "# Deadlines",
        "",
        note,
        "There are two clocks. The **working clock** runs in the hours of `[calendar]`: weekdays, public holidays, make-up",
        "working days, the company's own days. It stops while we wait for the customer's answer. The **legal clock** runs",
        "day and night and never stops. Both are computed from the case's history (`domain/cases/deadlines.py`): a changed",
        "calendar moves deadlines that are still running, never those that have ended.",
        "",
        *_format_table(
            ("stage", "clock", "begins when", "ends when (or withdrawn, merged)", "how long"),
            ((stage.value, _name_clock(stage), begins, ends, long) for stage, begins, ends, long in STAGES),
        ),
        "",
        f"People hear of a deadline when {_join_numbers(company.handling.nudges)} percent of its time has passed on its own clock.",
        "",
        "## A case over National Day 2026",
        "",
        *_format_table(("day", "working hours"), _group_days((day, company.calendar.ranges(day)) for day in days)),
        "",
        *_format_table(
            ("when", "event", "what happens"),
            (
                (_format_moment(line.at), line.event.value.replace("_", " "), said[3])
                for line, said in _pair_with_events(company)
            ),
        ),
        "",
        *_format_table(
            ("stage", "clock", "from", "50 %", "80 %", "due", "ended", "worked out by hand"),
            (_format_deadline(one, company) for one in compute_example_deadlines(company)),
        ),
    ]
    return "\n".join(lines) + "\n"


def write_category_page(note: str) -> str:
    """The example company's categories: who answers, who helps, how severe each is, and what a severity promises."""
    company = load_company(EXAMPLE, SEASON)
    lines = [
        "# Categories, reasons, severities",
        "",
        note,
        "If one of the company's departments made the delivery, that department leads instead of the one named here.",
        "",
        *_format_table(("category", "reason", "key", "leads", "helps", "severity"), _list_routes(company)),
        "",
        "## What a severity promises",
        "",
        *_format_table(
            ("severity", "answer", "accept", "plan", "each review", "reviews", "plan required"),
            (_format_severity(key, one) for key, one in company.severities.items()),
        ),
        "",
        "The answer is promised in calendar days, everything else in working hours ([deadlines.md](deadlines.md)).",
    ]
    return "\n".join(lines) + "\n"


def _pair_with_events(
    company: Company,
) -> Iterator[tuple[HistoryEntry, tuple[str, CaseEvent, CaseState, str, Mapping[str, str]]]]:
    return zip(list_history(company), EVENTS, strict=True)


def _format_deadline(deadline: Deadline, company: Company) -> tuple[str, ...]:
    calendar = company.calendar
    ended = "" if deadline.ended_at is None else _format_moment(deadline.ended_at.astimezone(company.zone))
    moments = (deadline.started_at, deadline.at(50, calendar), deadline.at(80, calendar), deadline.due_at)
    reckoned_at = [_format_moment(at.astimezone(company.zone)) for at in moments]
    return deadline.stage.value, _name_clock(deadline.stage), *reckoned_at, ended, REMARKS[deadline.stage]


def _list_routes(company: Company) -> Iterator[tuple[str, ...]]:
    for key, category in company.categories.items():
        yield _format_name(category.name), "", f"`{key}`", *_format_route(company, company.route(key))
        for reason, part in category.reasons.items():
            yield "", _format_name(part.name), f"`{reason}`", *_format_route(company, company.route(key, reason))


def _format_route(company: Company, route: Route) -> tuple[str, str, str]:
    def name_department(key: str) -> str:
        return _format_name(company.departments[key].name)

    return name_department(route.lead), ", ".join(name_department(one) for one in route.cooperating), route.severity


def _format_severity(key: str, severity: Severity) -> tuple[str, ...]:
    return (
        key,
        f"{severity.answer_within_days:g} days",
        f"{severity.accept_within_hours:g} h",
        f"{severity.plan_within_hours:g} h",
        f"{severity.review_within_hours:g} h",
        "head, then quality" if severity.second_review else "head",
        "yes" if severity.plan_required else "no",
    )


def _group_days(days: Iterable[tuple[date, Ranges]]) -> Iterator[tuple[str, str]]:
    """Days with the same hours, as one row."""
    groups: list[tuple[date, date, Ranges]] = []
    for day, ranges in days:
        if groups and groups[-1][2] == ranges:
            groups[-1] = (groups[-1][0], day, ranges)
        else:
            groups.append((day, day, ranges))
    for first, last, ranges in groups:
        span = f"{first:%a %d %b}" if first == last else f"{first:%a %d %b} to {last:%a %d %b}"
        yield span, ", ".join(f"{_format_time(start)}–{_format_time(end)}" for start, end in ranges) or "closed"


def _format_time(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _format_moment(at: datetime) -> str:
    return f"{at:%a %d %b %H:%M}"


def _name_clock(stage: Stage) -> str:
    return "legal" if stage in LEGAL else "working"


def _format_name(words: Mapping[str, str]) -> str:
    return " ".join(words[language] for language in LANGUAGES if language in words)


def _join_numbers(numbers: tuple[int, ...]) -> str:
    return f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _format_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    first, *others = [f"| {' | '.join(cells)} |" for cells in (head, *rows)]
    return [first, f"|{'---|' * len(head)}", *others]
