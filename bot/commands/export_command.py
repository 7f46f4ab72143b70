"""`huifang export`: the same tables as `/export`, for whoever runs the bot, of any size, beside a running bot or without one."""

from pathlib import Path

from bot.clock import Clock, Ids
from bot.commands.operating import opened
from bot.company.company import load
from bot.company.mistakes import Mistake, Mistakes
from bot.drawing.export_source import Source
from bot.drawing.exporting import write
from bot.settings import Settings
from domain.figures.export import Form, Wanted
from domain.figures.period import parse_period
from handlers.figures.exporting import TAKEN
from storage import audit
from texts import LANGUAGES


async def take(
    settings: Settings,
    text: str,
    path: Path,
    kind: str,
    language: str | None,
    departments: tuple[str, ...],
    *,
    words: bool,
) -> int:
    """What `huifang export` writes, and the log's line about it; the number of rows. Raises PeriodError, TooMany, Mistakes, OSError."""
    company = load(settings.config)
    now = Clock(settings.clock).now()
    wanted = Wanted(
        parse_period(text, now, company.zone),
        departments or None,
        Form.XLSX if kind == ".xlsx" else Form.CSV,
        words,
    )
    known = {"--department": company.departments, "--language": LANGUAGES}
    said = [*(("--department", one) for one in departments), *([("--language", language)] if language else [])]
    mistakes = [
        Mistake(option, "", f"{one!r} is none of {', '.join(known[option])}")
        for option, one in said
        if one not in known[option]
    ]
    if mistakes:
        raise Mistakes(mistakes)
    async with opened(settings) as database:
        source = Source(settings.database, settings.secrets, company, settings.clock)
        rows = await write(source, wanted, language or company.language, path, kind)
        async with database.begin() as tx:
            after = f"{wanted.form}:{','.join(departments) or '*'}:{'words' if words else ''}"
            await audit.write(
                tx, [audit.Change(Ids().next(), now, None, TAKEN, f"period:{wanted.period.code}", None, after)]
            )
    return rows
