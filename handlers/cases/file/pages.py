"""The message that shows a case: one of its parts, a page of it, and the buttons below; edited in place.

1. A part is turned page by page where it is long: nothing is cut.
2. From quality's and management's chats and in private what can be done now can be done from here, by the buttons of the card.
"""

from conversations.buttons import ACTS, Act, Look
from conversations.protocol import Key, Row, Text
from domain.cases.case import Case, Part, allowed
from domain.cases.others import TABLES
from handlers.access import scope
from handlers.cases.file import dossier, logs, results
from handlers.cases.file.gathered import Gathered, gather
from handlers.cases.life import cards
from handlers.cases.life import cases as case_work
from handlers.turns.batch import Turn
from reports.wording.dossier import Entry, Line
from storage.cases import cases
from storage.queue import outbox
from texts.length import split

PARTS = {"c": "complaint", "p": "process", "r": "result"}
ROOM = 3800
"""Units of a part on one page; the head and the foot have the rest of a message."""

_ROW = 3
_CODES = {name: code for code, name in ACTS.items()}
_REVEALED_TO = frozenset({Part.OWNER, Part.HEAD})


async def show(turn: Turn, case: Case, part: str, page: int, *, fresh: bool) -> None:
    known = await gather(turn.batch, case, turn.language)
    pages = split("\n".join(await _lines(turn, known, part)).strip("\n"), ROOM)
    page = min(page, len(pages) - 1)
    state = turn.plain(f"state-{case.state.replace('_', '-')}")
    title = turn.plain(f"dossier-{PARTS[part]}" if part in PARTS else "look-audit")
    lines = [turn.text("look-head", number=case.number, state=state), turn.text("look-part", part=title), pages[page]]
    if len(pages) > 1:
        lines.append(turn.text("look-page", page=page + 1, pages=len(pages)))
    turn.batch.show(
        turn.chat,
        await _name(turn, case),
        "\n\n".join(lines),
        (*_buttons(turn, known, part, page, len(pages), all_=await scope.oversees(turn)), *await _acts(turn, case)),
        language=turn.language,
        message_id=None if fresh else turn.pressed_at,
        fresh=fresh,
        reply_to="" if turn.private else cards.name(case.id),
        priority=priority(turn),
        topic=case.id,
    )


async def _name(turn: Turn, case: Case) -> str:
    """A name of its own for each message, by which a reply is known to be about the case; a press keeps what it stands under."""
    known = await outbox.name_of(turn.tx, turn.chat, turn.pressed_at) if turn.pressed_at is not None else None
    prefix = f"c:{case.id}:"
    return known if known is not None and known.startswith(prefix) else f"{prefix}{turn.services.next_id()}"


async def _lines(turn: Turn, known: Gathered, part: str) -> list[str]:
    match part:
        case "c":
            lines = [_line(turn, one) for one in await dossier.complaint(turn.batch, known, unmasked=False)]
        case "p":
            lines = [line for entry in dossier.entries(known) for line in entry_lines(turn, entry, "look-entry")]
            lines += ["", turn.text("look-form", title=turn.plain("dossier-clocks"))]
            for one in await dossier.deadlines(turn.batch, known):
                marks = {"late": "yes" if one.late else "no", "done": "yes" if one.ended else "no"}
                clock = {"stage": one.stage, "due": one.due, "ended": one.ended, "kept": one.kept}
                lines.append(turn.text("look-clock", **marks, **clock))
        case "r":
            lines = []
            for form in results.forms(known):
                lines += [turn.text("look-form", title=form.title), *(_line(turn, one) for one in form.lines), ""]
            lines += [_line(turn, one) for one in results.result(known)]
        case _:
            lines = logs.lines(turn, known)
    return lines or [turn.text("dossier-nothing-yet")]


def _line(turn: Turn, one: Line) -> str:
    return turn.text("look-line", label=one.label, text=one.text)


def entry_lines(turn: Turn, entry: Entry, key: str) -> list[str]:
    lines = [turn.text(key, at=entry.at, who=entry.who, what=entry.what)]
    for one in entry.lines:
        said = turn.text("look-fact", label=one.label, text=one.text)
        lines.append(said if one.label else turn.text("look-words", text=one.text))
    return lines


def _buttons(turn: Turn, known: Gathered, part: str, page: int, pages: int, *, all_: bool) -> tuple[Row, ...]:
    """The parts, the pages of this one, and what else there is to look at."""
    case = known.case.id
    rows = [tuple(Key(_chosen(turn, name, here=code == part), Look(case, code)) for code, name in PARTS.items())]
    if pages > 1:
        earlier = (Key(Text("look-earlier"), Look(case, part, page - 1)),) if page else ()
        later = (Key(Text("look-later"), Look(case, part, page + 1)),) if page + 1 < pages else ()
        rows.append((*earlier, *later))
    count = sum(len(one.files) for one in known.written)
    more = [Key(Text("look-files", {"count": count}), Look(case, "f"))] if count else []
    more.append(Key(Text("look-pdf"), Look(case, "d")))
    if all_:
        more.append(Key(Text("look-audit"), Look(case, "a")))
    return (*rows, tuple(more))


def _chosen(turn: Turn, name: str, *, here: bool) -> Text:
    label = f"dossier-{name}"
    return Text("look-chosen", {"part": turn.plain(label)}) if here else Text(label)


async def _acts(turn: Turn, case: Case) -> tuple[Row, ...]:
    """What this person may do now, where the case's own card is not at hand."""
    oversees = await scope.oversees(turn)
    if not (turn.private or oversees):
        return ()
    parts = await case_work.parts(turn, case)
    names: list[str] = [event.value for event in allowed(case, parts, TABLES[case.kind]) if event.value in _CODES]
    names += ["note"] if oversees else []
    names += ["reveal"] if parts & _REVEALED_TO else []
    keys = [Key(Text(f"act-{name.replace('_', '-')}"), Act(case.id, _CODES[name], case.version)) for name in names]
    return tuple(tuple(keys[at : at + _ROW]) for at in range(0, len(keys), _ROW))


async def redrawn(turn: Turn, case: int) -> None:
    """Something was done from a case's file: its message shows the case as it is now, with what can be done now."""
    if turn.pressed_at is None:
        return
    name = await outbox.name_of(turn.tx, turn.chat, turn.pressed_at) or ""
    found = await cases.get(turn.tx, case) if name.startswith(f"c:{case}:") else None
    if found is not None and await scope.sees(turn, found):
        await show(turn, found, "c", 0, fresh=False)


def priority(turn: Turn) -> int:
    return outbox.PEOPLE if turn.private else outbox.STAFF
