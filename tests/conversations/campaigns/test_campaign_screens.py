"""How planning a campaign looks."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from conversations.campaigns.campaign_screens import cycle_key, draw_audience, format_moment, shorten
from domain.surveys.campaign import GROUPS_WITH_VALUE, AudienceGroup, CampaignAudience, Cycle
from tests.harness.playbook import TEXTS
from texts import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_audience_and_cycle_has_its_words(language: str) -> None:
    """In each language, and a value is escaped."""
    for group in AudienceGroup:
        text = draw_audience(CampaignAudience(group, "<b>" if group in GROUPS_WITH_VALUE else ""))
        said = TEXTS.html(language, text.key, text.args)
        assert ("&lt;b&gt;" in said) is (group in GROUPS_WITH_VALUE)
    assert len({TEXTS.plain(language, cycle_key(cycle)) for cycle in Cycle}) == len(Cycle)


def test_a_moment_is_shown_on_the_companys_clock() -> None:
    """With its weekday."""
    shown = format_moment(datetime(2026, 11, 29, 20, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
    assert shown == {"at": "2026-11-30 04:00", "weekday": 1}


def test_labels_are_short() -> None:
    """What is longer than a button is cut, and shows that it is."""
    assert shorten("a" * 40) == "a" * 40
    assert shorten("a" * 41) == "a" * 39 + "…"
