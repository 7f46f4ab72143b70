"""What the privacy page tells a data protection officer is what the code does, in both languages."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from bot.checks.privacy import NEAR, THRESHOLDS
from bot.company.company import EXAMPLE, load_company
from domain.company import HandlingRules, InvitationRules
from domain.privacy import PrivacyRules
from storage.engine.columns import EncryptedText
from storage.models import metadata
from storage.privacy.ownership import OWNERSHIP

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [pytest.param((DOCS / f"privacy{ending}.md").read_text("utf-8"), id=ending) for ending in ("", ".zh-CN")]


def read_rows(page: str, columns: int) -> list[list[str]]:
    """The rows of its tables with so many columns."""
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in page.splitlines() if line[:1] == "|"]
    return [row for row in rows if len(row) == columns and set(row[0]) != {"-"}]


def read_names(cell: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", cell))


@pytest.mark.parametrize("page", PAGES)
def test_every_personal_column_is_in_it(page: str) -> None:
    """Sealed as in the models, personal as in the table of ownership; each table that is about somebody, and no other."""
    written = {}
    for row in read_rows(page, 4):
        if len(read_names(row[0])) == 1 and row[0].startswith("`"):
            written[row[0].strip("`")] = (read_names(row[1]), read_names(row[2]))
    known = {}
    for table in metadata.sorted_tables:
        owned = OWNERSHIP[table.name]
        sealed = {column.name for column in table.c if isinstance(column.type, EncryptedText)}
        if sealed or owned.owner is not None:
            known[table.name] = (sealed, ({*owned.personal} | owned.reduced) - sealed)
    assert written == known


@pytest.mark.parametrize("page", PAGES)
def test_every_threshold_has_its_source(page: str) -> None:
    """The numbers that `huifang check` compares with, in its order."""
    numbers = [row[0] for row in read_rows(page, 4) if row[0][:1].isdigit()]
    assert numbers == [f"{threshold.persons:,}" for threshold in THRESHOLDS]
    assert pytest.approx(4 / 5) == NEAR


@pytest.mark.parametrize("page", PAGES)
def test_its_settings_are_settings(page: str, tmp_path: Path) -> None:
    """The section that it shows is read by the real reader, in the example's place."""
    (section,) = re.findall(r"```toml\n(\[privacy\]\n.*?)```", page, re.DOTALL)
    example = EXAMPLE.read_text("utf-8")
    begins = example.index("[privacy]")
    ends = example.index("\n\n", begins)
    (tmp_path / "surveys").symlink_to(EXAMPLE.parent / "surveys")
    (tmp_path / "huifang.toml").write_text(example[:begins] + section + example[ends:], "utf-8")
    rules = load_company(tmp_path / "huifang.toml").privacy
    assert rules.officer
    assert rules.consent
    rooms = (InvitationRules, HandlingRules, PrivacyRules)
    settings = {field.name for kind in rooms for field in fields(kind)}
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", re.sub(r"^\|.*\|$", "", page, flags=re.MULTILINE)))
    assert named <= settings
