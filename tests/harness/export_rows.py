"""A made-up October in rows: deliveries, surveys, answers, complaints with their histories and promises, and the totals of it all.

Everything follows from a seed, so that anyone who counts it by other means counts the same.
"""

import json
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Table

from bot.company.company import load_company
from domain.cases.case import CaseEvent, CaseState
from domain.cases.handling import Outcome
from domain.figures.totals import TotalsEntries, compute_change
from domain.surveys.question_kinds import QuestionKind
from storage.cases import deadlines as deadline_rows
from storage.cases import handling as course_rows
from storage.engine.database import Database, Tx, insert
from storage.figures import totals
from storage.models import answers, case_events, cases, courses, deadlines, deliveries, invitations, people

COMPANY = load_company(Path(__file__).parents[2] / "bot" / "example" / "huifang.toml")
FIRST = datetime(2026, 9, 30, 16, 0, tzinfo=UTC)
"""Midnight in Shanghai, the first of October."""

NOW = datetime(2026, 11, 5, 4, 0, tzinfo=UTC)
DAYS = 31
SURVEY = COMPANY.survey.name if COMPANY.survey else ""
_PLACE = ("department", "courier", "route", "station", "service", "priority", "customer_type")
_PRIORITIES = ("P1", "P2", "P3", "P4", "")
_SHARES = {"P1": 0.8, "P2": 0.5, "P3": 0.2, "P4": 0.05, "": 1.0}
Row = dict[str, Any]


async def write_october(database: Database, deliveries_: int = 400, complaints: int = 60, *, seed: int = 5) -> None:
    """Write everything, some of it of the days around October."""
    chance = random.Random(seed)  # noqa: S311 -- no secret
    rows: dict[str, list[Row]] = defaultdict(list)
    rows["people"] = [_make_person(1, "=Li"), _make_person(2, "Customer Wang"), _make_person(3, "Zhao")]
    for n in range(1, deliveries_ + 1):
        _add_delivery(chance, rows, n)
    for n in range(1, complaints + 1):
        _add_complaint(chance, rows, n, deliveries_)
    async with database.begin() as tx:
        tables = (people, deliveries, invitations, answers, cases, case_events, deadlines, courses)
        for table in tables:
            await _write(tx, table, rows[table.name])
        await _count(tx, rows)


async def _write(tx: Tx, table: Table, rows: list[Row]) -> None:
    for at in range(0, len(rows), 2000):
        await tx.execute(insert(tx, table), rows[at : at + 2000])


async def _count(tx: Tx, rows: dict[str, list[Row]]) -> None:
    """The totals, as every fact adds to them."""
    zone, entries = COMPANY.zone, TotalsEntries()
    facts = list((await totals.fetch_delivery_facts(tx, [row["id"] for row in rows["deliveries"]])).values())
    entries.update(compute_change([(None, one) for one in facts], zone))
    surveys = list((await totals.fetch_survey_facts(tx, [row["id"] for row in rows["invitations"]])).values())
    entries.update(compute_change([(None, one) for one in surveys], zone))
    for row in rows["courses"]:
        ended = (await deadline_rows.list_counted(tx, row["case"])).values()
        fact = await course_rows.get(tx, row["case"])
        entries.update(compute_change([(None, one) for one in (fact, *ended)], zone))
    await totals.add_entries(tx, entries)


def _make_person(id_: int, name: str) -> Row:
    return {"id": id_, "telegram_id": 1000 + id_, "language": "en", "name": name, "created_at": FIRST}


