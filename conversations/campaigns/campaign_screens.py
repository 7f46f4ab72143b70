"""Screens of the campaign wizard: a question with its choices, or the whole plan with its numbers, to be confirmed."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.campaigns.campaign_states import (
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
from conversations.protocol import Key, KeyboardRow, Screen, Text, Words
from domain.company import InvitationRules
from domain.surveys.campaign import AudienceGroup, CampaignAudience, Cycle
from domain.surveys.invitation import find_opening
from domain.surveys.survey import LocalizedText, localize

GROUPS = tuple(AudienceGroup)
CYCLES = tuple(Cycle)
NAMES_PER_PAGE = 8
"""Names on one screen."""

NOW = "now"

_LABEL_CHARACTERS = 40


def screen(
    titles: Mapping[str, LocalizedText], zone: ZoneInfo, rules: InvitationRules, state: State, language: str
) -> Screen:
    def key(label: Text | Words, option: int) -> Key:
        return Key(label, DraftOptionButton(state.draft, find_place(state), option))

    controls = _draw_controls(state)
    match state:
        case ChoosingSurvey():
            rows = [(key(Words(shorten(localize(title, language))), n),) for n, title in enumerate(titles.values())]
            return Screen((Text("campaign-which-survey"),), (*rows, controls))
        case ChoosingGroup():
            rows = [(key(Text(f"campaign-group-{group}"), n),) for n, group in enumerate(GROUPS)]
            return Screen((Text("campaign-which-group"),), (*rows, controls))
        case ChoosingGroupValue():
            return Screen((Text(f"campaign-which-{state.group}"),), (*_draw_names(state), controls), asks=True)
        case ChoosingTitle():
            suggested = localize(titles.get(state.survey, {}), state.language)
            rows = [(key(Words(shorten(suggested)), 0),)] if suggested else []
            return Screen((Text("campaign-which-title"),), (*rows, controls), asks=True)
        case ChoosingStart():
            trouble = (Text(state.trouble, {"text": state.said}),) if state.trouble else ()
            quick = [key(_draw_moment(label, at, zone), n) for n, (label, at) in enumerate(state.quick)]
            pairs = tuple(tuple(quick[n : n + 2]) for n in range(0, len(quick), 2))
            return Screen((Text("campaign-which-moment"), *trouble), (*pairs, controls), asks=True)
        case ChoosingCycle():
            rows = [(key(Text(cycle_key(cycle)), n),) for n, cycle in enumerate(CYCLES)]
            return Screen((Text("campaign-which-cycle"),), (*rows, controls))
        case ConfirmingCampaign():
            confirm = Key(Text("confirm"), DraftMoveButton(state.draft, find_place(state), "y"))
            return Screen(_draw_summary(titles, zone, rules, state, language), ((confirm, *controls),))


def cycle_key(cycle: Cycle) -> str:
    return f"campaign-cycle-{cycle.replace('_', '-')}"


def draw_audience(audience: CampaignAudience) -> Text:
    return Text(f"campaign-audience-{audience.group}", {"value": audience.value} if audience.value else {})


def format_moment(at: datetime, zone: tzinfo) -> dict[str, str | int]:
    here = at.astimezone(zone)
    return {"at": f"{here:%Y-%m-%d %H:%M}", "weekday": here.isoweekday()}


def draw_hours_warning(rules: InvitationRules) -> Text:
    """A warning that people should not be asked at this hour; the managers decide."""
    return Text("campaign-disturbs", {"from": rules.ask_from, "until": rules.ask_until})


def shorten(text: str) -> str:
    return text if len(text) <= _LABEL_CHARACTERS else text[: _LABEL_CHARACTERS - 1] + "…"


def _draw_controls(state: State) -> KeyboardRow:
    back = (Key(Text("back"), DraftMoveButton(state.draft, find_place(state), "b")),) if find_place(state) else ()
    return (*back, Key(Text("cancel"), DraftMoveButton(state.draft, find_place(state), "x")))


def _draw_names(state: ChoosingGroupValue) -> tuple[KeyboardRow, ...]:
    names, first = state.offered.get(state.group, ()), state.page * NAMES_PER_PAGE
    shown = [
        Key(Words(shorten(name)), DraftOptionButton(state.draft, find_place(state), n))
        for n, name in enumerate(names)
        if first <= n < first + NAMES_PER_PAGE
    ]
    rows: list[KeyboardRow] = [tuple(shown[n : n + 2]) for n in range(0, len(shown), 2)]
    turns = [("form-previous", "p")] if state.page else []
    turns += [("form-next", "n")] if first + NAMES_PER_PAGE < len(names) else []
    if turns:
        rows.append(tuple(Key(Text(label), DraftMoveButton(state.draft, find_place(state), to)) for label, to in turns))
    return tuple(rows)


def _draw_moment(label: str, at: str, zone: tzinfo) -> Text:
    if at == NOW:
        return Text(label)
    return Text(label, {"day": f"{datetime.fromisoformat(at).astimezone(zone):%m-%d %H:%M}"})


def _draw_summary(
    titles: Mapping[str, LocalizedText],
    zone: ZoneInfo,
    rules: InvitationRules,
    state: ConfirmingCampaign,
    language: str,
) -> tuple[Text | Words, ...]:
    at = datetime.fromisoformat(state.now if state.starts == NOW else state.starts)
    when = Text("campaign-plan-now") if state.starts == NOW else Text("campaign-plan-when", format_moment(at, zone))
    parts: list[Text | Words] = [
        Text("campaign-plan", {"title": state.title}),
        Text("campaign-plan-survey", {"survey": localize(titles.get(state.survey, {}), language)}),
        draw_audience(CampaignAudience(AudienceGroup(state.group), state.value)),
        when,
        Text(f"{cycle_key(Cycle(state.cycle))}-says"),
    ]
    if state.counts is not None:
        reached, unreachable, stopped = state.counts
        parts.append(Text("campaign-reach", {"reached": reached, "unreachable": unreachable, "stopped": stopped}))
    if find_opening(rules, at, zone) > at:
        parts.append(draw_hours_warning(rules))
    return (*parts, Text("campaign-plan-next"))
