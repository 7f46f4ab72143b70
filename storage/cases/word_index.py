"""The blind index of what was written in cases: keyed hashes of words, so that sealed words can be found again (ADR 8).

Words are taken apart as `domain.cases.matching` does it; whoever changes that must write the index anew.
"""

from domain.cases.matching import extract_tokens
from storage.engine.database import Tx, insert
from storage.models import case_words


def extract_words(text: str) -> list[str]:
    """The words of a text that can be found; a lone Latin letter says nothing."""
    return sorted(word for word in extract_tokens(text) if len(word) > 1 or not word.isascii())


async def index_words(tx: Tx, case: int, text: str) -> None:
    """From now on the case is found by these words too."""
    keyring = tx.dialect.keyring  # type: ignore[attr-defined]  # bound in Database.__init__
    # In the order of the hashes: the order of rows must not tell the order of words.
    hashes = sorted(keyring.digest(word) for word in extract_words(text))
    rows = [{"hash": hashed, "case": case} for hashed in hashes]
    if rows:
        await tx.execute(insert(tx, case_words).on_conflict_do_nothing(), rows)
