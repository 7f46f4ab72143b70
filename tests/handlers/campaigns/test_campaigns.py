"""Managers plan campaigns, approve those of others, stop and resume them; nobody else does, and nobody their own."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from conversations.buttons import CampaignButton
from domain.people import Grant, Role
from storage.models import audit, campaigns
from storage.models import timers as timer_rows
from storage.people import people
from storage.queue import timers
from tests.harness.campaign_steps import (
    CHEN,
    add_customers,
    add_managers,
    approve_campaign,
    draft_campaign,
    find_last_text,
    list_calls_to,
    list_campaign_states,
    plan_campaign,
    send_rounds,
)
from tests.harness.in_process import (
    BOSS,
    GROUP,
    LI,
    NOON,
    WANG,
    Desk,
    find_button,
    find_button_data,
    list_labels,
    list_texts,
)


async def campaign_id(desk: Desk) -> int:
    return int((await desk.rows(select(campaigns.c.id)))[0].id)


async def logged(desk: Desk) -> list[tuple[str, str | None, str | None]]:
    """What happened to campaigns: what, before, after."""
    statement = select(audit.c.what, audit.c.before, audit.c.after).where(audit.c.what.startswith("campaign."))
    return [tuple(row) for row in await desk.rows(statement.order_by(audit.c.id))]


async def test_planned_by_one_approved_by_another(desk: Desk) -> None:
    """The other manager is asked with buttons, approves, both are told, and everything is in the log."""
    boss, chen = await add_managers(desk)
    await add_customers(desk, 3, customer_type="vip")
    await add_customers(desk, 2, since=10)
    shown = await draft_campaign(desk, group="Customers of one type", value="vip")
    assert "It would reach 3 people now" in list_texts(shown)[-1]
    calls = await desk.press(BOSS, find_button_data(shown, "Confirm"))
    assert "The other manager has been asked" in find_last_text(calls, BOSS)
    assert "Boss has planned a campaign" in find_last_text(calls, CHEN)
    assert list_labels(list_calls_to(calls, CHEN)[-1])[:2] == ["Approve", "Decline"]
    calls = await desk.press(CHEN, find_button_data(list_calls_to(calls, CHEN), "Approve"))
    assert find_last_text(calls, BOSS) == "Chen has approved <b>Autumn round</b>. It starts now."
    assert "Approved by Chen" in find_last_text(calls, CHEN)
    (row,) = await desk.rows(select(campaigns))
    assert (row.state, row.audience, row.planned_by, row.approved_by) == ("approved", "type:vip", boss, chen)
    plan = f"Autumn round · delivery · type:vip · once · {NOON.isoformat(timespec='minutes')}"
    assert await logged(desk) == [("campaign.plan", None, plan), ("campaign.approve", "planned", "approved")]


async def test_nobody_approves_the_own_plan(desk: Desk) -> None:
    """The planner has no such button, and a forged one is answered with who may."""
    await add_managers(desk)
    calls = await plan_campaign(desk)
    assert "Approve" not in [label for call in list_calls_to(calls, BOSS) for label in list_labels(call)]
    for what in "ad":
        calls = await desk.press(BOSS, CampaignButton(await campaign_id(desk), what))
        assert desk.plain("campaign-own") in list_texts(calls, None)
    assert await list_campaign_states(desk) == [("planned", 1)]


async def test_a_single_manager_is_told_that_a_second_is_needed(desk: Desk) -> None:
    """The plan waits, and anyone who is made manager later finds it."""
    await desk.grant(BOSS, Role.MANAGER)
    calls = await plan_campaign(desk)
    assert "/grant manager" in find_last_text(calls, BOSS)
    await desk.grant(CHEN, Role.MANAGER)
    listed = await desk.say(CHEN, "/campaign")
    calls = await desk.press(
        CHEN, find_button_data(await desk.press(CHEN, find_button_data(listed, "Autumn round")), "Approve")
    )
    assert await list_campaign_states(desk) == [("approved", 1)]


async def test_declined(desk: Desk) -> None:
    """Nothing is sent, the planner is told, and the old buttons do nothing more."""
    await add_managers(desk)
    await add_customers(desk, 2)
    calls = await plan_campaign(desk)
    approve = find_button_data(list_calls_to(calls, CHEN), "Approve")
    calls = await desk.press(CHEN, find_button_data(list_calls_to(calls, CHEN), "Decline"))
    assert find_last_text(calls, BOSS) == "Chen has declined <b>Autumn round</b>. Nothing will be sent."
    calls = await desk.press(CHEN, approve)
    assert desk.plain("campaign-not-now") in list_texts(calls)
    assert await list_campaign_states(desk) == [("declined", 1)]
    assert await send_rounds(desk, 2) == []


async def test_two_managers_decide_at_once(desk: Desk) -> None:
    """The first counts; the second is told and sees how it stands."""
    await add_managers(desk)
    await desk.grant(LI, Role.MANAGER)
    calls = await plan_campaign(desk)
    decline = find_button_data(list_calls_to(calls, LI), "Decline")
    await desk.press(CHEN, find_button_data(list_calls_to(calls, CHEN), "Approve"))
    calls = await desk.press(LI, decline)
    assert desk.plain("campaign-not-now") in list_texts(calls)
    assert "approved" in find_last_text(calls, LI)
    assert await list_campaign_states(desk) == [("approved", 1)]


async def test_anyone_who_is_no_manager(desk: Desk) -> None:
    """Neither the command nor any button, however it was come by; in a group nothing."""
    await add_managers(desk)
    await plan_campaign(desk)
    id_ = await campaign_id(desk)
    await desk.grant(LI, Role.HEAD, "transport")
    for who in (LI, WANG):
        assert list_texts(await desk.say(who, "/campaign")) == [desk.text("only-managers")]
        for what in ("l", "n", "o", "s", "a", "d", "S", "R", "c", "C", "?"):
            assert list_texts(await desk.press(who, CampaignButton(id_, what))) == [desk.plain("only-managers")]
    assert list_texts(await desk.press(CHEN, CampaignButton(id_, "a"), GROUP)) == [desk.plain("not-now")]
    assert await list_campaign_states(desk) == [("planned", 1)]


@pytest.mark.parametrize("what", ["S", "R", "?"])
async def test_what_has_no_place_in_a_state(desk: Desk, what: str) -> None:
    """A planned campaign is neither stopped nor resumed; an unknown button shows it as it is."""
    await add_managers(desk)
    await plan_campaign(desk)
    calls = await desk.press(CHEN, CampaignButton(await campaign_id(desk), what))
    assert "waiting for approval" in find_last_text(calls, CHEN)
    assert (desk.plain("campaign-not-now") in list_texts(calls)) is (what != "?")
    assert list_texts(await desk.press(CHEN, CampaignButton(5, what))) == [desk.plain("not-now")]
    assert await list_campaign_states(desk) == [("planned", 1)]


async def test_a_role_that_went_meanwhile(desk: Desk) -> None:
    """Anyone who is no manager any more at Confirm, or when the numbers are asked for, plans nothing."""
    boss, _ = await add_managers(desk)
    shown = await draft_campaign(desk)
    async with desk.database.begin() as tx:
        await people.revoke(tx, boss, Grant(Role.MANAGER))
    assert desk.text("only-managers") in list_texts(await desk.press(BOSS, find_button_data(shown, "Confirm")))
    assert await list_campaign_states(desk) == []


async def test_cancelled_only_when_asked_twice(desk: Desk) -> None:
    """Keep keeps it; really cancels it, the others are told, its date passes and nothing happens."""
    await add_managers(desk)
    await add_customers(desk, 2)
    calls = await approve_campaign(desk, when="tomorrow 10:00")
    sure = await desk.press(BOSS, find_button_data(list_calls_to(calls, BOSS), "Cancel campaign"))
    kept = await desk.press(BOSS, find_button_data(sure, "No, keep it"))
    assert "approved" in find_last_text(kept, BOSS)
    sure = await desk.press(BOSS, find_button_data(kept, "Cancel campaign"))
    calls = await desk.press(BOSS, find_button_data(sure, "Yes, cancel it"))
    assert find_last_text(calls, CHEN) == "Boss has cancelled <b>Autumn round</b>."
    assert await desk.ring(days=2) == []
    assert await list_campaign_states(desk) == [("cancelled", 1)]
    assert await desk.rows(select(timer_rows.c.kind)) == []


async def test_its_date(desk: Desk) -> None:
    """The timer is set when it is approved, for the date that was planned; both are told when that is."""
    await add_managers(desk)
    calls = await approve_campaign(desk, when="2026-12-01 10:00", cycle="Every month")
    assert "It starts on 2026-12-01 10:00" in find_last_text(calls, BOSS)
    (timer,) = await desk.rows(select(timer_rows.c.kind, timer_rows.c.due_at))
    assert (timer.kind, timer.due_at) == ("campaign", NOON + timedelta(days=7, hours=22))


async def test_approved_when_its_date_is_past(desk: Desk) -> None:
    """It starts at once, and that is said."""
    await add_managers(desk)
    await add_customers(desk, 1)
    calls = await plan_campaign(desk, when="tomorrow 10:00")
    desk.clock.advance(days=3)
    calls = await desk.press(CHEN, find_button_data(list_calls_to(calls, CHEN), "Approve"))
    assert "It starts now" in find_last_text(calls, BOSS)
    async with desk.database.read() as tx:
        assert [timer.kind for timer in await timers.list_due(tx, desk.clock.now())] == ["campaign"]


async def test_pressed_twice(desk: Desk) -> None:
    """Confirm plans one campaign, Approve approves it once."""
    await add_managers(desk)
    shown = await draft_campaign(desk)
    calls = await desk.press(BOSS, find_button_data(shown, "Confirm"))
    assert list_texts(await desk.press(BOSS, find_button_data(shown, "Confirm"))) == [desk.plain("not-now")]
    approve = find_button_data(list_calls_to(calls, CHEN), "Approve")
    await desk.press(CHEN, approve)
    await desk.press(CHEN, approve)
    assert await list_campaign_states(desk) == [("approved", 1)]
    assert [what for what, _, _ in await logged(desk)] == ["campaign.plan", "campaign.approve"]


async def test_the_list(desk: Desk) -> None:
    """All campaigns with their states, page by page, each to be opened; in the manager's language."""
    await add_managers(desk)
    assert "No campaigns yet" in list_texts(await desk.say(BOSS, "/campaign"))[0]
    for _ in range(8):
        await plan_campaign(desk)
    listed = await desk.say(BOSS, "/campaign")
    assert list_texts(listed)[0].count("waiting for approval") == 6
    assert list_texts(listed)[0].startswith("<b>8 campaigns</b>")
    more = await desk.press(BOSS, find_button_data(listed, "More ▸"), at=77)
    assert more[-1].message_id == 77
    assert list_texts(more)[0].count("waiting for approval") == 2
    opened = await desk.press(BOSS, find_button_data(more, "Autumn round"), at=77)
    assert opened[-1].fresh
    back = await desk.press(BOSS, find_button_data(opened, "All campaigns"), at=78)
    assert back[-1].fresh
    assert isinstance(find_button(back, "New campaign"), CampaignButton)
