"""Leaderboard, `/leaderboard` (M6): the couriers or departments whose customers were clearly more, or less, satisfied than the rest.

1. Managers see all; a head sees the couriers of their own department, by deliveries for it. Nobody else sees any.
2. Those with fewer answers than the company's minimum are counted but not shown.
   A period that still grows says so, in the words of the summary.
3. A month's departments have their scores beside them (M11). Scores made of all parts are listed best first, the others
   apart and in the company's order, since scores of different parts do not compare.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from conversations.buttons import LeaderboardButton
from conversations.protocol import Key, KeyboardRow, Text
from domain.figures.breakdown import By
from domain.figures.maturity import Cohort, compute_maturity, list_growing
from domain.figures.period import Kind, Period, PeriodError, parse_period
from domain.figures.ranking import RankedUnit, Ranking, rank_units
from domain.figures.score import Score
from handlers.access import visibility
from handlers.figures import drill_down
from handlers.figures.unit_names import fetch_unit_names
from handlers.turns.batch import Batch
from handlers.turns.pager import draw_pager
from handlers.turns.turn import Turn
from reports.wording.wording import format_growing, format_period, format_share
from storage.figures import rankings
from storage.queue.outbox import Priority

PAGE = 20
KINDS: Mapping[str, By] = {"c": By.COURIER, "d": By.DEPARTMENT}
PERIODS = ("week", "month", "quarter", "year")
_CODES = {by: what for what, by in KINDS.items()}


async def on_command(turn: Turn, args: str) -> None:
    """`/leaderboard [period] [couriers|departments]`; by default couriers, this month."""
    vocabulary = turn.vocabulary
    said = [word for word in args.split() if word.casefold() not in vocabulary.aside]
    meant = {word: _CODES.get(vocabulary.breakdowns.known.get(vocabulary.bare(word), By.ALL)) for word in said}
    whats = [what for what in meant.values() if what]
    period = " ".join(word for word in said if not meant[word])
    await _show_leaderboard(turn, LeaderboardButton(whats[0] if whats else "c", period or "month"), fresh=True)


async def on_press(turn: Turn, button: LeaderboardButton) -> None:
    """A press: another period, the other kind, or another page."""
    if button.what not in KINDS:
        turn.toast("not-now")
    else:
        await _show_leaderboard(turn, button, fresh=False)


async def _show_leaderboard(turn: Turn, button: LeaderboardButton, *, fresh: bool) -> None:
    seen = await visibility.find_figures_departments(turn)
    if seen == visibility.NO_DEPARTMENTS:
        turn.toast("ranking-only-heads", alert=True)
        return
    if seen is not None and button.what != "c":
        turn.toast("ranking-own-couriers", alert=True)
        return
    try:
        period = parse_period(button.period, turn.now, turn.company.zone, turn.vocabulary.periods)
    except PeriodError as error:
        turn.toast(error.key, alert=True, **error.values)
        return
    minimum = turn.company.figures.leaderboard_minimum
    ranking = rank_units(await rankings.compare_units(turn.tx, period, KINDS[button.what], seen), minimum)
    page = min(button.page, max(len(ranking.units) - 1, 0) // PAGE)
    shown = ranking.units[page * PAGE : (page + 1) * PAGE]
    names = await fetch_unit_names(turn.batch, KINDS[button.what], [unit.key for unit in shown], turn.language)
    lines = [_draw_head(turn, button.what, period, seen), *_draw_groups(turn, ranking, shown, names)]
    if button.what == "d" and period.kind is Kind.MONTH:
        lines += await _draw_month_scores(turn, period)
    lines += ["", turn.text("ranking-note", compared=ranking.compared)]
    if growing := _format_growing(turn, period, scored=button.what == "d" and period.kind is Kind.MONTH):
        lines.append(turn.text("ranking-growing", growing=growing))
    turn.batch.show(
        turn.chat,
        f"leaderboard:{turn.person.telegram_id}",
        "\n".join(lines),
        _draw_buttons(button, period, page, len(ranking.units), all_=seen is None),
        language=turn.language,
        message_id=None if fresh else turn.pressed_at,
        fresh=fresh,
        priority=Priority.PEOPLE if turn.private else Priority.STAFF,
    )


def draw_scores(batch: Batch, scores: Mapping[str, Score], language: str) -> list[str]:
    """Scores made of all parts, best first; then the others, apart, each with its parts and with what is missing."""
    say = drill_down.make_html_say(batch, language)
    complete = {department: one for department, one in scores.items() if one.is_complete}
    ordered = sorted(complete.items(), key=lambda item: -(item[1].value or 0.0))
    lines = [_draw_score(batch, department, score, language) for department, score in ordered]
    others = [
        _draw_score(batch, department, score, language)
        for department, score in scores.items()
        if department not in complete
    ]
    return [*lines, *(["", say("score-incomplete")] if others and len(scores) > 1 else []), *others]


def _draw_score(batch: Batch, department: str, score: Score, language: str) -> str:
    """A department's score with the parts that count and their n, and what is missing with its n."""
    say = drill_down.make_html_say(batch, language)
    counted = [
        say("score-part", part=part.name, value=f"{part.value:.0f}", n=part.n, weight=f"{part.weight * 100:.0f}")
        for part in score.parts
        if part.value is not None
    ]
    missing = [say("score-part-missing", part=part.name, n=part.n) for part in score.missing]
    return say(
        "score-line",
        unit=batch.services.company.department_name(department, language),
        known="no" if score.value is None else "all" if score.is_complete else "some",
        value="" if score.value is None else f"{score.value:.1f}",
        parts=" · ".join(counted),
        missing=" · ".join(missing),
    )


