"""A question to the customer: it arrives, the case waits, the answer moves it on, and the owner reads it."""

from sqlalchemy import select

from conversations.buttons import MyCaseButton
from domain.people import Role
from storage.models import audit, case_events, contributions, sessions
from storage.queue.outbox import OwedCall
from tests.harness.case_actions import (
    NUMBER,
    change_case,
    fetch_case_row,
    find_first_case,
    list_alerts,
    press,
    reply,
    resolve_case,
    set_up_accepted_case,
    tap,
)
from tests.harness.in_process import GROUP, LI, WANG, ZHAO, Desk, find_button_data, list_labels, list_texts


async def ask(desk: Desk, question: str = "Which door?") -> list[OwedCall]:
    await press(desk, LI, "ask_customer")
    return await tap(desk, LI, "Confirm", await reply(desk, LI, question))


async def events(desk: Desk) -> list[tuple[str, int | None]]:
    rows = await desk.rows(select(case_events.c.event, case_events.c.actor).order_by(case_events.c.version))
    return [(one.event, one.actor) for one in rows]


async def test_the_question_in_the_owners_words(desk: Desk) -> None:
    """The customer reads it in private, the group what was asked; the case waits. Before Confirm nothing left."""
    await set_up_accepted_case(desk)
    await press(desk, LI, "ask_customer")
    asked = await reply(desk, LI, "Which <door>?")
    assert list_texts(asked, WANG.id) == []
    calls = await tap(desk, LI, "Confirm", asked)
    (question,) = list_texts(calls, WANG.id)
    assert "Which &lt;door&gt;?" in question
    assert NUMBER in question
    assert any("Which &lt;door&gt;?" in text for text in list_texts(calls, GROUP))
    assert (await fetch_case_row(desk)).state == "waiting"


async def test_the_first_word_moves_the_case_on(desk: Desk) -> None:
    """The customer's words stand under the card with the owner's name; later ones join; Done ends it."""
    await set_up_accepted_case(desk)
    await ask(desk)
    calls = await desk.say(WANG, "The red one")
    assert any("The red one" in text and f"id={LI.id}" in text for text in list_texts(calls, GROUP))
    assert (await fetch_case_row(desk)).state == "in_work"
    await desk.say(WANG, "on the left")
    shown = await desk.say(WANG, photo=[{"file_id": "p1", "file_unique_id": "u1", "width": 1, "height": 1}])
    gathered = await desk.ring(seconds=3)
    assert any("The red one\non the left" in text for text in list_texts(gathered, GROUP))
    assert any(call.method == "sendPhoto" and call.chat_id == GROUP for call in gathered)
    ended = await desk.press(WANG, find_button_data(shown, "Done"))
    assert any("Thank you" in text for text in list_texts(ended, WANG.id))
    assert [event for event, _ in await events(desk)] == ["file", "accept", "ask_customer", "customer_answers"]
    written = await desk.rows(select(contributions.c.words).where(contributions.c.side == "customer"))
    assert {"The red one", "on the left"} <= {one.words for one in written}


async def test_an_album_is_one_answer(desk: Desk) -> None:
    """Two photos of an album move the case once, and come before the department together."""
    await set_up_accepted_case(desk)
    await ask(desk)
    for n in range(2):
        photo = [{"file_id": f"p{n}", "file_unique_id": f"u{n}", "width": 1, "height": 1}]
        await desk.say(WANG, photo=photo, media_group_id="a1")
    shown = await desk.ring(seconds=3)
    assert [call.method for call in shown if call.chat_id == GROUP].count("sendMediaGroup") == 1
    assert [event for event, _ in await events(desk)].count("customer_answers") == 1


async def test_an_answer_after_three_days_joins(desk: Desk) -> None:
    """The clock lets the case go on; the question stays usable, and its answer is kept."""
    await set_up_accepted_case(desk)
    await ask(desk)
    told = await desk.ring(hours=73)
    assert any("has not answered" in text and f"id={LI.id}" in text for text in list_texts(told, GROUP))
    assert (await events(desk))[-1] == ("customer_answers", None)
    calls = await desk.say(WANG, "Sorry, I was away")
    assert any("I was away" in text for text in list_texts(calls, GROUP))
    assert (await fetch_case_row(desk)).state == "in_work"


