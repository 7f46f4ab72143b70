"""Blind index of the words in cases: keyed hashes of words, so that sealed text can still be searched (ADR 8).

1. What is contributed is only noted as owed in its own transaction; `index_piece` writes the rows afterwards, in small pieces.
2. Text is split into words by `domain.cases.matching`; changing that means rebuilding the index.
"""

from collections.abc import Collection
from dataclasses import dataclass
from random import Random

from sqlalchemy import bindparam, delete, select, update

from domain.cases.matching import list_tokens
from storage.engine.bulk import BulkStatement
from storage.engine.database import Tx, insert, upsert
from storage.models import case_words, contributions, unindexed

INDEXED_WORDS = 1000
"""At most this many different words of one contribution can be searched for: all that a message in Latin letters can hold, and a
thousand Chinese characters. What a longer text says after them is read, not searched; it must not fill everybody's table."""

PIECE_ROWS = 100
"""Rows of the index that one transaction writes: some milliseconds, so that nobody's answer waits for it noticeably."""

_ADD = BulkStatement.into(lambda tx: insert(tx, case_words).on_conflict_do_nothing(), case_words.c)

_OWE = BulkStatement.into(lambda tx: upsert(tx, unindexed), (unindexed.c.contribution, unindexed.c.done))


@dataclass(frozen=True, slots=True)
class OwedWords:
    """A contribution whose words are not all in the index: the first `done` of them are."""

    contribution: int
    done: int


def extract_words(text: str) -> list[str]:
    """The searchable words of a text, in their order; a single Latin letter is not one of them."""
    return [word for word in list_tokens(text) if len(word) > 1 or not word.isascii()]


async def owe_words(tx: Tx, contribution: int) -> None:
    """The words of this contribution are new, or have changed: they are to be indexed."""
    await _OWE.execute(tx, [(contribution, 0)])


async def find_owed(tx: Tx, without: Collection[int] = (), *, only_look: bool = False) -> OwedWords | None:
    """The next contribution to index, other than `without`; None if there is none that nobody else is indexing.

    It is locked until the transaction ends, unless somebody only looks.
    """
    statement = select(unindexed.c.contribution, unindexed.c.done).order_by(unindexed.c.contribution).limit(1)
    if without:
        statement = statement.where(unindexed.c.contribution.not_in(list(without)))
    row = (await tx.execute(statement if only_look else statement.with_for_update(skip_locked=True))).first()
    return OwedWords(*row) if row is not None else None


async def index_piece(tx: Tx, owed: OwedWords, limit: int = PIECE_ROWS) -> int:
    """Make the case findable by the next words of this contribution, up to `limit` of them; how many rows that took."""
    where = contributions.c.id == owed.contribution
    case, text = (await tx.execute(select(contributions.c.case, contributions.c.words).where(where))).one()
    keyring = tx.dialect.keyring  # type: ignore[attr-defined]  # bound in Database.__init__
    words = extract_words(text)[:INDEXED_WORDS]
    # In an order that only the secret tells, and within a piece in that of the hashes: the order of rows must not reveal that of words.
    Random(keyring.digest(f"order:{owed.contribution}")).shuffle(words)  # noqa: S311 -- its seed is secret, and that is enough
    piece = words[owed.done : owed.done + limit]
    await _ADD.execute(tx, [(hashed, case) for hashed in sorted(keyring.digest(word) for word in piece)])
    mine, done = unindexed.c.contribution == bindparam("owed"), owed.done + len(piece)
    if done < len(words):
        await tx.execute(update(unindexed).where(mine).values(done=done), {"owed": owed.contribution})
    else:
        await tx.execute(delete(unindexed).where(mine), {"owed": owed.contribution})
    return len(piece)
