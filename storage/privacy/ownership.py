"""Whose the rows of each table are, and what becomes of them when that person is erased.

1. Every table of the models has its line, and every column of it has its place; a test refuses a new one without.
2. Erasing, showing a person what is kept, forgetting what is old, and the keys of a backup all read this table, and nothing else.
3. What figures count stays as it is: states, scores, dates, codes of the company. What goes is what tells who somebody is, and what they said.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, FromClause, String, Table, func, literal_column

from domain.cases.case import CaseEvent
from domain.cases.evidence import EvidenceState
from domain.surveys.question_kinds import OPTION_KINDS
from storage import models
from storage.engine.bulk import among
from storage.engine.database import Tx
from storage.privacy.owners import (
    Belongings,
    ByAccount,
    ByActor,
    ByHash,
    ByItself,
    ByKey,
    ByPerson,
    ByReference,
    First,
    Owner,
    Via,
    list_ways,
)


class Treatment(enum.StrEnum):
    """What becomes of a person's row: it `STAYS`, its personal columns are emptied, or it goes."""

    STAYS = "stays"
    EMPTIED = "emptied"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Ownership:
    """One table. `personal` says what each personal column holds afterwards; `reduced` are columns of JSON that keep what figures need
    (`reduction`); `plain` are the columns that tell nothing about anybody but by leading to a row that does.

    `owner` leads to whom a row is about, None where it is about nobody; `others` to who else is in it: their erasure treats it the same.
    `but` are values of a column that make a row stay. `company` are sealed columns of the company's own words.
    """

    table: Table
    owner: Owner | None = None
    treatment: Treatment = Treatment.STAYS
    personal: Mapping[str, str | bool | None] = field(default_factory=dict)
    reduced: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()
    others: tuple[Owner, ...] = ()
    but: tuple[str, frozenset[str]] | None = None

    def list_ways(self, tx: Tx, theirs: Belongings) -> list[ColumnElement[bool]]:
        """The conditions that together hold their rows, and those that have them in it; each for a statement of its own.

        Raises LookupError for a table that is about nobody.
        """
        if self.owner is None:
            raise LookupError(f"{self.table.name} is about nobody")
        if self.table.name in theirs.ids:
            return [among(tx, self.table.c.id, theirs.ids[self.table.name])] if theirs.ids[self.table.name] else []
        return [way for owner in (self.owner, *self.others) for way in list_ways(owner, tx, self.table, theirs)]


def name_subject(table: str, rows: FromClause | None = None) -> ColumnElement[str]:
    """The subject of each row of this table, as an expression over `rows` (the table itself, or an alias of it).

    `p<person>`, `h<hash>`, `r<source>:<hash>`, `c<case>` (see `owners`); '' for a row that is about nobody. The statement around it selects
    from `rows`.
    """
    owned = OWNERSHIP[table]
    if owned.owner is None:
        return _NOBODY
    return func.coalesce(owned.owner.name(owned.table if rows is None else rows), _NOBODY)


def name_subjects(table: str, rows: FromClause | None = None) -> tuple[ColumnElement[str], ...]:
    """The subjects of each row of this table, as `name_subject` has them: whom it is about, and who else is in it."""
    owned = OWNERSHIP[table]
    others = (func.coalesce(way.name(owned.table if rows is None else rows), _NOBODY) for way in owned.others)
    return (name_subject(table, rows), *others)


_NOBODY = literal_column("''", String())


