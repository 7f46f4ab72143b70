"""`/privacy` says what is kept and lets everybody decide about it, in each language."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from conversations.buttons import LanguageButton, PrivacyButton
from domain.privacy import PrivacyRules
from storage.models import audit, deliveries, identities, people
from tests.harness.case_actions import list_alerts
from tests.harness.in_process import WANG, Desk, find_button_data, list_labels, list_texts, make_delivery
from texts.length import MESSAGE, visible

CONTACT = {"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id}


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_everything_the_law_asks_for(desk: Desk, language: str) -> None:
    """Who, what, why, where, abroad, for how long, who sees it, one's rights, whom to ask: in one message."""
    await desk.press(WANG, LanguageButton(language))
    (shown,) = await desk.say(WANG, "/privacy")
    (page,) = list_texts([shown])
    rules = desk.services.company.privacy
    for said in (
        rules.controller[language],
        rules.country[language],
        rules.officer,
        rules.contact,
        "Telegram",
        "3",
        "24",
    ):
        assert said in page
    for command in ("/mydata", "/forgetme", "/stop"):
        assert command in page
    assert visible(page) <= MESSAGE


async def test_one_tap_agrees_and_one_takes_it_back(desk: Desk) -> None:
    """The page says where it stands; taking it back forgets the number, and the next delivery to it is nobody's."""
    await desk.deliver()
    shown = await desk.say(WANG, "/privacy")
    assert desk.text("privacy-not-agreed") in list_texts(shown)[0]
    shown = await desk.press(WANG, find_button_data(shown, "I agree"))
    assert desk.text("privacy-agreed") in list_texts(shown)[0]
    await desk.say(WANG, contact=CONTACT)
    shown = await desk.press(WANG, find_button_data(shown, "Take back my consent"))
    assert desk.text("privacy-not-agreed") in list_texts(shown)[0]
    assert list_alerts(shown) == [desk.plain("privacy-withdrawn")]
    assert await desk.rows(select(people.c.phone, people.c.consent)) == [(None, 0)]
    assert not await desk.rows(select(identities.c.kind))
    await desk.deliver(make_delivery("SF2"))
    owned = await desk.rows(select(deliveries.c.waybill, deliveries.c.person.is_not(None)).order_by(deliveries.c.id))
    assert owned == [("SF1", True), ("SF2", False)]
    logged = await desk.rows(select(audit.c.what, audit.c.before, audit.c.after).where(audit.c.what.like("consent.%")))
    assert logged == [("consent.give", None, "1"), ("consent.withdraw", "1", None)]


async def test_a_second_tap_changes_nothing(desk: Desk) -> None:
    """An old page pressed again, or a forged button: the page is drawn as it stands."""
    shown = await desk.say(WANG, "/privacy")
    await desk.press(WANG, find_button_data(shown, "I agree"))
    shown = await desk.press(WANG, PrivacyButton("a"))
    assert desk.text("privacy-agreed") in list_texts(shown)[0]
    await desk.press(WANG, PrivacyButton("?"))
    assert len(await desk.rows(select(audit.c.id).where(audit.c.what.like("consent.%")))) == 1


async def test_a_company_that_has_said_nothing(desk: Desk) -> None:
    """Its name is there, the rest is left out; where it asks in its own way, there is nothing to agree to."""
    bare = replace(desk.services.company, privacy=PrivacyRules(consent=False))
    desk.services = desk.worker._services = replace(desk.services, company=bare)
    (shown,) = await desk.say(WANG, "/privacy")
    (page,) = list_texts([shown])
    assert "Example Express" in page
    assert desk.text("privacy-where-unsaid") in page
    assert not {desk.plain("privacy-agree"), desk.plain("privacy-withdraw")} & set(list_labels(shown))
    await desk.press(WANG, PrivacyButton("a"))
    assert await desk.rows(select(people.c.consent)) == [(0,)]
