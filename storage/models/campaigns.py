"""Campaigns: a survey sent to a group of customers, and what became of each of them in each run."""

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from domain.surveys.campaign import Cycle, Recipient, State
from storage.engine.columns import Big, Moment, choice
from storage.models.base import metadata

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", Big, primary_key=True, autoincrement=False),
    Column("title", String(200), nullable=False),
    Column("survey", String(32), nullable=False),
    Column("audience", Text, nullable=False),
    Column("cycle", choice(Cycle, "cycle"), nullable=False, default=Cycle.ONCE.value),
    Column("state", choice(State, "state"), nullable=False),
    Column("run", Integer, nullable=False, default=1),
    Column("starts_at", Moment, nullable=False),
    Column("planned_by", ForeignKey("people.id"), nullable=False),
    Column("approved_by", ForeignKey("people.id")),
    Column("created_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

campaign_recipients = Table(
    "campaign_recipients",
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), nullable=False),
    Column("run", Integer, nullable=False),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("state", choice(Recipient, "state"), nullable=False, default=Recipient.WAITING.value),
    Column("invitation", Big),
    PrimaryKeyConstraint("campaign", "run", "person"),
    Index("ix_campaign_recipients_campaign_run_state", "campaign", "run", "state"),
    sqlite_with_rowid=False,
)
