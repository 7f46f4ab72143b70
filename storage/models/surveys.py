"""Tables of surveys: their versions, who was asked, what was answered (by name, anonymously, by phone), and appeals against ratings."""

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

from domain.deliveries.delivery import PhoneCallState
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import InvitationState, Origin
from storage.engine.columns import BigInt, EncryptedText, UtcDateTime, make_choice_type
from storage.models.base import metadata

surveys = Table(
    "surveys",
    metadata,
    Column("name", String(48), primary_key=True),
    Column("definition", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", BigInt, primary_key=True),
    Column("delivery", ForeignKey("deliveries.id"), unique=True),
    Column("person", ForeignKey("people.id"), index=True),
    Column("survey", String(48), nullable=False),
    Column("origin", make_choice_type(Origin, "origin"), nullable=False),
    Column("department", String(64), nullable=False, default=""),
    Column("courier", String(64), nullable=False, default=""),
    Column("route", String(64), nullable=False, default=""),
    Column("station", String(64), nullable=False, default=""),
    Column("service", String(32), nullable=False, default=""),
    Column("priority", String(2), nullable=False, default=""),
    Column("customer_type", String(32), nullable=False, default=""),
    Column("state", make_choice_type(InvitationState, "state"), nullable=False, default=InvitationState.OPEN.value),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("reminded_at", UtcDateTime),
    Column("campaign", ForeignKey("campaigns.id"), index=True),
    Column("entered_by", ForeignKey("people.id")),
    Column("excluded", Boolean, nullable=False, default=False),
    Index("ix_invitations_created_at", "created_at"),
    # Somebody looks at their own ratings of a year: one courier's among all.
    Index("ix_invitations_courier_created_at", "courier", "created_at"),
)

answers = Table(
    "answers",
    metadata,
    Column("invitation", ForeignKey("invitations.id"), nullable=False),
    Column("question", String(32), nullable=False),
    Column("dimension", String(32), nullable=False, default=""),
    Column("kind", make_choice_type(QuestionKind, "kind"), nullable=False, default=QuestionKind.RATING.value),
    Column("levels", Integer, nullable=False, default=5),
    Column("score", Integer, CheckConstraint("score BETWEEN 0 AND 10", name="score")),
    Column("words", EncryptedText("answers.words")),
    Column("answered_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("invitation", "question"),
    sqlite_with_rowid=False,
)

# Who answered an anonymous survey is not stored: no person, no invitation, no moment (a month), and an id that is random, not one of ours
# that grow with time.
anonymous_answers = Table(
    "anonymous_answers",
    metadata,
    Column("response", BigInt, nullable=False),
    Column("question", String(32), nullable=False),
    Column("survey", String(48), nullable=False),
    Column("campaign", ForeignKey("campaigns.id")),
    Column("dimension", String(32), nullable=False, default=""),
    Column("kind", make_choice_type(QuestionKind, "kind"), nullable=False),
    Column("levels", Integer, nullable=False, default=5),
    Column("score", Integer, CheckConstraint("score BETWEEN 0 AND 10", name="score")),
    Column("words", EncryptedText("anonymous_answers.words")),
    Column("month", String(7), nullable=False),
    PrimaryKeyConstraint("response", "question"),
    Index("ix_anonymous_answers_survey_month", "survey", "month"),
    sqlite_with_rowid=False,
)

# A delivery that was sampled and cannot be reached in chat is phoned: one row each.
callbacks = Table(
    "callbacks",
    metadata,
    Column("delivery", ForeignKey("deliveries.id"), primary_key=True),
    Column("day", String(10), nullable=False),
    Column("state", make_choice_type(PhoneCallState, "state"), nullable=False, default=PhoneCallState.LISTED.value),
    Column("taken_by", ForeignKey("people.id")),
    Column("attempts", Integer, nullable=False, default=0),
    Column("listed_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Index("ix_callbacks_day", "day"),
)

# A rated person asks that a rating be set aside; one appeal an invitation.
appeals = Table(
    "appeals",
    metadata,
    Column("id", BigInt, primary_key=True, autoincrement=False),
    Column("invitation", ForeignKey("invitations.id"), nullable=False, unique=True),
    Column("appellant", ForeignKey("people.id"), nullable=False, index=True),
    Column("reason", EncryptedText("appeals.reason"), nullable=False),
    Column("state", make_choice_type(("open", "upheld", "rejected"), "state"), nullable=False, default="open"),
    Column("decided_by", ForeignKey("people.id")),
    Column("decision", EncryptedText("appeals.decision")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
)
