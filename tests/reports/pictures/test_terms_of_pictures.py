"""Every kind of picture, and every section of the report, says what a figure rests on, in the words of the chat, while its cohort grows."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from domain.figures.breakdown import By
from domain.figures.control import Chart, Trend
from domain.figures.maturity import Cohort, Maturity, list_growing
from domain.figures.period import parse_period
from domain.figures.summary import Summary
from reports.paper.report import Report
from reports.paper.report_file import draw_report
from reports.pictures import certificate, heat, pareto, summary_picture, trend, units
from reports.pictures.summary_caption import format_summary_caption
from reports.wording.trend_caption import format_trend_caption
from reports.wording.wording import format_growing
from tests.harness.example_reports import make_ordinary_report
from tests.harness.example_summaries import NOW, ZONE, make_showcase
from tests.harness.picture_checks import list_texts, make_say
from texts import LANGUAGES

NOVEMBER = parse_period("month", NOW, ZONE)
GROWING = dict(list_growing(NOVEMBER, Maturity(), NOW.astimezone(ZONE).date()))
ASKED = (Cohort.ANSWERS, Cohort.COMPLAINTS)
SHOWN = {
    "summary": (*ASKED, Cohort.VALID, Cohort.HANDLING),
    "units": ASKED,
    "heat": ASKED,
    "pareto": (Cohort.FILED,),
}
"""What the figures of each picture of a summary wait for."""

WORDS = {
    "en": {
        "interval": "95%",
        "weighting": "eighted",
        "satisfied": "Satisfied: ratings 4 and 5",
        "low": "atings 1 and 2",
        "counted": "complaints opened in the period, whatever delivery they are about",
        "none": "no interval",
        "limits": "by its own n",
        "growing": "Still growing",
    },
    "zh": {
        "interval": "95%区间",
        "weighting": "加权",
        "satisfied": "满意：评4分或5分",
        "low": "评1分和2分",
        "counted": "新增的投诉，不论涉及哪次配送",
        "none": "没有区间",
        "limits": "自己的 n",
        "growing": "数据还在增加",
    },
    "zh-TW": {
        "interval": "95%信賴區間",
        "weighting": "加權",
        "satisfied": "滿意：評4分或5分",
        "low": "評1分和2分",
        "counted": "新增的客訴，不論針對哪一次配送",
        "none": "沒有信賴區間",
        "limits": "各自的 n",
        "growing": "數據仍在增加",
    },
}
SAYS = {
    "summary": ("weighting", "satisfied", "growing"),
    "units": ("interval", "weighting", "satisfied", "growing"),
    "heat": ("interval", "weighting", "low", "growing"),
    "pareto": ("none", "weighting", "counted", "growing"),
    "trend": ("limits", "weighting", "low", "growing"),
    "certificate": ("interval", "weighting", "satisfied"),
}
"""Interval, weighting, definition, maturity of each kind; its n is looked for besides."""

EACH = pytest.mark.parametrize("language", LANGUAGES)


def grow(facts: Any) -> Any:  # noqa: ANN401 -- a kind of picture has its own facts
    """The same, of a month that is not over, its last two points still growing."""
    if isinstance(facts, Summary):
        return replace(facts, period=NOVEMBER, growing=GROWING)
    if isinstance(facts, Trend):
        return replace(
            facts, dissatisfaction=_grow_chart(facts.dissatisfaction), complaints=_grow_chart(facts.complaints)
        )
    return facts


def _grow_chart(chart: Chart) -> Chart:
    *old, earlier, last = chart.points
    return replace(chart, points=(*old, replace(earlier, growing=True), replace(last, growing=True)), awaited_days=9)


def draw(kind: str, language: str) -> str:
    """All words of the picture."""
    facts = grow(make_showcase("en" if language == "en" else "zh")[kind])
    if kind == "pareto":
        facts = replace(facts, by=By.CATEGORY)
    module = {
        "summary": summary_picture,
        "units": units,
        "heat": heat,
        "pareto": pareto,
        "trend": trend,
        "certificate": certificate,
    }[kind]
    return "\n".join(list_texts(module.build_drawing(facts, make_say(language))))


@EACH
@pytest.mark.parametrize("kind", SAYS)
def test_each_picture_says_what_its_figures_rest_on(kind: str, language: str) -> None:
    """N, interval (or why there is none), weighting, definition, and until when it grows, in the caption's words."""
    said = draw(kind, language)
    assert "n = " in said
    for name in SAYS[kind]:
        assert WORDS[language][name] in said, name
    if kind in SHOWN:
        summary = grow(make_showcase("zh")["summary"])
        assert format_growing(make_say(language), summary.growing, SHOWN[kind]) in said


@EACH
def test_the_caption_says_the_same_of_the_same(language: str) -> None:
    """What grows of the headline is said in the picture in these very words; a chart's note is in its picture, too."""
    say = make_say(language)
    summary = grow(make_showcase("en" if language == "en" else "zh")["summary"])
    growing = format_growing(say, summary.growing, ASKED)
    assert growing in format_summary_caption(summary, say)
    assert growing in draw("summary", language).replace("\n", " ")
    charts = grow(make_showcase("zh")["trend"])
    note = WORDS[language]["growing"]
    (told,) = (part for part in format_trend_caption(charts, say).splitlines() if part.startswith("<i>"))
    assert told[told.index(note) : -len("</i>")] in draw("trend", language)


def _list_sections(report: Report, language: str) -> Iterator[tuple[str, str]]:
    drawn = draw_report(report, make_say(language))
    growing = drawn["growing"]
    assert isinstance(growing, dict)
    for key in ("figures", "method", "answers", "units", "complaints", "handling"):
        section = drawn[key]
        assert isinstance(section, dict)
        yield key, "\n".join([str(growing[key]), *list_texts(section)])
    yield "trend", "\n".join(list_texts({"trend": drawn["trend"]}))


@EACH
def test_each_section_of_the_report_says_until_when_it_grows(language: str) -> None:
    """Under its title, or below its chart; a section of a complete period says nothing of the kind."""
    ordinary = make_ordinary_report("en" if language == "en" else "zh")
    charts = replace(ordinary.trend, dissatisfaction=_grow_chart(ordinary.trend.dissatisfaction))
    young = replace(ordinary, summary=replace(ordinary.summary, growing=GROWING), trend=charts)
    mark = {"en": "till growing", "zh": "数据还在增加", "zh-TW": "數據仍在增加"}[language]
    for key, said in _list_sections(young, language):
        assert mark in said, key
        assert "n = " in said or key in {"figures", "method"}, key
    for key, said in _list_sections(ordinary, language):
        assert mark not in said or key == "figures", key  # its legend explains the words
