"""Who may what: the first code, grants in chat, the last manager (P1, P2)."""

import pytest
from sqlalchemy import select

from storage.models import audit, grants
from tests.harness.stage import StoryStage


async def test_the_first_code_works_once(stage: StoryStage) -> None:
    """The code has made Boss a manager; nobody becomes one with it again, nor after a restart."""
    mallory = stage.telegram.private(await stage.telegram.user("Mallory"))
    await mallory.start(stage.bot.manager_code)
    await mallory.see("do not recognise this link")
    lines = len(stage.bot.lines)
    await stage.bot.stop()
    await stage.bot.start()
    assert not [line for line in stage.bot.lines[lines:] if line.startswith("manager code")]
    await mallory.say("/roles")
    await mallory.see("Only a manager")
    managers = await stage.rows(select(grants.c.person).where(grants.c.role == "manager"))
    assert len(managers) == 1


@pytest.mark.prove
async def test_roles_are_granted_listed_and_revoked_in_chat(stage: StoryStage) -> None:
    """By reply and by @name; each change is in the log; the last manager stays."""
    manager = stage.manager
    anna = await stage.telegram.user("Anna", username="anna_li")
    await manager.say("/grant manager @anna_li")
    await manager.see("do not know this person yet")
    await stage.telegram.private(anna).start()
    await stage.telegram.private(anna).see("Hello")
    await manager.say("/grant manager @anna_li")
    await manager.see("Anna is now manager")
    await stage.telegram.private(anna).say("/roles")
    listed = (await stage.telegram.private(anna).see("Roles"))["text"]
    assert "Boss" in listed
    assert "Transport (transport): linked" in listed
    assert "Sales (sales): no group yet" in listed
    await manager.say("/revoke manager @anna_li")
    await manager.see("Anna is no longer manager")
    await stage.telegram.private(anna).say("/summary week")
    await stage.telegram.private(anna).see("Only a manager")
    own = await stage.at("transport", stage.boss).say("here")
    await stage.at("transport", stage.boss).say("/revoke manager", reply_to=own["message_id"])
    await stage.at("transport", stage.boss).see("This is the last manager")
    logged = await stage.rows(select(audit.c.what).where(audit.c.what.in_(["role.grant", "role.revoke"])))
    assert sorted(row.what for row in logged) == ["role.grant", "role.grant", "role.grant", "role.revoke"]


async def test_who_leaves_the_group_is_no_longer_staff(stage: StoryStage) -> None:
    """Li accepted, then left the group: a press sent from elsewhere with the old data changes nothing."""
    number = await stage.set_up_accepted_case()
    card = await stage.card("transport", number)
    data = card["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    asked = {"user": stage.li.id, "status": "left"}
    await stage.telegram.ask("POST", f"chats/{stage.groups['transport']}/members", asked)
    await stage.telegram.settle()
    told = await stage.toast(await stage.at("transport", stage.li).forge(data, message_id=card["message_id"]))
    assert "Nothing was changed" in told
