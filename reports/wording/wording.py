"""Wording of figures, shared by the caption and the picture.

1. What a small n hides never reaches the translation: below 10 the percentage is an empty text.
2. `RenderText` renders plain text: no markup, no escaping. The code that shows it escapes it, once.
3. 100 % means all and 0 % none: 399 of 400 is 99 %, not 100 %. A mean and an index are cut, not rounded, so that a printed 80.0
   is never below 80.
4. A weighted percentage is called weighted and stands beside what its answers are worth, never beside an unweighted fraction.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Protocol
from unicodedata import category, normalize

from domain.figures.breakdown import By
from domain.figures.evidence import ChangeVerdict, Rate, Share, Weighted, compare
from domain.figures.figures import (
    BASICALLY_FROM,
    SATISFIED_FROM,
    MeanRating,
    Strata,
    Tally,
    cut,
    find_band,
    list_silent_strata,
    mean_rating,
    satisfaction,
)
from domain.figures.findings import Measure
from domain.figures.maturity import Cohort
from domain.figures.period import Kind, Period, previous
from domain.figures.summary import Summary, SummaryUnit

_TOLD = {ChangeVerdict.UP, ChangeVerdict.DOWN}
_MILLION = 1_000_000
_INVISIBLE = {"Cc", "Cf", "Cs"}
LEFT_OUT = "\N{DAGGER}"
"""After the figure of a unit that leaves out priorities from which nobody answered."""

_JOINER = "\N{ZERO WIDTH JOINER}"  # holds together emoji made of several characters
_FINE_FROM = 1000  # from this many answers a percentage gets a decimal


class RenderText(Protocol):
    """Renders the message `key` in the reader's language, as plain text."""

    def __call__(self, key: str, /, **values: str | int) -> str: ...


def format_period(say: RenderText, period: Period) -> str:
    """The period as people name it: October 2026 if it has such a name, otherwise its days; and that it is not over yet."""
    named = period.kind in {Kind.MONTH, Kind.QUARTER, Kind.YEAR}
    kind = period.kind.value if named or period.kind is Kind.WEEK else "day" if period.days == 1 else "days"
    return say(
        "period-name",
        kind=kind,
        year=f"{period.first.year}",
        month=period.first.month,
        quarter=period.first.month // 3 + 1,
        running=("named" if named else "yes") if period.running else "no",
        **format_span(period),
    )


def format_compared(say: RenderText, summary: Summary) -> str:
    """What the period is compared with, or that there is nothing before it; of one that grows only complete days are compared, if any."""
    how = "first" if summary.is_first else "whole"
    if not summary.is_first and summary.growing.keys() >= HEADLINE_COHORTS:
        how = "days" if summary.compared.keys() & HEADLINE_COHORTS else "none"
    before = format_period(say, previous(summary.period))
    return say("summary-compared", how=how, begins=str(summary.begins or ""), period=before)


HEADLINE_COHORTS = frozenset({Cohort.ANSWERS, Cohort.COMPLAINTS})
"""What the headline figures of a summary wait for."""

_UNIT_COHORTS = (Cohort.ANSWERS, Cohort.COMPLAINTS)
_COHORTS: Mapping[By, Sequence[Cohort]] = {
    By.ALL: (*_UNIT_COHORTS, Cohort.VALID, Cohort.HANDLING),
    By.CATEGORY: (Cohort.FILED,),
}


def list_shown_cohorts(summary: Summary) -> Sequence[Cohort]:
    """What the figures in a picture of this summary wait for."""
    return _COHORTS.get(By.ALL if summary.unit is not None else summary.by, _UNIT_COHORTS)


def format_growing(say: RenderText, growing: Mapping[Cohort, date], cohorts: Sequence[Cohort]) -> str:
    """Which of these cohorts are not complete yet, and when they will be; empty if all are."""
    told = [one for one in cohorts if one in growing]
    if not told:
        return ""
    parts = [say("summary-cohort", cohort=one.value, until=growing[one].isoformat()) for one in told]
    return say("summary-growing", cohorts=reduce(lambda one, more: say("report-and", one=one, more=more), parts))


def format_share(say: RenderText, key: str, share: Share) -> str:
    """The figure in one of the `summary-share…`, `summary-reached` and `summary-rating-row` messages."""
    shown = share.strength.is_shown
    low, high = share.interval
    return say(
        key,
        strength=share.strength.value,
        part=share.part,
        n=share.n,
        basis=format_basis(say, share),
        weighted=tell_weighted(share),
        percent=format_percent(share) if shown else "",
        low=f"{low * 100:.0f}" if shown else "",
        high=f"{high * 100:.0f}" if shown else "",
    )


def tell_left_out(strata: Strata) -> str:
    """The sign after a percentage of satisfied answers that leaves out a priority from which nobody answered; else empty."""
    return LEFT_OUT if list_silent_strata(strata) and satisfaction(strata).strength.is_shown else ""


def format_left_out(say: RenderText, units: Iterable[SummaryUnit]) -> str:
    """What the sign means, once below the list; empty if none of these units bears it."""
    marked = any(tell_left_out(unit.counts.strata) for unit in units)
    return say("summary-left-out", mark=LEFT_OUT) if marked else ""


