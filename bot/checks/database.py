"""The database: whether it can be used, its revision, its clock; looking at its rows, for the checks of other modules."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.backup_settings import BackupSettings
from bot.checks.finding import Finding, Inspection, RowCheck, look, ok, wrong
from storage import canary
from storage.canary import WrongSecretError
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.engine.failures import FAILURES, CannotOpenError, describe_failure, explain_no_database, locate_file
from storage.engine.schema import fetch_revision, find_newest_revision

_NO_KEY = "`huifang init` writes one into .env beside the company file; with data already, it is the old one"


CLOCKS_MAY_DIFFER_SECONDS = 5


@asynccontextmanager
async def open_database(inspection: Inspection) -> AsyncIterator[tuple[Database | None, list[Finding]]]:
    """What is to be said of the database, and itself if it has rows to look at. Nothing is made, migrated or written."""
    settings = inspection.settings
    if not settings.secrets:
        yield None, [look("database", "not looked at: HUIFANG_SECRET is not set, and `run` needs it", _NO_KEY)]
        return
    if (missing := _find_missing_file(settings.database)) is not None:
        yield None, [missing]
        return
    database = Database(settings.address, Keyring(settings.secrets))
    try:
        findings, has_rows = await _judge_database(database, inspection)
        yield database if has_rows else None, findings
    finally:
        await database.close()


async def _judge_database(database: Database, inspection: Inspection) -> tuple[list[Finding], bool]:
    """What is to be said of it, and whether this release can read its rows."""
    try:
        with explain_no_database(inspection.settings.database):
            await database.check_direct()
            revision = await canary.find_state(database)
            ahead, release = await database.measure_clock(), await database.fetch_version()
    except WrongSecretError as error:
        return [wrong("secret", f"HUIFANG_SECRET: {error}", "")], False
    except CannotOpenError as error:
        return [wrong("database", f"HUIFANG_DATABASE: {error}", "")], False
    findings = [_judge_revision(revision, inspection.settings.backups, release)]
    if abs(ahead) > CLOCKS_MAY_DIFFER_SECONDS:
        words = f"the database's is {abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} this machine's"
        findings.append(wrong("clock", words, "keep both machines' clocks with NTP: `timedatectl set-ntp true`"))
    return findings, revision is not None


async def look_at_rows(database: Database, check: RowCheck, inspection: Inspection) -> list[Finding]:
    """What one check says, in a transaction of its own; one line where it cannot look."""
    try:
        async with database.read() as tx:
            return await check(tx, inspection)
    except FAILURES as error:
        what = check.__name__.removeprefix("check_").replace("_", " ")
        if await _is_of_earlier_release(database):
            return [
                look(what, "not looked at: an earlier release has left it", "check again once this one has started")
            ]
        return [look(what, f"not looked at: {describe_failure(error)}")]


async def _is_of_earlier_release(database: Database) -> bool:
    """Whether a table or column may be missing because this release has not started yet; False where the database cannot be asked."""
    try:
        return await fetch_revision(database) != find_newest_revision()
    except FAILURES:
        return False


def _find_missing_file(url: str) -> Finding | None:
    """What is to be said of an SQLite file that is not there; None if there is one, or a server. Nothing is made."""
    file = locate_file(url)
    if file is None:
        return None
    if file.exists():
        if os.access(file, os.R_OK | os.W_OK):
            return None
        return wrong(
            "database",
            f"HUIFANG_DATABASE: {file}: cannot be read and written",
            "give the file and its folder to the user that runs the bot",
        )
    if not os.access(file.absolute().parent, os.W_OK):
        return wrong(
            "database",
            f"HUIFANG_DATABASE: {file}: its folder is not there, or cannot be written",
            "make the folder, and give it to the user that runs the bot",
        )
    return ok("database", f"{file} is not there yet: the first `huifang run` makes it")


def _judge_revision(revision: str | None, backups: BackupSettings, release: str) -> Finding:
    newest = find_newest_revision()
    if revision is None:
        return ok("database", "reachable and empty: the first `huifang run` sets it up")
    if revision > newest:
        return wrong(
            "database",
            f"was last used by a newer release (revision {revision}; this one knows {newest})",
            "install that release",
        )
    first = (
        f"after a backup into {backups.folder}" if backups.folder else "without a backup: HUIFANG_BACKUPS is not set"
    )
    if not backups.before_migrations:
        first = "without a backup: HUIFANG_BACKUP_MIGRATIONS is no"
    ahead = f"reachable; the next `huifang run` brings it from revision {revision} to {newest}, {first}"
    done = f"reachable, migrations done ({release}, revision {revision})"
    return ok("database", done if revision == newest else ahead)
