"""Heat map of when dissatisfied customers got their deliveries: weekday by hour. PNG, 1280 pixels wide.

1. The colour is a class of the share of ratings 1 and 2 among 10 ratings or more; below that a pale cell with counts.
2. Hours in which nothing was delivered or rated are left out; a weekday never is.
"""

from collections.abc import Mapping

from domain.figures.evidence import Share
from domain.figures.figures import Counts, add_counts, dissatisfaction
from domain.figures.summary import Summary
from reports.pictures.summary_picture import draw_heading
from reports.pictures.typesetting import Drawing, compile_png, format_n, is_shown, make_drawable_line
from reports.wording.wording import RenderText, format_percent, format_share

CLASSES = (0.05, 0.10, 0.15, 0.25)
"""Upper bounds of all classes but the last; a share on a bound belongs to the worse."""

_PLACES = ("first", "between", "between", "between", "last")
_WEEKDAYS = range(1, 8)
_KEY = 3  # an ISO weekday and two digits of the hour


def render_picture(summary: Summary, say: RenderText, language: str) -> bytes:
    """The PNG of a summary by hour; `language` is `en`, `zh`, …"""
    return compile_png("heat.typ", build_drawing(summary, say), language)


def build_drawing(summary: Summary, say: RenderText) -> Mapping[str, Drawing]:
    """Everything the template draws; rows are hours, their cells Monday to Sunday, None where nothing was delivered."""
    slots = {(int(unit.key[0]), unit.key[1:]): unit.counts for unit in summary.units if _is_slot(unit.key)}
    hours = sorted({hour for _, hour in slots})
    everything = dissatisfaction(add_counts(slots.values()).tally)
    edges = [f"{edge * 100:g}" for edge in CLASSES]
    return {
        **draw_heading(summary, say, say("picture-heat-title")),
        "subtitle": make_drawable_line(say("picture-heat-all", share=format_share(say, "picture-whole", everything))),
        "days": [make_drawable_line(say("picture-weekday", day=day)) for day in _WEEKDAYS],
        "rows": [
            {
                "hour": make_drawable_line(say("picture-hour", hour=hour)),
                "cells": [_draw_cell(slots.get((day, hour)), say) for day in _WEEKDAYS],
            }
            for hour in hours
        ],
        "none": make_drawable_line(say("picture-none")),
        "key": {
            "title": make_drawable_line(say("picture-heat-key")),
            "classes": [
                make_drawable_line(say("picture-class", place=place, low=low, high=high))
                for place, low, high in zip(_PLACES, ("", *edges), (*edges, ""), strict=True)
            ],
            "few": make_drawable_line(say("picture-heat-few")),
            "complaints": make_drawable_line(say("picture-heat-complaints")),
        },
        "method": make_drawable_line(say("picture-heat-method")),
    }


def _is_slot(key: str) -> bool:
    return len(key) == _KEY and key.isdecimal() and int(key[0]) in _WEEKDAYS


def _draw_cell(counts: Counts | None, say: RenderText) -> Mapping[str, Drawing] | None:
    """`level` is the class, 0 the best, None where there are too few; `value` is a share, or counts."""
    if counts is None:
        return None
    share = dissatisfaction(counts.tally)
    return {
        "level": _choose_level(share),
        "value": _format_value(share, say),
        "n": make_drawable_line(format_n(share, say)) if is_shown(share) else "",
        "complaints": make_drawable_line(say("picture-count", count=counts.complaints)) if counts.complaints else "",
    }


def _choose_level(share: Share) -> int | None:
    """The class of the share as printed."""
    return sum(float(format_percent(share)) >= edge * 100 for edge in CLASSES) if is_shown(share) else None


def _format_value(share: Share, say: RenderText) -> str:
    if not share.n:
        return ""
    if not is_shown(share):
        return make_drawable_line(say("picture-slot", part=share.part, n=share.n))
    return make_drawable_line(format_share(say, "picture-share", share))
