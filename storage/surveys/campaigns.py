"""Campaigns and their recipients: an audience snapshotted in one statement, taken in batches, counted.

1. A customer is somebody with a delivery. Nobody with a role (staff, couriers, managers) is asked by a campaign.
2. A change of a campaign's state compares the state first, so that of two people acting at once one is too late; sending for a
   campaign holds its row.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, literal, or_, select, tuple_, update

from domain.people import Reach
from domain.surveys.campaign import (
    GROUPS_WITH_VALUE,
    AudienceGroup,
    Campaign,
    CampaignAudience,
    CampaignState,
    Cycle,
    Progress,
    RecipientState,
)
from storage.engine.bulk import BulkStatement, among
from storage.engine.columns import BigInt
from storage.engine.database import Tx, insert
from storage.models import anonymous_answers, answers, campaign_recipients, campaigns, deliveries, grants, people
from storage.models import invitations as invited

LATEST_DELIVERIES = 100_000
"""The groups on offer are read from this many of the latest deliveries, however many there are."""

_R = campaign_recipients.c
_CAMPAIGN = (
    campaigns.c.id,
    campaigns.c.title,
    campaigns.c.survey,
    campaigns.c.audience,
    campaigns.c.cycle,
    campaigns.c.state,
    campaigns.c.run,
    campaigns.c.starts_at,
    campaigns.c.planned_by,
    campaigns.c.approved_by,
)
_COLUMNS = {
    AudienceGroup.TYPE: deliveries.c.customer_type,
    AudienceGroup.SERVICE: deliveries.c.service,
    AudienceGroup.STATION: deliveries.c.station,
}
_MARK = BulkStatement(
    lambda _tx: (
        update(campaign_recipients)
        .where(_R.campaign == bindparam("c"), _R.run == bindparam("r"), _R.person == bindparam("p"))
        .values(state=bindparam("s"), invitation=bindparam("i"))
    ),
    {"c": BigInt, "r": _R.run.type, "p": BigInt, "s": _R.state.type, "i": BigInt},
)


async def add(tx: Tx, new: Campaign, now: datetime) -> None:
    values = {
        "id": new.id,
        "title": new.title,
        "survey": new.survey,
        "audience": new.audience.text,
        "cycle": new.cycle.value,
        "state": new.state.value,
        "run": new.run,
        "starts_at": new.starts_at,
        "planned_by": new.planned_by,
        "created_at": now,
    }
    await tx.execute(insert(tx, campaigns), values)


async def get(tx: Tx, campaign: int, *, hold: bool = False) -> Campaign | None:
    """The campaign; with `hold` nobody else can move it until the transaction ends."""
    statement = select(*_CAMPAIGN).where(campaigns.c.id == campaign)
    row = (await tx.execute(statement.with_for_update() if hold else statement)).first()
    return _make_campaign(tuple(row)) if row else None


async def list_page(tx: Tx, offset: int, limit: int) -> list[Campaign]:
    """The campaigns, latest first."""
    rows = await tx.execute(select(*_CAMPAIGN).order_by(campaigns.c.id.desc()).offset(offset).limit(limit))
    return [_make_campaign(tuple(row)) for row in rows]


async def count(tx: Tx) -> int:
    return await tx.scalar(select(func.count()).select_from(campaigns)) or 0


async def move(tx: Tx, campaign: Campaign, to: CampaignState, **changes: Any) -> bool:  # noqa: ANN401 -- any column
    """Move it from the state it was read in to another one; False if somebody else has moved it."""
    where = (campaigns.c.id == campaign.id, campaigns.c.state == campaign.state.value)
    return (await tx.execute(update(campaigns).where(*where).values(state=to.value, **changes))).rowcount == 1


async def list_offered(tx: Tx, limit: int = 24) -> dict[AudienceGroup, tuple[str, ...]]:
    """The types, services and stations that occur in deliveries, most frequent first."""
    latest = select(*_COLUMNS.values()).order_by(deliveries.c.id.desc()).limit(LATEST_DELIVERIES).subquery()
    offered = {}
    for group in GROUPS_WITH_VALUE:
        column = latest.c[_COLUMNS[group].name]
        statement = select(column).where(column != "").group_by(column).order_by(func.count().desc(), column)
        offered[group] = tuple((await tx.execute(statement.limit(limit))).scalars())
    return offered


# --- recipients ---


async def count_reach(tx: Tx, audience: CampaignAudience, lost_since: datetime) -> Progress:
    """Who it would reach now. A customer without a delivery since `lost_since` counts as lost."""
    chosen = _select_audience(audience, lost_since).subquery()
    rows = await tx.execute(select(chosen.c.state, func.count()).group_by(chosen.c.state))
    return Progress(**{state: count for state, count in rows})  # noqa: C416 -- rows are not tuples to the type checker


async def record_recipients(tx: Tx, campaign: Campaign, lost_since: datetime) -> None:
    """Write down who gets this run, in one statement for any number."""
    chosen = _select_audience(campaign.audience, lost_since).subquery()
    rows = select(literal(campaign.id, BigInt), literal(campaign.run), chosen.c.person, chosen.c.state).where(
        literal(1) == 1
    )
    statement = insert(tx, campaign_recipients).from_select(["campaign", "run", "person", "state"], rows)
    await tx.execute(statement.on_conflict_do_nothing())


async def list_waiting(tx: Tx, campaign: Campaign, limit: int) -> list[int]:
    """Up to `limit` of the recipients still waiting, by person; the campaign's row must be held."""
    where = (_R.campaign == campaign.id, _R.run == campaign.run, _R.state == RecipientState.WAITING.value)
    return list((await tx.execute(select(_R.person).where(*where).limit(limit))).scalars())


