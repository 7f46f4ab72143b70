"""Audit log of a case in words (P3): who did what, when, and the values before and after. It is read, never edited."""

from domain.cases.case import CaseEvent, CaseState
from handlers.cases.file.snapshot import CaseSnapshot
from handlers.cases.file.wording import Wording
from handlers.turns.turn import Turn
from storage.audit import AuditEntry

_STATES = {state.value for state in CaseState}
_EVENTS = {f"case.{event.value}": event for event in CaseEvent}
_WORDED = frozenset(
    f"case.{what}"
    for what in (
        "file",
        "add",
        "edit",
        "letter",
        "note",
        "report",
        "reveal",
        "document",
        "handling",
        "joined",
        "merged_from",
    )
)
"""Entries that are not events of a case's table; an entry without its own text is shown by name."""


def draw_lines(turn: Turn, known: CaseSnapshot) -> list[str]:
    """The log line by line, oldest first."""
    found = []
    for one in known.changes:
        at, who = known.words.format_moment(one.at), known.words.who(one.actor)
        found.append(turn.text("look-audit-line", at=at, who=who, what=_draw_event(known.words, one)))
        if one.before is not None:
            before, after = _draw_value(known.words, one.before), _draw_value(known.words, one.after)
            found.append(turn.text("look-audit-change", before=before, after=after))
        elif one.after is not None:
            found.append(turn.text("look-audit-new", after=_draw_value(known.words, one.after)))
    return found


def _draw_event(words: Wording, one: AuditEntry) -> str:
    if one.what in _WORDED:
        return words.say(f"audit-{one.what.replace('.', '-').replace('_', '-')}")
    event = _EVENTS.get(one.what)
    return words.say(f"event-{event.replace('_', '-')}") if event is not None else one.what


def _draw_value(words: Wording, value: str | None) -> str:
    """A state by its display name, anything else unchanged."""
    if not value:
        return "—"
    return words.say(f"state-{value.replace('_', '-')}") if value in _STATES else value
