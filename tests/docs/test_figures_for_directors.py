"""docs/figures-for-directors.md has a paragraph on every figure of the report, in both languages, and no formula."""

import re
from pathlib import Path

import pytest

from domain.figures.findings import ReportFigure
from tests.harness.picture_checks import make_say

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "figures-for-directors.md").read_text("utf-8")
CHINESE = "# 这些数字能说明什么，不能说明什么"
PARTS = dict(zip(("en", "zh"), PAGE.split(f"\n{CHINESE}\n"), strict=True))


@pytest.mark.parametrize("language", PARTS)
def test_every_figure_has_its_paragraph(language: str) -> None:
    """By the name that the report gives it, in bold."""
    bold = "\n".join(re.findall(r"\*\*(.+?)\*\*", PARTS[language]))
    names = [*(figure.value for figure in ReportFigure), "mean", "index", "nps", "recommend"]
    assert [name for name in names if make_say(language)(f"report-figure-{name}") not in bold] == []


def test_both_languages_say_as_much() -> None:
    """As many paragraphs under as many headings."""
    count = [(part.count("\n## "), part.count("\n\n**")) for part in PARTS.values()]
    assert count[0] == count[1]
    assert count[0][1] > 20


def test_there_is_no_formula() -> None:
    """Nobody need count anything."""
    assert re.findall(r"[÷×√Σ=±²]", PAGE) == []


def test_readers_find_it() -> None:
    """From the front page and from the definitions."""
    assert "docs/figures-for-directors.md" in (ROOT / "README.md").read_text("utf-8")
    assert "figures-for-directors.md" in (ROOT / "docs" / "figures.md").read_text("utf-8")
