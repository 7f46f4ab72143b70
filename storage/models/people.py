"""Tables of people: accounts, the numbers that lead to them, roles, groups, and the API tokens of other systems."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, PrimaryKeyConstraint, String, Table, Text, text

from domain.people import Reach, Role
from storage.engine.columns import BigInt, EncryptedText, UtcDateTime, make_choice_type
from storage.models.base import metadata

people = Table(
    "people",
    metadata,
    Column("id", BigInt, primary_key=True),
    Column("telegram_id", BigInt, unique=True),
    Column("language", String(8), nullable=False),
    Column("chose_language", Boolean, nullable=False, default=False),
    Column("name", EncryptedText("people.name"), nullable=False),
    Column("username_hash", String(32), index=True),
    Column("username", EncryptedText("people.username")),
    Column("phone", EncryptedText("people.phone")),
    Column("reach", make_choice_type(Reach, "reach"), nullable=False, default=Reach.UNKNOWN.value),
    Column("created_at", UtcDateTime, nullable=False),
    Column("zone", String(40), nullable=False, default=""),
    Column("stopped_at", UtcDateTime),
    Column("asked_at", UtcDateTime),
    # The version of what is kept that the person agreed to, 0 for none, and when that was given or withdrawn.
    Column("consent", Integer, nullable=False, server_default=text("0")),
    Column("consent_at", UtcDateTime),
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
    Column("role", make_choice_type(Role, "role"), nullable=False),
    Column("department", String(64), nullable=False, default=""),
    Column("granted_by", BigInt),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("confirmed_at", UtcDateTime),
    PrimaryKeyConstraint("person", "role", "department"),
)

withheld_roles = Table(
    "withheld_roles",
    metadata,
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("role", make_choice_type(Role, "role"), nullable=False),
    Column("department", String(64), nullable=False, default=""),
    Column("withheld_by", BigInt),
    Column("withheld_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("person", "role", "department"),
)

groups = Table(
    "groups",
    metadata,
    Column("chat_id", BigInt, primary_key=True, autoincrement=False),
    Column("department", String(32), unique=True),
    Column("language", String(8), nullable=False),
    Column("state", make_choice_type(("here", "lost"), "state"), nullable=False, default="here"),
    Column("reason", Text),
    Column("updated_at", UtcDateTime, nullable=False),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("reads_cases", Boolean, nullable=False, default=False),
)
