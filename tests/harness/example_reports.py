"""Reports to draw: an ordinary month with everything in it, one with almost nothing, one with names that no column was made for.

`python -m tests.harness.example_reports` draws the pages of docs/pictures/ anew: look at them before they are kept.
"""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import typst
from PIL import Image

from domain.cases.deadlines import Stage
from domain.figures.breakdown import By
from domain.figures.control import Chart, Observation, Trend, p_chart, u_chart
from domain.figures.figures import Counts, Nps, Strata, Stratum, Tally
from domain.figures.findings import find_outlying_units
from domain.figures.handling import HandlingCounts, HandlingTimes, KeptDeadlines
from domain.figures.maturity import Maturity, list_growing
from domain.figures.period import parse_period
from domain.figures.summary import Summary, SummaryUnit
from reports.paper.report import CorrectivePlan, PlanStatus, Report, Standouts, WorstCase
from reports.paper.report_file import TEMPLATE, draw_report
from reports.pictures import typesetting
from reports.pictures.font import FAMILY
from tests.harness.picture_checks import make_say

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
OCTOBER = parse_period("2026-10", NOW, ZONE)
HOUR, DAY = 3600.0, 86400.0

NAMES: dict[str, Any] = {
    "en": {
        "company": "Shunda Express",
        "departments": ("Transport", "Customer service", "Warehouse", "Hub North", "Returns"),
        "categories": (
            "Late delivery",
            "Damaged goods",
            "Attitude",
            "Wrong address",
            "Lost parcel",
            "Charges",
            "Other",
        ),
        "measure": (
            "Second sorting line from 17:00, call recipients an hour ahead",
            "Retrain the crew on fragile goods",
            "Weekly check of the cold box’s seals by the shift leader, photographs kept for 30 days",
        ),
        "goal": ("Late parcels below 2 %", "", "No broken seal"),
        "severity": ("serious", "normal"),
    },
    "zh": {
        "company": "顺达速运有限公司",
        "departments": ("运输部", "客户服务部", "仓储部", "北区分拨中心", "退件组"),
        "categories": ("派送延误", "货物破损", "服务态度", "地址错误", "快件丢失", "收费争议", "其他"),
        "measure": (
            "17:00 起增开第二条分拣线，派送前一小时致电收件人",
            "对装卸班组进行易碎品培训",
            "班组长每周检查冷藏箱密封条，照片保存 30 天",
        ),
        "goal": ("延误率低于 2%", "", "密封条无破损"),
        "severity": ("严重", "一般"),
    },
}


