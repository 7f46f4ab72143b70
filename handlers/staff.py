"""What staff do about a case: by the buttons of its card, in the group where the card is.

1. Role, chat and state are checked at each press, inside the transaction; first press wins, the second hears who was first.
2. What staff type is a reply to the bot's prompt, shown back, and only then it counts.
"""

from conversations import reason, resolution
from conversations.buttons import ACTS, Act
from domain.case import Case, Event, Need, Part, Refused, State, advance
from domain.people import Grant, Role
from handlers import cases as case_work
from handlers import complaints, engine
from handlers.batch import Turn
from storage import cases, groups, people
from storage.groups import Group
from texts import escape
from texts.length import split

_LOOKS = {"history", "full_text"}


def membership(company_quality: str, department: str) -> Grant:
    """What being in a department's group means: staff there, and quality in the quality group."""
    return Grant(Role.QUALITY if department == company_quality else Role.STAFF, department)


async def act(turn: Turn, button: Act) -> None:
    """A press on a card, by somebody whose membership in the chat is established."""
    case = await cases.get(turn.tx, button.case, for_update=True)
    name = ACTS.get(button.event)
    if case is None or name is None or not await _belongs(turn, case):
        turn.toast("not-yours", alert=True)
        return
    parts = await case_work.parts(turn, case)
    if name in _LOOKS:
        await _look(turn, case, name)
        return
    event = Event(name)
    if event in {Event.RESOLVE, Event.RETURN, Event.TRANSFER}:
        refused = _may(case, event, parts)
        if refused is not None:
            await _refuse(turn, case, event, refused)
            return
        _ask(turn, case, event)
        return
    moved = await case_work.move(turn, case, event, parts, {})
    if isinstance(moved, Refused):
        await _refuse(turn, case, event, moved)
        return
    await _told(turn, moved, event)


async def resolved(turn: Turn, fact: resolution.Resolved) -> None:
    """The owner's resolution goes to review."""
    given = fact.words
    facts = {
        Need.ROOT_CAUSE: given["root_cause"],
        Need.ACTION: given["action"],
        Need.COMPENSATION: given.get("compensation", ""),
        Need.VALID: "yes" if fact.valid else "no",
    }
    case = await cases.get(turn.tx, fact.case, for_update=True)
    if case is None:
        return
    moved = await case_work.move(turn, case, Event.RESOLVE, await case_work.parts(turn, case), facts)
    if isinstance(moved, Refused):
        await _too_late(turn, case, Event.RESOLVE, moved)
        return
    await _ask_review(turn, moved)


async def reasoned(turn: Turn, fact: reason.Reasoned) -> None:
    """A return or a transfer, with its reason."""
    event = Event(fact.event)
    case = await cases.get(turn.tx, fact.case, for_update=True)
    if case is None:
        return
    facts = {Need.REASON: fact.reason, Need.DEPARTMENT: fact.target}
    owner, department = case.owner, case.department
    moved = await case_work.move(turn, case, event, await case_work.parts(turn, case), facts)
    if isinstance(moved, Refused):
        await _too_late(turn, case, event, moved)
        return
    if event is Event.RETURN and owner is not None:
        await _tell_owner(turn, moved, fact.reason)
    if event is Event.TRANSFER:
        await _tell_transferred(turn, moved, department, fact.reason)


async def my_open_cases(turn: Turn) -> None:
    """`/cases`: what the department (or the presser's departments) still has to answer."""
    group = await groups.get(turn.tx, turn.chat)
    departments = [group.department] if group and group.department else sorted(turn.person.departments)
    if turn.person.is_quality or turn.person.is_manager:
        departments = (
            departments if group and group.department in turn.company.answering else list(turn.company.departments)
        )
    if not departments or not (turn.person.departments or turn.person.is_quality or turn.person.is_manager):
        turn.say("not-staff")
        return
    found = await cases.unsolved(turn.tx, departments)
    if not found:
        turn.say("cases-none")
        return
    lines = [turn.text("cases-head", count=len(found))]
    for case in found[:20]:
        state = turn.plain(f"state-{case.state.replace('_', '-')}")
        due = case_work.moment(case.due_at, turn.company)
        lines.append(turn.text("cases-line", number=case.number, state=state, owner=case.owner_name or "—", due=due))
    turn.say_html("\n".join(lines))


