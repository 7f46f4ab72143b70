"""Whose menu and help somebody reads."""

from dataclasses import replace

import pytest

from domain.people import Audience, Grant, Person, Role
from handlers.access.audiences import list_audiences, may_report
from tests.harness.in_process import COMPANY

SOMEBODY = Person(1, 2, "en")


@pytest.mark.parametrize(
    ("grants", "audiences"),
    [
        ([], set()),
        ([Grant(Role.STAFF, "transport")], {Audience.STAFF, Audience.RATED}),
        ([Grant(Role.HEAD, "transport")], {Audience.STAFF, Audience.RATED, Audience.HEAD}),
        ([Grant(Role.QUALITY, "quality")], {Audience.STAFF, Audience.QUALITY}),
        ([Grant(Role.MANAGER)], {Audience.MANAGER}),
        ([Grant(Role.COURIER, "k17")], {Audience.RATED, Audience.COURIER}),
    ],
)
def test_audiences_by_role(grants: list[Grant], audiences: set[Audience]) -> None:
    """Everybody is anybody; each role adds its own."""
    listed = list_audiences(COMPANY, replace(SOMEBODY, grants=frozenset(grants)))
    assert listed - {Audience.REPORTING_COURIER} == audiences | {Audience.ANYBODY}


def test_couriers_report_where_the_company_wants_it() -> None:
    """And nobody else does."""
    company = replace(COMPANY, invitations=replace(COMPANY.invitations, couriers_report=True))
    courier = replace(SOMEBODY, grants=frozenset({Grant(Role.COURIER, "k17")}))
    assert may_report(company, courier)
    assert not may_report(company, SOMEBODY)
    assert not may_report(replace(company, invitations=replace(company.invitations, couriers_report=False)), courier)
