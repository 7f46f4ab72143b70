"""Golden figures: four data sets, and every figure of them computed twice, by the product and from the raw files."""

import shutil
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from math import floor
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, text

from bot.process.rebuild import rebuild_totals
from domain.figures import figures
from domain.figures import handling as handled
from domain.figures.breakdown import By
from domain.figures.chart_periods import Grain, list_chart_periods
from domain.figures.comparisons import compare_units
from domain.figures.evidence import HIDDEN_BELOW
from domain.figures.figures import Counts, Stratum
from domain.figures.maturity import Cohort, compute_terms
from domain.figures.period import Period, parse_period, previous
from domain.figures.summary import Summary
from handlers.figures import totals_rebuild
from handlers.turns.services import Services
from storage.engine.database import Database
from storage.figures import packed_totals, trends
from storage.figures.figures import FigureQuery, fetch_summary
from storage.models import courses, deadlines
from tests.conftest import PROVE
from tests.golden.independent_figures import Independent, judge_units, wilson
from tests.golden.loading import RawFiles, load_data_set, make_services, read_files
from tests.harness.daily_totals import KEPT_TABLES
from tests.harness.databases import create_database, make_url
from tests.harness.quick_database import open_quickly
from tests.simulation.figures.unit_verdicts import Town, live_month

DATA = Path(__file__).parent / "data"
SHANGHAI, NEW_YORK, BERLIN = "Asia/Shanghai", "America/New_York", "Europe/Berlin"
ZONES = {"30": SHANGHAI, "300": NEW_YORK, "3000": SHANGHAI, "edges": BERLIN}
NOWS = {
    "30": datetime(2026, 11, 23, 18, 0, tzinfo=ZoneInfo(SHANGHAI)),
    "300": datetime(2026, 4, 10, 12, 0, tzinfo=ZoneInfo(NEW_YORK)),
    "3000": datetime(2026, 11, 23, 18, 0, tzinfo=ZoneInfo(SHANGHAI)),
    "edges": datetime(2026, 11, 9, 12, 0, tzinfo=ZoneInfo(BERLIN)),
}
PERIODS = {
    "30": [
        "2026-10",
        "2026-09",
        "month",
        "week",
        "quarter",
        "year",
        "2026-10-01",
        "2026-10-31",
        "2026-q3",
        "2026-09-30..2026-11-01",
        "2026-07-10..2026-10-06",
    ],
    "300": [
        "2025-11",
        "2026-03",
        "month",
        "week",
        "quarter",
        "year",
        "2025-11-02",
        "2026-03-08",
        "2025-q4",
        "2025",
        "2025-10-30..2025-11-03",
        "2026-02-27..2026-03-09",
    ],
    "3000": ["2026-10", "month", "week", "quarter", "year", "2026-q2", "2025-12-31..2026-03-01", "2026-05-20"],
    "edges": [
        "2026-10",
        "2026-10-25",
        "2026-03-29",
        "year",
        "quarter",
        "2026-03",
        "month",
        "2026-10-26",
        "2026-03-30",
        "2026-10-19..2026-10-25",
        "2026-q1",
        "2026-03-23..2026-03-29",
        "2026-10-24..2026-11-01",
    ],
}
"""New York's clocks go back on 2025-11-02 and forward on 2026-03-08, Berlin's on 2026-10-25 and on 2026-03-29."""
STRIDE = 1 if PROVE else 4
"""Of the periods every fourth is tried in `make test`, beginning with the first."""

SAMPLED_VALUES = 3
CHARTED: dict[Grain, int] = {"day": 50, "week": 20, "month": 12}


