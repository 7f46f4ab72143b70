"""What customers say, as the report's template draws it: how it was obtained, ratings and dimensions, departments, couriers, routes."""

from collections.abc import Sequence

from domain.figures.evidence import INDICATIVE_BELOW, Share
from domain.figures.figures import distribution, plain_satisfaction, satisfaction
from domain.figures.findings import by_chance
from domain.figures.summary import Unit
from reports.paper.report import Report, Standouts
from reports.paper.report_findings import unit_name
from reports.paper.report_numbers import beside, interval, listed, number, share_of, shown, thousands, value
from reports.pictures.sheet import Drawing, named, plain
from reports.pictures.sheet import shown as enough
from reports.pictures.units import dimensions
from reports.wording.wording import Say, most_pressing_first, percent

_DEPARTMENTS = 24


def method(report: Report, say: Say) -> Drawing:
    """Who was asked, how they were drawn and weighed; from delivery to answer; the priorities."""
    now = report.summary.now
    rates = [
        say("report-method-rate", priority=priority, percent=f"{rate:g}") for priority, rate in report.sampling.items()
    ]
    drawn = say("report-method-sampling", rates=listed(rates, say)) if rates else say("report-method-sampling-all")
    weights = [say("report-method-weights")] if len(now.strata) > 1 else []
    steps = (
        ("deliveries", now.deliveries, 0),
        ("sampled", now.sampled, now.deliveries),
        ("surveyed", now.surveyed, now.sampled),
        ("answered", now.answered, now.surveyed),
    )
    return {
        "paragraphs": [plain(one) for one in (say("report-method-who"), drawn, *weights, say("report-method-silence"))],
        "funnel": {
            "title": plain(say("report-method-funnel")),
            "rows": [
                {
                    "name": plain(say(f"report-funnel-{key}")),
                    "part": min(count / now.deliveries, 1.0) if now.deliveries else 0.0,
                    "text": plain(_of(count, whole, say)),
                }
                for key, count, whole in steps
            ],
        },
        "strata": {
            "title": plain(say("report-method-strata")),
            "heads": [
                plain(say(f"report-head-{one}"))
                for one in ("priority", "deliveries", "share", "answers", "satisfaction", "interval")
            ],
            "rows": [_stratum(report, key, say) for key in sorted(now.strata, key=lambda one: (not one, one))],
        },
    }


def answers(report: Report, say: Say) -> Drawing:
    """The overall ratings, and satisfaction with each dimension."""
    tally = report.summary.now.tally
    return {
        "ratings": {
            "title": plain(say("report-ratings")),
            "note": plain(say("report-ratings-n", n=thousands(tally.n))),
            "rows": [
                {
                    "name": plain(say("report-rating", rating=rating)),
                    "part": (share.value or 0.0) if enough(tally.n) else 0.0,
                    "text": plain(_rated(share, say)),
                }
                for rating, share in distribution(tally)
            ],
        },
        "dimensions": {
            "title": plain(say("report-dimensions")),
            "rows": [
                bar(say("summary-dimension", name=name), share, say) for name, share in dimensions(report.summary)
            ],
            "note": plain(say("report-bars-note")),
            "none": plain(say("report-nothing")),
        },
    }


def units(report: Report, say: Say) -> Drawing:
    """Departments with what waits there; the couriers and routes that stand apart."""
    summary = report.summary
    whole = satisfaction(summary.now.strata)
    lines = most_pressing_first([one for one in summary.units if one.key])
    heads = ("department", "satisfaction", "opened", "open", "overdue")
    return {
        "title": plain(say("report-departments")),
        "heads": [plain(say(f"report-head-{one}")) for one in heads],
        "rows": [_department(one, say) for one in lines[:_DEPARTMENTS]],
        "more": plain(say("report-more", count=len(lines) - _DEPARTMENTS)) if len(lines) > _DEPARTMENTS else "",
        "whole": whole.value if shown(whole) else None,
        "note": plain(say("report-departments-line", value=number(whole))) if shown(whole) else "",
        "none": plain(say("report-nothing")),
        "standouts": [_standouts(one, say) for one in report.standouts],
    }


def bar(
    name: str, share: Share, say: Say, key: str = "report-bar", target: float | None = None, cells: int = 42
) -> dict[str, Drawing]:
    """A row of a chart: no bar where n is too small for a percentage."""
    low, high = share.interval
    drawn = {"part": share.value or 0.0, "low": low, "high": high, "pale": 0 < share.n < INDICATIVE_BELOW}
    return {
        "name": named(name, cells),
        "text": plain(beside(share, say, key)),
        "bar": drawn if shown(share) else None,
        "target": target,
    }


def _of(count: int, whole: int, say: Say) -> str:
    part = share_of(count, whole)
    if not part:
        return say("report-funnel-row", count=thousands(count))
    return say("report-funnel-of", count=thousands(count), percent=part)


def _rated(share: Share, say: Say) -> str:
    if not enough(share.n):
        return say("report-rating-count", part=thousands(share.part))
    return say("report-rating-row", part=thousands(share.part), percent=f"{percent(share)}%")


def _stratum(report: Report, key: str, say: Say) -> Sequence[str]:
    now = report.summary.now
    one = now.strata[key]
    found = plain_satisfaction(one.tally)
    cells = (
        key or say("report-no-priority"),
        thousands(one.deliveries),
        share_of(one.deliveries, now.deliveries) or "–",
        thousands(one.tally.n),
        value(found, say),
        interval(found) or "–",
    )
    return [plain(cell) for cell in cells]


def _department(one: Unit, say: Say) -> Drawing:
    counts = [thousands(number_) for number_ in (one.counts.opened, one.open, one.overdue)]
    return bar(one.name, satisfaction(one.counts.strata), say, cells=60) | {"counts": counts, "alarm": one.overdue > 0}


def _standouts(one: Standouts, say: Say) -> Drawing:
    lines = [plain(say("report-compared", compared=one.compared, below=one.below, above=one.above))]
    if one.compared and not one.shown:
        lines.append(plain(say("report-none-apart")))
    if one.below:
        lines.append(plain(say("report-chance", compared=one.compared, chance=f"{by_chance(one.compared):.1f}")))
    rest = one.below + one.above - len(one.shown)
    rows = [
        bar(unit_name(one.by, unit.name, say), satisfaction(unit.counts.strata), say, cells=30) for unit in one.shown
    ]
    return {
        "title": plain(say(f"report-{one.by.value}s")),
        "lines": lines,
        "rows": rows,
        "more": plain(say("report-more", count=rest)) if rest > 0 and rows else "",
    }
