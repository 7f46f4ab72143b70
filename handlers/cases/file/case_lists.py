"""Case lists and search: `/cases`, `/open`, `/overdue`, `/search`, and what somebody owns; ten per page, paged in place.

1. What a list shows is decided again at each press, by who presses and where (see `visibility`).
2. A search is recorded in the log, where its next page finds the words: the button only carries a number.
"""

from collections.abc import Callable, Sequence

from conversations.buttons import CaseListButton, CaseViewButton
from conversations.protocol import Key, KeyboardRow, Words
from domain.cases.case import UNSOLVED, Case
from handlers.access import rights, visibility
from handlers.access.rights import Right
from handlers.cases.life import cards
from handlers.deliveries.phone_numbers import normalise_phone
from handlers.turns.batch import Batch
from handlers.turns.pager import NEWEST_FIRST, draw_pager
from handlers.turns.turn import Turn
from storage import audit
from storage.cases import search
from storage.cases.search import OwedFilter
from storage.queue import outbox
from storage.queue.outbox import Priority
from texts.length import trim

PAGE = 10
CASES, MINE, OPEN, OVERDUE, SEARCH = "c", "m", "o", "d", "s"
SEARCHED = "search"
"""Its name in the log."""
_SEARCH_CHARACTERS = 200
_BUTTONS_PER_ROW = 2


async def on_cases_command(turn: Turn, _args: str) -> None:
    """`/cases`: what the department (or each of the user's departments) still has to answer."""
    await _show_list(turn, CaseListButton(CASES), fresh=True)


async def on_mycases_command(turn: Turn, _args: str) -> None:
    """What this person owns; says nothing to somebody who owns nothing."""
    if await search.count_owed(turn.tx, _make_own_filter(turn)):
        await _show_list(turn, CaseListButton(MINE), fresh=True)


async def on_open_command(turn: Turn, args: str) -> None:
    """`/open`: what is not closed yet, optionally for one department."""
    await _list_by_department(turn, args, overdue=False)


async def on_overdue_command(turn: Turn, args: str) -> None:
    """`/overdue`: what should have been done by now, optionally for one department."""
    await _list_by_department(turn, args, overdue=True)


async def _list_by_department(turn: Turn, args: str, *, overdue: bool) -> None:
    department = turn.company.find_department(args) if args.strip() else ""
    if department is None:
        known = turn.list_departments(turn.company.departments)
        turn.say("list-no-department", department=trim(args.strip(), 64), departments=known)
        return
    await _show_list(turn, CaseListButton(OVERDUE if overdue else OPEN, 0, department), fresh=True)


async def on_search_command(turn: Turn, words: str) -> None:
    """`/search words`."""
    words = trim(" ".join(words.split()), _SEARCH_CHARACTERS)
    if await visibility.find_departments(turn) == visibility.NO_DEPARTMENTS:
        turn.say("not-staff")
        return
    if not words:
        turn.say("search-how")
        return
    id_ = str(turn.services.next_id())
    turn.batch.record(turn.person.id, SEARCHED, _subject(turn, id_), None, words)
    await _show_found(turn, CaseListButton(SEARCH, 0, id_), words, fresh=True)


async def on_press(turn: Turn, button: CaseListButton) -> None:
    """Another page of a list."""
    if button.what != SEARCH:
        await _show_list(turn, button, fresh=False)
        return
    logged = await audit.list_entries(turn.tx, _subject(turn, button.argument)) if button.argument.isdecimal() else []
    if not logged or await visibility.find_departments(turn) == visibility.NO_DEPARTMENTS:
        turn.toast("not-now")
        return
    await _show_found(turn, button, logged[0].after or "", fresh=False)


def _subject(turn: Turn, id_: str) -> str:
    """The log subject of a search; a search belongs to the chat it was made in."""
    return f"search:{turn.chat}:{id_}"


# --- what a list holds -----------------------------------------------------------------------------------------------


