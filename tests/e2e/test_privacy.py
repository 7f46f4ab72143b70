"""What a person reads and decides about their own data, through the real process (G8)."""

from sqlalchemy import select

from storage.models import audit, cases, people
from tests.harness.stage import StoryStage

AGREES = "you agree"


async def fetch_consent(stage: StoryStage) -> int:
    (row,) = await stage.rows(select(people.c.consent).where(people.c.telegram_id == stage.wang.id))
    return int(row.consent)


async def test_asked_under_the_summary_and_given_by_confirm(stage: StoryStage) -> None:
    """A rating by buttons never asks. The complaint's summary does, Confirm agrees, /privacy shows it and takes it back with one tap."""
    await stage.open_survey()
    customer = stage.customer
    await customer.press("5")
    assert await fetch_consent(stage) == 0
    await customer.say("/complain")
    await customer.see("Which delivery")
    await customer.press("SF1")
    await customer.see("What is it about")
    await customer.press("Other")
    await customer.see("What happened")
    await customer.say(
        "My number is 139 0013 9000, my WeChat: wang_2026, I live at 12 River Road, flat 5b. It never came"
    )
    await customer.see("Would you like to add photos")
    for _ in range(1):
        await customer.press("Done")
    await customer.see("What would you like us to do")
    await customer.press("Skip")
    await customer.see("How can we reach you")
    await customer.press("Skip")
    summary = await customer.see("Please check your complaint")
    assert AGREES in summary["text"]
    assert await fetch_consent(stage) == 0
    assert not await stage.rows(select(cases.c.id))
    await customer.press("Confirm")
    await customer.see("is filed and passed on")
    assert await fetch_consent(stage) == 1
    card = await stage.at("service", stage.boss).see("It never came")
    for hidden in ("139", "9000 my", "wang_2026", "12 River", "5b"):
        assert hidden not in card["text"]
    await customer.say("/privacy")
    page = await customer.see("What we keep about you")
    assert "You have agreed" in page["text"]
    await customer.press("Take back my consent")
    await customer.see("You have not agreed yet")
    assert await fetch_consent(stage) == 0
    logged = await stage.rows(select(audit.c.what).where(audit.c.what.like("consent.%")).order_by(audit.c.id))
    assert [one.what for one in logged] == ["consent.give", "consent.withdraw"]
