"""Table of evidence: a row for each file of a contribution, with the key that opens its object in the store."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, text

from domain.cases.evidence import EvidenceState
from storage.engine.columns import BigInt, EncryptedText, UtcDateTime, make_choice_type
from storage.models.base import metadata

evidence = Table(
    "evidence",
    metadata,
    Column("id", BigInt, primary_key=True),
    Column("contribution", ForeignKey("contributions.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("file_id", EncryptedText("evidence.file_id"), nullable=False),
    Column("state", make_choice_type(EvidenceState, "state"), nullable=False),
    # How often Telegram has refused it, and when it is tried again.
    Column("attempts", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    # The object in the store, the key that seals it, the file's SHA-256, its size in bytes and how its name at Telegram ends.
    Column("object", String(64), nullable=False, index=True),
    Column("key", EncryptedText("evidence.key"), nullable=False),
    Column("digest", EncryptedText("evidence.digest"), nullable=False),
    Column("size", BigInt, nullable=False),
    Column("suffix", String(16), nullable=False),
    Index(
        "ix_evidence_due",
        "due_at",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_evidence_not_kept",
        "state",
        sqlite_where=text("state <> 'kept'"),
        postgresql_where=text("state <> 'kept'"),
    ),
)
