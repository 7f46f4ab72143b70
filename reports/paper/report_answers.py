"""Report section on ratings, as template data: how they were obtained, ratings and dimensions, departments, couriers, routes."""

from collections.abc import Sequence
from itertools import groupby

from domain.figures.comparisons import UnitVerdict
from domain.figures.evidence import INDICATIVE_BELOW, Share
from domain.figures.figures import distribution, list_silent_strata, plain_satisfaction, satisfaction
from domain.figures.findings import OutlyingUnit
from domain.figures.summary import SummaryUnit
from reports.paper.report import Report, Standouts
from reports.paper.report_findings import format_unit_name
from reports.paper.report_numbers import (
    format_beside_bar,
    format_cell,
    format_fine_percent,
    format_interval,
    format_number,
    format_share_of,
    format_thousands,
    join_list,
)
from reports.pictures.typesetting import Drawing, fit_name, is_shown, make_drawable_line
from reports.pictures.units import list_dimensions
from reports.wording.wording import (
    RenderText,
    format_left_out,
    format_origins,
    sort_most_pressing_first,
    tell_left_out,
)

_DEPARTMENTS = 24


def draw_method(report: Report, say: RenderText) -> Drawing:
    """Who was asked, how they were sampled and weighted; from delivery to answer; the priorities."""
    now = report.summary.now
    rates = [
        say("report-method-rate", priority=priority, percent=f"{rate:g}") for priority, rate in report.sampling.items()
    ]
    drawn = say("report-method-sampling", rates=join_list(rates, say)) if rates else say("report-method-sampling-all")
    weights = [say("report-method-weights")] if len(now.strata) > 1 else []
    silent = list_silent_strata(now.strata)
    left_out = [say("report-method-silent", priorities=join_list(silent, say))] if silent else []
    came = [say("report-method-came", count=format_thousands(now.came))] if now.came else []
    origins = [said] if (said := format_origins(say, report.summary)) else []
    steps = (
        ("deliveries", now.deliveries, 0),
        ("sampled", now.drawn, now.deliveries),
        ("surveyed", now.invited, now.drawn),
        ("answered", now.responded, now.invited),
    )
    return {
        "paragraphs": [
            make_drawable_line(one)
            for one in (
                say("report-method-who"),
                drawn,
                *weights,
                *left_out,
                *came,
                *origins,
                say("report-method-silence"),
            )
        ],
        "funnel": {
            "title": make_drawable_line(say("report-method-funnel")),
            "rows": [
                {
                    "name": make_drawable_line(say(f"report-funnel-{key}")),
                    "part": min(count / now.deliveries, 1.0) if now.deliveries else 0.0,
                    "text": make_drawable_line(_format_part_of(count, whole, say)),
                }
                for key, count, whole in steps
            ],
        },
        "strata": {
            "title": make_drawable_line(say("report-method-strata")),
            "heads": [
                make_drawable_line(say(f"report-head-{one}"))
                for one in ("priority", "deliveries", "share", "answers", "satisfaction", "interval")
            ],
            "rows": [_draw_stratum(report, key, say) for key in sorted(now.strata, key=lambda one: (not one, one))],
        },
    }


def draw_answers(report: Report, say: RenderText) -> Drawing:
    """The overall ratings, and satisfaction with each dimension."""
    tally = report.summary.now.tally
    return {
        "ratings": {
            "title": make_drawable_line(say("report-ratings")),
            "note": make_drawable_line(say("report-ratings-n", n=format_thousands(tally.n))),
            "rows": [
                {
                    "name": make_drawable_line(say("report-rating", rating=rating)),
                    "part": (share.value or 0.0) if is_shown(tally.n) else 0.0,
                    "text": make_drawable_line(_format_rated(share, say)),
                }
                for rating, share in distribution(tally)
            ],
        },
        "dimensions": {
            "title": make_drawable_line(say("report-dimensions")),
            "rows": [
                draw_bar(say("summary-dimension", name=name), share, say)
                for name, share in list_dimensions(report.summary)
            ],
            "note": make_drawable_line(say("report-bars-note")),
            "none": make_drawable_line(say("report-nothing")),
        },
    }


