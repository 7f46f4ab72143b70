"""KPI tiles of a summary: a label, one large value, what it is based on, how it moved. What has no data is left out."""

from collections.abc import Mapping

from domain.figures.evidence import Share
from domain.figures.figures import (
    complaint_rate,
    find_band,
    mean_rating,
    reach_rate,
    response_rate,
    satisfaction,
    satisfaction_index,
    valid_rate,
    weighted_score,
)
from domain.figures.handling import HandlingTimes
from domain.figures.summary import Summary
from reports.pictures.typesetting import Drawing, format_n, is_shown, make_drawable_line
from reports.wording.wording import (
    RenderText,
    format_index,
    format_rate,
    format_rate_change,
    format_share,
    format_share_change,
)

_HOUR, _DAY = 3600, 86400
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
    if seconds < _HOUR:
        return say("picture-duration", unit="minutes", value=f"{seconds / 60:.0f}")
    if seconds < _DAY:
        return say("picture-duration", unit="hours", value=f"{seconds / _HOUR:.1f}".removesuffix(".0"))
    days = f"{seconds / _DAY:.1f}".removesuffix(".0")
    return say("picture-duration", unit="day" if days == "1" else "days", value=days)


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
    now, before = satisfaction(summary.now.strata), satisfaction(summary.before.strata)
    change = format_share_change(say, now, before) if now.n or before.n else ""
    return _draw_tile(
        say("summary-satisfaction"), _format_big(now, say), format_share(say, "picture-share-note", now), change
    )


def _draw_mean(summary: Summary, say: RenderText) -> list[Drawing]:
    tally, bounds = summary.now.tally, (summary.satisfied_from, summary.basically_from)
    average, index, judged = mean_rating(summary.now.strata), satisfaction_index(tally), find_band(tally, *bounds)
    if average is None or index is None or judged is None or not is_shown(tally.n):
        return []
    score = weighted_score(tally)
    said = say("picture-index", index=format_index(tally), band=say("summary-band", band=judged.value))
    rest = say("picture-score", score=score, most=tally.n * 5)
    tile = _draw_tile(say("picture-mean"), f"{average:.2f}", said, f"{rest}, {format_n(tally.n, say)}")
    places = [_format_on_index(bound) for bound in (summary.basically_from, summary.satisfied_from)]
    return [tile | {"band": {"part": _format_on_index(index), "bounds": places}}]


def _format_on_index(value: float) -> float:
    return min(max((value - _LEAST_INDEX) / (_MOST_INDEX - _LEAST_INDEX), 0.0), 1.0)


def _draw_complaints(summary: Summary, say: RenderText) -> Drawing:
    now, before = summary.now, summary.before
    rate, rate_before = (
        complaint_rate(now.complaints, now.deliveries),
        complaint_rate(before.complaints, before.deliveries),
    )
    if rate.value is None or not is_shown(rate.n):
        return _draw_tile(
            say("summary-complaints"),
            say("picture-count", count=rate.count),
            format_rate(say, "picture-complaints-note", rate),
        )
    valid = valid_rate(now.valid, now.deliveries)
    return _draw_tile(
        say("picture-complaints"),
        f"{rate.value:.1f}",
        format_rate(say, "picture-complaints-note", rate),
        say("picture-valid", count=valid.count, rate=f"{valid.value:,.0f}"),
        format_rate_change(say, rate, rate_before),
    )


def _draw_second_row(summary: Summary, say: RenderText) -> list[Drawing]:
    answered, reached = (
        response_rate(summary.now.answered, summary.now.surveyed),
        reach_rate(summary.now.surveyed, summary.now.sampled),
    )
    work = summary.casework
    waiting = ""
    if work.unanswered and work.oldest is not None:
        waiting = say("picture-unanswered", count=work.unanswered, oldest=format_duration(work.oldest, say))
    response = _draw_tile(
        say("summary-response"),
        _format_big(answered, say),
        format_share(say, "picture-response-note", answered),
        format_share(say, "picture-reach", reached) if reached.n else "",
    )
    overdue = say("picture-overdue", overdue=summary.overdue_now)
    open_now = _draw_tile(
        say("summary-open"),
        say("picture-count", count=summary.open_now),
        overdue,
        waiting,
        alarm=summary.overdue_now > 0,
    )
    return [response, open_now, *_draw_times(work.resolved, work.replied, say)]


def _draw_times(resolved: HandlingTimes, replied: HandlingTimes, say: RenderText) -> list[Drawing]:
    """How long an answer took; no medians of fewer than ten."""
    said = {name: _format_spans(times, say) for name, times in (("resolved", resolved), ("replied", replied))}
    if said["resolved"] is None:
        return []
    reply = say("picture-replied", **said["replied"]) if said["replied"] is not None else ""
    return [
        _draw_tile(
            say("picture-resolved"), str(said["resolved"]["median"]), say("picture-spans", **said["resolved"]), reply
        )
    ]


def _format_spans(times: HandlingTimes, say: RenderText) -> Mapping[str, str | int] | None:
    if times.median is None or times.p90 is None or not is_shown(times.n):
        return None
    return {"median": format_duration(times.median, say), "most": format_duration(times.p90, say), "n": times.n}


def _format_big(share: Share, say: RenderText) -> str:
    return format_share(say, "picture-share", share)
