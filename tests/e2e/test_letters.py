"""Owner and customer talk through the case, both ways; what stays inside stays inside."""

import pytest
from sqlalchemy import select

from playground.shape.wire import Json
from storage.models import contributions
from tests.harness.stage import StoryStage

NOTE = "The customer is a competitor's cousin"


async def _pictures(stage: StoryStage, chat: int) -> list[Json]:
    return [m for m in await stage.telegram.messages(chat) if "photo" in m and m["sent_by_bot"]]


async def _versions(stage: StoryStage, words: str) -> list[str | None]:
    rows = await stage.rows(select(contributions.c.words, contributions.c.edits))
    return [row.edits for row in rows if row.words == words]


async def _card(stage: StoryStage, number: str) -> int:
    """The card's message in a group."""
    return int((await stage.card("transport", number))["message_id"])


async def _heard(stage: StoryStage) -> str:
    """Everything that the customer's chat has ever shown."""
    return "\n".join(str(m) for m in await stage.telegram.messages(stage.customer.chat))


async def test_an_album_from_staff_is_previewed_once_and_sent_as_one(stage: StoryStage) -> None:
    """Three pictures out of order in reply to the card: one preview, Send, one album at the customer's."""
    number = await stage.set_up_accepted_case()
    li = stage.at("transport", stage.li)
    card = await _card(stage, number)
    await li.album(3, caption="This is what we found", reply_to=card, order=[2, 0, 1], delay_ms=40)
    preview = await li.see("With 3 files")
    await stage.wait_until_quiet()
    previews = [m for m in await stage.telegram.messages(li.chat) if "not sent yet" in m.get("text", "")]
    assert [one["message_id"] for one in previews] == [preview["message_id"]]
    assert "reply_to_message" in preview
    assert "This is what we found" not in await _heard(stage)
    await li.press("Send", message_id=preview["message_id"])
    letter = await stage.customer.see("the department writes")
    assert number in letter["text"]
    assert "This is what we found" in letter["text"]
    await stage.wait_until_quiet()
    pictures = await _pictures(stage, stage.customer.chat)
    assert len(pictures) == 3
    assert len({one["media_group_id"] for one in pictures}) == 1
    assert all(one["reply_to_message"]["message_id"] == letter["message_id"] for one in pictures)


async def test_a_customers_photo_reaches_the_group_under_the_card(stage: StoryStage) -> None:
    """A reply to a picture of the department's, with a photo: under the card, the owner named, passed on."""
    number = await stage.set_up_accepted_case()
    li = stage.at("transport", stage.li)
    card = await _card(stage, number)
    await li.album(2, caption="Is it this one?", reply_to=card)
    await li.see("With 2 files")
    await li.press("Send")
    await stage.customer.see("Is it this one?")
    await stage.wait_until_quiet()
    second = (await _pictures(stage, stage.customer.chat))[1]
    await stage.customer.say(photo=True, caption="No, this one", reply_to=second["message_id"])
    await stage.customer.see(f"{number}: passed on to the department.")
    shown = await li.see("No, this one")
    assert shown["reply_to_message"]["message_id"] == card
    assert "Li" in shown["text"]
    await stage.wait_until_quiet()
    assert (await _pictures(stage, li.chat))[-1]["reply_to_message"]["message_id"] == card


async def test_edits_in_both_directions_change_what_was_shown(stage: StoryStage) -> None:
    """The copies change where they stand and are marked; the words before are kept; an edit told twice is done once."""
    number = await stage.set_up_accepted_case()
    li, customer = stage.at("transport", stage.li), stage.customer
    said = await li.say("We come at 8", reply_to=await _card(stage, number))
    await li.see("not sent yet")
    await li.press("Send")
    letter = await customer.see("We come at 8")
    await li.edit(said["message_id"], "We come at 9")
    edited = await customer.see("We come at 9")
    assert edited["message_id"] == letter["message_id"]
    assert "(edited)" in edited["text"]

    answer = await customer.say("Frist floor", reply_to=letter["message_id"])
    copy = await li.see("Frist floor")
    await customer.edit(answer["message_id"], "First floor")
    again = await stage.telegram.wait_for(
        li.chat, lambda m: m["message_id"] == copy["message_id"] and "First floor" in m["text"]
    )
    assert "(edited)" in again["text"]
    await stage.wait_until_quiet()
    assert "Frist floor" not in (await stage.card("transport", number))["text"]
    assert [("We come at 8" in (one or "")) for one in await _versions(stage, "We come at 9")] == [True]
    assert [(one or "").count("Frist floor") for one in await _versions(stage, "First floor")] == [1]
    assert sum("We come at" in m.get("text", "") for m in await stage.telegram.messages(customer.chat)) == 1


