"""Column definitions for cases, their process, the promises made about them, and delivery days."""

from datetime import datetime

from domain.figures.export import ExportedCase, ExportedStep
from reports.export.cells import ColumnKind
from reports.export.columns import (
    DEPARTMENT_COLUMN,
    PLACE_COLUMNS,
    ExportColumn,
    ExportReader,
    hours_column,
    moment_column,
    number_column,
    text_column,
    yes_column,
)


def _format_outcome(row: ExportedCase, reader: ExportReader) -> str:
    return reader.say(f"export-outcome-{row.outcome.value}") if row.outcome is not None else ""


def _format_actor(row: ExportedStep, reader: ExportReader) -> str:
    """A colleague by name; the customer and the clock have none."""
    return row.who or reader.say("the-customer" if row.by_customer else "the-clock")


def _format_facts(row: ExportedStep, reader: ExportReader) -> str:
    """The facts of an event, one line each."""
    told = ((name, _format_fact(name, said, reader)) for name, said in row.facts.items())
    return "\n".join(f"{reader.say(_fact_key(name))}: {said}" for name, said in told if said)


def _fact_key(name: str) -> str:
    return f"fact-{name.replace('_', '-')}"


def _format_fact(name: str, said: str, reader: ExportReader) -> str:
    match name:
        case "due":
            return _format_due(said, reader)
        case "department":
            return reader.department(said)
        case "valid":
            return reader.say("resolution-valid" if said == "yes" else "resolution-not-valid")
        case "satisfied":
            return reader.say("regulator-satisfied" if said == "yes" else "regulator-not-satisfied")
        case _:
            return said


def _format_due(said: str, reader: ExportReader) -> str:
    try:
        due = reader.moment(datetime.fromisoformat(said))
    except ValueError:
        return said
    return f"{due:%Y-%m-%d %H:%M}" if due is not None else ""


CASE_COLUMNS = (
    text_column("number", 18),
    ExportColumn("kind", ColumnKind.TEXT, 12, lambda row, reader: reader.say(f"kind-{row.kind.value}")),
    ExportColumn(
        "state", ColumnKind.TEXT, 14, lambda row, reader: reader.say(f"state-{row.state.value.replace('_', '-')}")
    ),
    ExportColumn("category", ColumnKind.TEXT, 16, lambda row, reader: reader.category(row.category)),
    ExportColumn("reason", ColumnKind.TEXT, 18, lambda row, reader: reader.reason(row.category, row.reason)),
    text_column("severity", 10),
    DEPARTMENT_COLUMN,
    ExportColumn(
        "cooperating",
        ColumnKind.TEXT,
        16,
        lambda row, reader: "; ".join(reader.department(one) for one in row.cooperating),
    ),
    text_column("owner"),
    text_column("waybill", 18),
    *PLACE_COLUMNS,
    moment_column("opened_at"),
    moment_column("counted_at"),
    moment_column("due_at"),
    moment_column("answered_at"),
    moment_column("closed_at"),
    number_column("round"),
    yes_column("valid"),
    ExportColumn("outcome", ColumnKind.TEXT, 14, _format_outcome),
    number_column("handling"),
    hours_column("replied"),
    hours_column("resolved"),
    hours_column("finished"),
    ExportColumn("solved_in", ColumnKind.NUMBER, 10, lambda row, _reader: row.solved_in or None),
    yes_column("settled"),
    yes_column("spoken"),
    yes_column("reopened"),
    yes_column("repeated"),
    yes_column("appealed"),
    text_column("linked", 18),
    text_column("merged_into", 18),
    yes_column("counts_opened", "counts"),
    yes_column("counts_about", "about"),
)
QUOTED_COLUMNS = (text_column("description", 40), text_column("wanted", 30))


STEP_COLUMNS = (
    text_column("number", 18),
    number_column("version"),
    moment_column("at"),
    ExportColumn(
        "event", ColumnKind.TEXT, 24, lambda row, reader: reader.say(f"event-{row.event.value.replace('_', '-')}")
    ),
    ExportColumn(
        "state", ColumnKind.TEXT, 14, lambda row, reader: reader.say(f"state-{row.state.value.replace('_', '-')}")
    ),
    ExportColumn("actor", ColumnKind.TEXT, 16, _format_actor),
    ExportColumn("facts", ColumnKind.TEXT, 60, _format_facts),
)


PROMISE_COLUMNS = (
    text_column("number", 18),
    ExportColumn("stage", ColumnKind.TEXT, 20, lambda row, reader: reader.say(f"dossier-stage-{row.stage.value}")),
    DEPARTMENT_COLUMN,
    moment_column("started_at"),
    moment_column("promised_at"),
    moment_column("due_at"),
    moment_column("ended_at"),
    yes_column("kept"),
    yes_column("kept_as_promised"),
    yes_column("counts_due", "counts"),
)
DAY_COLUMNS = (
    ExportColumn("day", ColumnKind.DAY, 12, lambda row, _reader: row.day),
    DEPARTMENT_COLUMN,
    text_column("priority", 8),
    number_column("deliveries"),
    number_column("sampled"),
    number_column("surveyed"),
    number_column("answered"),
    number_column("invited"),
    number_column("responded"),
    number_column("came"),
)
