"""Command line. Exit code 0: done; 1: failed, with one clear line; 2: wrong usage.

Each command imports what it needs when it is called: the help, `init` and a token do not wait for everything that a bot imports.
"""

import asyncio
import gc
import os
import sys
from pathlib import Path
from typing import BinaryIO, TypeVar

import click

from bot import settings as environment
from bot.commands.access_commands import api_token, manager_code
from bot.commands.company_commands import init, wording
from bot.commands.failures import report_failures
from bot.commands.on_database import run_on_database
from bot.commands.upkeep_commands import backup, erase, parked, restore, rotate_key, totals, undelivered
from bot.settings import Settings

T = TypeVar("T")
SOURCE_LIMIT = 64
SETTINGS_HELP = "The company is described in huifang.toml, the machine by HUIFANG_… variables or the file .env: docs/configuration.md."


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=SETTINGS_HELP)
@click.version_option(package_name="huifang", prog_name="huifang")
def main() -> None:
    """Huifang 回访: asks after every delivery, and sees every complaint through."""


for _command in (
    *(init, wording),
    *(totals, parked, undelivered, erase, backup, restore, rotate_key),
    *(api_token, manager_code),
):
    main.add_command(_command)


@main.command()
@click.option("--past", type=click.File("rb"), hidden=True, help="Load this past first, as load-past does.")
@report_failures
def run(*, past: BinaryIO | None) -> None:
    """Run the bot; it prints `ready` once it is up."""
    settings = environment.read(need=("HUIFANG_TOKEN", "HUIFANG_SECRET"))
    from bot.process.logs import set_up_logging

    set_up_logging(settings.logs)
    import uvloop

    gc.disable()  # what is imported stays: looking through it for garbage would take a sixth of the start
    from telegram.error import InvalidToken, TelegramError

    from bot.app import run as serve
    from bot.process.telegram import explain_refusal
    from handlers.past.lines import PastError, read_lines

    gc.freeze()  # nor does it ever look through it again
    gc.enable()
    try:
        told = read_lines(past) if past is not None else ()  # to its end before anything else is looked at
        uvloop.run(serve(settings, told))
    except PastError as error:
        raise click.ClickException(str(error)) from None
    except InvalidToken as error:
        said = explain_refusal(error, settings.token)
        why = f"Telegram does not know this token ({said}); BotFather shows the right one"
        raise click.ClickException(f"HUIFANG_TOKEN: {why}") from None
    except TelegramError as error:
        said = explain_refusal(error, settings.token)
        raise click.ClickException(
            f"HUIFANG_BOT_API: the Bot API at {settings.bot_api} cannot be used: {said}"
        ) from None


@main.command()
@click.option("--preview", is_flag=True, help="Show each survey as customers will see it, too.")
@click.option("--fix", is_flag=True, help="Mend what the Bot API can: the webhook, the menu of commands.")
@report_failures
def check(*, preview: bool, fix: bool) -> None:
    """Say what is right and what is wrong, and what to do about it.

    Looks at the settings, the company file and its surveys, this machine, the database and its backups, and asks Telegram about the token, the
    webhook and each group. Changes nothing without --fix. The bot may be running. The exit status is 1 if something is wrong.
    """
    from bot.commands.check_command import check as look

    sys.exit(0 if asyncio.run(look(preview=preview, fix=fix)) else 1)


@main.command()
@report_failures
def migrate() -> None:
    """Bring the database to this release and end.

    `run` does so by itself at its start. This is for a job before it, so that replicas find it done; the bot may be running.
    """
    from bot.commands.operator_commands import open_database

    async def wait(settings: Settings) -> None:
        async with open_database(settings):
            pass

    run_on_database(wait)
    click.echo("the database is up to date")


@main.command()
@click.argument("waybill")
@click.option(
    "--qr", type=click.Path(dir_okay=False, path_type=Path), help="Also write a QR code: a .png or .svg file."
)
@report_failures
def link(waybill: str, qr: Path | None) -> None:
    """Print the link for a delivery."""
    if qr is not None and qr.suffix.lower() not in {".png", ".svg"}:
        raise click.BadParameter("write a file that ends in .png or .svg", param_hint="--qr")
    from bot.commands.operator_commands import find_link as make

    url = run_on_database(lambda settings: make(settings, waybill))
    if url is None:
        raise click.ClickException(f"there is no delivery {waybill}; send it to POST /api/v1/deliveries first")
    click.echo(url)
    if qr is not None:
        from reports.pictures.qr import draw_qr_code as draw

        qr.write_bytes(draw(url, qr.suffix.lower()[1:]))


