"""Tables of campaigns: a survey sent to a group of customers, and what became of each customer in each run."""

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from domain.surveys.campaign import CampaignState, Cycle, RecipientState
from storage.engine.columns import BigInt, UtcDateTime, make_choice_type
from storage.models.base import metadata

campaigns = Table(
    "campaigns",
    metadata,
    Column("id", BigInt, primary_key=True, autoincrement=False),
    Column("title", String(200), nullable=False),
    Column("survey", String(32), nullable=False),
    Column("audience", Text, nullable=False),
    Column("cycle", make_choice_type(Cycle, "cycle"), nullable=False, default=Cycle.ONCE.value),
    Column("state", make_choice_type(CampaignState, "state"), nullable=False),
    Column("run", Integer, nullable=False, default=1),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("planned_by", ForeignKey("people.id"), nullable=False),
    Column("approved_by", ForeignKey("people.id")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
)

campaign_recipients = Table(
    "campaign_recipients",
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), nullable=False),
    Column("run", Integer, nullable=False),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("state", make_choice_type(RecipientState, "state"), nullable=False, default=RecipientState.WAITING.value),
    Column("invitation", BigInt),
    PrimaryKeyConstraint("campaign", "run", "person"),
    Index("ix_campaign_recipients_campaign_run_state", "campaign", "run", "state"),
    sqlite_with_rowid=False,
)
