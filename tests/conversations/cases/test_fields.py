"""The forms belong to the tables: each brings what its event needs."""

import pytest

from conversations.cases.fields import FORMS, CaseForm
from domain.cases.case import Need
from domain.cases.feedback import LIFECYCLES


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_brings_what_its_event_needs(form: CaseForm) -> None:
    """Every need of the row is a required field, and every field is a fact by a name of `Need`."""
    row = next(row for table in LIFECYCLES.values() for row in table if row.event is form.event)
    names = {field.name for field in form.fields}
    required = {field.name for field in form.fields if not field.optional}
    assert {need.value for need in row.needs} <= required
    assert names <= {need.value for need in Need}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_is_typed_is_shown_back(form: CaseForm) -> None:
    """Only a form of one choice counts without a preview (C8)."""
    assert form.confirmed or len(form.fields) == 1
