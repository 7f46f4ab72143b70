"""The summary as one picture: PNG, 1280 pixels wide, as tall as it needs. The rules are those of `reports.pictures.sheet`."""

from collections.abc import Mapping

from domain.figures.breakdown import By
from domain.figures.casework import (
    Casework,
    first_time_resolution,
    handling_satisfaction,
    on_time,
    reopen_rate,
    repeat_rate,
)
from domain.figures.evidence import Share, strength
from domain.figures.figures import Nps, distribution, nps, plain_satisfaction, recommend_rate, satisfaction
from domain.figures.summary import Summary, Unit
from reports.pictures.sheet import Drawing, measured, more, n_text, named, plain, png, shown
from reports.pictures.tiles import tiles
from reports.pictures.units import by_name, dimensions, unit_name, worst_first
from reports.wording.wording import Say, compared_line, most_pressing_first, period_line, share_text

UNIT_ROWS = 8
_UNIT_CELLS = 34
DIMENSION_ROWS = 8


def picture(summary: Summary, say: Say, language: str) -> bytes:
    """The PNG; `language` is `en`, `zh`, …."""
    return png("summary.typ", drawing(summary, say), language)


def drawing(summary: Summary, say: Say) -> Mapping[str, Drawing]:
    """Everything the template draws, in words and fractions, with nothing the typeface lacks."""
    return {
        **heading(summary, say, say("summary-title")),
        "tiles": tiles(summary, say),
        "ratings": _ratings(summary, say),
        "dimensions": _dimensions(summary, say),
        "others": _others(summary, say),
        "handling": [part for part in (_stages(summary.casework, say), _results(summary, say)) if part["rows"]],
        "units": _units(summary, say),
        "method": plain(
            say("picture-method", satisfied=f"{summary.satisfied_from:g}", basically=f"{summary.basically_from:g}")
        ),
    }


def heading(summary: Summary, say: Say, title: str) -> Mapping[str, Drawing]:
    """Title, unit and period, as every picture of a summary has them."""
    unit = f" · {named(unit_name(summary.unit, say))}" if summary.unit is not None else ""
    return {
        "title": plain(title) + unit,
        "period": plain(period_line(say, summary.period)),
        "subtitle": plain(compared_line(say, summary.period)),
    }


def _ratings(summary: Summary, say: Say) -> Mapping[str, Drawing]:
    tally = summary.now.tally
    rows: list[Drawing] = [
        {"rating": str(rating), "part": share.value or 0.0, "text": plain(share_text(say, "picture-rating-row", share))}
        for rating, share in distribution(tally)
    ]
    return {"title": plain(say("summary-ratings")), "n": plain(n_text(tally.n, say)), "rows": rows}


def _dimensions(summary: Summary, say: Say) -> Mapping[str, Drawing]:
    found = dimensions(summary)
    rows = [_row(say("summary-dimension", name=name), share, say) for name, share in found[:DIMENSION_ROWS]]
    return {
        "title": plain(say("picture-dimensions")),
        "none": plain(say("picture-none")),
        "rows": rows,
        "more": more(len(found) - DIMENSION_ROWS, say),
    }


def _others(summary: Summary, say: Say) -> list[Mapping[str, Drawing]]:
    """What else was asked, where it was answered."""
    shares = {
        "picture-recommend": recommend_rate(*summary.recommend),
        "picture-four-levels": plain_satisfaction(summary.four_levels),
    }
    return [*_nps(summary.nps, say), *(_row(say(key), share, say) for key, share in shares.items() if share.n)]


def _nps(answers: Nps, say: Say) -> list[Mapping[str, Drawing]]:
    found = nps(answers)
    if found is None:
        return []
    counts = {"promoters": answers.promoters, "detractors": answers.detractors, "n": answers.n}
    score, margin = (f"{found[0]:+.0f}".replace("-", "−"), f"{found[1]:.0f}") if shown(answers.n) else ("", "")
    told = plain(n_text(answers.n, say)) if shown(answers.n) else ""
    value = say("picture-nps-value", strength=strength(answers.n).value, score=score, margin=margin, **counts)
    return [{"name": plain(say("picture-nps")), "value": plain(value), "n": told, "bar": None}]


def _stages(work: Casework, say: Say) -> Mapping[str, Drawing]:
    kept = [(stage, on_time(one)) for stage, one in work.stages.items() if one.due]
    rows = [_row(say("picture-stage", stage=stage.value), share, say) for stage, share in kept]
    return {"title": plain(say("picture-stages")), "rows": rows}


def _results(summary: Summary, say: Say) -> Mapping[str, Drawing]:
    work, wanted = summary.casework, summary.first_time_target
    found: list[tuple[str, Share, float | None, str]] = [
        ("picture-first-time", first_time_resolution(work), wanted / 100, ""),
        ("picture-handling", handling_satisfaction(work), None, ""),
        ("picture-reopened", reopen_rate(work), None, "bad"),
        ("picture-repeated", repeat_rate(work), None, "bad"),
    ]
    rows = [
        _row(say(key, target=f"{wanted:g}"), share, say, target=target, tone=tone)
        for key, share, target, tone in found
        if share.n
    ]
    return {"title": plain(say("picture-results")), "rows": rows}


def _row(name: str, share: Share, say: Say, *, target: float | None = None, tone: str = "") -> Mapping[str, Drawing]:
    return {"name": named(name), **measured(share, say, target=target, tone=tone)}


def _units(summary: Summary, say: Say) -> Mapping[str, Drawing] | None:
    """Departments by what waits, other units the least satisfied first; None where there are none to show as rows."""
    departments = summary.by in {By.ALL, By.DEPARTMENT}
    if not summary.units or summary.by in {By.HOUR, By.CATEGORY}:
        return None
    units = most_pressing_first(summary.units) if departments else worst_first(summary.units)
    heads = ("complaints", "open", "overdue") if departments else ("complaints", "deliveries")
    return {
        "title": plain(by_name(summary.by, say)),
        "axis": plain(say("picture-axis")),
        "heads": [plain(say("picture-head", head=head)) for head in heads],
        "rows": [_unit(unit, say, departments=departments) for unit in units[:UNIT_ROWS]],
        "more": more(len(units) - UNIT_ROWS, say),
    }


def _unit(unit: Unit, say: Say, *, departments: bool) -> Mapping[str, Drawing]:
    numbers = (unit.counts.complaints, *((unit.open, unit.overdue) if departments else (unit.counts.deliveries,)))
    return {
        "name": named(unit_name(unit, say), _UNIT_CELLS),
        "counts": [plain(say("picture-count", count=number)) for number in numbers],
        "alarm": departments and unit.overdue > 0,
        **measured(satisfaction(unit.counts.strata), say),
    }
