"""When customers are asked: in their own daytime, once a week, reminded once, not after /stop (S1, S2, S10)."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from storage.models import deliveries, invitations
from tests.harness.stage import DAY, HOUR, StoryStage

SHANGHAI = ZoneInfo("Asia/Shanghai")


async def _linked(stage: StoryStage) -> None:
    await stage.customer.contact()
    await stage.customer.see("I will ask you here")


async def _fates(stage: StoryStage) -> dict[str, str]:
    return {row.waybill: row.fate for row in await stage.rows(select(deliveries.c.waybill, deliveries.c.fate))}


async def test_one_question_a_week_and_one_reminder(stage: StoryStage) -> None:
    """The second parcel of the week is not asked about; two days later one reminder, whose buttons count."""
    await _linked(stage)
    await stage.report_delivery("FIRST", ago=3 * HOUR)
    first = await stage.customer.see("FIRST")
    await stage.report_delivery("SECOND", ago=3 * HOUR)
    await stage.wait_until_quiet()
    assert await _fates(stage) == {"FIRST": "sent", "SECOND": "too_soon"}
    await stage.bot.clock(2 * DAY + HOUR)
    reminder = await stage.customer.see("A short reminder")
    assert reminder["message_id"] > first["message_id"]
    await stage.customer.press("4", message_id=reminder["message_id"])
    await stage.customer.see("Question 2")
    await stage.bot.clock(6 * DAY)
    await stage.wait_until_quiet()
    assert len([line for line in await stage.customer.transcript() if "A short reminder" in line]) == 0
    assert (await _fates(stage))["FIRST"] == "answered"
    assert len(await stage.rows(select(invitations.c.id))) == 1


async def test_after_stop_nobody_is_asked(stage: StoryStage) -> None:
    """/stop, a parcel: no question, and the reason is kept; /resume, another parcel: asked; rating stays open throughout."""
    await _linked(stage)
    await stage.customer.say("/stop")
    await stage.customer.see("no more surveys")
    link = await stage.report_delivery("QUIET", ago=3 * HOUR)
    await stage.wait_until_quiet()
    assert await _fates(stage) == {"QUIET": "stopped"}
    await stage.customer.start(link)
    await stage.newest_about("QUIET", "overall")
    await stage.customer.say("/resume")
    await stage.customer.see("Good to have you back")
    await stage.report_delivery("AGAIN", ago=3 * HOUR)
    await stage.newest_about("AGAIN", "overall")


def _closed() -> tuple[str, str, datetime]:
    """Hours of the day that do not hold now, and when they begin: in three hours, or at midnight where the day is late."""
    now = datetime.now(UTC).astimezone(SHANGHAI)
    if now.hour < 12:
        begins = (now + timedelta(hours=3)).replace(second=0, microsecond=0)
        return f"{begins:%H:%M}", "24:00", begins
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return "00:00", f"{now - timedelta(hours=1):%H:%M}", midnight


class TestAtNight:
    """A company whose hours are over for now."""

    @pytest.fixture
    def company(self, company: Path, tmp_path: Path) -> Path:
        folder = tmp_path / "sleeping"
        shutil.copytree(company, folder)
        config = folder / "huifang.toml"
        begins, ends, _ = _closed()
        text = config.read_text("utf-8").replace('ask_from = "00:00"', f'ask_from = "{begins}"')
        config.write_text(text.replace('ask_until = "24:00"', f'ask_until = "{ends}"'), "utf-8")
        return folder

    async def test_the_question_waits_for_the_morning(self, stage: StoryStage) -> None:
        """Delivered three hours ago and it is night: nothing comes until the hours begin, and then it does."""
        opens = (_closed()[2] - datetime.now(SHANGHAI)).total_seconds()
        await _linked(stage)
        await stage.report_delivery("LATE", ago=3 * HOUR)
        await stage.wait_until_quiet()
        await stage.bot.clock(opens - HOUR)
        await stage.wait_until_quiet()
        assert await _fates(stage) == {"LATE": "waiting"}
        await stage.bot.clock(opens + 60)
        await stage.newest_about("LATE", "overall")
