"""Range checks for the numbers of huifang.toml: days, hours, percentages, times of day; each within what makes sense."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers

from bot.company.mistakes import Place
from domain.company import FairnessRules, FloodRules, HandlingRules, InvitationRules, Severity, TelegramRules

DAYS_LIMIT = 3650
"""No promise is longer than ten years."""

WORKING_HOURS_LIMIT = 1000
MINUTES_LIMIT = 7 * 24 * 60
"""A week: what somebody wrote does not wait longer for a press."""

LOG_MONTHS_LEAST = 6
"""The weekly checks, appeals and reopened cases read the log of the last months."""

ATTEMPTS_LIMIT = 20
FLOOD_RANGE = (10, 1000)
"""A complaint in ten messages is no flood."""

TELEGRAM_RANGES = {"messages_in_doubt": (2, 100), "late_updates_seconds": (10, 3600)}
"""One message in doubt would leave none for people while something goes out to many; a poll itself takes a moment."""

PRIORITIES = ("P1", "P2", "P3", "P4")

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_MORE = "must be more than 0 and at most {}"


COUNT_LIMIT = 1000

WORKING_HOURS_FIELDS = tuple(field.name for field in fields(Severity) if field.name.endswith("_within_hours"))
"""The promises of a severity in working hours; a new one is checked like the others."""

_COUNT = f"must be {{}} to {COUNT_LIMIT}"


def find_number_mistakes(
    severities: Mapping[str, Severity],
    handling: HandlingRules,
    rules: InvitationRules,
    fairness: FairnessRules,
    flooding: FloodRules,
    telegram: TelegramRules,
) -> Iterator[tuple[Place, str]]:
    """(place, what is wrong) for each mistake."""
    for key, severity in severities.items():
        if not 0 < severity.answer_within_days <= DAYS_LIMIT:
            yield ("severities", key, "answer_within_days"), _MORE.format(DAYS_LIMIT)
        for name in WORKING_HOURS_FIELDS:
            if not 0 < getattr(severity, name) <= WORKING_HOURS_LIMIT:
                yield ("severities", key, name), _MORE.format(WORKING_HOURS_LIMIT)
    yield from _check_handling(handling)
    yield from _check_invitations(rules)
    yield from _check_fairness(fairness)
    least, most = FLOOD_RANGE
    if not least <= flooding.messages_a_minute <= most:
        yield ("flooding", "messages_a_minute"), f"must be {least} to {most}"
    for name, (least, most) in TELEGRAM_RANGES.items():
        if not least <= getattr(telegram, name) <= most:
            yield ("telegram", name), f"must be {least} to {most}"


def _check_handling(handling: HandlingRules) -> Iterator[tuple[Place, str]]:
    for name in ("regulator_within_days", "silent_after_days", "repeat_within_days"):
        if not 0 < getattr(handling, name) <= DAYS_LIMIT:
            yield ("cases", name), _MORE.format(DAYS_LIMIT)
    for name in ("waiting_hours", "inquiry_within_hours", "membership_hours"):
        if not 0 < getattr(handling, name) <= DAYS_LIMIT * 24:
            yield ("cases", name), _MORE.format(DAYS_LIMIT * 24)
    if not 0 < handling.unsorted_becomes_inquiry_after_minutes <= MINUTES_LIMIT:
        yield ("cases", "unsorted_becomes_inquiry_after_minutes"), _MORE.format(MINUTES_LIMIT)
    if not 0 <= handling.reopen_within_days <= DAYS_LIMIT:
        yield ("cases", "reopen_within_days"), f"must be 0 to {DAYS_LIMIT}"
    if handling.log_kept_months and not LOG_MONTHS_LEAST <= handling.log_kept_months <= DAYS_LIMIT:
        yield ("cases", "log_kept_months"), f"must be {LOG_MONTHS_LEAST} to {DAYS_LIMIT}, or 0 for good"
    percents = handling.nudges
    if not percents or list(percents) != sorted(set(percents)) or not 1 <= percents[0] <= percents[-1] <= 100:  # noqa: PLR2004 -- percents
        yield ("cases", "nudges"), "must be percents from 1 to 100, each higher than the one before, like [50, 80, 100]"
    if not _TIME.fullmatch(handling.digest_at):
        yield ("cases", "digest_at"), f'{handling.digest_at!r} is no time of day; write one like "09:00"'


def _check_invitations(rules: InvitationRules) -> Iterator[tuple[Place, str]]:
    for name, value, limit in _check_durations(rules):
        if not 0 < value <= limit:
            yield ("survey", name), _MORE.format(limit)
    if not 0 <= rules.ask_every_days <= DAYS_LIMIT:
        yield ("survey", "ask_every_days"), f"must be 0 to {DAYS_LIMIT}"
    if not 0 <= rules.invite_after_hours <= DAYS_LIMIT * 24:
        yield ("survey", "invite_after_hours"), f"must be 0 to {DAYS_LIMIT * 24}"
    if rules.invite_after_hours > rules.invite_within_days * 24:
        yield ("survey", "invite_after_hours"), "is later than invite_within_days, so that nobody would be asked"
    yield from _check_invitation_hours(rules)
    yield from _check_phone_calls(rules)
    for priority, percent in rules.sampling.items():
        if priority not in PRIORITIES:
            yield ("survey", "sampling", priority), f"is not a priority; choose from {', '.join(PRIORITIES)}"
        elif not 0 <= percent <= 100:  # noqa: PLR2004 -- percents
            yield ("survey", "sampling", priority), "must be a percentage from 0 to 100"
    if not 1 <= rules.low_rating <= 4:  # noqa: PLR2004 -- 5 would make every rating a low one
        yield ("survey", "low_rating"), "must be 1 to 4"


def _check_phone_calls(rules: InvitationRules) -> Iterator[tuple[Place, str]]:
    """The settings for phoning people who cannot be asked in chat."""
    if not 1 <= rules.call_attempts <= ATTEMPTS_LIMIT:
        yield ("survey", "call_attempts"), f"must be 1 to {ATTEMPTS_LIMIT}"
    if not 0 < rules.call_hours <= DAYS_LIMIT * 24:
        yield ("survey", "call_hours"), _MORE.format(DAYS_LIMIT * 24)


def _check_invitation_hours(rules: InvitationRules) -> Iterator[tuple[Place, str]]:
    """The hours in which customers may be written to, and in whose time zone."""
    for name in ("ask_from", "ask_until"):
        if not _TIME.fullmatch(said := getattr(rules, name)) and (name, said) != ("ask_until", "24:00"):
            yield ("survey", name), f'{said!r} is no time of day; write one like "09:00"'
            return
    if rules.ask_from >= rules.ask_until:
        yield ("survey", "ask_until"), "must be later than ask_from, on the same day"
    for key, zone in rules.zones.items():
        if not (key in phonenumbers.SUPPORTED_REGIONS or re.fullmatch(r"[a-z]{2,3}", key)):
            why = "is neither a phone number's region (US) nor a language (en)"
            yield ("survey", "zones", key), why
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            yield ("survey", "zones", key), f"{zone!r} is no time zone; write one like America/New_York"


def _check_durations(rules: InvitationRules) -> list[tuple[str, float, int]]:
    names = ("invite_within_days", "expire_after_days", "change_within_days", "link_days", "lost_after_months")
    minutes = "low_rating_becomes_case_after_minutes"
    days = [(name, float(getattr(rules, name)), DAYS_LIMIT) for name in names]
    return [
        *days,
        (minutes, rules.low_rating_becomes_case_after_minutes, DAYS_LIMIT * 24 * 60),
        ("remind_after_hours", rules.remind_after_hours, DAYS_LIMIT * 24),
        ("anonymous_minimum", rules.anonymous_minimum, 1000),
    ]


def _check_fairness(fairness: FairnessRules) -> Iterator[tuple[Place, str]]:
    for name in ("appeal_within_days", "upheld_days"):
        if not 0 < getattr(fairness, name) <= DAYS_LIMIT:
            yield ("fairness", name), _MORE.format(DAYS_LIMIT)
    if not 0 < fairness.quick_seconds <= 86400:  # noqa: PLR2004 -- a day
        yield ("fairness", "quick_seconds"), _MORE.format(86400)
    for name, least in (("quick_responses", 2), ("fives_an_hour", 1), ("vanished_ratings", 1), ("upheld_appeals", 1)):
        if not least <= getattr(fairness, name) <= COUNT_LIMIT:
            yield ("fairness", name), _COUNT.format(least)
