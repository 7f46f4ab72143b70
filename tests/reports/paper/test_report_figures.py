"""Cover and key figures: each with n, interval, the period before, and whether it moved."""

from dataclasses import replace
from typing import Any

import pytest

from domain.figures.figures import Counts, Nps
from domain.figures.findings import ReportFigure
from reports.paper.report_figures import draw_cover, draw_figures
from reports.wording.wording import format_growing, list_shown_cohorts
from tests.harness.example_reports import make_ordinary_report, make_sparse_report
from tests.harness.picture_checks import make_say as say


def rows(drawn: Any) -> dict[str, list[str]]:  # noqa: ANN401 -- JSON
    return {row["cells"][0]: row["cells"][1:] for group in drawn["groups"] for row in group["rows"]}


def test_each_figure_has_its_row() -> None:
    """All of them, in the order of the report, with mean, index, NPS and recommendation between."""
    table = rows(draw_figures(make_ordinary_report("en"), say("en")))
    names = [say("en")(f"report-figure-{figure.value}") for figure in ReportFigure]
    assert [name for name in table if name in names] == names
    assert table["Satisfaction"] == ["90.2%", "2,064 (867)", "88.1–92.0%", "94.1%", "worse, −3.9 points"]
    assert table["NPS"] == ["+42", "217", "+32 – +52", "–", ""]
    assert table["Solved the first time"] == ["86.0%", "50", "73.8–93.0%", "89.7%", "−3.7 points, not proven"]


def test_what_is_too_few_has_no_mean() -> None:
    """Seven ratings: counts, and neither mean nor index; no NPS from nobody."""
    table = rows(draw_figures(make_sparse_report("en"), say("en")))
    assert table["Satisfaction"] == ["6 of 7", "7", "–", "–", "no earlier period"]
    assert not {"Mean rating, of 5", "Index, of 100", "NPS", "Would recommend us"} & set(table)


def test_an_index_is_cut() -> None:
    """79.97 is not printed as 80.0; an NPS of nearly nothing has no sign; its interval ends at a hundred."""
    report = make_ordinary_report("en")
    report = replace(report, summary=replace(report.summary, nps=Nps(0, 0, 12)))
    assert rows(draw_figures(report, say("en")))["NPS"][:3] == ["+100", "12", "+100 – +100"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_tiles_are_the_four_that_matter(language: str) -> None:
    """Satisfaction, response, complaints, first time; coloured only where a change is proven."""
    drawn: Any = draw_figures(make_ordinary_report(language), say(language))
    assert [one["tone"] for one in drawn["tiles"]] == ["bad", "", "", ""]
    assert [one["value"] for one in drawn["tiles"]] == ["90.2%", "41.5%", "3.4", "86.0%"]


def test_the_cover_says_what_is_counted() -> None:
    """Company, period, scope, counts, the period before, the moment; a running period says that it is not over."""
    drawn: Any = draw_cover(make_ordinary_report("en"), say("en"))
    assert (drawn["company"], drawn["period"], drawn["running"]) == ("Shunda Express", "October 2026", "")
    assert {one["label"]: one["text"] for one in drawn["lines"]} == {
        "Covers": "The whole company",
        "Counted": "17,500 deliveries, 4,840 invitations delivered, 2,064 ratings, 64 complaints opened",
        "Compared with": "September 2026",
        "Made": "2026-11-02 09:00, company time; figures as they stood at that moment",
    }
    running: Any = draw_cover(make_sparse_report("en"), say("en"))
    summary = make_sparse_report("en").summary
    assert running["running"] == format_growing(say("en"), summary.growing, list_shown_cohorts(summary))
    assert running["running"].startswith("Still growing: answers until 2026-12-10, complaints until 2026-12-15")
    begun: Any = draw_cover(make_sparse_report("en"), say("en"))
    assert begun["lines"][2]["text"] == "nothing: figures begin on 2026-11-01"


def test_nothing_at_all() -> None:
    """An empty period has its table still, with dashes."""
    report = replace(make_sparse_report("en"), summary=replace(make_sparse_report("en").summary, now=Counts()))
    assert rows(draw_figures(report, say("en")))["Satisfaction"] == ["–", "0", "–", "–", "no earlier period"]
