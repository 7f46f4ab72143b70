"""The playground's page in a real browser, against the real local Bot API; plain calls play the bot's side."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Literal

import aiohttp
import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Browser, FilePayload, Locator, Page, async_playwright, expect

from playground.page.page import add_page
from playground.server import serve
from playground.world import samples
from playground.world.world import World

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
TOKEN = "1:x"
WANG, ANNA, LIU, CHEN, GROUP = 101, 102, 103, 104, -1001
KEYS = {"inline_keyboard": [[{"text": "Yes 1", "callback_data": "yes"}, {"text": "No 2", "callback_data": "no"}]]}

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed"),
    pytest.mark.asyncio(loop_scope="module"),
]


@dataclass
class Site:
    """The page in a browser, the world behind it, and the bot in front of the Bot API."""

    url: str
    world: World
    page: Page
    http: aiohttp.ClientSession
    errors: list[str] = field(default_factory=list)

    async def bot(self, method: str, **params: Any) -> Any:  # noqa: ANN401  JSON
        async with self.http.post(f"{self.url}/bot{TOKEN}/{method}", json=params) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def play(self, path: str, body: dict[str, Any] | None = None) -> Any:  # noqa: ANN401  JSON
        verb = "GET" if body is None else "POST"
        async with self.http.request(verb, f"{self.url}/play/{path}", json=body) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def updates(self, kind: str) -> list[Any]:
        return [update[kind] for update in await self.bot("getUpdates", timeout=1) if kind in update]

    async def until(self, kind: str, fits: Callable[[Any], bool]) -> Any:  # noqa: ANN401  JSON
        """The first update of this kind that fits; fails after five seconds."""
        end = monotonic() + 5
        while monotonic() < end:
            for update in await self.updates(kind):
                if fits(update):
                    return update
        raise AssertionError(f"no such {kind}")

    async def open(self) -> None:
        await self.page.goto(self.url)
        await expect(self.seat("Anna").locator(".input")).to_be_visible()
        await expect(self.page.locator('.messages[aria-busy="true"]')).to_have_count(0)

    def seat(self, who: str) -> Locator:
        return self.page.locator(f'.seat[aria-label^="{who}"]')


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def site(browser: Browser) -> AsyncIterator[Site]:
    async with serve(token=TOKEN, extend=lambda app, _world: add_page(app)) as server, aiohttp.ClientSession() as http:
        context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
        site = Site(server.url, server.world, await context.new_page(), http)
        site.page.on("console", lambda said: site.errors.append(said.text) if said.type == "error" else None)
        site.page.on("pageerror", lambda error: site.errors.append(str(error)))
        await _people(site)
        await site.open()
        yield site
        await context.close()
        assert site.errors == []


async def _people(site: Site) -> None:
    for number, name, language, role in (
        (WANG, "王丽", "zh", "customer"),
        (ANNA, "Anna", "en", "customer"),
        (LIU, "刘洋", "zh", "staff"),
        (CHEN, "陈静", "zh", "head"),
    ):
        await site.play("users", {"id": number, "first_name": name, "language_code": language, "role": role})
    await site.play("chats", {"type": "supergroup", "title": "Transport", "members": [LIU, CHEN], "id": GROUP})
    seats = [(WANG, WANG), (ANNA, ANNA), (LIU, GROUP), (CHEN, GROUP)]
    await site.play("seats", {"seats": [{"user": user, "chat": chat, "title": ""} for user, chat in seats]})
    await site.play(f"chats/{ANNA}/start", {"from": ANNA})
    await site.play(f"chats/{WANG}/start", {"from": WANG})


async def test_a_message_appears_live_on_both_sides_of_a_group(site: Site) -> None:
    """What the bot sends is seen at once in every seat of that chat, and only there."""
    await site.bot("sendMessage", chat_id=GROUP, text="a new case")
    await expect(site.seat("刘洋").get_by_text("a new case")).to_be_visible()
    await expect(site.seat("陈静").get_by_text("a new case")).to_be_visible()
    await expect(site.seat("Anna").get_by_text("a new case")).to_have_count(0)


async def test_own_messages_stand_right_and_others_left(site: Site) -> None:
    """One message, two seats: its author's on the right, the colleague's on the left with the name."""
    await site.seat("刘洋").locator(".input").fill("on my way")
    await site.seat("刘洋").locator(".input").press("Enter")
    await expect(site.seat("刘洋").locator(".row.own .words")).to_have_text("on my way")
    await expect(site.seat("陈静").locator(".row.other .words")).to_have_text("on my way")
    await expect(site.seat("陈静").locator(".row.other .name")).to_have_text("刘洋")


async def test_an_own_message_is_corrected(site: Site) -> None:
    """Arrow up in an empty input takes the last own message back into it; sending it edits the message."""
    field = site.seat("Anna").locator(".input")
    await field.fill("it was laet")
    await field.press("Enter")
    await expect(site.seat("Anna").locator(".words").last).to_have_text("it was laet")
    await field.press("ArrowUp")
    await expect(field).to_have_value("it was laet")
    await field.fill("it was late")
    await field.press("Enter")
    await expect(site.seat("Anna").locator(".words").last).to_have_text("it was late")
    edited = await site.until("edited_message", lambda message: message["text"] == "it was late")
    assert edited["from"]["id"] == ANNA


async def test_several_pictures_become_one_album(site: Site) -> None:
    """Pictures chosen together arrive as one album with the text as caption, any other file as a document."""
    pictures: list[FilePayload] = [
        {"name": f"{number}.png", "mimeType": "image/png", "buffer": samples.make_picture(number)}
        for number in range(2)
    ]
    page: FilePayload = {"name": "slip <1>.pdf", "mimeType": "application/pdf", "buffer": samples.make_document()}
    await site.seat("Anna").locator(".input").fill("the box")
    await site.seat("Anna").locator("input[type=file]").set_input_files([*pictures, page])
    await expect(site.seat("Anna").locator(".album .picture img")).to_have_count(2)
    await expect(site.seat("Anna").locator(".file")).to_contain_text("slip <1>.pdf")
    await expect(site.seat("Anna").locator(".input")).to_have_value("")
    messages = [message for message in await site.updates("message") if "photo" in message]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["the box", None]
    assert messages[0]["photo"][-1]["width"] == 320


async def test_a_press_reaches_the_queue_and_its_answer_comes_back(site: Site) -> None:
    """A pressed button turns until the bot has answered; the answer is a toast, or an alert to acknowledge."""
    await site.bot("sendMessage", chat_id=ANNA, text="Was it good?", reply_markup=KEYS)
    seat = site.seat("Anna")
    await seat.get_by_role("button", name="No 2").click()
    query = await site.until("callback_query", lambda query: query["data"] == "no")
    assert query["from"]["id"] == ANNA
    await expect(seat.locator(".inline-button.waiting")).to_have_count(1)
    await site.bot("answerCallbackQuery", callback_query_id=query["id"], text="Noted")
    await expect(seat.locator(".toast")).to_have_text("Noted")
    await expect(seat.locator(".inline-button.waiting")).to_have_count(0)
    await seat.get_by_role("button", name="Yes 1").click()
    query = await site.until("callback_query", lambda query: query["data"] == "yes")
    await site.bot("answerCallbackQuery", callback_query_id=query["id"], text="Really?", show_alert=True)
    await expect(seat.get_by_role("alertdialog")).to_contain_text("Really?")
    await site.page.keyboard.press("Enter")
    await expect(seat.get_by_role("alertdialog")).to_have_count(0)


async def test_an_edit_changes_the_message_in_place(site: Site) -> None:
    """An edited message keeps its place, shows the new text and buttons, and says that it was edited."""
    first = await site.bot("sendMessage", chat_id=ANNA, text="question one", reply_markup=KEYS)
    await site.bot("sendMessage", chat_id=ANNA, text="something after it")
    await expect(site.seat("Anna").get_by_text("something after it")).to_be_visible()
    await site.bot("editMessageText", chat_id=ANNA, message_id=first["message_id"], text="question two")
    row = site.seat("Anna").locator(f'.row[data-id="{first["message_id"]}"]')
    await expect(row.locator(".words")).to_have_text("question two")
    await expect(row.locator(".edited")).to_have_text("edited")
    await expect(row.locator(".inline-button")).to_have_count(0)
    assert await site.seat("Anna").locator(".row .words").all_inner_texts() == [
        "/start",
        "question two",
        "something after it",
    ]


HOSTILE = "<b>&amp;</b><img src=x onerror=alert(1)> \u202eRTL\u202c 😀👨‍👩‍👧‍👦 </script> ' \""


async def test_hostile_text_is_shown_as_it_was_written(site: Site) -> None:
    """Markup in names, texts, buttons and toasts is text; entities count in UTF-16 after emoji."""
    await site.play("users", {"id": LIU, "first_name": "<i>刘洋</i>"})
    await site.play(f"chats/{GROUP}/say", {"from": LIU, "text": HOSTILE})
    await expect(site.seat("陈静").locator(".words")).to_have_text(HOSTILE)
    await expect(site.seat("陈静").locator(".name")).to_have_text("<i>刘洋</i>")
    keys = {"inline_keyboard": [[{"text": "<u>x</u>", "callback_data": "x"}]]}
    text = "😀👨‍👩‍👧 & <b>bold</b> <a href='https://example.org/?a=1&amp;b=2'>link</a> &lt;s&gt;"
    await site.bot("sendMessage", chat_id=ANNA, text=text, parse_mode="HTML", reply_markup=keys)
    words = site.seat("Anna").locator(".row.other .words")
    await expect(words).to_have_text("😀👨‍👩‍👧 & bold link <s>")
    await expect(words.locator("strong")).to_have_text("bold")
    await expect(words.locator("a")).to_have_attribute("href", "https://example.org/?a=1&b=2")
    await expect(site.seat("Anna").locator(".inline-button")).to_have_text("<u>x</u>")
    assert await site.page.locator(".messages img, .messages i:not(.wave i), .messages script").count() == 0


async def test_a_reload_keeps_everything(site: Site) -> None:
    """After a reload the same conversation stands there, with its buttons, keyboard and pictures."""
    await site.bot("sendMessage", chat_id=ANNA, text="Was it good?", reply_markup=KEYS)
    await site.play(f"chats/{ANNA}/album", {"from": ANNA, "count": 3, "caption": "the box"})
    keyboard = {"keyboard": [[{"text": "My number", "request_contact": True}]]}
    await site.bot("sendMessage", chat_id=ANNA, text="And your number?", reply_markup=keyboard)
    seat = site.seat("Anna")
    await expect(seat.locator(".reply-keyboard")).to_be_visible()
    before = await seat.locator(".messages").inner_text()
    await site.open()
    await expect(seat.locator(".reply-keyboard")).to_be_visible()
    await expect(seat.locator(".album .picture img")).to_have_count(3)
    assert await seat.locator(".messages").inner_text() == before
    await seat.get_by_role("button", name="My number").click()
    message = await site.until("message", lambda message: "contact" in message)
    assert message["contact"]["user_id"] == ANNA


async def test_a_lost_stream_loses_and_doubles_nothing(site: Site) -> None:
    """What happened while the stream was broken is there afterwards, once, even where it cannot be replayed."""
    await site.bot("sendMessage", chat_id=ANNA, text="before")
    await expect(site.seat("Anna").get_by_text("before")).to_be_visible()
    site.world.events.close()
    await site.bot("sendMessage", chat_id=ANNA, text="meanwhile")
    await expect(site.page.locator(".offline")).to_be_visible()
    await expect(site.page.locator(".offline")).to_be_hidden()
    await expect(site.seat("Anna").get_by_text("meanwhile")).to_be_visible()
    site.world.events.close()
    await site.bot("sendMessage", chat_id=ANNA, text="not replayed")
    site.world.events._ring.clear()
    await site.bot("sendMessage", chat_id=ANNA, text="after")
    texts = ["before", "meanwhile", "not replayed", "after"]
    for text in texts:
        await expect(site.seat("Anna").get_by_text(text, exact=True)).to_be_visible()
    assert await site.seat("Anna").locator(".words").all_inner_texts() == ["/start", *texts]


async def test_thousands_of_messages_stay_quick(site: Site) -> None:
    """Of 3,000 messages only the newest are in the document; the older ones come when one scrolls up."""
    for number in range(3000):
        await site.play(f"chats/{WANG}/say", {"from": WANG, "text": f"number {number}"})
    rows = site.seat("王丽").locator(".row")
    await expect(rows.last).to_contain_text("number 2999")
    assert await rows.count() <= 100
    messages = site.seat("王丽").locator(".messages")
    for _ in range(8):
        await messages.evaluate("node => { node.scrollTop = 0; }")
        await site.page.wait_for_timeout(60)
        assert await rows.count() <= 180
    assert await site.page.locator("*").count() < 6000
    shown = int((await rows.first.locator(".words").inner_text()).split()[1])
    assert shown < 2850
    await site.bot("sendMessage", chat_id=WANG, text="the newest")
    await site.seat("王丽").get_by_role("button", name="To the newest message").click()
    await expect(rows.last).to_contain_text("the newest")
    assert await rows.count() <= 100


async def test_a_forced_reply_and_the_command_menu(site: Site) -> None:
    """ForceReply switches the input to the prompt; typing a slash opens the menu in the person's language."""
    english, chinese = ([{"command": "rate", "description": text}] for text in ("Rate", "评价"))
    await site.bot("setMyCommands", commands=english)
    await site.bot("setMyCommands", commands=chinese, language_code="zh")
    prompt = await site.bot("sendMessage", chat_id=GROUP, text="The cause?", reply_markup={"force_reply": True})
    seat = site.seat("刘洋")
    await expect(seat.locator(".banner")).to_contain_text("The cause?")
    await seat.locator(".input").fill("bad packing")
    await seat.locator(".input").press("Enter")
    message = await site.until("message", lambda message: message.get("text") == "bad packing")
    assert message["reply_to_message"]["message_id"] == prompt["message_id"]
    await expect(seat.locator(".banner")).to_be_hidden()
    await site.seat("王丽").locator(".input").press_sequentially("/r")
    await expect(site.seat("王丽").get_by_role("option")).to_contain_text("评价")
    await site.page.keyboard.press("Enter")
    await site.until("message", lambda message: message.get("text") == "/rate")


