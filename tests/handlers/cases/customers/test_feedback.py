"""Suggestions and praise, from the customer's first word to the last that staff say."""

from sqlalchemy import select

from domain.people import Role
from handlers.cases.customers.filing import choose_usual_category
from storage.models import audit, cases, invitations
from storage.queue.outbox import OwedCall
from tests.harness.customer_case import make_prompt
from tests.harness.in_process import COMPANY, GROUP, LI, WANG, ZHAO, Desk, find_button_data, list_labels, list_texts

NUMBER = "S-261123-0001"


async def suggested(desk: Desk, about: str = "") -> list[OwedCall]:
    """Wang suggests something; the calls of the last press."""
    await desk.bind("service")
    await desk.say(WANG, "/suggest")
    shown = await desk.press(WANG, find_button_data(await desk.say(WANG, "Open at <six>"), "Done"))
    shown = await desk.press(WANG, find_button_data(shown, about or "Skip"))
    return await desk.press(WANG, find_button_data(shown, "Confirm"))


async def written(desk: Desk, words: str) -> list[OwedCall]:
    """Li answers what was asked in the group."""
    return await desk.say(LI, words, GROUP, reply_to_message=make_prompt())


async def test_a_suggestion_is_filed(desk: Desk) -> None:
    """Number and date to the customer; the card with its kind to the department that leads what nobody sorted."""
    calls = await suggested(desk)
    assert desk.text("suggestion-filed", number=NUMBER, due="2026-11-30 12:00") in list_texts(calls, WANG.id)
    (card,) = list_texts(calls, GROUP)
    for words in (NUMBER, "Suggestion", "Open at &lt;six&gt;", "Nobody has taken this case yet"):
        assert words in card
    (row,) = await desk.rows(select(cases.c.department, cases.c.kind))
    department, kind = tuple(row)
    assert (department, kind) == ("service", "suggestion")


async def test_what_it_is_about_says_who_has_it(desk: Desk) -> None:
    """The category's lead."""
    await suggested(desk, "Product quality")
    (row,) = await desk.rows(select(cases.c.department, cases.c.category))
    department, category = tuple(row)
    assert (department, category) == ("aftersales", "product")


async def accepted(desk: Desk) -> list[OwedCall]:
    calls = await desk.press_and_confirm(LI, "Accept", await suggested(desk))
    assert desk.text("suggestion-accepted", number=NUMBER) in list_texts(calls, WANG.id)
    return calls


async def rated(desk: Desk, calls: list[OwedCall], what: str, reason: str) -> list[OwedCall]:
    """Value, feasibility and reason; what is asked or shown then."""
    calls = await desk.press_and_confirm(LI, what, calls)
    calls = await desk.press(LI, find_button_data(calls, "4"), GROUP)
    await desk.press(LI, find_button_data(calls, "3"), GROUP)
    return await written(desk, reason)


async def test_adopted_and_carried_out(desk: Desk) -> None:
    """Value, feasibility, reason and date are shown back; the customer reads the reason, the progress, the result."""
    calls = await rated(desk, await accepted(desk), "Adopt", "Good idea")
    calls = await desk.press(LI, find_button_data(calls, "In a week (11-30)"), GROUP)
    for words in ("Value: 4 of 5", "Feasibility: 3 of 5", "Good idea", "Monday, 2026-11-30"):
        assert words in list_texts(calls)[0]
    calls = await desk.press(LI, find_button_data(calls, "Confirm"), GROUP)
    (told,) = list_texts(calls, WANG.id)
    assert told == desk.text("suggestion-adopted", number=NUMBER, text="Good idea", due="2026-11-30 18:00")
    card = next(text for text in list_texts(calls, GROUP) if f"· <b>{NUMBER}</b> ·" in text.partition("\n")[0])
    assert "Value 4 of 5, feasibility 3 of 5" in card
    calls = await _said(desk, calls, "Progress", "The keys are made")
    assert list_texts(calls, WANG.id) == [desk.text("suggestion-progress", number=NUMBER, text="The keys are made")]
    calls = await _said(desk, calls, "Finish", "Open at six")
    assert list_texts(calls, WANG.id) == [desk.text("suggestion-finished", number=NUMBER, text="Open at six")]
    assert [row.state for row in await desk.rows(select(cases.c.state))] == ["closed"]


async def test_declined_with_a_reason(desk: Desk) -> None:
    """The customer reads why."""
    calls = await rated(desk, await accepted(desk), "Decline", "Too dear")
    calls = await desk.press(LI, find_button_data(calls, "Confirm"), GROUP)
    assert list_texts(calls, WANG.id) == [desk.text("suggestion-declined", number=NUMBER, text="Too dear")]
    assert [row.state for row in await desk.rows(select(cases.c.state))] == ["declined"]


