"""What is wrong with the place of the database, said before anything is opened."""

import pytest

from bot.company.mistakes import Mistakes
from bot.settings import read
from storage.engine.address import Address

CURE = "write sqlite+aiosqlite:///huifang.db or postgresql+asyncpg://user:password@host/name"
POOLED, DIRECT = "postgresql+asyncpg://u:secret@pooler:6432/d", "postgresql+asyncpg://u:secret@h/d"


def wrong(**given: str) -> list[str]:
    with pytest.raises(Mistakes) as caught:
        read({f"HUIFANG_{name}": value for name, value in given.items()})
    return [str(mistake) for mistake in caught.value.found]


@pytest.mark.parametrize("variable", ["DATABASE", "DATABASE_DIRECT"])
@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("huifang.db", "is no SQLAlchemy URL"),
        ("postgresql+asyncpg://u:secret@h:port/d", "is no SQLAlchemy URL"),
        ("sqlite:///huifang.db", "the driver 'sqlite' is not supported"),
        ("postgresql://u:secret@h/d", "the driver 'postgresql' is not supported"),
        ("mysql+aiomysql://u:secret@h/d", "the driver 'mysql+aiomysql' is not supported"),
    ],
)
def test_a_database_we_cannot_use(variable: str, url: str, why: str) -> None:
    """The cure is said, the password is not."""
    assert f"HUIFANG_{variable}: {why}; {CURE}" in wrong(**{"DATABASE": POOLED, variable: url})


def test_a_pooler_and_a_schema() -> None:
    """Both belong to PostgreSQL; a schema has a name that needs no quotes."""
    given = read({"HUIFANG_DATABASE": POOLED, "HUIFANG_DATABASE_DIRECT": DIRECT, "HUIFANG_SCHEMA": "east"})
    assert given.address == Address(POOLED, DIRECT, "east")
    way = "HUIFANG_DATABASE_DIRECT: is the way past a pooler, which only PostgreSQL has; leave it unset"
    own = "HUIFANG_SCHEMA: is for PostgreSQL; with SQLite each bot has a file of its own"
    assert wrong(DATABASE_DIRECT=DIRECT, SCHEMA="east") == [way, own]
    for name in ("East", "1st", "a-b", 'x"; DROP TABLE cases', "a" * 64):
        cure = f"HUIFANG_SCHEMA: {name!r} is no name of a schema; write small letters, digits and _"
        assert wrong(DATABASE=DIRECT, SCHEMA=name) == [cure]