class GoldenCase:
    """One data set in one database, and what its raw rows say beside."""

    def __init__(self, name: str, services: Services) -> None:
        self.name, self.services, self.now = name, services, NOWS[name]
        self.zone = ZoneInfo(ZONES[name])
        self.truth = _count_independently(name)
        self.compared: Counter[str] = Counter()
        """How often which verdict was said of a unit."""

    def period(self, code: str) -> Period:
        return parse_period(code, self.now, self.zone)

    async def agrees(self, database: Database, wish: FigureQuery) -> Summary:
        """Everything the summary says is what the raw rows say."""
        async with database.read() as tx:
            summary = await fetch_summary(tx, wish, self.now, compute_terms(self.services.company))
        asked = (wish.by if wish.value is not None else By.ALL, wish.value, wish.departments)
        about = (self.name, wish.period.code, *asked)
        truth, before = self.truth, previous(wish.period)
        assert _drop_empty(summary.now) == _drop_empty(truth.everything(wish.period, *asked)), about
        assert _drop_empty(summary.before) == _drop_empty(truth.everything(before, *asked)), about
        expected = truth.expected(wish.period, wish.departments) if wish.value is None else None
        assert summary.casework.expected == (pytest.approx(expected) if expected is not None else None), about
        assert replace(summary.casework, expected=None) == truth.casework(wish.period, *asked), about
        assert summary.casework_before == truth.casework(before, *asked), about
        dimensions = truth.dimensions(wish.period, *asked)
        assert (summary.nps, summary.recommend) == (truth.nps(dimensions), truth.recommend(dimensions)), about
        four = dimensions.get("4:overall", {})
        assert summary.four_levels == sum(four.values(), figures.Tally()), about
        named = {key: strata for key, strata in dimensions.items() if key[0] not in "=4" and key != "overall"}
        assert {
            key: {s: one.tally for s, one in strata.items()} for key, strata in summary.dimensions.items()
        } == named, about
        assert {key: one.tally for key, one in summary.came.items()} == dimensions.get("=came", {}), about
        assert summary.begins == truth.begins(), about
        self._units(summary, wish)
        self._growing(summary, wish, before)
        return summary

    def _growing(self, summary: Summary, wish: FigureQuery, before: Period) -> None:
        """What still grows, and what it is judged by: the days that are complete, if the period before is known at all."""
        truth, about = self.truth, (self.name, wish.period.code, wish.by, wish.value, wish.departments)
        growing = truth.growing(wish.period)
        assert {one.value: until for one, until in summary.growing.items()} == growing, about
        asked = (wish.by if wish.value is not None else By.ALL, wish.value, wish.departments)
        known: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        for cohort in growing:
            days, judged = truth.complete_days(wish.period, before, cohort), summary.compared.get(Cohort(cohort))
            if days is None or judged is None:
                assert (days, judged) == (None, None), (about, cohort)
                continue
            span = tuple((one.first, one.last) for one in days)
            assert ((judged.now.first, judged.now.last), (judged.before.first, judged.before.last)) == span, about
            if span not in known:
                counts = [_drop_empty(truth.everything(one, *asked)) for one in days]
                known[span] = (*counts, *(truth.casework(one, *asked) for one in days))
            told = (
                _drop_empty(judged.counts),
                _drop_empty(judged.counts_before),
                judged.casework,
                judged.casework_before,
            )
            assert told == known[span], (about, cohort)
        first = truth.begins()
        assert summary.is_first == (first is not None and before.first < first), about

    def _units(self, summary: Summary, wish: FigureQuery) -> None:
        about = (self.name, wish.period.code, wish.by, wish.value, wish.departments)
        still = self.truth.open(wish.by, wish.value, wish.departments)
        totals = (summary.open_now, summary.overdue_now, summary.requests_now)
        assert totals == tuple(sum(one[n] for one in still.values()) for n in range(3)), about
        if wish.value is not None:
            return
        units = self.truth.units(wish.period, wish.by, None, wish.departments)
        expected = {key: _drop_empty(one) for key, one in units.items() if _drop_empty(one) != _drop_empty(Counts())}
        by_department = wish.by in {By.ALL, By.DEPARTMENT}
        lines = {key: (_drop_empty(Counts()), *still[key][:2]) for key in still} if by_department else {}
        lines |= {
            key: (one, *(still.get(key, (0, 0))[:2] if by_department else (0, 0))) for key, one in expected.items()
        }
        assert {one.key: (_drop_empty(one.counts), one.open, one.overdue) for one in summary.units} == lines, about
        if wish.by is not By.CATEGORY:
            self._verdicts(summary, wish)
        categories = self.truth.units(wish.period, By.CATEGORY, None, wish.departments)
        opened = {key: one.opened for key, one in categories.items() if one.opened}
        assert {one.key: one.counts.opened for one in summary.categories} == opened, about

    def _verdicts(self, summary: Summary, wish: FigureQuery) -> None:
        """What is said of each unit against the rest."""
        about = (self.name, wish.period.code, wish.by, wish.departments)
        compared = compare_units({unit.key: unit.counts for unit in summary.units})
        said = {key: one.verdict.value for key, one in compared.items() if one.share.n}
        truth = self.truth.verdicts(wish.period, wish.by, wish.departments)
        assert said == {key: truth[key] for key in said}, about
        self.compared.update(said.values())


