"""Survey ledger (reconciliation): every delivery of a period in exactly one place, and how far asking is behind its target.

1. A delivery's place is its fate. The places are added up and compared with the deliveries, which are counted
   separately.
2. What two tables say about the same thing is compared: everyone asked has an invitation that arrived, everyone who
   answered a response.
3. A priority's target is a percentage of its deliveries, rounded up; the shortfall is how many fewer were asked about.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import NamedTuple, TypeVar

from domain.deliveries.delivery import ASKED_FATES, Fate, PhoneCallState
from domain.surveys.survey import InvitationState

K = TypeVar("K")
HUNDRED = 100


class InvitationGroup(NamedTuple):
    """What invitations counted together have in common; `phoned`: the answers were entered on the customer's behalf."""

    origin: str
    state: str
    phoned: bool
    answered: bool
    about_delivery: bool = True

    @property
    def arrived(self) -> bool:
        """Whether the customer saw the survey."""
        return self.state != InvitationState.UNDELIVERED or self.answered


class PhoneCallGroup(NamedTuple):
    """What calls counted together have in common; `overtaken`: the customer can by now be reached in chat."""

    state: PhoneCallState
    overtaken: bool


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """What the tables say about the deliveries of a period; `deliveries` is counted independently of fates."""

    deliveries: int
    fates: Mapping[tuple[str, Fate], int]
    invitations: Mapping[InvitationGroup, int]
    calls: Mapping[PhoneCallGroup, int]


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """Two counts of the same thing."""

    name: str
    left: int
    right: int

    @property
    def holds(self) -> bool:
        return self.left == self.right


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One priority: `target` deliveries to be asked about, `sampled` not left out, `asked` saw the survey or were phoned."""

    priority: str
    deliveries: int
    percent: float
    target: int
    sampled: int
    asked: int
    answered: int
    phoned: int

    @property
    def shortfall(self) -> int:
        return max(0, self.target - self.asked)


@dataclass(frozen=True, slots=True)
class Ledger:
    """`places` has every fate that occurs, in the order of `Fate`; `others` are invitations about no delivery, by origin."""

    deliveries: int
    places: tuple[tuple[Fate, int], ...]
    invitations: tuple[tuple[str, str, int], ...]
    others: tuple[tuple[str, int], ...]
    in_chat: int
    by_phone: int
    calls: tuple[tuple[PhoneCallState, int], ...]
    overtaken: int
    lines: tuple[LedgerLine, ...]
    checks: tuple[LedgerCheck, ...]

    @property
    def placed(self) -> int:
        return sum(count for _, count in self.places)

    @property
    def shortfall(self) -> int:
        return sum(line.shortfall for line in self.lines)

    @property
    def adds_up(self) -> bool:
        return all(check.holds for check in self.checks)


def compute_ledger(counted: LedgerCounts, sampling: Mapping[str, float]) -> Ledger:
    """The counts compared; `sampling` is the percentage of each priority's deliveries to be asked about."""
    places = _add_up((fate, count) for (_, fate), count in counted.fates.items())
    about = {one: count for one, count in counted.invitations.items() if one.about_delivery}
    calls = _add_up((one.state, count) for one, count in counted.calls.items() if not one.overtaken)
    in_chat = sum(count for one, count in about.items() if one.answered and not one.phoned)
    by_phone = sum(count for one, count in about.items() if one.answered and one.phoned)
    asked = sum(count for fate, count in places.items() if fate in ASKED_FATES)
    arrived = sum(count for one, count in about.items() if one.arrived)
    return Ledger(
        deliveries=counted.deliveries,
        places=tuple((fate, places[fate]) for fate in Fate if fate in places),
        invitations=tuple(
            (origin, state, count)
            for (origin, state), count in sorted(
                _add_up(((one.origin, one.state), count) for one, count in about.items()).items()
            )
        ),
        others=tuple(
            sorted(
                _add_up((one.origin, count) for one, count in counted.invitations.items() if one not in about).items()
            )
        ),
        in_chat=in_chat,
        by_phone=by_phone,
        calls=tuple((state, calls[state]) for state in PhoneCallState if state in calls),
        overtaken=sum(count for one, count in counted.calls.items() if one.overtaken),
        lines=tuple(_make_line(counted, priority, sampling) for priority in _list_priorities(counted)),
        checks=(
            LedgerCheck("places", sum(places.values()), counted.deliveries),
            LedgerCheck("asked", asked, arrived),
            LedgerCheck("answered", places.get(Fate.ANSWERED, 0), in_chat),
            LedgerCheck("phoned", places.get(Fate.PHONED, 0), by_phone),
        ),
    )


def compute_target(deliveries: int, percent: float) -> int:
    """This percentage of the deliveries, rounded up; in exact fractions, so that 14.3 % of 1,000 is 143 and not 144."""
    return ceil(Fraction(str(percent)) * deliveries / HUNDRED)


def _make_line(counted: LedgerCounts, priority: str, sampling: Mapping[str, float]) -> LedgerLine:
    fates = {fate: count for (one, fate), count in counted.fates.items() if one == priority}
    deliveries, percent = sum(fates.values()), sampling.get(priority, HUNDRED)
    return LedgerLine(
        priority,
        deliveries,
        percent,
        compute_target(deliveries, percent),
        deliveries - fates.get(Fate.SAMPLED_OUT, 0),
        sum(count for fate, count in fates.items() if fate in ASKED_FATES),
        fates.get(Fate.ANSWERED, 0),
        fates.get(Fate.PHONED, 0),
    )


def _list_priorities(counted: LedgerCounts) -> list[str]:
    """P1 first, deliveries without a priority last."""
    return sorted({priority for priority, _ in counted.fates}, key=lambda one: (not one, one))


def _add_up(pairs: Iterable[tuple[K, int]]) -> dict[K, int]:
    totals: dict[K, int] = {}
    for key, count in pairs:
        totals[key] = totals.get(key, 0) + count
    return totals
