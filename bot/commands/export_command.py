"""Export command (`huifang export`): the same tables as `/export`, for the operator, of any size, with or without a running bot."""

from pathlib import Path

from bot.clock import Clock, Ids
from bot.commands.operator_commands import open_database
from bot.company.company import load_company
from bot.company.mistakes import Mistake, Mistakes
from bot.drawing.export_source import ExportSource
from bot.drawing.export_writer import write_export
from bot.settings import Settings
from domain.figures.export import ExportFormat, ExportRequest
from domain.figures.period import parse_period
from handlers.figures.exports import TAKE_ACTION
from storage import audit
from texts import LANGUAGES


async def run_export(
    settings: Settings,
    text: str,
    path: Path,
    kind: str,
    language: str | None,
    departments: tuple[str, ...],
    *,
    words: bool,
) -> int:
    """Write the export, and log it; returns the number of rows.

    Raises:
        Mistakes: when `departments` or the company's file are wrong.
        PeriodError: when `text` is not a period.
        TooManyRowsError: when a sheet of the workbook is full.
        OSError: when the file cannot be written.
    """
    company = load_company(settings.config)
    now = Clock(settings.clock).now()
    wanted = ExportRequest(
        parse_period(text, now, company.zone),
        departments or None,
        ExportFormat.XLSX if kind == ".xlsx" else ExportFormat.CSV,
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
    async with open_database(settings) as database:
        source = ExportSource(settings.address, settings.secrets, company, settings.clock)
        rows = await write_export(source, wanted, language or company.language, path, kind)
        async with database.begin() as tx:
            after = f"{wanted.form}:{','.join(departments) or '*'}:{'words' if words else ''}"
            await audit.write_entries(
                tx,
                [audit.AuditEntry(Ids().next(), now, None, TAKE_ACTION, f"period:{wanted.period.code}", None, after)],
            )
    return rows
