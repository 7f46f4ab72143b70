"""A story is played once undisturbed; then it is killed at its calls, and must end as if nothing had happened."""

from collections import Counter

from tests.harness.company import LiveCompany
from tests.harness.story import CustomerStory


async def play_undisturbed(company: LiveCompany, story: CustomerStory) -> tuple[int, dict[str, list[str]]]:
    """The loop undisturbed: how many calls it makes, and what is to be seen in the end."""
    before = len(await company.telegram.calls())
    await story.play()
    await company.wait_until_quiet()
    await story.check()
    assert not await story.unanswered()
    return len(await company.telegram.calls()) - before, await story.shown()


async def kill_at(n: int, when: str, story: CustomerStory, method: str = "*") -> bool:
    """Play the story with a kill at its n-th call; whether it came to that many calls."""
    company = story.company
    fault = {"pid": company.bot.pid, "skip": n, "when": when, "method": method}
    async with company.revive_once():
        number = await company.telegram.fault("kill", **fault)
        await story.play()
        await company.wait_until_quiet()
        left = await company.telegram.ask("GET", "faults")
        if struck := not left["faults"]:
            await company.wait_until_quiet()
        else:
            await company.telegram.heal(number)
    return struck


async def compare(story: CustomerStory, expected: dict[str, list[str]], *, most: int = 1) -> None:
    """The same is kept and seen as without the kill; at most so many messages, and one spinner, more."""
    await story.check()
    shown, repeated = await story.shown(), 0
    for chat, texts in expected.items():
        missing = Counter(texts) - Counter(shown[chat])
        assert not missing, f"not seen by the {chat}: {missing}; there is {shown[chat]}"
        repeated += len(shown[chat]) - len(texts)
    assert repeated <= most, f"{repeated} messages repeated: {shown}"
    spinning = await story.unanswered()
    assert len(spinning) <= 1, f"{len(spinning)} presses were never answered"