async def test_a_start_link_is_opened_by_the_person_who_pressed_it(site: Site) -> None:
    """A t.me link of this bot starts it from that seat, with its payload, inside the page."""
    name = (await site.bot("getMe"))["username"]
    keys = {"inline_keyboard": [[{"text": "Open", "url": f"https://t.me/{name}?start=abc"}]]}
    await site.bot("sendMessage", chat_id=GROUP, text="A link", reply_markup=keys)
    await site.seat("陈静").get_by_text("Open").click()
    message = await site.until("message", lambda message: message.get("text") == "/start abc")
    assert message["chat"]["id"] == CHEN
    await expect(site.page.locator(".seat")).to_have_count(5)


async def test_a_blocked_bot_and_the_way_back(site: Site) -> None:
    """Blocking closes the input and reaches the bot; unblocking opens it again."""
    seat = site.seat("Anna")
    await seat.get_by_role("button", name="More").click()
    await site.page.get_by_role("menuitem", name="Block the bot").click()
    change = await site.until("my_chat_member", lambda change: change["chat"]["id"] == ANNA)
    assert change["new_chat_member"]["status"] == "kicked"
    await expect(seat.locator(".input")).to_be_hidden()
    await seat.get_by_role("button", name="Unblock the bot").click()
    await expect(seat.locator(".input")).to_be_visible()


