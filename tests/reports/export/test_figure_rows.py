"""The figures of an export: as our functions count them, honest about how much they say."""

from dataclasses import replace
from datetime import date

from domain.cases.deadlines import Stage
from domain.figures import figures
from domain.figures.figures import Counts, Stratum, Tally
from domain.figures.handling import HandlingCounts, HandlingTimes, KeptDeadlines
from domain.figures.maturity import Cohort
from domain.figures.summary import Summary, SummaryUnit
from reports.export.figure_row import HOURS, FigureRow, quote_text
from reports.export.figure_rows import list_figure_rows
from tests.reports.export.test_response_columns import reader
from tests.storage.figures.test_exports import OCTOBER

MANY = {"P1": Stratum(100, Tally((1, 0, 2, 10, 27))), "P4": Stratum(900, Tally((5, 5, 0, 0, 0)))}
FOUND = Summary(
    OCTOBER,
    Counts(MANY, 90, 80, 50, 4, 1, 3, 70, 42, 10),
    dimensions={"goods": {"P1": Stratum(0, Tally((0, 0, 0, 4, 5)))}},
)


def rows(summary: Summary = FOUND, *scored: str) -> dict[str, FigureRow]:
    return {one.name: one for one in list_figure_rows(summary, reader(), ["overall", "goods", *scored])}


def test_a_figure_is_what_its_function_says() -> None:
    """Weighted satisfaction with its n and interval, and the mean."""
    share = figures.satisfaction(MANY)
    row = rows()["Satisfaction (ratings 4 and 5, weighted)"]
    assert (row.part, row.n, row.value) == (37, 50, share.value)
    assert (row.low, row.high) == share.interval
    average = figures.mean_rating(MANY)
    assert average is not None
    assert rows()["Mean rating (weighted; count: sum of ratings)"].value == average.value
    assert rows()["Index of 100 (count: score)"].value == average.index
    assert (row.size, row.n) == (share.size, 50)
    assert rows()["Response rate"].value == 42 / 70
    assert rows()["Reach"].value == 70 / 80
    assert rows()["Rated unprompted"].part == 10


def test_below_ten_there_are_counts_only() -> None:
    """No value, no interval, and none in the formula either."""
    row = rows()["Goods intact: satisfaction"]
    assert (row.part, row.n, row.value, row.low, row.high) == (9, 9, None, None, None)
    assert row.live[2].startswith('IF({n}<10,""')


def test_each_figure_says_until_when_it_grows() -> None:
    """What it waits for, and nothing where that has come in; what is open now waits for nothing."""
    until = {cohort: date(2026, 11, 1 + n) for n, cohort in enumerate(Cohort)}
    stages = {Stage.ANSWER: KeptDeadlines(20, 15, 10)}
    asked = replace(FOUND, recommend=(8, 12), casework=HandlingCounts(opened=20, stages=stages))
    growing = rows(replace(asked, growing=until))
    for cohort, names in GROWS.items():
        for name in names:
            assert growing[name].grows_until == until[cohort], name
    now = {"Complaints open now", "Overdue now", "Suggestions and questions open now"}
    assert {name for name, row in growing.items() if row.grows_until is None} == now
    assert {row.grows_until for row in rows(asked).values()} == {None}


GROWS = {
    Cohort.ANSWERS: (
        "Satisfaction (ratings 4 and 5, weighted)",
        "Ratings of 5",
        "Goods intact: satisfaction",
        "Response rate",
        "Reach",
        "Rated unprompted",
    ),
    Cohort.COMPLAINTS: ("Complaints per 1,000 deliveries",),
    Cohort.VALID: ("Valid complaints per million deliveries",),
    Cohort.FILED: ("Deliveries", "Complaints opened", "Repeat rate", "On time: Answer"),
    Cohort.HANDLING: (
        "Satisfaction with the handling",
        "Solved in at most two rounds",
        "Did not say whether it was solved",
        "First reply, median, working hours",
    ),
    Cohort.REOPENED: ("Reopen rate",),
}


def test_what_has_no_column_is_no_figure() -> None:
    """A formula needs a column to count; what nobody was asked is not told."""
    assert not [name for name in rows() if "promoter" in name or "recommend" in name]
    asked = replace(FOUND, recommend=(8, 12))
    assert rows(asked, "=recommend")["Would recommend us"].value == 8 / 12


def test_times_are_hours_that_some_case_took() -> None:
    """Seconds of the median as hours, by an array formula."""
    by_name = rows(replace(FOUND, casework=HandlingCounts(opened=20, replied=HandlingTimes(20, 5400.0, 7200.0))))
    row = by_name["First reply, median, working hours"]
    assert (row.value, row.n, row.shown, row.array) == (1.5, 20, HOURS, True)


def test_a_name_is_no_formula() -> None:
    """A category's name stands in a formula as text, with its quotes doubled and its braces its own."""
    assert quote_text('a"&{n}&"b') == '"a""&{n}&""b"'
    category = SummaryUnit('x"{part}', "x", Counts(opened=2))
    (row,) = [one for one in rows(replace(FOUND, categories=(category,))).values() if one.name.endswith("{part}")]
    assert '"x""{part}"' in row.live[0]
