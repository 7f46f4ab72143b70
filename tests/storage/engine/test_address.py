"""Where the database is, and what may be relied on there."""

from storage.engine.address import Address

DIRECT = "postgresql+asyncpg://h/d"


def test_statements_are_kept_where_one_connection_answers() -> None:
    """Not behind a pooler, unless its operator says in the URL that it keeps track of them."""
    assert Address(DIRECT).keeps_statements
    assert not Address("postgresql+asyncpg://pooler/d", DIRECT).keeps_statements
    assert Address("postgresql+asyncpg://pooler/d?prepared_statement_cache_size=100", DIRECT).keeps_statements


def test_past_the_pooler() -> None:
    """A connection of one's own goes to the server itself, into the same schema; without a pooler that is the only way."""
    assert Address("postgresql+asyncpg://pooler/d", DIRECT, "east").past_pooler == Address(DIRECT, "", "east")
    assert Address(DIRECT).past_pooler == Address(DIRECT)