def _w(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DELIVERY = First(ByPerson(), ByHash("phone_hash"), ByReference())
_INVITATION = First(ByPerson(), Via("delivery", "deliveries", _DELIVERY))
_CASE = First(
    ByPerson("customer"),
    Via("delivery", "deliveries", _DELIVERY),
    Via("invitation", "invitations", _INVITATION),
    ByItself(),
)
_OF_CASE = Via("case", "cases", _CASE)
_OF_INVITATION = Via("invitation", "invitations", _INVITATION)
_CONTRIBUTION = First(_OF_CASE, ByPerson("author"))

_KEPT, _EMPTIED, _DELETED = Treatment.STAYS, Treatment.EMPTIED, Treatment.DELETED
_STRUCTURED = frozenset(kind.value for kind in OPTION_KINDS)
DIALOGUES_ABOUT_CASES = (*(event.value for event in CaseEvent), "add", "answering", "reason")
"""The kinds of keys of dialogues that staff and customers have about one case."""

_ABOUT_PEOPLE = (
    Ownership(
        models.people,
        ByPerson("id"),
        _EMPTIED,
        {
            "telegram_id": None,
            "name": "",
            "username_hash": None,
            "username": None,
            "phone": None,
            "zone": "",
            "chose_language": False,
            "reach": "blocked",
        },
        plain=_w("id language created_at stopped_at asked_at consent consent_at"),
    ),
    Ownership(models.identities, ByPerson(), _DELETED, plain=_w("kind hash person")),
    Ownership(
        models.grants,
        ByPerson(),
        _DELETED,
        plain=_w("person role department granted_by granted_at confirmed_at"),
    ),
    Ownership(models.withheld_roles, ByPerson(), _DELETED, plain=_w("person role department withheld_by withheld_at")),
    Ownership(
        models.deliveries,
        _DELIVERY,
        _EMPTIED,
        {"fingerprint": "", "phone_hash": None, "phone": None, "ref_hash": None, "customer_name": None},
        plain=_w(
            "id source waybill delivered_at customer_type language department courier route station service priority"
            " declared_value person region fate created_at"
        ),
        company=_w("courier_name"),
        others=(ByHash("phone_hash"), ByReference()),  # whoever opened its link: the number on it is theirs
    ),
)

_ABOUT_SURVEYS = (
    Ownership(
        models.invitations,
        _INVITATION,
        plain=_w(
            "id delivery person survey origin department courier route station service priority customer_type state"
            " created_at expires_at reminded_at campaign entered_by excluded"
        ),
    ),
    Ownership(
        models.answers,
        _OF_INVITATION,
        _EMPTIED,
        {"words": '""'},
        plain=_w("invitation question dimension kind levels score answered_at"),
        but=("kind", _STRUCTURED),
    ),
    Ownership(
        models.appeals,
        _OF_INVITATION,
        _EMPTIED,
        {"reason": "", "decision": None},
        plain=_w("id invitation appellant state decided_by created_at decided_at"),
        others=(ByPerson("appellant"),),
    ),
    Ownership(
        models.callbacks,
        Via("delivery", "deliveries", _DELIVERY),
        plain=_w("delivery day state taken_by attempts listed_at updated_at"),
    ),
    Ownership(models.campaign_recipients, ByPerson(), plain=_w("campaign run person state invitation")),
)

_ABOUT_CASES = (
    Ownership(
        models.cases,
        _CASE,
        _EMPTIED,
        {"description": "", "wanted": "", "contact": "", "note": ""},
        reduced=_w("resolution plan"),
        plain=_w(
            "id number kind state previous version round approvals category reason severity department cooperating owner"
            " customer delivery invitation waybill valid appealed linked merged_into handling created_at due_at answered_at"
            " closed_at"
        ),
        company=_w("courier"),
    ),
    Ownership(
        models.case_events, _OF_CASE, _EMPTIED, reduced=_w("facts"), plain=_w("case version event state actor at")
    ),
    Ownership(
        models.contributions,
        _CONTRIBUTION,
        _EMPTIED,
        {"album": "", "words": "", "files": "[]", "edits": None},
        plain=_w("id case side author at shown_in"),
    ),
    Ownership(
        models.evidence,
        Via("contribution", "contributions", _CONTRIBUTION),
        _EMPTIED,
        # Without its key the object can be read nowhere; the state has the store let it go.
        {"file_id": "", "key": "", "digest": "", "state": EvidenceState.ERASED.value},
        plain=_w("id contribution kind attempts due_at object size suffix"),
    ),
    Ownership(
        models.talk,
        _OF_CASE,
        _DELETED,
        {"said": None},
        plain=_w("chat_id message_id case contribution"),
        others=(ByAccount("chat_id"),),
    ),
    Ownership(models.case_words, _OF_CASE, _DELETED, plain=_w("hash case")),
    Ownership(
        models.unindexed, Via("contribution", "contributions", _CONTRIBUTION), _DELETED, plain=_w("contribution done")
    ),
)

_ABOUT_EVENTS = (
    Ownership(
        models.audit,
        First(
            ByKey("subject", ("person",), "people", ByPerson("id"), is_whole=True),
            ByKey("subject", ("case",), "cases", _CASE, is_whole=True),
            ByKey("subject", ("invitation",), "invitations", _INVITATION, is_whole=True),
            ByKey("subject", ("delivery",), "deliveries", _DELIVERY, is_whole=True),
            ByActor("search"),
        ),
        _EMPTIED,
        {"before": None, "after": None},
        plain=_w("id at actor what subject"),
    ),
    Ownership(
        models.inbox,
        ByAccount("lane", in_lane=True),
        _DELETED,
        {"payload": None, "error": None},
        plain=_w("source key lane state attempts received_at"),
    ),
    Ownership(
        models.sessions,
        ByAccount("lane", in_lane=True),
        _DELETED,
        {"state": ""},
        plain=_w("lane topic dialogue awaits touched consent_asked"),
        others=(
            ByKey("topic", DIALOGUES_ABOUT_CASES, "cases", _CASE, is_whole=True),
            ByKey("topic", ("rate",), "invitations", _INVITATION, is_whole=True),
        ),
    ),
    Ownership(
        models.outbox,
        First(
            ByAccount("chat_id"),
            Via("topic", "cases", _CASE),
            ByKey("name", ("card",), "cases", _CASE),
            ByKey("name", ("c",), "cases", _CASE),
            ByKey("name", ("said",), "contributions", _CONTRIBUTION),
            ByKey("reply_to", ("card",), "cases", _CASE),
        ),
        _DELETED,
        {"payload": ""},
        plain=_w("id chat_id method name message_id fresh priority reply_to topic state reason holder created_at seq"),
    ),
    Ownership(models.messages, ByAccount("chat_id"), _DELETED, plain=_w("chat_id name message_id")),
)


def _leave(table: Table, company: str = "") -> Ownership:
    """A table that is about nobody; a new column of it is looked at by the test of the models."""
    sealed = _w(company)
    return Ownership(table, plain=frozenset(table.c.keys()) - sealed, company=sealed)


_ABOUT_NOBODY = (
    # Who answered is in none of its rows, so nobody can be erased from it; old words go with the years (`retention`).
    Ownership(
        models.anonymous_answers,
        plain=_w("response question survey campaign dimension kind levels score month"),
        personal={"words": '""'},
        but=("kind", _STRUCTURED),
    ),
    # The company's own answers to what is often asked.
    _leave(models.standard_answers, "question answer"),
    *(
        _leave(table)
        for table in (
            models.api_tokens,
            models.campaigns,
            models.cards,
            models.casework_totals,
            models.counters,
            models.courses,
            models.deadline_totals,
            models.deadlines,
            models.delivery_totals,
            models.duration_totals,
            models.erased_subjects,
            models.group_windows,
            models.groups,
            models.meta,
            models.nudges,
            models.packed_totals,
            models.rating_totals,
            models.surveys,
            models.timers,
            models.topics,
        )
    ),
)

OWNERSHIP: Mapping[str, Ownership] = {
    owned.table.name: owned
    for owned in (*_ABOUT_PEOPLE, *_ABOUT_SURVEYS, *_ABOUT_CASES, *_ABOUT_EVENTS, *_ABOUT_NOBODY)
}
"""By the name of the table."""
