"""Whoever must hear of a deadline hears of it, once: half the time gone, the owner; most of it, the head too; all of it, management too.

1. When a case's timer fires, late or not, each nudge that is due is given exactly once: the table `nudges` says which were. Those of one
   deadline that a stop has delayed are one message.
2. What the clock does by itself (a question unanswered, an answer met with silence) goes through the case's table like everything else.
"""

from domain.cases.case import OPEN, Case, Event, Part, Refused, State
from domain.cases.deadlines import Deadline, Stage
from domain.people import Person, Role
from handlers.cases.customers import verdicts
from handlers.cases.life import cards, clocks
from handlers.cases.life import cases as case_work
from handlers.turns.batch import Batch
from storage.cases import cases
from storage.cases import clocks as clock_rows
from storage.people import groups, people


async def fire(batch: Batch, case_id: int) -> None:
    """A case's timer fired: everybody who must hear of a deadline does, once."""
    case = await cases.get(batch.tx, case_id, for_update=True)
    if case is None or case.state not in OPEN:
        return
    found = clocks.of(batch, case, await cases.history(batch.tx, case.id))
    reached: dict[Deadline, int] = {}
    for one, level, moment in clocks.nudges(batch, found):
        percent = batch.services.company.handling.nudges[level]
        if moment <= batch.now and await clock_rows.told(batch.tx, case.id, one, percent, batch.now):
            reached[one] = (
                level  # after a stop several at once: the last one speaks for all, to everybody they were for
            )
    for one, level in reached.items():
        await _tell(batch, case, one, level)
    await clocks.arm(batch, case, found)


async def waited(batch: Batch, case_id: int, version: int) -> None:
    """The customer did not answer the question: the work goes on."""
    await _by_clock(batch, case_id, version, Event.CUSTOMER_ANSWERS, State.WAITING)


async def silent(batch: Batch, case_id: int, version: int) -> None:
    """The customer did not say whether it is solved: closed, and nobody calls that satisfaction."""
    await _by_clock(batch, case_id, version, Event.SILENT, State.ANSWERED)


async def _by_clock(batch: Batch, case_id: int, version: int, event: Event, state: State) -> None:
    case = await cases.get(batch.tx, case_id, for_update=True)
    if case is None or case.state is not state or case.version != version:
        return
    moved = await case_work.move(batch, case, event, frozenset({Part.CLOCK}), {}, actor=None)
    if isinstance(moved, Refused):
        return
    if event is Event.SILENT:
        await verdicts.closed_silently(batch, moved)
        return
    await verdicts.question_lapsed(batch, moved)
    await case_work.tell(batch, moved, "customer-silent", named=await _named(batch, moved, head=False))


async def _tell(batch: Batch, case: Case, one: Deadline, level: int) -> None:
    """Under the card, by name; from the second level on the head is named, at the last management reads it too."""
    company, texts = batch.services.company, batch.services.texts
    reviewing = one.stage is Stage.REVIEW
    named = await (case_work.reviewers(batch, case) if reviewing else _named(batch, case, head=level > 0))
    who = case_work.mention(named)
    places = {
        chat: place.language
        for chat, place in (await case_work.card_chats(batch, case)).items()
        if place.role != "cooperating"
    }
    last = level == len(company.handling.nudges) - 1
    key = "nudge-overdue" if one.due_at <= batch.now else "nudge-due"

    def sentence(language: str) -> str:
        stage = texts.plain(language, f"stage-{one.stage.value}")
        percent = company.handling.nudges[level]
        due = cards.moment(one.due_at, company)
        args: dict[str, str | int] = {"number": case.number, "stage": stage, "due": due, "percent": percent}
        return texts.html(language, key, args)

    for chat, language in places.items():
        case_work.say_under(batch, chat, case, f"{sentence(language)} {who}".strip())
    if not last:
        return
    management = await groups.of_department(batch.tx, company.management)
    if management is not None and management.here and management.chat_id not in places:
        head = texts.html(
            management.language, "nudge-from", {"department": cards.department_name(company, case, management.language)}
        )
        batch.say(management.chat_id, f"{sentence(management.language)}\n{head}", priority=1)


async def _named(batch: Batch, case: Case, *, head: bool) -> list[Person]:
    """The owner, or the heads where nobody owns it yet or their turn has come."""
    owner = (await people.by_id(batch.tx, [case.owner])).get(case.owner) if case.owner is not None else None
    named = [owner] if owner is not None else []
    if head or not named or case.state is State.IN_REVIEW:
        heads = await people.holders(batch.tx, Role.HEAD, department=case.department)
        named += [person for person in heads if person not in named]
    return named
