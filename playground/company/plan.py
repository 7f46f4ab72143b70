"""Seeded random plan of the fourteen months before now: deliveries, who receives them, and what they answer. Pure.

1. The same seed and moment give the same past.
2. One problem is planted: a courier who has scanned parcels as delivered in the evening for three weeks, before the round.
3. One department has become better: after-sales, since its plan of five months ago.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from playground.company.cast import ANNA, CUSTOMERS, REGULARS, SEATED, WANG, Somebody
from playground.company.network import (
    COURIERS,
    KINDS,
    STATIONS,
    TROUBLED,
    CourierProfile,
    CustomerKind,
    Station,
    is_peak,
    weigh_day,
)

SEED = 2_023
DAYS = 425
A_DAY = 31.5
"""Deliveries on an average day of today."""

TROUBLE_DAYS, TROUBLE_FROM = 21, 17
"""For so many days, from this hour on, the troubled courier scans before delivering."""

BETTER_DAYS = 150
STRANGERS = 900
"""Customers without a chat with the bot."""

_STRANGER_SHARE, _ANSWERED, _LINK, _ONE_TAP, _PHONED = 0.24, 0.6, 0.08, 0.26, 0.06
_HOURS = (9, 10, 10, 11, 11, 13, 14, 14, 15, 15, 16, 16, 17, 17, 18, 18, 19, 20)

Answer = int | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery and its survey; `what` is the reason of what went wrong, empty if all was well."""

    waybill: str
    delivered_at: datetime
    customer: Somebody | None
    phone: str
    name: str
    kind: str
    courier: CourierProfile
    station: Station
    route: str
    service: str
    priority: str
    what: str = ""
    asked: datetime | None = None
    origin: str = "sent"
    answers: tuple[tuple[str, Answer, float], ...] = ()
    phoned: bool = False
    steps: int | None = None
    """How far its case has come (0: nobody has accepted it), where that is promised."""

    @property
    def answered_at(self) -> datetime:
        assert self.asked is not None  # noqa: S101 -- who was not asked has not answered
        return self.asked + timedelta(seconds=self.answers[-1][2])

    @property
    def is_low(self) -> bool:
        return any(isinstance(answer, int) and answer <= 2 for _, answer, _ in self.answers)  # noqa: PLR2004 -- as the company has it


def plan_past(now: datetime, zone: ZoneInfo, days: int = DAYS) -> list[Parcel]:
    """Every delivery of the `days` before now, in the order in which they were delivered; nothing of it lies after now."""
    draw = Random(SEED)  # noqa: S311 -- a believable past is no secret
    today = now.astimezone(zone).date()
    regulars = _deal_kinds(draw)
    parcels = [
        _answer(draw, parcel, (today - day).days, now)
        for day in (today - timedelta(days=ago) for ago in range(days, -1, -1))
        for parcel in _deliver(draw, day, (today - day).days, regulars, zone)
        if parcel.delivered_at < now - timedelta(minutes=10)
    ]
    return _place_promised(parcels, now)


def _deal_kinds(draw: Random) -> list[tuple[Somebody, CustomerKind]]:
    weights = [kind.share for kind in KINDS]
    people = (*CUSTOMERS, *REGULARS)
    return list(zip(people, draw.choices(KINDS, weights, k=len(people)), strict=True))


def _deliver(
    draw: Random, day: date, ago: int, regulars: list[tuple[Somebody, CustomerKind]], zone: ZoneInfo
) -> Iterator[Parcel]:
    """The deliveries of a day, from morning to evening."""
    count = max(3, round(A_DAY * weigh_day(day, ago) * draw.uniform(0.88, 1.12)))
    shares = [station.share for station in STATIONS]
    moments = sorted(
        datetime.combine(day, time(draw.choice(_HOURS), draw.randrange(60), draw.randrange(60)), zone)
        for _ in range(count)
    )
    for number, at in enumerate(moments):
        station = draw.choices(STATIONS, shares)[0]
        if ago < TROUBLE_DAYS and at.hour >= TROUBLE_FROM and draw.random() < 0.5:  # noqa: PLR2004 -- it has more evening rounds now
            station = STATIONS[0]
        courier = draw.choice([one for one in COURIERS if one.station == station.name])
        if station is STATIONS[0] and at.hour >= TROUBLE_FROM and draw.random() < 0.85:  # noqa: PLR2004 -- the evening round is theirs
            courier = next(one for one in COURIERS if one.id == TROUBLED)
        customer: Somebody | None = None
        if draw.random() < _STRANGER_SHARE:
            who, kind = draw.randrange(STRANGERS), KINDS[draw.choices((0, 1, 2, 3), (70, 20, 8, 2))[0]]
            phone, name = f"+86139{who:08}", REGULARS[who % len(REGULARS)].name
        else:
            customer, kind = draw.choice(regulars)
            phone, name = "", customer.name
        yield Parcel(
            waybill=f"HF{day:%y%m%d}{number:03}{draw.randrange(100):02}",
            delivered_at=at,
            customer=customer,
            phone=phone,
            name=name,
            kind=kind.name,
            courier=courier,
            station=station,
            route=draw.choice(station.routes),
            service=draw.choice(kind.services),
            priority=draw.choice(kind.priorities),
        )


