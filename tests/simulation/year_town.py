"""A town for a year: whom parcels reach, what people do about them, how staff work on cases. One seed, one year, whatever becomes of the bot.

1. Every decision is drawn from the seed and from what it is about (a waybill, a case's number), so that two bots are met with the same deeds
   although their ids differ, and a message that comes twice changes nobody's mind.
2. A person gets parcels from one day to another, never longer apart than `LONGEST_GAP`, and is gone for good afterwards: whoever is erased
   then would have done nothing more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from heapq import heappop, heappush
from itertools import count
from random import Random

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WATCH = 3 * HOUR
"""So much later the town is looked at again; within a watch the clock stands still."""

LONGEST_GAP = 12
"""Days between two parcels of a person."""

SETTLED = 32 * DAY
"""So long after somebody's last parcel their surveys have ended and their cases are closed."""

NEGLECTED = 9 * DAY
"""So long after their last parcel the impatient ask to be forgotten, while their case is open."""

ROUTES, STATIONS, COURIERS = 6, 5, 12
DEPARTMENTS = ("transport", "service", "sales", "aftersales")
PRIORITIES = ("P1", "P2", "P3", "P4", "")


class Way(StrEnum):
    """How somebody's story with the company ends."""

    STAYS = "stays"
    LEAVES = "leaves"
    """Without a word: what the years erase."""
    FORGOTTEN = "forgotten"
    """Asks to be forgotten when all is over."""
    IMPATIENT = "impatient"
    """Asks to be forgotten while a case is open."""
    UNSEEN = "unseen"
    """Never comes to chat, and asks the company to be erased."""


@dataclass(frozen=True, slots=True)
class Resident:
    """One customer. `mark` stands in everything that tells who this is, and in everything that this person says."""

    number: int
    way: Way
    joins: bool
    """Shares the phone number at the beginning; who does not opens the links of some parcels, or none."""
    first: int
    last: int

    @property
    def account(self) -> int:
        return 600_000 + self.number

    @property
    def phone(self) -> str:
        return f"+861390{self.number:07}"

    @property
    def mark(self) -> str:
        return f"mark{self.number:05}q"


@dataclass(frozen=True, slots=True)
class Parcel:
    at: datetime
    waybill: str
    resident: Resident
    department: str
    courier: int
    priority: str
    service: str


@dataclass(order=True, slots=True)
class Deed:
    """Something somebody will do about a waybill, a case's number or nothing."""

    at: datetime
    order: str
    what: str = field(compare=False)
    about: str = field(compare=False)
    resident: Resident | None = field(compare=False, default=None)


class YearTown:
    """`begins` is a midnight; the last parcel is delivered `days` later."""

    def __init__(self, seed: int, begins: datetime, days: int, residents: int) -> None:
        self.seed, self.days = seed, days
        self.begins = datetime.combine(begins.date(), time(), UTC) + DAY
        self.residents = [self._make_resident(n) for n in range(residents)]
        self.parcels = self._make_parcels()
        self.by_waybill = {parcel.waybill: parcel for parcel in self.parcels}
        self.by_account = {one.account: one for one in self.residents}
        self._deeds: list[Deed] = []
        self._planned: set[tuple[str, str]] = set()
        for resident in self.residents:
            self._plan_life(resident)

    @property
    def ends(self) -> datetime:
        """By then everything has found its end."""
        return self.begins + self.days * DAY + SETTLED + 4 * DAY

    def draw(self, *about: object) -> Random:
        """The dice of one decision."""
        return Random(":".join(map(str, (self.seed, *about))))  # noqa: S311 -- a town, no secret

    def plan(self, what: str, about: str, at: datetime, resident: Resident | None = None) -> None:
        """Nobody plans the same thing about the same thing twice."""
        if (what, about) not in self._planned:
            self._planned.add((what, about))
            heappush(self._deeds, Deed(at, f"{what}:{about}", what, about, resident))

    def deeds(self, until: datetime) -> Iterator[Deed]:
        while self._deeds and self._deeds[0].at <= until:
            yield heappop(self._deeds)

    def find_last_parcel(self, resident: Resident) -> datetime:
        return max(parcel.at for parcel in self.parcels if parcel.resident is resident)

    def _make_resident(self, n: int) -> Resident:
        dice = self.draw("resident", n)
        way = (Way.STAYS, Way.LEAVES, Way.FORGOTTEN, Way.IMPATIENT, Way.UNSEEN)[n % 5]
        room = self.days * 3 // 5
        first = dice.randrange(room) if way is not Way.STAYS else dice.randrange(self.days // 4)
        last = self.days if way is Way.STAYS else first + dice.randrange(2, self.days // 3 + 3)
        joins = way is Way.IMPATIENT or (way is not Way.UNSEEN and dice.random() < 0.7)
        return Resident(n, way, joins, first, min(last, self.days))

    def _make_parcels(self) -> list[Parcel]:
        drawn: list[tuple[datetime, Resident]] = []
        for resident in self.residents:
            dice, day = self.draw("parcels", resident.number), float(resident.first)
            while day <= resident.last:
                drawn.append((self.begins + day * DAY, resident))
                day += dice.uniform(8, LONGEST_GAP) if resident.way is Way.IMPATIENT else dice.uniform(1, LONGEST_GAP)
        numbers = count(1)
        return [
            self._make_parcel(at, who, next(numbers))
            for at, who in sorted(drawn, key=lambda pair: (pair[0], pair[1].number))
        ]

    def _make_parcel(self, at: datetime, resident: Resident, number: int) -> Parcel:
        dice = self.draw("parcel", number)
        department, courier = dice.choice(DEPARTMENTS), dice.randrange(COURIERS)
        at = at.replace(microsecond=0) + timedelta(seconds=dice.randrange(3600))
        service = dice.choices(("", "express", "warehouse"), (3, 5, 2))[0]
        return Parcel(at, f"YR{number:06}", resident, department, courier, dice.choice(PRIORITIES), service)

    def _plan_life(self, resident: Resident) -> None:
        mine = [parcel for parcel in self.parcels if parcel.resident is resident]
        if resident.joins:
            self.plan("join", resident.mark, mine[0].at - HOUR, resident)
        elif resident.way is not Way.UNSEEN:
            for parcel in mine:
                dice = self.draw("scan", parcel.waybill)
                if dice.random() < 0.6:
                    self.plan("scan", parcel.waybill, parcel.at + dice.randrange(4, 60) * HOUR, resident)
        last = mine[-1].at
        if resident.way in {Way.FORGOTTEN, Way.UNSEEN}:
            self.plan("forget", resident.mark, last + SETTLED, resident)
        elif resident.way is Way.IMPATIENT:
            self.plan("forget", resident.mark, last + NEGLECTED, resident)
            self.plan("withdraw", resident.mark, last + NEGLECTED + DAY, resident)
