"""The blind index: what a word is, and that the table holds no word."""

import pytest
from sqlalchemy import func, select

from storage.cases import contributions as contribution_rows
from storage.cases import messages, word_index
from storage.cases.contributions import Contribution
from storage.engine.database import Database
from storage.models import case_words, unindexed
from tests.harness.rows import NOW, fetch_table, file_case, index_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Van was LATE", {"van", "late"}),
        ("包裹破损", {"包裹", "裹破", "破损"}),
        ("破 a b7", {"破", "b7"}),
        ("SF123 丢了", {"sf123", "丢了"}),
        ("", set()),
    ],
)
def test_what_can_be_found(text: str, expected: set[str]) -> None:
    """Latin words in small letters, pairs of Chinese characters, no lone letters."""
    assert set(word_index.extract_words(text)) == expected


async def test_only_hashes_are_kept(database: Database) -> None:
    """Each word once a case, under a keyed hash; the same words again add nothing."""
    async with database.begin() as tx:
        case = await file_case(tx)
        for n, text in enumerate(("van late van", "the late van", "  !!"), 1):
            await contribution_rows.add_contribution(tx, Contribution(n, case.id, text, (), NOW))
        await index_words(tx)
        kept = await fetch_table(tx, case_words.name, "hash", "case")
    digests = {database.keyring.digest(word) for word in ("van", "late")}
    assert set(kept) == {(one, case.id) for one in digests}


LONG = "".join(chr(0x4E00 + n) for n in range(4096))
"""As many different characters as a message can hold."""


async def test_a_contribution_only_owes_its_words(database: Database) -> None:
    """Its transaction writes none of them; afterwards they come in pieces, and the first thousand are all there."""
    async with database.begin() as tx:
        case = await file_case(tx)
        await contribution_rows.add_contribution(tx, Contribution(1, case.id, LONG, (), NOW))
        assert await fetch_table(tx, case_words.name, "hash") == []
    sizes = []
    while True:
        async with database.begin() as tx:
            owed = await word_index.find_owed(tx)
            if owed is None:
                break
            sizes.append(await word_index.index_piece(tx, owed))
            assert await tx.scalar(select(func.count()).select_from(case_words)) == sum(sizes)
    assert sizes == [word_index.PIECE_ROWS] * (word_index.INDEXED_WORDS // word_index.PIECE_ROWS)
    async with database.read() as tx:
        kept = {row[0] for row in await tx.execute(select(case_words.c.hash))}
    assert kept == {database.keyring.digest(LONG[n : n + 2]) for n in range(word_index.INDEXED_WORDS)}


async def test_an_edit_between_two_pieces(database: Database) -> None:
    """It is indexed anew from its beginning; what was said before still finds the case."""
    async with database.begin() as tx:
        case = await file_case(tx)
        await contribution_rows.add_contribution(tx, Contribution(1, case.id, LONG, (), NOW))
        owed = await word_index.find_owed(tx)
        assert owed is not None
        await word_index.index_piece(tx, owed)
        await messages.edit_contribution(tx, 1, {"words": LONG, "files": ()}, "the van", (), NOW)
        await word_index.owe_words(tx, 1)
        await index_words(tx)
        assert await tx.scalar(select(func.count()).select_from(case_words)) == word_index.PIECE_ROWS + 1
        assert await fetch_table(tx, unindexed.name, "contribution") == []


async def test_what_another_replica_indexes_is_left_to_it(database: Database) -> None:
    """On PostgreSQL two work side by side, on different contributions."""
    async with database.begin() as tx:
        case = await file_case(tx)
        for n in (1, 2):
            await contribution_rows.add_contribution(tx, Contribution(n, case.id, f"van {n}", (), NOW))
    if database.is_sqlite:
        return
    async with database.begin() as tx, database.begin() as other:
        owed = [await word_index.find_owed(replica) for replica in (tx, other, other)]
        assert [text and text.contribution for text in owed] == [1, 2, 2]
