"""List of the erased: a small file beside the backups, for copies of them that nobody could reach when a person was erased.

Each line is a moment and the keyed hash of a subject (`person_keys.hash_subject`): who it was, it tells to nobody. A backup that is older
than a line is restored without that subject, whether it still holds the key or not.
"""

import os
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from storage.backup.person_keys import hash_subject

NAME = "erased-persons.txt"


def add(folder: Path, keys: Sequence[str], subjects: Collection[str], at: datetime) -> None:
    """Note these subjects, for backups sealed with any of the keys. Raises OSError when the list cannot be written."""
    lines = (f"{at.isoformat()} {hash_subject(key, subject).hex()}\n" for key in keys for subject in sorted(subjects))
    file = os.open(folder / NAME, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        os.write(file, "".join(lines).encode())
        os.fsync(file)
    finally:
        os.close(file)


def read(backup: Path, since: datetime) -> frozenset[bytes]:
    """The subjects that were erased after this moment, by the list beside a backup; none where there is no list."""
    try:
        lines = backup.with_name(NAME).read_text("ascii", "replace").splitlines()
    except FileNotFoundError:
        return frozenset()
    noted = (line.split() for line in lines)
    return frozenset(
        bytes.fromhex(words[1]) for words in noted if _is_whole(words) and datetime.fromisoformat(words[0]) > since
    )


def _is_whole(words: Sequence[str]) -> bool:
    """Whether a line is one of ours: the last may have been cut short."""
    try:
        return len(bytes.fromhex(words[1])) > 0 and datetime.fromisoformat(words[0]).tzinfo is not None
    except (IndexError, ValueError):
        return False
