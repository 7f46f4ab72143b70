"""How a campaign is shown: what it says in each state, and the buttons that may be pressed there."""

from dataclasses import replace
from typing import Any

import pytest

from domain.people import Role
from domain.surveys.campaign import AudienceGroup, Campaign, CampaignAudience, CampaignState, Cycle
from handlers.campaigns import cards
from handlers.turns.batch import Batch
from storage.people import people
from storage.queue.outbox import OwedCall, Priority
from storage.surveys import campaigns
from tests.harness.campaign_steps import CHEN, add_customers, add_managers
from tests.harness.in_process import BOSS, NOON, Desk, list_labels, list_texts

BUTTONS = {
    CampaignState.PLANNED: ["Approve", "Decline", "Cancel campaign"],
    CampaignState.APPROVED: ["Cancel campaign"],
    CampaignState.SENDING: ["Stop"],
    CampaignState.STOPPED: ["Resume", "Cancel campaign"],
    CampaignState.DECLINED: [],
    CampaignState.DONE: [],
    CampaignState.CANCELLED: [],
}


async def shown(
    desk: Desk,
    state: CampaignState,
    *,
    survey: str = "delivery",
    really: bool = False,
    **plan: Any,  # noqa: ANN401 -- fields of a campaign
) -> list[OwedCall]:
    """Its card before the boss, who planned it, and Chen."""
    boss, chen = await add_managers(desk)
    campaign = Campaign(
        7, "Autumn <round>", survey, CampaignAudience(AudienceGroup.ALL), Cycle.ONCE, state, 1, NOON, boss
    )
    campaign = replace(campaign, **plan)

    async def work(batch: Batch) -> None:
        await campaigns.add(batch.tx, campaign, NOON)
        both = await people.fetch_by_id(batch.tx, [boss, chen])
        await cards.show_card(batch, campaign, [both[boss], both[chen]], fresh=True, at={chen: 55}, really=really)

    return (await desk.batch(work)).calls


@pytest.mark.parametrize("state", CampaignState)
async def test_the_buttons_of_each_state(desk: Desk, state: CampaignState) -> None:
    """What the table allows, and to its planner no approval; it can always be looked at again."""
    mine, chens = await shown(desk, state)
    assert list_labels(chens) == [*BUTTONS[state], "Refresh", "All campaigns"]
    assert list_labels(mine) == [
        *(one for one in BUTTONS[state] if one not in {"Approve", "Decline"}),
        "Refresh",
        "All campaigns",
    ]
    assert desk.plain(f"campaign-state-{state}") in list_texts([mine])[0]
    assert "Autumn &lt;round&gt;" in list_texts([mine])[0]
    assert (mine.name, mine.message_id, mine.priority, chens.priority) == (
        "campaign:7",
        None,
        Priority.STAFF,
        Priority.PEOPLE,
    )


async def test_asked_once_more(desk: Desk) -> None:
    """Before it is cancelled for good."""
    mine, _ = await shown(desk, CampaignState.APPROVED, really=True)
    assert list_labels(mine) == ["Yes, cancel it", "No, keep it"]
    assert desk.text("campaign-really") in list_texts([mine])[0]


async def test_what_it_says_of_the_plan(desk: Desk) -> None:
    """Whom it would reach while it is to come; a survey that is gone, a run, an hour that disturbs are said."""
    await add_customers(desk, 3)
    plan: dict[str, Any] = {"cycle": Cycle.MONTH, "run": 3, "starts_at": NOON.replace(hour=16)}
    text = list_texts(await shown(desk, CampaignState.APPROVED, survey="gone", **plan))[0]
    for words in (
        "reach 3 people",
        "no longer offered",
        "Run 3",
        "2027-01-24 00:00",
        "outside 09:00–21:00",
    ):
        assert words in text


@pytest.mark.parametrize("state", CampaignState)
async def test_how_far_it_is(desk: Desk, state: CampaignState) -> None:
    """A bar and numbers once it is under way; nothing of that before, or where nothing was sent."""
    text = list_texts(await shown(desk, state))[0]
    assert ("Sent 0 of 0" in text) is (state in {CampaignState.SENDING, CampaignState.STOPPED, CampaignState.DONE})


async def test_each_reads_the_own_language(desk: Desk) -> None:
    """A Chinese manager reads Chinese."""
    zh = replace(CHEN, id=16, language="zh")
    await desk.grant(zh, Role.MANAGER)
    boss = await desk.grant(BOSS, Role.MANAGER)
    campaign = Campaign(
        7, "秋季", "delivery", CampaignAudience(AudienceGroup.LOST), Cycle.QUARTER, CampaignState.PLANNED, 1, NOON, boss
    )

    async def work(batch: Batch) -> None:
        await campaigns.add(batch.tx, campaign, NOON)
        await cards.show_card(
            batch, campaign, [one for one in await cards.list_managers(batch) if one.language == "zh"], fresh=True
        )
        cards.tell(batch, await cards.list_concerned(batch, campaign), "campaign-next-told", at="2026-12-01 10:00")

    card, told = (await desk.batch(work)).calls
    for words in ("待批准", "流失客户", "每季度一次", "Boss制定了一个专项回访"):
        assert words in list_texts([card])[0]
    assert list_labels(card)[:2] == ["批准", "不批准"]
    assert (told.chat_id, list_texts([told])) == (BOSS.id, ["Next time: 2026-12-01 10:00."])
