"""Case file, assembled and worded (C12): the complaint, the process with its deadlines, the result with its forms.

1. It contains everything that happened, in order: events, letters, notes, statements, nudges, and who looked at the
   customer's contact.
2. Personal data is masked unless the reader may see it (`unmasked`).
"""

from datetime import datetime

from domain.cases.case import CaseEvent, ContributionSide, HistoryEntry
from domain.masking import mask_name, mask_phone
from handlers.cases.file import attached, outcome_forms, reveal
from handlers.cases.file.snapshot import CaseSnapshot
from handlers.cases.file.wording import Wording
from handlers.cases.life import cards, deadlines
from handlers.turns.batch import Batch
from reports.wording.case_file import CaseFile, CaseFileDeadline, CaseFileEntry, CaseFileLine
from storage.cases import deadlines as deadline_rows
from storage.cases.contributions import Contribution
from storage.deliveries import deliveries


async def draw_case_file(batch: Batch, known: CaseSnapshot, *, unmasked: bool = False) -> CaseFile:
    """The whole file."""
    words, case = known.words, known.case
    head = tuple(words.say(f"dossier-clock-{one}") for one in ("stage", "due", "ended", "kept"))
    return CaseFile(
        language=words.language,
        number=case.number,
        title=words.say(f"dossier-title-{case.kind.value}"),
        state=words.say(f"state-{case.state.replace('_', '-')}"),
        parts=(words.say("dossier-complaint"), words.say("dossier-process"), words.say("dossier-result")),
        complaint=await draw_complaint(batch, known, unmasked=unmasked),
        process=draw_entries(known),
        clocks_title=words.say("dossier-clocks"),
        clock_heads=(head[0], head[1], head[2], head[3]),
        clocks=await draw_deadlines(batch, known),
        result=outcome_forms.draw_result(known),
        forms=outcome_forms.draw_forms(known),
        nothing=words.say("dossier-nothing-yet"),
        sign_here=words.say("dossier-sign-here"),
        attached_title=words.say("dossier-attached"),
        attached_heads=tuple(words.say(f"dossier-file-{one}") for one in ("name", "from", "size", "hash")),
        attached=await attached.draw_attached(batch, known),
        note=words.say("dossier-unmasked" if unmasked else "dossier-masked", at=words.format_moment(batch.now)),
    )


async def draw_complaint(batch: Batch, known: CaseSnapshot, *, unmasked: bool) -> tuple[CaseFileLine, ...]:
    """Who, when, about what, in which words, and what they want."""
    words, case, first = known.words, known.case, known.first
    company = batch.services.company
    name, phone = await deliveries.fetch_recipient(batch.tx, case.delivery) if case.delivery is not None else ("", "")
    courier = await deliveries.fetch_courier_name(batch.tx, case.delivery) if case.courier else ""
    customer = words.people.get(case.customer) if case.customer is not None else None
    name, contact = name or (customer.name if customer else ""), case.contact
    if not unmasked:
        name, phone, contact = mask_name(name), mask_phone(phone), cards.mask_contact(contact)
    filed = known.history[0] if known.history else None
    said = first.words if first is not None else case.description
    if first is not None and first.edits:
        said = f"{said} {words.say('dossier-edited')}"
    files = sum(len(one.files) for one in known.contributions if one.side == ContributionSide.CUSTOMER)
    about = [cards.category_name(company, case, words.language), cards.reason_name(company, case, words.language)]
    facts = (
        ("customer", name),
        ("phone", phone),
        ("contact", contact),
        ("filed", f"{words.format_moment(case.created_at)} · {words.who(filed.actor if filed else None)}"),
        ("category", " / ".join(filter(None, about))),
        ("severity", "" if case.severity == "normal" else company.severity_name(case.severity, words.language)),
        ("department", words.department(case.department)),
        ("cooperating", ", ".join(words.department(one) for one in case.cooperating)),
        ("waybill", case.waybill),
        ("courier", cards.name_courier(case.courier, courier)),
        ("linked", words.numbers.get(case.linked or 0, "")),
        ("words", said),
        ("wanted", case.wanted),
        ("files", str(files) if files else ""),
    )
    return tuple(words.line(f"dossier-{key}", text) for key, text in facts if text)


# --- process ---------------------------------------------------------------------------------------------------------


def draw_entries(known: CaseSnapshot, *, nudges: bool = True) -> tuple[CaseFileEntry, ...]:
    """Everything that happened, in order; among simultaneous entries the case's own events come first."""
    words = known.words
    timeline = [(one.at, 0, n, _draw_event(words, one)) for n, one in enumerate(known.history)]
    first = known.first
    later = [one for one in known.contributions if first is None or one.id != first.id]
    timeline += [(one.at, 1, n, _draw_contribution(words, one)) for n, one in enumerate(later)]
    seen = [one for one in known.changes if one.what == reveal.REVEALED]
    timeline += [
        (one.at, 2, n, CaseFileEntry(words.format_moment(one.at), words.who(one.actor), words.say("event-reveal")))
        for n, one in enumerate(seen)
    ]
    if nudges:
        timeline += [(one[0], 3, n, _draw_nudge(words, *one)) for n, one in enumerate(known.nudges)]
    return tuple(entry for _at, _rank, _n, entry in sorted(timeline, key=lambda one: one[:3]))


def _draw_event(words: Wording, entry: HistoryEntry) -> CaseFileEntry:
    facts = () if entry.event is CaseEvent.FILE else words.facts(entry.facts)
    what = words.say(f"event-{entry.event.replace('_', '-')}")
    return CaseFileEntry(words.format_moment(entry.at), words.who(entry.actor), what, facts)


def _draw_contribution(words: Wording, contribution: Contribution) -> CaseFileEntry:
    """What somebody wrote, how many files came with it, and what it said before it was edited."""
    what = words.say(f"dossier-said-{contribution.side}")
    lines = [CaseFileLine("", contribution.words)] if contribution.words else []
    if contribution.files:
        lines.append(words.line("dossier-files", str(len(contribution.files))))
    for before in contribution.edits:
        at = words.format_moment(datetime.fromisoformat(str(before["at"])))
        lines.append(CaseFileLine(words.say("dossier-before", at=at), str(before.get("words", ""))))
    return CaseFileEntry(words.format_moment(contribution.at), words.who(contribution.author), what, tuple(lines))


def _draw_nudge(words: Wording, at: datetime, stage: str, percent: int) -> CaseFileEntry:
    what = words.say("dossier-nudge", stage=words.say(f"dossier-stage-{stage}"), percent=percent)
    return CaseFileEntry(words.format_moment(at), words.who(None), what)


async def draw_deadlines(batch: Batch, known: CaseSnapshot) -> tuple[CaseFileDeadline, ...]:
    """Every deadline of the case: one that has ended shows what was promised then, whatever the calendar says now."""
    words, case = known.words, known.case
    kept = await deadline_rows.fetch_due_dates(batch.tx, [case.id])
    promises = []
    for clock in deadlines.list_deadlines(batch, case, known.history):
        due = kept.get((case.id, clock.stage.value, clock.since), clock.due_at) if clock.ended_at else clock.due_at
        late = (clock.ended_at or batch.now) > due
        state = ("missed" if late else "met") if clock.ended_at else ("overdue" if late else "running")
        stage, ended = (
            words.say(f"dossier-stage-{clock.stage.value}"),
            words.format_moment(clock.ended_at) if clock.ended_at else "",
        )
        promises.append(CaseFileDeadline(stage, words.format_moment(due), ended, words.say(f"dossier-{state}"), late))
    return tuple(promises)