def _drop_empty(counts: Counts) -> Counts:
    """Without strata of nothing."""
    return replace(counts, strata={key: one for key, one in sorted(counts.strata.items()) if one != Stratum()})


@cache
def _read_files(name: str) -> RawFiles:
    return read_files(DATA / name)


@cache
def _count_independently(name: str) -> Independent:
    """The figures of the files, which are the same whatever database they are compared with."""
    return Independent(DATA / name, _read_files(name), ZONES[name], NOWS[name])


async def _take_in(url: str, name: str) -> None:
    opened = open_quickly(url)
    await load_data_set(opened, _read_files(name), ZONES[name])
    await opened.close()


@pytest.fixture(scope="module")
def loaded_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the SQLite files with a data set in them, made when they are first asked for, and copied."""
    return tmp_path_factory.mktemp("golden")


@pytest.fixture(scope="module")
def loaded_templates() -> dict[str, str]:
    """Those of PostgreSQL, by the data set."""
    return {}


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(
    request: pytest.FixtureRequest, name: str, tmp_path: Path, loaded_files: Path, loaded_templates: dict[str, str]
) -> AsyncIterator[str]:
    """A database of one's own with the data set in it, which is taken in once for each engine."""
    if request.param == "sqlite":
        loaded = loaded_files / f"{name}.db"
        if not loaded.exists():
            shutil.copyfile(request.getfixturevalue("template"), tmp_path / "loaded.db")
            await _take_in(f"sqlite+aiosqlite:///{tmp_path / 'loaded.db'}", name)
            (tmp_path / "loaded.db").rename(loaded)
        shutil.copyfile(loaded, tmp_path / "huifang.db")
        yield f"sqlite+aiosqlite:///{tmp_path / 'huifang.db'}"
        return
    postgres = request.getfixturevalue("postgres")
    if name not in loaded_templates:
        made = await request.getfixturevalue("lent_databases").create()
        await _take_in(make_url(postgres, made), name)
        loaded_templates[name] = made
    async with create_database(postgres, loaded_templates[name]) as url:
        yield url


@pytest.fixture
def golden(database: Database, name: str) -> GoldenCase:
    return GoldenCase(name, make_services(database, ZONES[name]))


EACH = pytest.mark.parametrize(
    "name", ["30", "edges", *(pytest.param(name, marks=pytest.mark.prove) for name in ("300", "3000"))]
)


@EACH
async def test_every_figure(database: Database, golden: GoldenCase) -> None:
    """Every period, whole and by every breakdown: the product's figures are those of the raw rows."""
    for code in PERIODS[golden.name][::STRIDE]:
        for by in By:
            summary = await golden.agrees(database, FigureQuery(golden.period(code), by))
            if by is By.ALL:
                _judge(summary, golden)
    assert golden.compared["same"] or golden.name in {"30", "edges"}


