"""States in which somebody may press a button: what has happened before, for each button that is not of use at any time.

Each is set up in the transaction in which the press is tried, and goes with it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import insert, update

from conversations.cases import complaint
from conversations.cases.complaint_states import ChoosingCategory, ComplaintDraft, ConfirmingComplaint
from conversations.surveys import rating
from conversations.surveys.rating_states import AskingRating, RatedDelivery
from domain.cases.case import CaseKind, CaseState
from domain.deliveries.delivery import Fate, PhoneCallState
from domain.timer_kinds import TimerKind
from handlers.phone_surveys.phone_list import ShownList
from handlers.turns.batch import Batch, make_lane
from storage import audit, installation
from storage.models import callbacks, cards, cases, deliveries
from storage.queue import sessions
from storage.queue.sessions import Session
from tests.harness.case_actions import NUMBER
from tests.harness.in_process import WANG, TelegramUser

Ids = Mapping[str, int]
Prepare = Callable[[Batch, Ids], Awaitable[None]]

DRAFT = 1
"""The draft that Wang's buttons are of."""


def have_case(**values: Any) -> Prepare:  # noqa: ANN401 -- of any column
    """The case is so; otherwise it is in work, and its owner has it."""

    async def prepare(batch: Batch, _ids: Ids) -> None:
        await batch.tx.execute(update(cases).where(cases.c.number == NUMBER).values(**values))

    return prepare


def ask_question(survey: str, question: str, **answers: int | tuple[str, ...]) -> Prepare:
    """Wang is asked this question of this survey, whatever the invitation was to."""

    async def prepare(batch: Batch, ids: Ids) -> None:
        name = next(name for name in batch.services.surveys if name.startswith(f"{survey}@"))
        about = RatedDelivery(ids["invitation"], name, "SF1", ids["delivery"])
        asking = AskingRating(about, question, dict(answers))
        await _open_dialogue(batch, rating.dialogue_key(ids["invitation"]), rating.NAME, asking)

    return prepare


def find_place(surveys: Mapping[str, Any], survey: str, question: str) -> int:
    """The place of a question in its survey, as buttons carry it."""
    asked = next(one for name, one in surveys.items() if name.startswith(f"{survey}@"))
    return [one.id for one in asked.questions].index(question)


async def choose_category(batch: Batch, _ids: Ids) -> None:
    """Wang complains, and is asked what about."""
    await _open_dialogue(batch, complaint.NAME, complaint.NAME, ChoosingCategory(ComplaintDraft(DRAFT)))


async def confirm_complaint(batch: Batch, _ids: Ids) -> None:
    """Wang complains, and has only to confirm."""
    draft = ComplaintDraft(DRAFT, category="delivery", description="Torn")
    await _open_dialogue(batch, complaint.NAME, complaint.NAME, ConfirmingComplaint(draft))


async def _open_dialogue(batch: Batch, key: str, dialogue: str, state: msgspec.Struct) -> None:
    encoded = msgspec.json.encode(state).decode()
    await sessions.save(
        batch.tx, [Session(make_lane(WANG.id), key, dialogue, encoded, False, batch.services.next_id())]
    )


def list_call(taker: TelegramUser | None = None) -> Prepare:
    """The delivery is on the list of those to be phoned about, or somebody has taken the call."""

    async def prepare(batch: Batch, ids: Ids) -> None:
        delivery, now = ids["delivery"], batch.now
        await batch.tx.execute(
            update(deliveries).where(deliveries.c.id == delivery).values(fate=Fate.UNREACHABLE.value)
        )
        state = PhoneCallState.LISTED if taker is None else PhoneCallState.TAKEN
        taken_by = None if taker is None else ids[taker.name]
        values = {"delivery": delivery, "day": now.date().isoformat(), "state": state.value, "attempts": 0}
        await batch.tx.execute(insert(callbacks).values(**values, taken_by=taken_by, listed_at=now, updated_at=now))
        shown = msgspec.json.encode(ShownList(now.date().isoformat())).decode()
        await installation.put(batch.tx, TimerKind.PHONE_LIST, shown)

    return prepare


def let_cooperate(department: str, chat: int) -> Prepare:
    """This department helps with the case, and has its card."""

    async def prepare(batch: Batch, ids: Ids) -> None:
        await have_case(cooperating=department)(batch, ids)
        await batch.tx.execute(insert(cards).values(case=ids["case"], chat_id=chat))

    return prepare


def have_searched(*chats: int) -> Prepare:
    """In each of these chats somebody has searched; the search is number 1."""

    async def prepare(batch: Batch, _ids: Ids) -> None:
        make_id = batch.services.next_id
        entries = [
            audit.AuditEntry(make_id(), batch.now, None, "search", f"search:{chat}:1", None, "SF1") for chat in chats
        ]
        await audit.write_entries(batch.tx, entries)

    return prepare


async def let_couriers_report(batch: Batch, _ids: Ids) -> None:
    """The company has its couriers say what they delivered."""
    company = batch.services.company
    rules = replace(company.invitations, couriers_report=True)
    batch.services = replace(batch.services, company=replace(company, invitations=rules))


SUGGESTION = {"kind": CaseKind.SUGGESTION.value}
ANSWERED_INQUIRY = {"kind": CaseKind.INQUIRY.value, "state": CaseState.ANSWERED.value}