@main.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--source",
    default="import",
    show_default=True,
    help="The system the deliveries come from; waybills are unique within it.",
)
@click.option("--sheet", help="The sheet of the spreadsheet to read; by default the first that is not empty.")
@report_failures
def import_(file: Path, source: str, sheet: str | None) -> None:
    """Import deliveries from a CSV or XLSX file.

    Refused rows go to FILE.rejected.csv with their reasons, and the exit status is 1; correct that file and import it. You can interrupt
    this and run it again: nothing is imported twice. The bot may be running.
    """
    source = source.strip()
    if not 1 <= len(source) <= SOURCE_LIMIT:
        raise click.BadParameter(f"a name of 1 to {SOURCE_LIMIT} characters", param_hint="--source")
    from bot.commands.import_command import ImportEndedError, format_counts, import_file
    from bot.commands.table_files import UnreadableFileError

    try:
        counts = run_on_database(lambda settings: import_file(settings, file, source, sheet))
    except (UnreadableFileError, ImportEndedError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(format_counts(counts, file))
    if counts["refused"]:
        sys.exit(1)


@main.command()
@click.argument("period", default="month")
@click.option("-o", "--output", required=True, help="An .xlsx, .zip or .csv file, or a folder.")
@click.option("--language", help="Language of the headings and wording, such as en; by default the company's.")
@click.option("--department", "departments", multiple=True, help="Only this department; may be given more than once.")
@click.option("--no-words", is_flag=True, help="Leave out what customers wrote.")
@report_failures
def export(period: str, output: str, language: str | None, departments: tuple[str, ...], *, no_words: bool) -> None:
    """Export all the data behind the figures.

    PERIOD is today, week, month, 2026-10, 2026-10-01..2026-10-31 … An .xlsx has a sheet per table, with live formulas; a .zip or a folder
    (ending in /) has a CSV file per table; a .csv has only the responses. The bot may be running.
    """
    path = Path(output)
    kind = "folder" if output.endswith(os.sep) or path.is_dir() else path.suffix.lower()
    if kind not in {"folder", ".xlsx", ".zip", ".csv"}:
        raise click.BadParameter("write a .xlsx, .zip or .csv file, or a folder that ends in /", param_hint="--output")
    if kind != "folder" and not path.absolute().parent.is_dir():
        raise click.ClickException(f"{path.parent}: there is no such folder")
    from bot.commands.export_command import run_export
    from domain.figures.period import PeriodError
    from reports.export.workbook import TooManyRowsError

    try:
        rows = run_on_database(
            lambda found: run_export(found, period, path, kind, language, departments, words=not no_words)
        )
    except PeriodError:
        why = f"{period!r} is not a period that has begun; write 2026-10 or 2026-10-01..2026-10-31"
        raise click.BadParameter(why, param_hint="PERIOD") from None
    except TooManyRowsError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{rows} rows: {output}")


@main.command(name="load-past", hidden=True)
@click.argument("file", type=click.File("rb"))
@report_failures
def load_past(file: BinaryIO) -> None:
    """Fill an empty database with a past, for demonstrations.

    FILE (- for standard input) has one fact a line; handlers/past/lines.py says which. Nothing is sent before the bot runs.
    """
    from bot.commands.past_command import load
    from handlers.past.lines import PastError, read_lines

    try:
        lines = read_lines(file)
        rows = run_on_database(lambda settings: load(settings, lines))
    except PastError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{rows} rows")


@main.command()
@click.option("--port", default=8088, show_default=True, help="Port for the page of chats.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Keep all data in this folder.")
@click.option("--fresh", is_flag=True, help="Start over, even if the folder holds an earlier playground.")
@report_failures
def playground(port: int, data: Path | None, *, fresh: bool) -> None:
    """Try everything on this machine.

    A local Telegram, an example company, and a page of chats to open in a browser. No account, no internet.
    """
    command = [sys.executable, "-m", "playground.company", "--port", str(port)]
    if data is not None:
        command += ["--data", str(data)]
    if fresh:
        command.append("--fresh")
    # This process becomes the playground, so that Ctrl-C reaches it alone and it ends its bot in peace.
    os.execv(sys.executable, command)  # noqa: S606 -- our own module