async def _draw_month_scores(turn: Turn, period: Period) -> list[str]:
    weights = turn.company.figures.score_weights
    scores = await rankings.fetch_scores(turn.tx, period, turn.company.case_departments, weights, turn.now)
    return ["", turn.text("score-head"), *draw_scores(turn.batch, scores, turn.language)]


def _format_growing(turn: Turn, period: Period, *, scored: bool) -> str:
    """Until when the answers of the period come in, and with scores its handling; empty for a complete period."""
    growing = dict(list_growing(period, compute_maturity(turn.company), turn.now.astimezone(period.zone).date()))
    cohorts = (Cohort.ANSWERS, Cohort.HANDLING) if scored else (Cohort.ANSWERS,)
    return format_growing(drill_down.make_plain_say(turn.batch, turn.language), growing, cohorts)


def _draw_head(turn: Turn, what: str, period: Period, seen: tuple[str, ...] | None) -> str:
    when = format_period(drill_down.make_plain_say(turn.batch, turn.language), period)
    units = [turn.company.department_name(one, turn.language) for one in seen or ()]
    return turn.text("ranking-head", what=what, when=when, scoped="yes" if units else "no", unit=", ".join(units))


def _draw_groups(turn: Turn, ranking: Ranking, shown: Sequence[RankedUnit], names: Mapping[str, str]) -> list[str]:
    """The units of this page, under a line per group; then how many are not shown."""
    say = drill_down.make_plain_say(turn.batch, turn.language)
    lines: list[str] = []
    for verdict, units in groupby(shown, key=lambda one: one.verdict):
        lines += ["", turn.text("ranking-group", verdict=verdict.value, count=ranking.count(verdict))]
        lines += [
            turn.text("ranking-line", name=names[unit.key], share=format_share(say, "ranking-share", unit.share))
            for unit in units
        ]
    minimum = turn.company.figures.leaderboard_minimum
    if not shown:
        lines += ["", turn.text("ranking-nobody", minimum=minimum)]
    if ranking.hidden:
        lines += ["", turn.text("ranking-hidden", count=ranking.hidden, minimum=minimum)]
    return lines


def _draw_buttons(
    button: LeaderboardButton, period: Period, page: int, count: int, *, all_: bool
) -> tuple[KeyboardRow, ...]:
    """Pages, periods, and couriers or departments; a head can only choose couriers."""
    what = button.what
    pages = draw_pager(lambda n: LeaderboardButton(what, period.code, n), page, more=(page + 1) * PAGE < count)
    periods = tuple(
        Key(Text(f"period-{code}", {"chosen": "yes" if code == period.code else "no"}), LeaderboardButton(what, code))
        for code in PERIODS
    )
    kinds = tuple(
        Key(
            Text("ranking-what", {"what": one, "chosen": "yes" if one == what else "no"}),
            LeaderboardButton(one, period.code),
        )
        for one in KINDS
    )
    return tuple(row for row in (*pages, periods, kinds if all_ else ()) if row)
