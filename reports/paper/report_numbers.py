"""Number formatting for the report: what a small n hides never becomes a percentage.

1. Below 10: counts. 10 to 29: marked as an indication. A figure never appears without its n.
2. Shares in percent with one decimal throughout, rates per 1,000 or per million; intervals in the same unit.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from zoneinfo import ZoneInfo

from domain.figures.evidence import Rate, Share
from domain.figures.findings import Measure
from reports.wording.wording import RenderText, format_basis, format_per, format_percent, format_worth, tell_weighted

_TENTHS = 10
MINUS = "\N{MINUS SIGN}"


def format_cell(now: Share | Rate, say: RenderText) -> str:
    """The figure in a table cell: counts below 10, an indication with its mark."""
    return say("report-value", strength=now.strength.value, part=format_count(now), n=now.n, value=format_number(now))


def format_beside_bar(share: Share, say: RenderText, key: str = "report-bar") -> str:
    """A share printed beside its bar, with its n."""
    values: dict[str, str | int] = {"basis": format_basis(say, share), "weighted": tell_weighted(share)}
    return say(key, strength=share.strength.value, part=share.part, n=share.n, value=format_number(share), **values)


def format_n_cell(now: Share | Rate) -> str:
    """N in a table; in brackets what weighted answers are worth, or the events of a rate."""
    n = format_thousands(now.n)
    if isinstance(now, Rate):
        return f"{n} ({format_thousands(now.count)})"
    return f"{n} ({format_worth(now)})" if now.size < now.n else n


def format_number(now: Share | Rate) -> str:
    """The figure alone; empty if n is too small."""
    if not now.strength.is_shown or now.value is None:
        return ""
    if isinstance(now, Rate):
        return format_per(now.value, now.per)
    return format_fine_percent(now)


def format_fine_percent(share: Share) -> str:
    """In percent with one decimal: the whole report keeps to this one scale, whatever n is."""
    return f"{format_percent(share, _TENTHS)}%"


def format_interval(now: Share | Rate) -> str:
    """Its 95 % interval; empty if n is too small."""
    if not now.strength.is_shown:
        return ""
    low, high = now.interval
    if isinstance(now, Rate):
        return f"{format_per(low, now.per)}–{format_per(high, now.per)}"
    return f"{low * 100:.1f}–{high * 100:.1f}%"


def format_count(now: Share | Rate) -> int:
    return now.count if isinstance(now, Rate) else now.part


def format_movement(measure: Measure, say: RenderText) -> str:
    """How far it moved, in percentage points or its own unit; empty where that cannot be said."""
    moved = measure.change.difference
    if moved is None:
        return ""
    now = measure.judged.now if measure.judged is not None else measure.now
    told = format_per(abs(moved), now.per) if isinstance(now, Rate) else f"{abs(moved) * 100:.1f}"
    sign = "±" if not told.strip("0.,") else MINUS if moved < 0 else "+"
    return f"{sign}{told}" if isinstance(now, Rate) else say("report-points", sign=sign, by=told)


def format_share_of(part: int, whole: int) -> str:
    """`part` of `whole` in percent; empty if `whole` is 0."""
    return format_fine_percent(Share(part, whole)) if whole > 0 and 0 <= part <= whole else ""


def join_list(parts: Iterable[str], say: RenderText) -> str:
    """The parts joined, as the language writes lists."""
    return reduce(lambda one, more: say("report-and", one=one, more=more), parts) if (parts := list(parts)) else ""


def format_moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def format_day(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d}"


def format_thousands(n: int) -> str:
    return f"{n:,}"
