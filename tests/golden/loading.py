"""A golden data set, taken in by the product's own doors: deliveries, surveys and answers by the batch, cases by their table of events.

What the doors keep (totals, courses, deadlines) is what the figures are then read from.
"""

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Ids
from bot.company.company import load_company as company_file
from domain.calendar import Calendar
from domain.cases.case import Case, CaseEvent, CaseKind, CasePart, CaseRefusal, ContributionSide, Need
from domain.company import Company
from domain.deliveries.delivery import Fate
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import InvitationState
from handlers.cases.life import handling, transitions
from handlers.cases.life.transitions import NewCase
from handlers.deliveries import deliveries as intake
from handlers.turns import totals
from handlers.turns.batch import Batch
from handlers.turns.flush import flush
from handlers.turns.services import Services
from storage.cases import cases
from storage.cases import contributions as contribution_rows
from storage.cases.contributions import Contribution
from storage.deliveries import deliveries
from storage.engine.database import Database, Tx
from storage.fairness import appeals
from storage.surveys import ratings
from storage.surveys.ratings import Invitation, RecordedAnswer
from tests.harness.rows import add_person
from texts import Texts

COMPANY = company_file(Path(__file__).parents[2] / "bot" / "example" / "huifang.toml")
TEXTS = Texts()
CUSTOMER, STAFF = 1, 2
ACTORS = {"customer": CUSTOMER, "staff": STAFF, "clock": None}
ALL_PARTS = frozenset(CasePart)
PLACE = ("department", "courier", "route", "station", "service", "priority", "customer_type")
CHUNK = 200
LOW = 2
"""Ratings up to this one become a complaint."""

Row = dict[str, str]


@dataclass(frozen=True)
class RawFiles:
    """The files of one data set, row by row."""

    deliveries: list[Row]
    surveys: list[Row]
    answers: list[Row]
    cases: list[Row]
    events: list[Row]


def read_files(folder: Path) -> RawFiles:
    tables = []
    for name in ("deliveries", "surveys", "answers", "cases", "events"):
        with (folder / f"{name}.csv").open(newline="") as file:
            tables.append(list(csv.DictReader(file)))
    return RawFiles(*tables)


def make_company(zone: str) -> Company:
    """The example company in this zone; office hours from Monday to Friday, no holidays."""
    return replace(COMPANY, identity=replace(COMPANY.identity, timezone=zone), calendar=Calendar(ZoneInfo(zone)))


def make_services(database: Database, zone: str) -> Services:
    assert COMPANY.survey is not None
    unnamed = {"nobody@1": replace(COMPANY.survey, anonymous=True)}
    return Services(make_company(zone), unnamed, TEXTS, database.keyring, {}, "bot", Ids().next)


async def load_data_set(database: Database, raw: RawFiles, zone: str) -> Services:
    """Everything in; the totals are kept on the way."""
    made = make_services(database, zone)
    async with database.begin() as tx:
        await add_person(tx, CUSTOMER)
        await add_person(tx, STAFF)
    async with database.begin() as tx:
        unnamed = {row["delivery"] for row in raw.surveys if row["form"] == "nobody@1"}
        for rows in _split_into_chunks(raw.deliveries):
            await _deliver(tx, made, rows, unnamed)
    async with database.begin() as tx:
        await _ask(tx, made, raw)
        await _answer_again(tx, made, raw)
        await _answer_unnamed(tx, made, raw)
        await _set_aside(tx, made, raw)
    async with database.begin() as tx:
        await _complain(tx, made, raw)
    return made


