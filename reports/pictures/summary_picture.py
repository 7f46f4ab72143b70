"""Dashboard picture of the summary: PNG, 1280 pixels wide, as tall as needed. It follows the rules of `reports.pictures.typesetting`."""

from collections.abc import Mapping

from domain.figures.breakdown import By
from domain.figures.evidence import Share, find_strength
from domain.figures.figures import Nps, distribution, nps, plain_satisfaction, recommend_rate, satisfaction
from domain.figures.handling import (
    HandlingCounts,
    expected_repeat_rate,
    first_time_resolution,
    handling_satisfaction,
    on_time_rate,
    reopen_rate,
    repeat_rate,
    silence_rate,
)
from domain.figures.summary import Summary, SummaryUnit
from reports.pictures.tiles import draw_tiles
from reports.pictures.typesetting import (
    Drawing,
    compile_png,
    draw_share,
    fit_name,
    format_more,
    format_n,
    is_shown,
    make_drawable_line,
)
from reports.pictures.units import format_breakdown, format_unit_name, list_dimensions, sort_worst_first
from reports.wording.wording import (
    RenderText,
    format_compared,
    format_growing,
    format_left_out,
    format_period,
    format_share,
    list_shown_cohorts,
    sort_most_pressing_first,
    tell_left_out,
)

UNIT_ROWS = 8
_UNIT_CELLS = 34
DIMENSION_ROWS = 8
_DIMENSION_CELLS, _OWN_CELLS = 56, 84  # a survey's own name has two lines beside the value, ours all it needs


def render_picture(summary: Summary, say: RenderText, language: str) -> bytes:
    """The PNG; `language` is `en`, `zh`, …"""
    return compile_png("summary.typ", build_drawing(summary, say), language)


def build_drawing(summary: Summary, say: RenderText) -> Mapping[str, Drawing]:
    """Everything the template draws, as words and fractions, with nothing the typeface lacks."""
    return {
        **draw_heading(summary, say, say("summary-title")),
        "tiles": draw_tiles(summary, say),
        "ratings": _draw_ratings(summary, say),
        "dimensions": _draw_dimensions(summary, say),
        "others": _draw_other_questions(summary, say),
        "handling": [
            part for part in (_draw_stages(summary.casework, say), _draw_results(summary, say)) if part["rows"]
        ],
        "units": _draw_units(summary, say),
        "method": make_drawable_line(
            say("picture-method", satisfied=f"{summary.satisfied_from:g}", basically=f"{summary.basically_from:g}")
        ),
    }


def draw_heading(summary: Summary, say: RenderText, title: str) -> Mapping[str, Drawing]:
    """Title, unit and period, and what still grows, as on every picture of a summary."""
    unit = f" · {fit_name(format_unit_name(summary.unit, say))}" if summary.unit is not None else ""
    return {
        "title": make_drawable_line(title) + unit,
        "period": make_drawable_line(format_period(say, summary.period)),
        "subtitle": make_drawable_line(format_compared(say, summary)),
        "growing": make_drawable_line(format_growing(say, summary.growing, list_shown_cohorts(summary))),
    }


def _draw_ratings(summary: Summary, say: RenderText) -> Mapping[str, Drawing]:
    tally = summary.now.tally
    rows: list[Drawing] = [
        {
            "rating": str(rating),
            "part": share.value or 0.0,
            "text": make_drawable_line(format_share(say, "picture-rating-row", share)),
        }
        for rating, share in distribution(tally)
    ]
    return {
        "title": make_drawable_line(say("summary-ratings")),
        "n": make_drawable_line(say("picture-ratings-n", n=tally.n) if tally.n else say("picture-n")),
        "rows": rows,
    }


def _draw_dimensions(summary: Summary, say: RenderText) -> Mapping[str, Drawing]:
    dimensions = list_dimensions(summary)
    rows = [
        _draw_row(say("summary-dimension", name=name), share, say, cells=_DIMENSION_CELLS)
        for name, share in dimensions[:DIMENSION_ROWS]
    ]
    return {
        "title": make_drawable_line(say("picture-dimensions")),
        "none": make_drawable_line(say("picture-none")),
        "rows": rows,
        "more": format_more(len(dimensions) - DIMENSION_ROWS, say),
    }


def _draw_other_questions(summary: Summary, say: RenderText) -> list[Mapping[str, Drawing]]:
    """The other questions asked, where they were answered."""
    shares = {
        "picture-recommend": recommend_rate(*summary.recommend),
        "picture-four-levels": plain_satisfaction(summary.four_levels),
    }
    return [
        *_format_nps(summary.nps, say),
        *(_draw_row(say(key), share, say) for key, share in shares.items() if share.n),
    ]


