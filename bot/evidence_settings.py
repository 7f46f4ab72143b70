"""Evidence settings: where the files of cases are kept, how large they may be, and what looks for viruses in them."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.company.mistakes import Mistake
from storage.objects.object_store import StorePlace

OFF = "off"
MEGABYTE = 1024 * 1024
BUCKET = "s3://"


@dataclass(frozen=True, slots=True)
class EvidenceSettings:
    """Without a place nothing is fetched, and what is to be fetched waits for one. `scan` is a command, empty for none."""

    place: StorePlace | None = None
    limit_bytes: int = 20 * MEGABYTE
    scan: tuple[str, ...] = ()


def read_evidence_settings(values: Mapping[str, str], database: Path | None) -> tuple[EvidenceSettings, list[Mistake]]:
    """What these variables say, and every mistake in them; beside the file `database` is where files go unless something else is said."""
    mistakes: list[Mistake] = []
    place = _read_place(values, database)
    if place is not None and place.folder is None and not place.bucket:
        why = (
            f"{values['HUIFANG_EVIDENCE']!r} names no bucket; write s3://bucket/folder, the path of a folder, or {OFF}"
        )
        mistakes.append(Mistake("HUIFANG_EVIDENCE", "", why))
    endpoint, access = values["HUIFANG_EVIDENCE_ENDPOINT"], values["HUIFANG_EVIDENCE_ACCESS"]
    if endpoint and not endpoint.startswith(("https://", "http://")):
        why = f"{endpoint!r} is no URL; it starts with https:// (or http://)"
        mistakes.append(Mistake("HUIFANG_EVIDENCE_ENDPOINT", "", why))
    if access and not all(access.partition(":")):
        mistakes.append(Mistake("HUIFANG_EVIDENCE_ACCESS", "", "is not KEY:SECRET, the key's id and the key itself"))
    limit = values["HUIFANG_EVIDENCE_LIMIT"]
    if not (limit.isascii() and limit.isdecimal() and int(limit)):
        mistakes.append(Mistake("HUIFANG_EVIDENCE_LIMIT", "", f"{limit!r} is not a number of megabytes; write 20"))
    scan: list[str] = []
    try:
        scan = shlex.split(values["HUIFANG_EVIDENCE_SCAN"])
    except ValueError as error:
        mistakes.append(Mistake("HUIFANG_EVIDENCE_SCAN", "", f"is no command: {error}"))
    if mistakes:
        return EvidenceSettings(), mistakes
    return EvidenceSettings(place, int(limit) * MEGABYTE, tuple(scan)), []


def _read_place(values: Mapping[str, str], database: Path | None) -> StorePlace | None:
    """A folder, a bucket, or none; with nothing said a folder beside the SQLite file, which every process that reads that can reach."""
    text = values["HUIFANG_EVIDENCE"]
    if not text:
        is_file = database is not None and not database.name.startswith((":", "file:"))
        return StorePlace(database.parent / "evidence") if database is not None and is_file else None
    if text == OFF:
        return None
    if not text.startswith(BUCKET):
        return StorePlace(Path(text))
    bucket, _, prefix = text.removeprefix(BUCKET).partition("/")
    return StorePlace(
        None,
        bucket,
        prefix.strip("/"),
        values["HUIFANG_EVIDENCE_ENDPOINT"].rstrip("/"),
        values["HUIFANG_EVIDENCE_REGION"],
        values["HUIFANG_EVIDENCE_ACCESS"],
    )
