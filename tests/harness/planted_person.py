"""Somebody of whom there is a row in every table that knows people, with a mark in every column that can hold words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from storage.engine.columns import EncryptedText
from storage.engine.database import Tx
from storage.models import metadata
from storage.privacy.ownership import OWNERSHIP
from tests.harness.rows import NOW

FACTS = '{"category": "late", "valid": "yes", "due": "2026-12-01T10:00:00+00:00", "person": "7", "words": "%s", "reference": "%s"}'


@dataclass(frozen=True, slots=True)
class Planted:
    """Somebody's ids: of the person, None for who never came to chat; of the delivery, the invitation, the case."""

    number: int
    person: int | None
    mark: str

    @property
    def account(self) -> int:
        return 7_000_000 + self.number

    @property
    def phone_hash(self) -> str:
        return f"phone{self.number}"

    @property
    def subject(self) -> str:
        return f"p{self.person}" if self.person is not None else f"h{self.phone_hash}"


async def plant(tx: Tx, number: int, mark: str, *, is_known: bool = True, at: datetime = NOW) -> Planted:
    """Rows about one person, whose ids all derive from `number` (1 to 9); without a person (`is_known`) there is a delivery and its case."""
    who = Planted(number, number if is_known else None, mark)
    rows = _list_rows(who, at)
    for table in metadata.sorted_tables:
        for row in rows.get(table.name, ()):
            await tx.execute(insert(table).values(**_fill(table.name, row, mark)))
    return who


def _fill(table: str, row: dict[str, Any], mark: str) -> dict[str, Any]:
    """What the row does not say: a mark where words can be."""
    columns = metadata.tables[table].c
    marks = {
        column.name: f"{mark} {column.name}"
        for column in columns
        if isinstance(column.type, EncryptedText) and column.name not in OWNERSHIP[table].company
    }
    return marks | row


def _list_rows(who: Planted, at: datetime) -> dict[str, list[dict[str, Any]]]:
    n, mark, account = who.number, who.mark, who.account
    person, chat, facts = who.person, -9_000, FACTS % (mark, mark)
    files = f'[["photo", "{mark}", ""]]'
    done = f'{{"root_cause": "{mark}", "action": "{mark}", "valid": "yes"}}'
    plan = f'{{"measure": "{mark}", "due": "2026-12-01T10:00:00+00:00", "goal": "{mark}"}}'
    draft = {"awaits": True, "touched": 1, "state": f'{{"said": "{mark}"}}'}
    edits = f'[{{"at": "2026", "words": "{mark}", "files": []}}]'
    delivery = {"id": n, "source": "shop", "waybill": f"W{n}", "fingerprint": f"{n}" * 8, "delivered_at": at}
    delivery |= {"person": person, "phone_hash": who.phone_hash, "ref_hash": f"ref{n}", "created_at": at}
    case = {"id": n, "number": f"C-261123-{n:04d}", "state": "closed", "category": "late", "severity": "normal"}
    case |= {
        "department": "north",
        "customer": person,
        "delivery": n,
        "courier": "c7",
        "resolution": done,
        "plan": plan,
    }
    case |= {"created_at": at, "due_at": at, "valid": True, "waybill": f"W{n}", "closed_at": at}
    message = {"chat_id": account, "message_id": n, "case": n, "contribution": n}
    rows: dict[str, list[dict[str, Any]]] = {
        "deliveries": [delivery | {"courier_name": "Wang"}],
        "cases": [case],
        "case_events": [
            {"case": n, "version": 1, "event": "file", "state": "assigned", "actor": person, "at": at, "facts": facts}
        ],
        "contributions": [{"id": n, "case": n, "author": person, "at": at, "files": files, "edits": edits}],
        "evidence": [
            {"id": n, "contribution": n, "kind": "photo", "state": "kept", "attempts": 0, "due_at": at}
            | {"object": f"{n:064x}", "size": 1, "suffix": "jpg"}
        ],
        "talk": [message | {"chat_id": chat}],
        "case_words": [{"hash": f"word{n}", "case": n}],
        "unindexed": [{"contribution": n, "done": 0}],
        "callbacks": [{"delivery": n, "day": "2026-11-23", "listed_at": at, "updated_at": at}],
        "outbox": [
            {"id": n * 100 + at_, "chat_id": chat, "method": "show", "created_at": at, "state": "failed"} | named
            for at_, named in enumerate(
                ({"name": f"card:{n}"}, {"name": f"c:{n}:55"}, {"name": f"said:{n}.1"}, {"reply_to": f"card:{n}"})
            )
        ],
        "audit": [
            {"id": n * 100 + at_, "at": at, "what": "case.edit", "subject": subject, "actor": person}
            for at_, subject in enumerate((f"case:{n}", f"delivery:{n}"))
        ],
        "sessions": [{"lane": f"{chat}:5", "topic": f"plan:{n}", "dialogue": "form"} | draft],
    }
    if person is None:
        return rows
    rows["people"] = [
        {"id": person, "telegram_id": account, "language": "zh", "created_at": at, "username_hash": mark[:32]}
    ]
    rows["identities"] = [{"kind": "phone", "hash": who.phone_hash, "person": person}]
    rows["invitations"] = [
        {
            "id": n,
            "delivery": n,
            "person": person,
            "survey": "delivery@1",
            "origin": "sent",
            "created_at": at,
            "expires_at": at,
        }
    ]
    rows["answers"] = [
        {"invitation": n, "question": "why", "kind": "text", "words": f'"{mark}"', "answered_at": at},
        {"invitation": n, "question": "score", "kind": "rating", "score": 2, "words": None, "answered_at": at},
        {"invitation": n, "question": "which", "kind": "choice", "words": '["late"]', "answered_at": at},
    ]
    rows["appeals"] = [{"id": n, "invitation": n, "appellant": person, "created_at": at}]
    rows["talk"].append(message)
    rows["inbox"] = [
        {
            "source": "telegram",
            "key": f"{n}",
            "lane": f"{account}:{account}",
            "state": "parked",
            "error": mark,
            "received_at": at,
        }
    ]
    rows["sessions"].append({"lane": f"{account}:{account}", "topic": "complaint", "dialogue": "complaint"} | draft)
    rows["messages"] = [{"chat_id": account, "name": f"mine:{n}", "message_id": n}]
    rows["outbox"].append({"id": n * 100 + 50, "chat_id": account, "method": "sendMessage", "created_at": at})
    rows["audit"] += [
        {"id": n * 100 + 50 + at_, "at": at, "what": "person.phone", "subject": subject, "actor": person}
        for at_, subject in enumerate((f"person:{person}", f"invitation:{n}", f"search:{chat}:4"))
    ]
    return rows


async def find_marks(tx: Tx, mark: str) -> list[str]:
    """Every column of every table in which the mark can be read, with the keys."""
    places = []
    for table in metadata.sorted_tables:
        for row in await tx.execute(select(table)):
            places += [
                f"{table.name}.{name}"
                for name, value in row._mapping.items()
                if isinstance(value, str) and mark in value
            ]
    return sorted(set(places))
