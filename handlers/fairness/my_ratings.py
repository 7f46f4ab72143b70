"""Own ratings, `/myratings` and `/appeal` (F1): people see how they are rated, ten ratings per page, edited in place.

1. Who is rated, and as what, follows from the roles at each press. Couriers see the ratings recorded for their id,
   staff how the handling of their cases was rated, by case number: they know the case.
2. Nothing that leads to the customer is shown, and only days, no times.
"""

from datetime import timedelta

from conversations.buttons import AppealButton, MyRatingsButton
from conversations.protocol import Key, KeyboardRow, Text
from domain.fairness.appeal import is_in_time
from domain.figures.evidence import HIDDEN_BELOW, find_strength
from domain.figures.figures import Tally, weighted_score
from handlers.fairness import rating_wording
from handlers.turns.pager import NEWEST_FIRST, draw_pager
from handlers.turns.turn import Turn
from reports.wording.wording import format_ratings
from storage.fairness import own_ratings

PAGE = 10
YEAR = timedelta(days=365)
DELIVERIES, HANDLING, APPEALABLE = "d", "h", "a"
_BUTTONS_PER_ROW = 5


async def on_command(turn: Turn, _args: str) -> None:
    """`/myratings`: deliveries for a courier, handling of cases for staff, a choice for somebody who is both."""
    await _show_first_page(turn, appealable=False)


async def on_appeal_command(turn: Turn, _args: str) -> None:
    """`/appeal`: the ratings that can be appealed."""
    await _show_first_page(turn, appealable=True)


async def _show_first_page(turn: Turn, *, appealable: bool) -> None:
    person = turn.person
    if appealable and not person.couriers:
        turn.say("myratings-no-courier")
    elif not (person.couriers or person.departments):
        turn.say("myratings-nobody")
    else:
        kind = APPEALABLE if appealable else DELIVERIES if person.couriers else HANDLING
        await _show_page(turn, MyRatingsButton(kind), fresh=True)


async def on_press(turn: Turn, button: MyRatingsButton) -> None:
    """Another page, or the other kind."""
    may = turn.person.departments if button.what == HANDLING else turn.person.couriers
    if button.what not in {DELIVERIES, HANDLING, APPEALABLE} or not turn.private:
        turn.toast("not-now")
    elif not may:
        turn.toast("not-yours", alert=True)
    else:
        await _show_page(turn, button, fresh=False)


async def _show_page(turn: Turn, button: MyRatingsButton, *, fresh: bool) -> None:
    """Show one page; the first if it no longer exists."""
    show = _draw_handling if button.what == HANDLING else _draw_deliveries
    page = await show(turn, button)
    if page is None:
        button = MyRatingsButton(button.what)
        page = await show(turn, button) or ([], ())
    lines, rows = page
    turn.batch.show(
        turn.chat,
        f"rated:{turn.person.id}",
        "\n".join(lines),
        (*rows, *_draw_kind_buttons(turn, button)),
        language=turn.language,
        message_id=None if fresh else turn.pressed_at,
        fresh=fresh,
    )


async def _draw_deliveries(turn: Turn, button: MyRatingsButton) -> tuple[list[str], tuple[KeyboardRow, ...]] | None:
    """What customers said about this courier's deliveries; None if there is no such page."""
    couriers, since = turn.person.couriers, turn.now - YEAR
    within = timedelta(days=turn.company.fairness.appeal_within_days)
    only = turn.now - within if button.what == APPEALABLE else None
    at = button.page * PAGE
    ratings = await own_ratings.list_page(turn.tx, couriers, since, limit=PAGE + 1, offset=at, appealable_since=only)
    if not ratings and button.page:
        return None
    if button.what == APPEALABLE:
        days = f"{turn.company.fairness.appeal_within_days:g}"
        lines = [turn.text("myratings-head-appeal" if ratings else "myratings-none-appeal", days=days)]
    else:
        tally = await own_ratings.count_ratings(turn.tx, couriers, since)
        lines = [turn.text("myratings-head", couriers=", ".join(sorted(couriers))), *_draw_figures(turn, tally)]
        lines += [] if ratings else [turn.text("myratings-none")]
    keys = []
    for place, rating in enumerate(ratings[:PAGE], at + 1):
        lines += ["", *_draw_rating(turn, place, rating)]
        if not rating.appeal and is_in_time(rating.rated_at, turn.now, within):
            keys.append(Key(Text("myratings-appeal", {"place": place}), AppealButton(rating.invitation, "a")))
    rows = tuple(tuple(keys[n : n + _BUTTONS_PER_ROW]) for n in range(0, len(keys), _BUTTONS_PER_ROW))
    return lines, (*rows, *_draw_page_buttons(button, more=len(ratings) > PAGE))


