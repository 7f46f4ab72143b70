"""Campaign wizard: a manager chooses which survey, whom, the title, when and how often, reviews the plan with its numbers, and submits it.

1. The types, services and stations to choose from are in the state (`offered`); any other name can be typed.
2. The moments on the buttons are those shown, whatever the time of the press.
3. How many people it would reach is counted outside: `ReachRequested` asks for it, and the resulting state has
   `counts`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.campaigns.campaign_screens import CYCLES, GROUPS, NAMES_PER_PAGE, NOW, screen
from conversations.campaigns.campaign_states import (
    STEPS,
    CampaignPlan,
    ChoosingCycle,
    ChoosingGroup,
    ChoosingGroupValue,
    ChoosingStart,
    ChoosingSurvey,
    ChoosingTitle,
    ConfirmingCampaign,
    State,
    find_place,
)
from conversations.protocol import (
    NOT_UNDERSTOOD,
    Conversation,
    Event,
    Pressed,
    Said,
    Save,
    Screen,
    Step,
    Text,
    done,
    goto,
)
from domain.company import InvitationRules
from domain.spoken import Phrases
from domain.surveys.campaign import GROUPS_WITH_VALUE, AudienceGroup, CampaignAudience, Cycle
from domain.surveys.survey import LocalizedText, localize
from domain.when import understand

NAME = "campaign"
TITLE_CHARACTERS, VALUE_CHARACTERS = 100, 64
"""The maximum lengths of a title and of a group's name, in characters."""

FARTHEST = timedelta(days=731)
"""How far ahead a campaign can be planned: two years."""

_MORNING = time(10)


@dataclass(frozen=True, slots=True)
class ReachRequested:
    """The manager wants to know how many people that is."""

    audience: CampaignAudience


@dataclass(frozen=True, slots=True)
class CampaignPlanned:
    """The manager submits it; `starts_at` is None if it starts as soon as it is approved."""

    title: str
    survey: str
    audience: CampaignAudience
    cycle: Cycle
    starts_at: datetime | None


def conversation(
    titles: Mapping[str, LocalizedText], zone: ZoneInfo, rules: InvitationRules, phrases: Sequence[Phrases]
) -> Conversation[State]:
    """The dialogue over the company's surveys, by key; moments are read with these phrases and shown in company time."""
    return Conversation(
        NAME,
        State,
        lambda state, language: screen(titles, zone, rules, state, language),
        lambda state, event: step(titles, zone, phrases, state, event),
    )


def step(
    titles: Mapping[str, LocalizedText], zone: tzinfo, phrases: Sequence[Phrases], state: State, event: Event
) -> Step[State]:
    match event:
        case Pressed(DraftMoveButton(draft, _, "x")) if draft == state.draft:
            return done(last=Screen((Text("campaign-dropped"),)))
        case Pressed(DraftMoveButton(draft, at, "b")) if draft == state.draft and at == find_place(state) > 0:
            return goto(_go(state, at, -1))
        case Pressed(DraftMoveButton(draft, at, "y")) if draft == state.draft and isinstance(state, ConfirmingCampaign):
            return _hand_in(state) if at == find_place(state) else NOT_UNDERSTOOD
        case Pressed(DraftMoveButton(draft, at, to)) if (
            draft == state.draft and at == find_place(state) and isinstance(state, ChoosingGroupValue)
        ):
            return _turn_page(state, to)
        case Pressed(DraftOptionButton(draft, at, option)) if draft == state.draft and at == find_place(state):
            return _choose(titles, state, option)
        case Said(text) if text.strip():
            return _take_words(state, text.strip(), zone, phrases)
        case _:
            return NOT_UNDERSTOOD


