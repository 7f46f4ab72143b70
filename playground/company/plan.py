"""Seeded random plan of the weeks before today: parcels, who receives them, and what becomes of each. Pure.

1. The same seed and day give the same history.
2. The transport group is the one people look at: its complaints are few and chosen; those of the other groups come by chance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from playground.company.cast import ANSWERING, COURIERS, CUSTOMERS, SEATED, ChatGroup, CourierProfile, Somebody

SEED = 2_023
_PARCELS, _FEWER_ON_SUNDAY = 12, 5
_KNOWN = 7
"""This many customers have their own number with the company: every third day they are asked in the chat, without a link."""
_ROUTES = ("north ring", "harbour", "airport", "old town", "university")
_STATIONS = ("Pudong", "Minhang", "Jiading")
_SERVICES = ("express", "express", "freight", "warehouse")


class ParcelOutcome(StrEnum):
    """What a customer does about a delivery."""

    NOTHING = "nothing"
    ONE_TAP = "one tap"
    RATED = "rated"
    DECLINED = "declined"
    FILED = "filed"
    COMPLAINED = "complained"
    """Filed by `/complain`, with a picture, after a middling rating."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """`known`: asked in the chat, by the company's own `ref` for the customer. `scores`: overall, timeliness, goods, attitude.

    `stages`: how far the case gets (accepted, resolved, approved, confirmed); with `again` the customer sends it back first.
    """

    waybill: str
    delivered_at: datetime
    customer: Somebody
    ref: str
    known: bool
    group: ChatGroup
    courier: CourierProfile
    route: str
    station: str
    service: str
    priority: str
    scores: tuple[int, int, int, int]
    outcome: ParcelOutcome
    stages: int = 4
    again: bool = False
    comments: bool = False


@dataclass(frozen=True, slots=True)
class PlannedDay:
    date: date
    parcels: tuple[Parcel, ...]

    def at(self, hour: int, minute: int, zone: ZoneInfo) -> float:
        return datetime.combine(self.date, time(hour, minute), zone).timestamp()


def plan_days(today: date, days: int, zone: ZoneInfo) -> list[PlannedDay]:
    """The `days` before today, oldest first."""
    draw = Random(SEED)  # noqa: S311  a believable past is no secret
    past = [_plan_day(draw, today - timedelta(days=ago), ago, zone) for ago in range(days, 0, -1)]
    return [PlannedDay(day.date, tuple(_place_promised_parcels(day.parcels, (today - day.date).days))) for day in past]


def _plan_day(draw: Random, day: date, ago: int, zone: ZoneInfo) -> PlannedDay:
    count = _PARCELS + draw.randint(-2, 2) - (_FEWER_ON_SUNDAY if day.isoweekday() == 7 else 0)  # noqa: PLR2004
    receivers = draw.sample(range(len(CUSTOMERS)), count)
    return PlannedDay(day, tuple(_plan_parcel(draw, day, ago, who, zone) for who in receivers))


def _plan_parcel(draw: Random, day: date, ago: int, who: int, zone: ZoneInfo) -> Parcel:
    (group,) = draw.choices(ANSWERING, (5, 3, 3))
    courier = draw.choice(COURIERS)
    went_well = draw.random() < courier.care
    scores = _draw_good_scores(draw) if went_well else _draw_bad_scores(draw)
    answered = draw.random()
    outcome = ParcelOutcome.RATED
    if answered < 0.45:  # noqa: PLR2004 -- the shares of the example company
        outcome = ParcelOutcome.NOTHING if answered < 0.3 else ParcelOutcome.ONE_TAP  # noqa: PLR2004
    if outcome is not ParcelOutcome.NOTHING and min(scores) <= 2:  # noqa: PLR2004
        quiet = group is ANSWERING[0] or draw.random() < 0.3  # noqa: PLR2004
        outcome = ParcelOutcome.DECLINED if quiet else ParcelOutcome.FILED
    stages = 4 if ago > 3 else draw.choice((0, 1, 2, 3))  # noqa: PLR2004
    return Parcel(
        waybill=f"HF{day:%y%m%d}{draw.randrange(10**4):04}{who:02}",
        delivered_at=datetime.combine(day, time(9 + draw.randrange(6), draw.randrange(60)), zone),
        customer=CUSTOMERS[who],
        ref=f"C-{who + 101}" if who < _KNOWN else "",
        known=who < _KNOWN and ago % 3 == 0,
        group=group,
        courier=courier,
        route=draw.choice(_ROUTES),
        station=draw.choice(_STATIONS),
        service=draw.choice(_SERVICES),
        priority=draw.choice(("P1", "P2", "P2", "P3")),
        scores=scores,
        outcome=outcome,
        stages=stages,
        again=draw.random() < 0.15,  # noqa: PLR2004
        comments=draw.random() < 0.15,  # noqa: PLR2004
    )


def _draw_good_scores(draw: Random) -> tuple[int, int, int, int]:
    def score() -> int:
        return draw.choices((5, 4, 3), (60, 33, 7))[0]

    return score(), score(), score(), score()


def _draw_bad_scores(draw: Random) -> tuple[int, int, int, int]:
    """Late, damaged, or rude; the dimension at fault gets the low score."""
    worst = draw.choice((1, 2, 2))
    return draw.choice(((worst, worst, 4, 4), (3, 4, worst, 4), (3, 4, 4, worst)))


def _place_promised_parcels(parcels: tuple[Parcel, ...], ago: int) -> list[Parcel]:
    """The few things everybody should find: the two customers who have a seat, and the cases in the transport group."""
    first = replace(parcels[0], ref="", known=False, group=ANSWERING[0], again=False, comments=False)
    anna, wang, *_ = SEATED
    late = (2, 2, 4, 4)
    match ago:
        case 16:
            first = replace(first, customer=anna, outcome=ParcelOutcome.RATED, scores=(5, 5, 4, 5))
        case 12:
            first = replace(first, customer=wang, outcome=ParcelOutcome.FILED, scores=late, stages=4)
        case 9:
            first = replace(parcels[0], group=ANSWERING[2], outcome=ParcelOutcome.FILED, scores=late, stages=1)
        case 6:
            first = replace(
                parcels[0], group=ANSWERING[1], outcome=ParcelOutcome.COMPLAINED, scores=(3, 3, 3, 4), stages=4
            )
        case 4:
            first = replace(first, customer=wang, outcome=ParcelOutcome.RATED, scores=(4, 5, 4, 5))
        case 3:
            first = replace(
                parcels[0], group=ANSWERING[1], outcome=ParcelOutcome.COMPLAINED, scores=(3, 3, 3, 4), stages=3
            )
        case 2:
            first = replace(first, outcome=ParcelOutcome.FILED, scores=late, stages=1)
        case 1:
            first = replace(first, outcome=ParcelOutcome.FILED, scores=(1, 2, 2, 3), stages=0)
        case _:
            return list(parcels)
    return [first, *parcels[1:]]
