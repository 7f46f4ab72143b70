"""Commands for upkeep: totals, what failed, backups, erasing, a new secret. The bot may be running meanwhile."""

import asyncio
from pathlib import Path

import click

from bot import settings as environment
from bot.commands.failures import report_failures
from bot.commands.on_database import run_on_database


@click.command()
@click.option("--rebuild", is_flag=True, help="Recompute everything from the raw rows.")
@report_failures
def totals(*, rebuild: bool) -> None:
    """Check or recount the stored totals.

    They are compared with the raw rows that they are computed from. The bot may be running.
    """
    from bot.commands.operator_commands import check_totals, rebuild_totals

    if rebuild:
        days = run_on_database(rebuild_totals)
        click.echo(f"recounted: {days} days")
        return
    wrong = run_on_database(check_totals)
    for day, count in wrong.items():
        click.echo(f"{day}: {count} numbers are wrong")
    if wrong:
        raise click.ClickException("the totals do not match the raw rows; `huifang totals --rebuild` recounts them")
    click.echo("the totals match the raw rows")


@click.command()
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

    listed = {f"{event.source}:{event.key}": event for event in run_on_database(list_parked)}
    unknown = [name for name in events if name not in listed]
    if unknown:
        raise click.ClickException(f"no such parked event: {', '.join(unknown)}; `huifang parked` lists them")
    if replay:
        chosen = {(listed[name].source, listed[name].key) for name in events} or None
        click.echo(f"to be tried again: {run_on_database(lambda settings: replay_parked(settings, chosen))}")
        return
    for name, event in listed.items():
        if not events or name in events:
            click.echo(f"{event.received_at:%Y-%m-%d %H:%M} {name}: {mask_error(event.error)}")


@click.command()
@click.option("--retry", is_flag=True, help="Send again what may succeed now.")
@report_failures
def undelivered(*, retry: bool) -> None:
    """Say what could not be sent, to whom and why.

    By cause, with what to do about each; names are masked. Who has blocked the bot gets what waits by coming back; everything else is sent
    again by --retry. The bot may be running.
    """
    from bot.commands.operator_commands import describe_undelivered, send_again

    if retry:
        click.echo(f"to be sent again: {run_on_database(send_again)}")
        return
    for line in run_on_database(describe_undelivered):
        click.echo(line)


@click.command()
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

    Give one of --phone, --ref, --person and --case. Open cases are withdrawn. It cannot be undone. The running bot takes
    away what stands in groups, and destroys the person's key in the backups that it can reach.
    """
    if sum(map(bool, (phone, ref, person is not None, case))) != 1:
        raise click.UsageError("give one of --phone, --ref, --person and --case")
    from bot.commands.erase_command import EraseError, Wanted, format_counts, preview
    from bot.commands.erase_command import erase as erase_them

    wanted = Wanted(phone, ref, source, person, case)
    try:
        if not yes:
            click.echo(f"This erases {run_on_database(lambda settings: preview(settings, wanted))}.")
            if not click.confirm("It cannot be undone. Erase?", default=False):
                raise click.ClickException("nothing was erased")
        done = run_on_database(lambda settings: erase_them(settings, wanted))
    except EraseError as error:
        raise click.ClickException(str(error)) from None
    click.echo("erased; rows changed:")
    for line in format_counts(done):
        click.echo(line)


@click.command()
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

    written = run_on_database(lambda settings: back_up(settings, file), need=("HUIFANG_SECRET", "HUIFANG_BACKUP_KEY"))
    click.echo(f"{written}, {file.stat().st_size} bytes, opened and counted: {file}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@report_failures
def restore(file: Path) -> None:
    """Fill an empty database with the backup FILE.

    HUIFANG_DATABASE names the new database, on either engine. FILE is read to its end before anything is written; what was written is
    compared with it. HUIFANG_BACKUP_KEY and HUIFANG_SECRET are those that the backup was made with, or NEW,OLD.
    """
    from bot.commands.backup_command import describe_restored
    from bot.commands.backup_command import restore as fill

    restored = run_on_database(lambda settings: fill(settings, file), need=("HUIFANG_SECRET", "HUIFANG_BACKUP_KEY"))
    for line in describe_restored(restored, file):
        click.echo(line)


@click.command(name="rotate-key")
@report_failures
def rotate_key() -> None:
    """Seal everything anew with the first of HUIFANG_SECRET=NEW,OLD.

    Put the new secret first for every process and restart them; then this, while they run. It can be stopped at any time and started again. At
    the end it says which secrets can go.
    """
    from bot.commands.rotation_command import RotationError
    from bot.commands.rotation_command import rotate_key as rotate

    settings = environment.read(need=("HUIFANG_SECRET",))
    try:
        lines = asyncio.run(rotate(settings, lambda said: click.echo(said, err=True)))
    except RotationError as error:
        raise click.ClickException(str(error)) from None
    for line in lines:
        click.echo(line)
