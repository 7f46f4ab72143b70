"""Telegram repeats, reorders, forgets to answer, refuses for a while or is not there: nothing is lost, doubled or out of order."""

import asyncio
import re
from collections import Counter
from time import monotonic

import pytest
from sqlalchemy import select

from playground.people.connection import Participant
from playground.shape.wire import Json
from storage.models import answers, inbox, invitations, people
from tests.harness.company import LiveCompany
from tests.harness.story import CustomerStory

BOTH = pytest.mark.parametrize(
    ("database_url", "webhook"),
    [
        pytest.param("sqlite", True, id="sqlite-webhook"),
        pytest.param("postgresql", False, id="postgresql-polling", marks=pytest.mark.prove),
    ],
    indirect=True,
)
SQLITE = pytest.mark.parametrize(("database_url", "webhook"), [("sqlite", True)], indirect=True)


@BOTH
async def test_an_update_delivered_twice_counts_once(company: LiveCompany) -> None:
    """Every update of a whole loop comes twice, and the loop is the same as if each had come once."""
    calm, doubled = await _stories(company, 2)
    await _play(calm)
    await company.telegram.fault("duplicate", times=0)
    await _play(doubled)
    shown = await doubled.shown()
    assert {chat: Counter(texts) for chat, texts in shown.items()} == {
        chat: Counter(texts) for chat, texts in (await calm.shown()).items()
    }
    keys = [row.key for row in await company.rows(select(inbox.c.key).where(inbox.c.source == "telegram"))]
    assert len(keys) == len(set(keys))


@BOTH
async def test_updates_out_of_order_across_chats(company: LiveCompany) -> None:
    """Three loops at once, the customers' updates held back behind those of the group: every loop comes to its end."""
    stories = await _stories(company, 3)
    for n, story in enumerate(stories):
        await company.telegram.fault("reorder", chat=story.customer.id, times=0, delay_ms=50 * (n + 1))
    await asyncio.gather(*(_play(story, settle=False) for story in stories))
    await company.telegram.heal()
    await company.wait_until_quiet()
    for story in stories:
        await story.check()


@BOTH
async def test_calls_that_fail_are_made_again(company: LiveCompany) -> None:
    """Calls of a loop fail with 500, a page of HTML, a reset, before Telegram acts: everything is seen, once."""
    calm, broken = await _stories(company, 2)
    await _play(calm)
    faults = await _sometimes(company, ("500", "502html", "reset"), "before")
    await _play(broken, spinning=faults)
    assert _sorted(await broken.shown()) == _sorted(await calm.shown())


@BOTH
async def test_answers_lost_after_telegram_acted(company: LiveCompany) -> None:
    """Calls that succeed without the bot knowing: at most those messages come again, nothing is kept twice."""
    calm, broken = await _stories(company, 2)
    await _play(calm)
    faults = await _sometimes(company, ("500", "reset"), "after")
    await _play(broken)
    expected, shown = await calm.shown(), await broken.shown()
    for chat, texts in expected.items():
        assert not Counter(texts) - Counter(shown[chat]), (texts, shown[chat])
    assert sum(map(len, shown.values())) <= sum(map(len, expected.values())) + faults


@SQLITE
async def test_silence_after_telegram_acted(company: LiveCompany) -> None:
    """An answer that never comes holds up its own chat until the bot gives up waiting, and no other chat at all."""
    (slow, quick) = await _stories(company, 2)
    await company.telegram.fault("silence", method="sendMessage", chat=slow.customer.id, when="after")
    me = company.telegram.private(slow.customer)
    await me.start(slow.link)
    await me.see("overall")
    began = monotonic()
    await asyncio.wait_for(_play(quick, settle=False), 10)
    await me.press("4")
    await company.telegram.wait_for(
        slow.customer.id, lambda m: m["sent_by_bot"] and "Question 2" in m["text"], timeout=45
    )
    assert monotonic() - began > 5, "the bot did not wait for its answer"
    await company.wait_until_quiet()
    assert await _scores(company, slow.customer) == [("overall", 4)]