def _add_delivery(chance: random.Random, rows: dict[str, list[Row]], n: int) -> None:
    at = FIRST + timedelta(days=chance.uniform(-2, DAYS + 2))
    priority = chance.choice(_PRIORITIES)
    asked = chance.random() < _SHARES[priority]
    fate = "sampled_out" if not asked else chance.choice(["answered", "answered", "expired", "unreachable"])
    place = _draw_place(chance, priority)
    rows["deliveries"].append(
        {
            "id": n,
            "source": "erp",
            "waybill": f"SF{n:07}",
            "fingerprint": "f",
            "delivered_at": at,
            "customer_name": "王小明",
            "phone": "+8613800138000",
            "fate": fate,
            "created_at": at,
            **place,
        }
    )
    if fate in {"answered", "expired"}:
        about = n if chance.random() < 0.95 else None
        origin = "campaign" if about is None and chance.random() < 0.3 else "rate" if about is None else "sent"
        _add_invitation(chance, rows, n, about, at, origin, place, answered=fate == "answered")


def _draw_place(chance: random.Random, priority: str) -> Row:
    return {
        "department": chance.choice(["transport", "service", ""]),
        "courier": chance.choice(["k17", "k18", "=k19"]),
        "route": "",
        "station": "North",
        "service": "express",
        "priority": priority,
        "customer_type": chance.choice(["vip", ""]),
    }


def _add_invitation(
    chance: random.Random,
    rows: dict[str, list[Row]],
    n: int,
    about: int | None,
    at: datetime,
    origin: str,
    place: Row,
    *,
    answered: bool,
) -> None:
    rows["invitations"].append(
        {
            "id": n,
            "delivery": about,
            "person": 2,
            "survey": SURVEY,
            "origin": origin,
            "state": "open" if answered else chance.choice(["expired", "undelivered"]),
            "created_at": at + timedelta(hours=2),
            "expires_at": at + timedelta(days=7),
            "entered_by": 1 if chance.random() < 0.1 else None,
            "excluded": chance.random() < 0.05,
            **place,
        }
    )
    if not answered:
        return
    good = chance.random() < 0.8
    for name in ("overall", "timeliness", "goods", "attitude"):
        if name == "overall" or chance.random() < 0.7:
            score = chance.choice((4, 5, 5)) if good else chance.choice((1, 2, 3))
            rows["answers"].append(_make_answer(n, name, name, QuestionKind.RATING, score, at))
    if not good:
        rows["answers"].append(
            _make_answer(n, "goods_reasons", "", QuestionKind.CHOICES, None, at, ("lost", "damaged"))
        )
    if chance.random() < 0.3:
        said = chance.choice(["=1+1", "很好，谢谢", "a\r\nb", "https://example.com", "<r>x</r>"])
        rows["answers"].append(_make_answer(n, "comment", "", QuestionKind.TEXT, None, at, said))
    if chance.random() < 0.3:
        rows["answers"].append(_make_answer(n, "nps", "recommend", QuestionKind.NPS, chance.randint(0, 10), at))
    if chance.random() < 0.2:
        rows["answers"].append(_make_answer(n, "again", "recommend", QuestionKind.YESNO, chance.randint(0, 1), at))
    if chance.random() < 0.1:
        rows["answers"].append(
            _make_answer(n, "four", "overall", QuestionKind.RATING, chance.choice((1, 2, 4, 5)), at, levels=4)
        )
    rows["answers"].append(_make_answer(n, "call_me", "", QuestionKind.CONTACT, None, at, "+8613900000000"))


def _make_answer(
    n: int,
    question: str,
    dimension: str,
    kind: QuestionKind,
    score: int | None,
    at: datetime,
    said: Any = None,  # noqa: ANN401 -- words or options
    levels: int = 5,
) -> Row:
    words = msgspec.json.encode(said).decode() if said is not None else None
    return {
        "invitation": n,
        "question": question,
        "dimension": dimension,
        "kind": kind.value,
        "levels": levels,
        "score": score,
        "words": words,
        "answered_at": at + timedelta(hours=3),
    }


