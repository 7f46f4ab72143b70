"""Cases, their history (append-only, by triggers), talk, clocks, and how they are found again."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from domain.cases import case
from storage.engine.columns import Big, Moment, Sealed, choice
from storage.models.base import metadata

cases = Table(
    "cases",
    metadata,
    Column("id", Big, primary_key=True),
    Column("number", String(24), nullable=False, unique=True),
    Column("kind", choice(case.Kind, "kind"), nullable=False, default=case.Kind.COMPLAINT.value),
    Column("state", choice(case.State, "state"), nullable=False),
    Column("previous", choice(case.State, "previous")),
    Column("version", Integer, nullable=False, default=1),
    Column("round", Integer, nullable=False, default=1),
    Column("approvals", Integer, nullable=False, default=0),
    Column("category", String(32), nullable=False),
    Column("reason", String(32), nullable=False, default=""),
    Column("severity", String(16), nullable=False),
    Column("department", String(32), nullable=False),
    Column("cooperating", Text, nullable=False, default=""),
    Column("owner", ForeignKey("people.id"), index=True),
    Column("customer", ForeignKey("people.id"), index=True),
    Column("delivery", ForeignKey("deliveries.id"), index=True),
    Column("invitation", ForeignKey("invitations.id")),
    Column("waybill", String(64), nullable=False, default=""),
    Column("courier", Sealed("cases.courier"), nullable=False),
    Column("description", Sealed("cases.description"), nullable=False),
    Column("wanted", Sealed("cases.wanted"), nullable=False),
    Column("contact", Sealed("cases.contact"), nullable=False),
    Column("note", Sealed("cases.note"), nullable=False),
    Column("resolution", Sealed("cases.resolution")),
    Column("valid", Boolean),
    Column("plan", Sealed("cases.plan")),
    Column("appealed", Boolean, nullable=False, default=False),
    Column("linked", ForeignKey("cases.id")),
    Column("merged_into", ForeignKey("cases.id")),
    Column("handling", Integer, CheckConstraint("handling BETWEEN 1 AND 5", name="handling")),
    Column("created_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("closed_at", Moment),
    Index("ix_cases_department_state", "department", "state"),
    Index("ix_cases_created_at", "created_at"),
    # What is open and overdue, counted without looking at a case.
    Index("ix_cases_state_department_due_at", "state", "department", "due_at"),
)

case_events = Table(
    "case_events",
    metadata,
    Column("case", ForeignKey("cases.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("event", choice(case.Event, "event"), nullable=False),
    Column("state", choice(case.State, "state"), nullable=False),
    Column("actor", Big),
    Column("at", Moment, nullable=False),
    Column("facts", Sealed("case_events.facts"), nullable=False),
    PrimaryKeyConstraint("case", "version"),
)

cards = Table(
    "cards",
    metadata,
    Column("case", ForeignKey("cases.id"), nullable=False),
    Column("chat_id", Big, nullable=False),
    PrimaryKeyConstraint("case", "chat_id"),
)

contributions = Table(
    "contributions",
    metadata,
    Column("id", Big, primary_key=True, autoincrement=False),
    Column("case", ForeignKey("cases.id"), nullable=False, index=True),
    Column("side", choice(("customer", "staff", "note", "report"), "side"), nullable=False, default="customer"),
    Column("author", Big),
    Column("album", String(64), nullable=False, default=""),
    Column("words", Sealed("contributions.words"), nullable=False),
    Column("files", Sealed("contributions.files"), nullable=False),
    Column("edits", Sealed("contributions.edits")),
    Column("at", Moment, nullable=False),
)

talk = Table(
    "talk",
    metadata,
    Column("chat_id", Big, nullable=False),
    Column("message_id", Big, nullable=False),
    Column("case", ForeignKey("cases.id"), nullable=False),
    Column("contribution", ForeignKey("contributions.id")),
    Column("said", Sealed("talk.said")),
    PrimaryKeyConstraint("chat_id", "message_id"),
    sqlite_with_rowid=False,
)

topics = Table(
    "topics",
    metadata,
    Column("chat_id", Big, nullable=False),
    Column("case", ForeignKey("cases.id"), nullable=False),
    Column("thread_id", Big, nullable=False),
    PrimaryKeyConstraint("chat_id", "case"),
)


# --- the clocks of a case: what they say, kept for good when they stop (`ended_at`), and whom they have told

deadlines = Table(
    "deadlines",
    metadata,
    Column("case", ForeignKey("cases.id"), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("since", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("ended_at", Moment),
    # What was promised first, before waiting and extensions; the department whose promise it was; and whether it is in the figures.
    Column("promised_at", Moment, nullable=False),
    Column("department", String(64), nullable=False),
    Column("counts", Boolean, nullable=False),
    PrimaryKeyConstraint("case", "stage", "since"),
    # What fell due, and whether it was kept, counted without looking at a row.
    Index("ix_deadlines_stage_due_at", "stage", "due_at", "counts", "ended_at", "promised_at", "department"),
)

nudges = Table(
    "nudges",
    metadata,
    Column("case", ForeignKey("cases.id"), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("since", Integer, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("case", "stage", "since", "percent"),
)


# --- finding again

case_words = Table(
    "case_words",
    metadata,
    Column("hash", String(32), nullable=False),
    Column("case", ForeignKey("cases.id"), nullable=False),
    PrimaryKeyConstraint("hash", "case"),
    sqlite_with_rowid=False,
)

standard_answers = Table(
    "standard_answers",
    metadata,
    Column("id", Big, primary_key=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("department", String(32), nullable=False),
    Column("author", ForeignKey("people.id"), nullable=False),
    Column("used", Integer, nullable=False, default=0),
    Column("created_at", Moment, nullable=False),
    Column("retired_at", Moment),
)
