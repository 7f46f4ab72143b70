"""Tokens are shown once and kept as a hash."""

from datetime import timedelta

from storage.engine.database import Database, Tx
from storage.people import tokens
from storage.people.tokens import ApiToken
from tests.harness.rows import NOW, fetch_table, race

LATER = NOW + timedelta(days=1)


async def test_a_token_names_its_system(database: Database) -> None:
    """A token that was given out leads to its system's name, anything else to nobody."""
    async with database.begin() as tx:
        assert await tokens.create(tx, "shop", "t0ken", NOW)
        assert await tokens.find_source(tx, "t0ken") == "shop"
        for wrong in ("", "T0KEN", "t0ken ", "shop"):
            assert await tokens.find_source(tx, wrong) is None


async def test_the_token_is_not_kept(database: Database) -> None:
    """No column holds the token itself, and what is kept in its place opens nothing."""
    async with database.begin() as tx:
        await tokens.create(tx, "shop", "t0ken", NOW)
        (row,) = await fetch_table(tx, "api_tokens")
        assert "t0ken" not in str(row)
        assert await tokens.find_source(tx, row[1]) is None


async def test_names_are_taken_for_good(database: Database) -> None:
    """A name is given once, also after its token was revoked; the first token goes on working."""
    async with database.begin() as tx:
        assert await tokens.create(tx, "shop", "one", NOW)
        assert not await tokens.create(tx, "shop", "two", NOW)
        assert await tokens.find_source(tx, "two") is None
        assert await tokens.find_source(tx, "one") == "shop"
        assert await tokens.revoke(tx, "shop", LATER)
        assert not await tokens.create(tx, "shop", "three", LATER)


async def test_revoked(database: Database) -> None:
    """A revoked token works no more, is listed with its end, and is revoked once."""
    async with database.begin() as tx:
        await tokens.create(tx, "shop", "one", NOW)
        await tokens.create(tx, "app", "two", NOW)
        assert await tokens.revoke(tx, "shop", LATER)
        assert not await tokens.revoke(tx, "shop", LATER + timedelta(days=1))
        assert not await tokens.revoke(tx, "nobody", LATER)
        assert await tokens.find_source(tx, "one") is None
        assert await tokens.find_source(tx, "two") == "app"
        assert await tokens.list_tokens(tx) == [ApiToken("app", NOW, None), ApiToken("shop", NOW, LATER)]


async def test_what_a_token_reads(database: Database) -> None:
    """Its own cases, unless it was made to read all; a name that is nobody's reads none."""
    async with database.begin() as tx:
        await tokens.create(tx, "shop", "one", NOW)
        await tokens.create(tx, "board", "two", NOW, reads_cases=True)
        assert [await tokens.may_read_all_cases(tx, name) for name in ("shop", "board", "nobody")] == [
            False,
            True,
            False,
        ]


async def test_a_name_is_given_to_one(database: Database, second: Database) -> None:
    """Of two that ask for the same name at the same time, one has it."""

    async def create(tx: Tx) -> bool:
        return await tokens.create(tx, "shop", "the token of this attempt", NOW)

    assert await race(database, second, create) == (True, False)
