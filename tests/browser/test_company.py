"""The whole playground in a real browser: the guided tour, walked against the real bot."""

from __future__ import annotations

import asyncio
import shutil

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.harness.playground_process import CHEN, SHEN, Playground, find_troubles

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
STEPS = 16

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")


@pytest.mark.parametrize(
    ("locale", "customer", "manager"),
    [("zh-CN", "王芳", SHEN), pytest.param("en-GB", "Anna", CHEN, marks=pytest.mark.prove)],
)
async def test_the_tour_is_walked_against_the_real_bot(
    locale: str, customer: str, manager: int, own_folder: tuple[str, str]
) -> None:
    """From a delivery to a closed complaint to the figures, by what the ring is around; nothing goes wrong on the way."""
    errors: list[str] = []
    async with Playground(*own_folder) as playground, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale=locale)
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        await page.goto(playground.url)
        await expect(page.locator(f'.seat[aria-label^="{customer}"]')).to_be_visible()
        await playground.ready()
        try:
            await _walk(page)
        except TimeoutError:
            card = await page.locator(".tour-card p").inner_text()
            raise AssertionError(f"the tour came no further than: {card}; {await playground.log()}; {errors}") from None
        picture = page.locator(".seat .picture img").last
        await expect(picture).to_be_visible()
        assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 800
        solved = page.locator(f'.seat[aria-label^="{customer}"]').get_by_text(
            "is solved" if locale == "en-GB" else "已解决"
        )
        await expect(solved.last).to_be_visible()
        await context.close()
        await browser.close()
        messages = (await playground.play(f"chats/{manager}/messages"))["messages"]
        assert sum("photo" in message for message in messages) == 1
        assert not errors
        assert not find_troubles(await playground.log())


async def _walk(page: Page) -> None:
    """Do what each card says: write what it offers, press what the ring is around, until it says that this was all."""
    await page.locator(".tools-right .tour").click()
    card, ring = page.locator(".tour-card"), page.locator(".ring")
    past = card.locator(".tour-progress .past")
    write, close = card.locator('[data-t="doForMe"]'), card.locator('button.primary[data-t="close"]')
    async with asyncio.timeout(400):
        while not await close.is_visible():
            step = await past.count()
            if await write.is_visible():
                await write.dispatch_event(
                    "click"
                )  # the card moves with what it points to; people wait until it stands
                await page.wait_for_timeout(100)
            if await ring.is_visible():
                box = await ring.bounding_box()
                assert box is not None
                await page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            for _ in range(20):  # a step goes on a moment after its event; one that takes several presses stays
                await page.wait_for_timeout(50)
                if await past.count() != step:
                    break
    assert await past.count() == STEPS
    await close.click()
    await expect(ring).to_be_hidden()
