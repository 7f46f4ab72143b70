"""One rating in words: days, never times; the survey's own words, never the customer's."""

from datetime import UTC, datetime

import pytest

from handlers.fairness import rating_wording
from storage.fairness.own_ratings import OwnRating
from tests.harness.in_process import COMPANY, NOON, Desk

assert COMPANY.survey is not None
SURVEY = f"{COMPANY.survey.key}@{COMPANY.survey.version}"


def rated(survey: str = SURVEY, **more: object) -> OwnRating:
    return OwnRating(1, survey, "k17", NOON, False, False, "", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC), "2026-11-23"),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), "2026-11-24"),
    ],
)
async def test_the_companys_day(desk: Desk, at: datetime, day: str) -> None:
    """Midnight is the company's."""
    assert rating_wording.format_day(desk.services, at) == day


async def test_scores_in_the_surveys_order(desk: Desk) -> None:
    """By their names in the reader's language; a dimension that the survey no longer knows comes last, by its key."""
    rating = rated(scores={"attitude": 1, "old": 2, "overall": 3})
    assert rating_wording.format_scores(desk.services, rating, "en") == "Overall 3/5, Attitude 1/5, old 2/5"
    assert rating_wording.format_scores(desk.services, rating, "zh") == "总体 3/5，服务态度 1/5，old 2/5".replace(
        "，", ", "
    )


async def test_ticked_reasons(desk: Desk) -> None:
    """Words of that version's options; a key that it does not have is not shown, and an unknown survey has no words."""
    rating = rated(ticked={"goods_reasons": ("damaged", "lost", "call me"), "timeliness_reasons": ("late",)})
    assert rating_wording.format_reasons(desk.services, rating, "en") == "Late, Lost or short, Damaged"
    assert rating_wording.format_reasons(desk.services, rating, "zh") == "送达太晚, 丢失或短少, 破损"
    assert rating_wording.format_reasons(desk.services, rated("gone@1", ticked={"x": ("y",)}), "en") == ""
