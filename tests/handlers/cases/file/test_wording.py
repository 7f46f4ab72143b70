"""What an event brought along, in words: dates, keys and people by their names."""

from collections.abc import Mapping

import pytest

from domain.cases.case import CaseEvent, CaseState, HistoryEntry, Need
from domain.people import Person
from handlers.cases.file.wording import Wording, collect_ids
from reports.wording.case_file import CaseFileLine
from tests.harness.in_process import NOON, Desk
from tests.harness.rows import make_case

LI = Person(2, 12, "en", "Li")
FACTS: list[tuple[str, str, str, str]] = [
    ("due", "2026-11-30T18:00:00+08:00", "2026-11-30 18:00", "2026-11-30 18:00"),
    ("due", "soon", "soon", "soon"),
    ("department", "transport", "Transport", "运输部"),
    ("department", "gone", "gone", "gone"),
    ("person", "2", "Li", "Li"),
    ("person", "99", "—", "—"),
    ("into", "7", "C-261123-0007", "C-261123-0007"),
    ("into", "8", "8", "8"),
    ("valid", "yes", "At fault", "公司有责"),
    ("valid", "no", "Not at fault", "公司无责"),
    ("satisfied", "yes", "Satisfied", "满意"),
    ("value", "4", "4 / 5", "4 / 5"),
    ("reason", "<b>", "<b>", "<b>"),
]


def wording(desk: Desk, language: str) -> Wording:
    numbers: Mapping[int, str] = {7: "C-261123-0007"}
    return Wording(desk.services, language, make_case(customer=1), {2: LI}, numbers)


@pytest.mark.parametrize(("name", "text", "english", "chinese"), FACTS)
async def test_in_words(desk: Desk, name: str, text: str, english: str, chinese: str) -> None:
    """As a person of the company would say it, in either language; what cannot be read stays as it is."""
    for language, expected in (("en", english), ("zh", chinese)):
        (line,) = wording(desk, language).facts({name: text})
        assert line == CaseFileLine(desk.services.texts.plain(language, f"fact-{name}"), expected)


async def test_only_those_wanted(desk: Desk) -> None:
    """Named needs only; what is empty, and the category of a filing, is no line."""
    facts = {"category": "x", "measure": "A van", "goal": "", "due": "soon"}
    words = wording(desk, "en")
    assert [line.text for line in words.facts(facts)] == ["A van", "soon"]
    assert [line.text for line in words.facts(facts, Need.MEASURE, Need.GOAL)] == ["A van"]


async def test_every_need_has_a_name(desk: Desk) -> None:
    """Whatever an event may bring, it is called something in each language."""
    for need in set(Need) - {Need.CATEGORY}:
        assert wording(desk, "zh").facts({need.value: "1"})[0].label != ""


async def test_who(desk: Desk) -> None:
    """Colleagues by name, the customer and the clock without one."""
    words = wording(desk, "en")
    assert [words.who(one) for one in (2, 1, None, 99)] == ["Li", "the customer", "the system", "—"]


def test_whom_a_history_names() -> None:
    """Actors, the person it was handed to, and the case it was merged into."""
    facts: list[dict[str, str]] = [{}, {"person": "5"}, {"into": "7", "person": "x"}]
    history = [HistoryEntry(n, CaseEvent.MERGE, CaseState.MERGED, n or None, NOON, one) for n, one in enumerate(facts)]
    assert collect_ids(history) == ({1, 2, 5}, {7})
