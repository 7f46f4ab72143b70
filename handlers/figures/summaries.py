"""Summary, `/summary`: counted in the transaction, drawn when sent; from any figure to the cases behind it, in the same message.

1. A button says what it leads to (period, breakdown, unit, page): the message holds no state that a restart could lose.
   A unit is identified by a hash of its value, which fits in a button whatever its name; it is looked up among the
   units of the period.
2. What may be seen is decided again at each press, by who presses and where (`visibility.find_figures_departments`).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from conversations.buttons import CaseViewButton, ExportButton, ReportButton, SummaryButton
from conversations.protocol import Key, KeyboardRow, Text, Words
from domain.cases.case import Case
from domain.figures.breakdown import BreakdownError, By, parse
from domain.figures.maturity import compute_terms
from domain.figures.period import PeriodError, earlier, parse_period
from domain.figures.summary import Summary, SummaryUnit
from domain.surveys.survey import localize
from handlers.access import visibility
from handlers.cases.life import cards
from handlers.turns import attachments
from handlers.turns.batch import Batch
from handlers.turns.pager import draw_pager
from handlers.turns.turn import Turn
from reports.pictures.summary_caption import format_summary_caption
from reports.pictures.units import sort_worst_first
from reports.wording.terms import define_terms, list_shown_terms
from reports.wording.wording import RenderText
from storage.cases import cases
from storage.figures import figures, rankings
from storage.figures.figures import FigureQuery
from storage.queue.outbox import Priority
from texts.length import trim

PERIODS = ("today", "week", "month", "quarter", "year")
BREAKDOWN_CODES = {
    By.ALL: "",
    By.DEPARTMENT: "d",
    By.COURIER: "c",
    By.ROUTE: "r",
    By.STATION: "s",
    By.SERVICE: "v",
    By.CUSTOMER_TYPE: "t",
    By.CATEGORY: "g",
    By.PRIORITY: "p",
    By.HOUR: "h",
}
FIGURES, CASES, CASE, TERMS = "", "c", "k", "w"
"""What a button leads to: figures (`n`: a page of units to choose from), the cases behind them (`n`: a page), one of
those cases (`n`: its id), what the figures mean.
"""

PAGE = 10
_BREAKDOWNS = {code: by for by, code in BREAKDOWN_CODES.items()}
_PICTURES = {By.CATEGORY: "pareto", By.HOUR: "heat", By.ALL: "summary"}
_LABEL_CHARACTERS = 28


async def on_command(turn: Turn, text: str) -> None:
    """`/summary [period] [by …]`: one picture, one text, buttons for everything else."""
    try:
        period, by = parse(text, turn.vocabulary.breakdowns)
    except BreakdownError as error:
        turn.say("summary-by-unknown", said=trim(error.said, 40))
        return
    await _show_summary(turn, SummaryButton(period or "month", BREAKDOWN_CODES[by]), fresh=True)


async def on_press(turn: Turn, button: SummaryButton) -> None:
    if button.by not in _BREAKDOWNS or button.view not in {FIGURES, CASES, CASE, TERMS}:
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
        rows=_draw_buttons(mark, summary, ()),
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
    wish = FigureQuery(period, _BREAKDOWNS[button.by], departments=seen)
    if button.unit:
        value = await _find_unit(turn, wish, button.unit)
        if value is None:
            turn.toast("summary-unit-gone", alert=True)
            return
        wish = replace(wish, value=value)
    summary = await _fetch_summary(turn.batch, turn.language, wish)
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
        list_shown_terms(_BREAKDOWNS[button.by], unit=bool(button.unit)),
        say,
        satisfied=rules.satisfied_from,
        basically=rules.basically_from,
        days=round(turn.company.handling.repeat_within_days),
    )
    lines = [turn.text("summary-term", term=term, means=means) for term, means in defined]
    turn.say_html("\n\n".join([turn.text("summary-explain-title"), *lines]))


async def _fetch_summary(batch: Batch, language: str, wish: FigureQuery) -> Summary:
    """The requested summary, with names for people."""
    company = batch.services.company
    summary = await figures.fetch_summary(batch.tx, wish, batch.now, compute_terms(company))
    keys = [unit.key for unit in (*summary.units, *([summary.unit] if summary.unit else []))]
    couriers = await rankings.fetch_courier_names(batch.tx, keys[:PAGE]) if wish.by is By.COURIER else {}

    def name_unit(unit: SummaryUnit, by: By) -> SummaryUnit:
        return replace(unit, name=_name_unit(batch, language, by, unit.key, couriers))

    return replace(
        summary,
        units=tuple(name_unit(unit, wish.by) for unit in summary.units),
        unit=name_unit(summary.unit, wish.by) if summary.unit else None,
        categories=tuple(name_unit(unit, By.CATEGORY) for unit in summary.categories),
        seen=tuple(_name_unit(batch, language, By.DEPARTMENT, key, {}) for key in summary.seen),
    ).with_rules(company)


def _name_unit(batch: Batch, language: str, by: By, key: str, couriers: dict[str, str]) -> str:
    """What people call a unit; an empty value is shown as unspecified."""
    company = batch.services.company
    if not key:
        return batch.services.texts.plain(language, "summary-unit-none", {})
    if by in {By.ALL, By.DEPARTMENT}:
        return company.department_name(key, language)
    if by is By.CATEGORY and key in company.categories:
        return localize(company.categories[key].name, language)
    return f"{couriers[key]} ({key})" if key in couriers else key


async def _find_unit(turn: Turn, wish: FigureQuery, hashed: str) -> str | None:
    """The unit that a button means, None if the period has no such unit."""
    units = await figures.list_units(turn.tx, wish)
    return next((key for key in units if hash_unit(key) == hashed), None)


def hash_unit(value: str) -> str:
    """A unit's identifier in a button."""
    return hashlib.blake2b(value.encode(), digest_size=4).hexdigest()


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
            caption = format_summary_caption(summary, _make_plain_say(turn.batch, turn.language))
            count = (
                await figures.count_cases_behind(turn.tx, wish) if wish.value is not None or wish.by is By.ALL else 0
            )
            more = (
                [Key(Text("summary-cases-behind", {"count": count}), _make_button(button, view=CASES, n=0))]
                if count
                else []
            )
            return _SummaryView(caption, _draw_buttons(button, summary, tuple(more)))


