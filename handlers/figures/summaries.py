"""Summary, `/summary`: counted in the transaction, drawn when sent; from any figure to the cases behind it, in the same message.

1. A button says what it leads to (period, breakdown, unit, page): the message holds no state that a restart could lose.
   A unit is identified by a hash of its value, which fits in a button whatever its name; it is looked up among the
   units of the period.
2. What may be seen is decided again at each press, by who presses and where (`visibility.find_figures_departments`).
"""

from dataclasses import dataclass, replace

from conversations.buttons import CaseViewButton, SummaryButton
from conversations.protocol import Key, KeyboardRow, Text, Words
from domain.cases.case import Case
from domain.figures.breakdown import BreakdownError, By, parse
from domain.figures.maturity import compute_terms
from domain.figures.period import PeriodError, parse_period
from domain.figures.summary import Summary
from domain.surveys.survey import localize
from handlers.access import visibility
from handlers.cases.life import cards
from handlers.figures import worsening
from handlers.figures.summary_buttons import (
    BREAKDOWN_CODES,
    BREAKDOWNS,
    CASE,
    CASES,
    FIGURES,
    MENUS,
    PAGE,
    TERMS,
    arrange_buttons,
    draw_buttons,
    draw_menu,
    lead_to,
)
from handlers.figures.unit_names import fetch_unit_names, hash_unit, name_unit
from handlers.turns import attachments
from handlers.turns.batch import Batch
from handlers.turns.pager import draw_pager
from handlers.turns.turn import Turn
from reports.pictures.summary_caption import format_summary_caption
from reports.pictures.units import ROWS, sort_worst_first
from reports.wording.terms import define_terms, list_shown_terms
from reports.wording.wording import RenderText
from storage.cases import cases
from storage.figures import figures
from storage.figures.figures import FigureQuery
from storage.queue.outbox import Priority
from texts.length import trim

_PICTURES = {By.CATEGORY: "pareto", By.HOUR: "heat", By.ALL: "summary"}


async def on_command(turn: Turn, text: str) -> None:
    """`/summary [period] [by …]`: one picture, one text, buttons for everything else."""
    try:
        period, by = parse(text, turn.vocabulary.breakdowns)
    except BreakdownError as error:
        turn.say("summary-by-unknown", said=trim(error.said, 40))
        return
    await _show_summary(turn, SummaryButton(period or "month", BREAKDOWN_CODES[by]), fresh=True)


async def on_press(turn: Turn, button: SummaryButton) -> None:
    if button.by not in BREAKDOWNS or button.view not in {FIGURES, CASES, CASE, TERMS, *MENUS}:
        turn.toast("not-now")
        return
    await _show_summary(turn, button, fresh=False)


async def owe_summary(
    batch: Batch, chat: int, language: str, wish: FigureQuery, *, priority: Priority = Priority.STAFF
) -> None:
    """Enqueue a summary that nobody asked for, in this chat and language."""
    summary = await _fetch_summary(batch, language, wish)
    mark = SummaryButton(wish.period.code, BREAKDOWN_CODES[wish.by])
    attachments.send_picture(
        batch,
        chat,
        _choose_picture(wish),
        summary,
        language=language,
        name=f"summary:{batch.services.next_id()}",
        caption=format_summary_caption(summary, _make_plain_say(batch, language)),
        rows=draw_buttons(mark, summary, 0),
        priority=priority,
    )


# --- what is asked for -----------------------------------------------------------------------------------------------


async def _show_summary(turn: Turn, button: SummaryButton, *, fresh: bool) -> None:
    seen = await visibility.find_figures_departments(turn)
    if seen == visibility.NO_DEPARTMENTS:
        key = "summary-not-here" if turn.person.is_manager else "summary-only-heads"
        turn.toast(key, alert=True)
        return
    try:
        period = parse_period(button.period, turn.now, turn.company.zone, turn.vocabulary.periods)
    except PeriodError as error:
        turn.toast(error.key, alert=True, **error.values)
        return
    button = SummaryButton(period.code, button.by, button.unit, button.view, button.n)
    if button.view == TERMS:
        _explain_figures(turn, button)
        return
    if button.view in MENUS and turn.pressed_at is not None:
        turn.batch.redraw_buttons(turn.chat, turn.pressed_at, draw_menu(button, period), language=turn.language)
        return
    wish = FigureQuery(period, BREAKDOWNS[button.by], departments=seen)
    if button.unit:
        value = await _find_unit(turn, wish, button.unit)
        if value is None:
            turn.toast("summary-unit-gone", alert=True)
            return
        wish = replace(wish, value=value)
    page = button.n if button.view == FIGURES else 0
    summary = await _fetch_summary(turn.batch, turn.language, wish, page)
    view = await _draw_view(turn, button, wish, summary)
    if view is None:
        turn.toast("not-now")
        return
    attachments.send_picture(
        turn.batch,
        turn.chat,
        _choose_picture(wish),
        summary,
        language=turn.language,
        name=f"summary:{turn.person.telegram_id}",
        caption=view.caption,
        rows=view.rows,
        message_id=turn.pressed_at,
        fresh=fresh,
        priority=Priority.PEOPLE if turn.private else Priority.STAFF,
    )


