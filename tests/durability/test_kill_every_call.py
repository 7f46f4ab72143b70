"""The bot is killed (SIGKILL) at every single call of a whole loop, and the loop ends as if nothing had happened.

Many kills share one company: each has a customer, a delivery and an owner of its own, so that a kill costs little more than
the restart. HUIFANG_ALL_KILLS=1 strikes every call everywhere, about 300 kills; by default it is every sixth call with
SQLite and a webhook and with PostgreSQL and polling, and every eighteenth with the other two.
"""

import os
from collections import Counter

import pytest

from playground.client import PlayError
from tests.durability.company import Company
from tests.durability.story import Story

OFTEN, SELDOM = (1, 1) if os.environ.get("HUIFANG_ALL_KILLS") else (6, 18)
MOST_CALLS = 60
"""More than a loop makes; each kill wants somebody of the staff whom the bot has not met."""

SETUPS = [
    pytest.param("sqlite", True, OFTEN, id="sqlite-webhook"),
    pytest.param("postgresql", False, OFTEN, id="postgresql-polling"),
    pytest.param("sqlite", False, SELDOM, id="sqlite-polling"),
    pytest.param("postgresql", True, SELDOM, id="postgresql-webhook"),
]


@pytest.fixture
def staff() -> int:
    return MOST_CALLS + 2


@pytest.mark.timeout(600)
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("database_url", "webhook", "stride"), SETUPS, indirect=["database_url", "webhook"])
async def test_a_kill_at_any_call_changes_nothing(company: Company, when: str, stride: int) -> None:
    """Killed before or after Telegram acts on the n-th call, for each n: everything once, at most one message repeated."""
    stories = await _stories(company)
    calls, expected = await _measure(company, stories[0])
    assert 20 < calls < MOST_CALLS, calls
    wrong, struck = [], 0
    numbers = range(0 if when == "before" else stride // 2, calls, stride)
    for n, story in zip(numbers, stories[1:], strict=False):
        try:
            struck += await _killed_at(n, when, story)
            await _compare(story, expected)
        except (AssertionError, PlayError, RuntimeError) as error:
            wrong.append(f"--- killed {when} call {n} ---\n{error}")
            await company.telegram.heal()
            if len(wrong) == 3 or not company.bot.alive:
                break
    assert not wrong, "\n".join(wrong)
    assert struck >= len(numbers) * 0.9, f"only {struck} kills of {len(numbers)} struck"


@pytest.mark.parametrize(("database_url", "webhook"), [("sqlite", False)], indirect=True)
@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_kill_at_a_poll_loses_no_update(company: Company, when: str) -> None:
    """Killed by its own getUpdates, which confirms what came before: what was confirmed had been committed."""
    stories = await _stories(company)
    _, expected = await _measure(company, stories[0])
    for n, story in zip(range(0, 10, 3), stories[1:], strict=False):
        assert await _killed_at(n, when, story, "getUpdates"), f"there was no poll {n}"
        await _compare(story, expected)


async def _stories(company: Company) -> list[Story]:
    customers = await company.customers(MOST_CALLS + 1)
    return [
        Story(company, person, link, owner) for (person, link), owner in zip(customers, company.staff, strict=False)
    ]


async def _measure(company: Company, story: Story) -> tuple[int, dict[str, list[str]]]:
    """The loop undisturbed: how many calls it makes, and what is to be seen in the end."""
    before = len(await company.telegram.calls())
    await story.play()
    await company.calm()
    await story.check()
    assert not await story.unanswered()
    return len(await company.telegram.calls()) - before, await story.shown()


async def _killed_at(n: int, when: str, story: Story, method: str = "*") -> bool:
    """Play the story with a kill at its n-th call; whether it came to that many calls."""
    company = story.company
    fault = {"pid": company.bot.pid, "skip": n, "when": when, "method": method}
    async with company.dies_once():
        number = await company.telegram.fault("kill", **fault)
        await story.play()
        await company.calm()
        left = await company.telegram.ask("GET", "faults")
        if struck := not left["faults"]:
            await company.calm()
        else:
            await company.telegram.heal(number)
    return struck


async def _compare(story: Story, expected: dict[str, list[str]]) -> None:
    """The same is kept and seen as without the kill; at most one message and one spinner more."""
    await story.check()
    shown, repeated = await story.shown(), 0
    for chat, texts in expected.items():
        missing = Counter(texts) - Counter(shown[chat])
        assert not missing, f"not seen by the {chat}: {missing}; there is {shown[chat]}"
        repeated += len(shown[chat]) - len(texts)
    assert repeated <= 1, f"{repeated} messages repeated: {shown}"
    spinning = await story.unanswered()
    assert len(spinning) <= 1, f"{len(spinning)} presses were never answered"
