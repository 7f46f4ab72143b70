"""A manager in a real browser: from the summary of the month to the case behind a courier's figure, in one message; and the files."""

from __future__ import annotations

import asyncio
import shutil
import zipfile
from io import BytesIO

import aiohttp
import pytest
from openpyxl import load_workbook
from playwright.async_api import Locator, async_playwright, expect
from pypdf import PdfReader

from tests.harness.playground_process import CHEN, Playground, find_troubles

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
PATIENCE = 200_000

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")


async def test_from_the_summary_to_the_case(own_folder: tuple[str, str]) -> None:
    """This month, couriers, the lowest of them, the cases, one case, its file: each by a press, the first five in the same message.

    Then the export and the report, as files that open.
    """
    async with Playground(*own_folder) as playground, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(viewport={"width": 1440, "height": 1000}, locale="en-GB")
        await page.goto(playground.url)
        await playground.ready()
        seat = page.locator('.seat[aria-label^="Chen"]')
        await _say(seat, "/summary year")
        await expect(seat.locator(".picture img").last).to_be_visible(timeout=PATIENCE)
        pictures = await seat.locator(".picture img").count()
        await _press(seat, "Period ▾")
        await _press(seat, "Month")
        await expect(seat.get_by_text("so far (to", exact=False).last).to_be_visible(timeout=PATIENCE)
        await _press(seat, "Break down ▾")
        await _press(seat, "Couriers")
        await expect(seat.get_by_role("button", name="Stations", exact=True)).to_have_count(0, timeout=PATIENCE)
        shown = await seat.locator(".inline").last.get_by_role("button").all_inner_texts()
        units = [text for text in shown if not text.endswith("▾")]
        assert len(units) > 1
        for unit in units:  # the lowest first; the first of them with a case
            await _press(seat, unit)
            await expect(seat.get_by_text(f"Courier: {unit}").last).to_be_visible(timeout=PATIENCE)
            behind = seat.get_by_role("button", name="case", exact=False)
            if await behind.count():
                break
            await _press(seat, "« Back")
            await expect(seat.get_by_role("button", name=unit, exact=True).last).to_be_visible(timeout=PATIENCE)
        await behind.last.click()
        number = seat.get_by_role("button", name="C-", exact=False)
        await expect(number.first).to_be_visible(timeout=PATIENCE)
        case = await number.first.inner_text()
        await number.first.click()
        await expect(seat.get_by_role("button", name="Open case")).to_be_visible(timeout=PATIENCE)
        await expect(seat.get_by_text(case).last).to_be_visible()
        assert await seat.locator(".picture img").count() == pictures
        await _press(seat, "Open case")
        await expect(seat.get_by_role("button", name="PDF", exact=True).last).to_be_visible(timeout=PATIENCE)
        await browser.close()
        await _open_the_files(playground)
        assert not find_troubles(await playground.log())


async def _open_the_files(playground: Playground) -> None:
    """What comes is a workbook with every sheet, and a paper of several pages."""
    await playground.play(f"chats/{CHEN}/say", {"from": CHEN, "text": "/export year"})
    await playground.play(f"chats/{CHEN}/say", {"from": CHEN, "text": "/report year"})
    book, paper = [await _document(playground, ending) for ending in (".xlsx", ".pdf")]
    assert zipfile.is_zipfile(BytesIO(book))
    figures, responses, *others = load_workbook(BytesIO(book)).worksheets
    assert figures.max_row > 20
    assert responses.max_row > 10
    assert len(others) >= 3
    pages = PdfReader(BytesIO(paper)).pages
    assert len(pages) > 3


async def _say(seat: Locator, text: str) -> None:
    await seat.locator(".input").fill(text)
    await seat.locator(".input").press("Enter")


async def _press(seat: Locator, label: str) -> None:
    await seat.get_by_role("button", name=label, exact=True).last.click()


async def _document(playground: Playground, ending: str) -> bytes:
    """The file of this kind that came into the manager's chat."""
    for _ in range(120):
        for message in (await playground.play(f"chats/{CHEN}/messages"))["messages"]:
            document = message.get("document")
            if document and document["file_name"].endswith(ending):
                async with (
                    aiohttp.ClientSession() as http,
                    http.get(f"{playground.url}/play/files/{document['file_id']}") as answer,
                ):
                    assert answer.status == 200
                    return await answer.read()
        await asyncio.sleep(0.5)
    raise AssertionError(f"no {ending} came")
