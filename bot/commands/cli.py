"""Command line. Exit code 0: done; 1: failed, with one clear line; 2: wrong usage.

Each command imports what it needs when it is called: the help, `init` and a token do not wait for everything that a bot imports.
"""

import asyncio
import gc
import os
import secrets
import sys
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click

from bot import settings as environment
from bot.commands.company_commands import init, wording
from bot.commands.failures import report_failures
from bot.commands.key_commands import rotate_key
from bot.settings import Settings

T = TypeVar("T")
SOURCE_LIMIT = 64
SETTINGS_HELP = "The company is described in huifang.toml, the machine by HUIFANG_… variables or the file .env: docs/configuration.md."


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=SETTINGS_HELP)
@click.version_option(package_name="huifang", prog_name="huifang")
def main() -> None:
    """Huifang 回访: asks after every delivery, and sees every complaint through."""


for _command in (init, wording, rotate_key):
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
        raise _fail(str(error)) from None
    except InvalidToken as error:
        said = explain_refusal(error, settings.token)
        why = f"Telegram does not know this token ({said}); BotFather shows the right one"
        raise _fail(f"HUIFANG_TOKEN: {why}") from None
    except TelegramError as error:
        said = explain_refusal(error, settings.token)
        raise _fail(f"HUIFANG_BOT_API: the Bot API at {settings.bot_api} cannot be used: {said}") from None


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

    _run_on_database(wait)
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

    url = _run_on_database(lambda settings: make(settings, waybill))
    if url is None:
        raise _fail(f"there is no delivery {waybill}; send it to POST /api/v1/deliveries first")
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
        counts = _run_on_database(lambda settings: import_file(settings, file, source, sheet))
    except (UnreadableFileError, ImportEndedError) as error:
        raise _fail(str(error)) from None
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
        raise _fail(f"{path.parent}: there is no such folder")
    from bot.commands.export_command import run_export
    from domain.figures.period import PeriodError
    from reports.export.workbook import TooManyRowsError

    try:
        rows = _run_on_database(
            lambda found: run_export(found, period, path, kind, language, departments, words=not no_words)
        )
    except PeriodError:
        why = f"{period!r} is not a period that has begun; write 2026-10 or 2026-10-01..2026-10-31"
        raise click.BadParameter(why, param_hint="PERIOD") from None
    except TooManyRowsError as error:
        raise _fail(str(error)) from None
    click.echo(f"{rows} rows: {output}")


@main.command()
@click.option("--rebuild", is_flag=True, help="Recompute everything from the raw rows.")
@report_failures
def totals(*, rebuild: bool) -> None:
    """Check or recount the stored totals.

    They are compared with the raw rows that they are computed from. The bot may be running.
    """
    from bot.commands.operator_commands import check_totals, rebuild_totals

    if rebuild:
        days = _run_on_database(rebuild_totals)
        click.echo(f"recounted: {days} days")
        return
    wrong = _run_on_database(check_totals)
    for day, count in wrong.items():
        click.echo(f"{day}: {count} numbers are wrong")
    if wrong:
        raise _fail("the totals do not match the raw rows; `huifang totals --rebuild` recounts them")
    click.echo("the totals match the raw rows")


@main.command()
@click.argument("events", nargs=-1)
@click.option("--replay", is_flag=True, help="Try them again.")
@report_failures
def parked(events: tuple[str, ...], *, replay: bool) -> None:
    """List or retry events that failed five times.

    They were set aside, with their errors and without anybody's words. EVENTS names some of them, as the list does; without, all are meant.
    Those that came before them from the same person in the same chat are tried again, too, and first. The bot may be running.
    """
    from bot.commands.operator_commands import list_parked, replay_parked
    from domain.error_words import mask_error

    listed = {f"{event.source}:{event.key}": event for event in _run_on_database(list_parked)}
    unknown = [name for name in events if name not in listed]
    if unknown:
        raise _fail(f"no such parked event: {', '.join(unknown)}; `huifang parked` lists them")
    if replay:
        chosen = {(listed[name].source, listed[name].key) for name in events} or None
        click.echo(f"to be tried again: {_run_on_database(lambda settings: replay_parked(settings, chosen))}")
        return
    for name, event in listed.items():
        if not events or name in events:
            click.echo(f"{event.received_at:%Y-%m-%d %H:%M} {name}: {mask_error(event.error)}")


@main.command()
@click.option("--retry", is_flag=True, help="Send again what may succeed now.")
@report_failures
def undelivered(*, retry: bool) -> None:
    """Say what could not be sent, to whom and why.

    By cause, with what to do about each; names are masked. Who has blocked the bot gets what waits by coming back; everything else is sent
    again by --retry. The bot may be running.
    """
    from bot.commands.operator_commands import describe_undelivered, send_again

    if retry:
        click.echo(f"to be sent again: {_run_on_database(send_again)}")
        return
    for line in _run_on_database(describe_undelivered):
        click.echo(line)


