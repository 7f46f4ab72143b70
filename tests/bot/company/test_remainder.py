"""Ten mistakes of different kinds in one file are ten lines, at once."""

from pathlib import Path

from bot.company.remainder import is_told
from tests.harness.company_files import find_mistakes


def test_ten_mistakes_at_once(folder: Path) -> None:
    """Unknown keys, missing ones, wrong types, values that mean nothing, and a survey's own; no consequence is told as a mistake."""
    changes = [
        ("phone_region", "phone_regoin"),
        ('"Asia/Shanghai"', '"Mars/Olympus"'),
        ('quality = "quality"', "quality = 5"),
        ("invite_after_hours = 2", 'invite_after_hours = "two"'),
        ('ask_from = "09:00"', 'ask_from = "25:00"'),
        ("low_rating = 2", "low_rating = 9"),
        ("link_days = 60", "link_days = -1"),
        ('name = { en = "Transport", zh = "运输部", zh-TW = "運輸部" }', ""),
        ("call_attempts = 3", "call_attempts = 3\ncolour = 1"),
    ]
    path = folder / "huifang.toml"
    for old, new in changes:
        assert old in path.read_text("utf-8"), old
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    survey = folder / "surveys" / "warehouse.yaml"
    survey.write_text(survey.read_text("utf-8").replace("type: rating", "type: raiting", 1), "utf-8")
    told = find_mistakes(folder)
    for what in (
        "phone_regoin",
        "timezone",
        "quality",
        "invite_after_hours",
        "ask_from",
        "low_rating",
        "link_days",
        "departments.transport.name",
        "colour",
        "raiting",
    ):
        assert sum(what in line for line in told) >= 1, (what, told)
    assert len(told) == len(changes) + 1, told


def test_what_is_a_consequence() -> None:
    """A place, what is in it, and what it is in; nothing beside it."""
    told = [("survey", "file"), ("departments", "transport")]
    assert is_told(("survey",), told)
    assert is_told(("survey", "file"), told)
    assert is_told(("departments", "transport", "name"), told)
    assert not is_told(("departments", "service"), told)
    assert not is_told(("quality",), told)
