"""When somebody is asked for consent: once for each version of what is kept, where the company asks at all."""

import pytest

from domain.people import Person
from domain.privacy import PrivacyRules, lacks_consent


@pytest.mark.parametrize(
    ("asked", "version", "agreed", "lacks"),
    [
        (True, 1, 0, True),
        (True, 1, 1, False),
        (True, 2, 1, True),
        (True, 1, 2, False),
        (False, 1, 0, False),
    ],
)
def test_asked_once_for_each_version(*, asked: bool, version: int, agreed: int, lacks: bool) -> None:
    """Whoever agreed to this version or a later one is not asked; nobody is where the company has its own way."""
    rules = PrivacyRules(consent=asked, consent_version=version)
    assert lacks_consent(rules, Person(1, 1001, "en", consent=agreed)) is lacks
