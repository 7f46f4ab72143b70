"""KPI tiles of a summary: a label, one large value, what it is based on, how it moved. What has no data is left out."""

from collections.abc import Callable, Mapping

from domain.figures.evidence import Share
from domain.figures.figures import (
    complaint_rate,
    find_band,
    list_silent_strata,
    mean_rating,
    reach_rate,
    response_rate,
    satisfaction,
    valid_rate,
)
from domain.figures.findings import ReportFigure, find_measure
from domain.figures.handling import HandlingTimes
from domain.figures.summary import Summary
from reports.pictures.typesetting import Drawing, fit_name, is_shown, make_drawable_line
from reports.wording.wording import (
    RenderText,
    format_basis,
    format_change,
    format_index,
    format_mean,
    format_origins,
    format_rate,
    format_share,
)

_HOUR, _DAY = 3600, 86400
_PRIORITY_CELLS = 16
_LEAST_INDEX, _MOST_INDEX = 20, 100  # all worst, all best


def draw_tiles(summary: Summary, say: RenderText) -> list[Drawing]:
    """Always satisfaction, complaints, response and what is open; mean and times if there are enough of them."""
    return [
        _draw_satisfaction(summary, say),
        *_draw_mean(summary, say),
        _draw_complaints(summary, say),
        *_draw_second_row(summary, say),
    ]


def format_duration(seconds: float, say: RenderText) -> str:
    """Minutes up to an hour, hours up to a day, then days."""
    return _format_duration("picture-duration", seconds, _DAY, say)


def format_working_duration(seconds: float, working_day: float, say: RenderText) -> str:
    """Working time, called so: minutes, hours up to a working day of so many seconds, then working days."""
    return _format_duration("picture-working-duration", seconds, working_day, say)


def _format_duration(key: str, seconds: float, day: float, say: RenderText) -> str:
    if seconds < _HOUR:
        return say(key, unit="minutes", value=f"{seconds / 60:.0f}")
    if seconds < day:
        return say(key, unit="hours", value=f"{seconds / _HOUR:.1f}".removesuffix(".0"))
    days = f"{seconds / day:.1f}".removesuffix(".0")
    return say(key, unit="day" if days == "1" else "days", value=days)


def _draw_tile(label: str, value: str, *notes: str, alarm: bool = False) -> dict[str, Drawing]:
    """`alarm` goes on the first note."""
    said = [make_drawable_line(note) for note in notes if note]
    return {
        "label": make_drawable_line(label),
        "value": make_drawable_line(value),
        "notes": said,
        "alarm": alarm,
        "band": None,
    }


def _draw_satisfaction(summary: Summary, say: RenderText) -> Drawing:
    now = satisfaction(summary.now.strata)
    change = (
        format_change(say, find_measure(summary, ReportFigure.SATISFACTION)) if now.n or summary.before.tally.n else ""
    )
    return _draw_tile(
        say("summary-satisfaction"),
        _format_big(now, say),
        format_share(say, "picture-share-note", now),
        format_origins(say, summary),
        _format_silent_strata(summary, say),
        change,
    )


def _format_silent_strata(summary: Summary, say: RenderText) -> str:
    """The priorities that nobody speaks for, by name; empty without one, and where nobody speaks for any."""
    silent = list_silent_strata(summary.now.strata) if summary.now.tally.n else ()
    if not silent:
        return ""
    return say("summary-silent-strata", priorities=", ".join(fit_name(key, _PRIORITY_CELLS) for key in silent))


def _draw_mean(summary: Summary, say: RenderText) -> list[Drawing]:
    average = mean_rating(summary.now.strata)
    if average is None or not is_shown(average):
        return []
    band = find_band(average, summary.satisfied_from, summary.basically_from)
    said = say("picture-index", index=format_index(average), band=say("summary-band", band=band.value))
    tile = _draw_tile(say("picture-mean"), format_mean(average), said, format_basis(say, average))
    places = [_format_on_index(bound) for bound in (summary.basically_from, summary.satisfied_from)]
    return [tile | {"band": {"part": _format_on_index(average.index), "bounds": places}}]


def _format_on_index(value: float) -> float:
    return min(max((value - _LEAST_INDEX) / (_MOST_INDEX - _LEAST_INDEX), 0.0), 1.0)


def _draw_complaints(summary: Summary, say: RenderText) -> Drawing:
    now = summary.now
    rate, valid = complaint_rate(now.complaints, now.deliveries), valid_rate(now.valid, now.deliveries)
    said = [format_rate(say, "picture-complaints-note", rate), format_rate(say, "picture-valid", valid)]
    if not is_shown(rate):
        return _draw_tile(say("summary-complaints"), say("picture-count", count=rate.count), *said)
    change = format_change(say, find_measure(summary, ReportFigure.COMPLAINTS))
    return _draw_tile(say("picture-complaints"), format_rate(say, "picture-rate", rate), *said, change)


def _draw_second_row(summary: Summary, say: RenderText) -> list[Drawing]:
    now, work = summary.now, summary.casework
    answered, reached = response_rate(now.responded, now.invited), reach_rate(now.invited, now.drawn)
    waiting = ""
    if work.unanswered and work.oldest is not None:
        waiting = say("picture-unanswered", count=work.unanswered, oldest=format_duration(work.oldest, say))
    response = _draw_tile(
        say("summary-response"),
        _format_big(answered, say),
        format_share(say, "picture-response-note", answered),
        format_share(say, "picture-reach", reached) if reached.n else "",
        say("picture-came", count=now.came) if now.came else "",
    )
    open_now = _draw_tile(
        say("summary-open"),
        say("picture-count", count=summary.open_now),
        say("picture-overdue", overdue=summary.overdue_now),
        waiting,
        say("summary-requests", count=summary.requests_now) if summary.requests_now else "",
        alarm=summary.overdue_now > 0,
    )
    return [response, open_now, *_draw_times(summary, say)]


def _draw_times(summary: Summary, say: RenderText) -> list[Drawing]:
    """How long an answer took, and the first reply in working time; no medians of fewer than ten."""
    work = summary.casework
    resolved = _list_spans(work.resolved, lambda seconds: format_duration(seconds, say))
    if resolved is None:
        return []
    day = summary.working_day
    replied = _list_spans(work.replied, lambda seconds: format_working_duration(seconds, day, say))
    reply = say("picture-replied", **replied) if replied is not None else ""
    return [_draw_tile(say("picture-resolved"), str(resolved["median"]), say("picture-spans", **resolved), reply)]


def _list_spans(times: HandlingTimes, put: Callable[[float], str]) -> Mapping[str, str | int] | None:
    if times.median is None or times.p90 is None or not is_shown(times.n):
        return None
    return {"median": put(times.median), "most": put(times.p90), "n": times.n}


def _format_big(share: Share, say: RenderText) -> str:
    return format_share(say, "picture-share", share)