def test_every_verdict() -> None:
    """Companies with more answers than the files have: what is said of a unit is what exact integers say, weighted or not."""
    random, said = Random(7), Counter[str]()  # noqa: S311 -- a test draws the same each time
    for town in (
        Town(6, 60, 0.9, 0.3),
        Town(9, 90, 0.85, 0.3, priorities=True),
        Town(4, 300, 0.9, -0.09, priorities=True),
        Town(4, 40, 0.9, 0.3, priorities=True),
    ):
        for _ in range(20):
            units = live_month(town, random)
            strata = {
                key: {
                    priority: (of.deliveries, of.tally.n, of.tally.count(4) + of.tally.count(5))
                    for priority, of in one.strata.items()
                }
                for key, one in units.items()
            }
            verdicts = {key: one.verdict.value for key, one in compare_units(units).items()}
            assert verdicts == judge_units(strata), (town, strata)
            said.update(verdicts.values())
    assert set(said) == {"higher", "lower", "same", "few"}


@EACH
async def test_every_unit(database: Database, golden: GoldenCase) -> None:
    """One unit of each breakdown alone, and what the head of a department sees."""
    for code in PERIODS[golden.name][: 4 if PROVE else 1]:
        period = golden.period(code)
        for by in By:
            if by is By.ALL:
                continue
            keys = sorted(golden.truth.units(period, by))
            for key in keys[:: max(len(keys) // SAMPLED_VALUES, 1)]:
                await golden.agrees(database, FigureQuery(period, by, key))
        for departments in (("transport",), ("sales", "service"), ("nobody",)):
            for by in (By.DEPARTMENT, By.COURIER):
                await golden.agrees(database, FigureQuery(period, by, None, departments))


@EACH
async def test_written_anew(database: Database, golden: GoldenCase) -> None:
    """What is kept is what counting anew finds; and where all of it is lost, the figures are the same when it is written again, and packed."""
    async with database.read() as tx:
        assert await totals_rebuild.find_differences(tx, golden.services) == {}
    await _delete_kept(database)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed_totals, "ROWS_TO_PACK", 2)
        await rebuild_totals(database, golden.services)
    async with database.read() as tx:
        assert await totals_rebuild.find_differences(tx, golden.services) == {}
    for code in PERIODS[golden.name][:: 2 * STRIDE]:
        for by in (By.ALL, By.COURIER, By.CATEGORY, By.HOUR):
            await golden.agrees(database, FigureQuery(golden.period(code), by))
        for key in ("transport", "service"):
            await golden.agrees(database, FigureQuery(golden.period(code), By.DEPARTMENT, key))
        courier = max(golden.truth.units(golden.period(code), By.COURIER))
        await golden.agrees(database, FigureQuery(golden.period(code), By.COURIER, courier))
        await golden.agrees(database, FigureQuery(golden.period(code), By.COURIER, None, ("transport",)))


@EACH
async def test_every_point_of_a_chart(database: Database, golden: GoldenCase) -> None:
    """What control charts are made of, by day, week and month, of all and of each department, is what the raw rows say."""
    today = golden.now.astimezone(golden.zone).date()
    for grain, count in CHARTED.items():
        spans = list_chart_periods(grain, today, count)
        async with database.read() as tx:
            counted = await trends.fetch_counts(tx, spans)
        whole = trends.add_departments(counted, len(spans))
        for department, points in {"": whole, **{key: one for key, one in counted.items() if key}}.items():
            told = [(one.low, one.answers, one.filed, one.deliveries) for one in points]
            assert told == golden.truth.chart(spans, department), (golden.name, grain, department)
        assert sum(one.filed for one in whole) > 0


async def _delete_kept(database: Database) -> None:
    """Everything that is kept beside the raw rows is gone, deadlines that ended too, which no door of the product takes out."""
    async with database.begin() as tx:
        if database.is_sqlite:
            guards = await tx.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'deadlines'")
            )
            for name in guards.scalars().all():
                await tx.execute(text(f"DROP TRIGGER {name}"))
        else:
            await tx.execute(text("ALTER TABLE deadlines DISABLE TRIGGER USER"))
        for table in (courses, deadlines, *KEPT_TABLES):
            await tx.execute(delete(table))