def _explain_figures(turn: Turn, button: SummaryButton) -> None:
    """A message of its own, since a caption has no room for it: what each of the figures shown counts."""
    rules, say = turn.company.figures, _make_plain_say(turn.batch, turn.language)
    defined = define_terms(
        list_shown_terms(BREAKDOWNS[button.by], unit=bool(button.unit)),
        say,
        satisfied=rules.satisfied_from,
        basically=rules.basically_from,
        days=round(turn.company.handling.repeat_within_days),
    )
    lines = [turn.text("summary-term", term=term, means=means) for term, means in defined]
    turn.say_html("\n\n".join([turn.text("summary-explain-title"), *lines]))


async def _fetch_summary(batch: Batch, language: str, wish: FigureQuery, page: int = 0) -> Summary:
    """The requested summary, with names for those of its units that are shown: the worst, and the page of buttons."""
    company = batch.services.company
    summary = await figures.fetch_summary(batch.tx, wish, batch.now, compute_terms(company))
    worst = sort_worst_first(summary.units)
    shown = [*worst[:ROWS], *worst[page * PAGE : (page + 1) * PAGE], *([summary.unit] if summary.unit else [])]
    keys = list(dict.fromkeys(unit.key for unit in shown))
    names = await fetch_unit_names(batch, wish.by, keys, language)

    return replace(
        summary,
        units=tuple(replace(unit, name=names.get(unit.key) or unit.key) for unit in summary.units),
        unit=replace(summary.unit, name=names[summary.unit.key]) if summary.unit else None,
        categories=tuple(
            replace(unit, name=name_unit(batch, By.CATEGORY, unit.key, language)) for unit in summary.categories
        ),
        seen=tuple(name_unit(batch, By.DEPARTMENT, key, language) for key in summary.seen),
    ).with_rules(company)


async def _find_unit(turn: Turn, wish: FigureQuery, hashed: str) -> str | None:
    """The unit that a button means, None if the period has no such unit."""
    units = await figures.list_units(turn.tx, wish)
    return next((key for key in units if hash_unit(key) == hashed), None)


def _choose_picture(wish: FigureQuery) -> str:
    return "summary" if wish.value is not None else _PICTURES.get(wish.by, "units")


def _make_plain_say(batch: Batch, language: str) -> RenderText:
    return lambda key, /, **values: batch.services.texts.plain(language, key, values)


# --- how it looks ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _SummaryView:
    caption: str
    rows: tuple[KeyboardRow, ...]


async def _draw_view(turn: Turn, button: SummaryButton, wish: FigureQuery, summary: Summary) -> _SummaryView | None:
    match button.view:
        case "c":
            return await _draw_case_list(turn, button, wish)
        case "k":
            return await _draw_case(turn, button)
        case _:
            worse = await worsening.find_worse(turn, wish)
            caption = format_summary_caption(summary, _make_plain_say(turn.batch, turn.language), worse)
            first = (worsening.draw_worse_row(button, worse[1]),) if worse is not None else ()
            counted = wish.value is not None or wish.by is By.ALL
            count = await figures.count_cases_behind(turn.tx, wish) if counted else 0
            return _SummaryView(caption, (*first, *draw_buttons(button, summary, count)))


async def _draw_case_list(turn: Turn, button: SummaryButton, wish: FigureQuery) -> _SummaryView:
    """The cases behind the figures, ten per page."""
    count = await figures.count_cases_behind(turn.tx, wish)
    page = min(button.n, max(count - 1, 0) // PAGE)
    name = (await fetch_unit_names(turn.batch, wish.by, [wish.value or ""], turn.language))[wish.value or ""]
    listed = await figures.list_cases_behind(turn.tx, wish, limit=PAGE, offset=page * PAGE)
    lines = [
        turn.text(
            "summary-cases-head",
            count=count,
            unit="all" if wish.value is None else name,
            pages=-(-count // PAGE) or 1,
            page=page + 1,
        )
    ]
    lines += [_draw_case_line(turn, case) for case in listed]
    keys = [Key(Words(case.number), lead_to(button, CASE, case.id)) for case in listed]
    pages = draw_pager(lambda n: lead_to(button, CASES, n), page, more=(page + 1) * PAGE < count)
    back = [Key(Text("summary-back"), lead_to(button, FIGURES))]
    return _SummaryView("\n".join(lines), (*arrange_buttons(keys), *pages, tuple(back)))


def _draw_case_line(turn: Turn, case: Case) -> str:
    """A case in short: ten of these fit in a caption."""
    state = turn.plain(f"state-{case.state.replace('_', '-')}")
    return turn.text(
        "summary-case-line", number=case.number, state=state, opened=cards.format_moment(case.created_at, turn.company)
    )


async def _draw_case(turn: Turn, button: SummaryButton) -> _SummaryView | None:
    """One case in short; its file opens in a separate message."""
    case = await cases.get(turn.tx, button.n)
    if case is None or not await visibility.may_see(turn, case):
        return None
    category = turn.company.categories.get(case.category)
    caption = turn.text(
        "case-in-short",
        number=case.number,
        state=turn.plain(f"state-{case.state.replace('_', '-')}"),
        category=localize(category.name, turn.language) if category else case.category,
        department=turn.company.department_name(case.department, turn.language),
        waybill=case.waybill or "—",
        owner=case.owner_name or "—",
        opened=cards.format_moment(case.created_at, turn.company),
        due=cards.format_moment(case.due_at, turn.company),
        words=trim(" ".join(turn.services.mask_words(case.description, case.waybill).split()), 400) or "—",
    )
    rows = (
        (Key(Text("summary-open-file"), CaseViewButton(case.id, "o")),),
        (Key(Text("summary-back"), lead_to(button, CASES)),),
    )
    return _SummaryView(caption, rows)
