"""Kept totals: the change of a fact is the difference of whole recounts, and a run of days is covered exactly."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.deadlines import Stage
from domain.cases.handling import CaseHandling, Outcome
from domain.figures.totals import (
    CAME,
    NPS,
    CaseFact,
    DeadlineFact,
    DeliveryFact,
    Fact,
    FactPlace,
    ScoredAnswer,
    SurveyFact,
    TotalsEntry,
    compute_change,
    compute_cover,
)
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Origin

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
"""Half past midnight of Monday, 23 November, in Shanghai."""

PLACE = FactPlace(AT, "north", "k17", "ring", "Pudong", "express", "P1", "vip")
RATED = ScoredAnswer("overall", QuestionKind.RATING, 5, 4)
PLACES = st.builds(
    FactPlace,
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- made aware
    st.sampled_from(["north", ""]),
    st.sampled_from(["k17", "k18"]),
)
SCORED = st.builds(
    ScoredAnswer,
    st.sampled_from(["overall", "goods", ""]),
    st.sampled_from([QuestionKind.RATING, QuestionKind.NPS]),
    st.sampled_from([4, 5]),
    st.integers(1, 5),
)
FACTS: st.SearchStrategy[Fact] = st.one_of(
    st.builds(DeliveryFact, PLACES, st.booleans()),
    st.builds(
        SurveyFact,
        PLACES,
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.dictionaries(st.sampled_from("ab"), st.none() | SCORED),
    ),
    st.builds(
        CaseFact,
        PLACES,
        st.just(AT),
        st.sampled_from(["delivery", "other"]),
        st.booleans(),
        st.booleans(),
        handling=st.builds(
            CaseHandling, st.sampled_from(Outcome), st.none() | st.integers(0, 9), answered_at=st.just(AT)
        ),
        repeated=st.booleans(),
    ),
    st.builds(
        DeadlineFact, PLACES, st.just("delivery"), st.sampled_from(Stage), st.just(AT), st.booleans(), st.booleans()
    ),
)


def _found(entries: Counter[TotalsEntry], by: str, day: str) -> dict[tuple[str, str, str, str, str], int]:
    return {
        (*cell[2:], dimension, column): n
        for (cell, dimension, column), n in entries.items()
        if (cell.by, cell.day) == (by, day)
    }


def test_an_answer_counts_in_every_breakdown_of_its_day_and_month() -> None:
    """Half past midnight in company time is the new day; department and priority are told apart in every cell."""
    asked = SurveyFact(PLACE, about_delivery=True)
    entries = compute_change([(asked, replace(asked, answers={"q": RATED}))], ZONE)
    for day in ("2026-11-23", "2026-11"):
        for by, value in (("all", ""), ("courier", "k17"), ("hour", "100"), ("service", "express")):
            assert _found(entries, by, day) == {
                ("north", value, "P1", "", "answered"): 1,
                ("north", value, "P1", "", "responded"): 1,
                ("north", value, "P1", "overall", "4"): 1,
            }
    assert not _found(entries, "category", "2026-11")


def test_a_changed_rating_moves_one() -> None:
    """One less of what it was, one more of what it is; nothing else changes."""
    asked = SurveyFact(PLACE, about_delivery=True, answers={"q": RATED})
    better = replace(asked, answers={"q": replace(RATED, score=5)})
    assert _found(compute_change([(asked, better)], ZONE), "all", "2026-11") == {
        ("north", "", "P1", "overall", "4"): -1,
        ("north", "", "P1", "overall", "5"): 1,
    }


def test_an_upheld_appeal_takes_everything_out() -> None:
    """The survey is neither sent nor answered nor rated."""
    asked = SurveyFact(PLACE, about_delivery=True, answers={"q": RATED})
    entries = compute_change([(asked, replace(asked, excluded=True))], ZONE)
    assert set(entries.values()) == {-1}
    assert {column for _, _, column in entries} == {"surveyed", "answered", "invited", "responded", "4"}


@pytest.mark.parametrize("origin", [Origin.LINK, Origin.RATE])
def test_who_came_by_themselves_was_not_invited(origin: Origin) -> None:
    """The rating counts, and once more among those of the uninvited; the response rate does not know of it."""
    came = SurveyFact(PLACE, about_delivery=True, origin=origin, answers={"q": RATED})
    entries = compute_change([(None, came)], ZONE)
    assert {(dimension, column) for _, dimension, column in entries} == {
        ("", "surveyed"), ("", "answered"), ("", "came"), ("overall", "4"), (CAME, "4")
    }  # fmt: skip


def test_a_phone_survey_is_neither() -> None:
    """Only calls that were answered are surveys, so that they would make any rate look good."""
    called = SurveyFact(PLACE, about_delivery=True, origin=Origin.PHONE, answers={"q": RATED})
    entries = compute_change([(None, called)], ZONE)
    assert {(dimension, column) for _, dimension, column in entries} == {
        ("", "surveyed"), ("", "answered"), ("overall", "4")
    }  # fmt: skip


def test_a_case_counts_on_its_deliverys_day_and_is_opened_on_its_own() -> None:
    """A complaint of Thursday about Monday's delivery."""
    case = CaseFact(PLACE, AT + timedelta(days=3), "delivery", valid=True)
    entries = compute_change([(None, case)], ZONE)
    assert set(_found(entries, "category", "2026-11-23")) == {
        ("north", "delivery", "P1", "", "complaints"),
        ("north", "delivery", "P1", "", "valid"),
    }
    assert set(_found(entries, "all", "2026-11-26")) == {("north", "", "P1", "", "opened")}