def _add_complaint(chance: random.Random, rows: dict[str, list[Row]], n: int, deliveries_: int) -> None:
    opened = FIRST + timedelta(days=chance.uniform(-2, DAYS + 2))
    about = chance.randint(1, deliveries_)
    delivery = rows["deliveries"][about - 1]
    department = chance.choice(["transport", "service"])
    outcome = chance.choice([*Outcome])
    answered = outcome not in {Outcome.NONE, Outcome.WITHDRAWN, Outcome.MERGED}
    valid = chance.choice([True, False, None]) if answered else None
    handling = chance.randint(1, 5) if outcome is Outcome.SATISFIED else None
    state = {"none": CaseState.ASSIGNED, "answered": CaseState.ANSWERED, "dissatisfied": CaseState.ASSIGNED}.get(
        outcome, CaseState.CLOSED
    )
    state = {"withdrawn": CaseState.WITHDRAWN, "merged": CaseState.MERGED}.get(outcome, state)
    at = delivery["delivered_at"] if chance.random() < 0.7 else opened
    rows["cases"].append(
        {
            "id": n,
            "number": f"C-2610{n % 31 + 1:02}-{n:04}",
            "state": state.value,
            "category": chance.choice(["delivery", "product", "attitude"]),
            "severity": "normal",
            "department": department,
            "owner": 1,
            "customer": 2,
            "delivery": about,
            "waybill": delivery["waybill"],
            "courier": delivery["courier"],
            "description": '=HYPERLINK("http://evil")',
            "wanted": "",
            "contact": "+8613900000000",
            "note": "",
            "valid": valid,
            "handling": handling,
            "created_at": opened,
            "due_at": opened + timedelta(days=7),
            "answered_at": opened + timedelta(days=3) if answered else None,
            "closed_at": None,
        }
    )
    rows["courses"].append(
        {
            "case": n,
            "category": rows["cases"][-1]["category"],
            "department": department,
            **{name: delivery[name] for name in _PLACE if name not in {"department", "priority"}},
            "priority": delivery["priority"],
            "at": at,
            "opened_at": opened,
            "valid": bool(valid),
            "outcome": outcome.value,
            "replied": chance.randint(60, 9000) if chance.random() < 0.8 else None,
            "resolved": chance.randint(9000, 500000) if answered else None,
            "finished": chance.randint(9000, 900000) if answered else None,
            "answered_at": opened + timedelta(days=3) if answered else None,
            "rounds": 1,
            "solved_in": chance.randint(1, 3) if outcome is Outcome.SATISFIED else 0,
            "reopened": answered and chance.random() < 0.2,
            "repeated": chance.random() < 0.3,
            "handling": handling,
        }
    )
    _add_history(rows, n, opened, answered=answered)
    for since, stage in enumerate(("accept", "answer"), 1):
        due = opened + timedelta(hours=chance.randint(1, 300))
        ended = opened + timedelta(hours=chance.randint(1, 300)) if chance.random() < 0.8 else None
        rows["deadlines"].append(
            {
                "case": n,
                "stage": stage,
                "since": since,
                "started_at": opened,
                "due_at": due,
                "ended_at": ended,
                "promised_at": due - timedelta(hours=chance.choice([0, 0, 24])),
                "department": department,
                "counts": chance.random() < 0.9,
            }
        )


def _add_history(rows: dict[str, list[Row]], n: int, opened: datetime, *, answered: bool) -> None:
    events: list[tuple[CaseEvent, CaseState, int | None, Row]] = [
        (CaseEvent.FILE, CaseState.ASSIGNED, 2, {"category": "delivery"}),
        (CaseEvent.ACCEPT, CaseState.IN_WORK, 1, {}),
    ]
    if answered:
        resolution = {"root_cause": "=rain", "action": "@train", "valid": "yes"}
        events.append((CaseEvent.RESOLVE, CaseState.IN_REVIEW, 1, resolution))
        events.append((CaseEvent.APPROVE, CaseState.ANSWERED, 3, {}))
        events.append((CaseEvent.NOT_SATISFIED, CaseState.ASSIGNED, 2, {"reason": "my own words"}))
    for version, (event, state, actor, facts) in enumerate(events, 1):
        rows["case_events"].append(
            {
                "case": n,
                "version": version,
                "event": event.value,
                "state": state.value,
                "actor": actor,
                "at": opened + timedelta(hours=version),
                "facts": json.dumps(facts),
            }
        )
