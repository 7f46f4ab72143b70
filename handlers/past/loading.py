"""Loading of a past into an empty database: rows by the thousand, the totals with them, and what the chats should show today is owed.

1. Nothing here is read back: what counts is known while the rows are made. `huifang totals` finds no difference.
2. The cards of open cases, the answers that customers have yet to judge, and the menus are owed, as if they had been written just now.
"""

from collections.abc import Sequence
from datetime import datetime

from domain.cases.case import CaseEvent, CaseKind, CaseState
from domain.cases.feedback import LIFECYCLES
from domain.figures.totals import count_new_facts
from handlers.cases.life import card_chats, deadlines, telling
from handlers.cases.notices import customer
from handlers.cases.notices.notice import Notice
from handlers.figures import totals_rebuild
from handlers.past import campaigns, people, surveys
from handlers.past.case_lives import CaseLives, LivedCase
from handlers.past.draft import PastDraft
from handlers.past.lines import (
    CampaignLine,
    CaseLine,
    DeliveryLine,
    GroupLine,
    Line,
    PastError,
    PersonLine,
    RoleLine,
    TokenLine,
)
from handlers.people.roles import show_menu
from handlers.turns import totals as turn_totals
from handlers.turns.batch import Batch
from handlers.turns.flush import flush
from handlers.turns.services import Services
from handlers.turns.turn import make_private_turn
from storage import audit, installation, past
from storage.cases import cases
from storage.engine.database import Tx
from storage.figures import totals
from storage.people import tokens
from storage.surveys import ratings


async def load(tx: Tx, services: Services, lines: Sequence[Line], now: datetime) -> int:
    """Load these lines; how many rows they became. Raises PastError when a line cannot be, or the database is not empty."""
    if not await past.is_empty(tx):
        raise PastError("somebody has spoken to this bot already; a past is loaded into an empty database only")
    draft, batch = PastDraft(services, now), Batch(tx, services, now)
    lives = CaseLives(draft, batch)
    source = await _add_lines(tx, draft, lives, lines)
    people.add_people_rows(draft)
    for day, number in lives.numbers.items():
        draft.add("counters", name=day, value=number)
    log = draft.list_audit()
    await past.write(tx, draft.rows)
    await audit.write_entries(tx, log)
    await _write_totals(tx, draft)
    turn_totals.record_changes(batch, [(None, fact) for fact in draft.case_facts])
    await installation.put(tx, "installed", "yes")
    await installation.put(tx, "promises", deadlines.fingerprint_deadline_rules(services.company))
    for lived in lives.lived:
        if lived.is_open:
            await _owe_open_case(batch, lived)
    await _owe_menus(batch, draft)
    await flush(batch, None)
    return sum(map(len, draft.rows.values())) + len(log) + (source != "")


async def _write_totals(tx: Tx, draft: PastDraft) -> None:
    """The totals of every day, and of the months; those of cases are written with the batch, being few."""
    counted = count_new_facts(draft.facts, draft.services.company.zone)
    await totals.insert_days(tx, counted)
    await totals_rebuild.rebuild_all_months(tx)
    await totals_rebuild.mark_rebuilt(tx, draft.services)


async def _add_lines(tx: Tx, draft: PastDraft, lives: CaseLives, lines: Sequence[Line]) -> str:
    """Every line in its order; the source of the deliveries."""
    services, source = draft.services, ""
    for survey in services.company.surveys.values():
        await ratings.record_survey(tx, survey, draft.now)
    filed = frozenset(line.waybill for line in lines if isinstance(line, CaseLine) and line.survey)
    for line in lines:
        match line:
            case PersonLine():
                people.add_person(draft, line)
            case GroupLine():
                people.add_group(draft, line)
            case RoleLine():
                people.add_role(draft, line)
            case TokenLine():
                source = line.name
                await tokens.create(tx, line.name, line.token, line.at)
            case DeliveryLine():
                surveys.add_delivery(draft, line, source, filed)
            case CaseLine():
                lives.live(line)
            case CampaignLine():
                campaigns.add_campaign(draft, line)
    return source


async def _owe_open_case(batch: Batch, lived: LivedCase) -> None:
    """The timers and the cards of a case that is open, and to its customer the answer that waits for a verdict."""
    case = await cases.get(batch.tx, lived.case.id)
    assert case is not None  # noqa: S101 -- it was written a moment ago
    await deadlines.update_deadlines(batch, case, lived.history)
    files = [(kind, file) for kind, file in lived.line.files]
    for chat in await card_chats.refresh_cards(batch, case):
        telling.forward_files(batch, chat, case, files)
    last = next(row for row in LIFECYCLES[case.kind] if row.event is lived.history[-1].event)
    if case.kind is CaseKind.COMPLAINT and case.state is CaseState.ANSWERED and last.event is CaseEvent.APPROVE:
        await customer.tell(Notice(batch, case, case, last.event, {}, None))


async def _owe_menus(batch: Batch, draft: PastDraft) -> None:
    """The menus of everybody with a role."""
    accounts = [account for account, one in draft.people.items() if one.grants]
    await batch.load_people(accounts)
    for account in accounts:
        person = batch.people[account]
        await show_menu(make_private_turn(batch, person), person.id)
