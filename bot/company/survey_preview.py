"""Survey preview in text, as customers will see it: every screen once per language, and every path with the answers that lead there."""

from collections.abc import Sequence

from conversations.protocol import Key, Screen, Text, Words
from conversations.surveys import rating, rating_states
from domain.surveys.paths import Branch, Path, list_paths
from domain.surveys.question_kinds import KINDS, Counting
from domain.surveys.survey import Answer, Condition, Question, Survey
from texts import Texts
from texts.length import plain

PATHS_SHOWN = 24
"""How many paths are listed; the others are counted."""

_INVITATION, _WAYBILL = 1, "SF1234567890"


def draw_preview(survey: Survey, texts: Texts, languages: Sequence[str], *, about_delivery: bool = True) -> str:
    """The survey's screens, then its paths; a campaign's survey is not about a delivery."""
    paths, complete = list_paths(survey)
    head = f"{survey.key}: what customers will see{' (anonymous)' if survey.anonymous else ''}"
    lines = [head, "=" * len(head)]
    for name, state in _list_states(survey, paths, _WAYBILL if about_delivery else ""):
        lines += ["", f"--- {name}"]
        for language in languages:
            lines += [f"  {language}  {line}".rstrip() for line in _draw_screen(survey, state, texts, language)]
    listed = paths[:PATHS_SHOWN]
    lines += ["", f"--- paths: {len(paths)}{'' if complete else ' and more'}"]
    for n, path in enumerate(listed, 1):
        lines += [f"  {n}. {' → '.join(question.id for question in path.questions)}"]
        if path.branches:
            lines += [f"     when {_format_reasons(path)}"]
    if len(paths) > PATHS_SHOWN or not complete:
        more = f"{len(paths) - PATHS_SHOWN} more" if len(paths) > PATHS_SHOWN else "more"
        lines += [f"  … and {more if complete else f'at least {more}'}"]
    return "\n".join(lines)


def _list_states(survey: Survey, paths: Sequence[Path], waybill: str) -> list[tuple[str, rating_states.State]]:
    """Each question as first asked, and the end: after the best rating, and after a low one."""
    begun = rating.begin(survey, _INVITATION, waybill)
    states: list[tuple[str, rating_states.State]] = []
    for question in survey.questions:
        ways = [path for path in paths if question in path.questions]
        if ways:
            before = _list_answers_before(min(ways, key=lambda path: len(path.questions)), question)
            states.append(
                (_format_title(survey, question), rating_states.AskingRating(begun.about, question.id, before))
            )
    first = survey.questions[0]
    best, worst = first.scores[-1], first.scores[0]
    states.append((f"the end, after {best}", rating_states.Thanked(begun.about, {first.id: best})))
    states.append((f"the end, after {worst}", rating_states.Thanked(begun.about, {first.id: worst}, "open")))
    return states


def _list_answers_before(path: Path, question: Question) -> dict[str, Answer]:
    """What has been answered on this path when the question is asked."""
    earlier = [one.id for one in path.questions[: path.questions.index(question)]]
    return {key: answer for key, answer in path.answers.items() if key in earlier}


def _format_title(survey: Survey, question: Question) -> str:
    if not question.conditions:
        return f"{question.id} ({question.kind})"
    told = " and ".join(_format_condition(survey, one) for one in question.conditions)
    return f"{question.id} ({question.kind}, when {told})"


def _format_condition(survey: Survey, condition: Condition) -> str:
    if condition.any_of:
        return f"{condition.question} is {' or '.join(condition.any_of)}"
    low, high = condition.at_least, condition.at_most
    about = survey.question(condition.question)
    if about is not None and KINDS[about.kind].counting is Counting.YES_NO:
        return f"{condition.question} is {'yes' if high else 'no'}"
    return f"{condition.question} is {low if low == high else f'{low} to {high}'}"


def _draw_screen(survey: Survey, state: rating_states.State, texts: Texts, language: str) -> list[str]:
    low = (
        survey.questions[0].scores[0] if isinstance(state, rating_states.Thanked) else 0
    )  # the worst rating is low in every company
    screen: Screen = rating.screen(survey, state, language, low)
    shown = [_draw_part(texts, language, part) for part in screen.parts]
    rows = ["".join(f"[ {_draw_label(texts, language, key)} ]" for key in row) for row in screen.rows]
    return [*(line for part in shown for line in part.splitlines()), *rows]


def _draw_part(texts: Texts, language: str, part: Text | Words) -> str:
    return plain(texts.html(language, part.key, part.args)) if isinstance(part, Text) else part.text


def _draw_label(texts: Texts, language: str, key: Key) -> str:
    return texts.plain(language, key.label.key, key.label.args) if isinstance(key.label, Text) else key.label.text


def _format_reasons(path: Path) -> str:
    told = "; ".join(_format_turning(turning, path.questions[0]) for turning in path.branches)
    return told + (f" (or {path.others} other ways)" if path.others > 1 else " (or another way)" * path.others)


def _format_turning(turning: Branch, first: Question) -> str:
    """Which answers to this question lead this way."""
    question = turning.question
    answers = "" if turning.skipped else _format_answers(turning)
    unanswered = "" if turning.met or question == first else "skipped"
    return f"{question.id} is {' or '.join(filter(None, (answers, unanswered)))}"


def _format_answers(turning: Branch) -> str:
    facts = KINDS[turning.question.kind]
    match facts.counting:
        case Counting.OPTIONS if not facts.is_one_option:
            met = [f"any of {', '.join(one.any_of)}" for one in turning.met]
            unmet = [f"none of {', '.join(one.any_of)}" for one in turning.unmet]
            return " and ".join(met + unmet)
        case Counting.OPTIONS:
            return " or ".join(str(key) for answer in turning.answers if isinstance(answer, tuple) for key in answer)
        case Counting.YES_NO:
            return " or ".join("yes" if answer else "no" for answer in turning.answers)
        case _:
            return " or ".join(
                _format_ranges(
                    [answer for answer in turning.answers if isinstance(answer, int)], turning.question.scores
                )
            )


def _format_ranges(numbers: Sequence[int], scores: Sequence[int]) -> list[str]:
    """Neighbouring scores joined: 1 to 2, 4 to 5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and scores.index(number) == scores.index(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
