"""Summaries from nothing to rich, with names that nobody would choose to make a drawing easy."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.cases.deadlines import Stage
from domain.figures.breakdown import By
from domain.figures.control import Chart, Observation, Trend, p_chart, u_chart
from domain.figures.evidence import Weighted
from domain.figures.figures import Counts, Nps, Strata, Stratum, Tally, add_counts
from domain.figures.handling import HandlingCounts, HandlingTimes, KeptDeadlines
from domain.figures.period import parse_period
from domain.figures.summary import Summary, SummaryUnit
from reports.pictures.certificate import Certificate, make_certificate

NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
HOUR, DAY = 3600.0, 86400.0


def make_tally(fives: int = 0, fours: int = 0, threes: int = 0, twos: int = 0, ones: int = 0) -> Tally:
    return Tally((ones, twos, threes, fours, fives))


def make_plain_strata(tally: Tally, deliveries: int = 0) -> Strata:
    """One stratum: answers that all weigh the same."""
    return {"": Stratum(deliveries, tally)}


def make_unit(
    name: str, tally: Tally, complaints: int = 0, opened: int = 0, overdue: int = 0, deliveries: int | None = None
) -> SummaryUnit:
    many = tally.n * 8 if deliveries is None else deliveries
    return SummaryUnit(
        name, name, Counts(make_plain_strata(tally, many), complaints=complaints, opened=complaints), opened, overdue
    )


def make_category(name: str, opened: int) -> SummaryUnit:
    return SummaryUnit(name, name, Counts(opened=opened))


NOTHING = Summary(period=parse_period("yesterday", NOW, ZONE))
SPARSE = Summary(
    period=parse_period("today", NOW, ZONE),
    now=Counts(
        make_plain_strata(make_tally(4, 1, 0, 1, 1), 9),
        sampled=9,
        surveyed=9,
        answered=7,
        invited=9,
        responded=7,
        complaints=1,
        opened=1,
    ),
    before=Counts(make_plain_strata(make_tally(3, 1), 14), sampled=9, surveyed=5, answered=4, invited=5, responded=4),
    dimensions={
        "timeliness": make_plain_strata(make_tally(3, 1, 0, 1)),
        "goods": make_plain_strata(make_tally(5)),
        "attitude": make_plain_strata(Tally()),
    },
    nps=Nps(1, 2, 3),
    recommend=(4, 5),
    units=(
        make_unit("Transport", make_tally(3, twos=1), 1, 1),
        make_unit("Service", make_tally(1, 1, ones=1)),
        make_unit("Sales", Tally()),
    ),
    categories=(make_category("Delivery and logistics", 1),),
    casework=HandlingCounts(opened=1, unanswered=1, oldest=2 * HOUR, stages={Stage.ACCEPT: KeptDeadlines(1, 1, 1)}),
    open_now=1,
)
MEDIUM = Summary(
    period=parse_period("week", NOW, ZONE),
    now=Counts(
        make_plain_strata(make_tally(13, 5, 2, 2, 1), 212),
        sampled=84,
        surveyed=61,
        answered=23,
        invited=61,
        responded=23,
        complaints=4,
        valid=1,
    ),
    before=Counts(
        make_plain_strata(make_tally(9, 5, 1, 0, 1), 198),
        sampled=70,
        surveyed=50,
        answered=16,
        invited=50,
        responded=16,
        complaints=2,
    ),
    dimensions={
        "timeliness": make_plain_strata(make_tally(12, 5, 3, 1, 1)),
        "goods": make_plain_strata(make_tally(17, 3, 0, 0, 1)),
        "attitude": make_plain_strata(make_tally(5, 2, 1)),
    },
    recommend=(15, 19),
    units=(
        make_unit("运输部", make_tally(9, 3, 1, 1, 1), 2, 2, 1),
        make_unit("客户服务部", make_tally(4, 2, 1, 1), 1, 1),
        make_unit("售后部", Tally(), 1, 1, 1),
        make_unit("销售部", Tally()),
    ),
    categories=(make_category("交付与物流", 3), make_category("服务态度", 1)),
    casework=HandlingCounts(
        opened=4,
        rectified=2,
        satisfied=1,
        settled=1,
        spoken=1,
        first=1,
        unanswered=2,
        oldest=2.4 * DAY,
        stages={Stage.ACCEPT: KeptDeadlines(4, 3, 3), Stage.RECTIFY: KeptDeadlines(12, 11, 10)},
    ),
    open_now=4,
    overdue_now=2,
)
LONG_NAMES = (
    "North-West Regional Distribution and Returns Handling Centre, Night Shift",
    "上海浦东国际机场货运枢纽中心跨境电子商务出口集货与退件处理部（夜班）",
    "Transport",
    "<b>Claims</b> & *Refunds* #1 $x$ _team_ 🚚📦",
    "客户服务部",
    "Aftersales",
    "Lager- und Umschlagbetriebsgesellschaft-Niederlassung-Süd",
    "خدمة العملاء Riyadh",
    "仓储部",
    "Cold chain",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "末端配送",
)
RICH = Summary(
    period=parse_period("2026-10", NOW, ZONE),
    now=Counts(
        {
            "P1": Stratum(2130, make_tally(620, 301, 121, 60, 38)),
            "P2": Stratum(14200, make_tally(1800, 603, 187, 41, 27)),
            "P3": Stratum(24900, make_tally(700, 300, 80, 20, 10)),
        },
        sampled=16842,
        surveyed=12480,
        answered=4908,
        invited=12480,
        responded=4908,
        complaints=131,
        valid=38,
        opened=140,
        came=310,
    ),
    before=Counts(
        make_plain_strata(make_tally(2410, 1101, 502, 240, 161), 39804),
        sampled=15000,
        surveyed=11000,
        answered=4414,
        invited=11000,
        responded=4414,
        complaints=204,
    ),
    dimensions={
        "timeliness": make_plain_strata(make_tally(2600, 1250, 590, 290, 170)),
        "goods": make_plain_strata(make_tally(3900, 700, 150, 60, 45)),
        "attitude": make_plain_strata(make_tally(3300, 1000, 300, 100, 60)),
    },
    nps=Nps(210, 380, 640),
    recommend=(1090, 1204),
    four_levels=make_tally(210, 80, 0, 31, 12),
    units=tuple(
        make_unit(
            name,
            make_tally(700 // (k * k + 1) + 2, 300 // (k + 1), 8 * (12 - k), 4 * k, k)
            if k != 9  # one department with hardly any answers
            else make_tally(3, ones=1),
            complaints=(k * 7) % 23,
            opened=(k * 5) % 11,
            overdue=(k * 5) % 11 // 3,
        )
        for k, name in enumerate(LONG_NAMES)
    ),
    categories=(
        make_category("Delivery and logistics", 62),
        make_category("Product quality", 31),
        make_category("Attitude", 24),
        make_category("Aftersales", 14),
        make_category("Other", 9),
    ),
    casework=HandlingCounts(
        opened=140,
        rectified=112,
        satisfied=88,
        dissatisfied=11,
        silent=13,
        settled=101,
        spoken=99,
        first=86,
        second=9,
        third=3,
        reopened=6,
        repeated=17,
        expected=9.8,
        attitude_valid=5,
        handling=make_tally(50, 30, 10, 5, 4),
        replied=HandlingTimes(138, 0.6 * HOUR, 3.4 * HOUR),
        resolved=HandlingTimes(112, 1.6 * DAY, 4.8 * DAY),
        finished=HandlingTimes(112, 1.7 * DAY, 5.9 * DAY),
        unanswered=28,
        oldest=12.3 * DAY,
        stages={
            Stage.ACCEPT: KeptDeadlines(140, 131, 131),
            Stage.PLAN: KeptDeadlines(120, 101, 95),
            Stage.RECTIFY: KeptDeadlines(96, 71, 60),
            Stage.REVIEW: KeptDeadlines(88, 80, 80),
            Stage.ANSWER: KeptDeadlines(110, 104, 104),
            Stage.REGULATOR: KeptDeadlines(3, 3, 3),
        },
    ),
    open_now=58,
    overdue_now=15,
    requests_now=6,
    came={"P2": Stratum(14200, make_tally(90, 60, 70, 20, 20))},
)


def _of_units(by: By, units: tuple[SummaryUnit, ...]) -> Summary:
    """A breakdown, whose whole is what its units make together."""
    return Summary(period=RICH.period, by=by, now=add_counts(unit.counts for unit in units), units=units)


COURIERS = _of_units(
    By.COURIER,
    (
        *(
            make_unit(name, make_tally(*counts), complaints)
            for name, counts, complaints in (
                ("王伟", (210, 80, 20, 8, 4), 2),
                ("李娜", (120, 50, 9, 2, 1), 0),
                ("张敏", (160, 40, 3, 0, 0), 1),
                ("刘洋 Liu Yang", (40, 22, 18, 11, 9), 9),
                ("Chen Jing", (12, 6, 3, 1, 1), 1),
                ("杨帆", (88, 31, 21, 9, 6), 5),
                ("Zhao Lei 🚚", (3, 1, 0, 0, 1), 1),
                ("黄丽", (9, 3, 1, 0, 0), 0),
                ("周强", (70, 18, 6, 1, 0), 1),
                ("吴霞", (35, 18, 7, 2, 1), 2),
                ("Maximiliane von Habsburg-Lothringen-Esterházy", (22, 9, 5, 3, 4), 3),
                ("徐磊", (51, 13, 2, 1, 0), 0),
                ("孙悦", (4, 2, 0, 0, 0), 0),
                ("马超", (66, 25, 9, 4, 2), 2),
                ("", (140, 60, 33, 12, 8), 6),
            )
        ),
        *(make_unit(f"司机 {k}", make_tally(2 * k), 0) for k in range(6)),
    ),
)
EXAMPLES = {"sparse": SPARSE, "medium": MEDIUM, "rich": RICH, "nothing": NOTHING}

_DAILY = (0.6, 1.0, 1.2, 1.1, 1.0, 0.8, 0.9, 1.1, 1.0, 0.9, 1.3, 1.6, 0.3)


def _slot(day: int, hour: int) -> SummaryUnit:
    """The evening and the weekend go wrong."""
    many = round((8 - day) * 9 * _DAILY[hour - 8])
    bad = round(many * (0.03 + 0.02 * (hour - 8) * (hour > 15) + 0.08 * (day > 5)))
    return make_unit(f"{day}{hour:02}", make_tally(many - bad - many // 5, many // 5, twos=bad), complaints=bad // 3)


HOURS = Summary(
    period=RICH.period,
    by=By.HOUR,
    now=RICH.now,
    units=tuple(
        _slot(day, hour) for day in range(1, 8) for hour in range(8, 21) if (day, hour) not in {(7, 8), (7, 20)}
    ),
)
_FIRST = date(2026, 5, 4)
_RATED = (210, 190, 230, 205, 90, 220, 215, 240, 236, 222, 200, 214, 0, 219, 230, 226, 218, 30, 240, 221)
_LOW = (13, 10, 15, 14, 4, 12, 16, 13, 15, 11, 12, 15, 0, 13, 12, 17, 11, 2, 14, 12)

_FILED = (7, 9, 8, 6, 3, 9, 7, 8, 10, 7, 9, 8, 6, 8, 7, 9, 6, 2, 8, 9)


def _weeks(counts: tuple[int, ...], many: tuple[int, ...]) -> list[Observation]:
    return [
        Observation(f"w{k}", day, day + timedelta(days=6), count, n)
        for k, (count, n) in enumerate(zip(counts, many, strict=True))
        for day in (_FIRST + timedelta(weeks=k),)
    ]


def grow_chart(chart: Chart, many: int, days: int) -> Chart:
    """So many of the last points are still growing, so many days after their period."""
    young = (replace(point, growing=True) for point in chart.points[-many:])
    return replace(chart, points=(*chart.points[:-many], *young), awaited_days=days)


TREND = Trend(
    "week",
    "运输部",
    p_chart(_weeks((*_LOW, 13, 16, 12, 14, 35, 11, 1, 12), (*_RATED, 228, 232, 219, 225, 230, 218, 4, 215))),
    u_chart(_weeks((*_FILED, 10, 12, 9, 13, 15, 12, 14, 20), (1900,) * 28)),
)
GROWN = replace(
    TREND,
    dissatisfaction=grow_chart(TREND.dissatisfaction, 1, 9),
    complaints=grow_chart(TREND.complaints, 2, 14),
)
"""The same a few days after its last week."""

TREND_SHORT = Trend("month", "", p_chart(_weeks(_LOW[:7], _RATED[:7])), u_chart([]))
CHAMPION = make_certificate(
    "王伟", "迅达物流有限公司", (2026, 3), date(2026, 10, 8), Weighted(397, 412, 0.964, 380.5), "浦东转运中心"
)
_NAMES = {
    "en": {
        "departments": ("Transport", "Customer service", "Warehouse", "Sales", "Aftersales", "Cold chain"),
        "couriers": (
            "J. Miller",
            "A. Novak",
            "L. Rossi",
            "S. Tanaka",
            "M. Okafor",
            "P. Jensen",
            "R. Silva",
            "D. Cohen",
        ),
        "categories": ("Delivery and logistics", "Product quality", "Attitude", "Aftersales", "Other"),
        "one": ("Anna Novak", "Swift Logistics Ltd", "Riverside transit centre"),
    },
    "zh": {
        "departments": ("运输部", "客户服务部", "仓储部", "销售部", "售后部", "冷链部"),
        "couriers": ("王伟", "李娜", "张敏", "刘洋", "陈静", "杨帆", "赵磊", "黄丽"),
        "categories": ("交付与物流", "产品质量", "服务态度", "售后", "其他"),
        "one": ("王伟", "迅达物流有限公司", "浦东转运中心"),
    },
}
_COURIERS = (
    ((210, 80, 20, 8, 4), 2),
    ((120, 50, 9, 2, 1), 0),
    ((160, 40, 3, 0, 0), 1),
    ((40, 22, 18, 11, 9), 9),
    ((12, 6, 3, 1, 1), 1),
    ((88, 31, 21, 9, 6), 5),
    ((3, 1, 0, 0, 1), 1),
    ((9, 3, 1, 0, 0), 0),
)
_DEPARTMENTS = (
    make_unit("", make_tally(1900, 800, 260, 90, 60), 61, 21, 6),
    make_unit("", make_tally(400, 160, 40, 12, 4), 12, 8, 3),
    make_unit("", make_tally(520, 160, 50, 11, 6), 30, 14, 4),
    make_unit("", make_tally(110, 40, 12, 3, 2), 6, 6, 1),
    make_unit("", make_tally(12, 7, 3, 1, 0), 14, 9, 1),
    make_unit("", make_tally(5, 2, 1), 1),
)


def make_showcase(language: str) -> dict[str, Summary | Trend | Certificate]:
    """Every kind of picture with names of the language; the reference pictures are of these."""
    names = _NAMES[language]
    departments = tuple(
        replace(unit, key=name, name=name) for unit, name in zip(_DEPARTMENTS, names["departments"], strict=True)
    )
    couriers = tuple(
        make_unit(name, make_tally(*counts), many)
        for name, (counts, many) in zip(names["couriers"], _COURIERS, strict=True)
    )
    categories = tuple(
        replace(unit, name=name) for unit, name in zip(RICH.categories, names["categories"], strict=True)
    )
    summary = replace(RICH, units=departments, categories=categories)
    name, company, unit = names["one"]
    return {
        "summary": summary,
        "units": _of_units(By.COURIER, couriers),
        "pareto": summary,
        "heat": HOURS,
        "trend": replace(GROWN, unit=names["departments"][0]),
        "certificate": replace(CHAMPION, name=name, company=company, unit=unit),
    }
