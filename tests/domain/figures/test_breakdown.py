"""What figures are broken down by, in both tongues."""

import pytest

from domain.figures.breakdown import BreakdownError, By, parse
from texts.words import vocabulary

WORDS = vocabulary().breakdowns


@pytest.mark.parametrize(
    ("said", "period", "by"),
    [
        ("month by department", "month", By.DEPARTMENT),
        ("2026-10-01..2026-10-31 BY Courier", "2026-10-01..2026-10-31", By.COURIER),
        ("by customer  type", "", By.CUSTOMER_TYPE),
        ("本月 按快递员", "本月", By.COURIER),
        ("按部门", "", By.DEPARTMENT),
        ("上月按 时段", "上月", By.HOUR),
        ("week", "week", By.ALL),
        ("", "", By.ALL),
    ],
)
def test_parse(said: str, period: str, by: By) -> None:
    """The period comes first, the breakdown last."""
    assert parse(said, WORDS) == (period, by)


@pytest.mark.parametrize("said", ["month by moon", "按月亮"])
def test_what_is_none_is_said(said: str) -> None:
    """The wrong word is in the error, for the answer."""
    with pytest.raises(BreakdownError) as caught:
        parse(said, WORDS)
    assert caught.value.said in said