async def _show_list(turn: Turn, button: CaseListButton, *, fresh: bool) -> None:
    which = await _choose_filter(turn, button)
    if isinstance(which, str):
        turn.toast(which, alert=True)
        return
    counts = await search.count_owed(turn.tx, which)
    if not counts:
        nothing = turn.text("list-nothing-overdue" if button.what == OVERDUE else "cases-none")
        await _show(turn, nothing, (), fresh=fresh)
        return
    order = list(turn.company.departments) if button.what in {OPEN, OVERDUE} else []
    page = min(button.page, (sum(counts.values()) - 1) // PAGE)
    owed = await search.list_owed(turn.tx, which, limit=PAGE + 1, offset=page * PAGE, order=order)
    lines = [turn.text(_HEADS[button.what], count=sum(counts.values()))]
    department = ""
    for case in owed[:PAGE]:
        if order and case.department != department:
            department = case.department
            name = turn.company.department_name(case.department, turn.language)
            lines.append("\n" + turn.text("list-department", department=name, count=counts[department]))
        lines.append(draw_line(turn.batch, case, turn.language))
    rows = (
        *draw_case_rows(owed[:PAGE]),
        *draw_pager(_page_of(button), page, more=len(owed) > PAGE),
    )
    await _show(turn, "\n".join(lines), rows, fresh=fresh)


_HEADS = {CASES: "list-cases", MINE: "list-mine", OPEN: "list-open", OVERDUE: "list-overdue"}


async def _choose_filter(turn: Turn, button: CaseListButton) -> OwedFilter | str:
    """Which cases this list contains for this person in this chat, or a text key saying why it is not shown."""
    if button.what == MINE:
        return _make_own_filter(turn) if turn.private else "not-now"
    seen = await visibility.find_departments(turn)
    if button.what == CASES:
        return "not-staff" if seen == visibility.NO_DEPARTMENTS else OwedFilter(seen)
    if button.what not in {OPEN, OVERDUE}:
        return "not-now"
    if not await rights.may(turn, Right.LIST_OPEN_CASES):
        return "only-managers"
    if button.argument:
        seen = (button.argument,) if seen is None or button.argument in seen else visibility.NO_DEPARTMENTS
    if seen == visibility.NO_DEPARTMENTS:
        return "list-not-here"  # to say that there is nothing would be a lie
    return OwedFilter(seen, before=turn.now if button.what == OVERDUE else None)


def _make_own_filter(turn: Turn) -> OwedFilter:
    """What this person owns in the departments that they are in."""
    return OwedFilter(tuple(sorted(turn.person.departments)), owner=turn.person.id)


async def _show_found(turn: Turn, button: CaseListButton, words: str, *, fresh: bool) -> None:
    seen, phone = await visibility.find_departments(turn), normalise_phone(words, turn.company.identity.phone_region)
    matches = await search.search_cases(turn.tx, words, phone, seen, limit=PAGE + 1, offset=button.page * PAGE)
    if not matches:
        await _show(turn, turn.text("search-none", words=words), (), fresh=fresh)
        return
    lines = [
        turn.text("list-search", words=words),
        *(draw_line(turn.batch, case, turn.language) for case in matches[:PAGE]),
    ]
    more = draw_pager(_page_of(button), button.page, more=len(matches) > PAGE, labels=NEWEST_FIRST)
    await _show(turn, "\n".join(lines), (*draw_case_rows(matches[:PAGE]), *more), fresh=fresh)


# --- how it looks ----------------------------------------------------------------------------------------------------


def draw_line(batch: Batch, case: Case, language: str) -> str:
    """One line for a case in a list."""
    late, texts = case.state in UNSOLVED and case.due_at <= batch.now, batch.services.texts
    return texts.html(
        language,
        "list-line",
        {
            "late": "yes" if late else "no",
            "number": case.number,
            "state": texts.plain(language, f"state-{case.state.replace('_', '-')}"),
            "owner": case.owner_name or "—",
            "due": cards.format_moment(case.due_at, batch.services.company),
        },
    )


def draw_case_rows(cases: Sequence[Case]) -> tuple[KeyboardRow, ...]:
    """A button for each case."""
    keys = [Key(Words(case.number), CaseViewButton(case.id, "o")) for case in cases]
    return tuple(tuple(keys[at : at + _BUTTONS_PER_ROW]) for at in range(0, len(keys), _BUTTONS_PER_ROW))


def _page_of(button: CaseListButton) -> Callable[[int], CaseListButton]:
    """The same list, another page."""
    return lambda page: CaseListButton(button.what, page, button.argument)


async def _show(turn: Turn, html: str, rows: tuple[KeyboardRow, ...], *, fresh: bool) -> None:
    known = await outbox.find_name(turn.tx, turn.chat, turn.pressed_at) if turn.pressed_at is not None else None
    turn.batch.show(
        turn.chat,
        known or f"list:{turn.services.next_id()}",
        html,
        rows,
        language=turn.language,
        message_id=None if fresh else turn.pressed_at,
        fresh=fresh,
        priority=Priority.PEOPLE if turn.private else Priority.STAFF,
    )
