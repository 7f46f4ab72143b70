"""The bot is killed (SIGKILL) at every single call of a whole loop, and the loop ends as if nothing had happened.

Many kills share one company: each has a customer, a delivery and an owner of its own, so that a kill costs little more than
the restart. `make prove-all` strikes every call everywhere, about 300 kills; `make test` each thirteenth, on one engine before Telegram acts
and on the other after it.
"""

import itertools

import pytest

from playground.people.connection import PlayError
from tests.conftest import PROVE
from tests.harness.company import LiveCompany
from tests.harness.crash_runs import compare, kill_at, play_undisturbed
from tests.harness.story import CustomerStory

STRIDE = 1 if PROVE else 13
MOST_CALLS = 60
"""More than a loop makes; each kill wants somebody of the staff whom the bot has not met."""

SAMPLED = {("sqlite", True, "before"), ("postgresql", False, "after")}
SETUPS = [
    pytest.param(*setup, marks=[] if setup in SAMPLED else pytest.mark.prove)
    for setup in itertools.product(("sqlite", "postgresql"), (True, False), ("before", "after"))
]
"""The engine, whether updates come by webhook, and the moment of the kill."""


@pytest.fixture
def staff() -> int:
    return MOST_CALLS // STRIDE + 4


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("database_url", "webhook", "when"), SETUPS, indirect=["database_url", "webhook"])
async def test_a_kill_at_any_call_changes_nothing(company: LiveCompany, when: str) -> None:
    """Killed before or after Telegram acts on the n-th call, for each n: everything once, at most one message repeated."""
    stories = await _stories(company)
    calls, expected = await play_undisturbed(company, stories[0])
    assert 20 < calls < MOST_CALLS, calls
    wrong, struck = [], 0
    numbers = range(0 if when == "before" else STRIDE // 2, calls, STRIDE)
    for n, story in zip(numbers, stories[1:], strict=False):
        try:
            struck += await kill_at(n, when, story)
            await compare(story, expected)
        except (AssertionError, PlayError, RuntimeError) as error:
            wrong.append(f"--- killed {when} call {n} ---\n{error}")
            await company.telegram.heal()
            if len(wrong) == 3 or not company.bot.alive:
                break
    assert not wrong, "\n".join(wrong)
    assert struck >= len(numbers) * 0.9, f"only {struck} kills of {len(numbers)} struck"


@pytest.mark.parametrize(("database_url", "webhook"), [("sqlite", False)], indirect=True)
@pytest.mark.parametrize("when", [pytest.param("before", marks=pytest.mark.prove), "after"])
async def test_a_kill_at_a_poll_loses_no_update(company: LiveCompany, when: str) -> None:
    """Killed by its own getUpdates, which confirms what came before: what was confirmed had been committed."""
    stories = await _stories(company)
    _, expected = await play_undisturbed(company, stories[0])
    for n, story in zip(range(0, 10, 1 if PROVE else 6), stories[1:], strict=False):
        assert await kill_at(n, when, story, "getUpdates"), f"there was no poll {n}"
        await compare(story, expected)


async def _stories(company: LiveCompany) -> list[CustomerStory]:
    customers = await company.customers(len(company.staff))
    return [
        CustomerStory(company, person, link, owner)
        for (person, link), owner in zip(customers, company.staff, strict=False)
    ]
