"""The cases behind a period of a chart: a list, ten a page, turned where it stands (M4). They are for whoever may see these cases."""

from collections.abc import Mapping
from datetime import date

from conversations.buttons import Behind
from conversations.protocol import Key, Row, Text
from domain.company import Company
from domain.figures import spans
from domain.figures.breakdown import By
from domain.figures.period import PeriodError, parse_period
from domain.figures.spans import Grain, Span
from domain.surveys.survey import words
from handlers.access import scope
from handlers.cases.file import finding
from handlers.turns.batch import Batch, Turn
from reports.wording import signals
from reports.wording.wording import Say
from storage.figures import figures
from storage.figures.figures import Wish
from storage.queue import outbox

PAGE = 10
GRAINS: Mapping[str, Grain] = {"d": "day", "w": "week", "m": "month"}
CODES: Mapping[str, str] = {grain: code for code, grain in GRAINS.items()}
_NAME = "behind:"
_DIGITS = 7


async def pressed(turn: Turn, button: Behind) -> None:
    """The list, or another page of it."""
    found, seen = _meant(turn.batch, button), await scope.of(turn)
    if found is None:
        turn.toast("not-now")
        return
    if seen == scope.NOTHING or (seen is not None and button.department and button.department not in seen):
        turn.toast("not-yours", alert=True)
        return
    grain, span, wish = found
    if seen is not None and not button.department:
        wish = Wish(wish.period, departments=seen)
    count = await figures.count_behind(turn.tx, wish)
    when = signals.when(span, grain, say_in(turn.batch, turn.language))
    if not count:
        turn.toast("trend-behind-none", when=when, alert=True)
        return
    page = min(button.page, (count - 1) // PAGE)
    name, scoped = name_of(turn.company, button.department, turn.language), "yes" if button.department else "no"
    html, rows = await listed(turn.batch, wish, turn.language, page)
    known = await outbox.name_of(turn.tx, turn.chat, turn.pressed_at) if turn.pressed_at is not None else None
    stands = known if known is not None and known.startswith(_NAME) else None
    turn.batch.show(
        turn.chat,
        stands or f"{_NAME}{turn.services.next_id()}",
        "\n".join([turn.text("trend-behind", when=when, scoped=scoped, unit=name, count=count), *html]),
        (*rows, *turns(button, page, count)),
        language=turn.language,
        message_id=turn.pressed_at if stands else None,
        fresh=stands is None,
        priority=outbox.PEOPLE if turn.private else outbox.STAFF,
    )


async def listed(batch: Batch, wish: Wish, language: str, page: int = 0) -> tuple[list[str], tuple[Row, ...]]:
    """Ten cases: their lines, and a button for each."""
    cases = await figures.cases_behind(batch.tx, wish, limit=PAGE, offset=page * PAGE)
    return [finding.line(batch, case, language) for case in cases], finding.case_rows(cases)


def button(grain: Grain, first: date, department: str, page: int = 0) -> Behind:
    return Behind(f"{CODES[grain]}{first.toordinal()}", department, page)


def turns(at: Behind, page: int, count: int) -> tuple[Row, ...]:
    """To the pages before and after this one of a list of so many."""
    row = [Key(Text("list-before"), Behind(at.period, at.department, page - 1))] if page else []
    row += [Key(Text("list-more"), Behind(at.period, at.department, page + 1))] if (page + 1) * PAGE < count else []
    return (tuple(row),) if row else ()


def wish_for(batch: Batch, span: Span, department: str) -> Wish:
    """The cases of this span, of one department or (empty) of all. Raises PeriodError for one that is still to come."""
    period = parse_period(span.code, batch.now, batch.services.company.zone)
    return Wish(period, By.DEPARTMENT, department) if department else Wish(period)


def _meant(batch: Batch, pressed_: Behind) -> tuple[Grain, Span, Wish] | None:
    """What a button names; None for what was never on one."""
    grain, number = GRAINS.get(pressed_.period[:1]), pressed_.period[1:]
    if grain is None or not (number.isascii() and number.isdecimal() and len(number) <= _DIGITS):
        return None
    if pressed_.department and pressed_.department not in batch.services.company.departments:
        return None
    try:
        found = spans.span(grain, date.fromordinal(int(number)))
        return grain, found, wish_for(batch, found, pressed_.department)
    except (ValueError, OverflowError, PeriodError):
        return None


# --- words -----------------------------------------------------------------------------------------------------------


def department_of(company: Company, name: str) -> str | None:
    """The department of this key, or of this name in any language."""
    wanted = name.casefold()
    for key, department in company.departments.items():
        if wanted in {key.casefold(), *(one.casefold() for one in department.name.values())}:
            return key
    return None


def name_of(company: Company, department: str, language: str) -> str:
    """A department's name, empty for the whole company."""
    return words(company.departments[department].name, language) if department in company.departments else department


def say_in(batch: Batch, language: str) -> Say:
    """Renders texts as HTML."""
    return lambda key, /, **values: batch.services.texts.html(language, key, values)


def plain_in(batch: Batch, language: str) -> Say:
    """Renders texts as plain text."""
    return lambda key, /, **values: batch.services.texts.plain(language, key, values)
