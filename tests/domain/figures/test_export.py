"""What an export may show of an event."""

from datetime import UTC, datetime
from typing import get_type_hints

import pytest

from domain.cases.case import CaseEvent, Need
from domain.cases.deadlines import Stage
from domain.figures.export import (
    COMPANY_FACTS,
    CUSTOMER_EVENTS,
    ExportedCase,
    ExportedDeadline,
    ExportedResponse,
    select_facts,
)

NOW = datetime(2026, 10, 1, tzinfo=UTC)
FACTS = {need.value: "x" for need in Need}


@pytest.mark.parametrize("event", CaseEvent)
def test_words_of_and_to_customers_are_kept_back(event: CaseEvent) -> None:
    """Whatever an event brings along: without words only the company's own facts, of the customer's events none."""
    kept = select_facts(event, FACTS, words=False)
    assert kept.keys() <= COMPANY_FACTS | {"reason"}
    assert not {"question", "words"} & kept.keys()
    if event in CUSTOMER_EVENTS:
        assert kept == {}
    assert select_facts(event, FACTS, words=True).keys() == FACTS.keys() - {"category"}


def test_every_need_is_thought_of() -> None:
    """A new fact is shown by nobody's oversight: it is in the list, or it is words."""
    assert {need.value for need in Need} - COMPANY_FACTS == {"category", "reason", "question", "words"}


def test_no_row_has_a_place_for_who_the_customer_is() -> None:
    """No name, no phone, no contact, no person."""
    fields = {*get_type_hints(ExportedResponse), *get_type_hints(ExportedCase)}
    assert not {"name", "customer_name", "phone", "contact", "person", "customer", "ref"} & fields


def test_a_promise_that_runs_is_not_kept() -> None:
    """Open and overdue is missed; kept at the last moment is kept."""
    promise = ExportedDeadline("C-1", Stage.ANSWER, "x", NOW, NOW, NOW, None, counts=True)
    assert not promise.kept
    assert ExportedDeadline("C-1", Stage.ANSWER, "x", NOW, NOW, NOW, NOW, counts=True).kept_as_promised