async def test_the_keyboard_is_enough(site: Site) -> None:
    """Alt and a digit go to a seat; arrows walk messages and buttons; r replies; Escape takes it back."""
    keys = site.page.keyboard
    await site.bot("sendMessage", chat_id=ANNA, text="Was it good?", reply_markup=KEYS)
    await expect(site.seat("Anna").locator(".inline-button")).to_have_count(2)
    await keys.press("Alt+2")
    await expect(site.seat("Anna").locator(".input")).to_be_focused()
    await site.seat("Anna").get_by_role("log").focus()
    await keys.press("ArrowUp")
    await keys.press("r")
    await expect(site.seat("Anna").locator(".banner")).to_contain_text("Was it good?")
    await keys.press("Escape")
    await expect(site.seat("Anna").locator(".banner")).to_be_hidden()
    await site.seat("Anna").get_by_role("log").focus()
    for key in ("ArrowUp", "Enter", "ArrowRight", "Enter"):
        await keys.press(key)
    await site.until("callback_query", lambda query: query["data"] == "no")


async def test_one_seat_at_a_time_on_a_phone(site: Site) -> None:
    """On a phone's width one seat is seen; the tabs change it, and nothing is wider than the screen."""
    await site.page.set_viewport_size({"width": 390, "height": 844})
    await site.page.locator(".tab", has_text="Anna").click()
    await expect(site.seat("Anna")).to_be_in_viewport()
    await expect(site.seat("王丽")).not_to_be_in_viewport()
    assert await site.page.evaluate("document.documentElement.scrollWidth") == 390


