"""Erasing: what tells who somebody is and what they said leaves every table; what figures count stays.

1. What becomes of each table's rows is read from `OWNERSHIP`; nothing is decided here.
2. Of JSON that mixes words and facts the facts stay (`KEPT_FACTS`): a deadline, a department, whether a complaint was valid.
3. It is one transaction of the caller's: either everybody is told that the person is gone, or nothing has happened.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, delete, or_, select, update

from domain.cases.case import Need
from domain.timer_kinds import TimerKind
from storage.cases.word_index import extract_words
from storage.engine.bulk import among
from storage.engine.columns import spell
from storage.engine.database import Tx
from storage.models import audit, case_words, cases, contributions, deliveries, inbox, metadata, people, timers
from storage.privacy.owners import Belongings
from storage.privacy.ownership import OWNERSHIP, Ownership, Treatment

KEPT_FACTS = frozenset(
    need.value
    for need in (
        Need.CATEGORY,
        Need.DEPARTMENT,
        Need.PERSON,
        Need.DUE,
        Need.VALID,
        Need.INTO,
        Need.RECEIVED,
        Need.VALUE,
        Need.FEASIBILITY,
        Need.SATISFIED,
    )
)
"""What an event came with that deadlines and figures read: choices, dates, scores. Everything else is words."""

_COUNTED = re.compile(r"\w{1,32}=\d{1,2}|\d{1,2}|masked|unmasked")
"""Values in the log that figures read and that say nothing about anybody: a score, of a question or alone."""

SHORTEST_MARK, SHORTEST_PART = 2, 4
"""A name of fewer characters is in too many searches to be looked for, and a shorter part in too many names."""

_OF_SURVEYS = sorted(kind.value for kind in TimerKind if kind.name.startswith("SURVEY_"))
_OF_DRAFTS = (TimerKind.UNSORTED_MESSAGES.value, TimerKind.LETTER_DRAFT.value)
"""Kinds of timers whose subject names an account: after the survey, and before the draft."""

_STATES = frozenset({*cases.c.state.type.enums})  # type: ignore[attr-defined]  # an Enum, which make_choice_type gives


async def erase(tx: Tx, theirs: Belongings) -> Counter[str]:
    """Erase them; how many rows of each table that changed."""
    done: Counter[str] = Counter()
    searched = await _empty_searches(tx, theirs)
    done["case_words"] = await _forget_words(tx, theirs.ids.get("contributions", frozenset()))
    for table in reversed(metadata.sorted_tables):
        owned = OWNERSHIP[table.name]
        if owned.owner is None or table is case_words:
            continue
        if table is audit:
            done[table.name] = await _empty_log(tx, owned, theirs)
        elif table is inbox:
            done[table.name] = await _forget_events(tx, owned, theirs)
        elif owned.treatment is Treatment.DELETED:
            for way in owned.list_ways(tx, theirs):
                done[table.name] += (await tx.execute(delete(table).where(way))).rowcount
        elif owned.treatment is Treatment.EMPTIED:
            done[table.name] = await _empty_rows(tx, owned, theirs)
    done["audit"] += searched
    await _forget_timers(tx, theirs)
    return +done


async def _empty_rows(tx: Tx, owned: Ownership, theirs: Belongings) -> int:
    table, emptied, reduced = owned.table, 0, 0
    column, stay = owned.but or ("", frozenset())
    but = [table.c[column].not_in(sorted(stay))] if stay else []
    for way in owned.list_ways(tx, theirs):
        if owned.personal:
            emptied += (await tx.execute(update(table).where(way, *but).values(**owned.personal))).rowcount
        if owned.reduced:
            reduced += await _reduce(tx, table, sorted(owned.reduced), way)
    return max(emptied, reduced)


async def _reduce(tx: Tx, table: Table, columns: list[str], holds: Any) -> int:  # noqa: ANN401 -- a condition
    """Take the words out of JSON, row by row; a row without words stays as it is."""
    keys = list(table.primary_key)
    changed = 0
    rows = (await tx.execute(select(*keys, *(table.c[name] for name in columns)).where(holds))).all()
    for row in rows:
        key, said = tuple(row)[: len(keys)], tuple(row)[len(keys) :]
        held = dict(zip(columns, said, strict=True))
        values = {name: reduced for name, text in held.items() if (reduced := reduce_facts(text)) != text}
        if values:
            same = [column == value for column, value in zip(keys, key, strict=True)]
            await tx.execute(update(table).where(*same).values(**values))
            changed += 1
    return changed


def reduce_facts(said: str | None) -> str | None:
    """The facts without the words; the same text where there are none."""
    known: dict[str, Any] = json.loads(said) if said else {}
    kept = {name: value for name, value in known.items() if name in KEPT_FACTS}
    return said if len(kept) == len(known) else json.dumps(kept, ensure_ascii=False)


async def _forget_words(tx: Tx, ids: Iterable[int]) -> int:
    """Take what these contributions say, and said before, out of the index of words."""
    columns = (contributions.c.case, contributions.c.words, contributions.c.edits)
    said: dict[int, set[str]] = {}
    for case, words, edits in await tx.execute(select(*columns).where(among(tx, contributions.c.id, ids))):
        texts = [words, *(str(edit.get("words", "")) for edit in json.loads(edits or "[]"))]
        said.setdefault(case, set()).update(word for text in texts for word in extract_words(text))
    keyring = tx.dialect.keyring  # type: ignore[attr-defined]  # bound in Database.__init__
    removed = 0
    for case, spoken in said.items():
        hashes = [hashed for word in spoken for hashed in keyring.digests(word)]
        where = (case_words.c.case == case, among(tx, case_words.c.hash, hashes))
        removed += (await tx.execute(delete(case_words).where(*where))).rowcount
    return removed


async def _empty_log(tx: Tx, owned: Ownership, theirs: Belongings) -> int:
    """What was written down of them in the log, except states and scores; who did what and when stays."""
    said = or_(audit.c.before.is_not(None), audit.c.after.is_not(None))
    erased = []
    for way in owned.list_ways(tx, theirs):
        rows = await tx.execute(select(audit.c.id, audit.c.before, audit.c.after).where(way, said))
        erased += [(row.id, keep_counted(row.before), keep_counted(row.after)) for row in rows]
    changed = 0
    for columns in ((True, True), (True, False), (False, True)):
        ids = [id_ for id_, before, after in erased if (before is None, after is None) == columns]
        gone = {name: None for name, goes in zip(("before", "after"), columns, strict=True) if goes}
        if ids:
            changed += (await tx.execute(update(audit).where(among(tx, audit.c.id, ids)).values(**gone))).rowcount
    return changed


async def _empty_searches(tx: Tx, theirs: Belongings) -> int:
    """What staff searched for by the person's name or number stands in the log under who searched."""
    known = [people.c.name, people.c.username, people.c.phone]
    rows = list(await tx.execute(select(*known).where(among(tx, people.c.id, theirs.persons))))
    columns = (deliveries.c.customer_name, deliveries.c.phone)
    mine = among(tx, deliveries.c.id, theirs.ids.get("deliveries", frozenset()))
    rows += await tx.execute(select(*columns).where(mine))
    marks = {mark for row in rows for value in row if value and len(mark := _fold(value)) >= SHORTEST_MARK}
    if not marks:
        return 0
    # Of all that was ever logged, by the index on either engine.
    is_search = (
        audit.c.subject.op("GLOB")("search:*") if tx.dialect.name == "sqlite" else audit.c.subject.like("search:%")
    )
    logged = await tx.execute(select(audit.c.id, audit.c.after).where(is_search, audit.c.after.is_not(None)))
    searches = [(id_, _fold(words)) for id_, words in logged]
    ids = [id_ for id_, words in searches if any(mark in words or _is_part(words, mark) for mark in marks)]
    return (await tx.execute(update(audit).where(among(tx, audit.c.id, ids)).values(after=None))).rowcount


