"""Pareto's chart: the order, the sums, the rest, and few complaints."""

from dataclasses import replace
from typing import Any

import pytest

from domain.figures.summary import Summary
from reports.pictures.pareto import ROWS, build_drawing, render_picture
from reports.wording.wording import RenderText
from tests.harness.example_summaries import MEDIUM, NOTHING, RICH, make_category
from tests.harness.picture_checks import HOSTILE, check_photo, list_texts, strip_invisible


def draw(summary: Summary, say: RenderText) -> dict[str, Any]:
    return dict(build_drawing(summary, say))


@pytest.mark.parametrize("summary", [RICH, MEDIUM, NOTHING])
def test_png(say: RenderText, language: str, summary: Summary) -> None:
    """1280 wide, within Telegram's limits, with many complaints, few, none."""
    check_photo(render_picture(summary, say, language), 0.6)


def test_most_first_and_the_line_ends_at_all(english: RenderText) -> None:
    """Bars fall, the line rises to 100 %; counts and shares stand beside."""
    data = draw(replace(RICH, categories=RICH.categories[::-1]), english)
    assert [row["text"] for row in data["rows"]] == ["62 (44%)", "31 (22%)", "24 (17%)", "14 (10%)", "9 (6%)"]
    assert data["told"] == ["44%", "66%", "84%", "94%", "100%"]
    assert data["sums"][-1] == 1.0
    assert data["sums"][0] == data["rows"][0]["part"]
    assert data["mark"] == 0.8


def test_few_complaints_have_no_percentage_and_no_line(english: RenderText) -> None:
    """Four complaints are counts."""
    data = draw(MEDIUM, english)
    assert [row["text"] for row in data["rows"]] == ["3", "1"]
    assert (data["sums"], data["told"], data["mark"], data["ticks"]) == ([], [], None, [])


def test_the_rest_is_one_bar(english: RenderText) -> None:
    """Beyond twelve the others go together, last, however many they are."""
    many = tuple(make_category(f"Kind {k:02}", 40 - k) for k in range(ROWS + 3))
    data = draw(replace(RICH, categories=many), english)
    assert len(data["rows"]) == ROWS + 1
    assert data["rows"][-1]["name"] == "3 others"
    assert data["sums"][-1] == 1.0


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_never_markup(english: RenderText, name: str) -> None:
    """Names that are typst code are drawn as they are written and run nothing."""
    summary = replace(RICH, categories=(make_category(name, 40),))
    assert render_picture(summary, english, "en").startswith(b"\x89PNG")
    assert strip_invisible(name) in list_texts(draw(summary, english))