async def _belongs(turn: Turn, case: Case) -> bool:
    """Whether this chat has to do with the case and this person with the chat."""
    if turn.private:
        return turn.person.is_manager or turn.person.is_quality
    group = await groups.get(turn.tx, turn.chat)
    if group is None or group.department is None:
        return False
    if turn.chat not in await cases.card_chats(turn.tx, case.id):
        return False
    return is_member(turn, group) or turn.person.is_quality or turn.person.is_manager


def is_member(turn: Turn, group: Group) -> bool:
    """Whether the bot knows that this person is in the group."""
    department = group.department or ""
    return turn.person.is_staff_of(department) or Grant(Role.QUALITY, department) in turn.person.grants


def _may(case: Case, event: Event, parts: frozenset[Part]) -> Refused | None:
    """Whether the event would be taken, before its questions are asked: only what they would answer may be missing."""
    outcome = advance(case, event, parts, {})
    return outcome if isinstance(outcome, Refused) and not outcome.missing else None


def _ask(turn: Turn, case: Case, event: Event) -> None:
    draft, topic = turn.services.next_id(), f"{event.value}:{case.id}"
    match event:
        case Event.RESOLVE:
            engine.begin(turn, topic, resolution.NAME, resolution.Writing(draft, case.id, case.number))
        case Event.TRANSFER:
            state = reason.Choosing(draft, case.id, case.number, event.value, case.department)
            engine.begin(turn, topic, reason.NAME, state)
        case _:
            engine.begin(turn, topic, reason.NAME, reason.Asking(draft, case.id, case.number, event.value))


async def _refuse(turn: Turn, case: Case, event: Event, refused: Refused) -> None:
    """Say why, and put the card right: it was out of date, or the presser may not."""
    owner = case.owner_name or "—"
    if event is Event.ACCEPT and case.owner is not None:
        turn.toast("taken", owner=owner, number=case.number, alert=True)
    else:
        turn.toast(refused.why, owner=owner, number=case.number, alert=True)
    await case_work.refresh(turn.batch, case)


async def _too_late(turn: Turn, case: Case, event: Event, refused: Refused) -> None:
    """What was typed cannot count any more; the dialogue's own message says so too."""
    html = turn.text(refused.why, owner=case.owner_name or "—", number=case.number)
    name = engine.screen_name(turn.lane, f"{event.value}:{case.id}")
    turn.batch.show(turn.chat, name, html, language=turn.language, message_id=turn.pressed_at, priority=1)
    await _refuse(turn, case, event, refused)


async def _told(turn: Turn, case: Case, event: Event) -> None:
    """Who hears of it, by the table."""
    if event is Event.ACCEPT:
        turn.toast("accepted", number=case.number)
        await _tell_customer(turn, case, "case-accepted")
    elif event is Event.APPROVE and case.state is State.ANSWERED:
        turn.toast("approved", number=case.number)
        await _answer_customer(turn, case)
    elif event is Event.APPROVE:
        turn.toast("approved-first", number=case.number)
        await _ask_review(turn, case)


async def _tell_customer(turn: Turn, case: Case, key: str) -> None:
    if case.customer is None:
        return
    customer = (await people.by_id(turn.tx, [case.customer])).get(case.customer)
    if customer is not None:
        due = case_work.moment(case.due_at, turn.company)
        case_work.tell_customer(turn.batch, customer, key, number=case.number, due=due)


