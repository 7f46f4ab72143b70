"""A file of deliveries beside the running bot: taken in from the command line, asked about in chat (D2)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.commands.import_command import name_rejected_file
from tests.harness.bot_process import run_huifang
from tests.harness.stage import DAY, HOUR, StoryStage, list_labels

SHANGHAI = timedelta(hours=8)


async def test_a_file_beside_the_running_bot(stage: StoryStage, tmp_path: Path) -> None:
    """The customer has shared the number; the company's export comes in; she is asked and rates. A second run changes nothing."""
    await stage.customer.start()
    await stage.customer.contact()
    await stage.customer.see("I will ask you here")
    local = datetime.now(UTC) + SHANGHAI
    noon = (36 - local.hour) % 24 * HOUR + DAY  # a day later, between twelve and one in Shanghai
    await stage.bot.clock(noon)
    delivered = local + timedelta(seconds=noon) - timedelta(hours=2, minutes=10)
    path = tmp_path / "十一月.csv"
    rows = [
        "快递签收明细,,,",
        "运单号,签收时间,收件人手机,快递员编号,部门",
        f"SF9,{delivered:%Y/%m/%d %H:%M},{str(stage.wang.phone).removeprefix('+86')},k17,运输部",
        f"SF10,昨天,{stage.wang.phone},k17,运输部",
    ]
    path.write_bytes("\r\n".join(rows).encode("gb18030"))
    code, out, _ = await run_huifang(["import", str(path)], stage.bot.environment)
    assert (code, out) == (1, f"2 rows: 1 accepted, 0 unchanged, 0 updated, 1 refused; see {path}.rejected.csv\n")
    asked = await stage.newest_about("SF9", "overall")
    assert [label[-1] for label in list_labels(asked)[:5]] == ["1", "2", "3", "4", "5"]
    await stage.customer.press("5", message_id=asked["message_id"])
    await stage.newest_about("SF9", "Question 2")
    _, out, _ = await run_huifang(["import", str(path)], stage.bot.environment)
    assert out.startswith("2 rows: 0 accepted, 1 unchanged")
    await stage.wait_until_quiet()
    assert "昨天" in name_rejected_file(path).read_bytes().decode("utf-8-sig")