@main.command()
@click.option(
    "--phone", default="", metavar="NUMBER", help="Whoever has this phone number, in chat or only as a customer."
)
@click.option("--ref", default="", metavar="REF", help="Whoever a source system knows by this reference.")
@click.option("--source", default="", help="The source system of --ref; needed where several know it.")
@click.option("--person", type=int, metavar="ID", help="The person with this id.")
@click.option("--case", default="", metavar="NUMBER", help="The customer of this case.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@report_failures
def erase(phone: str, ref: str, source: str, person: int | None, case: str, *, yes: bool) -> None:
    """Erase somebody: names, numbers, words and files go from everywhere, figures stay.

    Give one of --phone, --ref, --person and --case. Open cases are withdrawn. It cannot be undone. Backups made before keep the person until
    they are deleted. The bot may be running: it takes away what stands in groups.
    """
    if sum(map(bool, (phone, ref, person is not None, case))) != 1:
        raise click.UsageError("give one of --phone, --ref, --person and --case")
    from bot.commands.erase_command import EraseError, Wanted, format_counts, preview
    from bot.commands.erase_command import erase as erase_them

    wanted = Wanted(phone, ref, source, person, case)
    try:
        if not yes:
            click.echo(f"This erases {_run_on_database(lambda settings: preview(settings, wanted))}.")
            if not click.confirm("It cannot be undone. Erase?", default=False):
                raise _fail("nothing was erased")
        done = _run_on_database(lambda settings: erase_them(settings, wanted))
    except EraseError as error:
        raise _fail(str(error)) from None
    click.echo("erased; rows changed:")
    for line in format_counts(done):
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@report_failures
def backup(file: Path) -> None:
    """Write a sealed copy of everything to FILE.

    It is as of one moment, opened and counted before it gets its name, and can be restored on SQLite and on PostgreSQL. The bot may be
    running. HUIFANG_BACKUP_KEY seals it, and nothing else opens it; what people said is sealed with HUIFANG_SECRET in it, too. Keep both in a
    password manager or on paper, away from this machine and from the backups: without them nobody can restore, not even we. To change
    the key put the new one before the old one: NEW,OLD.
    """
    from bot.commands.backup_command import back_up

    written = _run_on_database(lambda settings: back_up(settings, file), need=("HUIFANG_SECRET", "HUIFANG_BACKUP_KEY"))
    click.echo(f"{written}, {file.stat().st_size} bytes, opened and counted: {file}")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@report_failures
def restore(file: Path) -> None:
    """Fill an empty database with the backup FILE.

    HUIFANG_DATABASE names the new database, on either engine. FILE is read to its end before anything is written; what was written is
    compared with it. HUIFANG_BACKUP_KEY and HUIFANG_SECRET are those that the backup was made with, or NEW,OLD.
    """
    from bot.commands.backup_command import describe_restored
    from bot.commands.backup_command import restore as fill

    restored = _run_on_database(lambda settings: fill(settings, file), need=("HUIFANG_SECRET", "HUIFANG_BACKUP_KEY"))
    for line in describe_restored(restored, file):
        click.echo(line)


@main.group(name="api-token")
def api_token() -> None:
    """Manage the tokens of systems that send deliveries."""


@api_token.command(name="create")
@click.argument("name")
@click.option("--cases", is_flag=True, help="Let it read all cases, not only those about its own deliveries.")
@report_failures
def create_token(name: str, *, cases: bool) -> None:
    """Print a new token for the system NAME. It is shown only once."""
    from bot.commands.operator_commands import create_token as create

    token = "hf_" + secrets.token_urlsafe(32)
    if not _run_on_database(lambda settings: create(settings, name, token, reads_cases=cases)):
        raise _fail(f"there is a token called {name} already; revoke it and choose another name")
    click.echo(token)


@api_token.command(name="list")
@report_failures
def list_tokens() -> None:
    """List all tokens and what they may read."""
    from bot.commands.operator_commands import list_tokens as listed

    for token in _run_on_database(listed):
        state = f"revoked {token.revoked_at:%Y-%m-%d}" if token.revoked_at else "active"
        cases = "all cases" if token.reads_cases else "its own cases"
        click.echo(f"{token.name}\tcreated {token.created_at:%Y-%m-%d}\t{cases}\t{state}")


@api_token.command(name="revoke")
@click.argument("name")
@report_failures
def revoke_token(name: str) -> None:
    """Revoke the token NAME."""
    from bot.commands.operator_commands import revoke_token as revoke

    if not _run_on_database(lambda settings: revoke(settings, name)):
        raise _fail(f"there is no active token called {name}; `huifang api-token list` shows them")
    click.echo(f"revoked {name}")


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
        rows = _run_on_database(lambda settings: load(settings, lines))
    except PastError as error:
        raise _fail(str(error)) from None
    click.echo(f"{rows} rows")


@main.command(name="manager-code")
@report_failures
def manager_code() -> None:
    """Print a new one-time code for a manager."""
    from bot.commands.operator_commands import create_manager_code

    click.echo(_run_on_database(create_manager_code))


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


def _run_on_database(work: Callable[[Settings], Awaitable[T]], need: tuple[str, ...] = ("HUIFANG_SECRET",)) -> T:
    settings = environment.read(need=need)

    async def go() -> T:
        return await work(settings)

    coroutine: Coroutine[Any, Any, T] = go()
    return asyncio.run(coroutine)


def _fail(why: str) -> click.ClickException:
    return click.ClickException(why)
