"""`huifang export`: the same tables for the person who runs the bot, and its line in the log."""

import dataclasses
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from bot import settings as environment
from bot.commands.export_command import run_export
from bot.company.mistakes import Mistakes
from bot.settings import Settings
from domain.figures.period import PeriodError
from handlers.figures.exports import TAKE_ACTION
from storage.engine.database import Database
from storage.models import audit
from tests.harness.databases import SECRET
from tests.harness.export_rows import write_october
from tests.harness.in_process import EXAMPLE


@pytest.fixture
def settings(database: Database) -> Settings:
    example = environment.read({"HUIFANG_SECRET": SECRET, "HUIFANG_CONFIG": str(EXAMPLE)})
    return dataclasses.replace(example, address=database.address)


async def test_everything_in_the_language_that_is_wished(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    """The company's language without one; of a department only its rows; the log says that it was taken here."""
    await write_october(database)
    everything = await run_export(settings, "2026-10", tmp_path / "a.xlsx", ".xlsx", None, (), words=True)
    own = await run_export(settings, "2026-10", tmp_path / "b.xlsx", ".xlsx", "en", ("transport",), words=False)
    assert 0 < own < everything
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames[0] == "指标"
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames[0] == "Figures"
    async with database.read() as tx:
        lines = (await tx.execute(select(audit.c.actor, audit.c.after).where(audit.c.what == TAKE_ACTION))).all()
    assert [tuple(line) for line in lines] == [(None, "xlsx:*:words"), (None, "xlsx:transport:")]


async def test_an_export_is_its_owners(database: Database, settings: Settings, tmp_path: Path) -> None:
    """Whatever its form, and whatever lay there before: nobody else on the machine reads it."""
    await write_october(database)
    (tmp_path / "a.xlsx").write_text("mine")
    for name, kind in (("a.xlsx", ".xlsx"), ("b.zip", ".zip"), ("c.csv", ".csv"), ("d", "folder")):
        await run_export(settings, "2026-10", tmp_path / name, kind, None, (), words=True)
    made = [tmp_path / "a.xlsx", tmp_path / "b.zip", tmp_path / "c.csv", *(tmp_path / "d").glob("*.csv")]
    assert len(made) > 5
    assert {file.stat().st_mode & 0o777 for file in made} == {0o600}


async def test_what_is_not_there_is_told(settings: Settings, tmp_path: Path) -> None:
    """A department, a language, a period that nobody knows; all at once where there are several."""
    with pytest.raises(Mistakes) as told:
        await run_export(settings, "2026-10", tmp_path / "x.zip", ".zip", "xx", ("nowhere",), words=True)
    assert [one.place for one in told.value.found] == ["--department", "--language"]
    with pytest.raises(PeriodError):
        await run_export(settings, "never", tmp_path / "x.zip", ".zip", None, (), words=True)