async def _said(desk: Desk, calls: list[OwedCall], what: str, words: str) -> list[OwedCall]:
    await desk.press_and_confirm(LI, what, calls)
    return await desk.press(LI, find_button_data(await written(desk, words), "Confirm"), GROUP)


async def test_a_draft_is_offered_again_where_it_stands(desk: Desk) -> None:
    """A suggestion and praise are drafts of their own."""
    await desk.say(WANG, "/suggest")
    shown = await desk.say(WANG, "Open earlier")
    assert list_texts(await desk.say(WANG, "/praise")) == [desk.text("praise-words")]
    assert list_texts(await desk.say(WANG, "/suggest")) == list_texts(shown)
    gone = await desk.press(WANG, find_button_data(shown, "Cancel"))
    assert list_texts(gone)[0] == desk.text("suggestion-cancelled")
    assert not await desk.rows(select(cases.c.id))


async def test_praise_reaches_department_and_courier(desk: Desk) -> None:
    """To the department as a card without a date; to the courier in private, without saying whose it is."""
    await desk.bind("transport")
    await desk.grant(LI, Role.COURIER, "k17")
    await desk.grant(ZHAO, Role.COURIER, "k18")
    await desk.open_survey(department="transport", courier={"id": "k17"})
    await desk.say(WANG, "/praise")
    shown = await desk.press(WANG, find_button_data(await desk.say(WANG, "So friendly"), "SF1"))
    calls = await desk.press(WANG, find_button_data(shown, "Confirm"))
    assert desk.text("praise-filed", number="P-261123-0001") in list_texts(calls, WANG.id)
    (card,) = list_texts(calls, GROUP)
    assert "So friendly" in card
    assert "due" not in card.lower()
    assert list_texts(calls, LI.id) == [desk.text("praise-for-you", text="So friendly")]
    assert list_texts(calls, ZHAO.id) == []
    (row,) = await desk.rows(select(cases.c.state, cases.c.courier))
    state, courier = tuple(row)
    assert (state, courier) == ("closed", "k17")


async def test_praise_from_the_best_rating(desk: Desk) -> None:
    """The button after five stars knows the delivery; after fewer there is none."""
    shown = await desk.open_survey(department="transport", courier={"id": "k17"})
    best = await _through(desk, await desk.press(WANG, find_button_data(shown, "5")))
    asked = await desk.press(WANG, find_button_data(best, "Praise the courier"))
    assert desk.text("praise-words") in list_texts(asked)
    shown = await desk.say(WANG, "So friendly")
    assert "Delivery: SF1" in list_texts(shown)[0]
    await desk.press(WANG, find_button_data(shown, "Confirm"))
    (row,) = await desk.rows(select(cases.c.waybill, cases.c.delivery))
    waybill, delivery = tuple(row)
    assert (waybill, delivery) == ("SF1", (await desk.rows(select(invitations.c.delivery)))[0][0])


async def test_no_praise_is_offered_after_four_stars(desk: Desk) -> None:
    """It would be a question too many."""
    shown = await desk.open_survey(department="transport")
    done = await _through(desk, await desk.press(WANG, find_button_data(shown, "4")))
    assert "Praise the courier" not in list_labels(done[0])


async def _through(desk: Desk, calls: list[OwedCall]) -> list[OwedCall]:
    """Past the other questions."""
    while "Skip" in list_labels(calls[0]):
        calls = await desk.press(WANG, find_button_data(calls, "Skip"))
    return calls


async def test_somebody_elses_delivery_is_nobodys_praise(desk: Desk) -> None:
    """A forged choice leaves the delivery out."""
    await desk.open_survey(LI, courier={"id": "k17"})
    await desk.say(WANG, "/praise")
    shown = await desk.say(WANG, "So friendly")
    assert not any("SF1" in label for call in shown for label in list_labels(call))
    await desk.press(WANG, find_button_data(shown, "Confirm"))
    ((delivery,),) = await desk.rows(select(cases.c.delivery))
    assert delivery is None


async def test_transferred_like_a_complaint(desk: Desk) -> None:
    """By the common way, with a reason; the log has it."""
    await desk.grant(ZHAO, Role.HEAD, "service")
    calls = await suggested(desk)
    shown = await desk.press(ZHAO, find_button_data(calls, "Transfer"), GROUP)
    await desk.press(ZHAO, find_button_data(shown, "Sales"), GROUP)
    shown = await desk.say(ZHAO, "theirs", GROUP, reply_to_message=make_prompt())
    await desk.press(ZHAO, find_button_data(shown, "Confirm"), GROUP)
    (row,) = await desk.rows(select(cases.c.department, cases.c.state))
    department, state = tuple(row)
    assert (department, state) == ("sales", "assigned")
    assert await desk.rows(select(audit.c.id).where(audit.c.what == "case.transfer"))


def test_where_unsorted_things_go() -> None:
    """To the category called other."""
    assert choose_usual_category(COMPANY) == "other"