@BOTH
async def test_too_many_requests_waits_as_told(company: LiveCompany) -> None:
    """After 429 nothing goes to that chat before `retry_after` is over, then it does; nobody else waits for it."""
    seconds, raters = 2, [person for person, _ in await _opened(company, 5)]
    before = len(await company.telegram.calls())
    await company.telegram.fault("429", method="editMessageText", skip=2, retry_after=seconds)
    await asyncio.gather(*(company.telegram.private(person).press("4") for person in raters))
    for person in raters:
        await company.telegram.private(person).see("Question 2")
    await company.wait_until_quiet()
    calls = [call for call in (await company.telegram.calls())[before:] if _writes(call)]
    (refused,) = [call for call in calls if call.get("error_code") == 429]
    chat = refused["params"]["chat_id"]
    (again,) = [call for call in calls if call["seq"] > refused["seq"] and call["params"]["chat_id"] == chat]
    assert again["at"] - refused["at"] >= seconds
    assert all(call["at"] - refused["at"] < seconds for call in calls if call["params"]["chat_id"] != chat)
    assert len(calls) == 6, calls
    for person in raters:
        assert await _scores(company, person) == [("overall", 4)]


@BOTH
async def test_an_outage_of_some_seconds(company: LiveCompany) -> None:
    """Telegram is away for three seconds while people write and press: afterwards everybody is answered, in order."""
    raters = await _opened(company, 6)
    (story,) = await _stories(company, 1)
    outage = await company.telegram.fault("outage", times=0)
    pressing = [company.telegram.private(person).press("5") for person, _ in raters]
    await asyncio.gather(*pressing)
    playing = asyncio.create_task(_play(story, settle=False))
    await asyncio.sleep(3)
    await company.telegram.heal(outage)
    for person, _ in raters:
        await company.telegram.private(person).see("Question 2")
    await playing
    await company.wait_until_quiet()
    await story.check()
    for person, _ in raters:
        assert await _scores(company, person) == [("overall", 5)]


@BOTH
async def test_words_keep_their_order_through_failures(company: LiveCompany) -> None:
    """Ten messages written in a row, with calls failing meanwhile, are before the department in the order of writing."""
    (story,) = await _stories(company, 1)
    me = company.telegram.private(story.customer)
    await me.start(story.link)
    await me.see("overall")
    await me.press("1")
    await me.see("Question 2")
    await me.press("File a complaint")
    await me.see("is filed and passed on")
    await _sometimes(company, ("500",), "before")
    for n in range(10):
        await me.say(f"part {n} of the story")
    await company.telegram.wait_for(company.group, lambda m: "part 9 of the story" in m.get("text", ""), timeout=120)
    await company.wait_until_quiet()
    shown = [
        m["text"] for m in await company.telegram.messages(company.group) if "the customer writes" in m.get("text", "")
    ]
    assert re.findall(r"part (\d) of the story", "\n".join(shown)) == list("0123456789"), shown


async def _stories(company: LiveCompany, number: int) -> list[CustomerStory]:
    customers = await company.customers(number)
    return [
        CustomerStory(company, person, link, owner)
        for (person, link), owner in zip(customers, company.staff, strict=False)
    ]


async def _play(story: CustomerStory, *, settle: bool = True, spinning: int = 0) -> None:
    """At most `spinning` presses stay without an answer: one that has no words is made once and not again."""
    await story.play()
    if settle:
        await story.company.wait_until_quiet()
        await story.check()
        assert len(await story.unanswered()) <= spinning


async def _sometimes(company: LiveCompany, kinds: tuple[str, ...], when: str) -> int:
    """Every sixth of the next calls fails, in these ways in turn; how many do."""
    for n in range(6):
        await company.telegram.fault(kinds[n % len(kinds)], skip=5 * (n + 1), when=when)
    return 6


async def _opened(company: LiveCompany, number: int) -> list[tuple[Participant, str]]:
    """So many customers who look at their first question."""
    customers = await company.customers(number)
    for person, link in customers:
        await company.telegram.private(person).start(link)
    for person, _ in customers:
        await company.telegram.private(person).see("overall")
    await company.wait_until_quiet()
    return customers


async def _scores(company: LiveCompany, person: Participant) -> list[tuple[str, int]]:
    mine = select(invitations.c.id).join(people, people.c.id == invitations.c.person)
    mine = mine.where(people.c.telegram_id == person.id)
    rows = await company.rows(select(answers.c.question, answers.c.score).where(answers.c.invitation.in_(mine)))
    return [(row.question, row.score) for row in rows]


def _writes(call: Json) -> bool:
    return str(call["method"]).startswith(("send", "edit"))


def _sorted(shown: dict[str, list[str]]) -> dict[str, list[str]]:
    return {chat: sorted(texts) for chat, texts in shown.items()}
