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
        "files",
        "handling",
        "joined",
        "merged_from",
    )
)
"""Entries that are not events of a case's table; an entry without its own text is shown by name."""


def draw_lines(turn: Turn, known: CaseSnapshot) -> list[str]:
    """The log line by line, oldest first."""
    lines = []
    for entry in known.changes:
        at, who = known.words.format_moment(entry.at), known.words.who(entry.actor)
        lines.append(turn.text("look-audit-line", at=at, who=who, what=_draw_event(known.words, entry)))
        if entry.before is not None:
            before, after = _draw_value(known.words, entry.before), _draw_value(known.words, entry.after)
            lines.append(turn.text("look-audit-change", before=before, after=after))
        elif entry.after is not None:
            lines.append(turn.text("look-audit-new", after=_draw_value(known.words, entry.after)))
    return lines


def _draw_event(words: Wording, entry: AuditEntry) -> str:
    if entry.what in _WORDED:
        return words.say(f"audit-{entry.what.replace('.', '-').replace('_', '-')}")
    event = _EVENTS.get(entry.what)
    return words.say(f"event-{event.replace('_', '-')}") if event is not None else entry.what


def _draw_value(words: Wording, value: str | None) -> str:
    """A state by its display name, anything else unchanged."""
    if not value:
        return "—"
    return words.say(f"state-{value.replace('_', '-')}") if value in _STATES else value
