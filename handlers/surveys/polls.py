"""`/results [survey]`: how the questions of a survey were answered, for managers; of an anonymous one what reveals nobody."""

import hashlib
from collections.abc import Iterator

import msgspec

from domain.surveys.results import Raw, Result, due, results
from domain.surveys.survey import Kind, Survey, words
from handlers.access import scope
from handlers.turns.batch import Turn
from storage import meta
from storage.surveys import anonymous
from storage.surveys import results as counted
from texts import escape

_DIGITS = 16
FEW = 10
"""With fewer answers than this there are counts, and no mean (M3)."""


async def asked(turn: Turn, args: str) -> None:
    if not turn.person.is_manager or await scope.of(turn) is not None:
        turn.say("only-managers")
        return
    name = args.strip()
    survey = turn.company.surveys.get(name) or turn.services.surveys.get(name)
    if survey is None:
        listed = [f"{key} · {words(one.title, turn.language)}" for key, one in turn.company.surveys.items()]
        turn.say("results-which" if not name else "results-unknown", surveys="\n".join(listed), name=name[:64])
        return
    minimum = turn.company.asking.anonymous_minimum if survey.anonymous else 0
    raw = await _published(turn, survey) if survey.anonymous else await counted.named(turn.tx, survey.name)
    lines = [turn.text("results-head", title=words(survey.title, turn.language), name=survey.name)]
    if survey.anonymous:
        lines.append(turn.text("results-anonymous", minimum=minimum))
    if raw is None or not raw.responses:
        lines.append(turn.text("results-few", minimum=minimum) if survey.anonymous else turn.text("results-none"))
        turn.say_html("\n\n".join(lines))
        return
    lines.append(turn.text("results-responses", n=raw.responses))
    lines += ["\n".join(_told(turn, one, minimum)) for one in results(survey, raw, minimum)]
    if raw.cut:
        lines.append(turn.text("results-cut", n=counted.OPTIONS_LIMIT))
    others = [one for one in await counted.versions(turn.tx, survey.key) if one != survey.name]
    if others:
        lines.append(turn.text("results-others", names=", ".join(others[-5:])))
    turn.say_html("\n\n".join(lines))


async def _published(turn: Turn, survey: Survey) -> Raw | None:
    """What may be known of an anonymous survey: as it stood when enough had come since it was shown before; None while there is too little."""
    minimum = turn.company.asking.anonymous_minimum
    key = f"results:{hashlib.sha256(survey.name.encode()).hexdigest()[:_DIGITS]}"
    kept = await meta.get(turn.tx, key)
    shown = msgspec.json.decode(kept, type=Raw) if kept else None
    now = await anonymous.count(turn.tx, survey.name)
    if not due(shown, now, minimum):
        return shown
    await meta.put(turn.tx, key, msgspec.json.encode(now).decode())
    return now


def _told(turn: Turn, result: Result, minimum: int) -> Iterator[str]:
    """A question, and a line an answer."""
    yield f"<b>{escape(words(result.question.text, turn.language))}</b>"
    if result.n is None:
        yield turn.text("results-few", minimum=minimum)
        return
    yield turn.text("results-n", n=result.n)
    for key, count in result.cells.items():
        label = _label(turn, result, key)
        if count is None:
            yield turn.text("results-hidden", label=label, minimum=minimum)
        else:
            percent = round(100 * count / result.n) if result.n >= FEW else -1
            yield turn.text("results-line", label=label, count=count, percent=percent)
    if result.figure is not None and result.n >= FEW:
        figure = f"{result.figure:+.0f}" if result.question.kind is Kind.NPS else f"{result.figure:.2f}"
        yield turn.text("results-nps" if result.question.kind is Kind.NPS else "results-mean", figure=figure)


def _label(turn: Turn, result: Result, key: str) -> str:
    match result.question.kind:
        case Kind.RATING:
            return key
        case Kind.CHOICE | Kind.CHOICES:
            return next((words(one.label, turn.language) for one in result.question.options if one.key == key), key)
        case _:
            return turn.plain(f"results-{key}")
