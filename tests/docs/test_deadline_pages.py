"""The worked example of docs/deadlines.md says what its remarks reckon by hand, and the routes are the company's."""

from datetime import datetime

from bot.company.company import load_company
from docs import deadline_pages
from domain.cases.deadlines import LEGAL, Stage

BY_HAND = {
    Stage.ACCEPT: ("2026-10-08 09:30", "2026-09-30 17:20"),
    Stage.ANSWER: ("2026-10-13 18:00", "2026-10-13 09:30"),
    Stage.PLAN: ("2026-10-10 17:20", "2026-10-08 10:00"),
    Stage.RECTIFY: ("2026-10-12 11:00", "2026-10-12 10:30"),
    Stage.REVIEW: ("2026-10-15 10:30", "2026-10-13 09:30"),
}


def test_the_worked_example() -> None:
    """Due and ended of each stage, in the company's time."""
    company = load_company(deadline_pages.EXAMPLE, deadline_pages.SEASON)

    def wall(at: datetime | None) -> str:
        return f"{at.astimezone(company.zone):%Y-%m-%d %H:%M}" if at else ""

    deadlines = deadline_pages.compute_example_deadlines(company)
    assert {one.stage: (wall(one.due_at), wall(one.ended_at)) for one in deadlines} == BY_HAND
    assert not any(one.is_missed_at(one.due_at) for one in deadlines)
    assert set(deadline_pages.REMARKS) == set(BY_HAND)


def test_the_page_shows_the_holiday_week() -> None:
    """Closed for seven days, and the Saturday after it is worked; every stage is explained."""
    page = deadline_pages.write_deadline_page("")
    assert "| Thu 01 Oct to Wed 07 Oct | closed |" in page
    assert "| Thu 08 Oct to Sat 10 Oct | 09:00–12:00, 13:00–18:00 |" in page
    for stage in Stage:
        assert f"| {stage.value} | {'legal' if stage in LEGAL else 'working'} |" in page


def test_every_reason_has_its_row() -> None:
    """With the severity that its case will have."""
    company = load_company(deadline_pages.EXAMPLE, deadline_pages.SEASON)
    rows = deadline_pages.write_category_page("").splitlines()
    for key, category in company.categories.items():
        for reason in category.reasons:
            severity = company.route(key, reason).severity
            assert any(f"| `{reason}` |" in row and row.endswith(f"| {severity} |") for row in rows)
