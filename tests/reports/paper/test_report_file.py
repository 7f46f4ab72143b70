"""The report on paper: every part of it in both languages, nothing cut off, no box for a letter, nothing personal, nothing read as markup."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from reports.paper.report import Report
from reports.paper.report_file import _SECTIONS, draw_report, render_report
from reports.wording.wording import format_growing, list_shown_cohorts
from tests.harness.example_reports import KEPT, REPORTS, make_ordinary_report, make_sparse_report, reference_path
from tests.harness.example_reports import render_pages as drawn_pages
from tests.harness.picture_checks import list_texts
from tests.harness.picture_checks import make_say as say
from tests.harness.reference_pictures import TOLERANCE, measure_difference

LANGUAGES = ("en", "zh")
A4 = (595, 842)
"""Points."""


def pages(report: Report, language: str) -> list[str]:
    """The text of each page, without line breaks and blanks."""
    drawn = render_report(report, say(language), language)
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(drawn)).pages]


def together(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_every_part_is_on_paper(name: str, language: str) -> None:
    """A4, the cover first, each section under its number, the terms at the end."""
    report = REPORTS[name](language)
    document = PdfReader(BytesIO(render_report(report, say(language), language)))
    for page in document.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
    texts = pages(report, language)
    whole = "".join(texts[1:])
    for n, key in enumerate(_SECTIONS, 1):
        title = together(say(language)(f"report-section-{key}"))
        assert f"{n}{title}" in whole, title
    assert together(say(language)("report-title")) in texts[0]
    assert together(say(language)("report-term-limits")) in texts[-1]
    assert document.metadata is not None
    assert say(language)("report-title") in (document.metadata.title or "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_drawn_can_be_read(language: str) -> None:
    """The figures, findings, cases and measures that were handed over stand on the pages."""
    report = make_ordinary_report(language)
    whole = "".join(pages(report, language))
    drawn: Any = draw_report(report, say(language))
    said = [line for block in drawn["findings"]["blocks"] for line in block["lines"]]
    said += [cell for group in drawn["figures"]["groups"] for row in group["rows"] for cell in row["cells"]]
    said += [one.number for one in report.worst] + [row[2]["text"] for row in drawn["plans"]["rows"]]
    said += [one["means"] for one in drawn["terms"]]
    straight = str.maketrans({"’": "'"}) if language == "en" else {}
    for words in said:
        assert together(words.translate(straight)) in whole.translate(straight), words


def test_the_lowest_couriers_are_among_the_findings() -> None:
    """The two that are furthest below the rest, before everything else that is worth a look; their section has all of them."""
    drawn: Any = draw_report(make_ordinary_report("en"), say("en"))
    look = next(block["lines"] for block in drawn["findings"]["blocks"] if "Courier" in block["lines"][0])
    assert [line.partition(":")[0] for line in look if line.startswith("Courier")] == ["Courier k0", "Courier k1"]
    assert "clearly below the rest" in look[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
def test_no_missing_glyph(name: str, language: str, font_points: frozenset[int]) -> None:
    """The typeface has a sign for every character that is drawn, by another reader's word than ours."""
    for words in list_texts(draw_report(REPORTS[name](language), say(language))):
        assert {ord(one) for one in words} <= font_points, words


def test_words_are_never_markup() -> None:
    """A measure, a department, a company that look like the template's language are drawn as they are."""
    code = '#panic() $x^2$ *bold* <label> @ref #read("/etc/passwd")'
    report = make_ordinary_report("en")
    plans = tuple(replace(one, measure=code) for one in report.plans)
    whole = "".join(pages(replace(report, plans=plans, company=code[:40]), "en"))
    assert together(code) in whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_almost_nothing_is_said_plainly(language: str) -> None:
    """Seven ratings and a complaint: counts, no percentage of them, and which parts have nothing yet."""
    render = say(language)
    whole = "".join(pages(make_sparse_report(language), language))
    for key in ("report-worst-none", "report-plans-none", "report-nothing", "report-trend-none"):
        assert together(render(key)) in whole, key
    summary = make_sparse_report(language).summary
    assert together(format_growing(render, summary.growing, list_shown_cohorts(summary))) in whole
    assert together(render("report-value", strength="counts", part=6, n=7, value="")) in whole
    assert "86%" not in whole


def test_an_own_departments_report_says_so() -> None:
    """On the cover and at the head of every page."""
    texts = pages(replace(make_ordinary_report("en"), scope="Transport"), "en")
    assert "Department:Transport" in texts[0]
    assert all("report·Transport" in page for page in texts[1:])


def test_same_in_same_out() -> None:
    """Drawn twice it says the same."""
    assert pages(make_ordinary_report("zh"), "zh") == pages(make_ordinary_report("zh"), "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_look_as_they_were_looked_at(language: str) -> None:
    """The kept pages of docs/pictures/ are what is drawn today; after a change look at them, then keep them anew."""
    drawn = drawn_pages(make_ordinary_report(language), language)
    for page in KEPT:
        with Image.open(reference_path(language, page)) as kept:
            apart = measure_difference(kept.convert("RGB"), drawn[page - 1])
        assert apart <= TOLERANCE, f"page {page} looks otherwise: python -m tests.harness.example_reports"
