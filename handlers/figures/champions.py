"""Satisfaction champion 满意度冠军 (M6): clearly above the rest in a quarter, and above anyone else who is; honoured with a certificate.

1. One timer for the company, due at `push_at` on the first day after the quarter; that moment says which quarter. So
   each is honoured once, late rather than never.
2. Who is champion says `domain.figures.ranking`. If there is none, management is told so, and why.
3. The certificate goes to management, to the courier's (or the honoured) department, and to the courier, in the
   courier's own language.
"""

from datetime import date, datetime, timedelta

from domain.figures.breakdown import By
from domain.figures.comparisons import UnitVerdict
from domain.figures.period import Period, parse_period
from domain.figures.ranking import RankedUnit, Ranking, rank_units
from domain.people import Role
from domain.surveys.survey import localize
from domain.timer_kinds import TimerKind
from handlers.figures import drill_down
from handlers.figures.unit_names import fetch_unit_names
from handlers.people import groups
from handlers.turns import attachments
from handlers.turns.batch import Batch
from reports.pictures.certificate import make_certificate
from reports.wording.wording import format_share
from storage.figures import couriers
from storage.figures import rankings as rows
from storage.people import groups as group_rows
from storage.people import people
from storage.queue.outbox import Priority

_QUARTER_MONTHS, _FEWEST_TO_COMPARE = 3, 2


def set_quarterly_timer(batch: Batch) -> None:
    """Set the timer for the first day of the next quarter, or of this one if its morning is still to come."""
    company = batch.services.company
    begun = _find_quarter_start(batch.now.astimezone(company.zone).date())
    due = company.find_push_time(begun)
    batch.set_timer(
        TimerKind.CHAMPIONS,
        TimerKind.CHAMPIONS,
        due if due > batch.now else company.find_push_time(_find_next_quarter(begun)),
    )


async def on_timer(batch: Batch, due_at: datetime) -> None:
    """Honour the champions of the quarter that had ended when this timer was due, and set the next timer."""
    company = batch.services.company
    begun = _find_quarter_start(due_at.astimezone(company.zone).date())
    batch.set_timer(TimerKind.CHAMPIONS, TimerKind.CHAMPIONS, company.find_push_time(_find_next_quarter(begun)))
    last = begun - timedelta(days=1)
    code = f"{last.year}-q{(last.month - 1) // _QUARTER_MONTHS + 1}"
    period = parse_period(code, batch.now, company.zone)
    for by in (By.COURIER, By.DEPARTMENT):
        ranking = rank_units(await rows.compare_units(batch.tx, period, by), company.figures.leaderboard_minimum)
        if ranking.champion is not None:
            await _honour_champion(batch, period, by, ranking.champion, begun)
        else:
            await _tell_no_champion(batch, period, by, ranking)


async def _honour_champion(batch: Batch, period: Period, by: By, champion: RankedUnit, awarded: date) -> None:
    company, texts = batch.services.company, batch.services.texts
    department = champion.key
    if by is By.COURIER:
        department = (await couriers.fetch_main_departments(batch.tx, period, [champion.key])).get(champion.key, "")
    quarter = (period.first.year, (period.first.month - 1) // _QUARTER_MONTHS + 1)
    for chat, language in (await _list_readers(batch, by, champion, department)).items():
        named = await fetch_unit_names(batch, by, [champion.key], language)
        unit = company.department_name(department, language) if by is By.COURIER else ""
        facts = make_certificate(
            named[champion.key], localize(company.identity.name, language), quarter, awarded, champion.share, unit
        )
        say = drill_down.make_plain_say(batch, language)
        args: dict[str, str | int] = {
            "name": named[champion.key],
            "what": "c" if by is By.COURIER else "d",
            "year": str(quarter[0]),
            "quarter": quarter[1],
            "share": format_share(say, "ranking-share", champion.share),
            "rest": format_share(say, "ranking-share", champion.comparison.rest),
        }
        attachments.send_picture(
            batch,
            chat,
            "certificate",
            facts,
            language=language,
            caption=texts.html(language, "champion-caption", args),
            priority=Priority.STAFF,
        )


async def _tell_no_champion(batch: Batch, period: Period, by: By, ranking: Ranking) -> None:
    """Tell management that nobody stands out, or several do, or just that there were too few to compare."""
    texts = batch.services.texts
    leaders = ranking.count(UnitVerdict.HIGHER)
    args: dict[str, str | int] = {
        "what": "c" if by is By.COURIER else "d",
        "year": str(period.first.year),
        "quarter": (period.first.month - 1) // _QUARTER_MONTHS + 1,
        "why": "few" if len(ranking.units) < _FEWEST_TO_COMPARE else "several" if leaders else "nobody",
        "count": leaders,
        "minimum": batch.services.company.figures.leaderboard_minimum,
    }
    for chat, language in (await groups.find_overseers(batch, batch.services.company.quality)).items():
        batch.say(chat, texts.html(language, "champion-none", args), priority=Priority.STAFF)


async def _list_readers(batch: Batch, by: By, champion: RankedUnit, department: str) -> dict[int, str]:
    """Chats and their languages."""
    readers = await groups.find_overseers(batch, batch.services.company.quality)
    group = await group_rows.find_by_department(batch.tx, department) if department else None
    if group is not None and group.here:
        readers[group.chat_id] = group.language
    if by is By.COURIER:
        for person in await people.list_holders(batch.tx, Role.COURIER, department=champion.key):
            if person.reachable:
                readers[person.telegram_id] = person.language
    return readers


def _find_quarter_start(day: date) -> date:
    """The first day of the quarter that contains this day."""
    return day.replace(month=day.month - (day.month - 1) % _QUARTER_MONTHS, day=1)


def _find_next_quarter(begun: date) -> date:
    return _find_quarter_start(begun + timedelta(days=100))
