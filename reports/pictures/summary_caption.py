"""Photo caption of the summary: Telegram HTML, every figure with its n, never over the limit of 1,024 characters (Bot API, sendPhoto).

1. Headline figures are always shown; dimensions and units fill the rest, most pressing first, and what does not fit is counted
   ("and 4 more"), never cut in the middle of a row.
2. Length is counted as Telegram counts it: in UTF-16 units of what is read, without tags, an escaped character as one.
3. Everything `say` renders is plain text and is escaped here, once.
"""

import html
import re
from collections.abc import Mapping, Sequence
from unicodedata import bidirectional

from domain.figures.breakdown import By
from domain.figures.comparisons import UnitVerdict, compare_units
from domain.figures.evidence import Share
from domain.figures.figures import complaint_rate, list_silent_strata, reach_rate, response_rate, satisfaction
from domain.figures.findings import ReportFigure, WorsenedUnit, find_measure
from domain.figures.maturity import Cohort
from domain.figures.summary import Summary, SummaryUnit
from reports.pictures.units import list_dimensions, sort_worst_first
from reports.wording.wording import (
    RenderText,
    fit_on_one_line,
    format_change,
    format_compared,
    format_growing,
    format_left_out,
    format_origins,
    format_percent,
    format_period,
    format_rate,
    format_ratings,
    format_share,
    list_mean_arguments,
    sort_most_pressing_first,
    tell_left_out,
)

CAPTION_LIMIT_UNITS = 1024  # Telegram's, in UTF-16 units
_NAME_LIMIT = 40
_TAG = re.compile("</?[bi]>")
_DIMENSION_ROWS = 5
_SPARED_FIRST = ("ratings", "requests", "origins", "silent", "reach", "mean", "rate", "change")
"""Lines left out, in this order, where numbers and names are so long that the headline alone would be too long."""


def format_summary_caption(summary: Summary, say: RenderText, worse: tuple[str, WorsenedUnit] | None = None) -> str:
    """The caption as HTML (<b> and <i> only), under 1,024 UTF-16 units as it is read, for any numbers and names.

    `worse` is what got worse since the period before, and whose name that is: it stands last, where it is read
    without scrolling, above the button that leads to the cases.
    """
    last = f"\n\n<b>{_escape(_format_worse(*worse, say))}</b>" if worse is not None else ""
    text = _fit_headline(_format_heading(summary, say), _format_headline(summary, say), last)
    if summary.by is By.ALL or summary.unit is not None:
        asked = [
            _format_row(
                say("summary-dimension", name=_shorten_name(name)), format_share(say, "summary-share-short", share)
            )
            for name, share in list_dimensions(summary)
        ]
        text = _append_block(text, say("summary-dimensions"), asked[:_DIMENSION_ROWS], len(asked), say, last=last)
    title, rows, units = _format_units(summary, say)
    return _append_block(text, title, rows, len(rows), say, units, last=last) + last


def _format_worse(name: str, worse: WorsenedUnit, say: RenderText) -> str:
    """Who got worse, and by how much."""
    now, before = (format_percent(share) for share in (worse.now, worse.before))
    counted = {"n": worse.now.n, "earlier": worse.before.n}
    return say("summary-worse", name=_shorten_name(name), now=now, before=before, **counted)