def _make_button(button: SummaryButton, *, view: str, n: int) -> SummaryButton:
    """The same unit and period in another view."""
    return SummaryButton(button.period, button.by, button.unit, view, n)


def _draw_buttons(button: SummaryButton, summary: Summary, more: tuple[Key, ...]) -> tuple[KeyboardRow, ...]:
    """Units to choose from, cases, other periods, other breakdowns, reports and exports."""
    units = sort_worst_first(summary.units) if summary.unit is None and summary.by not in {By.ALL, By.HOUR} else []
    page = min(button.n, max(len(units) - 1, 0) // PAGE)
    chosen = [
        Key(Words(trim(unit.name, _LABEL_CHARACTERS)), SummaryButton(button.period, button.by, hash_unit(unit.key)))
        for unit in units[page * PAGE : (page + 1) * PAGE]
    ]
    pages = draw_pager(lambda n: _make_button(button, view=FIGURES, n=n), page, more=(page + 1) * PAGE < len(units))
    back = [Key(Text("summary-back"), SummaryButton(button.period, button.by))] if summary.unit is not None else []
    periods = [
        Key(
            Text(f"period-{code}", {"chosen": "yes" if code == button.period else "no"}),
            SummaryButton(code, button.by, button.unit),
        )
        for code in PERIODS
    ]
    by = [
        Key(
            Text("summary-by", {"by": one.value, "chosen": "yes" if one is summary.by else "no"}),
            SummaryButton(button.period, code),
        )
        for one, code in BREAKDOWN_CODES.items()
    ]
    papers = [
        Key(Text("summary-explain"), _make_button(button, view=TERMS, n=0)),
        Key(Text("summary-export"), ExportButton(button.period)),
        Key(Text("summary-report"), ReportButton(button.period)),
    ]
    periods.append(Key(Text("period-earlier"), SummaryButton(earlier(summary.period).code, button.by, button.unit)))
    rows: list[Sequence[Key]] = [
        *_arrange_buttons(chosen, 2),
        *pages,
        [*back, *more],
        *_arrange_buttons(periods, 3),
        *_arrange_buttons(by, 3),
        papers,
    ]
    return tuple(tuple(row) for row in rows if row)


def _arrange_buttons(keys: list[Key], width: int) -> list[list[Key]]:
    return [keys[at : at + width] for at in range(0, len(keys), width)]


async def _draw_case_list(turn: Turn, button: SummaryButton, wish: FigureQuery) -> _SummaryView:
    """The cases behind the figures, ten per page."""
    count = await figures.count_cases_behind(turn.tx, wish)
    page = min(button.n, max(count - 1, 0) // PAGE)
    listed = await figures.list_cases_behind(turn.tx, wish, limit=PAGE, offset=page * PAGE)
    lines = [
        turn.text(
            "summary-cases-head",
            count=count,
            unit=_name_wish_unit(turn, wish),
            pages=-(-count // PAGE) or 1,
            page=page + 1,
        )
    ]
    lines += [_draw_case_line(turn, case) for case in listed]
    keys = [Key(Words(case.number), _make_button(button, view=CASE, n=case.id)) for case in listed]
    pages = draw_pager(lambda n: _make_button(button, view=CASES, n=n), page, more=(page + 1) * PAGE < count)
    back = [Key(Text("summary-back"), _make_button(button, view=FIGURES, n=0))]
    return _SummaryView("\n".join(lines), (*(tuple(row) for row in _arrange_buttons(keys, 2)), *pages, tuple(back)))


def _name_wish_unit(turn: Turn, wish: FigureQuery) -> str:
    return "all" if wish.value is None else _name_unit(turn.batch, turn.language, wish.by, wish.value, {})


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
        (Key(Text("summary-back"), _make_button(button, view=CASES, n=0)),),
    )
    return _SummaryView(caption, rows)
