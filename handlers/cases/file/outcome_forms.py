"""Outcome of a case: results, the customer's verdicts, and the industry's forms that are filled in and signed."""

from collections.abc import Sequence

from domain.cases.case import CaseEvent, CaseKind, HistoryEntry, Need
from handlers.cases.file.snapshot import CaseSnapshot
from handlers.cases.file.wording import Wording
from reports.wording.case_file import CaseFileForm, CaseFileLine

_VERDICTS = frozenset(
    {
        CaseEvent.SATISFIED,
        CaseEvent.NOT_SATISFIED,
        CaseEvent.SILENT,
        CaseEvent.REOPEN,
        CaseEvent.WITHDRAW,
        CaseEvent.MERGE,
    }
)
_OUTCOMES = frozenset({CaseEvent.ADOPT, CaseEvent.DECLINE, CaseEvent.PROGRESS, CaseEvent.FINISH, CaseEvent.ANSWER})


def draw_result(known: CaseSnapshot) -> tuple[CaseFileLine, ...]:
    """The outcome besides the forms: results, the customer's verdicts, the rating of the handling, where the case went."""
    words, case = known.words, known.case
    lines: list[CaseFileLine] = []
    for entry in known.history:
        if entry.event in _OUTCOMES | _VERDICTS:
            lines.append(
                CaseFileLine(words.format_moment(entry.at), words.say(f"event-{entry.event.replace('_', '-')}"))
            )
            lines += words.facts(entry.facts)
    if case.handling is not None:
        lines.append(words.line("dossier-handling", f"{case.handling} / 5"))
    return tuple(lines)


def draw_forms(known: CaseSnapshot) -> tuple[CaseFileForm, ...]:
    """The rectification form 差评整改反馈表, and the regulator's if a complaint came from there."""
    if known.case.kind is not CaseKind.COMPLAINT:
        return ()
    history = list(known.history)
    since = max(
        (n for n, one in enumerate(history) if one.event is CaseEvent.REGULATOR_COMPLAINT), default=len(history)
    )
    forms = [_draw_rectification_form(known, history[:since]), _draw_regulator_form(known, history[since:])]
    return tuple(form for form in forms if form is not None)


def _draw_rectification_form(known: CaseSnapshot, history: Sequence[HistoryEntry]) -> CaseFileForm | None:
    words, case = known.words, known.case
    resolved = next((one for one in reversed(history) if one.event is CaseEvent.RESOLVE), None)
    plan = next((one for one in reversed(history) if one.event is CaseEvent.PLAN), None)
    if resolved is None and plan is None:
        return None
    lines = [words.line("dossier-department", words.department(case.department))]
    lines.append(words.line("dossier-owner", case.owner_name or "—"))
    if plan is not None:
        lines += words.facts(plan.facts, Need.MEASURE, Need.DUE, Need.GOAL)
    if resolved is not None:
        lines += words.facts(resolved.facts, Need.ROOT_CAUSE, Need.ACTION, Need.COMPENSATION, Need.VALID)
        lines += _draw_review(words, resolved, history)
    return CaseFileForm(words.say("dossier-form"), tuple(lines), _draw_signatures(words, "owner", "head", "quality"))


def _draw_regulator_form(known: CaseSnapshot, history: Sequence[HistoryEntry]) -> CaseFileForm | None:
    """The form owed to the regulator, as far as it is filled in."""
    if not history:
        return None
    words, complained = known.words, history[0]
    lines = list(words.facts(complained.facts, Need.RECEIVED, Need.REFERENCE))
    resolved = next((one for one in reversed(history) if one.event is CaseEvent.RESOLVE), None)
    if resolved is not None:
        lines += words.facts(resolved.facts, form="regulator-fact")
        lines += _draw_review(words, resolved, history)
    return CaseFileForm(
        words.say("dossier-regulators-form"), tuple(lines), _draw_signatures(words, "handler", "company")
    )


def _draw_review(words: Wording, resolved: HistoryEntry, history: Sequence[HistoryEntry]) -> list[CaseFileLine]:
    """Who submitted it, and who has approved it since."""
    approvals = [one for one in history if one.event is CaseEvent.APPROVE and one.version > resolved.version]
    lines = [words.line("dossier-handed-in", f"{words.format_moment(resolved.at)} · {words.who(resolved.actor)}")]
    return lines + [
        words.line("dossier-approved", f"{words.format_moment(one.at)} · {words.who(one.actor)}") for one in approvals
    ]


def _draw_signatures(words: Wording, *who: str) -> tuple[str, ...]:
    return tuple(words.say(f"dossier-signed-{one}") for one in who)
