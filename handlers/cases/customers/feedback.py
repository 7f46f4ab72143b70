"""Suggestions and praise: collected, filed, passed to those they are for; and what the customer hears about the outcome.

1. Praise is shown to the department and to the courier it is about; the courier is not told who it is from.
2. What staff say about a suggestion or an inquiry reaches the customer in the staff's own words.
"""

from collections.abc import Mapping

from conversations.cases import feedback
from conversations.pieces import Piece
from domain.cases.case import CaseKind
from domain.deliveries.delivery import RECENT
from domain.surveys.survey import localize
from handlers.cases.customers import filing
from handlers.cases.life import cards
from handlers.turns import engine
from handlers.turns.turn import Turn
from storage.deliveries import deliveries
from storage.surveys import ratings


async def on_suggest_command(turn: Turn, _args: str) -> None:
    """`/suggest`: an unfinished draft is offered again where it stands."""
    if not _show_left_draft(turn, feedback.SUGGESTION):
        _begin(turn, feedback.SUGGESTION, _list_categories(turn))


async def begin_with_kept(
    turn: Turn, kind: CaseKind, kept: tuple[Piece, ...], delivery: int | None, *, is_known: bool
) -> None:
    """Start with what the customer wrote before; an unfinished draft goes on with it. `is_known`: which delivery is meant was asked."""
    left = turn.batch.sessions.get(turn.lane, {}).get(dialogue_key(kind.value))
    state: feedback.State
    if left is not None:
        state = engine.decode_state(turn, left)
    else:
        options, days = (_list_categories(turn), {}) if kind is CaseKind.SUGGESTION else await _list_deliveries(turn)
        chosen = "" if kind is CaseKind.SUGGESTION or delivery is None else str(delivery)
        if is_known and kind is CaseKind.PRAISE:
            options = tuple(one for one in options if one[0] == chosen)
        draft = turn.services.next_id()
        state = feedback.WritingFeedback(draft, kind.value, options, chosen, delivery=delivery, days=days)
    engine.begin(turn, dialogue_key(kind.value), feedback.NAME, feedback.keep(state, kept))


async def on_praise_command(turn: Turn, _args: str) -> None:
    """`/praise`: one of the recent deliveries can be chosen."""
    await begin_praise(turn)


async def begin_praise(turn: Turn, invitation: int = 0) -> None:
    """Ask for praise; after a good rating the delivery is already known."""
    if not invitation and _show_left_draft(turn, feedback.PRAISE):
        return
    options, days = await _list_deliveries(turn)
    rated = await ratings.get(turn.tx, invitation) if invitation else None
    chosen = str(rated.delivery) if rated is not None and rated.delivery is not None else ""
    known = tuple(one for one in options if one[0] == chosen)
    _begin(turn, feedback.PRAISE, known or options, chosen if known else "", days)


async def on_fact(turn: Turn, fact: feedback.FeedbackGiven) -> None:
    """Submitted: give it a number and pass it to those it is for."""
    if fact.kind == feedback.SUGGESTION:
        category = fact.chosen if fact.chosen in turn.company.categories else ""
        case = await filing.file(turn, CaseKind.SUGGESTION, fact.pieces, category=category, delivery=fact.delivery)
        due = cards.format_moment(case.due_at, turn.company)
        filing.show_filed(turn, dialogue_key(fact.kind), case, "suggestion-filed", due=due)
        return
    case = await filing.file(
        turn, CaseKind.PRAISE, fact.pieces, delivery=int(fact.chosen) if fact.chosen.isdecimal() else None
    )
    filing.show_filed(turn, dialogue_key(fact.kind), case, "praise-filed")


async def _list_deliveries(turn: Turn) -> tuple[tuple[tuple[str, str], ...], dict[str, str]]:
    """What praise can be about, and the day on which each came."""
    recent = await deliveries.list_recent(turn.tx, turn.person.id, turn.now - RECENT)
    return tuple((str(one.id), one.waybill) for one in recent), turn.list_days(recent)


def _list_categories(turn: Turn) -> tuple[tuple[str, str], ...]:
    """What a suggestion can be about."""
    return tuple((key, localize(one.name, turn.language)) for key, one in turn.company.categories.items())


def dialogue_key(kind: str) -> str:
    """The key of a lane under which feedback of this kind is given."""
    return f"{feedback.NAME}:{kind}"


def _show_left_draft(turn: Turn, kind: str) -> bool:
    left = turn.batch.sessions.get(turn.lane, {}).get(dialogue_key(kind))
    if left is not None:
        engine.show(turn, left)
    return left is not None


def _begin(
    turn: Turn, kind: str, options: tuple[tuple[str, str], ...], chosen: str = "", days: Mapping[str, str] | None = None
) -> None:
    state = feedback.WritingFeedback(turn.services.next_id(), kind, options, chosen, days=dict(days or {}))
    engine.begin(turn, dialogue_key(kind), feedback.NAME, state)