def _draw_rating(turn: Turn, place: int, rating: own_ratings.OwnRating) -> list[str]:
    day, scores = (
        rating_wording.format_day(turn.services, rating.rated_at),
        rating_wording.format_scores(turn.services, rating, turn.language),
    )
    lines = [turn.text("myratings-line", place=place, day=day, scores=scores)]
    if reasons := rating_wording.format_reasons(turn.services, rating, turn.language):
        lines.append(turn.text("myratings-ticked", reasons=reasons))
    if rating.on_behalf:
        lines.append(turn.text("myratings-on-behalf"))
    if rating.appeal:
        lines.append(turn.text("myratings-appealed", state=rating.appeal))
    return lines


async def _draw_handling(turn: Turn, button: MyRatingsButton) -> tuple[list[str], tuple[KeyboardRow, ...]] | None:
    """What customers said about the handling of this person's cases; None if there is no such page."""
    ratings = await own_ratings.list_handling_ratings(
        turn.tx, turn.person.id, limit=PAGE + 1, offset=button.page * PAGE
    )
    if not ratings and button.page:
        return None
    lines = [
        turn.text("myratings-head-handling"),
        *_draw_figures(turn, await own_ratings.count_handling_ratings(turn.tx, turn.person.id)),
    ]
    lines += [""] if ratings else [turn.text("myratings-none-handling")]
    for rating in ratings[:PAGE]:
        day = rating_wording.format_day(turn.services, rating.closed_at) if rating.closed_at is not None else "–"
        lines.append(turn.text("myratings-handling-line", number=rating.number, day=day, score=rating.score))
    return lines, _draw_page_buttons(button, more=len(ratings) > PAGE)


def _draw_figures(turn: Turn, tally: Tally) -> list[str]:
    """n, how often each rating was given, and the mean if n is large enough (rule M3)."""
    if not tally.n:
        return []
    spread = format_ratings(lambda key, /, **values: turn.text(key, **values), tally)
    if tally.n < HIDDEN_BELOW:
        return [spread, turn.text("myratings-too-few", n=tally.n)]
    return [
        spread,
        turn.text(
            "myratings-mean",
            mean=f"{weighted_score(tally) / tally.n:.2f}",
            n=tally.n,
            strength=find_strength(tally.n).value,
        ),
    ]


def _draw_page_buttons(button: MyRatingsButton, *, more: bool) -> tuple[KeyboardRow, ...]:
    return draw_pager(lambda n: MyRatingsButton(button.what, n), button.page, more=more, labels=NEWEST_FIRST)


def _draw_kind_buttons(turn: Turn, button: MyRatingsButton) -> tuple[KeyboardRow, ...]:
    """The choice between the two kinds, for somebody rated in both."""
    if button.what == APPEALABLE or not (turn.person.couriers and turn.person.departments):
        return ()
    labels = {DELIVERIES: "myratings-deliveries", HANDLING: "myratings-handling"}
    return (
        tuple(
            Key(
                Text("myratings-chosen", {"part": turn.plain(key)}) if what == button.what else Text(key),
                MyRatingsButton(what),
            )
            for what, key in labels.items()
        ),
    )
