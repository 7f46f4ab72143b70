"""The company's past as a file: a fact a line, what is named was introduced before, and its lives are varied."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec

from playground.company.cast import GROUPS, REGULARS
from playground.company.past import write_past

NOW = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
TOKEN = "hf_0123456789abcdef0123456789abcdef"
LINES = [
    msgspec.json.decode(line)
    for line in write_past(NOW, ZoneInfo("Asia/Shanghai"), TOKEN, {"damaged": ("photo",)}).splitlines()
]
CASES = [line for line in LINES if line["is"] == "case"]


def test_everybody_is_introduced_before_they_are_named() -> None:
    """People first, then their groups and roles, then what they received and said."""
    order = list(dict.fromkeys(line["is"] for line in LINES))
    assert order == ["person", "role", "group", "token", "delivery", "case", "campaign"]
    people = {line["account"] for line in LINES if line["is"] == "person"}
    assert len(people) > len(REGULARS)
    assert len({line["phone"] for line in LINES if line["is"] == "person"}) == len(people)
    assert {line["customer"] for line in CASES} <= people
    assert {by for line in CASES for _, _, by, _ in line["events"] if by is not None} <= people
    assert [line["department"] for line in LINES if line["is"] == "group"] == [group.department for group in GROUPS]


def test_cases_of_every_kind_in_every_state() -> None:
    """Complaints that were solved, sent back, left in silence, reviewed twice, and some that are open today."""
    assert {line.get("kind", "complaint") for line in CASES} == {"complaint", "suggestion", "inquiry", "praise"}
    ends = Counter(line["events"][-1][0] if line["events"] else "" for line in CASES)
    assert {"", "satisfied", "silent", "decline", "finish"} <= set(ends)
    events = [[event for event, *_ in line["events"]] for line in CASES]
    assert any("not_satisfied" in one for one in events)
    assert any("return" in one for one in events)
    assert any(line.get("files") for line in CASES)
    assert all(
        at < NOW.isoformat() or datetime.fromisoformat(at) < NOW for line in CASES for _, at, *_ in line["events"]
    )


def test_a_campaign_was_approved_by_a_second_manager() -> None:
    """And another one waits for that."""
    first, second = (line for line in LINES if line["is"] == "campaign")
    assert first["planned_by"] != first["approved_by"]
    assert len(first["runs"]) == 4
    assert "approved_by" not in second