async def test_what_stays_inside_never_reaches_the_customer(stage: StoryStage) -> None:
    """Notes by command, by button and from a preview, drafts that were cancelled, plain group messages."""
    number = await stage.set_up_accepted_case()
    li = stage.at("transport", stage.li)
    card = await _card(stage, number)
    await li.say(f"/note {NOTE} 1", reply_to=card)
    await li.see("noted. It stays internal")
    await li.press("Note", message_id=card)
    await li.see("what would you like to note?")
    await li.reply(f"{NOTE} 2")
    await li.see("please check")
    await li.press("Confirm")
    await stage.telegram.wait_for(li.chat, lambda m: f"Last note: {NOTE} 2" in m.get("text", ""))
    for words, label in ((f"{NOTE} 3", "Note"), (f"{NOTE} 4", "Cancel")):
        before = (await li.last())["message_id"]
        await li.say(words, reply_to=card)
        preview = await stage.newer(li, "not sent yet", before)
        await li.press(label, message_id=preview["message_id"])
    await stage.telegram.reads_all()
    await li.say(f"{NOTE} 5, but {number} is nearly done")
    await stage.wait_until_quiet()
    assert NOTE not in await _heard(stage)
    rows = await stage.rows(select(contributions.c.side, contributions.c.words))
    assert sorted(row.words[-1] for row in rows if row.side == "note") == ["1", "2", "3"]
    assert not [row for row in rows if row.side == "staff"]


@pytest.mark.prove
async def test_a_cooperating_department_reports_to_the_lead(stage: StoryStage) -> None:
    """Goods are after-sales' matter, transport helps: its card says so, its report stands under the lead's card, by name."""
    expert = await stage.telegram.user("Sun")
    aftersales = await stage.telegram.group("Aftersales", [stage.boss, expert])
    await stage.telegram.say(aftersales, stage.boss, "/bind aftersales")
    lead = stage.telegram.seat(aftersales, expert)
    await lead.see("This group now belongs to")
    customer = stage.customer
    await stage.open_survey()
    await customer.say("/complain")
    await customer.see("Which delivery")
    await customer.press("SF1")
    await customer.see("What is it about")
    await customer.press("Product quality")
    await customer.see("What happened?")
    await customer.say("It was broken on the way")
    await customer.see("Press Done")
    for label, then in (
        ("Done", "What would you like"),
        ("Skip", "How can we reach you"),
        ("Skip", "broken on the way"),
    ):
        await customer.press(label)
        await customer.see(then)
    await customer.press("Confirm")
    await lead.see("It was broken on the way")
    await lead.press("Accept")
    owner_card = await lead.see("Owner: Sun")
    li = stage.at("transport", stage.li)
    card = await li.see("Your department supports this case")
    assert "Report" in (offered := await li.buttons(card["message_id"]))
    assert not {"Accept", "Resolve"} & set(offered)
    await li.press("Report", message_id=card["message_id"])
    prompt = await li.see("what would you like to report")
    await li.say(photo=True, caption="The driver dropped it", reply_to=prompt["message_id"])
    preview = await stage.newer(li, "please check", prompt["message_id"])
    await li.press("Confirm", message_id=preview["message_id"])
    told = await lead.see("The driver dropped it")
    assert "Transport / Li reports" in told["text"]
    assert "Sun" in told["text"]
    assert told["reply_to_message"]["message_id"] == owner_card["message_id"]
    await stage.wait_until_quiet()
    assert len(await _pictures(stage, aftersales)) == 1
    assert "dropped it" not in await _heard(stage)
