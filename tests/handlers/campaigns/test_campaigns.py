"""Managers plan campaigns, approve those of others, stop and resume them; nobody else does, and nobody their own."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conversations.buttons import Campaign
from domain.people import Grant, Role
from storage.models import audit, campaigns
from storage.models import timers as timer_rows
from storage.people import people
from storage.queue import timers
from tests.harness.campaigning import CHEN, approved, customers, drafted, last_said, managers, planned, sent, states, to
from tests.harness.inside import BOSS, GROUP, LI, NOON, WANG, Desk, button_of, data_of, labels, said


async def campaign_id(desk: Desk) -> int:
    return int((await desk.rows(select(campaigns.c.id)))[0].id)


async def logged(desk: Desk) -> list[tuple[str, str | None, str | None]]:
    """What happened to campaigns: what, before, after."""
    statement = select(audit.c.what, audit.c.before, audit.c.after).where(audit.c.what.startswith("campaign."))
    return [tuple(row) for row in await desk.rows(statement.order_by(audit.c.id))]


async def test_planned_by_one_approved_by_another(desk: Desk) -> None:
    """The other manager is asked with buttons, approves, both are told, and everything is in the log."""
    boss, chen = await managers(desk)
    await customers(desk, 3, customer_type="vip")
    await customers(desk, 2, since=10)
    shown = await drafted(desk, group="Customers of one type", value="vip")
    assert "It would reach 3 people now" in said(shown)[-1]
    calls = await desk.press(BOSS, data_of(shown, "Confirm"))
    assert "put to the other manager" in last_said(calls, BOSS)
    assert "Boss plans a campaign" in last_said(calls, CHEN)
    assert labels(to(calls, CHEN)[-1])[:2] == ["Approve", "Decline"]
    calls = await desk.press(CHEN, data_of(to(calls, CHEN), "Approve"))
    assert last_said(calls, BOSS) == "Chen has approved <b>Autumn round</b>. It starts now."
    assert "Approved by Chen" in last_said(calls, CHEN)
    (row,) = await desk.rows(select(campaigns))
    assert (row.state, row.audience, row.planned_by, row.approved_by) == ("approved", "type:vip", boss, chen)
    plan = f"Autumn round · delivery · type:vip · once · {NOON.isoformat(timespec='minutes')}"
    assert await logged(desk) == [("campaign.plan", None, plan), ("campaign.approve", "planned", "approved")]


async def test_nobody_approves_the_own_plan(desk: Desk) -> None:
    """The planner has no such button, and a forged one is answered with who may."""
    await managers(desk)
    calls = await planned(desk)
    assert "Approve" not in [label for call in to(calls, BOSS) for label in labels(call)]
    for what in "ad":
        calls = await desk.press(BOSS, Campaign(await campaign_id(desk), what))
        assert desk.plain("campaign-own") in said(calls, None)
    assert await states(desk) == [("planned", 1)]


async def test_a_single_manager_is_told_that_a_second_is_needed(desk: Desk) -> None:
    """The plan waits, and whoever is made manager later finds it."""
    await desk.grant(BOSS, Role.MANAGER)
    calls = await planned(desk)
    assert "/grant manager" in last_said(calls, BOSS)
    await desk.grant(CHEN, Role.MANAGER)
    listed = await desk.say(CHEN, "/campaign")
    calls = await desk.press(CHEN, data_of(await desk.press(CHEN, data_of(listed, "Autumn round")), "Approve"))
    assert await states(desk) == [("approved", 1)]


async def test_declined(desk: Desk) -> None:
    """Nothing is sent, the planner is told, and the old buttons do nothing more."""
    await managers(desk)
    await customers(desk, 2)
    calls = await planned(desk)
    approve = data_of(to(calls, CHEN), "Approve")
    calls = await desk.press(CHEN, data_of(to(calls, CHEN), "Decline"))
    assert last_said(calls, BOSS) == "Chen has declined <b>Autumn round</b>. Nothing is sent."
    calls = await desk.press(CHEN, approve)
    assert desk.plain("campaign-not-now") in said(calls)
    assert await states(desk) == [("declined", 1)]
    assert await sent(desk, 2) == []


async def test_two_managers_decide_at_once(desk: Desk) -> None:
    """The first counts; the second is told and sees how it stands."""
    await managers(desk)
    await desk.grant(LI, Role.MANAGER)
    calls = await planned(desk)
    decline = data_of(to(calls, LI), "Decline")
    await desk.press(CHEN, data_of(to(calls, CHEN), "Approve"))
    calls = await desk.press(LI, decline)
    assert desk.plain("campaign-not-now") in said(calls)
    assert "approved" in last_said(calls, LI)
    assert await states(desk) == [("approved", 1)]


async def test_whoever_is_no_manager(desk: Desk) -> None:
    """Neither the command nor any button, however it was come by; in a group nothing."""
    await managers(desk)
    await planned(desk)
    id_ = await campaign_id(desk)
    await desk.grant(LI, Role.HEAD, "transport")
    for who in (LI, WANG):
        assert said(await desk.say(who, "/campaign")) == [desk.text("only-managers")]
        for what in ("l", "n", "o", "s", "a", "d", "S", "R", "c", "C", "?"):
            assert said(await desk.press(who, Campaign(id_, what))) == [desk.plain("only-managers")]
    assert said(await desk.press(CHEN, Campaign(id_, "a"), GROUP)) == [desk.plain("not-now")]
    assert await states(desk) == [("planned", 1)]


@pytest.mark.parametrize("what", ["S", "R", "?"])
async def test_what_has_no_place_in_a_state(desk: Desk, what: str) -> None:
    """A planned campaign is neither stopped nor resumed; an unknown button shows it as it is."""
    await managers(desk)
    await planned(desk)
    calls = await desk.press(CHEN, Campaign(await campaign_id(desk), what))
    assert "waits for approval" in last_said(calls, CHEN)
    assert (desk.plain("campaign-not-now") in said(calls)) is (what != "?")
    assert said(await desk.press(CHEN, Campaign(5, what))) == [desk.plain("not-now")]
    assert await states(desk) == [("planned", 1)]


async def test_a_role_that_went_meanwhile(desk: Desk) -> None:
    """Whoever is no manager any more at Confirm, or when the numbers are asked for, plans nothing."""
    boss, _ = await managers(desk)
    shown = await drafted(desk)
    async with desk.database.begin() as tx:
        await people.revoke(tx, boss, Grant(Role.MANAGER))
    assert desk.text("only-managers") in said(await desk.press(BOSS, data_of(shown, "Confirm")))
    assert await states(desk) == []


async def test_cancelled_only_when_asked_twice(desk: Desk) -> None:
    """Keep keeps it; really cancels it, the others are told, its date passes and nothing happens."""
    await managers(desk)
    await customers(desk, 2)
    calls = await approved(desk, when="tomorrow 10:00")
    sure = await desk.press(BOSS, data_of(to(calls, BOSS), "Cancel campaign"))
    kept = await desk.press(BOSS, data_of(sure, "No, keep it"))
    assert "approved" in last_said(kept, BOSS)
    sure = await desk.press(BOSS, data_of(kept, "Cancel campaign"))
    calls = await desk.press(BOSS, data_of(sure, "Yes, cancel it"))
    assert last_said(calls, CHEN) == "Boss has cancelled <b>Autumn round</b>."
    assert await desk.ring(days=2) == []
    assert await states(desk) == [("cancelled", 1)]
    assert await desk.rows(select(timer_rows.c.kind)) == []


async def test_its_date(desk: Desk) -> None:
    """The timer is set when it is approved, for the date that was planned; both are told when that is."""
    await managers(desk)
    calls = await approved(desk, when="2026-12-01 10:00", cycle="Every month")
    assert "It starts 2026-12-01 10:00" in last_said(calls, BOSS)
    (timer,) = await desk.rows(select(timer_rows.c.kind, timer_rows.c.due_at))
    assert (timer.kind, timer.due_at) == ("campaign", NOON + timedelta(days=7, hours=22))


async def test_approved_when_its_date_is_past(desk: Desk) -> None:
    """It starts at once, and that is said."""
    await managers(desk)
    await customers(desk, 1)
    calls = await planned(desk, when="tomorrow 10:00")
    desk.clock.advance(days=3)
    calls = await desk.press(CHEN, data_of(to(calls, CHEN), "Approve"))
    assert "It starts now" in last_said(calls, BOSS)
    async with desk.database.read() as tx:
        assert [timer.kind for timer in await timers.due(tx, desk.clock.now())] == ["campaign"]


async def test_pressed_twice(desk: Desk) -> None:
    """Confirm plans one campaign, Approve approves it once."""
    await managers(desk)
    shown = await drafted(desk)
    calls = await desk.press(BOSS, data_of(shown, "Confirm"))
    assert said(await desk.press(BOSS, data_of(shown, "Confirm"))) == [desk.plain("not-now")]
    approve = data_of(to(calls, CHEN), "Approve")
    await desk.press(CHEN, approve)
    await desk.press(CHEN, approve)
    assert await states(desk) == [("approved", 1)]
    assert [what for what, _, _ in await logged(desk)] == ["campaign.plan", "campaign.approve"]


async def test_the_list(desk: Desk) -> None:
    """All campaigns with their states, page by page, each to be opened; in the manager's language."""
    await managers(desk)
    assert "No campaigns yet" in said(await desk.say(BOSS, "/campaign"))[0]
    for _ in range(8):
        await planned(desk)
    listed = await desk.say(BOSS, "/campaign")
    assert said(listed)[0].count("waits for approval") == 6
    assert said(listed)[0].startswith("<b>8 campaigns</b>")
    more = await desk.press(BOSS, data_of(listed, "More ▸"), at=77)
    assert more[-1].message_id == 77
    assert said(more)[0].count("waits for approval") == 2
    opened = await desk.press(BOSS, data_of(more, "Autumn round"), at=77)
    assert opened[-1].fresh
    back = await desk.press(BOSS, data_of(opened, "All campaigns"), at=78)
    assert back[-1].fresh
    assert isinstance(button_of(back, "New campaign"), Campaign)
