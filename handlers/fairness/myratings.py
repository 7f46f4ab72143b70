"""`/myratings` and `/appeal`: whoever is rated sees how, ten ratings a page, edited in place (F1).

1. Who is rated, and as whom, is read off the roles at each press. Couriers see the ratings frozen to their id, staff how the handling of
   their cases was rated, by the case's number: they know the case.
2. Nothing that leads to the customer is shown, and no time, only days.
"""

from datetime import timedelta

from conversations.buttons import Appeal, Rated
from conversations.protocol import Key, Row, Text
from domain.fairness.appeal import in_time
from domain.figures.evidence import HIDDEN_BELOW, strength
from domain.figures.figures import Tally, weighted_score
from handlers.fairness import rated_words
from handlers.turns.batch import Turn
from reports.wording.wording import ratings_text
from storage.fairness import ratings_of

PAGE = 10
YEAR = timedelta(days=365)
DELIVERIES, HANDLING, APPEALABLE = "d", "h", "a"
_WIDTH = 5


async def asked(turn: Turn, *, appealable: bool) -> None:
    """`/myratings`: deliveries for a courier, handling of cases for staff, either for who is both; `/appeal`: what can be appealed."""
    person = turn.person
    if appealable and not person.couriers:
        turn.say("myratings-no-courier")
    elif not (person.couriers or person.departments):
        turn.say("myratings-nobody")
    else:
        kind = APPEALABLE if appealable else DELIVERIES if person.couriers else HANDLING
        await _show(turn, Rated(kind), fresh=True)


async def pressed(turn: Turn, button: Rated) -> None:
    """Another page, or the other kind."""
    may = turn.person.departments if button.what == HANDLING else turn.person.couriers
    if button.what not in {DELIVERIES, HANDLING, APPEALABLE} or not turn.private:
        turn.toast("not-now")
    elif not may:
        turn.toast("not-yours", alert=True)
    else:
        await _show(turn, button, fresh=False)


async def _show(turn: Turn, button: Rated, *, fresh: bool) -> None:
    """One page; one that is no longer there is the first."""
    show = _handling if button.what == HANDLING else _deliveries
    found = await show(turn, button)
    if found is None:
        button = Rated(button.what)
        found = await show(turn, button) or ([], ())
    lines, rows = found
    turn.batch.show(
        turn.chat,
        f"rated:{turn.person.id}",
        "\n".join(lines),
        (*rows, *_other(turn, button)),
        language=turn.language,
        message_id=None if fresh else turn.pressed_at,
        fresh=fresh,
    )


async def _deliveries(turn: Turn, button: Rated) -> tuple[list[str], tuple[Row, ...]] | None:
    """What customers said of this courier's deliveries; None where there is no such page."""
    couriers, since = turn.person.couriers, turn.now - YEAR
    within = timedelta(days=turn.company.fairness.appeal_within_days)
    only = turn.now - within if button.what == APPEALABLE else None
    at = button.page * PAGE
    found = await ratings_of.page(turn.tx, couriers, since, limit=PAGE + 1, offset=at, appealable_since=only)
    if not found and button.page:
        return None
    if button.what == APPEALABLE:
        days = f"{turn.company.fairness.appeal_within_days:g}"
        lines = [turn.text("myratings-head-appeal" if found else "myratings-none-appeal", days=days)]
    else:
        tally = await ratings_of.tally(turn.tx, couriers, since)
        lines = [turn.text("myratings-head", couriers=", ".join(sorted(couriers))), *_figures(turn, tally)]
        lines += [] if found else [turn.text("myratings-none")]
    keys = []
    for place, one in enumerate(found[:PAGE], at + 1):
        lines += ["", *_line(turn, place, one)]
        if not one.appeal and in_time(one.rated_at, turn.now, within):
            keys.append(Key(Text("myratings-appeal", {"place": place}), Appeal(one.invitation, "a")))
    rows = tuple(tuple(keys[n : n + _WIDTH]) for n in range(0, len(keys), _WIDTH))
    return lines, (*rows, *_turns(button, more=len(found) > PAGE))


def _line(turn: Turn, place: int, one: ratings_of.Rated) -> list[str]:
    day, scores = rated_words.day(turn.services, one.rated_at), rated_words.scores(turn.services, one, turn.language)
    lines = [turn.text("myratings-line", place=place, day=day, scores=scores)]
    if reasons := rated_words.reasons(turn.services, one, turn.language):
        lines.append(turn.text("myratings-ticked", reasons=reasons))
    if one.on_behalf:
        lines.append(turn.text("myratings-on-behalf"))
    if one.appeal:
        lines.append(turn.text("myratings-appealed", state=one.appeal))
    return lines


async def _handling(turn: Turn, button: Rated) -> tuple[list[str], tuple[Row, ...]] | None:
    """What customers said of the handling of this person's cases; None where there is no such page."""
    found = await ratings_of.handling(turn.tx, turn.person.id, limit=PAGE + 1, offset=button.page * PAGE)
    if not found and button.page:
        return None
    lines = [
        turn.text("myratings-head-handling"),
        *_figures(turn, await ratings_of.handling_tally(turn.tx, turn.person.id)),
    ]
    lines += [""] if found else [turn.text("myratings-none-handling")]
    for one in found[:PAGE]:
        day = rated_words.day(turn.services, one.closed_at) if one.closed_at is not None else "–"
        lines.append(turn.text("myratings-handling-line", number=one.number, day=day, score=one.score))
    return lines, _turns(button, more=len(found) > PAGE)


def _figures(turn: Turn, tally: Tally) -> list[str]:
    """n, how often each was given, and the mean where n bears one (rule M3)."""
    if not tally.n:
        return []
    spread = ratings_text(lambda key, /, **values: turn.text(key, **values), tally)
    if tally.n < HIDDEN_BELOW:
        return [spread, turn.text("myratings-too-few", n=tally.n)]
    return [
        spread,
        turn.text(
            "myratings-mean", mean=f"{weighted_score(tally) / tally.n:.2f}", n=tally.n, strength=strength(tally.n).value
        ),
    ]


def _turns(button: Rated, *, more: bool) -> tuple[Row, ...]:
    row = [Key(Text("list-newer"), Rated(button.what, button.page - 1))] if button.page else []
    row += [Key(Text("list-older"), Rated(button.what, button.page + 1))] if more else []
    return (tuple(row),) if row else ()


def _other(turn: Turn, button: Rated) -> tuple[Row, ...]:
    """Whoever is rated twice chooses which to see."""
    if button.what == APPEALABLE or not (turn.person.couriers and turn.person.departments):
        return ()
    labels = {DELIVERIES: "myratings-deliveries", HANDLING: "myratings-handling"}
    return (
        tuple(
            Key(Text("myratings-chosen", {"part": turn.plain(key)}) if what == button.what else Text(key), Rated(what))
            for what, key in labels.items()
        ),
    )
