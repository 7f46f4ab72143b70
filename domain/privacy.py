"""Privacy rules of a company: what is asked before anything personal is kept, who answers for it, and when it is agreed to."""

from dataclasses import dataclass, field

from domain.people import Person
from domain.surveys.survey import LocalizedText


@dataclass(frozen=True, slots=True)
class PrivacyRules:
    """What `/privacy` says of the company, and whether people are asked for consent.

    A raised `consent_version` asks everybody again: something they agreed to has changed. `controller` is who answers for the data (name and
    address), `officer` the person in charge, `contact` how both are reached, `country` where the servers stand.

    Whoever asks to be erased can take that back for `cooling_off_hours`; what is older than `retention_years` is erased by itself.
    """

    consent: bool = True
    consent_version: int = 1
    controller: LocalizedText = field(default_factory=dict)
    officer: str = ""
    contact: str = ""
    country: LocalizedText = field(default_factory=dict)
    cooling_off_hours: float = 24
    retention_years: float = 3


def lacks_consent(rules: PrivacyRules, person: Person) -> bool:
    """Whether this person has not agreed to what is asked for today."""
    return rules.consent and person.consent < rules.consent_version
