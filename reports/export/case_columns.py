"""The columns of cases, of their process, of the promises about them, and of the days of deliveries."""

from datetime import datetime

from domain.figures.export import CaseLine, Step
from reports.export.cells import Is
from reports.export.columns import DEPARTMENT, PLACE, Column, Reader, hours, moment, number, text, yes


def _outcome(row: CaseLine, reader: Reader) -> str:
    return reader.say(f"export-outcome-{row.outcome.value}") if row.outcome is not None else ""


def _actor(row: Step, reader: Reader) -> str:
    """A colleague by name; the customer and the clock without one."""
    return row.who or reader.say("the-customer" if row.by_customer else "the-clock")


def _facts(row: Step, reader: Reader) -> str:
    """What an event brought along, a line each."""
    told = ((name, _fact(name, said, reader)) for name, said in row.facts.items())
    return "\n".join(f"{reader.say(_called(name))}: {said}" for name, said in told if said)


def _called(name: str) -> str:
    return f"fact-{name.replace('_', '-')}"


def _fact(name: str, said: str, reader: Reader) -> str:
    match name:
        case "due":
            return _due(said, reader)
        case "department":
            return reader.department(said)
        case "valid":
            return reader.say("resolution-valid" if said == "yes" else "resolution-not-valid")
        case "satisfied":
            return reader.say("regulator-satisfied" if said == "yes" else "regulator-not-satisfied")
        case _:
            return said


def _due(said: str, reader: Reader) -> str:
    try:
        found = reader.moment(datetime.fromisoformat(said))
    except ValueError:
        return said
    return f"{found:%Y-%m-%d %H:%M}" if found is not None else ""


CASE_COLUMNS = (
    text("number", 18),
    Column("kind", Is.TEXT, 12, lambda row, reader: reader.say(f"kind-{row.kind.value}")),
    Column("state", Is.TEXT, 14, lambda row, reader: reader.say(f"state-{row.state.value.replace('_', '-')}")),
    Column("category", Is.TEXT, 16, lambda row, reader: reader.category(row.category)),
    Column("reason", Is.TEXT, 18, lambda row, reader: reader.reason(row.category, row.reason)),
    text("severity", 10),
    DEPARTMENT,
    Column(
        "cooperating",
        Is.TEXT,
        16,
        lambda row, reader: "; ".join(reader.department(one) for one in row.cooperating),
    ),
    text("owner"),
    text("waybill", 18),
    *PLACE,
    moment("opened_at"),
    moment("counted_at"),
    moment("due_at"),
    moment("answered_at"),
    moment("closed_at"),
    number("round"),
    yes("valid"),
    Column("outcome", Is.TEXT, 14, _outcome),
    number("handling"),
    hours("replied"),
    hours("resolved"),
    hours("finished"),
    Column("solved_in", Is.NUMBER, 10, lambda row, _reader: row.solved_in or None),
    yes("settled"),
    yes("reopened"),
    yes("repeated"),
    yes("appealed"),
    text("linked", 18),
    text("merged_into", 18),
    yes("counts_opened", "counts"),
    yes("counts_about", "about"),
)
QUOTED_COLUMNS = (text("description", 40), text("wanted", 30))


STEP_COLUMNS = (
    text("number", 18),
    number("version"),
    moment("at"),
    Column("event", Is.TEXT, 24, lambda row, reader: reader.say(f"event-{row.event.value.replace('_', '-')}")),
    Column("state", Is.TEXT, 14, lambda row, reader: reader.say(f"state-{row.state.value.replace('_', '-')}")),
    Column("actor", Is.TEXT, 16, _actor),
    Column("facts", Is.TEXT, 60, _facts),
)


PROMISE_COLUMNS = (
    text("number", 18),
    Column("stage", Is.TEXT, 20, lambda row, reader: reader.say(f"dossier-stage-{row.stage.value}")),
    DEPARTMENT,
    moment("started_at"),
    moment("promised_at"),
    moment("due_at"),
    moment("ended_at"),
    yes("kept"),
    yes("kept_as_promised"),
    yes("counts_due", "counts"),
)
DAY_COLUMNS = (
    Column("day", Is.DAY, 12, lambda row, _reader: row.day),
    DEPARTMENT,
    text("priority", 8),
    number("deliveries"),
    number("sampled"),
    number("surveyed"),
    number("answered"),
)