async def _deliver(tx: Tx, made: Services, rows: Sequence[Row], unnamed: Collection[str]) -> None:
    """What is asked about without a name is answered later: see `_answer_unnamed`."""
    batch = Batch(tx, made, _moment(rows[0]["at"]))
    columns = []
    for row in rows:
        fate = Fate.SENT if row["delivery"] in unnamed else Fate(row["fate"])
        columns.append(
            {name: row[name] for name in PLACE}
            | {"id": int(row["delivery"]), "source": "golden", "waybill": f"W{row['delivery']}", "fingerprint": "f"}
            | {"delivered_at": _moment(row["at"]), "fate": fate, "created_at": _moment(row["at"])}
        )
    await deliveries.add(tx, columns)
    totals.record_changes(batch, [(None, intake.make_delivery_fact(one)) for one in columns])
    await flush(batch, None)


async def _ask(tx: Tx, made: Services, raw: RawFiles) -> None:
    """Invitations with what was answered first; one that could not be delivered is written down and is no survey."""
    first = _group_by_round(raw.answers)[0]
    about = {row["delivery"]: row for row in raw.deliveries}
    for rows in _split_into_chunks(raw.surveys):
        batch = Batch(tx, made, _moment(rows[0]["at"]))
        await batch.frozen([int(row["delivery"]) for row in rows if row["delivery"]])
        batch.invited = [_invitation(row, about) for row in rows if row["state"] != "undelivered"]
        batch.given = [one for row in rows for one in first.get(row["survey"], ())]
        await flush(batch, None)
        lost = [_invitation(row, about) for row in rows if row["state"] == "undelivered"]
        await ratings.invite(tx, lost)
        await ratings.close(tx, [one.id for one in lost], InvitationState.UNDELIVERED)
        await ratings.close(
            tx, [int(row["survey"]) for row in rows if row["state"] == "expired"], InvitationState.EXPIRED
        )


def _invitation(row: Row, about: dict[str, Row]) -> Invitation:
    parcel = about.get(row["delivery"], {})
    frozen = {name: row.get(name) or parcel.get(name, "") for name in PLACE}
    at, delivery = _moment(row["at"]), int(row["delivery"]) if row["delivery"] else None
    person_ = CUSTOMER if row["origin"] != "phone" else None
    return Invitation(
        int(row["survey"]), delivery, person_, row["form"], row["origin"], at, at + timedelta(days=7), frozen
    )


def _group_by_round(rows: Sequence[Row]) -> list[dict[str, list[RecordedAnswer]]]:
    """What was answered the first time, what the second time, …: by survey."""
    seen: dict[tuple[str, str], int] = {}
    rounds: list[dict[str, list[RecordedAnswer]]] = [{}]
    for row in rows:
        key = row["survey"], row["question"]
        nth = seen[key] = seen.get(key, -1) + 1
        while nth >= len(rounds):
            rounds.append({})
        answer: int | str | None = int(row["score"]) if row["score"] else row["words"] or None
        recorded = RecordedAnswer(int(row["survey"]), row["question"], row["dimension"], answer, _moment(row["at"]))
        rounds[nth].setdefault(row["survey"], []).append(
            replace(recorded, kind=QuestionKind(row["kind"]), levels=int(row["levels"]))
        )
    return rounds


async def _answer_again(tx: Tx, made: Services, raw: RawFiles) -> None:
    for later in _group_by_round(raw.answers)[1:]:
        batch = Batch(tx, made, _moment(raw.surveys[0]["at"]))
        batch.given = [one for given in later.values() for one in given]
        await flush(batch, None)


async def _answer_unnamed(tx: Tx, made: Services, raw: RawFiles) -> None:
    """Anonymous surveys that were answered: it is known of the delivery alone."""
    fates = {row["delivery"]: Fate(row["fate"]) for row in raw.deliveries}
    rows = [row for row in raw.surveys if row["form"] == "nobody@1" and fates[row["delivery"]] is Fate.ANSWERED]
    batch = Batch(tx, made, _moment(raw.surveys[0]["at"]))
    await batch.frozen([int(row["delivery"]) for row in rows])
    batch.fates = {int(row["delivery"]): Fate.ANSWERED for row in rows}
    await totals.record_survey_changes(batch, [int(row["survey"]) for row in rows], anonymous=True)
    await flush(batch, None)


