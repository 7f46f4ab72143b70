"""Moments as people write them: a table read by hand, and what holds for anything that is written."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.when import DEFAULT, understand
from texts.words import vocabulary

PHRASES = vocabulary().moments

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
"""A Tuesday, ten in the morning."""

ENGLISH = {
    "tomorrow 18:00": "11-25 18:00",
    "Tomorrow": "11-25 18:00",
    "tomorrow at 6 pm": "11-25 18:00",
    "tomorrow 9am": "11-25 09:00",
    "by tomorrow noon": "11-25 12:00",
    "tomorrow evening at 7": "11-25 19:00",
    "tomorrow in the morning": "11-25 12:00",
    "tonight": "11-24 20:00",
    "today": "11-24 18:00",
    "day after tomorrow 12:30": "11-26 12:30",
    "in 3 days": "11-27 18:00",
    "in 3 days at 9:00": "11-27 09:00",
    "3 days": "11-27 18:00",
    "within two weeks": "12-08 18:00",
    "in a week": "12-01 18:00",
    "a week from now": "12-01 18:00",
    "next week": "12-01 18:00",
    "in 2 hours": "11-24 12:00",
    "in half an hour": "11-24 10:30",
    "in 15 min": "11-24 10:15",
    "in one month": "12-24 18:00",
    "Friday": "11-27 18:00",
    "Fri 17:30": "11-27 17:30",
    "by Friday EOD": "11-27 18:00",
    "next monday": "11-30 18:00",
    "this Friday": "11-27 18:00",
    "next friday": "12-04 18:00",
    "Tuesday": "11-24 18:00",
    "tuesday 9:00": "12-01 09:00",
    "18:00": "11-24 18:00",
    "9:00": "11-25 09:00",
    "10:00": "11-25 10:00",
    "12 am": "11-25 00:00",
    "7 o'clock": "11-25 07:00",
    "2026-11-30": "11-30 18:00",
    "2026/12/1 8:15": "12-01 08:15",
    "30.11. 18:00": "11-30 18:00",
    "30.11.2026": "11-30 18:00",
    "11-30 9:00": "11-30 09:00",
    "11/30": "11-30 18:00",
    "30/11": "11-30 18:00",
    "Dec 1": "12-01 18:00",
    "1st December 2026, 9:30": "12-01 09:30",
    "end of month": "11-30 18:00",
    "24:00": "11-25 00:00",
}
CHINESE = {
    "明天18点": "11-25 18:00",
    "明天下午6点半": "11-25 18:30",
    "明天下午六点一刻": "11-25 18:15",
    "明早9点": "11-25 09:00",
    "明晚": "11-25 20:00",
    "后天": "11-26 18:00",
    "大后天上午": "11-27 12:00",
    "下周一": "11-30 18:00",
    "下周五上午10点": "12-04 10:00",
    "下下周三": "12-09 18:00",
    "本周五": "11-27 18:00",
    "周五17:30": "11-27 17:30",
    "星期三 9点": "11-25 09:00",
    "礼拜天": "11-29 18:00",
    "周二": "11-24 18:00",
    "周二9点": "12-01 09:00",
    "11月30日18点": "11-30 18:00",
    "十一月三十日": "11-30 18:00",
    "12月1号上午十点": "12-01 10:00",
    "2026年12月1日 18:30": "12-01 18:30",
    "１１月３０日１８：３０": "11-30 18:30",
    "3天后": "11-27 18:00",
    "三天内": "11-27 18:00",
    "两周后": "12-08 18:00",
    "两小时后": "11-24 12:00",
    "一个半小时后": "11-24 11:30",
    "半小时后": "11-24 10:30",
    "十五分钟之后": "11-24 10:15",
    "今天下班前": "11-24 18:00",
    "明天18点之前": "11-25 18:00",
    "最迟明天中午": "11-25 12:00",
    "今晚": "11-24 20:00",
    "晚上8点20分": "11-24 20:20",
    "今天晚上12点": "11-25 00:00",
    "明天凌晨2点": "11-25 02:00",
    "月底": "11-30 18:00",
    "下周": "12-01 18:00",
    "二十点": "11-24 20:00",
}


@pytest.mark.parametrize(("text", "meant"), [*ENGLISH.items(), *CHINESE.items()])
def test_the_table(text: str, meant: str) -> None:
    """On Tuesday 2026-11-24 at 10:00 in Shanghai."""
    moment = understand(text, NOW, SHANGHAI, PHRASES)
    assert moment is not None
    assert moment.strftime("%Y-%m-%d %H:%M") == f"2026-{meant}"
    assert moment.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1月5日", "2027-01-05 18:00"),
        ("11-24 9:00", "2027-11-24 09:00"),
        ("March 3", "2027-03-03 18:00"),
        ("23.11.", "2027-11-23 18:00"),
        ("29.2.", "2028-02-29 18:00"),
    ],
)
def test_a_date_without_a_year_is_still_to_come(text: str, meant: str) -> None:
    """What is past this year means the next year that has such a day."""
    moment = understand(text, NOW, SHANGHAI, PHRASES)
    assert moment is not None
    assert moment.strftime("%Y-%m-%d %H:%M") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("yesterday", "2026-11-23"),
        ("昨天", "2026-11-23"),
        ("3天前", "2026-11-21"),
        ("2 days ago", "2026-11-22"),
        ("11月30日", "2025-11-30"),
        ("20.11.", "2026-11-20"),
        ("11-24", "2026-11-24"),
        ("Friday", "2026-11-20"),
        ("上周五", "2026-11-20"),
        ("29.2.", "2024-02-29"),
    ],
)
def test_a_day_that_was(text: str, meant: str) -> None:
    """Where something has happened already, a day without a year is the last one that was."""
    moment = understand(text, NOW, SHANGHAI, PHRASES, past=True)
    assert moment is not None
    assert moment.date().isoformat() == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "soon",
        "maybe tomorrow",
        "tomorrow or Friday",
        "tomorrow Friday",
        "18:75",
        "25:00",
        "13 pm",
        "5/6",
        "31.2.",
        "2026-13-01",
        "2027-02-29",
        "market 3",
        "9",
        "20",
        "天",
        "二十号",
        "尽快",
        "上午18点",
        "凌晨",
        "in 2 hours at 9:00",
        "18:00 19:00",
        "18:000",
        "11月",
        "x" * 200,
        "tomorrow " * 20,
        "9999-12-31 24:00",
        "before",
        "下周八",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    """What is not understood word by word, or could mean two days, is not understood."""
    assert understand(text, NOW, SHANGHAI, PHRASES) is None


def test_clocks_that_are_moved() -> None:
    """In Berlin the hour from two to three does not exist on 2026-03-29: that wall clock is read as the hour after."""
    now = datetime(2026, 3, 28, 12, 0, tzinfo=BERLIN)
    assert str(understand("tomorrow 2:30", now, BERLIN, PHRASES)) == "2026-03-29 03:30:00+02:00"
    assert str(understand("in 24 hours", now, BERLIN, PHRASES)) == "2026-03-29 13:00:00+02:00"
    assert str(understand("tomorrow 12:00", now, BERLIN, PHRASES)) == "2026-03-29 12:00:00+02:00"


WORDS = st.sampled_from(
    [
        *" ".join([*ENGLISH, "ago yesterday noon at by 5 12 0"]).split(),
        *CHINESE,
        "前",
        "上周",
        "半",
        "点",
        "12/",
        "-",
        "月",
    ]
)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))  # noqa: DTZ001 -- made aware there


@given(
    st.one_of(
        st.text(max_size=90), st.lists(WORDS, max_size=6).map(" ".join), st.lists(WORDS, max_size=4).map("".join)
    ),
    MOMENTS,
)
def test_it_never_fails(text: str, now: datetime) -> None:
    """Whatever is written, whenever: an aware moment in the zone, or None."""
    for past in (False, True):
        moment = understand(text, now, BERLIN, PHRASES, past=past)
        assert moment is None or moment.tzinfo is BERLIN


@given(
    st.sampled_from(
        ["Mon", "Tuesday", "周三", "星期四 9点", "Fri 17:30", "18:00", "9点半", "Dec 31", "2月29日", "1-1"]
    ),
    MOMENTS,
)
def test_what_names_no_year_is_to_come(text: str, now: datetime) -> None:
    """A weekday, a time of day and a date without a year are always ahead."""
    moment = understand(text, now, SHANGHAI, PHRASES)
    assert moment is not None
    assert moment > now


@given(MOMENTS)
def test_a_moment_reads_as_it_is_shown(moment: datetime) -> None:
    """The way in which we show a moment ourselves is understood."""
    moment = moment.astimezone(SHANGHAI).replace(second=0, microsecond=0)
    assert understand(moment.strftime("%Y-%m-%d %H:%M"), NOW, SHANGHAI, PHRASES) == moment
    assert DEFAULT.hour == 18
