"""The caption: what it says, that it always fits, and that nobody's name becomes markup."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.figures.breakdown import By
from domain.figures.evidence import Share
from domain.figures.figures import Counts, Stratum, Tally
from domain.figures.findings import WorsenedUnit
from domain.figures.maturity import Cohort
from domain.figures.period import previous
from domain.figures.summary import ComparedDays, Summary, SummaryUnit
from reports.pictures.summary_caption import CAPTION_LIMIT_UNITS, count_utf16_units, format_summary_caption
from reports.wording.wording import RenderText
from tests.conftest import PROVE
from tests.harness.picture_checks import make_say

NUMBER = st.integers(0, 10**9)
TALLIES = st.tuples(NUMBER, NUMBER, NUMBER, NUMBER, NUMBER).map(Tally)
NAMES = st.one_of(
    st.text(max_size=80),
    st.text("<>&😀\N{RIGHT-TO-LEFT OVERRIDE}", max_size=80),
    st.just("خدمة العملاء"),
    st.just("&" * 99),
)
STRATA = st.dictionaries(st.sampled_from(["", "P1", "P4"]), st.builds(Stratum, NUMBER, TALLIES))
COUNTED = st.builds(Counts, STRATA, complaints=NUMBER)
LINES = st.builds(SummaryUnit, NAMES, NAMES, COUNTED, NUMBER, NUMBER)
TAG = re.compile(r"</?[bi]>")


def test_rich(english: RenderText, examples: Mapping[str, Summary]) -> None:
    """A month with thousands of answers shows every figure with its n and with the month before."""
    text = TAG.sub("", format_summary_caption(examples["rich"], english))
    for line in (
        "Service quality · October 2026",
        "Compared with September 2026",
        "Satisfaction 89.7% (n = 4,908, weighted: worth 2,662, 95% interval 89–91%)",
        "asked 90.9% (n = 4,648, weighted: worth 2,628); unprompted 58% (n = 260)",
        "before 79.5% (n = 4,414): up 10.2 points",
        "Mean rating 4.49 of 5, index 89.9 of 100: satisfied (weighted alike)",
        "Ratings 5: 3,120 · 4: 1,204 · 3: 388 · 2: 121 · 1: 75 (n = 4,908)",
        "Response rate 39.3% (4,908 of 12,480 invited)",
        "Complaints 131, 3.2 per 1,000 (2.7–3.8; n = 41,230 deliveries)",
        "before 204, 5.1 per 1,000 (n = 39,804): rate down",
        "Complaints open now 58, overdue 15",
        "6 suggestions and questions are open too",
        "Goods intact · 94.7% (n = 4,855)",
        "Transport · 73% (n = 332) · 14 complaints, 10 open, 3 overdue",
    ):
        assert line in text.splitlines()


def test_a_growing_month_leaves_room_for_its_dimensions(say: RenderText, examples: Mapping[str, Summary]) -> None:
    """Until when it grows, what its complete days say of both headline figures, and every dimension: all in one caption."""
    rich = examples["rich"]
    october = rich.period
    days = ComparedDays(october, previous(october), rich.now, rich.before, rich.casework, rich.casework)
    summary = replace(rich, growing=dict.fromkeys(Cohort, october.last), compared=dict.fromkeys(Cohort, days))
    text = TAG.sub("", format_summary_caption(summary, say))
    assert (
        text.count("2026-10-31") == 4
    )  # the period's last day, until when two figures grow, until when they are complete
    for share in ("78.6%", "90.3%", "94.7%"):
        assert share in text


SILENT = Counts({"P1": Stratum(90, Tally((1, 0, 0, 9, 30))), "P4": Stratum(400)})
HEARD = Counts({"P1": Stratum(90, Tally((1, 0, 0, 9, 30))), "P4": Stratum(400, Tally((2, 0, 0, 3, 9)))})
FEW = Counts({"P1": Stratum(90, Tally((1, 0, 0, 0, 3))), "P4": Stratum(400)})
LEFT_OUT = {
    "en": "† Leaves out priorities from which there are deliveries but no ratings.",
    "zh": "† 未计入有配送但没有评价的优先级。",
    "zh-TW": "† 未計入有配送但沒有評分的優先等級。",
}


@pytest.mark.parametrize("language", list(LEFT_OUT))
@pytest.mark.parametrize("by", [By.ALL, By.DEPARTMENT, By.COURIER, By.STATION])
def test_a_row_that_leaves_out_a_priority_is_marked(by: By, language: str, examples: Mapping[str, Summary]) -> None:
    """After its percentage, explained once below the list; not where all priorities answered, nor where counts are told."""
    units = (SummaryUnit("a", "Ann", SILENT), SummaryUnit("b", "Bea", HEARD), SummaryUnit("c", "Cid", FEW))
    summary = replace(examples["sparse"], by=by, units=(*units, SummaryUnit("d", "Dan", SILENT)))
    lines = TAG.sub("", format_summary_caption(summary, make_say(language))).splitlines()
    marked = {line.partition(" · ")[0] for line in lines if "†" in line.partition(" · ")[2]}
    assert marked == {"Ann", "Dan"}
    assert lines[-1] == LEFT_OUT[language]
    heard = replace(summary, units=units[1:])
    assert "†" not in format_summary_caption(heard, make_say(language))


def test_departments_that_do_not_fit_are_counted(say: RenderText, examples: Mapping[str, Summary]) -> None:
    """Shown departments and the number in "and N more" make twelve, and at least one is shown."""
    block = format_summary_caption(examples["rich"], say).rpartition("\n\n")[2].splitlines()
    shown, (rest,) = block[1:-1], re.findall(r"\d+", block[-1])
    assert len(shown) >= 1
    assert len(shown) + int(rest) == 12


@pytest.mark.parametrize("name", ["sparse", "nothing"])
def test_few_answers_have_no_percentage(say: RenderText, examples: Mapping[str, Summary], name: str) -> None:
    """Seven answers, or none, are told in counts only."""
    assert "%" not in format_summary_caption(examples[name], say)


def test_medium_is_indicative(english: RenderText, examples: Mapping[str, Summary]) -> None:
    """Every percentage of 10–29 is marked as an indication."""
    rows = [
        row
        for row in format_summary_caption(examples["medium"], english).splitlines()
        if "%" in row and "invited" not in row and "Reach" not in row
    ]
    assert len(rows) == 5
    assert all("indicative" in row for row in rows)


def test_chinese_uses_the_words_of_the_trade(chinese: RenderText, examples: Mapping[str, Summary]) -> None:
    """The caption speaks the field's Chinese."""
    text = format_summary_caption(examples["medium"], chinese)
    for word in ("满意率", "平均分", "应答率", "投诉", "未结", "逾期", "运输时效", "货物完好", "服务态度", "仅供参考"):
        assert word in text