def format_basis(say: RenderText, figure: Share | MeanRating) -> str:
    """What a figure rests on: its n, and what its answers are worth where they are weighted."""
    return say("figure-basis", weighted=tell_weighted(figure), n=figure.n, worth=format_worth(figure))


def format_worth(figure: Share | MeanRating) -> str:
    """What its answers are worth in whole answers, cut: 9.9 are still too few."""
    return f"{int(cut(figure.size, 0)):,}"


def format_rate(say: RenderText, key: str, rate: Rate) -> str:
    """The figure in one of the `…-complaints-…` and `picture-valid` messages."""
    shown = rate.strength.is_shown and rate.value is not None
    low, high = rate.interval if shown else (0.0, 0.0)
    return say(
        key,
        strength=rate.strength.value,
        count=rate.count,
        n=rate.n,
        rate=format_per(rate.value or 0, rate.per) if shown else "",
        low=format_per(low, rate.per) if shown else "",
        high=format_per(high, rate.per) if shown else "",
    )


def format_per(value: float, per: int) -> str:
    """Events per thousand with a decimal, per million without."""
    return f"{value:,.0f}" if per >= _MILLION else f"{value:.1f}"


def format_change(say: RenderText, measure: Measure) -> str:
    """The figure before, and whether it moved; of a growing period its complete days, or that there is no verdict yet."""
    judged, verdict = measure.judged, measure.change.verdict
    if judged is None:
        until = measure.grows_until.isoformat() if measure.grows_until is not None else ""
        return say("summary-change-none", why=verdict.value, until=until)
    now, before = judged.now, judged.before
    values: dict[str, str | int] = {"verdict": verdict.value, "days": "none", "now": ""}
    if measure.grows_until is not None:
        values |= {"days": judged.days.last.isoformat(), "now": _format_short(say, now)}
    if isinstance(now, Rate) or isinstance(before, Rate):
        return say("summary-change-rate", before=_format_short(say, before), points="", **values)
    printed = [_count_steps(share, _scale(share)) / _scale(share) for share in (now, before)]
    points = f"{abs(printed[0] - printed[1]):.1f}".removesuffix(".0")
    moved = "" if verdict not in _TOLD else "<0.1" if points == "0" else points
    return say("summary-change-share", before=_format_short(say, before), points=moved, **values)


def _format_short(say: RenderText, figure: Share | Rate) -> str:
    if isinstance(figure, Rate):
        return format_rate(say, "summary-complaints-short", figure)
    return format_share(say, "summary-share-short", figure)


def format_origins(say: RenderText, summary: Summary) -> str:
    """What those we asked think, and those who came by themselves, where they differ by more than chance; else empty."""
    came, asked = satisfaction(summary.came), satisfaction(summary.asked)
    if compare(asked, came).verdict not in _TOLD:
        return ""
    return say("summary-origins", asked=_format_short(say, asked), came=_format_short(say, came))


def format_ratings(say: RenderText, tally: Tally) -> str:
    ones, twos, threes, fours, fives = tally.counts
    return say("summary-ratings-value", five=fives, four=fours, three=threes, two=twos, one=ones, n=tally.n)


def list_mean_arguments(
    say: RenderText, strata: Strata, satisfied_from: float = SATISFIED_FROM, basically_from: float = BASICALLY_FROM
) -> Mapping[str, str | int] | None:
    """Variables of the `summary-mean-…` messages; None if n is too small for a mean."""
    average = mean_rating(strata)
    if average is None or not average.strength.is_shown:
        return None
    return {
        "mean": format_mean(average),
        "index": format_index(average),
        "band": say("summary-band", band=find_band(average, satisfied_from, basically_from).value),
        "basis": format_basis(say, average),
        "weighted": tell_weighted(average),
        "strength": average.strength.value,
    }


def format_mean(average: MeanRating) -> str:
    return f"{cut(average.value, 2):.2f}"


def format_index(average: MeanRating) -> str:
    """The satisfaction index, cut to tenths (rule 3)."""
    return f"{cut(average.index, 1):.1f}"


def format_percent(share: Share, scale: int | None = None) -> str:
    """Whole percent, with one decimal from 1,000 answers; half up, and 0 and 100 only when exact (rule 3).

    Args:
        share: the figure.
        scale: steps per percent where a page keeps to one of them whatever n is: 1, or 10 for a decimal.
    """
    scale = scale or _scale(share)
    steps = _count_steps(share, scale)
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


def tell_weighted(figure: Share | MeanRating) -> str:
    """Whether its answers are weighted, as the texts ask for it."""
    weighted = figure.size < figure.n if isinstance(figure, MeanRating) else isinstance(figure, Weighted)
    return "yes" if weighted else "no"


def _scale(share: Share) -> int:
    return 10 if share.n >= _FINE_FROM else 1


def _count_steps(share: Share, scale: int) -> int:
    """The printed percentage times its scale, as an integer."""
    if not share.n:
        return 0
    whole = 100 * scale
    rounded = (2 * share.part * whole + share.n) // (2 * share.n)
    if isinstance(share, Weighted):
        rounded = int(share.weighed * whole + 0.5)
    if 0 < share.part < share.n:
        return min(max(rounded, 1), whole - 1)
    return rounded


def format_span(period: Period) -> dict[str, str | int]:
    """Variables of the messages that name days: first, last, how many."""
    return {"first": period.first.isoformat(), "last": period.last.isoformat(), "days": period.days}