async def test_tab_reaches_the_input_first(site: Site) -> None:
    """The first Tab offers the way to it; within a seat it comes before every button."""
    await site.bot("sendMessage", chat_id=WANG, text="好吗？", reply_markup=KEYS)
    await expect(site.seat("王丽").locator(".inline-button")).to_have_count(2)
    await site.page.locator("body").focus()
    await site.page.keyboard.press("Tab")
    await expect(site.page.get_by_role("button", name="Write a message")).to_be_focused()
    await site.page.keyboard.press("Enter")
    await expect(site.seat("王丽").locator(".input")).to_be_focused()
    await site.seat("Anna").focus()
    await site.page.keyboard.press("Tab")
    await expect(site.seat("Anna").locator(".input")).to_be_focused()


async def test_a_picture_is_magnified_and_its_caption_keeps_its_lines(site: Site) -> None:
    """One press shows it whole, one more at full size, one more whole again."""
    await site.play(f"chats/{ANNA}/album", {"from": ANNA, "count": 2, "caption": "one\n\n  three"})
    await site.seat("Anna").locator(".picture").first.click()
    viewer = site.page.locator(".viewer")
    assert await viewer.locator("p").evaluate("node => node.innerText") == "one\n\n  three"
    whole = await viewer.locator("img").bounding_box()
    zoom = viewer.get_by_role("button", name="Zoom")
    await zoom.click()
    await expect(zoom).to_have_attribute("aria-pressed", "true")
    large = await viewer.locator("img").bounding_box()
    assert whole is not None
    assert large is not None
    assert large["width"] > 1.5 * whole["width"]
    await zoom.click()
    assert await viewer.locator("img").bounding_box() == whole
    await site.page.keyboard.press("Escape")
    await expect(viewer).to_have_count(0)


