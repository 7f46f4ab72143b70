"""A manager plans a campaign in a few presses and words."""

from datetime import datetime, timedelta

import msgspec
import pytest

from conversations.buttons import DraftMoveButton, DraftOptionButton
from conversations.campaigns import campaign
from conversations.campaigns.campaign import CampaignPlanned, ReachRequested
from conversations.campaigns.campaign_states import (
    STEPS,
    ChoosingGroupValue,
    ChoosingStart,
    ChoosingSurvey,
    ChoosingTitle,
    ConfirmingCampaign,
    State,
)
from conversations.protocol import Save
from domain.surveys.campaign import AudienceGroup, CampaignAudience, Cycle
from tests.harness.in_process import COMPANY
from tests.harness.playbook import MISUNDERSTOOD, OVER, Playbook, tap
from tests.harness.text_fragments import VOCABULARY

NOW = "2026-11-24T10:00:00+08:00"
OFFERED = {"type": ("vip", "shop"), "service": tuple(f"service {n}" for n in range(20)), "station": ()}
TITLES = {"delivery": {"en": "After a delivery", "zh": "配送后"}, "quarter": {"en": "Quarterly", "zh": "季度"}}
LOST = CampaignAudience(AudienceGroup.LOST)


def playing(state: State | None = None, language: str = "en") -> Playbook[State]:
    made = campaign.conversation(TITLES, COMPANY.zone, COMPANY.invitations, VOCABULARY.moments)
    return Playbook(made, state or ChoosingSurvey(5, NOW, OFFERED, language), language)


def standing(kind: type[State], **known: object) -> State:
    """In the middle of a plan for lost customers."""
    plan: dict[str, object] = {
        "survey": "quarter",
        "group": "lost",
        "title": "We miss you",
        "starts": "now",
        "cycle": "once",
    }
    return kind(5, NOW, OFFERED, "en", **(plan | known))  # type: ignore[arg-type]  # fields of the state


def test_a_plan_in_seven_presses() -> None:
    """Survey, whom, title, when, how often; its numbers are asked for, and nothing is handed in before Confirm."""
    played = playing() << "campaign-which-survey" >> tap("Quarterly") << "campaign-which-group" >> tap("Lost customers")
    played = (
        played
        << "campaign-which-title"
        >> tap("Quarterly")
        << "campaign-which-moment"
        >> tap("As soon as it is approved")
    )
    played = played << "campaign-which-cycle" >> tap("Every quarter") << Save(ReachRequested(LOST))
    for shown in ("campaign-plan", "campaign-audience-lost", "campaign-plan-now", "campaign-cycle-quarter-says"):
        played = played << shown
    planned = CampaignPlanned("Quarterly", "quarter", LOST, Cycle.QUARTER, None)
    assert played >> tap("Confirm") << Save(planned) << "campaign-handed-in" << OVER


def test_a_group_of_which_there_are_several() -> None:
    """Which type, service or station: pressed, on whatever page, or written."""
    played = playing() >> tap("After a delivery") >> tap("Customers of one service") << "campaign-which-service"
    assert "service 8" not in played.labels
    played = (
        played >> tap("More ▸") >> tap("More ▸") >> tap("◂ Previous") >> tap("service 15") << "campaign-which-title"
    )
    assert played.state is not None
    assert (played.state.group, played.state.value) == ("service", "service 15")
    typed = (
        playing()
        >> tap("After a delivery")
        >> tap("Customers of one region (station)")
        >> " 东站 "
        << "campaign-which-title"
    )
    assert typed.state is not None
    assert typed.state.value == "东站"
    assert typed


def test_when_in_words() -> None:
    """As people say it, on the company's clock."""
    played = (
        playing(standing(ChoosingStart))
        >> "next Monday 14:00"
        << "campaign-which-cycle"
        >> tap("Once")
        << Save(ReachRequested(LOST))
    )
    played = played << "campaign-plan-when" >> tap("Confirm")
    at = datetime(2026, 11, 30, 14, tzinfo=COMPANY.zone)
    assert played << Save(CampaignPlanned("We miss you", "quarter", LOST, Cycle.ONCE, at))


@pytest.mark.parametrize(
    ("said", "why"),
    [("whenever", "when-unclear"), ("2020-01-01", "when-past"), ("2031-01-01", "campaign-when-far")],
)
def test_a_moment_that_will_not_do(said: str, why: str) -> None:
    """It is said why, and asked again."""
    assert playing(standing(ChoosingStart)) >> said << why << "campaign-which-moment"


