"""What is kept about a person, as they are given it: the rows of the table of ownership, without anybody else in them.

1. Every table that knows people is in `SHOWN` or, with the reason, in `HIDDEN`; a test refuses a new one without.
2. Whoever else acted is a function, never a name. What staff wrote is there if it was written to the customer; notes among themselves are not.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from domain.cases.case import ContributionSide, Need
from domain.own_data import NOBODY, STAFF, YOU, OwnData
from storage.engine.database import Tx
from storage.privacy.belongings import find_belongings
from storage.privacy.owners import Belongings, list_ways
from storage.privacy.ownership import OWNERSHIP


def _w(words: str) -> tuple[str, ...]:
    return tuple(words.split())


SHOWN: Mapping[str, tuple[str, ...]] = {
    "people": _w(
        "telegram_id name username phone language zone reach created_at consent consent_at stopped_at asked_at"
    ),
    "identities": _w("kind"),
    "grants": _w("role department granted_at"),
    "withheld_roles": _w("role department withheld_at"),
    "deliveries": _w(
        "id source waybill delivered_at customer_name phone customer_type language department service route station"
        " priority declared_value region fate"
    ),
    "invitations": _w("id delivery survey origin state created_at expires_at reminded_at campaign"),
    "answers": _w("invitation question kind score words answered_at"),
    "appeals": _w("invitation appellant reason state decision created_at decided_at"),
    "callbacks": _w("delivery day state attempts listed_at"),
    "campaign_recipients": _w("campaign run state invitation"),
    "cases": _w(
        "id number kind state category reason severity department delivery waybill description wanted contact resolution"
        " handling created_at due_at answered_at closed_at"
    ),
    "case_events": _w("case version event state actor at facts"),
    "contributions": _w("id case side author at words files edits"),
    "evidence": _w("contribution kind size state"),
    "sessions": _w("dialogue state"),
    "audit": _w("at actor what subject before after"),
}
"""The columns of each table that are given."""

HIDDEN: Mapping[str, str] = {
    "case_words": "hashes of the words of their contributions",
    "unindexed": "which contributions are still to be indexed",
    "talk": "which message of the chat said what: the contributions have the words",
    "messages": "the numbers of the messages in their own chat",
    "outbox": "what is on its way to their own chat",
    "inbox": "what they sent and the bot could not handle yet: it is in their own chat",
}
"""Tables that are not, and why nothing is missing without them."""

_TOLD = frozenset({ContributionSide.CUSTOMER.value, ContributionSide.STAFF.value})
"""Sides of a talk that its customer has written or read."""

_TOLD_FACTS = frozenset({need.value for need in (Need.QUESTION, Need.WORDS, Need.ACTION, Need.COMPENSATION, Need.DUE)})
"""Of what staff did, the words that were written to the customer."""


async def fetch_own_data(tx: Tx, person: int) -> OwnData:
    """Everything that is kept about this person."""
    theirs = await find_belongings(tx, [person])
    return {name: await _fetch_rows(tx, name, columns, theirs) for name, columns in SHOWN.items()}


async def _fetch_rows(tx: Tx, name: str, columns: Iterable[str], theirs: Belongings) -> list[dict[str, object]]:
    owned = OWNERSHIP[name]
    assert owned.owner is not None  # noqa: S101 -- only such tables are shown
    table = owned.table
    ways = owned.list_ways(tx, theirs) if name in theirs.ids else list_ways(owned.owner, tx, table, theirs)
    rows = []
    for way in ways:
        statement = select(*(table.c[column] for column in columns)).where(way).order_by(*table.primary_key)
        rows += [dict(zip(columns, row, strict=True)) for row in await tx.execute(statement)]
    tell = _TELLING.get(name, _keep)
    return [told for row in rows if (told := tell(row, theirs)) is not None]


def _keep(row: dict[str, Any], _theirs: Belongings) -> dict[str, Any] | None:
    return row


def _tell_who(person: int | None, theirs: Belongings) -> str:
    return NOBODY if person is None else YOU if person in theirs.persons else STAFF


def _tell_event(row: dict[str, Any], theirs: Belongings) -> dict[str, Any]:
    who, facts = _tell_who(row.pop("actor"), theirs), json.loads(row["facts"])
    told = facts if who == YOU else {name: text for name, text in facts.items() if name in _TOLD_FACTS}
    return row | {"who": who, "facts": told}


def _tell_contribution(row: dict[str, Any], theirs: Belongings) -> dict[str, Any] | None:
    if row["side"] not in _TOLD:
        return None
    row["who"] = _tell_who(row.pop("author"), theirs) if row["side"] != ContributionSide.STAFF else STAFF
    kinds = [kind for kind, *_ in json.loads(row["files"])]
    edits = [edit.get("words", "") for edit in json.loads(row["edits"] or "[]")]
    row.pop("author", None)
    return row | {"files": kinds, "edits": edits}


def _tell_case(row: dict[str, Any], _theirs: Belongings) -> dict[str, Any]:
    told = json.loads(row["resolution"] or "{}") if row["answered_at"] is not None else {}
    return row | {"resolution": {name: text for name, text in told.items() if name in _TOLD_FACTS}}


def _tell_appeal(row: dict[str, Any], theirs: Belongings) -> dict[str, Any]:
    """A rating may be appealed against by whom it is about: what they wrote is theirs."""
    who = _tell_who(row.pop("appellant"), theirs)
    return row | {"who": who} | ({} if who == YOU else {"reason": None, "decision": None})


def _tell_change(row: dict[str, Any], theirs: Belongings) -> dict[str, Any]:
    who = _tell_who(row.pop("actor"), theirs)
    is_own = who == YOU or row["subject"].startswith("person:")
    return row | {"who": who} | ({} if is_own else {"before": None, "after": None})


def _tell_answer(row: dict[str, Any], _theirs: Belongings) -> dict[str, Any]:
    return row | {"words": json.loads(row["words"]) if row["words"] else None}


def _tell_draft(row: dict[str, Any], _theirs: Belongings) -> dict[str, Any]:
    return row | {"state": json.loads(row["state"]) if row["state"] else None}


_TELLING: Mapping[str, Callable[[dict[str, Any], Belongings], dict[str, Any] | None]] = {
    "answers": _tell_answer,
    "appeals": _tell_appeal,
    "audit": _tell_change,
    "case_events": _tell_event,
    "cases": _tell_case,
    "contributions": _tell_contribution,
    "sessions": _tell_draft,
}
