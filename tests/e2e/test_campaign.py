"""A campaign from its plan to an answer, as two managers and a customer live it (S12)."""

import pytest
from sqlalchemy import select

from playground.people.seat import Seat
from storage.models import answers, audit, campaign_recipients, campaigns, invitations
from tests.harness.stage import StoryStage, list_labels


async def _second_manager(stage: StoryStage, language: str = "en") -> Seat:
    """Somebody whom the boss makes a manager."""
    mei = await stage.telegram.user("Mei", language=language, username="mei_hr")
    seat = stage.telegram.private(mei)
    await seat.start()
    await seat.see("您好" if language == "zh" else "Hello")
    await stage.manager.say("/grant manager @mei_hr")
    await stage.manager.see("Mei is now manager")
    return seat


async def _customers(stage: StoryStage, number: int) -> list[Seat]:
    """People with a delivery each, who have opened its link."""
    seats = []
    for n in range(number):
        seat = stage.telegram.private(await stage.telegram.user(f"Customer {n}"))
        await seat.start(await stage.report_delivery(f"A{n}", customer={"ref": f"a{n}", "type": "vip"}))
        await seat.see("overall")
        seats.append(seat)
    return seats


async def _plan(stage: StoryStage, *, title: str = "Autumn round") -> None:
    """The boss plans it for customers of a type that deliveries have, for now, once."""
    seat = stage.manager
    await seat.say("/campaign")
    for shown, label in (
        ("campaign", "New campaign"),
        ("Which survey", "How was your delivery?"),
        ("Who should receive it", "Customers of one type"),
        ("Which type", "vip"),
    ):
        await seat.see(shown)
        await seat.press(label)
    await seat.see("What would you like to call it")
    await seat.say(title)
    await seat.see("When should it start")
    await seat.press("As soon as it is approved")
    await seat.see("How often")
    await seat.press("Once")


async def _confirmed(stage: StoryStage, reached: str) -> None:
    await stage.manager.see(f"It would reach {reached} now")
    await stage.manager.press("Confirm")
    await stage.manager.see("for approval")


async def test_from_the_plan_to_an_answer(stage: StoryStage) -> None:
    """Planned, the own approval refused, approved by another, sent to each customer once, answered with one tap, counted."""
    mei, (wang, li, blocking) = await _second_manager(stage), await _customers(stage, 3)
    await blocking.block()
    await _plan(stage)
    await _confirmed(stage, "2 people")
    mine = await stage.telegram.wait_for(stage.boss.id, lambda m: "Planned by Boss" in (m.get("text") or ""))
    assert "Approve" not in list_labels(mine)
    id_ = (await stage.rows(select(campaigns.c.id)))[0].id
    told = await stage.toast(await stage.manager.forge(f'["G",{id_},"a",0]', message_id=mine["message_id"]))
    assert "another manager has to approve it" in told
    await mei.see("Boss has planned a campaign")
    await mei.press("Approve")
    await stage.manager.see("Mei has approved")
    done = await stage.manager.see("is finished. Sent to 2 of 3 people, not reachable 1")
    assert "opted out 0" in done["text"]
    for seat in (wang, li):
        await stage.telegram.settle()
        assert [line for line in await seat.transcript() if "overall" in line and "Delivery A" not in line]
    await wang.press("5")
    await wang.see("Question 2")
    await mei.see("is finished. Sent to 2 of 3")
    await mei.press("Refresh")
    await mei.see("answered 1")
    asked = await stage.rows(
        select(campaign_recipients.c.state, answers.c.score)
        .join(invitations, invitations.c.id == campaign_recipients.c.invitation, isouter=True)
        .join(answers, answers.c.invitation == invitations.c.id, isouter=True)
    )
    assert sorted(tuple(row) for row in asked if row.score) == [("sent", 5)]
    assert sorted(row.state for row in asked) == ["sent", "sent", "unreachable"]
    logged = await stage.rows(select(audit.c.what).where(audit.c.what.startswith("campaign.")).order_by(audit.c.id))
    assert [row.what for row in logged] == [f"campaign.{what}" for what in ("plan", "approve", "start", "finish")]


@pytest.mark.prove
async def test_declined_in_chinese(stage: StoryStage) -> None:
    """The other manager reads it in the own language and declines; nobody is asked, the planner is told."""
    mei, (wang,) = await _second_manager(stage, "zh"), await _customers(stage, 1)
    await _plan(stage)
    await _confirmed(stage, "1 person")
    await mei.see("Boss 制定了一个专项回访")
    await mei.press("不批准")
    await stage.manager.see("Mei has declined")
    await stage.wait_until_quiet()
    assert len([line for line in await wang.transcript() if "overall" in line]) == 1
    assert not await stage.rows(select(campaign_recipients.c.person))


async def test_a_single_manager_needs_a_second(stage: StoryStage) -> None:
    """The plan waits; the manager is told how to name another one, who then finds and approves it."""
    (wang,) = await _customers(stage, 1)
    await _plan(stage)
    await stage.manager.see("It would reach 1 person now")
    await stage.manager.press("Confirm")
    await stage.manager.see("/grant manager")
    mei = await _second_manager(stage)
    await mei.say("/campaign")
    await mei.see("waiting for approval")
    await mei.press("Autumn round")
    await mei.see("Boss has planned a campaign")
    await mei.press("Approve")
    await stage.manager.see("is finished. Sent to 1 of 1 person")
    await stage.telegram.settle()
    assert len([line for line in await wang.transcript() if "overall" in line]) == 2


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_stopped_and_resumed(stage: StoryStage) -> None:
    """While Telegram is slow one manager stops it, the other lets it go on; in the end each customer has it once."""
    mei, seats = await _second_manager(stage), await _customers(stage, 12)
    await _plan(stage)
    await _confirmed(stage, "12 people")
    await mei.see("Boss has planned a campaign")
    await stage.telegram.settle()
    for seat in seats:
        await stage.telegram.fault("slow", method="sendMessage", chat=seat.chat, delay_ms=2000)
    await mei.press("Approve")
    await mei.see("being sent")
    await mei.press("Stop")
    await stage.manager.see("Mei has stopped")
    await stage.manager.press("Resume")
    await mei.see("Boss has resumed")
    await stage.manager.see("is finished. Sent to 12 of 12 people")
    await stage.telegram.settle()
    for seat in seats:
        assert len([line for line in await seat.transcript() if "overall" in line]) == 2
