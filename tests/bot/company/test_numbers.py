"""The numbers of huifang.toml: each out of its bounds is told with line and bounds."""

from pathlib import Path

import pytest

from tests.harness.company_files import write_company

MORE = "must be more than 0 and at most"
UNREAD = "Input should be a valid number, unable to parse string as a number"
LATER = "is later than invite_within_days, so that nobody would be asked"
PERCENTS = "must be percents from 1 to 100, each higher than the one before, like [50, 80, 100]"
WHOLE = "Input should be a valid integer, got a number with a fractional part"
NUMBERS = [
    ("answer_within_days = 7", "answer_within_days = 0", f"severities.normal.answer_within_days: {MORE} 3650"),
    ("answer_within_days = 7", "answer_within_days = nan", f"severities.normal.answer_within_days: {MORE} 3650"),
    ("messages_a_minute = 30", "messages_a_minute = 9", "flooding.messages_a_minute: must be 10 to 1000"),
    ("messages_in_doubt = 8", "messages_in_doubt = 1", "telegram.messages_in_doubt: must be 2 to 100"),
    ("late_updates_seconds = 60", "late_updates_seconds = 5", "telegram.late_updates_seconds: must be 10 to 3600"),
    ("low_rating = 2", "low_rating = 5", "survey.low_rating: must be 1 to 4"),
    ("low_rating = 2", "low_rating = 2.5", f"survey.low_rating: {WHOLE}"),
    ("link_days = 60", "link_days = 0", f"survey.link_days: {MORE} 3650"),
    ("link_days = 60", "link_days = inf", f"survey.link_days: {MORE} 3650"),
    ("expire_after_days = 7", "expire_after_days = -1", f"survey.expire_after_days: {MORE} 3650"),
    ("invite_after_hours = 2", "invite_after_hours = -2", "survey.invite_after_hours: must be 0 to 87600"),
    ("invite_after_hours = 2", "invite_after_hours = 200", f"survey.invite_after_hours: {LATER}"),
    ("case_after_minutes = 30", 'case_after_minutes = "soon"', f"survey.low_rating_becomes_case_after_minutes: {UNREAD}"),
    ("call_attempts = 3", "call_attempts = 0", "survey.call_attempts: must be 1 to 20"),
    ("call_attempts = 3", "call_attempts = 2.5", f"survey.call_attempts: {WHOLE}"),
    ("call_hours = 4", "call_hours = 0", f"survey.call_hours: {MORE} 87600"),
    ("accept_within_hours = 2", "accept_within_hours = 0", f"severities.normal.accept_within_hours: {MORE} 1000"),
    ("plan_within_hours = 8", "plan_within_hours = 1001", f"severities.high.plan_within_hours: {MORE} 1000"),
    ("review_within_hours = 24", "review_within_hours = -1", f"severities.normal.review_within_hours: {MORE} 1000"),
    ("plan_required = false", "plan_requird = false", "severities.normal.plan_requird: is not known here; check the spelling or remove it"),
    ("regulator_within_days = 15", "regulator_within_days = 0", f"cases.regulator_within_days: {MORE} 3650"),
    ("regulator_within_days = 15", "regulator_within_days = 1.5", f"cases.regulator_within_days: {WHOLE}"),
    ("silent_after_days = 7", "silent_after_days = 0", f"cases.silent_after_days: {MORE} 3650"),
    ("waiting_hours = 72", "waiting_hours = inf", f"cases.waiting_hours: {MORE} 87600"),
    ("inquiry_within_hours = 24", "inquiry_within_hours = 0", f"cases.inquiry_within_hours: {MORE} 87600"),
    ("inquiry_after_minutes = 30", "inquiry_after_minutes = 0", f"cases.unsorted_becomes_inquiry_after_minutes: {MORE} 10080"),
    ("membership_hours = 24", "membership_hours = 0", f"cases.membership_hours: {MORE} 87600"),
    ("reopen_within_days = 14", "reopen_within_days = -1", "cases.reopen_within_days: must be 0 to 3650"),
    ("repeat_within_days = 90", "repeat_within_days = nan", f"cases.repeat_within_days: {MORE} 3650"),
    ("[50, 80, 100]", "[80, 50, 100]", f"cases.nudges: {PERCENTS}"),
    ("[50, 80, 100]", "[50, 50, 100]", f"cases.nudges: {PERCENTS}"),
    ("[50, 80, 100]", "[50, 80, 120]", f"cases.nudges: {PERCENTS}"),
    ("[50, 80, 100]", "[0, 50]", f"cases.nudges: {PERCENTS}"),
    ("[50, 80, 100]", "[]", f"cases.nudges: {PERCENTS}"),
    ("appeal_within_days = 30", "appeal_within_days = 0", f"fairness.appeal_within_days: {MORE} 3650"),
    ("upheld_days = 90", "upheld_days = inf", f"fairness.upheld_days: {MORE} 3650"),
    ("quick_seconds = 60", "quick_seconds = 86401", f"fairness.quick_seconds: {MORE} 86400"),
    ("quick_responses = 3", "quick_responses = 1", "fairness.quick_responses: must be 2 to 1000"),
    ("fives_an_hour = 10", "fives_an_hour = 0", "fairness.fives_an_hour: must be 1 to 1000"),
    ("vanished_ratings = 1", "vanished_ratings = 1.5", f"fairness.vanished_ratings: {WHOLE}"),
    ("upheld_appeals = 3", "upheld_appeals = 1001", "fairness.upheld_appeals: must be 1 to 1000"),
    ("upheld_days = 90", "upheld_weeks = 9", "fairness.upheld_weeks: is not known here; check the spelling or remove it"),
    ('digest_at = "09:00"', 'digest_at = "9"', "cases.digest_at: '9' is no time of day; write one like \"09:00\""),
    ('digest_at = "09:00"', 'digest_at = "24:00"', "cases.digest_at: '24:00' is no time of day; write one like \"09:00\""),
    ("topics = false", 'topics = "perhaps"', "cases.topics: Input should be a valid boolean, unable to interpret input"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "why"), NUMBERS, ids=lambda value: str(value)[:40])
def test_one_number_out_of_bounds(folder: Path, old: str, new: str, why: str) -> None:
    """Exactly this line says exactly this, and nothing else is said."""
    mistakes, line = write_company(folder, old, new)
    assert mistakes == [f"huifang.toml:{line}: {why}"]
