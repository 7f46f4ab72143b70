"""The column `tells` drives who hears of an event: every row of every table, caused, and everybody's chats looked at."""

import json
from collections.abc import Mapping

import pytest
from sqlalchemy import select, update

from domain.cases.case import Case, CaseEvent, CaseKind, CasePart, CaseRefusal, CaseState, CaseTransition, Need
from domain.cases.feedback import LIFECYCLES
from domain.people import Person, Role
from handlers.cases.life import cards
from handlers.cases.life.transitions import NewCase
from handlers.cases.notices import events
from handlers.turns.batch import Batch
from storage import models
from storage.cases import cases
from storage.people import people
from storage.queue.outbox import OwedCall
from tests.harness.case_actions import MEI, QUALITY
from tests.harness.in_process import GROUP, LI, WANG, ZHAO, Desk, TelegramUser, list_labels, list_texts

COURIER = TelegramUser(41, "Kang")
FACTS: Mapping[Need, str] = {
    Need.DEPARTMENT: "service",
    Need.REASON: "for a reason",
    Need.DUE: "2026-12-20T12:00:00+00:00",
    Need.RECEIVED: "2026-11-20",
}
ROWS = [(kind, row) for kind, table in LIFECYCLES.items() for row in table]
SEEN_OTHERWISE = {CaseEvent.FILE, CaseEvent.ASK_MORE}
"""The department sees the first on its card, and the second by the copy of what the customer wrote, which every contribution has."""


async def _set_up(desk: Desk) -> None:
    await desk.bind("transport")
    await desk.bind("service", -1002)
    await desk.bind("quality", QUALITY)
    await desk.grant(LI, Role.STAFF, "transport")
    await desk.grant(ZHAO, Role.HEAD, "transport")
    await desk.grant(MEI, Role.QUALITY, "quality")
    await desk.grant(COURIER, Role.COURIER, "k17")
    await desk.file_complaint(waybill="SF1", department="transport", courier={"id": "k17"})
    await desk.file_complaint(waybill="SF2", department="transport")


async def _cause(desk: Desk, kind: CaseKind, row: CaseTransition) -> tuple[Case, list[OwedCall]]:
    """The case after this event, in a state that it can happen in, and what was owed for it. The customer acts only where nobody else may."""
    await _set_up(desk)
    first, second = [one.id for one in await desk.rows(select(models.cases.c.id).order_by(models.cases.c.id))]
    async with desk.database.begin() as tx:
        known = await people.fetch_by_account(tx, [LI.id, WANG.id])
        owner = None if row.event is CaseEvent.ACCEPT else known[LI.id].id
        state = min(row.origin, default=None)
        values = {"kind": kind.value, "owner": owner, "state": state} if state else {}
        if row.event is CaseEvent.SATISFIED:
            values["resolution"] = json.dumps({"action": "Done"})
        if values:
            await tx.execute(update(models.cases).where(models.cases.c.id == first).values(**values))
    done: list[Case] = []

    async def work(batch: Batch) -> None:
        case = await cases.get(batch.tx, first)
        assert case is not None
        actor = _choose_actor(row, known)
        if row.event is CaseEvent.FILE:
            made = await events.file_case(
                batch,
                NewCase(
                    {"courier": "k17", "description": "Words of the customer"},
                    category="delivery",
                    department="transport",
                    customer=known[WANG.id].id,
                    kind=kind,
                ),
                by=actor,
            )
            done.append(made)
            return
        facts = {need: FACTS.get(need, "words") for need in row.needs} | {Need.INTO: str(second)}
        if row.event is CaseEvent.HAND_OVER:
            zhao = (await people.fetch_by_account(batch.tx, [ZHAO.id]))[ZHAO.id]
            facts[Need.PERSON] = str(zhao.id)
        moved = await events.cause(batch, case, row.event, row.who, facts, by=actor)
        assert not isinstance(moved, CaseRefusal), moved
        done.append(moved)

    calls = (await desk.batch(work)).calls
    return done[0], [call for call in calls if not call.name.startswith("pinned")]


def _choose_actor(row: CaseTransition, known: Mapping[int, Person]) -> Person | None:
    if CasePart.CLOCK in row.who:
        return None
    return known[WANG.id] if row.who == {CasePart.CUSTOMER} else known[LI.id]


@pytest.mark.parametrize(("kind", "row"), ROWS, ids=[f"{kind}-{row.event}" for kind, row in ROWS])
async def test_whom_the_table_names_hears_and_nobody_else(desk: Desk, kind: CaseKind, row: CaseTransition) -> None:
    """The customer in private; staff under the card, those whom it concerns by a mention that notifies."""
    case, calls = await _cause(desk, kind, row)
    by_customer = row.who == {CasePart.CUSTOMER}
    to_customer = [call for call in calls if call.chat_id == WANG.id]
    assert bool(to_customer) is (CasePart.CUSTOMER in row.tells and not by_customer)
    said = [call for call in calls if (call.chat_id or 0) < 0 and not call.name.startswith("card:")]
    assert all(call.reply_to.startswith("card:") for call in said if call.method == "sendMessage")
    texts = "\n".join(list_texts(said))
    owner = ZHAO if row.event is CaseEvent.HAND_OVER else LI
    heads = {CasePart.HEAD, CasePart.REVIEWER} & set(row.tells) and case.state != "answered"
    assert (_mention(owner) in texts) is (CasePart.OWNER in row.tells or (owner is ZHAO and bool(heads)))
    if owner is not ZHAO:
        assert (_mention(ZHAO) in texts) is bool(heads)
    working = set(row.tells) - {CasePart.CUSTOMER, CasePart.COURIER}
    if row.event is CaseEvent.FILE:
        assert any(call.name == cards.card_name(case.id) for call in calls if call.chat_id == GROUP)
    answered = row.event is CaseEvent.APPROVE and case.state is CaseState.ANSWERED  # nobody has to review any more
    assert bool(said) is bool(working and row.event not in SEEN_OTHERWISE and not answered)
    praised = [call for call in calls if call.chat_id == COURIER.id]
    assert bool(praised) is (CasePart.COURIER in row.tells)


def _mention(who: TelegramUser) -> str:
    return f"tg://user?id={who.id}"


async def test_the_owner_hears_that_it_is_solved(desk: Desk) -> None:
    """The diagram promises it; for long nothing told."""
    row = next(row for row in LIFECYCLES[CaseKind.COMPLAINT] if row.event is CaseEvent.SATISFIED)
    case, calls = await _cause(desk, CaseKind.COMPLAINT, row)
    (told,) = [text for text in list_texts(calls, GROUP) if "solved" in text]
    assert told.startswith(f"{case.number}: the customer says it is solved.")
    assert _mention(LI) in told


async def test_a_case_closed_by_silence_offers_the_way_back(desk: Desk) -> None:
    """Once, kindly, with the date until which it can be opened again."""
    row = next(row for row in LIFECYCLES[CaseKind.COMPLAINT] if row.event is CaseEvent.SILENT)
    case, calls = await _cause(desk, CaseKind.COMPLAINT, row)
    (told,) = [call for call in calls if call.chat_id == WANG.id]
    assert list_texts([told]) == [desk.text("closed-silently", number=case.number, until="2026-12-07 12:00")]
    assert list_labels(told) == ["Not solved after all"]


async def test_nothing_moves_a_case_but_here() -> None:
    """Handlers cause events; only this room writes transitions, so that nobody decides by hand who hears."""
    import ast
    from pathlib import Path

    root = Path(__file__).parents[4] / "handlers"
    callers = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"transitions.move", "transitions.file_case"}
    }
    assert callers == {"cases/notices/events.py"}
