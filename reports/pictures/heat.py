"""When dissatisfied customers were delivered to: weekday by hour. PNG, 1280 pixels wide.

1. The colour is a class of the share of ratings 1 and 2 among 10 ratings or more; below that a pale cell with counts.
2. Hours in which nothing was delivered or rated are left out; a weekday never is.
"""

from collections.abc import Mapping

from domain.figures.evidence import Share
from domain.figures.figures import Counts, add, dissatisfied
from domain.figures.summary import Summary
from reports.pictures.picture import heading
from reports.pictures.sheet import Drawing, n_text, plain, png, shown
from reports.wording.wording import Say, percent, share_text

CLASSES = (0.05, 0.10, 0.15, 0.25)
"""Upper bounds of all classes but the last; a share on a bound belongs to the worse."""

_PLACES = ("first", "between", "between", "between", "last")
_WEEKDAYS = range(1, 8)
_KEY = 3  # an ISO weekday and two digits of the hour


def picture(summary: Summary, say: Say, language: str) -> bytes:
    """The PNG of a summary by hour; `language` is `en`, `zh`, …."""
    return png("heat.typ", drawing(summary, say), language)


def drawing(summary: Summary, say: Say) -> Mapping[str, Drawing]:
    """Everything the template draws; rows are hours, their cells Monday to Sunday, None where nothing was delivered."""
    found = {(int(unit.key[0]), unit.key[1:]): unit.counts for unit in summary.units if _is_slot(unit.key)}
    hours = sorted({hour for _, hour in found})
    everything = dissatisfied(add(found.values()).tally)
    edges = [f"{edge * 100:g}" for edge in CLASSES]
    return {
        **heading(summary, say, say("picture-heat-title")),
        "subtitle": plain(
            say("picture-heat-all", share=share_text(say, "picture-share", everything), n=n_text(everything.n, say))
        ),
        "days": [plain(say("picture-weekday", day=day)) for day in _WEEKDAYS],
        "rows": [
            {
                "hour": plain(say("picture-hour", hour=hour)),
                "cells": [_cell(found.get((day, hour)), say) for day in _WEEKDAYS],
            }
            for hour in hours
        ],
        "none": plain(say("picture-none")),
        "key": {
            "title": plain(say("picture-heat-key")),
            "classes": [
                plain(say("picture-class", place=place, low=low, high=high))
                for place, low, high in zip(_PLACES, ("", *edges), (*edges, ""), strict=True)
            ],
            "few": plain(say("picture-heat-few")),
            "complaints": plain(say("picture-heat-complaints")),
        },
        "method": plain(say("picture-heat-method")),
    }


def _is_slot(key: str) -> bool:
    return len(key) == _KEY and key.isdecimal() and int(key[0]) in _WEEKDAYS


def _cell(counts: Counts | None, say: Say) -> Mapping[str, Drawing] | None:
    """`level` is the class, from 0 the best, None where there are too few; `value` is a share, or counts."""
    if counts is None:
        return None
    share = dissatisfied(counts.tally)
    return {
        "level": _level(share),
        "value": _value(share, say),
        "n": plain(n_text(share.n, say)) if shown(share.n) else "",
        "complaints": plain(say("picture-count", count=counts.complaints)) if counts.complaints else "",
    }


def _level(share: Share) -> int | None:
    """The class of the printed share."""
    return sum(float(percent(share)) >= edge * 100 for edge in CLASSES) if shown(share.n) else None


def _value(share: Share, say: Say) -> str:
    if not share.n:
        return ""
    if not shown(share.n):
        return plain(say("picture-slot", part=share.part, n=share.n))
    return plain(share_text(say, "picture-share", share))