def test_the_moments_on_the_buttons() -> None:
    """Tomorrow, Monday and the first of next month at ten, all of them to come; they mean what they showed."""
    played = playing(standing(ChoosingTitle)) >> "We miss you"
    state = played.state
    assert isinstance(state, ChoosingStart)
    days = [datetime.fromisoformat(at) for key, at in state.quick if key != "campaign-quick-now"]
    assert [f"{day:%m-%d %H}" for day in days] == ["11-25 10", "11-30 10", "12-01 10"]
    a_week_later = msgspec.structs.replace(state, now=(days[0] + timedelta(days=7)).isoformat())
    played = (
        playing(a_week_later)
        >> tap("Tomorrow (11-25 10:00)")
        >> tap("Once")
        << Save(ReachRequested(LOST))
        >> tap("Confirm")
    )
    assert played << Save(CampaignPlanned("We miss you", "quarter", LOST, Cycle.ONCE, days[0]))


@pytest.mark.parametrize(("starts", "disturbs"), [("now", False), ("2026-11-25T23:00:00+08:00", True)])
def test_an_hour_that_disturbs(starts: str, disturbs: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    """At night it is said that it is night; the managers decide."""
    shown = playing(standing(ConfirmingCampaign, starts=starts)).shown
    assert ("campaign-disturbs" in shown) is disturbs


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        ("2026-11-24T10:00:00+08:00", ["now", "tomorrow", "monday", "month"]),
        ("2026-11-29T10:00:00+08:00", ["now", "tomorrow", "month"]),
        ("2026-11-30T10:00:00+08:00", ["now", "tomorrow", "monday"]),
    ],
)
def test_no_two_buttons_for_one_moment(now: str, offered: list[str]) -> None:
    """On a Sunday tomorrow is Monday, on the last of a month it is the first of the next."""
    state = (playing(msgspec.structs.replace(standing(ChoosingTitle), now=now)) >> "We miss you").state
    assert isinstance(state, ChoosingStart)
    assert [key for key, _ in state.quick] == [f"campaign-quick-{name}" for name in offered]


def test_the_numbers() -> None:
    """Whom it would reach stands in the plan once it is counted."""
    assert "campaign-reach" not in playing(standing(ConfirmingCampaign)).shown
    assert playing(standing(ConfirmingCampaign, counts=(9, 2, 1))) << "campaign-reach"


@pytest.mark.parametrize("kind", STEPS[1:])
def test_back_from_everywhere(kind: type[State]) -> None:
    """One question at a time, back to the first; what was answered is kept, a list that is not asked is passed over."""
    played = playing(standing(kind))
    steps = 0
    while not isinstance(played.state, ChoosingSurvey):
        played = played >> tap("Back")
        assert not isinstance(played.state, ChoosingGroupValue)
        steps += 1
    assert 1 <= steps <= STEPS.index(kind)
    assert played.state.title == "We miss you"


@pytest.mark.parametrize("kind", STEPS)
def test_cancel_from_everywhere(kind: type[State]) -> None:
    """Nothing is planned."""
    assert playing(standing(kind)) >> tap("Cancel") << "campaign-dropped" << OVER


def test_titles_are_short_and_plain() -> None:
    """A title is one line of at most a hundred characters."""
    played = playing(standing(ChoosingTitle)) >> "a\n\n b " + "c" * 200
    assert played.state is not None
    assert played.state.title == ("a b " + "c" * 200)[: campaign.TITLE_CHARACTERS]


def test_the_language_is_the_managers() -> None:
    """Surveys, questions and the title that is offered."""
    played = playing(language="zh") >> tap("季度") >> tap("全部客户")
    assert "季度" in played.labels


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (standing(ChoosingSurvey), "words"),
        (standing(ChoosingSurvey), DraftOptionButton(5, 0, 2)),
        (standing(ChoosingSurvey), DraftOptionButton(6, 0, 0)),
        (standing(ChoosingSurvey), DraftOptionButton(5, 1, 0)),
        (standing(ChoosingSurvey), DraftMoveButton(5, 0, "b")),
        (standing(ChoosingSurvey), DraftMoveButton(5, 6, "y")),
        (standing(ChoosingGroupValue, group="service"), DraftMoveButton(5, 2, "p")),
        (standing(ChoosingGroupValue, group="service", page=2), DraftMoveButton(5, 2, "n")),
        (standing(ChoosingGroupValue, group="station"), DraftOptionButton(5, 2, 0)),
        (standing(ChoosingTitle, survey="gone"), DraftOptionButton(5, 3, 0)),
        (standing(ConfirmingCampaign), DraftMoveButton(5, 5, "y")),
        (standing(ConfirmingCampaign), DraftMoveButton(6, 6, "y")),
        (standing(ConfirmingCampaign), "yes"),
    ],
)
def test_what_it_does_not_understand(state: State, action: str | DraftOptionButton | DraftMoveButton) -> None:
    """Old keyboards, other drafts, options and pages that there are not, words where a button is meant."""
    assert playing(state) >> action << MISUNDERSTOOD
