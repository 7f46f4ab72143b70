"""A town of customers: who gets parcels, who answers, ignores, blocks, comes back, stops, or changes the number. One seed, one town.

It knows nothing of how the bot decides. What it writes down (`asked`, `answers`, …) is what its people saw and did, by its own clock.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
WATCH = 3 * HOUR
"""The town is looked at eight times a day."""

START = datetime(2026, 9, 1, tzinfo=UTC)
SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
PRIORITIES = ("P1", "P2", "P3", "P4", "")
SHARES = (10, 20, 40, 20, 10)


@dataclass
class Resident:
    """One customer; `account` is the Telegram account, `habit` what is usually done about a survey."""

    account: int
    phone: str
    zone: ZoneInfo
    habit: str
    links_on: int | None
    linked: bool = False
    blocked: bool = False
    known_blocked: bool = False
    stopped: bool = False


@dataclass(order=True)
class Deed:
    """Something a resident will do."""

    at: datetime
    order: int
    resident: int = field(compare=False)
    what: str = field(compare=False)
    about: Any = field(compare=False, default=None)


@dataclass
class ArrivedSurvey:
    """A survey as it arrived in somebody's chat."""

    at: datetime
    account: int
    name: str
    reminder: bool
    by_us: bool


class Town:
    def __init__(self, seed: int, deliveries: int, days: int) -> None:
        self.random = Random(seed)  # noqa: S311 -- a town, no secret
        self.days, self.count = days, deliveries
        self.residents = [self._resident(n) for n in range(max(deliveries // 10, 10))]
        self.by_account = {one.account: n for n, one in enumerate(self.residents)}
        self._deeds: list[Deed] = []
        self._order = count()
        self.asked: list[ArrivedSurvey] = []
        self.stops: list[tuple[datetime, int, bool]] = []
        self.waybills: dict[str, str] = {}
        for n, resident in enumerate(self.residents):
            if resident.links_on is not None:
                self.plan(START + timedelta(days=resident.links_on, hours=self.random.randrange(24)), n, "link")

    def _resident(self, n: int) -> Resident:
        american = self.random.random() < 0.1
        phone = f"+1212{5_550_000 + n:07}" if american else f"+86138{n:08}"
        habit = self.random.choices(
            ("answers", "answers on a reminder", "ignores", "blocks", "stops"), (45, 15, 30, 6, 4)
        )[0]
        links_on = (
            self.random.choice([0, 0, 0, self.random.randrange(self.days)]) if self.random.random() < 0.6 else None
        )
        return Resident(5000 + n, phone, NEW_YORK if american else SHANGHAI, habit, links_on)

    def plan(self, at: datetime, resident: int, what: str, about: Any = None) -> None:  # noqa: ANN401 -- each deed has its own
        heappush(self._deeds, Deed(at, next(self._order), resident, what, about))

    def deeds(self, until: datetime) -> Iterator[Deed]:
        while self._deeds and self._deeds[0].at <= until:
            yield heappop(self._deeds)

    def parcels(self, since: datetime) -> list[dict[str, Any]]:
        """What is reported at the end of this watch; one parcel in a hundred is reported twice."""
        done = self.count * (since + WATCH - START) // timedelta(days=self.days)
        parcels = []
        while len(self.waybills) < done:
            n = self._recipient()
            number = len(self.waybills)
            waybill = f"SF{number:07}"
            priority = self.random.choices(PRIORITIES, SHARES)[0]
            self.waybills[waybill] = priority
            item = {
                "waybill": waybill,
                "delivered_at": (since + self.random.random() * WATCH).isoformat(),
                "customer": {"phone": self.residents[n].phone, "language": "en"},
                "courier": {"id": f"k{self.random.randrange(200)}"},
                "priority": priority,
            }
            parcels.append(item)
            if self.random.random() < 0.01:
                parcels.append(item)
            if not self.residents[n].linked and self.random.random() < 0.05:
                self.plan(since + WATCH + HOUR * self.random.randrange(1, 200), n, "scan", waybill)
        return parcels

    def _recipient(self) -> int:
        """Some get a parcel nearly every day, most now and then."""
        return int(self.random.random() ** 2 * len(self.residents))

    def got(self, at: datetime, account: int, name: str, *, reminder: bool, by_us: bool, buttons: list[str]) -> None:
        """A survey arrived; the resident makes up their mind."""
        self.asked.append(ArrivedSurvey(at, account, name, reminder, by_us))
        n = self.by_account[account]
        resident = self.residents[n]
        later = at + timedelta(minutes=self.random.randrange(1, 1500))
        match resident.habit:
            case "answers":
                self.plan(later, n, "press", buttons[self.random.choices(range(5), (2, 3, 10, 30, 55))[0]])
            case "answers on a reminder" if reminder or not by_us:
                self.plan(later, n, "press", buttons[4])
            case "blocks" if self.random.random() < 0.5:
                self.plan(later, n, "block")
                self.plan(later + timedelta(days=self.random.randrange(1, 30)), n, "return")
            case "stops":
                self.plan(later, n, "stop")
                self.plan(later + timedelta(days=self.random.randrange(1, 40)), n, "resume")
            case _:
                pass
        if self.random.random() < 0.01:
            self.plan(later, n, "new number")
