"""Blind index of the words in cases: keyed hashes of words, so that sealed text can still be searched (ADR 8).

Text is split into words by `domain.cases.matching`; changing that means rebuilding the index.
"""

from domain.cases.matching import extract_tokens
from storage.engine.database import Tx, insert
from storage.models import case_words


def extract_words(text: str) -> list[str]:
    """The searchable words of a text; a single Latin letter is not one of them."""
    return sorted(word for word in extract_tokens(text) if len(word) > 1 or not word.isascii())


async def index_words(tx: Tx, case: int, text: str) -> None:
    """Make the case findable by these words too."""
    keyring = tx.dialect.keyring  # type: ignore[attr-defined]  # bound in Database.__init__
    # In the order of the hashes: the order of rows must not reveal the order of words.
    hashes = sorted(keyring.digest(word) for word in extract_words(text))
    rows = [{"hash": hashed, "case": case} for hashed in hashes]
    if rows:
        await tx.execute(insert(tx, case_words).on_conflict_do_nothing(), rows)