async def test_a_fault_is_shown_until_it_is_used_up(site: Site) -> None:
    """With what it will strike, and how many more."""
    await site.play("faults", {"kind": "500", "method": "sendPhoto", "chat": GROUP, "times": 2})
    line = site.page.locator(".faults li")
    for said in ("the next 2 × sendPhoto · Transport", "sendPhoto, once · Transport"):
        await expect(line).to_contain_text(said)
        async with site.http.post(f"{site.url}/bot{TOKEN}/sendPhoto", json={"chat_id": GROUP, "photo": "x"}) as struck:
            assert struck.status == 500
    await expect(line).to_have_text("No active faults")


async def test_a_seat_is_found_by_name_and_role(site: Site) -> None:
    """Where there are many, some letters leave those that fit."""
    for number in range(12):
        await site.play("users", {"id": 900 + number, "first_name": f"Person {number}", "role": "courier"})
    await site.open()
    await site.page.get_by_role("button", name="Add a seat").click()
    await expect(site.page.get_by_role("searchbox", name="Find by name or role")).to_be_focused()
    await site.page.keyboard.type("cour 11")
    await expect(site.page.get_by_role("menuitem")).to_have_text(["Person 11 · courier · Playground"])
    await site.page.keyboard.press("Enter")
    await expect(site.seat("Person 11").get_by_role("button", name="Start")).to_be_visible()


EVERYTHING = (
    "<b>Bold</b> <i>italic</i> <code>code</code> <a href='https://example.org/'>link</a> /rate @huifang #tag "
    "<tg-spoiler>hidden</tg-spoiler>\n<pre>pre</pre><blockquote>quoted</blockquote>"
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
async def test_everybody_can_use_it(site: Site, scheme: Literal["light", "dark"], width: int) -> None:
    """The rules of axe-core (WCAG 2.2 AA, best practices) find nothing to mend, whatever stands on the page."""
    await site.page.emulate_media(color_scheme=scheme)
    await site.page.set_viewport_size({"width": width, "height": 900})
    asked = await site.bot("sendMessage", chat_id=ANNA, text=EVERYTHING, parse_mode="HTML", reply_markup=KEYS)
    reply = {"message_id": asked["message_id"]}
    await site.play(f"chats/{ANNA}/album", {"from": ANNA, "count": 3, "caption": "the box"})
    await site.bot("sendMessage", chat_id=ANNA, text="An answer", reply_parameters=reply)
    await site.bot("sendMessage", chat_id=GROUP, text="a new case", reply_markup=KEYS)
    await site.play(f"chats/{GROUP}/say", {"from": LIU, "text": "on my way"})
    await site.bot("sendMessage", chat_id=WANG, text="号码？", reply_markup={"keyboard": [[{"text": "是"}]]})
    await site.play("faults", {"kind": "429", "method": "sendPhoto", "retry_after": 3})
    await site.page.locator(".tab", has_text="Anna").click()
    await expect(site.seat("Anna").get_by_text("An answer")).to_be_visible()
    await _check_accessibility(site.page)
    if width == 390:
        await site.page.get_by_role("button", name="Make things happen").click()
        await _check_accessibility(site.page)
    await site.page.locator(".tab", has_text="Anna").click()
    await site.page.get_by_role("button", name="Tour").click()
    await expect(site.page.locator(".tour-card")).to_be_visible()
    await _check_accessibility(site.page)


async def _check_accessibility(page: Page) -> None:
    results = await Axe().run(page, options={"resultTypes": ["violations"]})
    told = [
        (one["id"], [(node["target"], node["any"][0]["message"] if node["any"] else "") for node in one["nodes"]][:6])
        for one in results.response["violations"]
    ]
    assert not told, told
