"""Who a campaign means, who got it, and that nobody gets it twice."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from domain.people import Grant, Role
from domain.surveys.campaign import (
    AudienceGroup,
    Campaign,
    CampaignAudience,
    CampaignState,
    Cycle,
    Progress,
    RecipientState,
)
from storage.engine.database import Database, Tx
from storage.models import invitations as invited
from storage.models import people as rows
from storage.people import people
from storage.surveys import campaigns, ratings
from storage.surveys.ratings import RecordedAnswer
from tests.harness.rows import NOW, add_delivery, add_person, fetch_table, make_invitation, race, run_all_at_once

MANAGER = 90
HALF_A_YEAR_AGO = NOW - timedelta(days=180)
EVERYBODY = CampaignAudience(AudienceGroup.ALL)
LONG_AGO: Mapping[str, Any] = {"delivered_at": NOW - timedelta(days=300)}


def campaign(id_: int = 1, audience: CampaignAudience = EVERYBODY, **changes: Any) -> Campaign:  # noqa: ANN401 -- any field
    plan = Campaign(id_, "Autumn", "delivery", audience, Cycle.ONCE, CampaignState.PLANNED, 1, NOW, MANAGER)
    return replace(plan, **changes)


async def planned(tx: Tx, audience: CampaignAudience = EVERYBODY, **changes: Any) -> Campaign:  # noqa: ANN401 -- any field
    """A campaign and its planner."""
    await add_person(tx, MANAGER, "Boss")
    await people.grant(tx, MANAGER, Grant(Role.MANAGER), None, NOW)
    plan = campaign(audience=audience, **changes)
    await campaigns.add(tx, plan, NOW)
    return plan


async def customer(tx: Tx, id_: int, *, reach: str = "open", stopped: bool = False, **more: Any) -> int:  # noqa: ANN401
    """Somebody with a delivery; `more` are its columns."""
    await add_person(tx, id_, f"Customer {id_}", reach=reach)
    if stopped:
        await tx.execute(update(rows).where(rows.c.id == id_).values(stopped_at=NOW))
    return await add_delivery(tx, id_, person=id_, **more)


async def recipients(tx: Tx) -> dict[int, str]:
    return dict(await fetch_table(tx, "campaign_recipients", "person", "state"))


async def test_a_campaign_comes_back(database: Database) -> None:
    """As it was written down, the latest first, page by page."""
    async with database.begin() as tx:
        first = await planned(tx, CampaignAudience(AudienceGroup.STATION, "东站:2"), cycle=Cycle.HALF_YEAR)
        second = campaign(2)
        await campaigns.add(tx, second, NOW)
        assert await campaigns.get(tx, 1) == first
        assert await campaigns.get(tx, 3) is None
        assert await campaigns.list_page(tx, 0, 5) == [second, first]
        assert await campaigns.list_page(tx, 1, 5) == [first]
        assert await campaigns.count(tx) == 2


async def test_it_is_moved_from_the_state_that_was_seen(database: Database) -> None:
    """A second one who saw the same state is too late."""
    async with database.begin() as tx:
        plan = await planned(tx)
        assert await campaigns.move(tx, plan, CampaignState.APPROVED, approved_by=MANAGER)
        assert not await campaigns.move(tx, plan, CampaignState.DECLINED)
        assert await campaigns.get(tx, 1) == replace(plan, state=CampaignState.APPROVED, approved_by=MANAGER)


async def test_two_who_press_at_once(database: Database, second: Database) -> None:
    """One of two transactions moves it."""
    async with database.begin() as tx:
        plan = await planned(tx)
    moved = await race(database, second, lambda tx: campaigns.move(tx, plan, CampaignState.APPROVED))
    assert sorted(moved) == [False, True]


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (EVERYBODY, {1, 2, 3, 4, 5, 6}),
        (CampaignAudience(AudienceGroup.TYPE, "vip"), {1, 2}),
        (CampaignAudience(AudienceGroup.SERVICE, "freight"), {2, 3}),
        (CampaignAudience(AudienceGroup.STATION, "east"), {4}),
        (CampaignAudience(AudienceGroup.STATION, "nowhere"), set()),
        (CampaignAudience(AudienceGroup.LOST), {5}),
    ],
)
async def test_who_is_meant(database: Database, audience: CampaignAudience, expected: set[int]) -> None:
    """Customers by type, service, station; lost ones had no delivery lately; anyone who has none, or a role, is never meant."""
    async with database.begin() as tx:
        plan = await planned(tx, audience)
        await customer(tx, 1, customer_type="vip")
        await customer(tx, 2, customer_type="vip", service="freight")
        await customer(tx, 3, service="freight")
        await customer(tx, 4, station="east")
        await customer(tx, 5, **LONG_AGO)
        await customer(tx, 6, **LONG_AGO)
        await add_delivery(tx, 60, person=6)
        await add_person(tx, 7, "Passer-by")
        await customer(tx, 8, customer_type="vip", station="east")
        await people.grant(tx, 8, Grant(Role.COURIER, "k17"), None, NOW)
        reach = await campaigns.count_reach(tx, audience, HALF_A_YEAR_AGO)
        await campaigns.record_recipients(tx, plan, HALF_A_YEAR_AGO)
        assert set(await recipients(tx)) == expected
        assert reach == Progress(waiting=len(expected))


async def test_who_cannot_be_asked(database: Database) -> None:
    """Blocked, never written and stopped people are recipients too: it is recorded why they get nothing."""
    async with database.begin() as tx:
        plan = await planned(tx)
        await customer(tx, 1)
        await customer(tx, 2, reach="blocked")
        await customer(tx, 3, reach="unknown")
        await customer(tx, 4, stopped=True)
        await customer(tx, 5, reach="blocked", stopped=True)
        assert await campaigns.count_reach(tx, EVERYBODY, NOW) == Progress(1, 0, 3, 1)
        await campaigns.record_recipients(tx, plan, NOW)
        assert await recipients(tx) == {
            1: "waiting",
            2: "unreachable",
            3: "unreachable",
            4: "stopped",
            5: "unreachable",
        }


async def test_a_snapshot_twice_is_one(database: Database) -> None:
    """Each person is one recipient of a run, whatever became of the others; another run has its own."""
    async with database.begin() as tx:
        plan = await planned(tx)
        await customer(tx, 1)
        await campaigns.record_recipients(tx, plan, NOW)
        await campaigns.mark_recipients(tx, plan, {1: (RecipientState.SENT, 11)})
        await customer(tx, 2)
        await campaigns.record_recipients(tx, plan, NOW)
        assert await recipients(tx) == {1: "sent", 2: "waiting"}
        await campaigns.record_recipients(tx, replace(plan, run=2), NOW)
        counted = await campaigns.fetch_progress(tx, [(1, 1), (1, 2), (1, 3)])
        assert counted == {(1, 1): Progress(1, 1), (1, 2): Progress(2), (1, 3): Progress()}


async def test_some_at_a_time(database: Database) -> None:
    """As many as are asked for, each once; marked ones come no more."""
    async with database.begin() as tx:
        plan = await planned(tx)
        for id_ in range(1, 8):
            await customer(tx, id_)
        await campaigns.record_recipients(tx, plan, NOW)
        seen: list[int] = []
        while some := await campaigns.list_waiting(tx, plan, 3):
            seen += some
            await campaigns.mark_recipients(tx, plan, {one: (RecipientState.SENT, one) for one in some})
        assert sorted(seen) == list(range(1, 8))


async def test_two_replicas_take_the_same_never(database: Database, second: Database) -> None:
    """Twenty transactions at once over two connections, each holding the row while it takes: every recipient is taken once."""
    async with database.begin() as tx:
        plan = await planned(tx)
        for id_ in range(1, 41):
            await customer(tx, id_)
        await campaigns.record_recipients(tx, plan, NOW)

    async def take(tx: Tx) -> list[int]:
        assert await campaigns.get(tx, 1, hold=True) == plan
        some = await campaigns.list_waiting(tx, plan, 3)
        await campaigns.mark_recipients(tx, plan, {one: (RecipientState.SENT, one) for one in some})
        return some

    taken = await run_all_at_once([database, second], 20, take)
    assert sorted(id_ for some in taken for id_ in some) == list(range(1, 41))


async def test_who_answered(database: Database) -> None:
    """Responses are counted, not answers, and each for its own run."""
    async with database.begin() as tx:
        plan = await planned(tx)
        for id_ in (1, 2, 3):
            await customer(tx, id_)
        await campaigns.record_recipients(tx, plan, NOW)
        await ratings.invite(tx, [make_invitation(10 + id_, id_) for id_ in (1, 2, 3)])
        await campaigns.mark_recipients(tx, plan, {id_: (RecipientState.SENT, 10 + id_) for id_ in (1, 2, 3)})
        await ratings.record_answers(
            tx, [RecordedAnswer(11, q, "", 5, NOW) for q in ("a", "b")] + [RecordedAnswer(13, "a", "", 1, NOW)]
        )
        assert await campaigns.count_answered(tx, 1, 1) == 2
        assert await campaigns.count_answered(tx, 1, 2) == 0


async def test_undelivered_and_owed(database: Database) -> None:
    """What Telegram would not deliver makes its recipient unreachable; invitations of others are none of a campaign's."""
    async with database.begin() as tx:
        plan = await planned(tx)
        for id_ in (1, 2):
            await customer(tx, id_)
        await campaigns.record_recipients(tx, plan, NOW)
        await ratings.invite(tx, [make_invitation(11, 1), make_invitation(12, 2), make_invitation(13, 2)])
        await tx.execute(update(invited).where(invited.c.id.in_([11, 12])).values(campaign=1))
        await campaigns.mark_recipients(tx, plan, {1: (RecipientState.SENT, 11), 2: (RecipientState.SENT, 12)})
        assert await campaigns.count_owed(tx, 1, [11, 12, 13, 14]) == 2
        assert await campaigns.count_owed(tx, 2, [11, 12]) == 0
        for id_ in (11, 13, 99):
            await campaigns.mark_undelivered(tx, id_)
        assert await recipients(tx) == {1: "unreachable", 2: "sent"}


async def test_what_can_be_chosen(database: Database) -> None:
    """The names that deliveries have, the most frequent first; no empty ones, no more than are asked for."""
    async with database.begin() as tx:
        for id_, (kind, station) in enumerate(
            [("vip", "east"), ("shop", "west"), ("shop", ""), ("", ""), ("vip", "west")]
        ):
            await add_delivery(tx, id_ + 1, customer_type=kind, station=station)
        await add_delivery(tx, 9, customer_type="shop", station="west")
        offered = await campaigns.list_offered(tx)
        assert offered == {
            AudienceGroup.TYPE: ("shop", "vip"),
            AudienceGroup.SERVICE: (),
            AudienceGroup.STATION: ("west", "east"),
        }
        assert (await campaigns.list_offered(tx, 1))[AudienceGroup.TYPE] == ("shop",)