def _choose(titles: Mapping[str, LocalizedText], state: State, option: int) -> Step[State]:
    match state:
        case ChoosingSurvey() if option < len(titles):
            return _go_on(state, survey=tuple(titles)[option])
        case ChoosingGroup() if option < len(GROUPS):
            return _go_on(state, group=GROUPS[option].value, value="")
        case ChoosingGroupValue() if option < len(state.offered.get(state.group, ())):
            return _go_on(state, value=state.offered[state.group][option])
        case ChoosingTitle() if option == 0 and state.survey in titles:
            return _go_on(state, title=localize(titles[state.survey], state.language)[:TITLE_CHARACTERS])
        case ChoosingStart() if option < len(state.quick):
            return _go_on(state, starts=state.quick[option][1])
        case ChoosingCycle() if option < len(CYCLES):
            drafted = ReachRequested(CampaignAudience(AudienceGroup(state.group), state.value))
            return goto(
                _go(msgspec.structs.replace(state, cycle=CYCLES[option].value), find_place(state), 1), Save(drafted)
            )
        case _:
            return NOT_UNDERSTOOD


def _take_words(state: State, text: str, zone: tzinfo, phrases: Sequence[Phrases]) -> Step[State]:
    match state:
        case ChoosingGroupValue():
            return _go_on(state, value=text[:VALUE_CHARACTERS])
        case ChoosingTitle():
            return _go_on(state, title=" ".join(text.split())[:TITLE_CHARACTERS])
        case ChoosingStart():
            return _take_moment(state, text, zone, phrases)
        case _:
            return NOT_UNDERSTOOD


def _take_moment(state: ChoosingStart, text: str, zone: tzinfo, phrases: Sequence[Phrases]) -> Step[State]:
    now = datetime.fromisoformat(state.now)
    moment = understand(text, now, zone, phrases)
    if moment is None:
        return _show_trouble(state, "when-unclear", text)
    if moment <= now:
        return _show_trouble(state, "when-past", text)
    if moment > now + FARTHEST:
        return _show_trouble(state, "campaign-when-far", text)
    return _go_on(state, starts=moment.isoformat())


def _show_trouble(state: ChoosingStart, key: str, said: str) -> Step[State]:
    return goto(msgspec.structs.replace(state, trouble=key, said=said))


def _turn_page(state: ChoosingGroupValue, to: str) -> Step[State]:
    last = (len(state.offered.get(state.group, ())) - 1) // NAMES_PER_PAGE
    match to:
        case "n" if state.page < last:
            return goto(msgspec.structs.replace(state, page=state.page + 1))
        case "p" if state.page:
            return goto(msgspec.structs.replace(state, page=state.page - 1))
        case _:
            return NOT_UNDERSTOOD


def _go_on(state: State, **known: str) -> Step[State]:
    return goto(_go(msgspec.structs.replace(state, **known), find_place(state), 1))


def _go(state: State, at: int, by: int) -> State:
    """The step after or before this one; type, service or station is asked only if the group needs one."""
    at += by
    if STEPS[at] is ChoosingGroupValue and state.group not in GROUPS_WITH_VALUE:
        at += by
    common: dict[str, Any] = {name: getattr(state, name) for name in CampaignPlan.__struct_fields__}
    if STEPS[at] is ChoosingStart:
        return ChoosingStart(**common, quick=_list_quick_moments(state.now))
    return STEPS[at](**common)


def _list_quick_moments(now: str) -> list[tuple[str, str]]:
    """The moments offered as buttons, as (text key, ISO moment), each day once; the first is now."""
    base = datetime.fromisoformat(now)
    first = (base.replace(day=1) + timedelta(days=32)).replace(day=1)
    days = (
        ("campaign-quick-tomorrow", base + timedelta(days=1)),
        ("campaign-quick-monday", base + timedelta(days=7 - base.weekday())),
        ("campaign-quick-month", first),
    )
    offered: dict[str, str] = {}  # by the moment: tomorrow may be Monday, or the first
    for key, on in days:
        offered.setdefault(datetime.combine(on, _MORNING, base.tzinfo).isoformat(), key)
    return [("campaign-quick-now", NOW), *((key, at) for at, key in offered.items())]


def _hand_in(state: ConfirmingCampaign) -> Step[State]:
    planned = CampaignPlanned(
        state.title,
        state.survey,
        CampaignAudience(AudienceGroup(state.group), state.value),
        Cycle(state.cycle),
        None if state.starts == NOW else datetime.fromisoformat(state.starts),
    )
    return done(Save(planned), last=Screen((Text("campaign-handed-in", {"title": state.title}),)))
