"""The real texts in both languages, and summaries from sparse to rich."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from domain.figures import DepartmentLine, Summary, Tally
from domain.period import parse_period
from reports.font import font_folder
from reports.wording import Say

TEXTS = Path(__file__).parents[2] / "texts"
NOW = datetime(2026, 11, 26, 4, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


def fluent(language: str) -> Say:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((TEXTS / language / "summary.ftl").read_text(encoding="utf-8")))

    def say(key: str, /, **values: str | int) -> str:
        pattern = bundle.get_message(key).value
        assert pattern is not None
        text, errors = bundle.format_pattern(pattern, dict(values))
        assert not errors, (key, values, errors)
        return str(text)

    return say


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def say(language: str) -> Say:
    return fluent(language)


@pytest.fixture(scope="session")
def english() -> Say:
    return fluent("en")


@pytest.fixture(scope="session")
def chinese() -> Say:
    return fluent("zh")


@pytest.fixture(scope="session")
def font_points() -> frozenset[int]:
    """What the typeface covers, by another reader than ours."""
    with TTFont(font_folder() / "NotoSansSC-Regular.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    return {language: (TEXTS / language / "summary.ftl").read_text(encoding="utf-8") for language in ("en", "zh")}


@pytest.fixture(scope="session")
def examples() -> Mapping[str, Summary]:
    return EXAMPLES


def line(name: str, tally: Tally, complaints: int = 0, opened: int = 0, overdue: int = 0) -> DepartmentLine:
    return DepartmentLine(name, tally, complaints, opened, overdue)


SPARSE = Summary(
    period=parse_period("today", NOW, ZONE),
    tally=Tally.of({5: 4, 4: 1, 2: 1, 1: 1}),
    previous=Tally.of({5: 3, 4: 1}),
    dimensions={
        "timeliness": Tally.of({5: 3, 4: 1, 2: 1}),
        "goods": Tally.of({5: 5}),
        "attitude": Tally(),
    },
    departments=(
        line("Transport", Tally.of({5: 3, 2: 1}), 1, 1),
        line("Service", Tally.of({5: 1, 4: 1, 1: 1})),
        line("Sales", Tally()),
    ),
    deliveries=9,
    deliveries_previous=14,
    surveys_sent=9,
    answered=7,
    complaints_opened=1,
    complaints_previous=0,
    open_now=1,
    overdue_now=0,
)
MEDIUM = Summary(
    period=parse_period("week", NOW, ZONE),
    tally=Tally.of({5: 13, 4: 5, 3: 2, 2: 2, 1: 1}),
    previous=Tally.of({5: 9, 4: 5, 3: 1, 1: 1}),
    dimensions={
        "timeliness": Tally.of({5: 12, 4: 5, 3: 3, 2: 1, 1: 1}),
        "goods": Tally.of({5: 17, 4: 3, 1: 1}),
        "attitude": Tally.of({5: 5, 4: 2, 3: 1}),
    },
    departments=(
        line("运输部", Tally.of({5: 9, 4: 3, 3: 1, 2: 1, 1: 1}), 2, 2, 1),
        line("客户服务部", Tally.of({5: 4, 4: 2, 3: 1, 2: 1}), 1, 1),
        line("售后部", Tally(), 1, 1, 1),
        line("销售部", Tally()),
    ),
    deliveries=212,
    deliveries_previous=198,
    surveys_sent=61,
    answered=23,
    complaints_opened=4,
    complaints_previous=2,
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
    tally=Tally.of({5: 3120, 4: 1204, 3: 388, 2: 121, 1: 75}),
    previous=Tally.of({5: 2410, 4: 1101, 3: 502, 2: 240, 1: 161}),
    dimensions={
        "timeliness": Tally.of({5: 2600, 4: 1250, 3: 590, 2: 290, 1: 170}),
        "goods": Tally.of({5: 3900, 4: 700, 3: 150, 2: 60, 1: 45}),
        "attitude": Tally.of({5: 3300, 4: 1000, 3: 300, 2: 100, 1: 60}),
    },
    departments=tuple(
        line(
            name,
            Tally.of({5: 700 // (k * k + 1) + 2, 4: 300 // (k + 1), 3: 8 * (12 - k), 2: 4 * k, 1: k})
            if k != 9  # one department with hardly any answers
            else Tally.of({5: 3, 1: 1}),
            complaints=(k * 7) % 23,
            opened=(k * 5) % 11,
            overdue=(k * 5) % 11 // 3,
        )
        for k, name in enumerate(LONG_NAMES)
    ),
    deliveries=41230,
    deliveries_previous=39804,
    surveys_sent=12480,
    answered=4908,
    complaints_opened=131,
    complaints_previous=204,
    open_now=58,
    overdue_now=15,
)
NOTHING = Summary(
    period=parse_period("yesterday", NOW, ZONE),
    tally=Tally(),
    previous=Tally(),
    dimensions={},
    departments=(),
    deliveries=0,
    deliveries_previous=0,
    surveys_sent=0,
    answered=0,
    complaints_opened=0,
    complaints_previous=0,
    open_now=0,
    overdue_now=0,
)
EXAMPLES = {"sparse": SPARSE, "medium": MEDIUM, "rich": RICH, "nothing": NOTHING}
