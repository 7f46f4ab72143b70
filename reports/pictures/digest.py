"""The summary as a picture's caption: Telegram HTML, every figure with its n, never over the limit.

1. Headline figures always stand; dimensions and units fill what is left, most pressing first, and what does not fit is counted ("and 4 more"),
   never cut in the middle of a row.
2. Length is counted in UTF-16 units of the finished HTML. Telegram counts after removing tags: the stricter holds.
3. Everything `say` renders is plain text and is escaped here, once.
"""

import html
from collections.abc import Sequence
from unicodedata import bidirectional

from domain.figures.breakdown import By
from domain.figures.evidence import Share
from domain.figures.figures import complaint_rate, reach, response_rate, satisfaction
from domain.figures.summary import Summary, Unit
from reports.pictures.units import dimensions, worst_first
from reports.wording.wording import (
    Say,
    compared_line,
    mean_values,
    most_pressing_first,
    one_line,
    period_line,
    rate_change_text,
    rate_text,
    ratings_text,
    share_change_text,
    share_text,
)

CAPTION_LIMIT = 1024  # Telegram's, in UTF-16 units
_NAME_LIMIT = 40
_DIMENSION_ROWS = 5


def digest(summary: Summary, say: Say) -> str:
    """The caption as HTML (<b> and <i> only), under 1,024 UTF-16 units for any numbers and names."""
    text = "\n".join([*_heading(summary, say), "", *_headline(summary, say)])
    if summary.by is By.ALL or summary.unit is not None:
        asked = [
            _row(say("summary-dimension", name=_short(name)), share_text(say, "summary-share-short", share))
            for name, share in dimensions(summary)
        ]
        text = _filled(text, say("summary-dimensions"), asked[:_DIMENSION_ROWS], len(asked), say)
    title, rows = _units(summary, say)
    return _filled(text, title, rows, len(rows), say)


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _units(summary: Summary, say: Say) -> tuple[str, list[str]]:
    """The rows of the breakdown; of complaints alone where that is by category."""
    if summary.by is By.CATEGORY and summary.unit is None:
        most = sorted(summary.categories, key=lambda unit: (-unit.counts.opened, unit.name))
        total = sum(unit.counts.opened for unit in most)
        rows = [_row(_short(u.name), share_text(say, "summary-part", Share(u.counts.opened, total))) for u in most]
        return say("summary-by", by=summary.by.value, chosen="no"), rows
    if summary.by in {By.ALL, By.DEPARTMENT}:
        return say("summary-departments"), [
            _row(
                _short(unit.name),
                _satisfied(unit, say),
                say("summary-cases", complaints=unit.counts.complaints, open=unit.open, overdue=unit.overdue),
            )
            for unit in most_pressing_first(summary.units)
        ]
    if summary.by is By.HOUR:
        return "", []
    return say("summary-by", by=summary.by.value, chosen="no"), [
        _row(_short(unit.name), _satisfied(unit, say), say("summary-unit-complaints", count=unit.counts.complaints))
        for unit in worst_first(summary.units)
    ]


def _satisfied(unit: Unit, say: Say) -> str:
    return share_text(say, "summary-share-short", satisfaction(unit.counts.strata))


def _heading(summary: Summary, say: Say) -> list[str]:
    lines = [f"<b>{_escape(say('summary-title'))}</b> · {_escape(period_line(say, summary.period))}"]
    if summary.unit is not None:
        said = say("summary-of-unit", by=summary.by.value, name=_short(summary.unit.name))
        lines.append(f"<b>{_escape(said)}</b>")
    elif summary.seen:
        more = [say("summary-more", count=len(summary.seen) - 1)] if len(summary.seen) > 1 else []
        lines.append(f"<b>{_escape(' '.join([_short(summary.seen[0]), *more]))}</b>")
    return [*lines, f"<i>{_escape(compared_line(say, summary.period))}</i>"]


def _headline(summary: Summary, say: Say) -> list[str]:
    now, before = summary.now, summary.before
    satisfied, complaints = satisfaction(now.strata), complaint_rate(now.complaints, now.deliveries)
    answered, reached = response_rate(now.answered, now.surveyed), reach(now.surveyed, now.sampled)
    rows = [
        _bold(say("summary-satisfaction"), share_text(say, "summary-share", satisfied)),
        _escape(share_change_text(say, satisfied, satisfaction(before.strata))),
    ]
    values = mean_values(say, now.strata, summary.satisfied_from, summary.basically_from)
    if values is not None:
        rows.append(_bold(say("summary-mean"), say("summary-mean-value", **values)))
    if now.tally.n:
        rows.append(_bold(say("summary-ratings"), ratings_text(say, now.tally)))
    return [
        *rows,
        _bold(say("summary-response"), share_text(say, "summary-reached", answered)),
        _bold(say("summary-reach"), share_text(say, "summary-share-short", reached)),
        _bold(say("summary-complaints"), rate_text(say, "summary-complaints-value", complaints)),
        _escape(rate_change_text(say, complaints, complaint_rate(before.complaints, before.deliveries))),
        _bold(say("summary-open"), say("summary-open-value", open=summary.open_now, overdue=summary.overdue_now)),
    ]


def _filled(text: str, title: str, rows: Sequence[str], total: int, say: Say) -> str:
    """`text` with a titled block of as many rows as fit; without the block where not even one does."""
    if not total:
        return text
    for shown in range(len(rows), -1, -1):
        rest = [_escape(say("summary-more", count=total - shown))] if shown < total else []
        block = "\n".join([text, "", f"<b>{_escape(title)}</b>", *rows[:shown], *rest])
        if utf16_units(block) < CAPTION_LIMIT:
            return block
    return text


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _bold(label: str, value: str) -> str:
    return f"<b>{_escape(label)}</b> {_escape(value)}"


def _row(name: str, *values: str) -> str:
    return _escape(" · ".join([name, *values]))


def _short(name: str) -> str:
    """A name on one line of the caption, cut on purpose where it is longer, and kept from turning its row around."""
    flat = one_line(name)
    if len(flat) > _NAME_LIMIT:
        flat = flat[: _NAME_LIMIT - 1].rstrip() + "…"
    turns = any(bidirectional(character) in {"R", "AL"} for character in flat)
    return f"\N{FIRST STRONG ISOLATE}{flat}\N{POP DIRECTIONAL ISOLATE}" if turns else flat
