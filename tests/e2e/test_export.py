"""A manager takes everything as a file: asked for in the chat, written beside the running bot, opened elsewhere (M7)."""

import csv
import io
import re
import zipfile
from pathlib import Path

import openpyxl

from playground.shape.wire import Json
from tests.harness.formula_calculator import CalculatedWorkbook
from tests.harness.stage import StoryStage, list_labels


async def _file(stage: StoryStage, ending: str) -> bytes:
    """The year's document with this ending, as the manager's chat has it."""

    def is_it(message: Json) -> bool:
        name = message.get("document", {}).get("file_name", "")
        return re.fullmatch(rf"huifang [0-9]{{4}}-01-01_[0-9-]{{10}}\.{ending}", name) is not None

    message = await stage.telegram.wait_for(stage.boss.id, is_it)
    return await stage.telegram.file(message["document"]["file_id"])


async def test_a_manager_takes_everything(stage: StoryStage, tmp_path: Path) -> None:
    """A rating and a complaint are in the workbook with their types, and its figures agree; CSV by a press; a head gets the own department."""
    number = await stage.set_up_accepted_case("=HYPERLINK(1)", ago=1)
    await stage.manager.say("/export year")
    coming = await stage.manager.see("I am preparing the export")
    assert "As CSV" in list_labels(coming)
    path = tmp_path / "export.xlsx"
    path.write_bytes(await _file(stage, "xlsx"))
    book = openpyxl.load_workbook(path)
    responses = list(book["Responses"].iter_rows(values_only=True))
    row = dict(zip(responses[0], responses[1], strict=True))
    assert (row["Waybill"], row["Overall"], row["Department"], row["Counts in the ratings"]) == (
        "SF1",
        2,
        "Transport",
        True,
    )
    cases = list(book["Cases"].iter_rows(values_only=True))
    assert dict(zip(cases[0], cases[1], strict=True))["Case"] == number
    process = {(one[0], one[3], one[5]) for one in book["Process"].iter_rows(min_row=2, values_only=True)}
    assert (number, "accepted", "Li") in process
    sheets = CalculatedWorkbook(path)
    checks = [sheets.of("Figures", n, 12) for n in range(7, 60, 3) if book["Figures"].cell(n, 12).value is not None]
    assert len(checks) > 7
    assert set(checks) == {True}

    await stage.manager.press("As CSV", message_id=coming["message_id"])
    with zipfile.ZipFile(io.BytesIO(await _file(stage, "zip"))) as archive:
        raw = archive.read("responses.csv").decode("utf-8-sig")
    assert [line["Waybill"] for line in csv.DictReader(io.StringIO(raw, newline=""))] == ["SF1"]

    zhao = stage.telegram.private(stage.zhao)
    await zhao.say("/export")
    assert "Transport" in (await zhao.see("I am preparing the export"))["text"]
    await stage.customer.say("/export")
    await stage.customer.see("Managers can export")

    written = await stage.bot.huifang("export", "year", "-o", str(tmp_path / "command.xlsx"), "--language", "en")
    assert written.endswith("command.xlsx")
    assert openpyxl.load_workbook(tmp_path / "command.xlsx")["Responses"].max_row == 2
