"""Wording of figures, shared by the caption and the picture.

1. What a small n hides never reaches the translation: below 10 the percentage is an empty text.
2. `RenderText` renders plain text: no markup, no escaping. The code that shows it escapes it, once.
3. 100 % means all and 0 % none: 399 of 400 is 99 %, not 100 %. An index is truncated, not rounded, so that a printed 80.0 is
   never below 80.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol
from unicodedata import category, normalize

from domain.figures.evidence import ChangeVerdict, Rate, Share, Strength, Weighted, compare, find_strength
from domain.figures.figures import BASICALLY_FROM, SATISFIED_FROM, Strata, Tally, find_band, mean_rating, weighted_score
from domain.figures.period import Period, previous
from domain.figures.summary import SummaryUnit

_TOLD = {ChangeVerdict.UP, ChangeVerdict.DOWN}
_INVISIBLE = {"Cc", "Cf", "Cs"}
_JOINER = "\N{ZERO WIDTH JOINER}"  # holds together emoji made of several characters
_FINE_FROM = 1000  # from this many answers a percentage gets a decimal


class RenderText(Protocol):
    """Renders the message `key` in the reader's language, as plain text."""

    def __call__(self, key: str, /, **values: str | int) -> str: ...


def format_period(say: RenderText, period: Period) -> str:
    return say(
        "summary-period", kind=period.kind.value, running="yes" if period.running else "no", **_format_span(period)
    )


def format_compared(say: RenderText, period: Period) -> str:
    return say("summary-compared", **_format_span(previous(period)))


def format_share(say: RenderText, key: str, share: Share) -> str:
    """The figure in one of the `summary-share…`, `summary-reached` and `summary-rating-row` messages."""
    said = find_strength(share.n)
    shown = said in {Strength.INDICATIVE, Strength.SOLID}
    low, high = share.interval
    return say(
        key,
        strength=said.value,
        part=share.part,
        n=share.n,
        percent=format_percent(share) if shown else "",
        low=f"{low * 100:.0f}" if shown else "",
        high=f"{high * 100:.0f}" if shown else "",
    )


def format_rate(say: RenderText, key: str, rate: Rate) -> str:
    """The figure in one of the `summary-complaints-…` messages."""
    said = find_strength(rate.n)
    shown = said in {Strength.INDICATIVE, Strength.SOLID} and rate.value is not None
    return say(key, strength=said.value, count=rate.count, n=rate.n, rate=f"{rate.value:.1f}" if shown else "")


def format_share_change(say: RenderText, now: Share, before: Share) -> str:
    """The share before, and whether it moved; the points are the difference of the two printed percentages."""
    moved = compare(now, before)
    points = f"{abs(_count_steps(now) / _scale(now) - _count_steps(before) / _scale(before)):.1f}".removesuffix(".0")
    return say(
        "summary-change-share",
        before=format_share(say, "summary-share-short", before),
        verdict=moved.verdict.value,
        points="" if moved.verdict not in _TOLD else "<0.1" if points == "0" else points,
    )


def format_rate_change(say: RenderText, now: Rate, before: Rate) -> str:
    return say(
        "summary-change-rate",
        before=format_rate(say, "summary-complaints-short", before),
        verdict=compare(now, before).verdict.value,
    )


def format_ratings(say: RenderText, tally: Tally) -> str:
    ones, twos, threes, fours, fives = tally.counts
    return say("summary-ratings-value", five=fives, four=fours, three=threes, two=twos, one=ones, n=tally.n)


def list_mean_arguments(
    say: RenderText, strata: Strata, satisfied_from: float = SATISFIED_FROM, basically_from: float = BASICALLY_FROM
) -> Mapping[str, str | int] | None:
    """Variables of the `summary-mean-…` messages; None if n is too small for a mean. The mean is weighted, sum and index are not."""
    tally = sum((one.tally for one in strata.values()), Tally())
    band = find_band(tally, satisfied_from, basically_from)
    if band is None or find_strength(tally.n) is Strength.COUNTS:
        return None
    score = weighted_score(tally)
    return {
        "mean": f"{mean_rating(strata) or 0:.2f}",
        "score": score,
        "most": tally.n * 5,
        "index": format_index(tally),
        "band": say("summary-band", band=band.value),
        "n": tally.n,
        "strength": find_strength(tally.n).value,
    }


def format_index(tally: Tally) -> str:
    """The satisfaction index of at least one answer, truncated to tenths (rule 3)."""
    tenths = weighted_score(tally) * 200 // tally.n
    return f"{tenths // 10}.{tenths % 10}"


def format_percent(share: Share) -> str:
    """Whole percent, with one decimal from 1,000 answers; half up, and 0 and 100 only when exact (rule 3)."""
    steps, scale = _count_steps(share), _scale(share)
    return str(steps) if scale == 1 else f"{steps // scale}.{steps % scale}"


def sort_most_pressing_first(departments: Sequence[SummaryUnit]) -> list[SummaryUnit]:
    """By what is waiting: overdue, open, complaints, then answers. Not ranked by score, which chance would decide."""
    return sorted(
        departments,
        key=lambda line: (-line.overdue, -line.open, -line.counts.complaints, -line.counts.tally.n, line.name),
    )


def fit_on_one_line(name: str) -> str:
    """A typed name without line breaks, control and direction characters; never empty."""
    flat = " ".join(normalize("NFC", name).split())
    return "".join(c for c in flat if category(c) not in _INVISIBLE or c == _JOINER) or "–"


def _scale(share: Share) -> int:
    return 10 if share.n >= _FINE_FROM else 1


def _count_steps(share: Share) -> int:
    """The printed percentage times its scale, as an integer."""
    if not share.n:
        return 0
    whole = 100 * _scale(share)
    rounded = (2 * share.part * whole + share.n) // (2 * share.n)
    if isinstance(share, Weighted):
        rounded = int(share.weighed * whole + 0.5)
    if 0 < share.part < share.n:
        return min(max(rounded, 1), whole - 1)
    return rounded


def _format_span(period: Period) -> dict[str, str | int]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat(), "days": period.days}
