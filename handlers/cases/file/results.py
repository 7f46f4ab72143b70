"""What came of a case: outcomes, the customer's verdicts, and the forms of the field that are filled in and signed."""

from collections.abc import Sequence

from domain.cases.case import Event, Happened, Kind, Need
from handlers.cases.file.facts import Wording
from handlers.cases.file.gathered import Gathered
from reports.wording.dossier import Form, Line

_VERDICTS = frozenset({Event.SATISFIED, Event.NOT_SATISFIED, Event.SILENT, Event.REOPEN, Event.WITHDRAW, Event.MERGE})
_OUTCOMES = frozenset({Event.ADOPT, Event.DECLINE, Event.PROGRESS, Event.FINISH, Event.ANSWER})


def result(known: Gathered) -> tuple[Line, ...]:
    """What came of it, besides the forms: outcomes, the customer's verdicts, the rating of the handling, where it went."""
    words, case = known.words, known.case
    lines: list[Line] = []
    for one in known.history:
        if one.event in _OUTCOMES | _VERDICTS:
            lines.append(Line(words.moment(one.at), words.say(f"event-{one.event.replace('_', '-')}")))
            lines += words.facts(one.facts)
    if case.handling is not None:
        lines.append(words.line("dossier-handling", f"{case.handling} / 5"))
    return tuple(lines)


def forms(known: Gathered) -> tuple[Form, ...]:
    """The rectification form 差评整改反馈表, and the regulator's where there was an appeal."""
    if known.case.kind is not Kind.COMPLAINT:
        return ()
    history = list(known.history)
    appeal = max((n for n, one in enumerate(history) if one.event is Event.APPEAL), default=len(history))
    found = [_rectification(known, history[:appeal]), _regulators(known, history[appeal:])]
    return tuple(form for form in found if form is not None)


def _rectification(known: Gathered, history: Sequence[Happened]) -> Form | None:
    words, case = known.words, known.case
    resolved = next((one for one in reversed(history) if one.event is Event.RESOLVE), None)
    plan = next((one for one in reversed(history) if one.event is Event.PLAN), None)
    if resolved is None and plan is None:
        return None
    lines = [words.line("dossier-department", words.department(case.department))]
    lines.append(words.line("dossier-owner", case.owner_name or "—"))
    if plan is not None:
        lines += words.facts(plan.facts, Need.MEASURE, Need.DUE, Need.GOAL)
    if resolved is not None:
        lines += words.facts(resolved.facts, Need.ROOT_CAUSE, Need.ACTION, Need.COMPENSATION, Need.VALID)
        lines += _reviewed(words, resolved, history)
    return Form(words.say("dossier-form"), tuple(lines), _signed(words, "owner", "head", "quality"))


def _regulators(known: Gathered, history: Sequence[Happened]) -> Form | None:
    """The form that is owed to the regulator, as far as it is filled in."""
    if not history:
        return None
    words, appeal = known.words, history[0]
    lines = list(words.facts(appeal.facts, Need.RECEIVED, Need.REFERENCE))
    resolved = next((one for one in reversed(history) if one.event is Event.RESOLVE), None)
    if resolved is not None:
        lines += words.facts(resolved.facts, form="regulator-fact")
        lines += _reviewed(words, resolved, history)
    return Form(words.say("dossier-regulators-form"), tuple(lines), _signed(words, "handler", "company"))


def _reviewed(words: Wording, resolved: Happened, history: Sequence[Happened]) -> list[Line]:
    """Who handed it in, and who approved it since."""
    approvals = [one for one in history if one.event is Event.APPROVE and one.version > resolved.version]
    lines = [words.line("dossier-handed-in", f"{words.moment(resolved.at)} · {words.who(resolved.actor)}")]
    return lines + [
        words.line("dossier-approved", f"{words.moment(one.at)} · {words.who(one.actor)}") for one in approvals
    ]


def _signed(words: Wording, *who: str) -> tuple[str, ...]:
    return tuple(words.say(f"dossier-signed-{one}") for one in who)
