"""The headline figures of a summary as tiles: a label, one large value, what it rests on, how it moved. What has no data is left out."""

from collections.abc import Mapping

from domain.figures.casework import Times
from domain.figures.evidence import Share
from domain.figures.figures import (
    band,
    complaint_rate,
    index,
    mean,
    reach,
    response_rate,
    satisfaction,
    valid_rate,
    weighted_score,
)
from domain.figures.summary import Summary
from reports.pictures.sheet import Drawing, n_text, plain, shown
from reports.wording.wording import Say, rate_change_text, rate_text, share_change_text, share_text

_HOUR, _DAY = 3600, 86400
_LEAST_INDEX, _MOST_INDEX = 20, 100  # all worst, all best


def tiles(summary: Summary, say: Say) -> list[Drawing]:
    """Satisfaction, complaints, response and what is open always; mean and times where there are enough of them."""
    return [_satisfaction(summary, say), *_mean(summary, say), _complaints(summary, say), *_second_row(summary, say)]


def duration(seconds: float, say: Say) -> str:
    """Minutes up to an hour, hours up to a day, then days."""
    if seconds < _HOUR:
        return say("picture-duration", unit="minutes", value=f"{seconds / 60:.0f}")
    if seconds < _DAY:
        return say("picture-duration", unit="hours", value=f"{seconds / _HOUR:.1f}".removesuffix(".0"))
    days = f"{seconds / _DAY:.1f}".removesuffix(".0")
    return say("picture-duration", unit="day" if days == "1" else "days", value=days)


def _tile(label: str, value: str, *notes: str, alarm: bool = False) -> dict[str, Drawing]:
    """`alarm` is drawn on the first note."""
    said = [plain(note) for note in notes if note]
    return {"label": plain(label), "value": plain(value), "notes": said, "alarm": alarm, "band": None}


def _satisfaction(summary: Summary, say: Say) -> Drawing:
    now, before = satisfaction(summary.now.strata), satisfaction(summary.before.strata)
    change = share_change_text(say, now, before) if now.n or before.n else ""
    return _tile(say("summary-satisfaction"), _big(now, say), share_text(say, "picture-share-note", now), change)


def _mean(summary: Summary, say: Say) -> list[Drawing]:
    tally, bounds = summary.now.tally, (summary.satisfied_from, summary.basically_from)
    average, found, judged = mean(summary.now.strata), index(tally), band(tally, *bounds)
    if average is None or found is None or judged is None or not shown(tally.n):
        return []
    score = weighted_score(tally)
    tenths = score * 200 // tally.n  # cut, not rounded: a printed 80.0 is never below 80
    said = say("picture-index", index=f"{tenths // 10}.{tenths % 10}", band=say("summary-band", band=judged.value))
    rest = say("picture-score", score=score, most=tally.n * 5)
    tile = _tile(say("picture-mean"), f"{average:.2f}", said, f"{rest}, {n_text(tally.n, say)}")
    places = [_on_index(bound) for bound in (summary.basically_from, summary.satisfied_from)]
    return [tile | {"band": {"part": _on_index(found), "bounds": places}}]


def _on_index(value: float) -> float:
    return min(max((value - _LEAST_INDEX) / (_MOST_INDEX - _LEAST_INDEX), 0.0), 1.0)


def _complaints(summary: Summary, say: Say) -> Drawing:
    now, before = summary.now, summary.before
    rate, rate_before = (
        complaint_rate(now.complaints, now.deliveries),
        complaint_rate(before.complaints, before.deliveries),
    )
    if rate.value is None or not shown(rate.n):
        return _tile(
            say("summary-complaints"),
            say("picture-count", count=rate.count),
            rate_text(say, "picture-complaints-note", rate),
        )
    valid = valid_rate(now.valid, now.deliveries)
    return _tile(
        say("picture-complaints"),
        f"{rate.value:.1f}",
        rate_text(say, "picture-complaints-note", rate),
        say("picture-valid", count=valid.count, rate=f"{valid.value:,.0f}"),
        rate_change_text(say, rate, rate_before),
    )


def _second_row(summary: Summary, say: Say) -> list[Drawing]:
    answered, reached = (
        response_rate(summary.now.answered, summary.now.surveyed),
        reach(summary.now.surveyed, summary.now.sampled),
    )
    work = summary.casework
    waiting = ""
    if work.unanswered and work.oldest is not None:
        waiting = say("picture-unanswered", count=work.unanswered, oldest=duration(work.oldest, say))
    response = _tile(
        say("summary-response"),
        _big(answered, say),
        share_text(say, "picture-response-note", answered),
        share_text(say, "picture-reach", reached) if reached.n else "",
    )
    overdue = say("picture-overdue", overdue=summary.overdue_now)
    open_now = _tile(
        say("summary-open"),
        say("picture-count", count=summary.open_now),
        overdue,
        waiting,
        alarm=summary.overdue_now > 0,
    )
    return [response, open_now, *_times(work.resolved, work.replied, say)]


def _times(resolved: Times, replied: Times, say: Say) -> list[Drawing]:
    """How long an answer took; medians of fewer than ten say nothing."""
    said = {name: _spans(times, say) for name, times in (("resolved", resolved), ("replied", replied))}
    if said["resolved"] is None:
        return []
    reply = say("picture-replied", **said["replied"]) if said["replied"] is not None else ""
    return [
        _tile(say("picture-resolved"), str(said["resolved"]["median"]), say("picture-spans", **said["resolved"]), reply)
    ]


def _spans(times: Times, say: Say) -> Mapping[str, str | int] | None:
    if times.median is None or times.p90 is None or not shown(times.n):
        return None
    return {"median": duration(times.median, say), "most": duration(times.p90, say), "n": times.n}


def _big(share: Share, say: Say) -> str:
    return share_text(say, "picture-share", share)
