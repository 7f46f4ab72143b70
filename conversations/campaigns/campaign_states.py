"""States of the campaign wizard; what is known so far is carried from state to state."""

import msgspec


class CampaignPlan(msgspec.Struct, frozen=True):
    """`offered` holds the names of types, services and stations, by group; `starts` is `now` or an ISO moment.

    `now` is the time of the event, `language` the manager's: a title can be the survey's own.
    """

    draft: int
    now: str = ""
    offered: dict[str, tuple[str, ...]] = {}
    language: str = ""
    survey: str = ""
    group: str = ""
    value: str = ""
    title: str = ""
    starts: str = ""
    cycle: str = ""


class ChoosingSurvey(CampaignPlan, frozen=True, tag="survey"):
    pass


class ChoosingGroup(CampaignPlan, frozen=True, tag="group"):
    pass


class ChoosingGroupValue(CampaignPlan, frozen=True, tag="value"):
    page: int = 0


class ChoosingTitle(CampaignPlan, frozen=True, tag="title"):
    pass


class ChoosingStart(CampaignPlan, frozen=True, tag="when"):
    """`quick` are the moments on the buttons (text key, moment); `trouble` is the key of the text saying why `said` is not acceptable."""

    quick: list[tuple[str, str]] = []
    trouble: str = ""
    said: str = ""


class ChoosingCycle(CampaignPlan, frozen=True, tag="cycle"):
    pass


class ConfirmingCampaign(CampaignPlan, frozen=True, tag="confirm"):
    """`counts` are how many people it would reach, how many cannot be reached, and how many want no surveys."""

    counts: tuple[int, int, int] | None = None


State = (
    ChoosingSurvey
    | ChoosingGroup
    | ChoosingGroupValue
    | ChoosingTitle
    | ChoosingStart
    | ChoosingCycle
    | ConfirmingCampaign
)
STEPS: tuple[type[State], ...] = (
    ChoosingSurvey,
    ChoosingGroup,
    ChoosingGroupValue,
    ChoosingTitle,
    ChoosingStart,
    ChoosingCycle,
    ConfirmingCampaign,
)


def find_place(state: State) -> int:
    """The number of this step, as its buttons carry it."""
    return STEPS.index(type(state))
