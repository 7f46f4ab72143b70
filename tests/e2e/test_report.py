"""The manager asks for a report and gets a paper for the board, in the own language; others are told why not (M8)."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from playground.people.seat import Seat
from tests.harness.stage import StoryStage


async def _paper(stage: StoryStage, seat: Seat, asked: str, called: str = "report") -> str:
    """The text of the PDF of this name that this request brings, without blanks."""
    before = {message["message_id"] for message in await stage.telegram.messages(seat.chat)}
    await seat.say(asked)
    sent = await stage.telegram.wait_for(
        seat.chat, lambda m: m["sent_by_bot"] and "document" in m and m["message_id"] not in before
    )
    name = sent["document"]["file_name"]
    assert re.fullmatch(called + r" [0-9-]{10}_[0-9-]{10}\.pdf", name), name
    pdf = PdfReader(BytesIO(await stage.telegram.file(sent["document"]["file_id"])))
    return "".join("".join(page.extract_text() for page in pdf.pages).split())


async def test_a_report_in_both_languages(stage: StoryStage) -> None:
    """A rating and a complaint of the real process are in it; neither the customer nor the waybill is."""
    await stage.file_complaint("The box was wet, call me: 13800138000", waybill="SF77001")
    text = await _paper(stage, stage.manager, "/report month")
    for words in ("Customersatisfactionreport", "Keyfigures", "Findings", "Whatthefiguresmean"):
        assert words in text
    for secret in ("SF77001", "Wang", "13800138000", "wet"):
        assert secret not in text
    ma = await stage.telegram.user("Ma", language="zh", username="ma_zh")
    seat = stage.telegram.private(ma)
    await seat.start()
    await seat.see("您好")
    await stage.manager.say("/grant manager @ma_zh")
    await stage.manager.see("Ma is now manager")
    chinese = await _paper(stage, seat, "/report 本月", "满意度报告")
    assert "客户满意度调查分析报告" in chinese
    assert "指标释义" in chinese
    assert "Customersatisfaction" not in chinese


@pytest.mark.prove
async def test_who_gets_whose(stage: StoryStage) -> None:
    """The head of transport gets transport's; a customer is told whom it is for; a bad period is answered."""
    text = await _paper(stage, stage.telegram.private(stage.zhao), "/report month")
    assert "Department:Transport" in text
    await stage.customer.start()
    await stage.customer.say("/report")
    await stage.customer.see("/report is for managers")
    await stage.manager.say("/report someday")
    await stage.manager.see("I do not know the period")
