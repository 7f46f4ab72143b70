"""Pagination of a case's file: one message with a page of one part and the buttons below; edited in place.

1. A long part is split into pages: nothing is cut.
2. In quality's and management's chats and in private, the buttons of the card are offered here too.
"""

from conversations.buttons import CASE_ACTIONS, CaseActionButton, CaseViewButton
from conversations.protocol import Key, KeyboardRow, Text
from domain.cases.case import Case, list_allowed_events
from domain.cases.feedback import LIFECYCLES
from handlers.access import rights, visibility
from handlers.access.case_rights import CaseRight, find_parts, may
from handlers.access.rights import Right
from handlers.cases.file import audit_log, case_file, outcome_forms
from handlers.cases.file.snapshot import CaseSnapshot, take_snapshot
from handlers.cases.life import cards
from handlers.turns.pager import draw_pager
from handlers.turns.turn import Turn
from reports.wording.case_file import CaseFileEntry, CaseFileLine
from storage.cases import cases
from storage.queue import outbox
from storage.queue.outbox import Priority
from texts.length import split

PARTS = {"c": "complaint", "p": "process", "r": "result"}
PAGE_UNITS = 3800
"""Units of a part on one page; the rest of a message is for header and footer."""

_BUTTONS_PER_ROW = 3
_CODES = {name: code for code, name in CASE_ACTIONS.items()}


async def show_page(turn: Turn, case: Case, part: str, page: int, *, fresh: bool) -> None:
    known = await take_snapshot(turn.batch, case, turn.language)
    pages = split("\n".join(await _draw_lines(turn, known, part)).strip("\n"), PAGE_UNITS)
    page = min(page, len(pages) - 1)
    state = turn.plain(f"state-{case.state.replace('_', '-')}")
    title = turn.plain(f"dossier-{PARTS[part]}" if part in PARTS else "look-audit")
    lines = [turn.text("look-head", number=case.number, state=state), turn.text("look-part", part=title), pages[page]]
    if len(pages) > 1:
        lines.append(turn.text("look-page", page=page + 1, pages=len(pages)))
    turn.batch.show(
        turn.chat,
        await _find_message_name(turn, case),
        "\n\n".join(lines),
        (
            *_draw_buttons(turn, known, part, page, len(pages), all_=await rights.may(turn, Right.OVERSEE)),
            *await _draw_action_buttons(turn, case),
        ),
        language=turn.language,
        message_id=None if fresh else turn.pressed_at,
        fresh=fresh,
        reply_to="" if turn.private else cards.card_name(case.id),
        priority=choose_priority(turn),
        topic=case.id,
    )


async def _find_message_name(turn: Turn, case: Case) -> str:
    """A separate name for each message, by which a reply is known to be about the case; a press keeps the name of its message."""
    known = await outbox.find_name(turn.tx, turn.chat, turn.pressed_at) if turn.pressed_at is not None else None
    prefix = f"c:{case.id}:"
    return known if known is not None and known.startswith(prefix) else f"{prefix}{turn.services.next_id()}"


async def _draw_lines(turn: Turn, known: CaseSnapshot, part: str) -> list[str]:
    match part:
        case "c":
            lines = [_draw_line(turn, one) for one in await case_file.draw_complaint(turn.batch, known, unmasked=False)]
        case "p":
            lines = [line for entry in case_file.draw_entries(known) for line in draw_entry(turn, entry, "look-entry")]
            lines += ["", turn.text("look-form", title=turn.plain("dossier-clocks"))]
            for deadline in await case_file.draw_deadlines(turn.batch, known):
                marks = {"late": "yes" if deadline.late else "no", "done": "yes" if deadline.ended else "no"}
                clock = {"stage": deadline.stage, "due": deadline.due, "ended": deadline.ended, "kept": deadline.kept}
                lines.append(turn.text("look-clock", **marks, **clock))
        case "r":
            lines = []
            for form in outcome_forms.draw_forms(known):
                lines += [turn.text("look-form", title=form.title), *(_draw_line(turn, one) for one in form.lines), ""]
            lines += [_draw_line(turn, one) for one in outcome_forms.draw_result(known)]
        case _:
            lines = audit_log.draw_lines(turn, known)
    return lines or [turn.text("dossier-nothing-yet")]


def _draw_line(turn: Turn, line: CaseFileLine) -> str:
    return turn.text("look-line", label=line.label, text=line.text)


def draw_entry(turn: Turn, entry: CaseFileEntry, key: str) -> list[str]:
    lines = [turn.text(key, at=entry.at, who=entry.who, what=entry.what)]
    for line in entry.lines:
        said = turn.text("look-fact", label=line.label, text=line.text)
        lines.append(said if line.label else turn.text("look-words", text=line.text))
    return lines


def _draw_buttons(
    turn: Turn, known: CaseSnapshot, part: str, page: int, pages: int, *, all_: bool
) -> tuple[KeyboardRow, ...]:
    """The parts, the pages of this one, and what else there is to see."""
    case = known.case.id
    rows = [
        tuple(
            Key(_draw_part_label(turn, name, here=code == part), CaseViewButton(case, code))
            for code, name in PARTS.items()
        )
    ]
    if pages > 1:
        labels = ("look-earlier", "look-later")
        rows += draw_pager(lambda n: CaseViewButton(case, part, n), page, more=page + 1 < pages, labels=labels)
    count = sum(len(one.files) for one in known.contributions)
    more = [Key(Text("look-files", {"count": count}), CaseViewButton(case, "f"))] if count else []
    more.append(Key(Text("look-pdf"), CaseViewButton(case, "d")))
    if all_:
        more.append(Key(Text("look-audit"), CaseViewButton(case, "a")))
    return (*rows, tuple(more))


def _draw_part_label(turn: Turn, name: str, *, here: bool) -> Text:
    label = f"dossier-{name}"
    return Text("look-chosen", {"part": turn.plain(label)}) if here else Text(label)


async def _draw_action_buttons(turn: Turn, case: Case) -> tuple[KeyboardRow, ...]:
    """What this person may do now, where the case's own card is not at hand."""
    oversees = await rights.may(turn, Right.OVERSEE)
    if not (turn.private or oversees):
        return ()
    parts = await find_parts(turn, case)
    names: list[str] = [
        event.value for event in list_allowed_events(case, parts, LIFECYCLES[case.kind]) if event.value in _CODES
    ]
    names += ["note"] if oversees else []
    names += ["reveal"] if await may(turn, CaseRight.REVEAL_CONTACT, case) else []
    keys = [
        Key(Text(f"act-{name.replace('_', '-')}"), CaseActionButton(case.id, _CODES[name], case.version))
        for name in names
    ]
    return tuple(tuple(keys[at : at + _BUTTONS_PER_ROW]) for at in range(0, len(keys), _BUTTONS_PER_ROW))


async def redraw(turn: Turn, case: int) -> None:
    """Redraw a case's file after an action taken from it, with what can be done now."""
    if turn.pressed_at is None:
        return
    name = await outbox.find_name(turn.tx, turn.chat, turn.pressed_at) or ""
    shown = await cases.get(turn.tx, case) if name.startswith(f"c:{case}:") else None
    if shown is not None and await visibility.may_see(turn, shown):
        await show_page(turn, shown, "c", 0, fresh=False)


def choose_priority(turn: Turn) -> Priority:
    return Priority.PEOPLE if turn.private else Priority.STAFF
