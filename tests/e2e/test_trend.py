"""The manager asks what changes by more than chance, and hears of it unasked, with the cases behind it (M4)."""

from datetime import UTC, datetime, time, timedelta

import pytest

from domain.figures.chart_periods import list_chart_periods
from tests.harness.daily_totals import DayFacts, add_days, add_handling, repeat_on_each
from tests.harness.in_process import COMPANY
from tests.harness.rows import file_case
from tests.harness.stage import StoryStage, list_labels


async def _counted(stage: StoryStage) -> None:
    """Forty calm days, and today sixteen complaints about a thousand deliveries of transport; one of them is a case."""
    today = datetime.now(UTC).astimezone(COMPANY.zone).date()
    async with stage.database.begin() as tx:
        calm = repeat_on_each(
            list_chart_periods("day", today, 40), deliveries=1000, ratings={5: 90, 1: 10}, complaints=4
        )
        await add_days(tx, *calm, DayFacts(today, 1000, {5: 90, 1: 10}, complaints=16))
        case = await file_case(tx, "C-261123-0777", department="transport", created_at=datetime.now(UTC))
        await add_handling(tx, case.id, today)


async def _next_morning(stage: StoryStage) -> None:
    """The bot's clock stands at a minute past nine of the next day."""
    now = datetime.now(UTC).astimezone(COMPANY.zone)
    morning = datetime.combine(now.date() + timedelta(days=1), time(9, 1), COMPANY.zone)
    await stage.bot.clock((morning - now).total_seconds())


async def test_from_the_chart_to_the_alert_to_the_case(stage: StoryStage) -> None:
    """Two charts in one picture, changed in place; in the morning the alert; from it the case, and the chart as a picture of its own."""
    await _counted(stage)
    await stage.manager.say("/trend day transport")
    shown = await stage.manager.see("Trend by day")
    assert "limits 0.0–12.0, centre 4.0" in shown["caption"]
    assert "Transport" in shown["caption"]
    picture = await stage.telegram.file(shown["photo"][-1]["file_id"])
    assert picture[:8] == b"\x89PNG\r\n\x1a\n" or picture[:3] == b"\xff\xd8\xff"
    assert len(picture) > 5000
    await stage.manager.press("Week")
    edited = await stage.telegram.wait_for(stage.boss.id, lambda m: "• Week" in list_labels(m))
    assert edited["message_id"] == shown["message_id"]
    assert "Not enough weeks yet" in edited["caption"]

    await _next_morning(stage)
    theirs = stage.at("transport", stage.zhao)
    alert = await theirs.see("Unusual change")
    assert "16.0 (16 of 1,000), still growing, above the upper limit of 12.0" in alert["text"]
    assert list_labels(alert) == ["C-261123-0777", "See the chart"]
    ours = await stage.at("management", stage.boss).see("Unusual change")
    await theirs.press("C-261123-0777", message_id=alert["message_id"])
    await theirs.see("C-261123-0777 · ")
    await stage.at("management", stage.boss).press("See the chart", message_id=ours["message_id"])
    chart = await stage.telegram.wait_for(stage.groups["management"], lambda m: "Trend by day" in m.get("caption", ""))
    assert chart["message_id"] != ours["message_id"]
    assert "photo" in chart
    await stage.wait_until_quiet()
    said = [
        m for m in await stage.telegram.messages(stage.groups["transport"]) if "Unusual change" in (m.get("text") or "")
    ]
    assert len(said) == 1


@pytest.mark.prove
async def test_staff_and_customers_are_told_whose_it_is(stage: StoryStage) -> None:
    """A clear answer, and no picture."""
    await stage.customer.start()
    await stage.customer.say("/trend")
    await stage.customer.see("for managers")
    await stage.at("transport", stage.li).say("/trend")
    await stage.at("transport", stage.li).see("for managers")
    assert not await stage.telegram.calls("sendPhoto")
