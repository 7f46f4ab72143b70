"""Every figure of a golden data set, computed by DuckDB and plain Python straight from its files: nothing here calls the code under test.

Its types are used as containers (`Counts`, `Casework`, …), so that two results can be compared.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil, comb, exp, floor, sqrt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from domain.cases.deadlines import Stage
from domain.figures.breakdown import By
from domain.figures.chart_periods import ChartPeriod
from domain.figures.figures import Counts, Nps, Stratum, Tally
from domain.figures.handling import HandlingCounts, HandlingTimes, KeptDeadlines
from domain.figures.period import Period
from tests.golden.case_lives import CaseLife, mark_repeats, trace_lives
from tests.golden.loading import RawFiles

PLACE = ("department", "courier", "route", "station", "service", "priority", "customer_type")
UNITS = {by: "department" if by is By.ALL else by.value for by in By}
UNSOLVED = frozenset({"assigned", "in_work", "planned", "waiting", "in_review"})
COUNTED_FIELDS = (
    "deliveries",
    "sampled",
    "surveyed",
    "answered",
    "complaints",
    "valid",
    "opened",
    "invited",
    "responded",
    "came",
    "grown",
)
REPEAT_DAYS = 90
COMPLETE_AFTER = {"filed": 0, "answers": 9, "complaints": 14, "valid": 29, "handling": 14, "reopened": 28}
"""In the example company: a survey goes out within two hours or on the next day and is open for seven; complaints come within
fourteen days, are decided within fifteen more, answered within seven, agreed to by silence after seven more, reopened within
fourteen.
"""
Departments = tuple[str, ...] | None


class Independent:
    """One data set in a DuckDB of its own."""

    def __init__(self, folder: Path, raw: RawFiles, zone: str, now: datetime) -> None:
        self.now, self.zone = now, ZoneInfo(zone)
        self.lives = trace_lives(raw, ZoneInfo(zone))
        self.db = duckdb.connect(config={"threads": 1})
        self._known: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
        self.db.execute(f"SET TimeZone = '{zone}'")
        for name in ("deliveries", "surveys", "answers", "cases"):
            path = folder / f"{name}.csv"
            self.db.execute(
                f"CREATE TABLE {name} AS SELECT row_number() OVER () AS line, * FROM read_csv('{path}', all_varchar = true, nullstr = '~')"
            )
        self.db.execute(
            "CREATE TABLE lives (n INTEGER, kind VARCHAR, department VARCHAR, opened TIMESTAMPTZ, valid BOOLEAN, state VARCHAR)"
        )
        self.db.executemany(
            "INSERT INTO lives VALUES (?, ?, ?, ?, ?, ?)",
            [(one.number, one.kind, one.department, one.opened, one.valid, one.state) for one in self.lives],
        )
        self.db.execute('CREATE TABLE filed (n INTEGER, "case" VARCHAR)')
        order = [row["case"] for row in raw.events if row["event"] == "file"]
        self.db.executemany("INSERT INTO filed VALUES (?, ?)", list(enumerate(order)))
        for statement in _VIEWS:
            self.db.execute(statement)
        places = self.db.execute(f"SELECT n, {', '.join(PLACE)} FROM complaints").fetchall()
        self.places = {row[0]: dict(zip(PLACE, row[1:], strict=True)) for row in places}
        mark_repeats(self.lives, self.places)
        self.today = now.astimezone(ZoneInfo(zone)).date()

    def _fetch(self, statement: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        """The rows. The files never change, so what was asked once is known: both engines and several tests ask the same."""
        asked = statement, repr(values)
        if asked not in self._known:
            self._known[asked] = self.db.execute(statement, values or None).fetchall()
        return self._known[asked]

    # --- what is counted day by day ---

    def units(
        self, period: Period, by: By, value: str | None = None, departments: Departments = None
    ) -> dict[str, Counts]:
        """By the breakdown's value (without one, by department); of one value where it is named."""
        unit = UNITS[by]
        where, values = self._where(period, unit, value, departments)
        if by is By.CATEGORY:
            where += " AND category IS NOT NULL"
        sums = ", ".join(f"sum({name})::INTEGER" for name in COUNTED_FIELDS)
        totals: dict[str, tuple[dict[str, int], list[int]]] = {}
        for key, stratum, deliveries, *rest in self._fetch(
            f"SELECT {unit}, priority, {sums} FROM counted WHERE {where} GROUP BY ALL", values
        ):
            strata, counts = totals.setdefault(key, ({}, [0] * (len(COUNTED_FIELDS) - 1)))
            strata[stratum] = deliveries
            totals[key] = strata, [a + b for a, b in zip(counts, rest, strict=True)]
        rated: dict[str, dict[str, Tally]] = {}
        if by is not By.CATEGORY:
            for key, stratum, *scores in self._scores(unit, "overall", where, values):
                rated.setdefault(str(key), {})[str(stratum)] = _make_tally(scores)
        return {
            key: Counts(
                {
                    stratum: Stratum(
                        totals.get(key, ({}, []))[0].get(stratum, 0), rated.get(key, {}).get(stratum, Tally())
                    )
                    for stratum in {*totals.get(key, ({}, []))[0], *rated.get(key, {})}
                },
                *totals.get(key, ({}, [0] * (len(COUNTED_FIELDS) - 1)))[1],
            )
            for key in {*totals, *rated}
        }

    def everything(self, period: Period, by: By, value: str | None, departments: Departments) -> Counts:
        """All of it, or one unit."""
        parts = self.units(period, by if value is not None else By.ALL, value, departments).values()
        strata: dict[str, Stratum] = {}
        for part in parts:
            for key, stratum in part.strata.items():
                known = strata.get(key, Stratum())
                counts = tuple(a + b for a, b in zip(known.tally.counts, stratum.tally.counts, strict=True))
                strata[key] = Stratum(known.deliveries + stratum.deliveries, _make_tally(counts))
        return Counts(strata, *(sum(getattr(one, name) for one in parts) for name in COUNTED_FIELDS[1:]))

    def dimensions(
        self, period: Period, by: By, value: str | None, departments: Departments
    ) -> dict[str, dict[str, Tally]]:
        """Every dimension's answers by priority: five levels under its name, four under `4:` and its name, `=nps`, `=recommend`."""
        where, values = self._where(period, UNITS[by], value, departments)
        tallies: dict[str, dict[str, Tally]] = {}
        for key, stratum, *scores in self._scores("dimension", None, where, values):
            tallies.setdefault(str(key), {})[str(stratum)] = _make_tally(scores)
        return tallies

    def silent(self, period: Period) -> list[str]:
        """The priorities with deliveries of which nobody gave a rating."""
        rows = self._fetch(
            """
            SELECT priority FROM counted WHERE deliveries = 1 AND day BETWEEN $first AND $last EXCEPT
            SELECT priority FROM rated WHERE dimension = 'overall' AND day BETWEEN $first AND $last ORDER BY 1
            """,
            {"first": period.first, "last": period.last},
        )
        return [str(priority) for (priority,) in rows]

    def begins(self) -> date | None:
        """The first day of which anything is known."""
        day: date | None
        ((day,),) = self._fetch("SELECT min(day) FROM counted")
        return day

    # --- what is not complete yet ---

    def growing(self, period: Period) -> dict[str, date]:
        """Of each cohort that still grows: the first day on which it does no more."""
        last = period.last
        if period.running:  # by now it may have more days to come
            first, months = period.first, {"month": 1, "quarter": 3, "year": 12}.get(period.kind.value, 0)
            after = first.month - 1 + months
            week = first + timedelta(days=6) if period.kind.value == "week" else last
            last = date(first.year + after // 12, after % 12 + 1, 1) - timedelta(days=1) if months else week
        ends = {name: last + timedelta(days=days + 1) for name, days in COMPLETE_AFTER.items()}
        return {name: end for name, end in ends.items() if end > self.today}

    def complete_days(self, period: Period, before: Period, cohort: str) -> tuple[Period, Period] | None:
        """The days of the period that are complete today, one by one, and as many from the start of the one before."""
        days = [period.first + timedelta(days=n) for n in range((period.last - period.first).days + 1)]
        complete = [day for day in days if day + timedelta(days=COMPLETE_AFTER[cohort]) < self.today]
        if not complete:
            return None
        last = min(before.first + timedelta(days=len(complete) - 1), before.last)
        return _span(period, complete[-1]), _span(before, last)

    def nps(self, dimensions: dict[str, dict[str, Tally]]) -> Nps:
        detractors, passives, promoters, *_ = _add_tallies(dimensions.get("=nps", {}))
        return Nps(detractors, passives, promoters)

    def recommend(self, dimensions: dict[str, dict[str, Tally]]) -> tuple[int, int]:
        no, yes, *_ = _add_tallies(dimensions.get("=recommend", {}))
        return yes, no + yes

    def _scores(
        self, unit: str, dimension: str | None, where: str, values: Sequence[object]
    ) -> list[tuple[object, ...]]:
        more = f" AND dimension = '{dimension}'" if dimension else ""
        counts = ", ".join(f"count(*) FILTER (WHERE score = {n})" for n in range(1, 6))
        statement = f"SELECT {unit}, priority, {counts} FROM rated WHERE {where}{more} GROUP BY ALL"
        return self._fetch(statement, values)

    @staticmethod
    def _where(period: Period, unit: str, value: str | None, departments: Departments) -> tuple[str, list[object]]:
        where = "day BETWEEN ? AND ?"
        values: list[object] = [period.first, period.last]
        if value is not None:
            where, values = f"{where} AND {unit} = ?", [*values, value]
        if departments is not None:
            where, values = f"{where} AND list_contains(?, department)", [*values, list(departments)]
        return where, values

    # --- the points of control charts ---

    def chart(self, spans: Sequence[ChartPeriod], department: str) -> list[tuple[int, int, int, int]]:
        """Of each span: low ratings, ratings, complaints that did not grow out of one, deliveries; of a department, or (empty) of all."""
        where = "day BETWEEN ? AND ?" + (" AND department = ?" if department else "")
        points = []
        for span in spans:
            values = [span.first, span.last, *([department] if department else [])]
            row: list[int] = []
            for sums, table, more in (
                ("count(*) FILTER (WHERE score <= 2), count(*)", "rated", "AND dimension = 'overall'"),
                ("sum(complaints) - sum(grown), sum(deliveries)", "counted", ""),
            ):
                (counted,) = self._fetch(f"SELECT {sums} FROM {table} WHERE {where} {more}", values)
                row += [int(one or 0) for one in counted]
            points.append((row[0], row[1], row[2], row[3]))
        return points

    # --- a weighted share, answer by answer ---

    def satisfaction(self, period: Period) -> tuple[float, float, float] | None:
        """Each answer stands for as many deliveries of its priority as there are per answer: the share, and Kish's effective number."""
        (row,) = self._fetch(
            """
            WITH asked AS (SELECT priority, score FROM rated WHERE dimension = 'overall' AND day BETWEEN $first AND $last),
            delivered AS (SELECT priority, sum(deliveries) AS d FROM counted WHERE day BETWEEN $first AND $last GROUP BY ALL),
            weighed AS (
                SELECT score, greatest(coalesce(d, 0), count(*) OVER (PARTITION BY priority)) / count(*) OVER (PARTITION BY priority) AS w
                FROM asked LEFT JOIN delivered USING (priority)
            )
            SELECT sum(w) FILTER (WHERE score >= 4) / sum(w), sum(w) ** 2 / sum(w ** 2), sum(w * score) / sum(w) FROM weighed
            """,
            {"first": period.first, "last": period.last},
        )
        return None if row[1] is None else (row[0] or 0.0, row[1], row[2])

    def verdicts(self, period: Period, by: By, departments: Departments) -> dict[str, str]:
        """What is said of each unit against all others, from the raw rows."""
        return judge_units(self._strata(period, by, departments))

    def _strata(self, period: Period, by: By, departments: Departments) -> dict[str, dict[str, tuple[int, ...]]]:
        """By unit and priority: deliveries, ratings, and how many of these are 4 and 5."""
        unit = UNITS[by]
        where, values = self._where(period, unit, None, departments)
        strata: dict[str, dict[str, tuple[int, ...]]] = {}
        delivered = f"SELECT {unit}, priority, sum(deliveries)::INTEGER FROM counted WHERE {where} GROUP BY ALL"
        for key, priority, deliveries in self._fetch(delivered, values):
            strata.setdefault(key, {})[priority] = deliveries, 0, 0
        for key, priority, *scores in self._scores(unit, "overall", where, values):
            ratings = [int(str(score)) for score in scores]
            deliveries = strata.setdefault(str(key), {}).get(str(priority), (0, 0, 0))[0]
            strata[str(key)][str(priority)] = deliveries, sum(ratings), sum(ratings[3:])
        return strata

    # --- cases ---

    def _of(self, by: By, value: str | None, departments: Departments) -> list[CaseLife]:
        """The complaints of the wished unit; nobody asks for the cases of an hour."""
        lives = [one for one in self.lives if departments is None or one.department in departments]
        if value is None or by is By.HOUR:
            return lives
        lives = [one for one in lives if one.kind == "complaint"]
        if by is By.CATEGORY:
            return [one for one in lives if one.category == value]
        return [
            one
            for one in lives
            if (one.department if by is By.DEPARTMENT else self.places[one.number][by.value]) == value
        ]

    def casework(self, period: Period, by: By, value: str | None, departments: Departments) -> HandlingCounts:
        mine = [one for one in self._of(by, value, departments) if one.kind == "complaint"]
        cohort = [one for one in mine if period.start <= one.opened < period.end and one.state != "merged"]
        answered = [one for one in cohort if one.answers]
        settled = [one for one in cohort if one.settled(self.now, self.zone)]
        spoken = [one for one in settled if one.spoken]
        waiting = [one for one in cohort if not one.answers and not one.word]
        return HandlingCounts(
            opened=len(cohort),
            rectified=len(answered),
            satisfied=sum(one.word == "satisfied" for one in answered),
            dissatisfied=sum(one.word == "dissatisfied" for one in answered),
            silent=sum(one.word == "silent" for one in answered),
            settled=len(settled),
            spoken=len(spoken),
            first=sum(one.solved_in == 1 and not one.reopened for one in spoken),
            second=sum(one.solved_in == 2 for one in spoken),
            third=sum(one.solved_in == 3 for one in spoken),
            reopened=sum(one.reopened for one in answered),
            repeated=sum(one.repeated for one in cohort),
            attitude_valid=sum(one.valid and one.category == "attitude" for one in cohort),
            handling=_make_tally([sum(one.handling == n for one in cohort) for n in range(1, 6)]),
            replied=_make_times([one.replied for one in cohort]),
            resolved=_make_times([one.seconds(0) for one in cohort]),
            finished=_make_times([one.seconds(-1) for one in cohort]),
            unanswered=len(waiting),
            oldest=(self.now - min(one.opened for one in waiting)).total_seconds() if waiting else None,
            stages=self._stages(period, by, value, departments),
        )

    def expected(self, period: Period, departments: Departments) -> float | None:
        """How many repeats chance would make of the complaints, each by itself: it falls on a unit as deliveries do."""
        mine = [one for one in self._of(By.ALL, None, departments) if one.kind == "complaint" and one.state != "merged"]
        cohort = [one for one in mine if period.start <= one.opened < period.end]
        if not cohort:
            return None
        shares = self._unit_shares(period, departments)
        expected = 0.0
        for life in cohort:
            alike = [one for one in mine if one.category == life.category]
            recent = [one for one in alike if timedelta() < period.end - one.opened <= timedelta(days=REPEAT_DAYS)]
            expected += sum(share * (1 - exp(-share * len(recent))) for share in shares)
        return expected

    def _unit_shares(self, period: Period, departments: Departments) -> list[float]:
        """Of the deliveries in the months about the period's end: couriers', if most have one, else stations', else departments'."""
        months = [f"{period.last - timedelta(days=days):%Y-%m}" for days in (0, 15)]
        for unit in ("courier", "station", "department"):
            rows = self._fetch(
                f"""
                SELECT {unit}, count(*) FROM counted
                WHERE deliveries = 1 AND list_contains(?, strftime(day, '%Y-%m')) AND (? OR list_contains(?, department))
                GROUP BY ALL
                """,
                [months, departments is None, list(departments or ())],
            )
            known = [count for key, count in rows if key]
            if unit == "department" or 2 * sum(known) > sum(count for _, count in rows):
                return [count / sum(known) for count in known]
        return []

    def _stages(
        self, period: Period, by: By, value: str | None, departments: Departments
    ) -> dict[Stage, KeptDeadlines]:
        stages: dict[Stage, list[int]] = {}
        everybody = self._of(By.HOUR if by is By.DEPARTMENT else by, value, None)
        for promise in (one for life in everybody if life.kind == "complaint" for one in life.promises):
            if departments is not None and promise.department not in departments:
                continue
            if by is By.DEPARTMENT and value is not None and promise.department != value:
                continue
            fell_due = promise.ended is not None or promise.due < self.now
            if promise.counts and fell_due and period.start <= promise.due < period.end:
                counts = stages.setdefault(Stage(promise.stage), [0, 0, 0])
                counts[0] += 1
                counts[1] += promise.ended is not None and promise.ended <= promise.due
                counts[2] += promise.ended is not None and promise.ended <= promise.promised
        return {stage: KeptDeadlines(*counts) for stage, counts in stages.items()}

    def open(self, by: By, value: str | None, departments: Departments) -> dict[str, tuple[int, int, int]]:
        """Complaints open and overdue now, and whatever else is open, by department."""
        by_department: dict[str, tuple[int, int, int]] = {}
        for life in self._of(by, value, departments):
            if life.state in UNSOLVED:
                many, late, others = by_department.get(life.department, (0, 0, 0))
                complaint = life.kind == "complaint"
                late += complaint and life.due < self.now
                by_department[life.department] = many + complaint, late, others + (not complaint)
        return by_department


def _span(period: Period, last: date) -> Period:
    """The same period, over after this day."""
    after = last + timedelta(days=1)
    end = datetime(after.year, after.month, after.day, tzinfo=period.zone)
    return Period(period.kind, period.start, end, period.zone, period.code)


def wilson(p: float, n: float) -> tuple[float, float]:
    """The two roots of (p − x)² = z²·x·(1 − x) ÷ n."""
    k = 1.959963984540054**2 / n
    a, b, c = 1 + k, -(2 * p + k), p * p
    root = sqrt(max(b * b - 4 * a * c, 0.0))
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def judge_units(strata: Mapping[str, Mapping[str, Sequence[int]]]) -> dict[str, str]:
    """Each unit against all others, higher, lower, same or few, by exact integers; of each priority deliveries, ratings, fours and fives."""
    tested: dict[str, tuple[Fraction, str]] = {}
    verdicts = dict.fromkeys(strata, "few")
    for key, mine in strata.items():
        others = [of for other, of in strata.items() if other != key]
        rest = {
            priority: [sum(of.get(priority, (0, 0, 0))[k] for of in others) for k in range(3)]
            for priority, counted in mine.items()
            if counted[1]
        }
        share, worth = _weigh(mine)
        rest_share, rest_worth = _weigh(rest)
        if min(worth, rest_worth) >= 10:
            chance = _fisher(
                _round_towards(share, worth, rest_share), _round_towards(rest_share, rest_worth, rest_share)
            )
            tested[key] = chance, "higher" if share > rest_share else "lower"
    barred = False
    for rank, key in enumerate(sorted(tested, key=lambda one: tested[one][0])):
        chance, side = tested[key]
        barred = barred or chance * (len(tested) - rank) >= Fraction(1, 20)
        verdicts[key] = "same" if barred else side
    return verdicts


def _weigh(strata: Mapping[str, Sequence[int]]) -> tuple[Fraction, Fraction]:
    """The share of satisfied ratings, each priority by its deliveries, and how many equal ratings would prove as much."""
    weights = [(max(delivered, n), n, good) for delivered, n, good in strata.values() if n]
    if not weights:
        return Fraction(0), Fraction(0)
    total = sum(weight for weight, _, _ in weights)
    share = sum((Fraction(weight * good, n) for weight, n, good in weights), Fraction()) / total
    return share, Fraction(total**2) / sum((Fraction(weight**2, n) for weight, n, _ in weights), Fraction())


def _round_towards(share: Fraction, worth: Fraction, other: Fraction) -> tuple[int, int]:
    """So many of so many; of ratings that weigh differently as many whole ones as they are worth, not to be surer than they are."""
    n = floor(worth)
    good = share * n
    return (ceil(good) if share < other else floor(good) if share > other else round(good)), n


def _fisher(unit: tuple[int, int], other: tuple[int, int]) -> Fraction:
    """Twice the smaller tail of the hypergeometric distribution."""
    (good, n), (other_good, other_n) = unit, other
    ways = [comb(n, k) * comb(other_n, good + other_good - k) for k in range(min(n, good + other_good) + 1)]
    tail = min(sum(ways[: good + 1]), sum(ways[good:]))
    return Fraction(2 * tail, comb(n + other_n, good + other_good))


def _make_tally(counts: Sequence[object]) -> Tally:
    ones, twos, threes, fours, fives = (int(str(count)) for count in counts)
    return Tally((ones, twos, threes, fours, fives))


def _add_tallies(tallies: dict[str, Tally]) -> list[int]:
    return [sum(tally.counts[n] for tally in tallies.values()) for n in range(5)]


def _make_times(durations: Sequence[int | None]) -> HandlingTimes:
    """The median and the ninth decile by nearest rank."""
    known = sorted(one for one in durations if one is not None)
    if not known:
        return HandlingTimes()
    return HandlingTimes(
        len(known), float(known[ceil(len(known) / 2) - 1]), float(known[ceil(len(known) * 9 / 10) - 1])
    )


_FROZEN = ", ".join(
    f"coalesce(nullif(s.{name}, ''), d.{name}, '') AS {name}"
    if name in {"department", "courier"}
    else f"coalesce(d.{name}, '') AS {name}"
    for name in PLACE
)
_BLANK = ", ".join(f"coalesce({name}, '') AS {name}" for name in PLACE)
_WHEN = "{0}::DATE AS day, strftime({1}, '%u%H') AS hour"
_ALL = ", ".join(PLACE)
_VIEWS = (
    """
    CREATE TABLE given AS
    SELECT survey, question, arg_max(dimension, line) AS dimension, arg_max(kind, line) AS kind, arg_max(levels, line)::INTEGER AS levels,
        try_cast(arg_max(score, line) AS INTEGER) AS score, arg_max(words, line) AS words
    FROM answers GROUP BY ALL HAVING arg_max(score, line) <> '' OR arg_max(words, line) <> ''
    """,
    f"""
    CREATE TABLE asked AS
    SELECT s.survey, s.delivery <> '' AS about, s.origin, s.state, s.excluded = 'yes' AS excluded,
        coalesce(d."at", s."at")::TIMESTAMPTZ AS moment, {_FROZEN},
        exists(SELECT 1 FROM given g WHERE g.survey = s.survey) OR (s.form = 'nobody@1' AND d.fate = 'answered') AS answered
    FROM surveys s LEFT JOIN deliveries d ON d.delivery = s.delivery
    """,
    f"""
    CREATE TABLE complaints AS
    SELECT l.n, l.opened, l.valid, coalesce(d."at"::TIMESTAMPTZ, l.opened) AS moment, l.department, c.category,
        CASE WHEN coalesce(a.courier, d.courier, '') <> '' THEN coalesce(a.courier, d.courier) ELSE c.courier END AS courier,
        {", ".join(f"coalesce(a.{name}, d.{name}, '') AS {name}" for name in PLACE[2:])}, l.state,
        s.form <> 'nobody@1' AND exists(
            SELECT 1 FROM answers w WHERE w.survey = s.survey AND w.question = 'overall' AND try_cast(w.score AS INTEGER) <= 2
        ) AS grown
    FROM lives l JOIN filed f USING (n) JOIN cases c USING ("case")
        LEFT JOIN deliveries d ON d.delivery = c.delivery
        LEFT JOIN surveys s ON s.delivery = c.delivery AND c.delivery <> '' LEFT JOIN asked a ON a.survey = s.survey
    WHERE l.kind = 'complaint'
    """,
    f"""
    CREATE TABLE counted AS
    SELECT {_WHEN.format('"at"::TIMESTAMPTZ', '"at"::TIMESTAMPTZ')}, {_BLANK}, NULL AS category, 1 AS deliveries,
        (fate <> 'sampled_out')::INTEGER AS sampled, 0 AS surveyed, 0 AS answered, 0 AS complaints, 0 AS valid, 0 AS opened,
        0 AS invited, 0 AS responded, 0 AS came, 0 AS grown
    FROM deliveries
    UNION ALL
    SELECT {_WHEN.format("moment", "moment")}, {_ALL}, NULL, 0, 0, 1, answered::INTEGER, 0, 0, 0,
        (origin = 'sent')::INTEGER, (origin = 'sent' AND answered)::INTEGER, (origin IN ('link', 'rate'))::INTEGER, 0
    FROM asked
    WHERE about AND NOT excluded AND (state <> 'undelivered' OR answered)
    UNION ALL
    SELECT {_WHEN.format("moment", "moment")}, {_ALL}, category, 0, 0, 0, 0, 1, valid::INTEGER, 0, 0, 0, 0, coalesce(grown, false)::INTEGER
    FROM complaints WHERE state <> 'merged'
    UNION ALL
    SELECT {_WHEN.format("opened", "moment")}, {_ALL}, category, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0
    FROM complaints WHERE state <> 'merged'
    """,
    f"""
    CREATE TABLE rated AS
    SELECT {_WHEN.format("moment", "moment")}, {_ALL}, NULL AS category, '=nps' AS dimension,
        CASE WHEN score >= 9 THEN 3 WHEN score >= 7 THEN 2 ELSE 1 END AS score
    FROM asked JOIN given USING (survey) WHERE NOT excluded AND kind = 'nps'
    UNION ALL
    SELECT {_WHEN.format("moment", "moment")}, {_ALL}, NULL, '=recommend', score + 1
    FROM asked JOIN given USING (survey) WHERE NOT excluded AND kind = 'yesno' AND dimension = 'recommend'
    UNION ALL
    SELECT {_WHEN.format("moment", "moment")}, {_ALL}, NULL, CASE levels WHEN 4 THEN '4:' ELSE '' END || dimension, score
    FROM asked JOIN given USING (survey) WHERE NOT excluded AND kind = 'rating' AND dimension <> '' AND origin <> 'campaign'
    UNION ALL
    SELECT {_WHEN.format("moment", "moment")}, {_ALL}, NULL, '=came', score
    FROM asked JOIN given USING (survey) WHERE NOT excluded AND kind = 'rating' AND levels <> 4 AND dimension = 'overall'
        AND origin IN ('link', 'rate')
    """,
)
