"""Who somebody is: accounts, the numbers that lead to them, roles, groups, and the tokens of other systems."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from domain.people import Role
from storage.engine.columns import Big, Moment, Sealed, choice
from storage.models.base import metadata

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
    Column("zone", String(40), nullable=False, default=""),
    Column("stopped_at", Moment),
    Column("asked_at", Moment),
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
