"""Rows about persons: which of a table's rows are sealed with a person's key, and what is left of each without it.

Both are read off `storage/privacy/ownership.py`, so that a backup read without somebody's key holds what a database holds after that person
was erased.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table

from storage.backup.blocks import PersonRow
from storage.backup.person_keys import PersonSealer
from storage.engine.columns import EncryptedText
from storage.engine.crypto import Keyring
from storage.models import audit
from storage.privacy.erasure import keep_counted, reduce_facts
from storage.privacy.ownership import OWNERSHIP, Ownership, Treatment, name_subjects


@dataclass(frozen=True, slots=True)
class PersonTable:
    """How the rows of one table are sealed. `subjects` are columns behind those of the row; numbers are places of columns in it."""

    name: str
    subjects: tuple[ColumnElement[str], ...]
    sealed: tuple[int, ...]
    changes: Mapping[int, Callable[[Any], Any]]
    goes: bool
    but: tuple[int, frozenset[str]] | None

    def stays(self, row: Sequence[Any]) -> bool:
        """Whether erasing somebody would leave this row as it is."""
        return self.but is not None and row[self.but[0]] in self.but[1]

    def seal(self, sealer: PersonSealer, subjects: Iterable[str], row: Sequence[Any]) -> PersonRow:
        """A row as it stands in a backup."""
        slots, sealed = sealer.seal(self.name, subjects, [row[place] for place in self.sealed])
        if self.goes:
            return PersonRow(slots, sealed, None)
        rest = list(row)
        for place, change in self.changes.items():
            rest[place] = change(row[place])
        return PersonRow(slots, sealed, rest)


def find_person_tables(
    tables: Sequence[Table], columns: Mapping[str, Sequence[str]], keyring: Keyring
) -> dict[str, PersonTable]:
    """The tables that have rows about persons, as they are in the database, by name."""
    tables_of_persons = {}
    for table in tables:
        owned = OWNERSHIP.get(table.name)
        if owned is not None and owned.owner is not None and owned.treatment is not Treatment.STAYS:
            tables_of_persons[str(table.name)] = _plan(owned, table, columns[table.name], keyring)
    return tables_of_persons


def _plan(owned: Ownership, table: Table, columns: Sequence[str], keyring: Keyring) -> PersonTable:
    goes = owned.treatment is Treatment.DELETED
    changes = {} if goes else _find_changes(owned, columns, keyring)
    return PersonTable(
        str(table.name),
        name_subjects(table.name, table),
        tuple(range(len(columns))) if goes else tuple(sorted(changes)),
        changes,
        goes,
        None if owned.but is None else (columns.index(owned.but[0]), owned.but[1]),
    )


def _find_changes(owned: Ownership, columns: Sequence[str], keyring: Keyring) -> dict[int, Callable[[Any], Any]]:
    """What erasing makes of each column that it changes, by its place."""
    changes: dict[int, Callable[[Any], Any]] = {}
    for place, name in enumerate(columns):
        if name in owned.reduced:
            changes[place] = _over_text(owned, name, keyring, reduce_facts)
        elif name in owned.personal and owned.table is audit:
            changes[place] = _over_text(owned, name, keyring, keep_counted)
        elif name in owned.personal:
            changes[place] = _put(_write(owned, name, keyring, owned.personal[name]))
    return changes


def _over_text(
    owned: Ownership, name: str, keyring: Keyring, change: Callable[[str | None], str | None]
) -> Callable[[Any], Any]:
    """A change of what a sealed column says."""
    column_type = owned.table.c[name].type
    assert isinstance(column_type, EncryptedText)  # noqa: S101 -- a test of the ownership says so
    authenticated = column_type.column.encode()

    def apply(sealed: bytes | None) -> bytes | None:
        said = None if sealed is None else keyring.open(sealed, authenticated)
        after = change(said)
        return sealed if after == said else _write(owned, name, keyring, after)

    return apply


def _write(owned: Ownership, name: str, keyring: Keyring, value: Any) -> Any:  # noqa: ANN401 -- as the column stores it
    column = owned.table.c[name]
    if not isinstance(value, str) or not isinstance(column.type, EncryptedText):
        return value
    return keyring.seal(value, column.type.column.encode())


def _put(value: Any) -> Callable[[Any], Any]:  # noqa: ANN401 -- as the column stores it
    return lambda _: value
