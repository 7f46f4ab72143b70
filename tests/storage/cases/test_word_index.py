"""The blind index: what a word is, and that the table holds no word."""

import pytest

from storage.cases import word_index
from storage.engine.database import Database
from storage.models import case_words
from tests.harness.rows import fetch_table, file_case


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
        await word_index.index_words(tx, case.id, "van late van")
        await word_index.index_words(tx, case.id, "the late van")
        await word_index.index_words(tx, case.id, "  !!")
        kept = await fetch_table(tx, case_words.name, "hash", "case")
    digests = {database.keyring.digest(word) for word in ("van", "late")}
    assert set(kept) == {(one, case.id) for one in digests}
