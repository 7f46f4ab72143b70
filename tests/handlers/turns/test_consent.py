"""Consent is asked under the question and given by the answer: nothing personal is kept for good before, nobody is asked twice."""

from dataclasses import replace

from sqlalchemy import select

from storage.models import audit, cases, people, sessions
from tests.harness.in_process import WANG, Desk, find_button_data, list_texts


def sentences(desk: Desk) -> list[str]:
    return [desk.text(f"consent-by-{how}") for how in ("sending", "confirming", "sharing")]


async def state(desk: Desk) -> tuple[int, list[str]]:
    """The version agreed to, and what the log says of it."""
    (row,) = await desk.rows(select(people.c.consent, people.c.consent_at).where(people.c.telegram_id == WANG.id))
    logged = await desk.rows(select(audit.c.what).where(audit.c.what.like("consent.%")).order_by(audit.c.id))
    assert (row.consent_at is not None) is bool(logged)
    return row.consent, [one.what for one in logged]


async def summary(desk: Desk) -> list[str]:
    """A complaint as far as its summary: the texts of its last screen, and the data of Confirm and Cancel."""
    shown = await desk.say(WANG, "/complain")
    shown = await desk.press(WANG, find_button_data(shown, "Other"))
    await desk.say(WANG, "It is wet")
    shown = await desk.say(WANG, "/complain")
    for label in ("Done", "Skip", "Skip"):
        shown = await desk.press(WANG, find_button_data(shown, label))
    return [list_texts(shown)[0], find_button_data(shown, "Confirm"), find_button_data(shown, "Cancel")]


async def test_confirm_is_the_tap_that_agrees(desk: Desk) -> None:
    """The summary says so; before it there is only a draft, after it the moment and the version are in the log; the next time is silent."""
    text, confirm, _ = await summary(desk)
    assert sentences(desk)[1] in text
    assert await state(desk) == (0, [])
    assert not await desk.rows(select(cases.c.id))
    await desk.press(WANG, confirm)
    assert await state(desk) == (1, ["consent.give"])
    assert len(await desk.rows(select(cases.c.id))) == 1
    text, *_ = await summary(desk)
    assert not any(one in text for one in sentences(desk))


async def test_who_cancels_has_left_nothing(desk: Desk) -> None:
    """No case, no draft, no consent; and may still rate."""
    *_, cancel = await summary(desk)
    await desk.press(WANG, cancel)
    assert await state(desk) == (0, [])
    assert not await desk.rows(select(cases.c.id))
    assert not await desk.rows(select(sessions.c.lane))
    shown = await desk.open_survey()
    await desk.press(WANG, find_button_data(shown, "5"))
    assert await state(desk) == (0, [])


async def test_pressing_needs_no_consent_and_writing_gives_it(desk: Desk) -> None:
    """A whole survey by buttons never reads of it until the question for words; Skip agrees to nothing, an answer does."""
    shown = await desk.press(WANG, find_button_data(await desk.open_survey(), "5"))
    asked = [list_texts(shown)[0]]
    while sentences(desk)[0] not in asked[-1]:
        shown = await desk.press(WANG, find_button_data(shown, "Skip"))
        asked.append(list_texts(shown)[0])
    assert len(asked) > 1
    shown = await desk.press(WANG, find_button_data(shown, "Skip"))
    assert await state(desk) == (0, [])
    shown = await desk.press(WANG, find_button_data(shown, "Change my rating"))
    shown = await desk.press(WANG, find_button_data(shown, "5"))
    while sentences(desk)[0] not in list_texts(shown)[0]:
        shown = await desk.press(WANG, find_button_data(shown, "Skip"))
    await desk.say(WANG, "The courier was friendly")
    assert await state(desk) == (1, ["consent.give"])


async def test_what_is_written_unasked_waits_for_a_press(desk: Desk) -> None:
    """It is a draft below which the sentence stands; saying that it is nothing leaves nothing, saying what it is agrees."""
    shown = await desk.say(WANG, "Where is my parcel?")
    assert sentences(desk)[1] in list_texts(shown)[-1]
    await desk.press(WANG, find_button_data(shown, "Nothing, thanks"))
    assert await state(desk) == (0, [])
    assert not await desk.rows(select(sessions.c.lane))
    shown = await desk.say(WANG, "Where is my parcel?")
    await desk.press(WANG, find_button_data(shown, "A question"))
    assert await state(desk) == (1, ["consent.give"])


async def test_sharing_the_number_agrees(desk: Desk) -> None:
    """The greeting says so above the button."""
    shown = await desk.say(WANG, "/start")
    assert list_texts(shown)[-1].endswith(sentences(desk)[2])
    await desk.say(WANG, contact={"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id})
    assert await state(desk) == (1, ["consent.give"])
    assert sentences(desk)[2] not in list_texts(await desk.say(WANG, "/start"))[-1]


async def test_a_new_version_asks_again(desk: Desk) -> None:
    """Whoever agreed to the first one reads the sentence under the next summary, and agrees to the second."""
    _, confirm, _ = await summary(desk)
    await desk.press(WANG, confirm)
    company = desk.services.company
    newer = replace(company, privacy=replace(company.privacy, consent_version=2))
    desk.services = desk.worker._services = replace(desk.services, company=newer)
    text, confirm, _ = await summary(desk)
    assert sentences(desk)[1] in text
    await desk.press(WANG, confirm)
    assert await state(desk) == (2, ["consent.give", "consent.give"])


async def test_a_company_may_ask_in_its_own_way(desk: Desk) -> None:
    """With `consent = false` no sentence is shown, and nothing is noted."""
    company = desk.services.company
    other = replace(company, privacy=replace(company.privacy, consent=False))
    desk.services = desk.worker._services = replace(desk.services, company=other)
    text, confirm, _ = await summary(desk)
    assert not any(one in text for one in sentences(desk))
    await desk.press(WANG, confirm)
    assert await state(desk) == (0, [])


async def test_only_who_was_asked_can_agree(desk: Desk) -> None:
    """A summary from before the upgrade is filed by its Confirm, as it was going to be; that agrees to nothing, and the next one asks."""
    company = desk.services.company
    before = replace(company, privacy=replace(company.privacy, consent=False))
    desk.services = desk.worker._services = replace(desk.services, company=before)
    _, confirm, _ = await summary(desk)
    desk.services = desk.worker._services = replace(desk.services, company=company)
    await desk.press(WANG, confirm)
    assert await desk.rows(select(cases.c.id))
    assert await state(desk) == (0, [])
    text, *_ = await summary(desk)
    assert sentences(desk)[1] in text


async def test_an_answer_to_a_question_from_before_is_kept_as_then(desk: Desk) -> None:
    """Nobody loses what they wrote for not having been asked; they are asked under the next question."""
    company = desk.services.company
    before = replace(company, privacy=replace(company.privacy, consent=False))
    desk.services = desk.worker._services = replace(desk.services, company=before)
    await desk.say(WANG, "/ask")
    desk.services = desk.worker._services = replace(desk.services, company=company)
    await desk.say(WANG, "Where is my parcel?")
    assert await desk.rows(select(cases.c.id))
    assert await state(desk) == (0, [])