def _format_nps(answers: Nps, say: RenderText) -> list[Mapping[str, Drawing]]:
    estimate = nps(answers)
    if estimate is None:
        return []
    counts = {"promoters": answers.promoters, "detractors": answers.detractors, "n": answers.n}
    score, margin = (f"{estimate[0]:+.0f}".replace("-", "−"), f"{estimate[1]:.0f}") if is_shown(answers.n) else ("", "")
    told = make_drawable_line(format_n(answers.n, say)) if is_shown(answers.n) else ""
    value = say("picture-nps-value", strength=find_strength(answers.n).value, score=score, margin=margin, **counts)
    return [
        {"name": make_drawable_line(say("picture-nps")), "value": make_drawable_line(value), "n": told, "bar": None}
    ]


def _draw_stages(work: HandlingCounts, say: RenderText) -> Mapping[str, Drawing]:
    kept = [(stage, on_time_rate(one)) for stage, one in work.stages.items() if one.due]
    rows = [_draw_row(say("picture-stage", stage=stage.value), share, say) for stage, share in kept]
    return {"title": make_drawable_line(say("picture-stages")), "rows": rows}


def _draw_results(summary: Summary, say: RenderText) -> Mapping[str, Drawing]:
    """Solved the first time among those who spoke, the silent beside it; what came back, with what chance would bring back."""
    work, wanted = summary.casework, summary.first_time_target
    expected = expected_repeat_rate(work)
    chance = f"{100 * expected:.0f}" if expected is not None else "none"
    measures: list[tuple[str, Share, float | None, str]] = [
        ("picture-first-time", first_time_resolution(work), wanted / 100, ""),
        ("picture-silence", silence_rate(work), None, "bad"),
        ("picture-handling", handling_satisfaction(work), None, ""),
        ("picture-reopened", reopen_rate(work), None, "bad"),
        ("picture-repeated", repeat_rate(work), None, "bad"),
    ]
    rows = [
        _draw_row(say(key, target=f"{wanted:g}", chance=chance), share, say, target=target, tone=tone)
        for key, share, target, tone in measures
        if share.n
    ]
    return {"title": make_drawable_line(say("picture-results")), "rows": rows}


def _draw_row(
    name: str, share: Share, say: RenderText, *, target: float | None = None, tone: str = "", cells: int = _OWN_CELLS
) -> Mapping[str, Drawing]:
    return {"name": fit_name(name, cells), **draw_share(share, say, target=target, tone=tone)}


def _draw_units(summary: Summary, say: RenderText) -> Mapping[str, Drawing] | None:
    """Departments by what is waiting, other units least satisfied first; None if there are none to show as rows."""
    departments = summary.by in {By.ALL, By.DEPARTMENT}
    if not summary.units or summary.by in {By.HOUR, By.CATEGORY}:
        return None
    units = sort_most_pressing_first(summary.units) if departments else sort_worst_first(summary.units)
    heads = ("complaints", "open", "overdue") if departments else ("complaints", "deliveries")
    return {
        "title": make_drawable_line(format_breakdown(summary.by, say)),
        "axis": make_drawable_line(say("picture-axis")),
        "heads": [make_drawable_line(say("picture-head", head=head)) for head in heads],
        "rows": [_draw_unit(unit, say, departments=departments) for unit in units[:UNIT_ROWS]],
        "more": format_more(len(units) - UNIT_ROWS, say),
        "left_out": make_drawable_line(format_left_out(say, units[:UNIT_ROWS])),
    }


def _format_count(number: int, say: RenderText, *, known: bool) -> str:
    """Complaints that name no unit may be about no delivery at all: 5 of 0 would be nonsense."""
    return make_drawable_line(say("picture-count", count=number)) if number or known else "–"


def _draw_unit(unit: SummaryUnit, say: RenderText, *, departments: bool) -> Mapping[str, Drawing]:
    share = draw_share(satisfaction(unit.counts.strata), say)
    numbers = (unit.counts.complaints, *((unit.open, unit.overdue) if departments else (unit.counts.deliveries,)))
    return {
        "name": fit_name(format_unit_name(unit, say), _UNIT_CELLS),
        "counts": [_format_count(number, say, known=departments or bool(unit.key)) for number in numbers],
        "alarm": departments and unit.overdue > 0,
        **share,
        "value": f"{share['value']}{tell_left_out(unit.counts.strata)}",
    }