def is_troubled(parcel: Parcel, ago: int) -> bool:
    """Whether the planted problem has touched this parcel."""
    return parcel.courier.id == TROUBLED and ago < TROUBLE_DAYS and parcel.delivered_at.hour >= TROUBLE_FROM


def _find_fault(draw: Random, parcel: Parcel, ago: int) -> str:
    """What went wrong, if anything did."""
    if is_troubled(parcel, ago):
        return "false_scan" if draw.random() < 0.9 else ""  # noqa: PLR2004 -- not every evening
    care = parcel.courier.care
    care -= 0.03 if is_peak(parcel.delivered_at.date()) else 0
    care -= 0.01 if parcel.delivered_at.hour >= 18 else 0  # noqa: PLR2004 -- the evening
    if parcel.station.department == "aftersales" and ago > BETTER_DAYS:
        care -= 0.11
    if draw.random() < care:
        return ""
    return draw.choices(
        ("late", "missed", "damaged", "lost", "thrown", "rude", "fee", "left"), (9, 3, 6, 2, 1, 4, 2, 2)
    )[0]


def _answer(draw: Random, parcel: Parcel, ago: int, now: datetime) -> Parcel:
    """What becomes of asking about it."""
    what = _find_fault(draw, parcel, ago)
    answered, wait = draw.random() < _ANSWERED + (0.15 if what else 0), draw.expovariate(1 / 4)
    asked = parcel.delivered_at + timedelta(hours=2, seconds=draw.randrange(30))
    if parcel.customer is None:
        if draw.random() >= _PHONED or not 1 < ago < DAYS:
            return replace(parcel, what=what)
        asked = asked.replace(hour=10, minute=draw.randrange(60)) + timedelta(days=1)
        scores = _rate(draw, parcel, what)[:1]
        return replace(parcel, what=what, asked=asked, phoned=True, answers=((*scores[0], 60.0),))
    if asked >= now:
        return replace(parcel, what=what)
    origin = "link" if draw.random() < _LINK else "sent"
    started = asked + timedelta(minutes=3, hours=min(wait, 100))
    if not answered or started + timedelta(minutes=5) >= now:
        return replace(parcel, what=what, asked=asked, origin=origin)
    given = _rate(draw, parcel, what)
    given = given[:1] if not what and draw.random() < _ONE_TAP else given
    spent = (started - asked).total_seconds()
    answers = tuple((question, answer, spent + place * 7.0) for place, (question, answer) in enumerate(given))
    return replace(parcel, what=what, asked=asked, origin=origin, answers=answers)


_DIMENSION = {
    **dict.fromkeys(("late", "missed", "false_scan"), "timeliness"),
    **dict.fromkeys(("damaged", "lost", "thrown"), "goods"),
    **dict.fromkeys(("rude", "fee", "left"), "attitude"),
}
_WAREHOUSE = ("environment", "layout", "facilities", "operation", "safety")
_WAREHOUSE_OF = {
    "timeliness": ("operation", "late"),
    "goods": ("safety", "damaged"),
    "attitude": ("operation", "mistaken"),
}


def _rate(draw: Random, parcel: Parcel, what: str) -> list[tuple[str, Answer]]:
    """The ratings in the order of the survey, and the reasons of a low one."""
    worst, overall = draw.choice((1, 2, 2)), draw.choices((5, 4, 3), (62, 33, 5))[0]
    at_fault = _DIMENSION.get(what, "")
    if what:
        overall = draw.choices((1, 2, 3), (3, 5, 2))[0]
    given: list[tuple[str, Answer]] = [("overall", overall)]
    warehouse = parcel.service == "warehouse"
    low, reason = _WAREHOUSE_OF.get(at_fault, ("", "")) if warehouse else (at_fault, what)
    for name in _WAREHOUSE if warehouse else ("timeliness", "goods", "attitude"):
        given.append((name, worst if name == low else draw.choices((5, 4, 3), (60, 35, 5))[0]))
        if name == low:
            given.append((f"{name}_reasons", (reason,)))
    if draw.random() < 0.12:  # noqa: PLR2004 -- few write something
        given.append(("comment", f"comment {draw.randrange(1000)}"))
    return given


