"""Escalation of deadlines by nudges, each sent once: with half the time gone, to the owner; with most of it, to the
head too; with all of it, to management too.

1. When a case's timer fires, late or not, each nudge that is due is sent exactly once: the table `nudges` records which
   were. Nudges of one deadline that a stop has delayed are one message.
2. What the clock does by itself (a question unanswered, an answer met with silence) goes through the case's table like
   everything else.
"""

from domain.cases.case import OPEN, Case, CaseEvent, CasePart, CaseState
from domain.cases.deadlines import Deadline, Stage
from domain.people import Person, Role
from handlers.access.case_rights import list_reviewers
from handlers.cases.life import cards, deadlines, telling
from handlers.cases.life.card_chats import list_working_chats
from handlers.cases.notices import events
from handlers.turns.batch import Batch
from storage.cases import cases
from storage.cases import deadlines as deadline_rows
from storage.people import groups, people
from storage.queue.outbox import Priority

_CLOCK = frozenset({CasePart.CLOCK})

PASSED_PERCENT = 100
"""The nudge that says that a deadline is passed."""

CaseVersion = tuple[int, int]
"""A case and the version it had when the timer was set: a case that has moved since is left alone."""


async def on_nudge_timer(batch: Batch, case_id: int) -> None:
    """A case's timer fired: tell everybody who must hear of a deadline, once."""
    case = await cases.get(batch.tx, case_id, for_update=True)
    if case is None or case.state not in OPEN:
        return
    clocks = deadlines.list_deadlines(batch, case, await cases.fetch_history(batch.tx, case.id))
    reached: dict[Deadline, int] = {}
    for clock, level, moment in deadlines.list_nudges(batch, clocks):
        percent = batch.services.company.handling.nudges[level]
        if moment <= batch.now and await deadline_rows.record_nudge(batch.tx, case.id, clock, percent, batch.now):
            reached[clock] = (
                level  # after a stop several are due at once: the last one speaks for all, to everybody they were for
            )
    for clock, level in reached.items():
        batch.missed_deadlines += batch.services.company.handling.nudges[level] == PASSED_PERCENT
        await _tell(batch, case, clock, level)
    await deadlines.set_nudge_timer(batch, case, clocks)


async def on_waiting_timer(batch: Batch, subject: CaseVersion) -> None:
    """The customer did not answer the question: the work continues."""
    await _move_by_clock(batch, subject, CaseEvent.CUSTOMER_ANSWERS, CaseState.WAITING)


async def on_silent_timer(batch: Batch, subject: CaseVersion) -> None:
    """The customer did not say whether it is solved: close it, and do not call that satisfaction."""
    await _move_by_clock(batch, subject, CaseEvent.SILENT, CaseState.ANSWERED)


async def _move_by_clock(batch: Batch, subject: CaseVersion, event: CaseEvent, state: CaseState) -> None:
    case_id, version = subject
    case = await cases.get(batch.tx, case_id, for_update=True)
    if case is None or case.state is not state or case.version != version:
        return
    await events.cause(batch, case, event, _CLOCK, {}, by=None)


async def _tell(batch: Batch, case: Case, clock: Deadline, level: int) -> None:
    """Nudge under the card, by name; from the second level on the head is named too, at the last management is told as well."""
    company, texts = batch.services.company, batch.services.texts
    reviewing = clock.stage is Stage.REVIEW
    named = await (list_reviewers(batch, case) if reviewing else _list_mentioned(batch, case, head=level > 0))
    who = telling.mention(named)
    places = await list_working_chats(batch, case)
    last = level == len(company.handling.nudges) - 1
    key = "nudge-overdue" if clock.due_at <= batch.now else "nudge-due"

    def sentence(language: str) -> str:
        stage = texts.plain(language, f"stage-{clock.stage.value}")
        percent = company.handling.nudges[level]
        due = cards.format_moment(clock.due_at, company)
        args: dict[str, str | int] = {"number": case.number, "stage": stage, "due": due, "percent": percent}
        return texts.html(language, key, args)

    for chat, language in places.items():
        telling.say_under_card(batch, chat, case, f"{sentence(language)} {who}".strip())
    if not last:
        return
    management = await groups.find_by_department(batch.tx, company.management)
    if management is not None and management.here and management.chat_id not in places:
        head = texts.html(
            management.language,
            "nudge-from",
            {"department": company.department_name(case.department, management.language)},
        )
        batch.say(management.chat_id, f"{sentence(management.language)}\n{head}", priority=Priority.STAFF)


async def _list_mentioned(batch: Batch, case: Case, *, head: bool) -> list[Person]:
    """The owner; the heads if nobody owns it yet or their turn has come."""
    owner = (await people.fetch_by_id(batch.tx, [case.owner])).get(case.owner) if case.owner is not None else None
    named = [owner] if owner is not None else []
    if head or not named or case.state is CaseState.IN_REVIEW:
        heads = await people.list_holders(batch.tx, Role.HEAD, department=case.department)
        named += [person for person in heads if person not in named]
    return named
