"""Who a customer is: by link, by number, in which language (D4, S9)."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from conversations.buttons import LanguageButton
from handlers.access import links
from storage.models import audit, deliveries, identities, people
from tests.harness.in_process import (
    LI,
    NOON,
    WANG,
    Desk,
    TelegramUser,
    find_button_data,
    list_texts,
    make_delivery,
    read_body,
)
from texts import FOLDER, LANGUAGES, Texts

CONTACT = {"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id}


async def test_a_greeting_asks_for_the_number_with_telegrams_own_button(desk: Desk) -> None:
    """`/start` alone: who we are, and the contact button."""
    (call,) = await desk.say(WANG, "/start")
    assert "Example Express" in list_texts([call])[0]
    assert read_body(call)["reply_markup"]["keyboard"][0][0]["request_contact"] is True


async def test_a_link_belongs_to_the_first_who_opens_it(desk: Desk) -> None:
    """The binding is in the log; the second person is told, and is not asked."""
    await desk.open_survey(WANG)
    assert list_texts(await desk.open_survey(LI)) == [desk.text("link-taken")]
    rows = await desk.rows(select(audit.c.what).where(audit.c.what == "delivery.bind"))
    assert len(rows) == 1


@pytest.mark.parametrize("payload", ["d" + "A" * 32, "d" + "!" * 32, "d", "x" * 64, "D7", "d" + "é" * 32])
async def test_a_made_up_link_opens_nothing(desk: Desk, payload: str) -> None:
    """Whatever its form: a clear answer, and the update is handled at the first attempt."""
    assert list_texts(await desk.say(WANG, f"/start {payload}")) == [desk.text("link-unknown")]


async def test_links_to_nothing_and_of_long_ago(desk: Desk) -> None:
    """A signed link to a delivery that is not there, and one that has expired."""
    keyring = desk.services.keyring
    nothing = links.make_payload(keyring, 2**62, NOON + timedelta(days=1))
    assert list_texts(await desk.say(WANG, f"/start {nothing}")) == [desk.text("link-unknown")]
    old = links.make_payload(keyring, 2**62, NOON - timedelta(hours=1))
    assert list_texts(await desk.say(WANG, f"/start {old}")) == [desk.text("link-expired")]


async def test_the_deliverys_language_counts_until_one_is_chosen(desk: Desk) -> None:
    """The link of a Chinese delivery speaks Chinese to an English client; after /language it does not change any more."""
    zh = {"phone": "+8613800138000", "language": "zh-Hans"}
    (asked,) = await desk.open_survey(customer=zh)
    assert "您对这次配送总体满意吗" in list_texts([asked])[0]
    await desk.press(WANG, LanguageButton("en"))
    (asked,) = await desk.open_survey(customer=zh, waybill="SF2")
    assert "overall" in list_texts([asked])[0]
    rows = await desk.rows(select(people.c.language, people.c.chose_language))
    assert [tuple(row) for row in rows] == [("en", True)]


async def test_the_clients_language_is_the_beginning(desk: Desk) -> None:
    """Chinese for zh-hans, English for French, the company's first for a client that says nothing."""
    for number, code, word in ((21, "zh-hans", "示例速运"), (22, "fr", "Example Express"), (23, "", "示例速运")):
        assert word in list_texts(await desk.say(TelegramUser(number, "X", code), "/start"))[0]


async def test_language_offers_the_companys_languages_only(desk: Desk) -> None:
    """Two buttons; a forged third changes nothing."""
    shown = await desk.say(WANG, "/language")
    menu, changed = await desk.press(WANG, find_button_data(shown, "中文"))
    assert read_body(menu)["commands"][0]["description"] == desk.services.texts.plain("zh", "menu-rate")
    assert list_texts([changed]) == [desk.services.texts.html("zh", "language-set")]
    await desk.press(WANG, LanguageButton("fr"))
    assert [row.language for row in await desk.rows(select(people.c.language))] == ["zh"]


async def test_the_own_number_links_past_and_future_deliveries(desk: Desk) -> None:
    """The past ones are adopted, the company's own reference of a link is learnt, and the contact button goes away."""
    await desk.deliver(make_delivery("A"), make_delivery("B"), make_delivery("C", customer={"phone": "+8613900139000"}))
    (call,) = await desk.say(WANG, contact=CONTACT)
    assert read_body(call)["reply_markup"] == {"remove_keyboard": True}
    owned = select(deliveries.c.waybill).where(deliveries.c.person.is_not(None)).order_by(deliveries.c.waybill)
    assert [row.waybill for row in await desk.rows(owned)] == ["A", "B"]
    await desk.deliver(make_delivery("D"))
    assert [row.waybill for row in await desk.rows(owned)] == ["A", "B", "D"]


async def test_a_reference_is_learnt_from_a_link(desk: Desk) -> None:
    """The company's reference, proven by an opened link, finds the next delivery of the same source, and of no other."""
    ref = {"ref": "C-77", "language": "en"}
    await desk.open_survey(WANG, customer=ref)
    assert [row.kind for row in await desk.rows(select(identities.c.kind))] == ["ref:erp"]
    await desk.deliver(make_delivery("N", customer=ref))
    await desk.deliver(make_delivery("M", customer=ref), source="wms")
    owned = select(deliveries.c.waybill).where(deliveries.c.person.is_not(None)).order_by(deliveries.c.waybill)
    assert [row.waybill for row in await desk.rows(owned)] == ["N", "SF1"]


async def test_somebody_elses_contact_proves_nothing(desk: Desk) -> None:
    """A card of another account, or of none."""
    await desk.deliver()
    for user in ({"user_id": LI.id}, {}):
        card = {"phone_number": "8613800138000", "first_name": "Wang", **user}
        assert list_texts(await desk.say(WANG, contact=card))[0] == desk.text("contact-not-yours")
    assert [row.person for row in await desk.rows(select(deliveries.c.person))] == [None]


async def test_a_language_that_telegrams_menus_do_not_know(desk: Desk, tmp_path: Path) -> None:
    """Its menu is the person's own, from the first word on, and follows them into another language."""
    for language in (*LANGUAGES, "en-XX"):
        shutil.copytree(FOLDER / language.removesuffix("-XX"), tmp_path / language)
    words = tmp_path / "en-XX" / "words.toml"
    words.write_text(words.read_text("utf-8").replace("codes = []", 'codes = ["en-Dsrt"]'), "utf-8")
    menus = tmp_path / "en-XX" / "staff.ftl"
    menus.write_text(menus.read_text("utf-8").replace("menu-rate = ", "menu-rate = 𐐀 "), "utf-8")
    texts, company = Texts(tmp_path), desk.services.company
    identity = replace(company.identity, languages=("zh", "en", "en-XX"))
    company = replace(company, identity=identity, codes=texts.vocabulary.codes)
    desk.services = desk.worker._services = replace(desk.services, texts=texts, company=company)

    somebody = TelegramUser(23, "Somebody", "en-Dsrt-US")
    shown = await desk.say(somebody, "/start")
    (menu,) = [read_body(call) for call in shown if call.method == "setMyCommands"]
    assert menu["scope"] == {"type": "chat", "chat_id": somebody.id}
    assert menu["commands"][0]["description"].startswith("𐐀")
    assert await desk.rows(select(people.c.language)) == [("en-XX",)]
    shown = await desk.press(somebody, LanguageButton("zh"))
    (menu,) = [read_body(call) for call in shown if call.method == "setMyCommands"]
    assert menu["commands"][0]["description"] == texts.plain("zh", "menu-rate")
