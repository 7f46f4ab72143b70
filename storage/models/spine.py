"""Tables of event processing: inbox, conversations, outbox, timers, the audit log, and facts about the installation.

`audit` is append-only: triggers in the migration refuse UPDATE and DELETE.
"""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text, text

from storage.engine.columns import BigInt, EncryptedText, UtcDateTime, make_choice_type
from storage.models.base import metadata

inbox = Table(
    "inbox",
    metadata,
    Column("source", String(16), nullable=False),
    Column("key", String(64), nullable=False),
    Column("lane", String(48), nullable=False, default=""),
    Column("state", make_choice_type(("done", "waiting", "parked"), "state"), nullable=False, default="done"),
    Column("attempts", Integer, nullable=False, default=0),
    Column("payload", EncryptedText("inbox.payload")),
    Column("error", Text),
    Column("received_at", UtcDateTime, nullable=False),
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
    Column("state", EncryptedText("sessions.state"), nullable=False),
    Column("awaits", Boolean, nullable=False),
    Column("touched", BigInt, nullable=False),
    # The version of the sentence about consent that its screen shows, 0 where it shows none.
    Column("consent_asked", Integer, nullable=False, server_default=text("0")),
    PrimaryKeyConstraint("lane", "topic"),
    sqlite_with_rowid=False,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInt, primary_key=True, autoincrement=False),
    Column("chat_id", BigInt),
    Column("method", String(32), nullable=False),
    Column("name", String(96), nullable=False, default=""),
    Column("message_id", BigInt),
    Column("fresh", Boolean, nullable=False, default=False),
    Column("priority", Integer, nullable=False, default=0),
    Column("reply_to", String(96), nullable=False, default=""),
    Column("topic", BigInt),
    Column("payload", EncryptedText("outbox.payload"), nullable=False),
    Column("state", make_choice_type(("owed", "held", "failed"), "state"), nullable=False, default="owed"),
    Column("reason", Text),
    Column("holder", BigInt),
    Column("created_at", UtcDateTime, nullable=False),
    # In which order rows came, whatever the clocks of the processes say: PostgreSQL counts (see the migration), SQLite has one process.
    Column("seq", BigInt, nullable=False, server_default=text("0")),
    # Twice a second a sender asks for what it does not hold itself; what is held back or was refused may be much, and is not read for it.
    Index("ix_outbox_owed", "holder", postgresql_where=text("state = 'owed'"), sqlite_where=text("state = 'owed'")),
    Index(
        "ix_outbox_kept",
        "state",
        "chat_id",
        postgresql_where=text("state <> 'owed'"),
        sqlite_where=text("state <> 'owed'"),
    ),
)

group_windows = Table(
    "group_windows",
    metadata,
    Column("chat_id", BigInt, primary_key=True, autoincrement=False),
    Column("moments", Text, nullable=False),
)
"""When each group was written to in the last minute: Telegram's limit outlives our process."""

messages = Table(
    "messages",
    metadata,
    Column("chat_id", BigInt, nullable=False),
    Column("name", String(96), nullable=False),
    Column("message_id", BigInt, nullable=False),
    PrimaryKeyConstraint("chat_id", "name"),
    Index("ix_messages_chat_id_message_id", "chat_id", "message_id"),
    sqlite_with_rowid=False,
)

timers = Table(
    "timers",
    metadata,
    Column("kind", String(16), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("kind", "subject"),
    Index("ix_timers_due_at", "due_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigInt, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", BigInt),
    Column("what", String(32), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("before", EncryptedText("audit.before")),
    Column("after", EncryptedText("audit.after")),
    Index("ix_audit_subject", "subject"),
    # The week's changed ratings are searched for among everything that happened: this index holds only them.
    Index(
        "ix_audit_changed_answers",
        "at",
        postgresql_where=text("what = 'answer.change'"),
        sqlite_where=text("what = 'answer.change'"),
    ),
)

erased_subjects = Table(
    "erased_subjects",
    metadata,
    Column("subject", String(128), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)
"""Whose keys still have to be destroyed in the backups: `storage/backup/erased_subjects.py`."""

meta = Table("meta", metadata, Column("key", String(32), primary_key=True), Column("value", Text, nullable=False))

counters = Table(
    "counters", metadata, Column("name", String(32), primary_key=True), Column("value", BigInt, nullable=False)
)