def count_utf16_units(text: str) -> int:
    """How long this HTML is for Telegram."""
    return len(html.unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2


def _format_units(summary: Summary, say: RenderText) -> tuple[str, list[str], list[SummaryUnit]]:
    """The rows of the breakdown, and whose figures they are; only complaints if it is by category."""
    if summary.by is By.CATEGORY and summary.unit is None:
        most = sorted(summary.categories, key=lambda unit: (-unit.counts.opened, unit.name))
        total = sum(unit.counts.opened for unit in most)
        rows = [
            _format_row(_shorten_name(u.name), format_share(say, "summary-part", Share(u.counts.opened, total)))
            for u in most
        ]
        return say("summary-categories", n=total), rows, []
    verdicts = {
        key: [say("unit-verdict", verdict=one.verdict.value)]
        for key, one in compare_units({unit.key: unit.counts for unit in summary.units}).items()
        if one.verdict in {UnitVerdict.LOWER, UnitVerdict.HIGHER}
    }
    if summary.by in {By.ALL, By.DEPARTMENT}:
        units = sort_most_pressing_first(summary.units)
        rows = [
            _format_row(
                _shorten_name(unit.name),
                _format_satisfied(unit, say),
                *verdicts.get(unit.key, ()),
                say("summary-cases", complaints=unit.counts.complaints, open=unit.open, overdue=unit.overdue),
            )
            for unit in units
        ]
        return say("summary-departments"), rows, units
    if summary.by is By.HOUR:
        return "", [], []
    units = sort_worst_first(summary.units)
    rows = [
        _format_row(
            _shorten_name(unit.name),
            _format_satisfied(unit, say),
            *verdicts.get(unit.key, ()),
            say("summary-unit-complaints", count=unit.counts.complaints),
        )
        for unit in units
    ]
    return say("summary-by", by=summary.by.value, chosen="no"), rows, units


def _format_satisfied(unit: SummaryUnit, say: RenderText) -> str:
    strata = unit.counts.strata
    return format_share(say, "summary-share-short", satisfaction(strata)) + tell_left_out(strata)


def _format_heading(summary: Summary, say: RenderText) -> list[str]:
    lines = [f"<b>{_escape(say('summary-title'))}</b> · {_escape(format_period(say, summary.period))}"]
    if summary.unit is not None:
        said = say("summary-of-unit", by=summary.by.value, name=_shorten_name(summary.unit.name))
        lines.append(f"<b>{_escape(said)}</b>")
    elif summary.seen:
        more = [say("summary-more", count=len(summary.seen) - 1)] if len(summary.seen) > 1 else []
        lines.append(f"<b>{_escape(' '.join([_shorten_name(summary.seen[0]), *more]))}</b>")
    filed = (Cohort.FILED,) if summary.by is By.CATEGORY and summary.unit is None else ()
    growing = format_growing(say, summary.growing, (Cohort.ANSWERS, Cohort.COMPLAINTS, *filed))
    return [*lines, *(f"<i>{_escape(said)}</i>" for said in (format_compared(say, summary), growing) if said)]


def _fit_headline(heading: Sequence[str], lines: Mapping[str, str], last: str) -> str:
    """Both, without as many of the lines that can be spared as it takes to stay under the limit."""
    kept = {name: line for name, line in lines.items() if line}
    text = "\n".join([*heading, "", *kept.values()])
    for name in _SPARED_FIRST:
        if count_utf16_units(text + last) < CAPTION_LIMIT_UNITS:
            break
        kept.pop(name, None)
        text = "\n".join([*heading, "", *kept.values()])
    return text


def _format_headline(summary: Summary, say: RenderText) -> dict[str, str]:
    """The headline figures in their order, by name; empty where there is nothing to say."""
    now = summary.now
    satisfied, complaints = satisfaction(now.strata), complaint_rate(now.complaints, now.deliveries)
    answered, reached = response_rate(now.responded, now.invited), reach_rate(now.invited, now.drawn)
    values = list_mean_arguments(say, now.strata, summary.satisfied_from, summary.basically_from)
    silent = ", ".join(_shorten_name(key) for key in list_silent_strata(now.strata)) if now.tally.n else ""
    return {
        "satisfaction": _format_bold(say("summary-satisfaction"), format_share(say, "summary-share", satisfied)),
        "origins": _escape(format_origins(say, summary)),
        "change": _escape(format_change(say, find_measure(summary, ReportFigure.SATISFACTION))),
        "mean": _format_bold(say("summary-mean"), say("summary-mean-value", **values)) if values is not None else "",
        "ratings": _format_bold(say("summary-ratings"), format_ratings(say, now.tally)) if now.tally.n else "",
        "silent": _escape(say("summary-silent-strata", priorities=silent)) if silent else "",
        "response": _format_bold(say("summary-response"), format_share(say, "summary-reached", answered)),
        "reach": _format_bold(say("summary-reach"), format_share(say, "summary-share-short", reached)),
        "complaints": _format_bold(say("summary-complaints"), format_rate(say, "summary-complaints-value", complaints)),
        "rate": _escape(format_change(say, find_measure(summary, ReportFigure.COMPLAINTS))),
        "open": _format_bold(
            say("summary-open"), say("summary-open-value", open=summary.open_now, overdue=summary.overdue_now)
        ),
        "requests": _escape(say("summary-requests", count=summary.requests_now)) if summary.requests_now else "",
    }


def _append_block(
    text: str,
    title: str,
    rows: Sequence[str],
    total: int,
    say: RenderText,
    units: Sequence[SummaryUnit] = (),
    *,
    last: str,
) -> str:
    """`text` with a titled block of as many rows as fit; without the block if not even one fits.

    `units` are those of the rows: what the sign after their figures means stands below those that are shown. `last` is still to come.
    """
    if not total:
        return text
    for shown in range(len(rows), -1, -1):
        rest = [_escape(say("summary-more", count=total - shown))] if shown < total else []
        left_out = format_left_out(say, units[:shown])
        note = [f"<i>{_escape(left_out)}</i>"] if left_out else []
        block = "\n".join([text, "", f"<b>{_escape(title)}</b>", *rows[:shown], *rest, *note])
        if count_utf16_units(block + last) < CAPTION_LIMIT_UNITS:
            return block
    return text


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _format_bold(label: str, value: str) -> str:
    return f"<b>{_escape(label)}</b> {_escape(value)}"


def _format_row(name: str, *values: str) -> str:
    return _escape(" · ".join([name, *values]))


def _shorten_name(name: str) -> str:
    """A name on one line of the caption, deliberately cut if longer, and kept from reversing the direction of its row."""
    flat = fit_on_one_line(name)
    if len(flat) > _NAME_LIMIT:
        flat = flat[: _NAME_LIMIT - 1].rstrip() + "…"
    turns = any(bidirectional(character) in {"R", "AL"} for character in flat)
    return f"\N{FIRST STRONG ISOLATE}{flat}\N{POP DIRECTIONAL ISOLATE}" if turns else flat
