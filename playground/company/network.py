"""Network of the example company: its stations, routes and couriers, what it carries for whom, and how a year goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from playground.company.example import SPOKEN


@dataclass(frozen=True, slots=True)
class CourierProfile:
    """`care` is the probability that a delivery goes well; it shows in the ratings."""

    id: str
    name: str
    station: str
    care: float


@dataclass(frozen=True, slots=True)
class Station:
    """A station: which department it belongs to, its share of the deliveries, its routes."""

    name: str
    department: str
    share: int
    routes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CustomerKind:
    """A type of customer: its share, what it sends, how urgent that is."""

    name: str
    share: int
    services: tuple[str, ...]
    priorities: tuple[str, ...]


def _join(names: list[str]) -> str:
    """One name for everybody, in the writing of each language of the company."""
    return " ".join(dict.fromkeys(names))


def _name_station(place: int) -> str:
    return _join([spoken.stations[place] for spoken in SPOKEN.values()])


STATIONS = (
    Station(_name_station(0), "transport", 26, ("harbour", "airport", "east ring")),
    Station(_name_station(1), "transport", 22, ("old town", "north ring")),
    Station(_name_station(2), "transport", 14, ("university", "riverside")),
    Station(_name_station(3), "service", 14, ("south ring", "industrial park")),
    Station(_name_station(4), "service", 10, ("north-west", "car town")),
    Station(_name_station(5), "aftersales", 9, ("steel works", "north shore")),
    Station(_name_station(6), "sales", 5, ("west lake", "college town")),
)
TROUBLED = "k08"
"""The courier with the problem that everything in the figures leads to."""

_COURIERS = (
    (17, 0, 0.965),
    (8, 0, 0.985),
    (21, 0, 0.975),
    (30, 0, 0.95),
    (33, 0, 0.96),
    (35, 0, 0.945),
    (12, 1, 0.97),
    (14, 1, 0.955),
    (19, 1, 0.965),
    (23, 1, 0.94),
    (26, 1, 0.96),
    (28, 2, 0.965),
    (31, 2, 0.95),
    (38, 2, 0.97),
    (40, 3, 0.955),
    (41, 3, 0.965),
    (43, 3, 0.975),
    (45, 4, 0.95),
    (46, 4, 0.96),
    (48, 4, 0.94),
    (50, 5, 0.95),
    (52, 5, 0.96),
    (55, 6, 0.965),
    (57, 6, 0.95),
)
"""Number, station and care of each."""

COURIERS = tuple(
    CourierProfile(
        f"k{number:02}", _join([spoken.couriers[place] for spoken in SPOKEN.values()]), STATIONS[station].name, care
    )
    for place, (number, station, care) in enumerate(_COURIERS)
)
KINDS = (
    CustomerKind("private", 44, ("express", "express", "express", "freight"), ("P3", "P3", "P3", "P4")),
    CustomerKind("shop", 30, ("express", "express", "warehouse"), ("P2", "P2", "P3")),
    CustomerKind("contract", 18, ("freight", "warehouse", "express"), ("P1", "P2", "P2")),
    CustomerKind("vip", 8, ("express", "freight"), ("P1", "P1", "P2")),
)
_MONTHS = (0.95, 0.6, 0.9, 0.95, 1.0, 1.25, 0.95, 0.9, 1.0, 1.05, 1.5, 1.2)
"""A year: quiet at the Spring Festival, busy with the sales of June and November."""

_WEEKDAYS = (1.12, 1.08, 1.05, 1.05, 1.1, 0.9, 0.7)
_GROWTH_A_YEAR = 0.25


def weigh_day(day: date, ago: int) -> float:
    """How busy this day is, beside the average of today."""
    return _MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()] * (1 - _GROWTH_A_YEAR * ago / 365)


def is_peak(day: date) -> bool:
    """Whether so much is sent that more goes wrong."""
    return (day.month, day.day // 10) in {(11, 1), (6, 1), (6, 2)}