def _place_promised(parcels: list[Parcel], now: datetime) -> list[Parcel]:
    """What those who have a seat have received: Anna one good delivery, Wang Fang a complaint that was solved, and a good one since."""
    content: tuple[tuple[str, Answer, float], ...] = (
        ("overall", 5, 3_600.0),
        ("timeliness", 5, 3_607.0),
        ("goods", 4, 3_614.0),
        ("attitude", 5, 3_621.0),
    )
    late = (
        ("overall", 2, 3_600.0),
        ("timeliness", 2, 3_607.0),
        ("timeliness_reasons", ("late",), 3_614.0),
        ("goods", 4, 3_621.0),
    )
    wishes = [(WANG, 34, late, "late"), (ANNA, 16, content, ""), (WANG, 11, content, "")]
    seated = {one.id: one for one in SEATED}
    for who, ago, answers, what in wishes:
        about = now - timedelta(days=ago)
        place, parcel = next(
            (place, parcel)
            for place, parcel in enumerate(parcels)
            if parcel.delivered_at >= about and parcel.customer is not None and parcel.service == "express"
        )
        customer = seated[who]
        courier = next(one for one in COURIERS if one.station == parcel.station.name and one.id != TROUBLED)
        asked = parcel.delivered_at + timedelta(hours=2)
        parcels[place] = replace(
            parcel,
            customer=customer,
            name=customer.name,
            courier=courier,
            what=what,
            asked=asked,
            origin="sent",
            answers=answers,
        )
    return _ask_seated(_place_open(parcels, now), now)


def _ask_seated(parcels: list[Parcel], now: datetime) -> list[Parcel]:
    """Everybody who has a seat received something two hours ago: the bot asks about it as soon as it runs."""
    last = parcels[-1]
    at = now - timedelta(hours=2, minutes=5)
    for number, customer in enumerate(SEATED):
        station = STATIONS[0] if customer.id == ANNA else next(one for one in STATIONS if one.department == "service")
        courier = next(one for one in COURIERS if one.station == station.name and one.id != TROUBLED)
        parcels.append(
            replace(
                last,
                waybill=f"HF{at.astimezone(last.delivered_at.tzinfo):%y%m%d}9{number:04}",
                delivered_at=at.astimezone(last.delivered_at.tzinfo),
                customer=customer,
                name=customer.name,
                phone="",
                kind="private",
                courier=courier,
                station=station,
                route=station.routes[0],
                service="express",
                priority="P3",
                what="",
                asked=None,
                answers=(),
                phoned=False,
                steps=None,
            )
        )
    return sorted(parcels, key=lambda parcel: parcel.delivered_at)


def _place_open(parcels: list[Parcel], now: datetime) -> list[Parcel]:
    """What the groups of the seated have to do today, whatever the hour: a case nobody has accepted, one in work, one to be reviewed, and
    one that quality is to review after the head.
    """
    taken: set[str] = set()
    troubled = next(one for one in COURIERS if one.id == TROUBLED)
    for department, middle in (("transport", "false_scan"), ("service", "rude")):
        for steps, hours, what in ((0, 0.7, "late"), (1, 7.0, middle), (2, 28.0, "missed"), (3, 31.0, "damaged")):
            at = now - timedelta(hours=hours)
            place, parcel = next(
                (place, parcel)
                for place, parcel in reversed([*enumerate(parcels)])
                if parcel.station.department == department
                and (what != "false_scan" or parcel.station.name == troubled.station)
                and parcel.customer in REGULARS
                and parcel.waybill not in taken
                and parcel.delivered_at < at - timedelta(hours=3)
            )
            taken.add(parcel.waybill)
            asked = parcel.delivered_at + timedelta(hours=2)
            spent = (at - asked).total_seconds()
            low = _DIMENSION[what]
            answers = (("overall", 2, spent - 14), (low, 1, spent - 7), (f"{low}_reasons", (what,), spent))
            courier = troubled if what == "false_scan" else parcel.courier
            changes = {"what": what, "asked": asked, "origin": "sent", "service": "express", "steps": steps}
            parcels[place] = replace(parcel, courier=courier, answers=answers, **changes)  # type: ignore[arg-type]  # its own fields
    return parcels
