"""The answer to a COMMIT never comes, though it took effect: nothing is lost, nothing is handled or sent twice."""

from collections import Counter
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from storage.models import inbox
from tests.conftest import PROVE
from tests.harness.commit_proxy import CommitProxy
from tests.harness.company import LiveCompany
from tests.harness.story import CustomerStory

EVERY = (2, 3, 5, 7) if PROVE else (3,)


@pytest.fixture
async def proxy(database_url: str) -> AsyncIterator[CommitProxy]:
    async with CommitProxy(database_url) as made:
        yield made


@pytest.fixture
def extra(proxy: CommitProxy) -> dict[str, str]:
    return {"HUIFANG_DATABASE": proxy.url}


@pytest.mark.parametrize("every", EVERY)
@pytest.mark.parametrize(
    ("database_url", "webhook"),
    [
        pytest.param("postgresql", False, id="polling"),
        pytest.param("postgresql", True, id="webhook", marks=pytest.mark.prove),
    ],
    indirect=True,
)
async def test_a_whole_loop(company: LiveCompany, proxy: CommitProxy, every: int) -> None:
    """From the rating to the closed case, while every third COMMIT loses its answer: the chats are those of a calm day."""
    people = await company.customers(2)
    calm, story = (
        CustomerStory(company, person, link, owner)
        for (person, link), owner in zip(people, company.staff, strict=False)
    )
    await calm.play()
    proxy.lose_every = every
    await story.play()
    await company.wait_until_quiet()
    proxy.lose_every = 0
    await story.check()
    assert proxy.lost > 10
    expected, shown = await calm.shown(), await story.shown()
    assert {chat: Counter(texts) for chat, texts in shown.items()} == {
        chat: Counter(texts) for chat, texts in expected.items()
    }
    assert not await company.rows(select(inbox.c.key).where(inbox.c.state != "done"))