def make_strata(scale: float, good: float = 0.9) -> Strata:
    """Four priorities, sampled ever less."""
    strata = {}
    for priority, deliveries, rate in (("P1", 900, 0.5), ("P2", 2400, 0.3), ("P3", 5200, 0.12), ("P4", 9000, 0.03)):
        n = int(deliveries * scale * rate)
        bad = int(n * (1 - good))
        five = int(n * good * 0.7)
        strata[priority] = Stratum(
            int(deliveries * scale), Tally((bad // 3, bad // 4, bad - bad // 3 - bad // 4, n - bad - five, five))
        )
    return strata


def make_counts(scale: float = 1.0, good: float = 0.9, complaints: int = 60, opened: int = 64) -> Counts:
    strata = make_strata(scale, good)
    answered = sum(one.tally.n for one in strata.values())
    deliveries = sum(one.deliveries for one in strata.values())
    asked = int(deliveries * 0.28)
    sums = int(deliveries * 0.4), asked, answered, complaints, complaints // 3, opened
    return Counts(strata, *sums, invited=asked - 60, responded=answered - 55, came=60)


def make_observations(seed: int, n: int, share: float, jump: float = 1.0) -> list[Observation]:
    """Weeks before November, the last of them another than the rest."""
    random, observations = Random(seed), []  # noqa: S311 -- a test draws the same each time
    first = date(2026, 10, 26) - timedelta(days=7 * 27)
    for k in range(28):
        p = share * (jump if k == 27 else 1)
        count = sum(random.random() < p for _ in range(n))
        day = first + timedelta(days=7 * k)
        observations.append(Observation(f"{day}..{day + timedelta(days=6)}", day, day + timedelta(days=6), count, n))
    return observations


def make_ordinary_report(language: str = "en") -> Report:
    """October of a middling company."""
    names = NAMES[language]
    handled = HandlingCounts(
        64,
        58,
        41,
        6,
        11,
        52,
        50,
        43,
        5,
        1,
        4,
        17,
        13.4,
        1,
        replied=HandlingTimes(60, 1.4 * HOUR, 6.2 * HOUR),
        resolved=HandlingTimes(58, 1.9 * DAY, 5.6 * DAY),
        finished=HandlingTimes(58, 2.2 * DAY, 8.1 * DAY),
        unanswered=6,
        oldest=9.5 * DAY,
        stages={
            Stage.ACCEPT: KeptDeadlines(71, 68, 68),
            Stage.PLAN: KeptDeadlines(14, 12, 11),
            Stage.RECTIFY: KeptDeadlines(39, 27, 21),
            Stage.REVIEW: KeptDeadlines(66, 64, 64),
            Stage.ANSWER: KeptDeadlines(62, 55, 51),
            Stage.REGULATOR: KeptDeadlines(3, 3, 3),
        },
    )
    before = replace(
        handled, opened=81, rectified=80, settled=78, spoken=78, first=70, second=5, third=2, repeated=12, reopened=3
    )
    shares = ((0.5, 0.93), (0.22, 0.86), (0.15, 0.9), (0.12, 0.72), (0.01, 0.9))
    units = tuple(
        SummaryUnit(f"d{n}", name, make_counts(scale, good, 30 - 6 * n, 31 - 6 * n), 9 - 2 * n, max(0, 3 - n))
        for n, (name, (scale, good)) in enumerate(zip(names["departments"], shares, strict=True))
    )
    whole = make_counts()
    opened = (31, 15, 7, 5, 3, 2, 1)
    summary = Summary(
        OCTOBER,
        whole,
        make_counts(0.95, 0.94, 40, 81),
        dimensions={
            "timeliness": make_strata(0.97, 0.84),
            "goods": make_strata(0.95, 0.96),
            "attitude": make_strata(0.96, 0.93),
            "price": {"P1": Stratum(0, Tally((1, 1, 2, 6, 9)))},
            "environment": {"P1": Stratum(0, Tally((0, 0, 1, 2, 4)))},
        },
        nps=Nps(31, 64, 122),
        recommend=(88, 97),
        units=units,
        categories=tuple(
            SummaryUnit(f"c{n}", name, Counts(opened=opened[n])) for n, name in enumerate(names["categories"])
        ),
        casework=handled,
        casework_before=before,
        open_now=19,
        overdue_now=6,
    )
    couriers = find_outlying_units(
        By.COURIER,
        [SummaryUnit(f"k{n}", f"k{n}", make_counts(0.1 + n * 0.02, 0.6 + 0.025 * n)) for n in range(15)],
    )
    return Report(
        names["company"],
        NOW,
        summary,
        Trend(
            "week",
            "",
            p_chart(make_observations(3, 340, 0.055, 2.0)),
            u_chart([replace(one, n=one.n * 10) for one in make_observations(5, 1000, 0.04)]),
        ),
        targets=(90, 95, 99),
        sampling={"P1": 80, "P2": 50, "P3": 20, "P4": 5},
        standouts=(
            Standouts(
                By.COURIER,
                15,
                sum(one.below for one in couriers),
                sum(not one.below for one in couriers),
                couriers[:8],
            ),
            Standouts(By.ROUTE, 6),
        ),
        worst=tuple(
            WorstCase(
                f"C-2610{3 + 2 * n:02}-{n + 1:04}",
                names["categories"][n % 4],
                names["departments"][n % 3],
                names["severity"][n > 2],
                ("in_work", "closed", "answered", "closed", "in_review", "closed", "closed")[n],
                datetime(2026, 10, 3 + 2 * n, 3, tzinfo=UTC),
                (12 - n) * DAY,
                open=n in {0, 4},
                rounds=(3, 2, 2, 1, 1, 2, 1)[n],
                late=n < 4,
                overdue=n == 0,
                reopened=n in {1, 5},
                regulator=n == 1,
                dissatisfied=n == 3,
            )
            for n in range(7)
        ),
        worst_of=11,
        plans=tuple(
            CorrectivePlan(
                f"C-2610{3 + 2 * n:02}-{n + 1:04}",
                names["departments"][n % 3],
                names["measure"][n % 3],
                names["goal"][n % 3],
                datetime(2026, 10, 8 + 3 * n, 10, tzinfo=UTC),
                list(PlanStatus)[n % 4],
            )
            for n in range(7)
        ),
        keeping={PlanStatus.KEPT: 6, PlanStatus.LATE: 2, PlanStatus.OVERDUE: 2, PlanStatus.RUNNING: 1},
    )


def make_sparse_report(language: str = "en") -> Report:
    """The first days of somebody who has just begun."""
    november = parse_period("month", NOW, ZONE)
    chart = Chart("p", (), None, 0)
    little = Counts({"": Stratum(12, Tally((1, 0, 0, 2, 4)))}, 12, 9, 7, 1, 0, 1, 9, 7)
    handled = HandlingCounts(opened=1, unanswered=1, oldest=3 * HOUR)
    growing = dict(list_growing(november, Maturity(), NOW.astimezone(ZONE).date()))
    summary = Summary(november, little, casework=handled, open_now=1, begins=november.first, growing=growing)
    return Report(NAMES[language]["company"], NOW, summary, Trend("week", "", chart, replace(chart, kind="u")))


def make_long_names_report(language: str = "en") -> Report:
    """Names, measures and companies of a hundred letters, forty departments, thirty categories, signs that the typeface lacks."""
    long = "Department of quality, returns, exceptional parcels and Donaudampfschifffahrtsgesellschaftskapitänsmützen №"
    if language == "zh":
        long = "华东大区第十七转运中心夜间特殊货物质量管理与退件综合处理部门（含冷链与危险品）第"
    ordinary = make_ordinary_report(language)
    units = tuple(
        replace(ordinary.summary.units[n % 5], key=f"d{n}", name=f"{long} {n} 😀", open=40 - n) for n in range(40)
    )
    categories = tuple(SummaryUnit(f"c{n}", f"{long} {n}", Counts(opened=60 - n)) for n in range(30))
    summary = replace(
        ordinary.summary,
        units=units,
        categories=categories,
        dimensions={long * 2: make_strata(1.0), "goods": make_strata(0.5)},
    )
    measure = (long + " ") * 20 + "x" * 300
    return replace(
        ordinary,
        company=long * 2,
        scope=long,
        summary=summary,
        worst=tuple(replace(one, category=long, department=long) for one in ordinary.worst) * 3,
        worst_of=300,
        plans=tuple(replace(one, measure=measure, goal=measure, department=long) for one in ordinary.plans),
    )


def render_pages(report: Report, language: str) -> list[Image.Image]:
    """Each page as it is drawn, at 100 pixels an inch."""
    data = {"font": FAMILY, "lang": language.partition("-")[0], **draw_report(report, make_say(language))}
    folder = Path(typesetting.__file__).parents[1] / "templates"
    drawn = typst.compile(
        folder / TEMPLATE,
        root=folder,
        font_paths=typesetting._load_fonts(),
        format="png",
        ppi=100,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    assert isinstance(drawn, list)
    return [Image.open(BytesIO(one)).convert("RGB") for one in drawn]


def reference_path(language: str, page: int) -> Path:
    """Where the picture of this page is kept; the first is 1."""
    return Path(__file__).parents[2] / "docs" / "pictures" / f"report-{language}-{page}.png"


KEPT = (1, 2, 4, 6)
"""The pages that are kept."""

REPORTS = {"ordinary": make_ordinary_report, "sparse": make_sparse_report, "long": make_long_names_report}


if __name__ == "__main__":
    for language_ in NAMES:
        pages_ = render_pages(make_ordinary_report(language_), language_)
        for page_ in KEPT:
            pages_[page_ - 1].quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
                reference_path(language_, page_), optimize=True
            )