def test_names_are_never_markup(say: RenderText, examples: Mapping[str, Summary]) -> None:
    """A department called <b>&amp; is shown with these very letters."""
    hostile = replace(examples["sparse"], units=(SummaryUnit("x", "<b>&amp;<a href='x'>"),))
    text = format_summary_caption(hostile, say)
    assert "&lt;b&gt;&amp;amp;&lt;a href='x'&gt;" in text
    assert "<" not in TAG.sub("", text)


def test_right_to_left_names_are_kept_apart(say: RenderText, examples: Mapping[str, Summary]) -> None:
    """An Arabic name does not turn the figures behind it around."""
    arabic = replace(examples["sparse"], units=(SummaryUnit("x", "خدمة"),))
    assert "\N{FIRST STRONG ISOLATE}خدمة\N{POP DIRECTIONAL ISOLATE}" in format_summary_caption(arabic, say)


@settings(max_examples=60 if PROVE else 25, deadline=None)
@given(data=st.data())
def test_always_fits(
    data: st.DataObject, english: RenderText, chinese: RenderText, examples: Mapping[str, Summary]
) -> None:
    """Whatever the numbers and names, the HTML stays under the limit, and its tags are closed."""
    sent, drawn = data.draw(NUMBER), data.draw(NUMBER)
    by, name = data.draw(st.sampled_from(By)), data.draw(NAMES)
    summary = replace(
        examples["rich"],
        by=by,
        unit=data.draw(st.none() | st.just(SummaryUnit("x", name))),
        seen=tuple(data.draw(st.lists(NAMES, max_size=3))),
        now=replace(data.draw(COUNTED), sampled=drawn, surveyed=sent, answered=data.draw(st.integers(0, sent))),
        before=data.draw(COUNTED),
        dimensions=data.draw(st.dictionaries(NAMES, STRATA, max_size=9)),
        units=tuple(data.draw(st.lists(LINES, max_size=20))),
        categories=tuple(data.draw(st.lists(LINES, max_size=7))),
        open_now=data.draw(NUMBER),
        overdue_now=data.draw(NUMBER),
        requests_now=data.draw(NUMBER),
    )
    if data.draw(st.booleans()):  # a period that still grows, with days that are complete
        days = ComparedDays(summary.period, previous(summary.period), data.draw(COUNTED), data.draw(COUNTED))
        until = dict.fromkeys(Cohort, summary.period.last)
        summary = replace(summary, growing=until, compared=dict.fromkeys(Cohort, days))
    n = data.draw(st.integers(10, 10**9))
    fallen = WorsenedUnit("k8", Share(data.draw(st.integers(0, n)), n), Share(n, n))
    worse = data.draw(st.none() | st.tuples(NAMES, st.just(fallen)))
    for speaker in (english, chinese):
        text = format_summary_caption(summary, speaker, worse)
        assert count_utf16_units(text) < CAPTION_LIMIT_UNITS
        assert "<" not in TAG.sub("", text)
        assert text.count("<b>") == text.count("</b>")
        assert "\n\n\n" not in unescape(text)


def test_utf16_units() -> None:
    """Telegram counts an emoji as two."""
    assert count_utf16_units("满a😀") == 4
