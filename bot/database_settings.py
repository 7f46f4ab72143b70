"""Database settings: what is wrong with a URL, a way past the pooler, a schema; told before anything is opened."""

import re
from pathlib import Path

from bot.company.mistakes import Mistake
from storage.engine.address import Address

DRIVERS = ("sqlite+aiosqlite", "postgresql+asyncpg")
SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,62}")
"""What PostgreSQL takes for a name without quotes."""


def find_database_mistakes(address: Address) -> list[Mistake]:
    """Every mistake in what the environment says of the database."""
    mistakes = _find_url_mistakes("HUIFANG_DATABASE", address.url)
    if address.direct:
        mistakes += _find_url_mistakes("HUIFANG_DATABASE_DIRECT", address.direct)
        if address.is_sqlite or address.direct.startswith("sqlite"):
            why = "is the way past a pooler, which only PostgreSQL has; leave it unset"
            mistakes.append(Mistake("HUIFANG_DATABASE_DIRECT", "", why))
    if address.schema and address.is_sqlite:
        mistakes.append(Mistake("HUIFANG_SCHEMA", "", "is for PostgreSQL; with SQLite each bot has a file of its own"))
    elif address.schema and not SCHEMA.fullmatch(address.schema):
        why = f"{address.schema!r} is no name of a schema; write small letters, digits and _"
        mistakes.append(Mistake("HUIFANG_SCHEMA", "", why))
    return mistakes


def find_database_file(address: Address) -> Path | None:
    """The file of an SQLite database; None for a server, and for what is no URL."""
    path = address.url.partition(":///")[2].partition("?")[0]
    return Path(path) if address.is_sqlite and path else None


def _find_url_mistakes(variable: str, url: str) -> list[Mistake]:
    if url.startswith("sqlite+aiosqlite:///"):
        return []  # without importing what knows every URL: `huifang init` needs no database
    from storage.engine.failures import driver_of

    cure = "write sqlite+aiosqlite:///huifang.db or postgresql+asyncpg://user:password@host/name"
    driver = driver_of(url)
    if driver is None:
        return [Mistake(variable, "", f"is no SQLAlchemy URL; {cure}")]
    return [] if driver in DRIVERS else [Mistake(variable, "", f"the driver {driver!r} is not supported; {cure}")]
