"""The longest path of a complaint, in both languages, undisturbed and with the bot killed (SIGKILL) at its calls.

`make prove-all` strikes every call; `make test` walks the path undisturbed, in Chinese.
"""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import PROVE
from tests.harness.company import LiveCompany
from tests.harness.crash_runs import compare, kill_at, play_undisturbed
from tests.harness.long_story import LongStory, open_service

STRIDE = 1 if PROVE else 16
LEAST_CALLS, MOST_CALLS = 60, 240


@pytest.fixture
def staff() -> int:
    return MOST_CALLS // STRIDE + 3


@pytest.mark.parametrize(("database_url", "webhook"), [("sqlite", False)], indirect=True, ids=["sqlite-polling"])
@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.prove), "zh"])
async def test_the_longest_path(company: LiveCompany) -> None:
    """Two rounds, one return, one transfer, one extension, one question, one plan, one regulator's appeal: told in order."""
    story = await anext(_stories(company))
    await play_undisturbed(company, story)
    refused = [call for call in await company.telegram.calls() if not call["ok"]]
    assert not refused, "an edit that changes nothing is not made either"


@pytest.mark.prove
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("database_url", "webhook", "language"),
    [("sqlite", True, "en"), ("postgresql", False, "zh")],
    indirect=["database_url", "webhook"],
    ids=["sqlite-webhook-en", "postgresql-polling-zh"],
)
@pytest.mark.parametrize("when", ["before", "after"])
async def test_killed_on_the_longest_path(company: LiveCompany, when: str) -> None:
    """Killed before or after Telegram acts on a call: the same history, the same messages.

    One may come twice; a second one where the machine is so busy that Telegram's answer takes longer than the calm rule waits.
    """
    stories = _stories(company)
    calls, expected = await play_undisturbed(company, await anext(stories))
    assert LEAST_CALLS < calls < MOST_CALLS, calls
    wrong = []
    for n in range(0 if when == "before" else STRIDE // 2, calls, STRIDE):
        story = await anext(stories)
        try:
            await kill_at(n, when, story)
            await compare(story, expected, most=2)
        except (AssertionError, RuntimeError) as error:
            wrong.append(f"--- killed {when} call {n} ---\n{error}")
            await company.telegram.heal()
            if len(wrong) == 3 or not company.bot.alive:
                break
    assert not wrong, "\n".join(wrong)


async def _stories(company: LiveCompany) -> AsyncIterator[LongStory]:
    """Customer after customer, each with an owner the bot has not met."""
    service = await open_service(company, company.staff)
    for owner in company.staff:
        ((customer, link),) = await company.customers(1)
        yield LongStory(company, customer, link, owner, service=service)