async def test_an_answer_when_all_is_over(desk: Desk) -> None:
    """A closed case takes no answer, and says so."""
    await set_up_accepted_case(desk)
    await ask(desk)
    await change_case(desk, state="closed")
    calls = await desk.say(WANG, "Hello?")
    assert desk.text("answering-over", number=NUMBER) in list_texts(calls, WANG.id)
    assert (await fetch_case_row(desk)).state == "closed"


async def test_a_planned_case_goes_on_as_planned(desk: Desk) -> None:
    """The answer leads back to where the case was."""
    await set_up_accepted_case(desk)
    await change_case(desk, state="planned")
    await ask(desk)
    await desk.say(WANG, "The red one")
    assert (await fetch_case_row(desk)).state == "planned"


async def test_a_customer_who_cannot_be_reached(desk: Desk) -> None:
    """Said at once, to the presser alone, with the phone number; logged; the case does not wait."""
    await set_up_accepted_case(desk)
    await desk.member(WANG, "kicked")
    calls = await press(desk, LI, "ask_customer")
    assert list_alerts(calls) == [desk.plain("customer-unreachable", number=NUMBER, contact="+8613800138000")]
    assert list_texts(calls, GROUP) == []
    assert (await fetch_case_row(desk)).state == "in_work"
    assert [one.what for one in await desk.rows(select(audit.c.what).where(audit.c.what == "case.reveal"))]


async def test_a_customer_who_leaves_while_one_writes(desk: Desk) -> None:
    """Blocked between question and Confirm: nothing waits, and the group does not read the number."""
    await set_up_accepted_case(desk)
    await press(desk, LI, "ask_customer")
    asked = await reply(desk, LI, "Which door?")
    await desk.member(WANG, "kicked")
    calls = await tap(desk, LI, "Confirm", asked)
    assert (await fetch_case_row(desk)).state == "in_work"
    assert not any("13800138000" in text for text in list_texts(calls, GROUP))
    assert any("cannot be reached" in text for text in list_texts(calls, GROUP))


async def test_a_customer_who_is_also_staff(desk: Desk) -> None:
    """The answer counts for the case, not for anything else in the lane."""
    await set_up_accepted_case(desk)
    await desk.grant(WANG, Role.STAFF, "service")
    calls = await ask(desk)
    assert any("Which door?" in text for text in list_texts(calls, WANG.id))
    assert all("Done" not in list_labels(call) for call in calls)


async def test_whatever_the_customer_sends_is_an_answer(desk: Desk) -> None:
    """A word by the button "Add" counts as well as a reply to the question."""
    await set_up_accepted_case(desk)
    await ask(desk)
    await desk.press(WANG, MyCaseButton(await find_first_case(desk), "a"))
    await desk.say(WANG, "By the way, the red one")
    assert (await fetch_case_row(desk)).state == "in_work"


async def test_the_question_is_closed_by_the_answer_to_the_complaint(desk: Desk) -> None:
    """What the customer writes after the answer is no answer to an old question."""
    await set_up_accepted_case(desk)
    await ask(desk)
    await desk.say(WANG, "The red one")
    await resolve_case(desk)
    await press(desk, ZHAO, "approve")
    topics = await desk.rows(select(sessions.c.topic).where(sessions.c.lane == f"{WANG.id}:{WANG.id}"))
    assert not [one.topic for one in topics if one.topic.startswith("answering")]


async def test_who_owns_it_no_more_learns_nothing(desk: Desk) -> None:
    """Handed over while the question was written, and the customer is away: no question, and no phone number either."""
    await set_up_accepted_case(desk)
    await press(desk, LI, "ask_customer")
    asked = await reply(desk, LI, "Which door?")
    handed = await press(desk, ZHAO, "hand_over")
    await tap(desk, ZHAO, "Zhao", handed)
    await desk.member(WANG, "kicked")
    calls = await tap(desk, LI, "Confirm", asked)
    assert list_alerts(calls) == [desk.plain("case-not-yours", number=NUMBER, owner="Zhao")]
    assert (await fetch_case_row(desk)).state == "in_work"