def _is_part(words: str, mark: str) -> bool:
    """Whether somebody searched for the end of a number, or one of several names."""
    return len(words) >= SHORTEST_PART and words in mark


def _fold(text: str) -> str:
    """What two ways to write a number or a name have in common."""
    return "".join(character for character in text.casefold() if character.isalnum())


def keep_counted(value: str | None) -> str | None:
    return value if value is not None and (value in _STATES or _COUNTED.fullmatch(value)) else None


async def _forget_events(tx: Tx, owned: Ownership, theirs: Belongings) -> int:
    """What waits to be handled, or never could be: its key stays, so that it is not handled when it comes again."""
    values = {"state": "done", "payload": None, "error": None, "lane": ""}
    ways = [(inbox.c.state != spell("done"), way) for way in owned.list_ways(tx, theirs)]
    return sum([(await tx.execute(update(inbox).where(*way).values(**values))).rowcount for way in ways])


async def _forget_timers(tx: Tx, theirs: Belongings) -> None:
    """No timer is set for their chats: of their surveys, and of what they were writing."""
    invited = [f"{id_}:{account}" for id_ in theirs.ids.get("invitations", ()) for account in theirs.accounts]
    of_surveys = (timers.c.kind.in_(_OF_SURVEYS), among(tx, timers.c.subject, invited))
    await tx.execute(delete(timers).where(*of_surveys))
    for account in sorted(theirs.accounts):
        of_drafts = (timers.c.kind.in_(_OF_DRAFTS), timers.c.subject.like(f"{account}:%"))
        await tx.execute(delete(timers).where(*of_drafts))
