"""Erasing somebody, or old cases, whoever asks for it: open cases end, rows are emptied, and whatever others still read is taken away.

1. All of it is one transaction: after a crash it is either done, or done again from its timer, and ends once.
2. Open cases are withdrawn through their table, so that clocks stop and departments hear of it; what cannot be withdrawn stays open, nameless.
3. Surveys that nobody answers any more are over; what was answered stays in the figures.
"""

from collections import Counter
from collections.abc import Iterable

from domain.cases.case import OPEN, CaseEvent, CaseRefusal
from domain.deliveries.delivery import ASKED_FATES, Fate
from domain.surveys.survey import InvitationState
from domain.timer_kinds import TimerKind
from handlers.cases.customers import my_cases
from handlers.cases.life import card_chats, cards
from handlers.cases.life.customer_buttons import CUSTOMER
from handlers.cases.notices import events
from handlers.surveys.ratings import dialogue_key
from handlers.turns import outbound
from handlers.turns.batch import Batch, make_lane
from storage.backup import erased_subjects
from storage.cases import cases as case_rows
from storage.people import people
from storage.privacy import copies, erasure, traces
from storage.privacy.owners import Belongings
from storage.queue import outbox, timers
from storage.queue.outbox import OwedCall, Priority
from storage.surveys import ratings

ERASED = "person.erased"
"""What the log says of it."""


class NotAloneError(Exception):
    """Somebody is erased in a transaction in which others are answered: what is gathered for them would be written afterwards."""


async def erase(batch: Batch, theirs: Belongings, *, by: int | None) -> Counter[str]:
    """Erase them; how many rows of each table that changed. Raises NotAloneError when the batch has anything else to write."""
    if batch.given or batch.changes or batch.touched or batch.invited or batch.proofs or batch.calls:
        raise NotAloneError
    await batch.load_people(theirs.accounts)
    await _withdraw_cases(batch, theirs.ids.get("cases", ()))
    await _end_surveys(batch, theirs)
    shown = await copies.list_copies(batch.tx, theirs)
    staff = [person for person in (await people.fetch_by_id(batch.tx, theirs.persons)).values() if person.grants]
    drawn = {cards.card_name(id_) for id_ in theirs.ids.get("cases", ())}  # as they were a moment ago
    batch.calls = [call for call in batch.calls if call.chat_id not in theirs.accounts and call.name not in drawn]
    done = await erasure.erase(batch.tx, theirs)
    await traces.leave_mark(batch.tx, batch.now)
    await erased_subjects.note(batch.tx, theirs.subjects, batch.now)
    former = batch.services.texts.plain(batch.services.company.language, "forgetme-former-staff")
    for person in staff:
        await people.rename(batch.tx, person.id, former, "")  # what they did at work stays somebody's
    await _take_away(batch, theirs, shown)
    for account in theirs.accounts:
        batch.people.pop(account, None)
        batch.sessions.pop(make_lane(account), None)
        batch.touched = {key: session for key, session in batch.touched.items() if key[0] != make_lane(account)}
    said = ", ".join(f"{table} {count}" for table, count in sorted(done.items()))
    for person_id in sorted(theirs.persons):
        batch.record(by, ERASED, f"person:{person_id}", None, said)
    if not theirs.persons:
        batch.record(by, ERASED, f"erasure:{batch.services.next_id()}", None, said)
    return done


async def erase_cases(batch: Batch, theirs: Belongings) -> Counter[str]:
    """Forget what was said in closed cases; their customers stay who they are. Raises NotAloneError as `erase` does."""
    if batch.given or batch.changes or batch.touched or batch.calls:
        raise NotAloneError
    shown = await copies.list_copies(batch.tx, theirs)
    done = await erasure.erase(batch.tx, theirs)
    await traces.leave_mark(batch.tx, batch.now)
    await _take_away(batch, theirs, shown)
    return done


async def _withdraw_cases(batch: Batch, ids: Iterable[int]) -> None:
    for id_ in sorted(ids):
        case = await case_rows.get(batch.tx, id_, for_update=True)
        if case is not None and case.state in OPEN:
            moved = await events.cause(batch, case, CaseEvent.WITHDRAW, CUSTOMER, {}, by=None)
            if not isinstance(moved, CaseRefusal):
                await my_cases.end_dialogues(batch, moved)


async def _end_surveys(batch: Batch, theirs: Belongings) -> None:
    """What is open and unanswered is over. That an anonymous survey was answered only its timer knows: it stays, without the account.

    Afterwards its delivery knows, and the survey is open still.
    """
    ids = sorted(theirs.ids.get("invitations", ()))
    known, answered = await ratings.fetch_by_ids(batch.tx, ids), await ratings.find_answered(batch.tx, ids)
    over = []
    begun = {key for account in theirs.accounts for key in batch.sessions.get(make_lane(account), {})}
    for id_, about in known.items():
        if about.state is not InvitationState.OPEN or id_ in answered:
            continue
        survey = batch.services.surveys.get(about.survey)
        may_be_given = survey is not None and survey.anonymous and dialogue_key(id_) not in begun
        if not (may_be_given and await _keep_settling(batch, id_, theirs.accounts)):
            over.append(id_)
    frozen = await batch.frozen([d for id_ in over if (d := known[id_].delivery) is not None])
    given = {delivery for delivery, about_it in frozen.items() if about_it.fate == Fate.ANSWERED}
    for delivery, about_it in frozen.items():
        if about_it.fate in ASKED_FATES and delivery not in given:
            batch.fates[delivery] = Fate.EXPIRED
    await ratings.close(batch.tx, [id_ for id_ in over if known[id_].delivery not in given], InvitationState.EXPIRED)


async def _keep_settling(batch: Batch, invitation: int, accounts: Iterable[int]) -> bool:
    """Whether this anonymous survey waits to be counted as answered; from now on without saying whose it was."""
    for account in accounts:
        due = await timers.find_due_at(batch.tx, TimerKind.SURVEY_SETTLE, f"{invitation}:{account}")
        if due is not None:
            batch.set_timer(TimerKind.SURVEY_SETTLE, f"{invitation}:0", due)
            return True
    return False


async def _take_away(batch: Batch, theirs: Belongings, shown: Iterable[copies.CopyOf]) -> None:
    """Cards say no more than the rows do now; the other messages are deleted, or say that they were."""
    for id_ in sorted(theirs.ids.get("cases", ())):
        case = await case_rows.get(batch.tx, id_)
        if case is not None and await case_rows.list_card_chats(batch.tx, id_):
            await card_chats.refresh_cards(batch, case)
    for copy in shown:
        language = await card_chats.find_language(batch, copy.chat)
        body = outbound.make_message(batch.services.texts.html(language, "forgetme-erased-here", {}))
        id_ = batch.services.next_id()
        call = OwedCall(id_, copy.chat, outbox.ERASE, body, copy.name, copy.message, priority=Priority.STAFF)
        batch.owe(call)
