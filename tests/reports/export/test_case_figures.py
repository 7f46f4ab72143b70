"""The figures of cases in an export."""

from domain.cases.deadlines import Stage
from domain.figures.handling import HandlingCounts, KeptDeadlines
from domain.figures.summary import Summary
from reports.export.case_figures import list_case_figures
from reports.export.figure_row import COUNT, FigureRow
from tests.reports.export.test_response_columns import reader
from tests.storage.figures.test_exports import OCTOBER


def rows(work: HandlingCounts) -> dict[str, FigureRow]:
    return {one.name: one for one in list_case_figures(Summary(OCTOBER, casework=work, open_now=7), reader())}


def test_rates_have_the_denominators_of_their_definitions() -> None:
    """Silence is not satisfaction; a repeat is one of all, a reopened case one of those answered."""
    figures = rows(HandlingCounts(30, 20, 9, 3, 8, 15, 12, 6, 2, 1, 4, 5))
    assert (figures["Satisfaction with the handling"].part, figures["Satisfaction with the handling"].n) == (9, 20)
    assert figures["Satisfaction with the handling, of those who said"].n == 12
    assert figures["Repeat rate"].n == 30
    assert figures["Reopen rate"].n == 20
    assert (figures["Solved in at most two rounds"].part, figures["Solved in at most two rounds"].n) == (8, 12)
    assert (figures["Did not say whether it was solved"].part, figures["Did not say whether it was solved"].n) == (
        3,
        15,
    )


def test_only_stages_of_which_something_was_due() -> None:
    """By the dates that hold, and by those that were promised first."""
    figures = rows(HandlingCounts(stages={Stage.ANSWER: KeptDeadlines(20, 15, 10)}))
    assert figures["On time: Answer"].part == 15
    assert figures["On time by the first promise: Answer"].part == 10
    assert not [name for name in figures if "Review" in name]


def test_what_is_open_now_is_no_matter_of_the_rows() -> None:
    """It is told, and nothing counts it again."""
    assert rows(HandlingCounts())["Complaints open now"] == FigureRow("Complaints open now", COUNT, 7)