async def _answer_customer(turn: Turn, case: Case) -> None:
    """The resolver's own words, and the question that decides."""
    customer = (await people.by_id(turn.tx, [case.customer])).get(case.customer) if case.customer is not None else None
    if customer is None:
        return
    case_work.note_reach(turn.batch, customer)
    given = case.resolution or {}
    texts = turn.services.texts
    html = texts.html(customer.language, "case-answer", {"number": case.number, "action": given.get("action", "")})
    if given.get("compensation"):
        html += "\n\n" + texts.html(customer.language, "case-compensation", {"compensation": given["compensation"]})
    html += "\n\n" + texts.html(customer.language, "case-answer-question", {})
    name, rows = complaints.answer_name(case), case_work.verdict_rows(case)
    turn.batch.show(customer.telegram_id, name, html, rows, language=customer.language, fresh=True)


async def _ask_review(turn: Turn, case: Case) -> None:
    """Everybody who can review is named under the card."""
    named = await case_work.reviewers(turn.batch, case)
    who = ", ".join(f'<a href="tg://user?id={person.telegram_id}">{escape(person.name)}</a>' for person in named)
    for chat, language in (await case_work.card_chats(turn.batch, case)).items():
        html = turn.services.texts.html(language, "review-due", {"number": case.number})
        turn.batch.say(chat, f"{html} {who}".strip(), priority=1, reply_to=case_work.card_name(case.id))


async def _tell_owner(turn: Turn, case: Case, why: str) -> None:
    """A return reaches the owner in the group, by name, and in private where that is possible."""
    owner = (await people.by_id(turn.tx, [case.owner or 0])).get(case.owner or 0)
    if owner is None:
        return
    mention = f'<a href="tg://user?id={owner.telegram_id}">{escape(owner.name)}</a>'
    group = await groups.of_department(turn.tx, case.department)
    if group is not None:
        html = turn.services.texts.html(group.language, "returned", {"number": case.number, "reason": why})
        turn.batch.say(group.chat_id, f"{mention}\n{html}", priority=1, reply_to=case_work.card_name(case.id))
    if owner.reachable:
        case_work.tell_customer(turn.batch, owner, "returned", number=case.number, reason=why)


async def _tell_transferred(turn: Turn, case: Case, before: str, why: str) -> None:
    for chat, language in (await case_work.card_chats(turn.batch, case)).items():
        from_name = turn.company.departments[before]
        args = {"number": case.number, "reason": why, "department": from_name.name.get(language, before)}
        html = turn.services.texts.html(language, "transferred-here", args)
        turn.batch.say(chat, html, priority=1, reply_to=case_work.card_name(case.id))
        files = [(kind, id_) for one in await cases.contributed(turn.tx, case.id) for kind, id_, _ in one.files]
        case_work.forward(turn.batch, chat, case, files)


async def _look(turn: Turn, case: Case, what: str) -> None:
    reply_to = case_work.card_name(case.id)
    if what == "full_text":
        texts = [one.words for one in await cases.contributed(turn.tx, case.id)] + [case.wanted]
        texts += (
            list((case.resolution or {}).values())
            if case.state in {State.IN_REVIEW, State.ANSWERED, State.CLOSED}
            else []
        )
        turn.batch.say(turn.chat, turn.text("full-text-head", number=case.number), priority=1, reply_to=reply_to)
        for text in filter(None, texts):
            for part in split(escape(text)):
                turn.batch.say(turn.chat, part, priority=1, reply_to=reply_to)
        return
    actors = await people.by_id(turn.tx, {e.actor for e in await cases.history(turn.tx, case.id) if e.actor})
    lines = [turn.text("history-head", number=case.number)]
    for event in await cases.history(turn.tx, case.id):
        who = actors.get(event.actor or 0)
        is_customer = event.actor is not None and event.actor == case.customer
        name = turn.plain("the-customer") if is_customer else who.name if who else turn.plain("the-clock")
        args = {
            "at": case_work.moment(event.at, turn.company),
            "who": name,
            "what": turn.plain(f"event-{event.event.replace('_', '-')}"),
        }
        lines.append(turn.text("history-line", **args))
        if why := event.facts.get("reason"):
            lines.append(turn.text("history-reason", reason=why))
    turn.batch.say(turn.chat, "\n".join(lines), priority=1, reply_to=reply_to)
