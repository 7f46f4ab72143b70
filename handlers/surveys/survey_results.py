"""Survey results, `/results [survey]`: for managers, how the questions of a survey were answered; of an anonymous one
only what reveals nobody.
"""

import hashlib
from collections.abc import Iterator

import msgspec

from domain.surveys.question_kinds import KINDS, Counting
from domain.surveys.results import AnswerCounts, QuestionResult, compute_results, is_due
from domain.surveys.survey import Survey, localize
from handlers.access import rights
from handlers.access.rights import Right
from handlers.turns.turn import Turn
from storage import installation
from storage.surveys import anonymous
from storage.surveys import results as result_rows
from texts import escape

_HASH_DIGITS = 16
VERSIONS_SHOWN, _NUMBER_DIGITS = 5, 4
MEAN_MINIMUM = 10
"""With fewer answers than this there are counts but no mean (M3)."""


async def on_command(turn: Turn, args: str) -> None:
    if not await rights.may(turn, Right.READ_RESULTS):
        turn.say("only-managers")
        return
    name = args.strip()
    survey = turn.company.surveys.get(name) or await _find_version(turn, name)
    if survey is None:
        listed = [f"{key} · {localize(one.title, turn.language)}" for key, one in turn.company.surveys.items()]
        turn.say("results-which" if not name else "results-unknown", surveys="\n".join(listed), name=name[:64])
        return
    minimum = turn.company.invitations.anonymous_minimum if survey.anonymous else 0
    raw = (
        await _fetch_published(turn, survey)
        if survey.anonymous
        else await result_rows.count_named(turn.tx, survey.name)
    )
    versions = await result_rows.list_versions(turn.tx, survey.key)
    called = {version: f"{survey.key} {n}" for n, version in enumerate(versions, 1)} if len(versions) > 1 else {}
    title, shown = localize(survey.title, turn.language), called.get(survey.name, survey.key)
    lines = [turn.text("results-head", title=title, name=shown)]
    if survey.anonymous:
        lines.append(turn.text("results-anonymous", minimum=minimum))
    if raw is None or not raw.responses:
        lines.append(turn.text("results-few", minimum=minimum) if survey.anonymous else turn.text("results-none"))
        turn.say_html("\n\n".join(lines))
        return
    lines.append(turn.text("results-responses", n=raw.responses))
    lines += ["\n".join(_draw_result(turn, one, minimum)) for one in compute_results(survey, raw, minimum)]
    if raw.cut:
        lines.append(turn.text("results-cut", n=result_rows.OPTIONS_LIMIT))
    others = [f"/results {name}" for version, name in called.items() if version != survey.name]
    if others:
        lines.append(turn.text("results-others", names=turn.join(others[-VERSIONS_SHOWN:])))
    turn.say_html("\n\n".join(lines))


async def _find_version(turn: Turn, name: str) -> Survey | None:
    """An earlier version of a survey, by the survey's key and its number, as `/results` says it."""
    key, _, number = name.rpartition(" ")
    versions = await result_rows.list_versions(turn.tx, key.strip()) if number.isdecimal() and key.strip() else []
    place = int(number) if len(number) <= _NUMBER_DIGITS and number.isdecimal() else 0
    return turn.services.surveys.get(versions[place - 1]) if 0 < place <= len(versions) else None


async def _fetch_published(turn: Turn, survey: Survey) -> AnswerCounts | None:
    """What may be known of an anonymous survey: its state when enough responses had come in since it was last
    refreshed; None while there are too few.
    """
    minimum = turn.company.invitations.anonymous_minimum
    key = f"results:{hashlib.sha256(survey.name.encode()).hexdigest()[:_HASH_DIGITS]}"
    kept = await installation.get(turn.tx, key)
    shown = msgspec.json.decode(kept, type=AnswerCounts) if kept else None
    now = await anonymous.count_answers(turn.tx, survey.name)
    if not is_due(shown, now, minimum):
        return shown
    await installation.put(turn.tx, key, msgspec.json.encode(now).decode())
    return now


def _draw_result(turn: Turn, result: QuestionResult, minimum: int) -> Iterator[str]:
    """A question, and one line per answer."""
    yield f"<b>{escape(localize(result.question.text, turn.language))}</b>"
    if result.n is None:
        yield turn.text("results-few", minimum=minimum)
        return
    yield turn.text("results-n", n=result.n)
    for key, count in result.cells.items():
        label = _draw_label(turn, result, key)
        if count is None:
            yield turn.text("results-hidden", label=label, minimum=minimum)
        else:
            percent = round(100 * count / result.n) if result.n >= MEAN_MINIMUM else -1
            yield turn.text("results-line", label=label, count=count, percent=percent)
    if result.figure is not None and result.n >= MEAN_MINIMUM:
        is_net_score = KINDS[result.question.kind].counting is Counting.PROMOTERS
        figure = f"{result.figure:+.0f}" if is_net_score else f"{result.figure:.2f}"
        yield turn.text("results-nps" if is_net_score else "results-mean", figure=figure)


def _draw_label(turn: Turn, result: QuestionResult, key: str) -> str:
    match KINDS[result.question.kind].counting:
        case Counting.POINTS:
            return key
        case Counting.OPTIONS:
            return next((localize(one.label, turn.language) for one in result.question.options if one.key == key), key)
        case _:
            return turn.plain(f"results-{key}")
