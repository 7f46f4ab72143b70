"""Tables of cases: their history (append-only, by triggers), conversation, clocks, and search index."""

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
    text,
)

from domain.cases import case
from storage.engine.columns import BigInt, EncryptedText, UtcDateTime, make_choice_type
from storage.models.base import metadata

cases = Table(
    "cases",
    metadata,
    Column("id", BigInt, primary_key=True),
    Column("number", String(24), nullable=False, unique=True),
    Column("kind", make_choice_type(case.CaseKind, "kind"), nullable=False, default=case.CaseKind.COMPLAINT.value),
    Column("state", make_choice_type(case.CaseState, "state"), nullable=False),
    Column("previous", make_choice_type(case.CaseState, "previous")),
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
    Column("courier", EncryptedText("cases.courier"), nullable=False),
    Column("description", EncryptedText("cases.description"), nullable=False),
    Column("wanted", EncryptedText("cases.wanted"), nullable=False),
    Column("contact", EncryptedText("cases.contact"), nullable=False),
    Column("note", EncryptedText("cases.note"), nullable=False),
    Column("resolution", EncryptedText("cases.resolution")),
    Column("valid", Boolean),
    Column("plan", EncryptedText("cases.plan")),
    Column("appealed", Boolean, nullable=False, default=False),
    Column("linked", ForeignKey("cases.id")),
    Column("merged_into", ForeignKey("cases.id")),
    Column("handling", Integer, CheckConstraint("handling BETWEEN 1 AND 5", name="handling")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Index("ix_cases_department_state", "department", "state"),
    Index("ix_cases_created_at", "created_at"),
    Index(
        "ix_cases_invitation",
        "invitation",
        postgresql_where=text("invitation IS NOT NULL"),
        sqlite_where=text("invitation IS NOT NULL"),
    ),
    # What is open and overdue, counted from the index alone.
    Index("ix_cases_state_department_due_at", "state", "department", "due_at"),
)

case_events = Table(
    "case_events",
    metadata,
    Column("case", ForeignKey("cases.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("event", make_choice_type(case.CaseEvent, "event"), nullable=False),
    Column("state", make_choice_type(case.CaseState, "state"), nullable=False),
    Column("actor", BigInt),
    Column("at", UtcDateTime, nullable=False),
    Column("facts", EncryptedText("case_events.facts"), nullable=False),
    PrimaryKeyConstraint("case", "version"),
)

cards = Table(
    "cards",
    metadata,
    Column("case", ForeignKey("cases.id"), nullable=False),
    Column("chat_id", BigInt, nullable=False),
    PrimaryKeyConstraint("case", "chat_id"),
)

contributions = Table(
    "contributions",
    metadata,
    Column("id", BigInt, primary_key=True, autoincrement=False),
    Column("case", ForeignKey("cases.id"), nullable=False, index=True),
    Column(
        "side",
        make_choice_type(case.ContributionSide, "side"),
        nullable=False,
        default=case.ContributionSide.CUSTOMER.value,
    ),
    Column("author", BigInt),
    Column("album", String(64), nullable=False, default=""),
    Column("words", EncryptedText("contributions.words"), nullable=False),
    Column("files", EncryptedText("contributions.files"), nullable=False),
    Column("edits", EncryptedText("contributions.edits")),
    Column("at", UtcDateTime, nullable=False),
    # The contribution whose copy shows this one to staff as well; what else it may be, `storage/cases/cases.py` says.
    Column("shown_in", BigInt),
)

talk = Table(
    "talk",
    metadata,
    Column("chat_id", BigInt, nullable=False),
    Column("message_id", BigInt, nullable=False),
    Column("case", ForeignKey("cases.id"), nullable=False),
    Column("contribution", ForeignKey("contributions.id")),
    Column("said", EncryptedText("talk.said")),
    PrimaryKeyConstraint("chat_id", "message_id"),
    # What was said in one case, when it is erased.
    Index("ix_talk_case", "case"),
    sqlite_with_rowid=False,
)

topics = Table(
    "topics",
    metadata,
    Column("chat_id", BigInt, nullable=False),
    Column("case", ForeignKey("cases.id"), nullable=False),
    Column("thread_id", BigInt, nullable=False),
    PrimaryKeyConstraint("chat_id", "case"),
)


# --- the clocks of a case: what they say, kept for good when they stop (`ended_at`), and whom they have told

deadlines = Table(
    "deadlines",
    metadata,
    Column("case", ForeignKey("cases.id"), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("since", Integer, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    # What was promised first, before waiting and extensions; the department whose promise it was; and whether it is in the figures.
    Column("promised_at", UtcDateTime, nullable=False),
    Column("department", String(64), nullable=False),
    Column("counts", Boolean, nullable=False),
    PrimaryKeyConstraint("case", "stage", "since"),
    # What fell due, and whether it was kept, counted from the index alone.
    Index("ix_deadlines_stage_due_at", "stage", "due_at", "counts", "ended_at", "promised_at", "department"),
    # What still runs.
    Index(
        "ix_deadlines_running",
        "due_at",
        "stage",
        "counts",
        "department",
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)

nudges = Table(
    "nudges",
    metadata,
    Column("case", ForeignKey("cases.id"), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("since", Integer, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
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

unindexed = Table(
    "unindexed",
    metadata,
    Column("contribution", ForeignKey("contributions.id"), primary_key=True, autoincrement=False),
    # How many of its words are in the index: it is indexed in pieces.
    Column("done", Integer, nullable=False, default=0),
)

standard_answers = Table(
    "standard_answers",
    metadata,
    Column("id", BigInt, primary_key=True),
    Column("question", EncryptedText("standard_answers.question"), nullable=False),
    Column("answer", EncryptedText("standard_answers.answer"), nullable=False),
    Column("department", String(32), nullable=False),
    Column("author", ForeignKey("people.id"), nullable=False),
    Column("used", Integer, nullable=False, default=0),
    Column("created_at", UtcDateTime, nullable=False),
    Column("retired_at", UtcDateTime),
)