async def _set_aside(tx: Tx, made: Services, raw: RawFiles) -> None:
    """Appeals that were upheld."""
    batch = Batch(tx, made, _moment(raw.surveys[0]["at"]))
    ids = [int(row["survey"]) for row in raw.surveys if row["excluded"]]
    await totals.record_survey_changes(batch, ids, excluded=True)
    for id_ in ids:
        await appeals.exclude_rating(tx, id_)
    await flush(batch, None)


async def _complain(tx: Tx, made: Services, raw: RawFiles) -> None:
    """Every event in the order in which it happened; one that the table refuses is a mistake in the data."""
    new = {row["case"]: row for row in raw.cases}
    low = {row["survey"] for row in raw.answers if row["question"] == "overall" and int(row["score"] or 9) <= LOW}
    grown = {
        row["delivery"]: int(row["survey"])
        for row in raw.surveys
        if row["delivery"] and row["survey"] in low and row["form"] != "nobody@1"
    }
    known: dict[str, Case] = {}
    for row in raw.events:
        batch = Batch(tx, made, _moment(row["at"]))
        if row["event"] == "file":
            known[row["case"]] = await _file(batch, new[row["case"]], ACTORS[row["by"]], grown)
        elif row["event"] == "letter":
            await _write_letter(batch, known[row["case"]])
        else:
            facts = _make_facts(row, known)
            moved = await transitions.move(
                batch, known[row["case"]], CaseEvent(row["event"]), ALL_PARTS, facts, actor=ACTORS[row["by"]]
            )
            assert not isinstance(moved, CaseRefusal), (row, moved)
            known[row["case"]] = moved
        await flush(batch, None)
    for key, case in known.items():
        if new[key]["handling"]:
            batch = Batch(tx, made, _moment(raw.events[-1]["at"]))
            await handling.rate_handling(batch, case.id, int(new[key]["handling"]))
            await flush(batch, None)


async def _write_letter(batch: Batch, case: Case) -> None:
    """As `handlers.cases.messages.letters` does: what staff wrote is kept, and may be the first that the customer heard."""
    letter = Contribution(
        batch.services.next_id(), case.id, "words", (), batch.now, side=ContributionSide.STAFF.value, author=STAFF
    )
    await contribution_rows.add_contribution(batch.tx, letter)
    history = (await cases.fetch_histories(batch.tx, [case.id]))[case.id]
    await handling.update_handling(batch, case, history)


async def _file(batch: Batch, row: Row, actor: int | None, grown: Mapping[str, int]) -> Case:
    """A case about a delivery that was rated low comes from that survey."""
    about: dict[str, Any] = {
        "delivery": int(row["delivery"]) if row["delivery"] else None,
        "kind": CaseKind(row["kind"]),
        "invitation": grown.get(row["delivery"]),
    }
    said = {"reason": row["reason"], "courier": row["courier"], "description": "words"}
    return await transitions.file_case(
        batch,
        NewCase(
            said,
            category=row["category"],
            department=row["department"],
            customer=CUSTOMER,
            **about,
        ),
        actor=actor,
    )


def _make_facts(row: Row, known: dict[str, Case]) -> dict[Need, str]:
    """What the event's column says, and something plausible for whatever else it must bring along."""
    facts = dict.fromkeys((Need.REASON, Need.MEASURE, Need.GOAL, Need.QUESTION, Need.ROOT_CAUSE, Need.ACTION), "words")
    facts |= {Need(name): row[name] for name in ("department", "due", "valid", "received") if row[name]}
    return facts | ({Need.INTO: str(known[row["into"]].id)} if row["into"] else {})


def _split_into_chunks(rows: Sequence[Row]) -> list[Sequence[Row]]:
    return [rows[at : at + CHUNK] for at in range(0, len(rows), CHUNK)]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
