"""The files of `/mydata` are read from the database by a process of its own."""

from bot.drawing.export_source import ExportSource
from bot.drawing.helper_process import DrawingProcess
from bot.drawing.own_data_writer import make_own_data
from domain.own_data import OwnDataRequest
from handlers.privacy.my_data import KIND
from reports import wire
from tests.harness.databases import SECRET
from tests.harness.in_process import COMPANY, NOON, Desk
from tests.harness.planted_person import plant


async def test_each_form_is_a_file_of_its_own(desk: Desk) -> None:
    """Only we can read it, and its folder goes with it."""
    async with desk.database.begin() as tx:
        await plant(tx, 1, "anna-mark")
    source = ExportSource(desk.database.address, (SECRET,), COMPANY)
    drawing = DrawingProcess(source)
    for form, begins in (("html", b"<!doctype html>"), ("json", b"{")):
        facts = bytes(wire.pack(OwnDataRequest(1, form, NOON))).decode()
        payload = f'{{"caption":"c","parse_mode":"HTML","filename":"x.{form}","file":"{KIND}","facts":{facts},"language":"zh"}}'
        made = await drawing.file(payload)
        assert not isinstance(made.content, bytes)
        with made.content:
            content = made.content.read()
        assert content.startswith(begins)
        assert b"anna-mark" in content
    drawing.close()


def test_the_writer_is_found_where_the_helper_imports_it() -> None:
    """Nothing of it is imported before somebody asks."""
    assert make_own_data.__module__ == "bot.drawing.own_data_writer"
