"""Network of the example company: its stations, routes and couriers, what it carries for whom, and how a year goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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


STATIONS = (
    Station("浦东 Pudong", "transport", 26, ("harbour", "airport", "east ring")),
    Station("静安 Jing'an", "transport", 22, ("old town", "north ring")),
    Station("徐汇 Xuhui", "transport", 14, ("university", "riverside")),
    Station("闵行 Minhang", "service", 14, ("south ring", "industrial park")),
    Station("嘉定 Jiading", "service", 10, ("north-west", "car town")),
    Station("宝山 Baoshan", "aftersales", 9, ("steel works", "north shore")),
    Station("松江 Songjiang", "sales", 5, ("west lake", "college town")),
)
TROUBLED = "k08"
"""The courier with the problem that everything in the figures leads to."""

COURIERS = tuple(
    CourierProfile(f"k{number:02}", name, STATIONS[station].name, care)
    for number, name, station, care in (
        (17, "陈波 Chen Bo", 0, 0.965),
        (8, "孙杰 Sun Jie", 0, 0.95),
        (21, "徐敏 Xu Min", 0, 0.975),
        (30, "郭锐 Guo Rui", 0, 0.95),
        (33, "唐毅 Tang Yi", 0, 0.96),
        (35, "马骏 Ma Jun", 0, 0.945),
        (12, "方晨 Fang Chen", 1, 0.97),
        (14, "丁力 Ding Li", 1, 0.955),
        (19, "袁圆 Yuan Yuan", 1, 0.965),
        (23, "卢克 Lu Ke", 1, 0.94),
        (26, "谢天 Xie Tian", 1, 0.96),
        (28, "邓超 Deng Chao", 2, 0.965),
        (31, "彭涛 Peng Tao", 2, 0.95),
        (38, "傅佳 Fu Jia", 2, 0.97),
        (40, "蒋文 Jiang Wen", 3, 0.955),
        (41, "沈飞 Shen Fei", 3, 0.965),
        (43, "韩雪 Han Xue", 3, 0.975),
        (45, "曹阳 Cao Yang", 4, 0.95),
        (46, "许诺 Xu Nuo", 4, 0.96),
        (48, "苏醒 Su Xing", 4, 0.94),
        (50, "程诚 Cheng Cheng", 5, 0.95),
        (52, "魏然 Wei Ran", 5, 0.96),
        (55, "叶青 Ye Qing", 6, 0.965),
        (57, "田野 Tian Ye", 6, 0.95),
    )
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
