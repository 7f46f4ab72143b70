"""This machine: how strong the secrets are and who can read them, and how much room is left on its disks."""

import shutil
import stat
from pathlib import Path

from bot import settings as environment
from bot.checks.finding import Finding, Inspection, look, ok, wrong
from storage.engine.failures import locate_file

MEGABYTE = 1_000_000
LEAST_FREE, SCARCE_FREE = 200 * MEGABYTE, 1_000 * MEGABYTE
"""Bytes below which the next hours are in danger, and below which somebody should make room."""


def check_secrets(inspection: Inspection) -> list[Finding]:
    """How random the newest secret looks, how many older ones still open what is stored, and whether others can read the file."""
    secrets = inspection.settings.secrets
    findings = []
    if secrets:
        older = f"; older ones that still open what is stored: {len(secrets) - 1}" if len(secrets) > 1 else ""
        bits = environment.estimate_bits(secrets[0])
        findings.append(ok("secret", f"{len(secrets[0])} characters, some {bits:.0f} bits{older}"))
    file = environment.find_file()
    if file.exists() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        findings.append(wrong("secret", f"other users of this machine can read {file}", f"`chmod 600 {file}`"))
    return findings


def check_disks(inspection: Inspection) -> list[Finding]:
    """The room beside the database's file, and where backups go; a server's disk is seen by its own machine alone."""
    settings = inspection.settings
    places: dict[str, Path] = {}
    if (file := locate_file(settings.database)) is not None:
        places["database disk"] = file.absolute().parent
    if settings.backups.folder is not None:
        places["backup disk"] = settings.backups.folder.absolute()
    rooms = {what: (folder, shutil.disk_usage(folder)) for what, folder in places.items() if folder.is_dir()}
    return [judge_room(what, folder, room.total, room.free) for what, (folder, room) in rooms.items()]


def judge_room(what: str, folder: Path, total: int, free: int) -> Finding:
    """Whether so many bytes of a disk are enough."""
    said = f"{free / MEGABYTE:,.0f} MB of {total / MEGABYTE:,.0f} MB are free at {folder}"
    cure = "make room, or give it a larger disk: a database that cannot grow takes nothing more"
    if free < LEAST_FREE:
        return wrong(what, said, cure)
    return look(what, said, cure) if free < SCARCE_FREE else ok(what, said)