async def mark_recipients(tx: Tx, campaign: Campaign, became: Mapping[int, tuple[RecipientState, int | None]]) -> None:
    """Record what became of these persons, with the invitation of those being asked now."""
    rows = [
        (campaign.id, campaign.run, person, state.value, invitation) for person, (state, invitation) in became.items()
    ]
    await _MARK.execute(tx, rows)


async def fetch_progress(tx: Tx, runs: Collection[tuple[int, int]]) -> dict[tuple[int, int], Progress]:
    """The progress of these runs, by campaign and run number; who answered is a separate question."""
    where = tuple_(_R.campaign, _R.run).in_(list(runs))
    statement = select(_R.campaign, _R.run, _R.state, func.count()).where(where).group_by(_R.campaign, _R.run, _R.state)
    by_run: dict[tuple[int, int], dict[str, int]] = {run: {} for run in runs}
    for campaign, run, state, count in await tx.execute(statement):
        by_run[campaign, run][state] = count
    return {run: Progress(**counts) for run, counts in by_run.items()}


async def count_answered(tx: Tx, campaign: int, run: int) -> int:
    """Responses to a run; anonymous ones belong to no invitation and count for the campaign."""
    has_answer = select(answers.c.invitation).where(answers.c.invitation == _R.invitation).exists()
    where = (_R.campaign == campaign, _R.run == run, _R.state == RecipientState.SENT.value, has_answer)
    named = await tx.scalar(select(func.count()).select_from(campaign_recipients).where(*where)) or 0
    distinct = func.count(anonymous_answers.c.response.distinct())
    return named + (await tx.scalar(select(distinct).where(anonymous_answers.c.campaign == campaign)) or 0)


async def count_owed(tx: Tx, campaign: int, invitations: Sequence[int]) -> int:
    """How many of these invitations, still owed to Telegram, belong to this campaign."""
    where = (invited.c.campaign == campaign, among(tx, invited.c.id, invitations))
    return await tx.scalar(select(func.count()).select_from(invited).where(*where)) or 0


async def mark_undelivered(tx: Tx, invitation: int) -> None:
    """Telegram would not deliver this invitation: if it was a campaign's, its recipient becomes unreachable."""
    source = invited.join(campaigns, campaigns.c.id == invited.c.campaign)
    statement = select(campaigns.c.id, campaigns.c.run, invited.c.person).select_from(source)
    row = (await tx.execute(statement.where(invited.c.id == invitation))).first()
    if row is not None:
        where = (_R.campaign == row.id, _R.run == row.run, _R.person == row.person, _R.invitation == invitation)
        values = {"state": RecipientState.UNREACHABLE.value, "invitation": None}
        await tx.execute(update(campaign_recipients).where(*where).values(values))


def _select_audience(audience: CampaignAudience, lost_since: datetime) -> Select[Any]:
    """The customers of an audience, each with what would become of asking them now."""
    had = select(deliveries.c.id).where(deliveries.c.person == people.c.id)
    wanted: ColumnElement[bool] = had.exists()
    if audience.group is AudienceGroup.LOST:
        wanted = and_(wanted, ~had.where(deliveries.c.delivered_at >= lost_since).exists())
    elif audience.group is not AudienceGroup.ALL:
        wanted = had.where(_COLUMNS[audience.group] == audience.value).exists()
    state = case(
        (or_(people.c.reach != Reach.OPEN.value, people.c.telegram_id.is_(None)), RecipientState.UNREACHABLE.value),
        (people.c.stopped_at.is_not(None), RecipientState.STOPPED.value),
        else_=RecipientState.WAITING.value,
    )
    has_role = select(grants.c.person).where(grants.c.person == people.c.id).exists()
    return select(people.c.id.label("person"), state.label("state")).where(wanted, ~has_role)


def _make_campaign(row: Sequence[Any]) -> Campaign:
    id_, title, survey, audience, cycle, state, run, starts_at, planned_by, approved_by = row
    parsed = (CampaignAudience.parse(audience), Cycle(cycle), CampaignState(state))
    return Campaign(id_, title, survey, *parsed, run, starts_at, planned_by, approved_by)
