"""Column types: aware UTC timestamps, text sealed at rest, enumerations as text with a CHECK."""

import enum
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, DateTime, Dialect, Enum, Integer, LargeBinary, String, literal_column
from sqlalchemy.types import TypeDecorator

from storage.engine.crypto import Keyring

BigInt = BigInteger().with_variant(Integer, "sqlite")
"""64 bits everywhere; SQLite's row id must be declared INTEGER."""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in and out. Raises ValueError when a naive datetime is written."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The value as the database stores it. Raises ValueError when it is naive."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive moment cannot be stored: {value}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EncryptedText(TypeDecorator[str]):
    """Encrypted text; `storage.engine.database.Database` binds the key ring to the engine's dialect."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column
        self._authenticated = column.encode()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else _find_keyring(dialect).seal(value, self._authenticated)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401 -- the driver's bytes
        return None if value is None else _find_keyring(dialect).open(bytes(value), self._authenticated)


def _find_keyring(dialect: Dialect) -> Keyring:
    keyring = dialect.keyring  # type: ignore[attr-defined]  # bound in Database.__init__
    assert isinstance(keyring, Keyring)  # noqa: S101 -- narrows a dynamic attribute
    return keyring


def make_choice_type(values: type[enum.StrEnum] | tuple[str, ...], name: str) -> Enum:
    """Text with a CHECK that lists the values."""
    texts = [member.value for member in values] if isinstance(values, type) else list(values)
    return Enum(*texts, name=name, native_enum=False, create_constraint=True, length=32, validate_strings=True)


def spell(word: str) -> ColumnElement[str]:
    """A stored word, spelled out in the statement: SQLite finds a partial index by the words of its condition, never by a parameter."""
    return literal_column(f"'{word}'", String())