def test_what_grew_out_of_a_rating_is_a_complaint_told_apart() -> None:
    """It counts among the complaints, and beside them; where it turns out to be another's double it counts as neither."""
    case = CaseFact(PLACE, AT, "delivery", grown=True)
    entries = compute_change([(None, case)], ZONE)
    columns = {column for cell, _, column in entries if cell.by == "all" and cell.day == "2026-11-23"}
    assert columns == {"complaints", "opened", "grown"}
    assert set(compute_change([(case, replace(case, merged=True))], ZONE).values()) == {-1}


@pytest.mark.parametrize(("score", "kept"), [(0, "1"), (6, "1"), (7, "2"), (8, "2"), (9, "3"), (10, "3")])
def test_a_campaign_is_no_rating_but_its_nps_counts(score: int, kept: str) -> None:
    """Detractors to 6, passives to 8, promoters from 9."""
    answers = {"q": RATED, "n": ScoredAnswer("recommend", QuestionKind.NPS, 11, score)}
    entries = compute_change(
        [(None, SurveyFact(PLACE, about_delivery=False, origin=Origin.CAMPAIGN, answers=answers))], ZONE
    )
    assert {(dimension, column) for _, dimension, column in entries} == {(NPS, kept)}


@given(st.lists(st.tuples(st.none() | FACTS, st.none() | FACTS), max_size=5))
def test_a_change_is_the_difference_of_recounts(pairs: list[tuple[Fact | None, Fact | None]]) -> None:
    """Whatever becomes of what: adding changes leads to what counting anew would find."""
    before = compute_change([(None, one) for one, _ in pairs], ZONE)
    after = compute_change([(None, one) for _, one in pairs], ZONE)
    moved = compute_change(pairs, ZONE)
    for entry in {*before, *after, *moved}:
        assert before[entry] + moved[entry] == after[entry]


DAYS_OF_KEY: defaultdict[str, list[str]] = defaultdict(list)
"""What a day's and a month's key stand for, by the form in which both are written."""
for n in range(2_500):
    day = (date(2024, 1, 1) + timedelta(days=n)).isoformat()
    DAYS_OF_KEY[day].append(day)
    DAYS_OF_KEY[day[:7]].append(day)


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 800))
def test_cover(first: date, length: int) -> None:
    """Months plus days minus days are exactly the days asked for, and never more than 16 single days a month."""
    until = first + timedelta(days=length)
    cover = compute_cover(first, until)
    days: Counter[str] = Counter()
    for keys, sign in ((cover.plus, 1), (cover.minus, -1)):
        for key in keys:
            days.update(dict.fromkeys(DAYS_OF_KEY[key], sign))
    assert {day for day, n in days.items() if n} == {(first + timedelta(days=n)).isoformat() for n in range(length)}
    assert set(days.values()) <= {0, 1}
    assert sum(len(key) > 7 for key in (*cover.plus, *cover.minus)) <= 2 * 16
