"""Audiences: which menu and help somebody gets, from roles and the company's rules."""

from domain.company import Company
from domain.people import Audience, Person, Role


def may_report(company: Company, person: Person) -> bool:
    """Whether this courier may report deliveries at the door."""
    return company.invitations.couriers_report and bool(person.couriers)


def list_audiences(company: Company, person: Person) -> frozenset[Audience]:
    """All audiences that a person belongs to."""
    is_head = any(grant.role is Role.HEAD for grant in person.grants)
    belongs = {
        Audience.ANYBODY: True,
        Audience.STAFF: bool(person.departments) or person.is_quality,
        Audience.RATED: bool(person.departments or person.couriers),
        Audience.COURIER: bool(person.couriers),
        Audience.REPORTING_COURIER: may_report(company, person),
        Audience.QUALITY: person.is_quality,
        Audience.HEAD: is_head,
        Audience.MANAGER: person.is_manager,
    }
    return frozenset(audience for audience, is_in in belongs.items() if is_in)