def _judge(summary: Summary, golden: GoldenCase) -> None:
    """The shares, means and rates that are told, from what was counted by hand or by SQL."""
    now, work = summary.now, summary.casework
    said: Any = figures.satisfaction(now.strata)
    expected = golden.truth.satisfaction(summary.period)
    if expected is None:
        assert said.value is None
        assert figures.mean_rating(now.strata) is None
    else:
        share, effective, mean = expected
        assert (said.value, said.size) == pytest.approx((share, effective))
        average = figures.mean_rating(now.strata)
        assert average is not None
        assert (average.value, average.size, average.index) == pytest.approx((mean, effective, mean / 5 * 100))
        assert average.n == said.n == now.tally.n
        tenths = floor(mean * 200 + 1e-6)
        assert figures.find_band(average).value == (
            "satisfied" if tenths >= 800 else "basically" if tenths >= 700 else "not"
        )
        assert (
            average.strength
            == said.strength
            == ("counts" if effective < 10 else "indicative" if effective < 30 else "solid")
        )
        low, high = wilson(share, effective)
        assert said.interval == pytest.approx(
            (low if said.part else 0.0, high if said.part < said.n else 1.0), abs=1e-9
        )
    counts = now.tally.counts
    total = sum(counts)
    points = sum((n + 1) * count for n, count in enumerate(counts))
    assert figures.weighted_score(now.tally) == points
    assert list(figures.list_silent_strata(now.strata)) == golden.truth.silent(summary.period)
    assert figures.dissatisfaction(now.tally).part == counts[0] + counts[1]
    assert [(rating, share.part, share.n) for rating, share in figures.distribution(now.tally)] == [
        (rating, counts[rating - 1], total) for rating in (5, 4, 3, 2, 1)
    ]
    rates = (
        (figures.response_rate(now.responded, now.invited), now.responded, now.invited, 1),
        (figures.reach_rate(now.invited, now.drawn), min(now.invited, now.drawn), max(now.sampled - now.came, 0), 1),
        (figures.complaint_rate(now.complaints, now.deliveries), now.complaints, now.deliveries, 1000),
        (figures.valid_rate(now.valid, now.deliveries), now.valid, now.deliveries, 10**6),
        (figures.recommend_rate(*summary.recommend), *summary.recommend, 1),
        (handled.handling_satisfaction(work), work.satisfied, work.rectified, 1),
        (handled.handling_satisfaction_of_answers(work), work.satisfied, work.satisfied + work.dissatisfied, 1),
        (handled.repeat_rate(work), work.repeated, work.opened, 1),
        (handled.reopen_rate(work), work.reopened, work.rectified, 1),
        (handled.first_time_resolution(work), work.first, work.spoken, 1),
        (handled.resolution_rate_by_round(work, 2), work.first + work.second, work.spoken, 1),
        (handled.resolution_rate_by_round(work, 3), work.first + work.second + work.third, work.spoken, 1),
        (handled.silence_rate(work), work.settled - work.spoken, work.settled, 1),
        *((handled.on_time_rate(kept), kept.kept, kept.due, 1) for kept in work.stages.values()),
        *((handled.on_time_rate_as_promised(kept), kept.promised, kept.due, 1) for kept in work.stages.values()),
    )
    rated: Any
    for rated, part, n, per in rates:
        assert rated.value == (pytest.approx(part / n * per) if n else None)


@pytest.mark.parametrize("name", ["edges"])
@pytest.mark.one_engine
async def test_the_edges_are_edges(golden: GoldenCase) -> None:
    """What the set was made for is in it: many answers worth few, a priority that nobody speaks for, forerunners that are none any more."""
    month, truth = golden.period("2026-11"), golden.truth
    known = truth.satisfaction(month)
    assert known is not None
    assert known[1] < HIDDEN_BELOW < truth.everything(month, By.ALL, None, None).tally.n
    assert truth.silent(month) == ["P3"]
    repeated = [one.repeated for one in truth.lives if one.opened.date().isoformat() in {"2026-09-02", "2026-09-03"}]
    assert repeated == [False, False]
    assert [one.repeated for one in truth.lives if one.category == "attitude" and one.opened.month == 10][:4] == [
        False,
        False,
        True,
        True,
    ]
    ninety = [one for one in truth.lives if f"{one.opened:%m-%d}" == "10-18" and one.category == "delivery"]
    assert [one.repeated for one in ninety] == [True, False]
