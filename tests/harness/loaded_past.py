"""A company whose past was loaded, at a desk: the playground's plan, shortened to some weeks."""

import shutil
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.company.company import load_company
from domain.company import Company
from handlers.past.lines import Line, read_lines
from handlers.past.loading import load
from playground.company.liveliness import enliven
from playground.company.past import write_past
from tests.harness.in_process import EXAMPLE, NOON, Desk

TOKEN = "hf_" + "0123456789abcdef" * 2
PHOTO = "AgACAgUAAxkBAAIB"
DAYS = 40


def write_company(folder: Path) -> Company:
    """The playground's company file, and what it says."""
    shutil.copytree(EXAMPLE.parent / "surveys", folder / "surveys")
    (folder / EXAMPLE.name).write_text(enliven(EXAMPLE.read_text("utf-8")), "utf-8")
    return load_company(folder / EXAMPLE.name)


def read_past(days: int = DAYS) -> list[Line]:
    """The past of the days before noon."""
    return read_lines(write_past(NOON, ZoneInfo("Asia/Shanghai"), TOKEN, {"damaged": (PHOTO,)}, days).splitlines())


async def load_past(desk: Desk, folder: Path, days: int = DAYS) -> None:
    """Load it; the desk works for that company from now on."""
    desk.services = desk.worker._services = replace(desk.services, company=write_company(folder))
    async with desk.database.begin() as tx:
        await load(tx, desk.services, read_past(days), desk.clock.now())
