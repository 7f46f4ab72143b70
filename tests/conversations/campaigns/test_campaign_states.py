"""Where a manager stands in planning a campaign."""

import msgspec

from conversations.campaigns.campaign_states import STEPS, CampaignPlan, State, find_place


def test_each_state_is_a_step() -> None:
    """Every state has its place, and what it is called tells them apart."""
    states = [kind(5) for kind in STEPS]
    assert [find_place(state) for state in states] == list(range(len(STEPS)))
    assert set(STEPS) == set(State.__args__)
    for state in states:
        assert msgspec.json.decode(msgspec.json.encode(state), type=State) == state


def test_what_is_known_goes_along() -> None:
    """What a step has of its own is not carried to the next one: it can be left out when a state is read."""
    for kind in STEPS:
        own = set(kind.__struct_fields__) - set(CampaignPlan.__struct_fields__)
        assert own <= {"page", "quick", "trouble", "said", "counts"}
