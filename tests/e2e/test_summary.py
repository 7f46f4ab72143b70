"""The manager asks how things are: one picture, one text, true figures (M1, M3)."""

import pytest

from tests.harness.stage import StoryStage, list_labels


async def _rate(stage: StoryStage, waybill: str, score: int) -> None:
    customer = stage.telegram.private(await stage.telegram.user(f"Customer {waybill}"))
    await customer.start(await stage.report_delivery(waybill, ago=1, customer={"ref": waybill}))
    await customer.see("overall")
    await customer.press(str(score))
    await customer.see("Question 2")


async def test_the_summary_says_what_was_counted_by_hand(stage: StoryStage) -> None:
    """Ratings 5, 4, 4, 2 and one delivery unopened: counts only, because fewer than ten say nothing in per cent."""
    for n, score in enumerate((5, 4, 4)):
        await _rate(stage, f"A{n}", score)
    await stage.file_complaint(waybill="A3", ago=1)
    await stage.report_delivery("A4", ago=1, customer={"ref": "nobody"})
    await stage.manager.say("/summary year")
    summary = await stage.manager.see("Service quality")
    text = summary["caption"]
    for line in (
        "Satisfaction 3 of 4",
        "Ratings 5: 1 · 4: 2 · 3: 0 · 2: 1 · 1: 0 (n = 4)",
        "Response rate nobody invited",
        "Complaints 1 on 5 deliveries",
        "Complaints open now 1, overdue 0",
        "Transport · 3 of 4 · 1 complaint, 1 open, 0 overdue",
    ):
        assert line in text, text
    assert "%" not in text
    picture = await stage.telegram.file(summary["photo"][-1]["file_id"])
    assert picture[:8] == b"\x89PNG\r\n\x1a\n" or picture[:3] == b"\xff\xd8\xff"
    assert len(picture) > 5000
    await stage.manager.press("Period ▾")
    await stage.telegram.wait_for(stage.boss.id, lambda m: "• Year" in list_labels(m))
    await stage.manager.press("Month")
    edited = await stage.telegram.wait_for(stage.boss.id, lambda m: "so far (to" in m.get("caption", ""))
    assert edited["message_id"] == summary["message_id"]
    assert "Satisfaction 3 of 4" in edited["caption"]
    assert len(await stage.telegram.calls("sendPhoto")) == 1


@pytest.mark.prove
async def test_a_chinese_manager_reads_chinese_and_nonsense_is_answered(stage: StoryStage) -> None:
    """The language is the reader's, not the company's; a period nobody knows is answered with what is known."""
    ma = await stage.telegram.user("Ma", language="zh", username="ma_zh")
    seat = stage.telegram.private(ma)
    await seat.start()
    await seat.see("您好")
    await stage.manager.say("/grant manager @ma_zh")
    await stage.manager.see("Ma is now manager")
    await seat.say("/summary 2026-10-31..2026-10-01")
    await seat.see("2026-10-31")
    await seat.say("/summary 本来没有")
    await seat.see("本来没有")
    await seat.say("/summary week")
    summary = await seat.telegram.wait_for(ma.id, lambda m: "photo" in m)
    assert "满意" in summary["caption"]
    assert "Satisfaction" not in summary["caption"]
    await stage.manager.say("/summary <b>&")
    assert "<b>&" in (await stage.manager.see("I do not know the period"))["text"]