def draw_units(report: Report, say: RenderText) -> Drawing:
    """Departments with what is waiting there; the couriers and routes that stand out."""
    summary = report.summary
    whole = satisfaction(summary.now.strata)
    lines = sort_most_pressing_first([one for one in summary.units if one.key])
    heads = ("department", "satisfaction", "opened", "open", "overdue")
    return {
        "title": make_drawable_line(say("report-departments")),
        "heads": [make_drawable_line(say(f"report-head-{one}")) for one in heads],
        "rows": [_draw_department(one, say) for one in lines[:_DEPARTMENTS]],
        "more": make_drawable_line(say("report-more", count=len(lines) - _DEPARTMENTS))
        if len(lines) > _DEPARTMENTS
        else "",
        "whole": whole.value if is_shown(whole) else None,
        "note": make_drawable_line(say("report-departments-line", value=format_number(whole)))
        if is_shown(whole)
        else "",
        "left_out": make_drawable_line(format_left_out(say, lines[:_DEPARTMENTS])),
        "none": make_drawable_line(say("report-nothing")),
        "standouts": [_draw_standouts(one, say) for one in report.standouts],
    }


def draw_bar(
    name: str, share: Share, say: RenderText, key: str = "report-bar", target: float | None = None, cells: int = 42
) -> dict[str, Drawing]:
    """One row of a bar chart; no bar where n is too small for a percentage."""
    low, high = share.interval
    drawn = {"part": share.value or 0.0, "low": low, "high": high, "pale": 0 < share.size < INDICATIVE_BELOW}
    return {
        "name": fit_name(name, cells),
        "text": make_drawable_line(format_beside_bar(share, say, key)),
        "bar": drawn if is_shown(share) else None,
        "target": target,
    }


def _format_part_of(count: int, whole: int, say: RenderText) -> str:
    part = format_share_of(count, whole)
    if not part:
        return say("report-funnel-row", count=format_thousands(count))
    return say("report-funnel-of", count=format_thousands(count), percent=part)


def _format_rated(share: Share, say: RenderText) -> str:
    if not is_shown(share.n):
        return say("report-rating-count", part=format_thousands(share.part))
    return say("report-rating-row", part=format_thousands(share.part), percent=format_fine_percent(share))


def _draw_stratum(report: Report, key: str, say: RenderText) -> Sequence[str]:
    now = report.summary.now
    stratum = now.strata[key]
    share = plain_satisfaction(stratum.tally)
    cells = (
        key or say("report-no-priority"),
        format_thousands(stratum.deliveries),
        format_share_of(stratum.deliveries, now.deliveries) or "–",
        format_thousands(stratum.tally.n),
        format_cell(share, say),
        format_interval(share) or "–",
    )
    return [make_drawable_line(cell) for cell in cells]


def _draw_department(department: SummaryUnit, say: RenderText) -> Drawing:
    counts = [format_thousands(number_) for number_ in (department.counts.opened, department.open, department.overdue)]
    drawn = draw_bar(department.name, satisfaction(department.counts.strata), say, cells=60)
    return drawn | {
        "text": f"{drawn['text']}{tell_left_out(department.counts.strata)}",
        "counts": counts,
        "alarm": department.overdue > 0,
    }


def _draw_outlying_unit(outlying: OutlyingUnit, say: RenderText) -> Drawing:
    drawn = draw_bar(format_unit_name(outlying.by, outlying.unit.name, say), outlying.share, say, cells=30)
    return drawn | {"text": f"{drawn['text']}{tell_left_out(outlying.unit.counts.strata)}"}


def _draw_standouts(standouts: Standouts, say: RenderText) -> Drawing:
    lines = [say("report-compared", compared=standouts.compared, below=standouts.below, above=standouts.above)]
    if standouts.compared:
        lines += [] if standouts.shown else [say("report-none-apart")]
        lines.append(say("report-compared-how"))
    rest = standouts.below + standouts.above - len(standouts.shown)
    return {
        "title": make_drawable_line(say(f"report-{standouts.by.value}s")),
        "lines": [make_drawable_line(line) for line in lines],
        "groups": [
            {
                "title": make_drawable_line(say("unit-verdict", verdict=verdict.value)),
                "rows": [_draw_outlying_unit(one, say) for one in units],
            }
            for verdict, units in groupby(standouts.shown, key=_find_side)
        ],
        "more": make_drawable_line(say("report-more", count=rest)) if rest > 0 and standouts.shown else "",
        "left_out": make_drawable_line(format_left_out(say, (one.unit for one in standouts.shown))),
    }


def _find_side(unit: OutlyingUnit) -> UnitVerdict:
    return UnitVerdict.LOWER if unit.below else UnitVerdict.HIGHER
