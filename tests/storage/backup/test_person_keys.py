"""What is sealed with a person's key is gone with that key, and with nothing less."""

from pathlib import Path

import pytest

from storage.backup import person_keys
from storage.backup.person_keys import ID_BYTES, PersonOpener, PersonSealer, destroy_keys
from storage.backup.sealed_file import NUMBER_BYTES, SLOT_BYTES, BackupError, SealedWriter, read_sealed

KEY = "9b1d64e0f7a25c83d6e91f40ab7c2e58"
OTHER = "1f7e03ac95d24b68e0c7f1359a8db246"
ROWS: list[tuple[str, str, list[object]]] = [
    ("people", "p1", ["Anna", None]),
    ("people", "p2", ["Boris", 7]),
    ("answers", "p1", [b"words", None]),
]


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, list[tuple[str, list[int], bytes]]]:
    """A backup with three rows of two persons, and the rows as they were sealed."""
    path = tmp_path / "sealed"
    with SealedWriter(path, KEY) as file, PersonSealer(file.head) as persons:
        rows = [(table, *persons.seal(table, [subject], values)) for table, subject, values in ROWS]
        file.write(b"what stands before")
        file.finish(persons.write_slots())
        file.keep()
    return path, rows


def read(path: Path, rows: list[tuple[str, list[int], bytes]], *erased: bytes) -> list[list[object] | None]:
    opener = PersonOpener(path, [OTHER, KEY], erased)
    return [opener.open(*row) for row in rows]


def test_rows_open_with_their_keys(written: tuple[Path, list[tuple[str, list[int], bytes]]]) -> None:
    """All of them, and what stands before the keys is read as it was."""
    path, rows = written
    assert read(path, rows) == [values for _, _, values in ROWS]
    assert b"".join(read_sealed(path, [KEY])) == b"what stands before"
    assert PersonOpener(path, [KEY]).destroyed == 0


def test_a_destroyed_key_opens_nothing(written: tuple[Path, list[tuple[str, list[int], bytes]]]) -> None:
    """The person's rows are gone in every table and the others' are not; the key is nowhere in the file; it may be destroyed again."""
    path, rows = written
    before = path.read_bytes()
    assert destroy_keys(path, [OTHER, KEY], ["p1", "p9", "habcdef"]) == 1
    assert read(path, rows) == [None, ["Boris", 7], None]
    assert PersonOpener(path, [KEY]).destroyed == 1
    assert b"".join(read_sealed(path, [KEY])) == b"what stands before"
    after = path.read_bytes()
    slots = len(after) - NUMBER_BYTES - 2 * SLOT_BYTES
    assert after[slots + ID_BYTES : slots + SLOT_BYTES] == bytes(SLOT_BYTES - ID_BYTES)
    assert (before[:slots], before[slots + SLOT_BYTES :]) == (after[:slots], after[slots + SLOT_BYTES :])
    assert destroy_keys(path, [KEY], ["p1"]) == 0
    assert path.read_bytes() == after


def test_a_row_of_two_needs_both_keys(tmp_path: Path) -> None:
    """Whoever of them is erased, it is gone."""
    for erased in ("p1", "p2"):
        path = tmp_path / erased
        with SealedWriter(path, KEY) as file, PersonSealer(file.head) as persons:
            row = ("talk", *persons.seal("talk", ["p1", "p2", "p1"], ["words"]))
            file.finish(persons.write_slots())
            file.keep()
        assert read(path, [row]) == [["words"]]
        assert destroy_keys(path, [KEY], [erased]) == 1
        assert read(path, [row]) == [None]


def test_many_persons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that have left memory are found again, while rows are sealed and while they are read."""
    monkeypatch.setattr(person_keys, "RECENT", 3)
    path, names = tmp_path / "sealed", [f"p{n % 50}" for n in range(200)]
    with SealedWriter(path, KEY) as file, PersonSealer(file.head) as persons:
        rows = [("answers", *persons.seal("answers", [name, "p0"], [name])) for name in names]
        file.finish(persons.write_slots())
        file.keep()
    assert read(path, rows) == [[name] for name in names]
    assert destroy_keys(path, [KEY], ["p7"]) == 1
    assert read(path, rows) == [None if name == "p7" else [name] for name in names]


def test_who_is_in_the_list_is_not_read(written: tuple[Path, list[tuple[str, list[int], bytes]]]) -> None:
    """Their key is there, and not used."""
    path, rows = written
    slots = path.stat().st_size - NUMBER_BYTES - 2 * SLOT_BYTES
    second = path.read_bytes()[slots + SLOT_BYTES :][:ID_BYTES]
    assert read(path, rows, second) == [["Anna", None], None, [b"words", None]]


def test_nothing_can_be_changed(written: tuple[Path, list[tuple[str, list[int], bytes]]]) -> None:
    """No bit of a key, no two keys, no two rows, no row of another table, and there are no more keys than were written."""
    path, rows = written
    whole = path.read_bytes()
    slots = len(whole) - NUMBER_BYTES - 2 * SLOT_BYTES
    first, second = whole[slots : slots + SLOT_BYTES], whole[slots + SLOT_BYTES : slots + 2 * SLOT_BYTES]
    for changed in (
        whole[: slots + ID_BYTES + 3] + bytes([whole[slots + ID_BYTES + 3] ^ 1]) + whole[slots + ID_BYTES + 4 :],
        whole[:slots] + second + first + whole[-NUMBER_BYTES:],
    ):
        path.write_bytes(changed)
        with pytest.raises(BackupError, match="the key of a person does not open"):
            PersonOpener(path, [KEY])
    path.write_bytes(whole)
    for table, slot, sealed in ((rows[1][0], rows[1][1], rows[1][2]), ("cases", rows[0][1], rows[0][2])):
        with pytest.raises(BackupError, match="does not open"):
            PersonOpener(path, [KEY]).open(table, slot, sealed)
    with pytest.raises(BackupError, match="keys of persons are missing"):
        PersonOpener(path, [KEY]).open("people", [2], rows[0][2])
    with pytest.raises(BackupError, match="another key"):
        destroy_keys(path, [OTHER], ["p1"])


def test_a_subject_is_not_told(written: tuple[Path, list[tuple[str, list[int], bytes]]]) -> None:
    """The file says to nobody who is in it, and the same person has another key in another backup."""
    path, _ = written
    assert b"p1" not in path.read_bytes()[-2 * SLOT_BYTES - NUMBER_BYTES :]
    again = path.with_name("again")
    with SealedWriter(again, KEY) as file, PersonSealer(file.head) as persons:
        assert persons.seal("people", ["p1"], ["Anna", None])[1] != written[1][0][2]
        file.finish(persons.write_slots())
        file.keep()
