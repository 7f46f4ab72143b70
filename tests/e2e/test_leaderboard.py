"""The manager compares couriers and departments; the quarter's champion gets a certificate (M6, M11)."""

from datetime import UTC, datetime, time, timedelta

from tests.harness.daily_totals import DayFacts, add_days
from tests.harness.in_process import COMPANY
from tests.harness.stage import StoryStage, list_labels


async def test_from_the_ranking_to_the_certificate(stage: StoryStage) -> None:
    """Above and below where the answers prove it; departments in place; after the quarter the champion's certificate, in both chats."""
    now = datetime.now(UTC).astimezone(COMPANY.zone)
    async with stage.database.begin() as tx:
        best = DayFacts(now.date(), 500, {5: 396, 1: 4})
        await add_days(
            tx,
            best,
            DayFacts(now.date(), 500, {5: 320, 1: 80}, courier="k18"),
            DayFacts(now.date(), 9, {5: 9}, courier="k1"),
        )
    hello = await stage.at("transport", stage.li).say("Hello")
    await stage.at("transport", stage.boss).say("/grant courier k17", reply_to=hello["message_id"])
    await stage.at("transport", stage.boss).see("Li is now courier (k17)")
    await stage.telegram.private(stage.li).start()

    await stage.manager.say("/leaderboard quarter")
    shown = await stage.manager.see("Couriers by satisfaction")
    text = shown["text"]
    above, below = text.index("Clearly above the rest"), text.index("Clearly below the rest")
    assert above < text.index("k17 · 99% (n = 400") < below < text.index("k18 · 80%")
    assert "1 more has fewer than 30 answers" in text
    await stage.manager.press("Month")
    await stage.telegram.wait_for(stage.boss.id, lambda m: "• Month" in list_labels(m))
    await stage.manager.press("Departments")
    edited = await stage.telegram.wait_for(stage.boss.id, lambda m: "• Departments" in list_labels(m))
    assert edited["message_id"] == shown["message_id"]
    assert "Score of the month" in edited["text"]

    begun = now.date().replace(month=now.month - (now.month - 1) % 3, day=1)
    following = (begun + timedelta(days=100)).replace(day=1)
    following = following.replace(month=following.month - (following.month - 1) % 3)
    morning = datetime.combine(following, time(9, 1), COMPANY.zone)
    await stage.bot.clock((morning - now).total_seconds())
    for chat in (stage.groups["management"], stage.groups["transport"], stage.li.id):
        honoured = await stage.telegram.wait_for(chat, lambda m: "Courier of the quarter: k17" in m.get("caption", ""))
        assert "photo" in honoured
        picture = await stage.telegram.file(honoured["photo"][-1]["file_id"])
        assert len(picture) > 5000
    await stage.at("management", stage.boss).see("No department is champion")
