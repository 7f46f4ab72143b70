"""Campaign cards: one message per chat, edited in place as the campaign proceeds, with the buttons allowed at the moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from conversations.buttons import CampaignButton
from conversations.campaigns.campaign_screens import cycle_key, draw_audience, draw_hours_warning, format_moment
from conversations.protocol import Key, KeyboardRow, Text
from domain.people import Person, Role
from domain.surveys.campaign import (
    Campaign,
    CampaignEvent,
    CampaignRefusal,
    CampaignState,
    Progress,
    compute_lost_since,
    find_next_state,
    find_start,
)
from domain.surveys.invitation import find_opening
from domain.surveys.survey import localize
from handlers.turns import outbound
from handlers.turns.batch import Batch
from handlers.turns.services import Services
from storage.people import people
from storage.queue.outbox import Priority
from storage.surveys import campaigns

ACTIONS = {
    "a": CampaignEvent.APPROVE,
    "d": CampaignEvent.DECLINE,
    "S": CampaignEvent.STOP,
    "R": CampaignEvent.RESUME,
    "C": CampaignEvent.CANCEL,
}
"""What a press does, by the code in the button; `c` asks for confirmation before `C`."""

_FUTURE_STATES = frozenset({CampaignState.PLANNED, CampaignState.APPROVED})
_UNCOUNTED_STATES = frozenset({CampaignState.DECLINED, CampaignState.CANCELLED})
_BAR_BLOCKS = 12


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """What a card says besides the campaign itself: `reach` is how many people it would reach, `done` the progress of its run."""

    now: datetime
    names: dict[int, str]
    reach: Progress | None = None
    done: Progress | None = None

    def find_name(self, person: int | None) -> str:
        return self.names.get(person or 0, "—")


def card_name(campaign: int) -> str:
    """Our name for the message that shows this campaign in a chat."""
    return f"campaign:{campaign}"


async def list_concerned(batch: Batch, campaign: Campaign) -> list[Person]:
    """Those who are kept informed: its planner and its approver, while they are managers."""
    ids = {one for one in (campaign.planned_by, campaign.approved_by) if one is not None}
    concerned = (await people.fetch_by_id(batch.tx, ids)).values()
    return [person for person in concerned if person.is_manager and person.reachable]


async def list_managers(batch: Batch) -> list[Person]:
    """All managers who can be reached."""
    return [
        person for person in await people.list_holders(batch.tx, Role.MANAGER) if person.is_manager and person.reachable
    ]


async def show_card(
    batch: Batch,
    campaign: Campaign,
    viewers: Sequence[Person],
    *,
    fresh: bool,
    at: Mapping[int, int] = MappingProxyType({}),
    really: bool = False,
) -> Progress:
    """Show it to these managers and return the progress of its run.

    `at` is the message that a person pressed, by the person's id; `really` asks for confirmation before cancelling.
    """
    facts, services = await _fetch_facts(batch, campaign), batch.services
    for viewer in viewers:
        batch.show(
            viewer.telegram_id,
            card_name(campaign.id),
            "\n".join(_draw_lines(services, campaign, facts, viewer, really=really)),
            _draw_buttons(campaign, viewer, really=really),
            language=viewer.language,
            message_id=at.get(viewer.id),
            fresh=fresh,
            priority=Priority.PEOPLE if viewer.id in at else Priority.STAFF,
        )
    return facts.done or Progress()


def tell(batch: Batch, persons: Sequence[Person], key: str, /, **args: str | int) -> None:
    """Send each of them a separate message."""
    for person in persons:
        batch.say(person.telegram_id, batch.services.texts.html(person.language, key, args), priority=Priority.STAFF)


def find_lost_cutoff(batch: Batch) -> datetime:
    """The cutoff: customers without a delivery since then are lost."""
    company = batch.services.company
    return compute_lost_since(batch.now, company.invitations.lost_after_months, company.zone)


async def _fetch_facts(batch: Batch, campaign: Campaign) -> CampaignFacts:
    ids = {one for one in (campaign.planned_by, campaign.approved_by) if one is not None}
    names = {id_: person.name for id_, person in (await people.fetch_by_id(batch.tx, ids)).items()}
    if campaign.state in _FUTURE_STATES:
        return CampaignFacts(
            batch.now, names, reach=await campaigns.count_reach(batch.tx, campaign.audience, find_lost_cutoff(batch))
        )
    if campaign.state in _UNCOUNTED_STATES:
        return CampaignFacts(batch.now, names)
    run = (campaign.id, campaign.run)
    counted = (await campaigns.fetch_progress(batch.tx, [run]))[run]
    return CampaignFacts(
        batch.now, names, done=replace(counted, answered=await campaigns.count_answered(batch.tx, *run))
    )


def _draw_lines(
    services: Services, campaign: Campaign, facts: CampaignFacts, viewer: Person, *, really: bool
) -> list[str]:
    def say(key: str, /, **args: str | int) -> str:
        return services.texts.html(viewer.language, key, args)

    state = services.texts.plain(viewer.language, f"campaign-state-{campaign.state}")
    lines = [
        say("campaign-head", title=campaign.title, state=state),
        "",
        *_draw_plan(services, campaign, facts, viewer),
    ]
    lines.append(say("campaign-planned-by", name=facts.find_name(campaign.planned_by)))
    if campaign.approved_by is not None:
        lines.append(say("campaign-approved-by", name=facts.find_name(campaign.approved_by)))
    if facts.reach is not None:
        reach = facts.reach
        reached = {"reached": reach.waiting, "unreachable": reach.unreachable, "stopped": reach.stopped}
        lines += ["", say("campaign-reach", **reached)]
    if facts.done is not None:
        progress = facts.done
        percent = 100 * (progress.total - progress.waiting) // progress.total if progress.total else 100
        filled = _BAR_BLOCKS * percent // 100
        counts = {
            "sent": progress.sent,
            "total": progress.total,
            "unreachable": progress.unreachable,
            "stopped": progress.stopped,
        }
        lines += ["", say("campaign-bar", bar="▰" * filled + "▱" * (_BAR_BLOCKS - filled), percent=percent)]
        lines.append(say("campaign-progress", **counts, answered=progress.answered))
    if really:
        lines += ["", say("campaign-really")]
    elif campaign.state is CampaignState.PLANNED and viewer.id != campaign.planned_by:
        lines += ["", say("campaign-please", name=facts.find_name(campaign.planned_by))]
    return lines


def _draw_plan(services: Services, campaign: Campaign, facts: CampaignFacts, viewer: Person) -> list[str]:
    """Which survey, whom, when and how often."""

    def say(key: str, /, **args: str | int) -> str:
        return services.texts.html(viewer.language, key, args)

    company = services.company
    survey = company.surveys.get(campaign.survey)
    start = find_start(campaign.starts_at, campaign.cycle, campaign.run, company.zone)
    at_once = campaign.state is CampaignState.PLANNED and start <= facts.now
    lines = [
        say("campaign-plan-survey", survey=localize(survey.title, viewer.language))
        if survey is not None
        else say("campaign-survey-gone", survey=_find_title(services, campaign.survey, viewer.language)),
        outbound.draw_part(services.texts, viewer.language, draw_audience(campaign.audience)),
        say("campaign-plan-now") if at_once else say("campaign-plan-when", **format_moment(start, company.zone)),
        say(f"{cycle_key(campaign.cycle)}-says"),
    ]
    if campaign.run > 1:
        lines.append(say("campaign-run", run=campaign.run))
    at = max(start, facts.now)
    if campaign.state in _FUTURE_STATES and find_opening(company.invitations, at, company.zone) > at:
        lines.append(outbound.draw_part(services.texts, viewer.language, draw_hours_warning(company.invitations)))
    return lines


def _find_title(services: Services, key: str, language: str) -> str:
    """What a survey that is no longer offered was called."""
    versions = [survey for survey in services.surveys.values() if survey.key == key]
    return localize(versions[-1].title, language) if versions else key


def _draw_buttons(campaign: Campaign, viewer: Person, *, really: bool) -> tuple[KeyboardRow, ...]:
    if really:
        return (
            (
                Key(Text("campaign-cancel-really"), CampaignButton(campaign.id, "C")),
                Key(Text("campaign-keep"), CampaignButton(campaign.id, "s")),
            ),
        )
    acts = tuple(
        Key(Text(f"campaign-{event}"), CampaignButton(campaign.id, code if event is not CampaignEvent.CANCEL else "c"))
        for code, event in ACTIONS.items()
        if not isinstance(find_next_state(campaign, event, viewer.id), CampaignRefusal)
    )
    looks = (
        Key(Text("campaign-show"), CampaignButton(campaign.id, "s")),
        Key(Text("campaign-list-back"), CampaignButton(campaign.id, "l")),
    )
    return (acts, looks) if acts else (looks,)
