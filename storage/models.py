"""The tables. Personal data (names, phones, words, drafts, messages owed) is sealed from the first migration on.

`audit` and `case_events` are append-only: triggers in the migration refuse UPDATE and DELETE.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from domain import case
from domain.people import Role
from storage.columns import Big, Moment, Sealed, choice

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# --- the spine -------------------------------------------------------------------------------------------------------

inbox = Table(
    "inbox",
    metadata,
    Column("source", String(16), nullable=False),
    Column("key", String(64), nullable=False),
    Column("lane", String(48), nullable=False, default=""),
    Column("state", choice(("done", "waiting", "parked"), "state"), nullable=False, default="done"),
    Column("attempts", Integer, nullable=False, default=0),
    Column("payload", Sealed("inbox.payload")),
    Column("error", Text),
    Column("received_at", Moment, nullable=False),
    PrimaryKeyConstraint("source", "key"),
    Index("ix_inbox_open", "state", postgresql_where=text("state <> 'done'"), sqlite_where=text("state <> 'done'")),
    # Swept once a day: a block range index costs nothing on the way in; SQLite reads the small table whole.
    Index("ix_inbox_received_at", "received_at", postgresql_using="brin").ddl_if(dialect="postgresql"),
    sqlite_with_rowid=False,
)

sessions = Table(
    "sessions",
    metadata,
    Column("lane", String(48), nullable=False),
    Column("topic", String(48), nullable=False),
    Column("dialogue", String(16), nullable=False),
    Column("state", Sealed("sessions.state"), nullable=False),
    Column("awaits", Boolean, nullable=False),
    Column("touched", Big, nullable=False),
    PrimaryKeyConstraint("lane", "topic"),
    sqlite_with_rowid=False,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Big, primary_key=True, autoincrement=False),
    Column("chat_id", Big),
    Column("method", String(32), nullable=False),
    Column("name", String(96), nullable=False, default=""),
    Column("message_id", Big),
    Column("fresh", Boolean, nullable=False, default=False),
    Column("priority", Integer, nullable=False, default=0),
    Column("reply_to", String(96), nullable=False, default=""),
    Column("topic", Big),
    Column("payload", Sealed("outbox.payload"), nullable=False),
    Column("state", choice(("owed", "held", "failed"), "state"), nullable=False, default="owed"),
    Column("reason", Text),
    Column("holder", Big),
    Column("created_at", Moment, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("chat_id", Big, nullable=False),
    Column("name", String(96), nullable=False),
    Column("message_id", Big, nullable=False),
    PrimaryKeyConstraint("chat_id", "name"),
    Index("ix_messages_chat_id_message_id", "chat_id", "message_id"),
    sqlite_with_rowid=False,
)

timers = Table(
    "timers",
    metadata,
    Column("kind", String(16), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("due_at", Moment, nullable=False),
    PrimaryKeyConstraint("kind", "subject"),
    Index("ix_timers_due_at", "due_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Big, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", Big),
    Column("what", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("before", Sealed("audit.before")),
    Column("after", Sealed("audit.after")),
    Index("ix_audit_subject", "subject"),
)

meta = Table("meta", metadata, Column("key", String(32), primary_key=True), Column("value", Text, nullable=False))

counters = Table(
    "counters", metadata, Column("name", String(32), primary_key=True), Column("value", Big, nullable=False)
)

# --- people ----------------------------------------------------------------------------------------------------------

people = Table(
    "people",
    metadata,
    Column("id", Big, primary_key=True),
    Column("telegram_id", Big, unique=True),
    Column("language", String(8), nullable=False),
    Column("chose_language", Boolean, nullable=False, default=False),
    Column("name", Sealed("people.name"), nullable=False),
    Column("username_hash", String(32), index=True),
    Column("username", Sealed("people.username")),
    Column("phone", Sealed("people.phone")),
    Column("reach", choice(("unknown", "open", "blocked"), "reach"), nullable=False, default="unknown"),
    Column("created_at", Moment, nullable=False),
)

identities = Table(
    "identities",
    metadata,
    Column("kind", String(80), nullable=False),
    Column("hash", String(32), nullable=False),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    PrimaryKeyConstraint("kind", "hash"),
)

grants = Table(
    "grants",
    metadata,
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("role", choice(Role, "role"), nullable=False),
    Column("department", String(64), nullable=False, default=""),
    Column("granted_by", Big),
    Column("granted_at", Moment, nullable=False),
    PrimaryKeyConstraint("person", "role", "department"),
)

groups = Table(
    "groups",
    metadata,
    Column("chat_id", Big, primary_key=True, autoincrement=False),
    Column("department", String(32), unique=True),
    Column("language", String(8), nullable=False),
    Column("state", choice(("here", "lost"), "state"), nullable=False, default="here"),
    Column("reason", Text),
    Column("updated_at", Moment, nullable=False),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

# --- deliveries and what was answered about them ---------------------------------------------------------------------

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Big, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("waybill", String(64), nullable=False),
    Column("fingerprint", String(32), nullable=False),
    Column("delivered_at", Moment, nullable=False),
    Column("phone_hash", String(32), index=True),
    Column("phone", Sealed("deliveries.phone")),
    Column("ref_hash", String(32), index=True),
    Column("customer_name", Sealed("deliveries.customer_name")),
    Column("customer_type", String(32), nullable=False, default=""),
    Column("language", String(8), nullable=False, default=""),
    Column("department", String(64), nullable=False, default=""),
    Column("courier", String(64), nullable=False, default=""),
    Column("courier_name", Sealed("deliveries.courier_name")),
    Column("route", String(64), nullable=False, default=""),
    Column("station", String(64), nullable=False, default=""),
    Column("service", String(32), nullable=False, default=""),
    Column("priority", String(2), nullable=False, default=""),
    Column("declared_value", String(32), nullable=False, default=""),
    Column("person", ForeignKey("people.id"), index=True),
    Column(
        "fate",
        choice(("waiting", "invited", "unreachable", "blocked", "too_late", "opened"), "fate"),
        nullable=False,
        default="waiting",
    ),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("source", "waybill"),
    Index("ix_deliveries_waybill", "waybill"),
    Index("ix_deliveries_delivered_at", "delivered_at"),
)

surveys = Table(
    "surveys",
    metadata,
    Column("name", String(48), primary_key=True),
    Column("definition", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Big, primary_key=True),
    Column("delivery", ForeignKey("deliveries.id"), unique=True),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("survey", String(48), nullable=False),
    Column("origin", choice(("sent", "link", "rate"), "origin"), nullable=False),
    Column("department", String(64), nullable=False, default=""),
    Column("courier", String(64), nullable=False, default=""),
    Column("route", String(64), nullable=False, default=""),
    Column("station", String(64), nullable=False, default=""),
    Column("service", String(32), nullable=False, default=""),
    Column("priority", String(2), nullable=False, default=""),
    Column("customer_type", String(32), nullable=False, default=""),
    Column("state", choice(("open", "expired", "undelivered"), "state"), nullable=False, default="open"),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("ix_invitations_created_at", "created_at"),
)

answers = Table(
    "answers",
    metadata,
    Column("invitation", ForeignKey("invitations.id"), nullable=False),
    Column("question", String(32), nullable=False),
    Column("dimension", String(32), nullable=False, default=""),
    Column("score", Integer, CheckConstraint("score BETWEEN 1 AND 5", name="score")),
    Column("words", Sealed("answers.words")),
    Column("answered_at", Moment, nullable=False),
    PrimaryKeyConstraint("invitation", "question"),
    sqlite_with_rowid=False,
)

# --- cases -----------------------------------------------------------------------------------------------------------

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

# --- the clocks of a case: what they said, kept when they stop, and whom they have told -------------------------------

deadlines = Table(
    "deadlines",
    metadata,
    Column("case", ForeignKey("cases.id"), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("since", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=False),
    PrimaryKeyConstraint("case", "stage", "since"),
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

# --- finding again ---------------------------------------------------------------------------------------------------

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
