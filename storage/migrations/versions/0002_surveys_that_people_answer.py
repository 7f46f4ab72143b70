"""surveys that people answer: fates, reminders, kinds of questions, anonymous answers, campaigns, callbacks, appeals

Revision ID: 0002
Revises: 0001

On SQLite the words of three CHECKs and one NOT NULL are exchanged in the schema itself, as SQLite's documentation describes for
changes that leave every stored row as it is: nothing is copied, so it takes no time however many rows there are.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


_KINDS = ("rating", "nps", "choice", "choices", "yesno", "text", "photos", "contact")
_KIND = _choice("kind", *_KINDS)
_OLD_FATES = ("waiting", "invited", "unreachable", "blocked", "too_late", "opened")
_FATES = (
    "waiting",
    "sent",
    "opened",
    "answered",
    "phoned",
    "expired",
    "sampled_out",
    "too_soon",
    "unreachable",
    "blocked",
    "stopped",
    "too_late",
)
_INVITED_IS_SENT = "UPDATE deliveries SET fate = 'sent' WHERE fate = 'invited'"
_OLD_ORIGINS, _ORIGINS = ("sent", "link", "rate"), ("sent", "link", "rate", "campaign", "phone")


def upgrade() -> None:
    _new_tables()
    _new_columns()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    (_loosen_sqlite if on_sqlite else _loosen_postgresql)()
    _kinds_of_old_answers()


def _new_tables() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", _BIG, autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("survey", sa.String(length=32), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("cycle", _choice("cycle", "once", "month", "quarter", "half_year", "year"), nullable=False),
        sa.Column(
            "state",
            _choice("state", "planned", "declined", "approved", "sending", "stopped", "done", "cancelled"),
            nullable=False,
        ),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("planned_by", _BIG, nullable=False),
        sa.Column("approved_by", _BIG, nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["approved_by"], ["people.id"], name=op.f("fk_campaigns_approved_by")),
        sa.ForeignKeyConstraint(["planned_by"], ["people.id"], name=op.f("fk_campaigns_planned_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )
    op.create_table(
        "anonymous_answers",
        sa.Column("response", _BIG, nullable=False),
        sa.Column("question", sa.String(length=32), nullable=False),
        sa.Column("survey", sa.String(length=48), nullable=False),
        sa.Column("campaign", _BIG, nullable=True),
        sa.Column("dimension", sa.String(length=32), nullable=False),
        sa.Column("kind", _KIND, nullable=False),
        sa.Column("levels", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_anonymous_answers_campaign")),
        sa.CheckConstraint("score BETWEEN 0 AND 10", name=op.f("ck_anonymous_answers_score")),
        sa.PrimaryKeyConstraint("response", "question", name=op.f("pk_anonymous_answers")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_anonymous_answers_survey_month", "anonymous_answers", ["survey", "month"], unique=False)
    op.create_table(
        "callbacks",
        sa.Column("delivery", _BIG, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column(
            "state",
            _choice("state", "listed", "taken", "answered", "no_reply", "refused", "wrong_number"),
            nullable=False,
        ),
        sa.Column("taken_by", _BIG, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("listed_at", _MOMENT, nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.id"], name=op.f("fk_callbacks_delivery")),
        sa.ForeignKeyConstraint(["taken_by"], ["people.id"], name=op.f("fk_callbacks_taken_by")),
        sa.PrimaryKeyConstraint("delivery", name=op.f("pk_callbacks")),
    )
    op.create_index("ix_callbacks_day", "callbacks", ["day"], unique=False)
    op.create_table(
        "campaign_recipients",
        sa.Column("campaign", _BIG, nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("person", _BIG, nullable=False),
        sa.Column("state", _choice("state", "waiting", "sent", "unreachable", "stopped"), nullable=False),
        sa.Column("invitation", _BIG, nullable=True),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_campaign_recipients_campaign")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_campaign_recipients_person")),
        sa.PrimaryKeyConstraint("campaign", "run", "person", name=op.f("pk_campaign_recipients")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_campaign_recipients_campaign_run_state", "campaign_recipients", ["campaign", "run", "state"], unique=False
    )
    op.create_table(
        "appeals",
        sa.Column("id", _BIG, autoincrement=False, nullable=False),
        sa.Column("invitation", _BIG, nullable=False),
        sa.Column("appellant", _BIG, nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("state", _choice("state", "open", "upheld", "rejected"), nullable=False),
        sa.Column("decided_by", _BIG, nullable=True),
        sa.Column("decision", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["appellant"], ["people.id"], name=op.f("fk_appeals_appellant")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_appeals_decided_by")),
        sa.ForeignKeyConstraint(["invitation"], ["invitations.id"], name=op.f("fk_appeals_invitation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("invitation", name=op.f("uq_appeals_invitation")),
    )
    op.create_index(op.f("ix_appeals_appellant"), "appeals", ["appellant"], unique=False)


def _new_columns() -> None:
    op.add_column("deliveries", sa.Column("region", sa.String(length=2), nullable=False, server_default=""))
    op.add_column("people", sa.Column("zone", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("people", sa.Column("stopped_at", _MOMENT, nullable=True))
    op.add_column("people", sa.Column("asked_at", _MOMENT, nullable=True))
    op.add_column("answers", sa.Column("levels", sa.Integer(), nullable=False, server_default="5"))
    op.add_column("invitations", sa.Column("reminded_at", _MOMENT, nullable=True))
    op.add_column("invitations", sa.Column("excluded", sa.Boolean(), nullable=False, server_default=sa.false()))
    if op.get_bind().dialect.name == "sqlite":
        kinds = ", ".join(f"'{kind}'" for kind in _KINDS)
        op.execute(
            "ALTER TABLE answers ADD COLUMN kind VARCHAR(32) NOT NULL DEFAULT 'rating' "
            f"CONSTRAINT ck_answers_kind CHECK (kind IN ({kinds}))"
        )
        for name, table in (("campaign", "campaigns"), ("entered_by", "people")):
            op.execute(
                f"ALTER TABLE invitations ADD COLUMN {name} INTEGER CONSTRAINT fk_invitations_{name} REFERENCES {table} (id)"
            )
    else:
        op.add_column("answers", sa.Column("kind", sa.String(length=32), nullable=False, server_default="rating"))
        op.create_check_constraint(op.f("ck_answers_kind"), "answers", sa.column("kind").in_(_KINDS))
        for name, table in (("campaign", "campaigns"), ("entered_by", "people")):
            op.add_column("invitations", sa.Column(name, _BIG, nullable=True))
            op.create_foreign_key(op.f(f"fk_invitations_{name}"), "invitations", table, [name], ["id"])
    op.create_index(op.f("ix_invitations_campaign"), "invitations", ["campaign"], unique=False)
    op.create_index("ix_invitations_courier_created_at", "invitations", ["courier", "created_at"], unique=False)
    changed = sa.text("what = 'answer.change'")
    op.create_index("ix_audit_changed_answers", "audit", ["at"], postgresql_where=changed, sqlite_where=changed)


def _among(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def _loosen_postgresql() -> None:
    op.drop_constraint(op.f("ck_deliveries_fate"), "deliveries", type_="check")
    op.execute(_INVITED_IS_SENT)
    op.create_check_constraint(op.f("ck_deliveries_fate"), "deliveries", sa.text(_among("fate", _FATES)))
    for table, name, condition in (
        ("invitations", "origin", _among("origin", _ORIGINS)),
        ("answers", "score", "score BETWEEN 0 AND 10"),
    ):
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, sa.text(condition))
    op.alter_column("invitations", "person", existing_type=_BIG, nullable=True)


def _loosen_sqlite() -> None:
    database = op.get_bind()
    version = database.exec_driver_sql("PRAGMA schema_version").scalar_one()
    database.exec_driver_sql("PRAGMA writable_schema = ON")
    for table, before, after in (
        ("deliveries", _among("fate", _OLD_FATES), _among("fate", _FATES)),
        ("invitations", _among("origin", _OLD_ORIGINS), _among("origin", _ORIGINS)),
        ("invitations", "person INTEGER NOT NULL", "person INTEGER"),
        ("answers", "score BETWEEN 1 AND 5", "score BETWEEN 0 AND 10"),
    ):
        statement = (
            "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ? AND instr(sql, ?)"
        )
        changed = database.exec_driver_sql(statement, (before, after, table, before))
        if changed.rowcount != 1:
            raise RuntimeError(f"the table {table} is not the one that 0001 made: it has no {before}")
    database.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    database.exec_driver_sql("PRAGMA writable_schema = RESET")
    op.execute(_INVITED_IS_SENT)


def _kinds_of_old_answers() -> None:
    """What was no rating was several choices or a text; the survey's own definition says which."""
    database = op.get_bind()
    op.execute("UPDATE answers SET kind = 'text' WHERE score IS NULL")
    for name, definition in database.execute(sa.text("SELECT name, definition FROM surveys")).all():
        for question in json.loads(definition)["questions"]:
            if question["kind"] == "choices":
                database.execute(
                    sa.text(
                        "UPDATE answers SET kind = 'choices' WHERE question = :question "
                        "AND invitation IN (SELECT id FROM invitations WHERE survey = :survey)"
                    ),
                    {"question": question["id"], "survey": name},
                )


def downgrade() -> None:
    raise NotImplementedError("a backup is the way back")
