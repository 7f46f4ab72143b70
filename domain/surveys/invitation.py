"""Invitation rules (S1, S2): whether and when a customer is asked about a delivery.

1. Nobody can choose whom to ask: sampling follows from a keyed hash of the delivery's source and waybill.
2. A customer is asked within allowed hours of their own day, and not again for some days; what is not sent has a
   reason.
3. All moments are aware; hours of the day are in the customer's time zone.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from domain.company import InvitationRules

PERCENT = 100
_PARTS = 1 << 32
_DAY = timedelta(days=1)


def compute_sampling_point(digest: str) -> float:
    """A delivery's position between 0 and 100, from the first eight hexadecimal digits of its hash: uniform and deterministic."""
    return int(digest[:8], 16) * PERCENT / _PARTS


def is_sampled(rules: InvitationRules, priority: str, drawn: float) -> bool:
    """Whether a delivery of this priority is asked about; a priority without a percentage always is.

    Raising the percentage keeps everybody whom a lower one had chosen.
    """
    return drawn < rules.sampling.get(priority, PERCENT)


def find_zone(rules: InvitationRules, chosen: str, region: str, language: str, company: ZoneInfo) -> ZoneInfo:
    """The customer's time zone: the one chosen, else the one of the phone number's region, of the language, of the company."""
    name = chosen or rules.zones.get(region) or rules.zones.get(language)
    return ZoneInfo(name) if name else company


def match_zone(words: str) -> str | None:
    """The time zone that somebody wrote: its name in any case, with spaces for underscores, or only the city if no other zone has it."""
    wanted = words.strip().lower().replace(" ", "_")
    names = [name for name in available_timezones() if wanted in {name.lower(), name.lower().rpartition("/")[2]}]
    whole = [name for name in names if name.lower() == wanted]
    candidates = whole or [name for name in names if "/" in name]
    return candidates[0] if wanted and len(candidates) == 1 else None


def find_opening(rules: InvitationRules, moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment itself if the customer may be written to then, else the next time the hours begin."""
    local = moment.astimezone(zone)
    start, minutes = _parse_time(rules.ask_from), _parse_minutes(rules.ask_until)
    today = datetime.combine(local.date(), start, zone)
    if local.hour * 60 + local.minute >= minutes:
        return datetime.combine(local.date() + _DAY, start, zone).astimezone(moment.tzinfo)
    return moment if local >= today else today.astimezone(moment.tzinfo)


def is_too_soon(rules: InvitationRules, asked_at: datetime | None, now: datetime) -> bool:
    """Whether we asked the customer unprompted too recently."""
    return asked_at is not None and now - asked_at < timedelta(days=rules.ask_every_days)


def _parse_time(text: str) -> time:
    return time.fromisoformat(text)


def _parse_minutes(text: str) -> int:
    """Minutes since midnight; 24:00 is the end of the day."""
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)
