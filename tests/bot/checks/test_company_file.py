"""The company's files, as `huifang check` sees them."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.checks.company_file import check_calendar, check_company
from bot.checks.finding import State
from domain.calendar import Calendar
from tests.harness.in_process import COMPANY


def test_the_company() -> None:
    """What is in it, each survey with where to see it, and the calendar."""
    company, *surveys, calendar = check_company(COMPANY, "huifang.toml", date(2026, 11, 24))
    assert (company.state, {finding.state for finding in surveys}, calendar.what) == (State.OK, {State.OK}, "calendar")
    assert company.said == "huifang.toml: 6 departments, 5 categories"
    assert [finding.said.partition(":")[0] for finding in surveys] == ["delivery", "warehouse", "relationship"]
    assert surveys[0].said == "delivery: 8 questions; `huifang check --preview` shows it"


def test_its_own_words() -> None:
    """Counted by language; in one that the company does not offer nobody reads them."""
    own = (("en", "back", "back = Go back\n"), ("zh-TW", "back", "back = 回\n"), ("en", "skip", "skip = Not now\n"))
    findings = check_company(replace(COMPANY, wording=own), "huifang.toml", date(2026, 11, 24))
    assert [(finding.state, finding.said) for finding in findings if finding.what == "wording"] == [
        (State.OK, "en: 2 messages in your own words"),
        (State.LOOK, "zh-TW: 1 message in your own words, in a language that you do not offer"),
    ]


@pytest.mark.parametrize(
    ("reach", "state", "words"),
    [
        (None, State.OK, "the week, and days with hours of their own: 1"),
        (date(2027, 1, 23), State.OK, "public holidays and make-up days are known until 2027-01-23"),
        (date(2026, 12, 31), State.LOOK, "or add those of 2027 under [calendar.days]"),
    ],
)
def test_how_far_the_calendar_reaches(reach: date | None, state: State, words: str) -> None:
    """Sixty days ahead is right; less is said, with the two ways out."""
    calendar = Calendar(ZoneInfo("Asia/Shanghai"), days={date(2026, 12, 24): ()}, known_until=reach)
    finding = check_calendar(calendar, date(2026, 11, 24))
    assert (finding.what, finding.state) == ("calendar", state)
    assert (finding.cure or finding.said).endswith(words)
