"""The guided tour in a real browser: every step points to something, and goes on when it was done."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from playwright.async_api import Page, async_playwright, expect

from playground.page.page import add_page
from playground.server import serve
from playground.shape.wire import decode
from playground.world.world import World

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
TOKEN = "1:x"
ANNA, LIU, CHEN, DAVID, GROUP = 102, 103, 104, 106, -1001

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")


class Script:
    """A bot that knows the story and nothing else: what it answers to what it is told."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http = http
        self.api = f"{url}/bot{TOKEN}"
        self.story: dict[str, list[tuple[int, str, list[str]]]] = {
            "/start d-1": [(ANNA, "How was it?", ["1", "2", "3", "4", "5"])],
            "2": [(ANNA, "We are sorry. Would you like to file a complaint?", ["File a complaint", "No, thanks"])],
            "File a complaint": [
                (GROUP, "C-261123-0042", ["Accept", "Transfer"]),
                (ANNA, "C-261123-0042 is filed. Press Done when you have finished.", ["Done"]),
            ],
            "The box was crushed and two bottles inside are broken.": [(ANNA, "Added.", ["Done"])],
            "Done": [(ANNA, "Thank you.", [])],
            "Accept": [(GROUP, "C-261123-0042, owner 刘洋", ["Resolve", "Transfer"])],
            "Resolve": [(GROUP, "C-261123-0042 1/4: the root cause?", [])],
            "中转站把重货压在了上面。": [(GROUP, "C-261123-0042 2/4: what was done?", [])],
            "非常抱歉。两瓶新货已寄出，重货今后分开装车。": [
                (GROUP, "C-261123-0042 3/4: compensation?", ["Skip", "Cancel"])
            ],
            "Skip": [(GROUP, "C-261123-0042 4/4: at fault?", ["At fault", "Not at fault", "Cancel"])],
            "At fault": [(GROUP, "Please check", ["Confirm", "Back", "Cancel"])],
            "Confirm": [(GROUP, "C-261123-0042, in review", ["Approve", "Return"])],
            "Approve": [(ANNA, "We have repacked and refunded it.", ["Solved", "Not solved"])],
            "Solved": [(ANNA, "Thank you.", [])],
            "/summary": [(DAVID, "Today: one complaint, one solved.", ["⚠ Show the cases behind it", "Month"])],
        }

    async def run(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=5):
                offset = update["update_id"] + 1
                press = update.get("callback_query")
                if press:
                    await self.call("answerCallbackQuery", callback_query_id=press["id"])
                for chat, text, labels in self.story.get(press["data"] if press else update["message"]["text"], []):
                    keys = {"inline_keyboard": [[{"text": label, "callback_data": label} for label in labels]]}
                    markup = keys if labels else {"force_reply": True}
                    await self.call("sendMessage", chat_id=chat, text=text, reply_markup=markup)

    async def call(self, method: str, **params: object) -> Any:  # noqa: ANN401  JSON
        async with self.http.post(f"{self.api}/{method}", json=params) as response:
            return (await response.json())["result"]


async def _delivered(request: web.Request) -> web.Response:
    waybill = decode(await request.read())["waybill"]
    link = "https://t.me/playground_bot?start=d-1"
    return web.json_response({"results": [{"waybill": waybill, "status": "accepted", "link": link}]})


def _extend(app: web.Application, world: World) -> None:
    add_page(app)
    app.router.add_post("/play/deliveries", _delivered)
    world.extras["process"] = lambda: {"state": "running", "pid": 1}
    for number, name, language, role in (
        (101, "王丽", "zh", "customer"),
        (ANNA, "Anna", "en", "customer"),
        (LIU, "刘洋", "zh", "staff"),
        (CHEN, "陈静", "zh", "head"),
        (DAVID, "David", "en", "manager"),
    ):
        world.add_user(number, first_name=name, language_code=language, role=role, phone=f"+86138001380{number}")
    world.add_chat("supergroup", "Transport", [LIU, CHEN], chat_id=GROUP, is_forum=False).bot_status = "administrator"
    seats = [(101, 101), (ANNA, ANNA), (LIU, GROUP), (CHEN, GROUP), (DAVID, DAVID)]
    world.seats = [{"user": user, "chat": chat, "title": ""} for user, chat in seats]


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with (
        serve(token=TOKEN, extend=_extend) as server,
        aiohttp.ClientSession() as http,
        async_playwright() as playwright,
        asyncio.TaskGroup() as tasks,
    ):
        bot = tasks.create_task(Script(http, server.url).run())
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
        page = await context.new_page()
        await page.goto(server.url)
        yield page
        await browser.close()
        bot.cancel()


async def test_the_tour_leads_from_a_delivery_to_the_figures(page: Page) -> None:
    """Pressing only what the ring is around, and writing what is offered, brings the whole story to its end."""
    await page.get_by_role("button", name="Tour").click()
    card, ring = page.locator(".tour-card"), page.locator(".ring")
    for _ in range(200):
        await page.wait_for_timeout(450)  # a step goes on a moment after its event
        if await card.get_by_role("button", name="Close").is_visible():
            break
        write = card.get_by_role("button", name="Write it for me")
        if await write.is_visible():
            await write.click()
            await page.wait_for_timeout(100)
        await expect(ring).to_be_visible(timeout=60_000)
        box = await ring.bounding_box()
        assert box is not None
        await page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert await card.locator(".tour-progress .past").count() == 16
    await card.get_by_role("button", name="Close").click()
    await expect(ring).to_be_hidden()
    await expect(page.locator('.seat[aria-label^="David"]').get_by_text("one solved").first).to_be_visible()
