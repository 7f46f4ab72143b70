"""From the code on the slip to the thanks: what a customer at the door does, tap by tap (D4, S3)."""

import segno
from sqlalchemy import select

from storage.models import answers, deliveries
from tests.harness.bot_process import parse_start_parameter
from tests.harness.stage import StoryStage


async def test_four_taps_from_the_slip_to_the_thanks(stage: StoryStage) -> None:
    """Start, five, four, "Finish": the link of the command line is in the code, two answers are kept, nobody had to type."""
    await stage.report_delivery("SLIP1")
    picture = stage.bot.folder / "slip.svg"
    link = await stage.bot.huifang("link", "SLIP1", "--qr", str(picture))
    drawn = stage.bot.folder / "expected.svg"
    segno.make(link, error="m").save(str(drawn), kind="svg", scale=4, border=4)
    assert picture.read_bytes() == drawn.read_bytes()
    customer, taps = stage.customer, 0
    await customer.start(parse_start_parameter(link))
    taps += 1
    for label, shown in (("5", "Question 2"), ("4", "Question 3"), ("Finish", "Thank you. Your answer helps")):
        asked = await stage.newest_about("SLIP1", "")
        await customer.press(label, message_id=asked["message_id"])
        taps += 1
        await stage.newest_about("SLIP1", shown)
    assert taps == 4
    rows = await stage.rows(select(answers.c.question, answers.c.score))
    assert {row.question: row.score for row in rows} == {"overall": 5, "timeliness": 4}
    assert [row.fate for row in await stage.rows(select(deliveries.c.fate))] == ["answered"]
