"""Manipulation checks of ratings (F3): a list to quality each Monday, and `/checks` whenever quality or a manager wants to look.

1. One timer for the company, due on Monday at digest time. It reports the whole week before; after a stop of any length
   each week is reported late rather than never, and only once.
2. A finding is a place to look at. Customers are not named, and nobody is accused.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from domain.fairness import manipulation
from domain.fairness.manipulation import HOUR, ManipulationCheck, ManipulationFinding
from domain.timer_kinds import TimerKind
from handlers.access import rights
from handlers.access.rights import Right
from handlers.people import groups
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.fairness import manipulation_checks
from storage.fairness.manipulation_checks import CheckedPeriod
from storage.queue.outbox import Priority

WEEK = timedelta(days=7)
SHOWN_FINDINGS = 15
"""The most findings of one kind that are listed."""


async def on_command(turn: Turn, _args: str) -> None:
    """`/checks`: the last seven days, up to this moment."""
    if not await rights.may(turn, Right.OVERSEE):
        turn.say("checks-only-quality")
        return
    end = turn.now + timedelta(microseconds=1)  # what happens at this moment is included
    turn.say_html(await _draw_findings(turn.batch, end - WEEK, end, turn.language))


async def on_timer(batch: Batch, due_at: datetime) -> None:
    """Report the week before the Monday for which the timer was set, and set the next timer."""
    monday = _find_monday(batch, due_at)
    batch.set_timer(
        TimerKind.MANIPULATION_CHECKS,
        TimerKind.MANIPULATION_CHECKS,
        batch.services.company.find_digest_time(monday + WEEK),
    )
    start, end = _find_midnight(batch, monday - WEEK), _find_midnight(batch, monday)
    for chat, language in (await groups.find_overseers(batch, "")).items():
        batch.say(chat, await _draw_findings(batch, start, end, language), priority=Priority.STAFF)


def set_weekly_timer(batch: Batch) -> None:
    """Set the timer for the next Monday."""
    monday = _find_monday(batch, batch.now)
    due = batch.services.company.find_digest_time(monday)
    batch.set_timer(
        TimerKind.MANIPULATION_CHECKS,
        TimerKind.MANIPULATION_CHECKS,
        due if due > batch.now else batch.services.company.find_digest_time(monday + WEEK),
    )


async def list_findings(batch: Batch, start: datetime, end: datetime) -> list[ManipulationFinding]:
    """Everything that stands out from `start` up to but not including `end`."""
    company, tx = batch.services.company, batch.tx
    fair, rules, zone = company.fairness, company.invitations, company.zone
    answered_within = max(rules.change_within_days, rules.expire_after_days) + 1
    span = CheckedPeriod(start, end, start - timedelta(days=answered_within))
    soon = timedelta(seconds=fair.quick_seconds)
    responses = await manipulation_checks.list_responses(tx, span, fair.quick_responses, soon)
    fives = await manipulation_checks.list_best_ratings(tx, span, fair.fives_an_hour, HOUR)
    upheld = await manipulation_checks.list_courier_appeals(tx, span, end - timedelta(days=fair.upheld_days))
    return [
        *manipulation.find_quick_responses(responses, fair.quick_responses, soon, zone),
        *manipulation.find_bursts(fives, fair.fives_an_hour, HOUR, zone),
        *manipulation.find_self_handled_cases(await manipulation_checks.list_self_handled_cases(tx, span), zone),
        *manipulation.find_self_ratings(await manipulation_checks.list_self_ratings(tx, span), zone),
        *manipulation.find_odd_grants(await manipulation_checks.list_courier_grants(tx, span), zone),
        *manipulation.find_changed_ratings(
            await manipulation_checks.list_rating_changes(tx, span), rules.low_rating, fair.vanished_ratings, zone
        ),
        *manipulation.find_withdrawn_cases(
            await manipulation_checks.list_withdrawn_cases(tx, span), fair.vanished_ratings, zone
        ),
        *manipulation.find_upheld_appeals(upheld, fair.upheld_appeals, zone),
    ]


async def _draw_findings(batch: Batch, start: datetime, end: datetime, language: str) -> str:
    texts, zone = batch.services.texts, batch.services.company.zone
    last = (end - timedelta(microseconds=1)).astimezone(zone).date()
    days = {"first": start.astimezone(zone).date().isoformat(), "last": last.isoformat()}
    findings = await list_findings(batch, start, end)
    if not findings:
        return texts.html(language, "checks-nothing", days)
    lines = [texts.html(language, "checks-head", days), texts.html(language, "checks-note")]
    for check in ManipulationCheck:
        alike = [one for one in findings if one.check is check]
        lines += [""] if alike else []
        lines += [_draw_line(batch, one, language) for one in alike[:SHOWN_FINDINGS]]
        if len(alike) > SHOWN_FINDINGS:
            lines.append(texts.html(language, "checks-more", {"count": len(alike) - SHOWN_FINDINGS}))
    return "\n".join(lines)


def _draw_line(batch: Batch, finding: ManipulationFinding, language: str) -> str:
    texts = batch.services.texts
    named = (
        texts.plain(language, "checks-courier", {"names": _join_names(batch, finding.couriers, language)})
        if finding.couriers
        else ""
    )
    args: dict[str, str | int] = {
        "n": finding.n,
        "of": finding.of,
        "who": finding.who,
        "seconds": finding.seconds,
        "minutes": -(-finding.seconds // 60),
        "within": f"{batch.services.company.fairness.upheld_days:g}",
        "days": _format_days(batch, finding.first, finding.last, language),
        "cases": _join_names(batch, finding.cases, language),
        "couriers": named or texts.plain(language, "checks-no-courier"),
    }
    return texts.html(language, f"checks-{finding.check.value}", args)


def _format_days(batch: Batch, first: date, last: date, language: str) -> str:
    days = {"first": first.isoformat(), "last": last.isoformat()}
    return batch.services.texts.plain(language, "checks-day" if first == last else "checks-days", days)


def _join_names(batch: Batch, names: Sequence[str], language: str) -> str:
    more = len(names) - SHOWN_FINDINGS
    rest = [batch.services.texts.plain(language, "checks-more", {"count": more})] if more > 0 else []
    return ", ".join([*names[:SHOWN_FINDINGS], *rest])


def _find_monday(batch: Batch, moment: datetime) -> date:
    """The Monday of the week that contains this moment."""
    day = moment.astimezone(batch.services.company.zone).date()
    return day - timedelta(days=day.weekday())


def _find_midnight(batch: Batch, day: date) -> datetime:
    return datetime.combine(day, time.min, batch.services.company.zone)
