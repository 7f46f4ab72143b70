"""What staff do about a case, from the first press to the customer's verdict (C6, C7)."""

import asyncio

import pytest
from sqlalchemy import select

from storage.models import case_events, cases
from tests.harness.stage import StoryStage, list_labels

ACTS = {"Accept", "Transfer", "Resolve", "Approve", "Return"}


async def test_of_two_who_accept_at_once_one_is_first(stage: StoryStage) -> None:
    """Li and Chen press Accept in the same moment: one owns the case, the other is told who was first."""
    number = await stage.file_complaint()
    await stage.card("transport", number)
    people = {"Li": stage.at("transport", stage.li), "Chen": stage.at("transport", stage.chen)}
    presses = await asyncio.gather(*(seat.press("Accept") for seat in people.values()))
    toasts = dict(zip(people, [await stage.toast(press) for press in presses], strict=True))
    (first,) = [name for name, text in toasts.items() if "is yours now" in text]
    (second,) = [name for name in people if name != first]
    assert f"{first} was quicker" in toasts[second]
    await people[first].see(f"Owner: {first}")
    accepted = await stage.rows(select(case_events.c.actor).where(case_events.c.event == "accept"))
    assert len(accepted) == 1
    await stage.customer.see("Somebody is now working on")


async def test_a_return_tells_the_owner_why(stage: StoryStage) -> None:
    """The head returns a resolution: the owner reads the reason in the group, by name, and in private."""
    await stage.telegram.private(stage.li).start()
    number = await stage.set_up_accepted_case()
    await stage.set_up_resolved_case()
    zhao = stage.at("transport", stage.zhao)
    await zhao.press("Return")
    await zhao.see("what is missing")
    await zhao.reply("Call the customer first")
    await zhao.see("goes back to its owner")
    assert not await stage.rows(select(case_events.c.event).where(case_events.c.event == "return"))
    await zhao.press("Confirm")
    mention = await zhao.see("was returned")
    assert mention["text"].startswith("Li")
    assert "Call the customer first" in mention["text"]
    assert any(entity["type"] == "text_mention" for entity in mention["entities"])
    private = await stage.telegram.private(stage.li).see("was returned")
    assert "Call the customer first" in private["text"]
    card = await stage.card("transport", number, "in progress")
    assert "Resolve" in list_labels(card)


@pytest.mark.prove
async def test_a_transfer_moves_the_card_with_its_reason(stage: StoryStage) -> None:
    """The owner transfers with a reason: the other department gets card, reason and words, the old card has no acts left."""
    number = await stage.set_up_accepted_case("The courier shouted at me")
    li = stage.at("transport", stage.li)
    await li.press("Transfer")
    await li.see("to which department")
    await li.press("Customer service")
    await li.see("why should it be transferred")
    await li.reply("It is about manners")
    await li.see("goes to Customer service")
    await li.press("Confirm")
    card = await stage.card("service", number, "Nobody has taken this case yet")
    assert list_labels(card)[:2] == ["Accept", "Transfer"]
    service = stage.at("service", stage.boss)
    assert "It is about manners" in (await service.see("comes from Transport"))["text"]
    await stage.wait_until_quiet()
    old = await stage.card("transport", number)
    assert not ACTS & set(list_labels(old)), list_labels(old)
    assert "Customer service" in old["text"]


async def test_nobody_approves_the_own_work(stage: StoryStage) -> None:
    """The head who accepted and resolved cannot approve; quality can, and is asked to."""
    number = await stage.file_complaint()
    zhao = stage.at("transport", stage.zhao)
    await zhao.see(number)
    await zhao.press("Accept")
    await zhao.see("Owner: Zhao")
    await zhao.press("Resolve")
    for prompt, words in (("1/4", "Late"), ("2/4", "Apologised"), ("3/4", None)):
        await zhao.see(prompt)
        await (zhao.press("Skip") if words is None else zhao.reply(words))
    await zhao.see("4/4")
    await zhao.press("Not at fault")
    await zhao.see("please check")
    await zhao.press("Confirm")
    await zhao.see("in review")
    told = await stage.toast(await zhao.press("Approve"))
    assert "somebody else has to approve it" in told
    (row,) = await stage.rows(select(cases.c.state))
    assert row.state == "in_review"
    await stage.card("quality", number)
    await stage.at("quality", stage.boss).press("Approve")
    await stage.customer.see("Is it solved?")


async def test_not_solved_begins_a_second_round_and_solved_ends_it(stage: StoryStage) -> None:
    """Not solved, with a reason: round 2 with all that was before; then Solved: closed, and nothing can be pressed any more."""
    number = await stage.set_up_answered_case("We retrained the driver")
    customer, li = stage.customer, stage.at("transport", stage.li)
    await customer.press("Not solved")
    await customer.see("What is still not solved")
    await customer.say("He came late again")
    await customer.see("open again (round 2)")
    assert "He came late again" in (await li.see("Round 2 begins"))["text"]
    card = await stage.card("transport", number, "Round 2")
    assert "Accept" in list_labels(card)
    await li.press("Accept")
    await li.see("Owner: Li")
    await stage.set_up_resolved_case("A different driver comes from now on")
    await stage.at("transport", stage.zhao).press("Approve")
    await customer.see("A different driver comes from now on")
    await customer.press("Solved")
    await customer.see("is solved. Thank you")
    await stage.wait_until_quiet()
    card = await stage.card("transport", number, "· closed")
    assert not ACTS & set(list_labels(card)), list_labels(card)
    (row,) = await stage.rows(select(cases.c.state, cases.c.round))
    assert tuple(row) == ("closed", 2)


@pytest.mark.prove
async def test_history_and_full_text_can_be_read_any_time(stage: StoryStage) -> None:
    """History names who did what and why; Full text brings everything that was written."""
    number = await stage.set_up_accepted_case("It was thrown over the fence")
    li = stage.at("transport", stage.li)
    await li.press("History")
    history = (await li.see(f"History of {number}"))["text"]
    assert "the customer · filed" in history
    assert "Li · accepted" in history
    await li.press("Full text")
    await li.see("Everything written")
    await stage.telegram.settle()
    texts = [m.get("text", "") for m in await stage.telegram.messages(li.chat) if m["sent_by_bot"]]
    assert any(
        "It was thrown over the fence" in text for text in texts if "Everything written" in text or "“" not in text
    )
