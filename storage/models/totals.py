"""Tables of precomputed totals by day and month (`domain.figures.totals`), and how every complaint is handled (`domain.cases.handling`).

All of it can be rebuilt from the other tables: `huifang totals --rebuild`.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    false,
    text,
)

from domain.cases.handling import Outcome
from domain.figures.casework import CaseworkColumn, DeadlineColumn
from storage.engine.columns import UtcDateTime, make_choice_type
from storage.models.base import metadata

delivery_totals = Table(
    "delivery_totals",
    metadata,
    Column("by", String(16), nullable=False),
    Column("day", String(10), nullable=False),
    Column("department", String(64), nullable=False),
    Column("value", String(64), nullable=False),
    Column("stratum", String(8), nullable=False),
    Column("deliveries", Integer, nullable=False),
    Column("sampled", Integer, nullable=False),
    Column("surveyed", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("complaints", Integer, nullable=False),
    Column("valid", Integer, nullable=False),
    Column("opened", Integer, nullable=False),
    *(Column(name, Integer, nullable=False, server_default=text("0")) for name in ("invited", "responded", "came")),
    Column("grown", Integer, nullable=False, server_default=text("0")),
    PrimaryKeyConstraint("by", "day", "department", "value", "stratum"),
    sqlite_with_rowid=False,
)

rating_totals = Table(
    "rating_totals",
    metadata,
    Column("by", String(16), nullable=False),
    Column("day", String(10), nullable=False),
    Column("dimension", String(40), nullable=False),
    Column("department", String(64), nullable=False),
    Column("value", String(64), nullable=False),
    Column("stratum", String(8), nullable=False),
    Column("one", Integer, nullable=False),
    Column("two", Integer, nullable=False),
    Column("three", Integer, nullable=False),
    Column("four", Integer, nullable=False),
    Column("five", Integer, nullable=False),
    PrimaryKeyConstraint("by", "day", "dimension", "department", "value", "stratum"),
    sqlite_with_rowid=False,
)


def _make_totals(name: str, subject: Sequence[Column[str]], counts: Iterable[str]) -> Table:
    return Table(
        name,
        metadata,
        Column("by", String(16), nullable=False),
        Column("day", String(10), nullable=False),
        *subject,
        Column("department", String(64), nullable=False),
        Column("value", String(64), nullable=False),
        Column("stratum", String(8), nullable=False),
        *(Column(count, Integer, nullable=False) for count in counts),
        PrimaryKeyConstraint("by", "day", *(column.name for column in subject), "department", "value", "stratum"),
        sqlite_with_rowid=False,
    )


casework_totals = _make_totals("casework_totals", [], CaseworkColumn)
deadline_totals = _make_totals("deadline_totals", [Column("stage", String(16), nullable=False)], DeadlineColumn)

duration_totals = Table(
    "duration_totals",
    metadata,
    Column("by", String(16), nullable=False),
    Column("month", String(7), nullable=False),
    Column("department", String(64), nullable=False),
    Column("value", String(64), nullable=False),
    # Appended to by every complaint that has another duration than before; as `domain.figures.casework` packs them.
    Column("durations", LargeBinary, nullable=False),
    PrimaryKeyConstraint("by", "month", "department", "value"),
    sqlite_with_rowid=False,
)

packed_totals = Table(
    "packed_totals",
    metadata,
    Column("by", String(16), nullable=False),
    Column("day", String(10), nullable=False),
    # That of `rating_totals`; empty for `delivery_totals`.
    Column("dimension", String(40), nullable=False),
    Column("part", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    PrimaryKeyConstraint("by", "day", "dimension", "part"),
    sqlite_with_rowid=False,
)

courses = Table(
    "courses",
    metadata,
    Column("case", ForeignKey("cases.id"), primary_key=True),
    Column("category", String(32), nullable=False),
    Column("department", String(64), nullable=False),
    Column("courier", String(64), nullable=False, default=""),
    Column("route", String(64), nullable=False, default=""),
    Column("station", String(64), nullable=False, default=""),
    Column("service", String(32), nullable=False, default=""),
    Column("priority", String(8), nullable=False, default=""),
    Column("customer_type", String(32), nullable=False, default=""),
    Column("at", UtcDateTime, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("valid", Boolean, nullable=False, default=False),
    # Whether it came from the survey of a low rating.
    Column("grown", Boolean, nullable=False, default=False, server_default=false()),
    Column("outcome", make_choice_type(Outcome, "outcome"), nullable=False),
    Column("replied", Integer),
    Column("resolved", Integer),
    Column("finished", Integer),
    Column("answered_at", UtcDateTime),
    Column("rounds", Integer, nullable=False),
    Column("solved_in", Integer, nullable=False),
    Column("reopened", Boolean, nullable=False),
    Column("unit", String(80), nullable=False, server_default=""),
    Column("repeated", Boolean, nullable=False),
    Column("handling", Integer, CheckConstraint("handling BETWEEN 1 AND 5", name="handling")),
    Index("ix_courses_opened_at", "opened_at"),
    Index("ix_courses_at", "at"),
    # Of what only time decides: the complaints that wait for an answer, and those answered lately.
    Index(
        "ix_courses_waiting",
        "opened_at",
        "department",
        sqlite_where=text("answered_at IS NULL AND outcome = 'none'"),
        postgresql_where=text("answered_at IS NULL AND outcome = 'none'"),
    ),
    Index("ix_courses_answered_at", "answered_at"),
    # Whether there was one of the same kind shortly before.
    Index("ix_courses_category_unit_opened_at", "category", "unit", "opened_at"),
)
