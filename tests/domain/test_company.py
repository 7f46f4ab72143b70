"""The company's promises: who answers, by when, in which language, after how many reviews."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.cases.case import Case, CaseState
from domain.company import Category, Company, Department, FigureRules, HandlingRules, Identity, Reason, Route, Severity
from domain.surveys.survey import Survey

NAME = {"en": "Name", "zh": "名称"}
COMPANY = Company(
    Identity(NAME, languages=("zh", "en")),
    {key: Department(NAME) for key in ("transport", "service", "quality", "management")},
    quality="quality",
    management="management",
    categories={
        "goods": Category(
            NAME,
            "service",
            ("transport", "transport"),
            reasons={
                "late": Reason(NAME),
                "lost": Reason(NAME, severity="high"),
                "thrown": Reason(NAME, lead="transport"),
                "signed": Reason(NAME, cooperating=()),
                "kept": Reason(NAME, "transport", ("quality", "service", "transport"), "high"),
            },
        ),
        "fraud": Category(NAME, "service", severity="high"),
    },
    severities={"normal": Severity(), "high": Severity(3, second_review=True)},
)
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "language"),
    [("zh", "zh"), ("zh-hans", "zh"), ("zh_TW", "zh"), ("EN-gb", "en"), ("fr", "en"), ("", "zh"), (None, "zh")],
)
def test_the_language_of_a_client(code: str | None, language: str) -> None:
    """A dialect is its language, an unknown one English, none at all the company's own."""
    assert COMPANY.choose_language(code) == language


def test_a_company_without_english() -> None:
    """Where English is not offered, its own language answers."""
    only = replace(COMPANY, identity=Identity(NAME, languages=("zh",)))
    assert only.choose_language("fr") == only.choose_language("en") == "zh"


@pytest.mark.parametrize(
    ("delivered_by", "lead"),
    [
        ("transport", "transport"),
        ("", "service"),
        ("unknown", "service"),
        ("quality", "service"),
        ("management", "service"),
    ],
)
def test_who_leads(delivered_by: str, lead: str) -> None:
    """The department that delivered where it answers cases, else the category's."""
    assert COMPANY.route("goods", delivered_by=delivered_by).lead == lead


@pytest.mark.parametrize(
    ("reason", "delivered_by", "route"),
    [
        ("", "", Route("service", ("transport",), "normal")),
        ("unheard", "", Route("service", ("transport",), "normal")),
        ("late", "", Route("service", ("transport",), "normal")),
        ("lost", "", Route("service", ("transport",), "high")),
        ("thrown", "", Route("transport", (), "normal")),
        ("signed", "", Route("service", (), "normal")),
        ("kept", "", Route("transport", ("quality", "service"), "high")),
        ("kept", "service", Route("service", ("quality", "transport"), "high")),
        ("lost", "transport", Route("transport", (), "high")),
        ("thrown", "management", Route("transport", (), "normal")),
    ],
)
def test_where_a_case_goes(reason: str, delivered_by: str, route: Route) -> None:
    """What a reason does not say its category says; the department that delivered leads; nobody helps themselves, or twice."""
    assert COMPANY.route("goods", reason, delivered_by) == route


def test_who_works_on_cases() -> None:
    """All departments but quality and management."""
    assert COMPANY.case_departments == ("transport", "service")


@pytest.mark.parametrize(("severity", "reviews"), [("normal", 1), ("high", 2)])
def test_severity_decides_reviews(severity: str, reviews: int) -> None:
    """High severity is reviewed twice."""
    case = Case(1, "C-261123-0001", CaseState.ASSIGNED, "goods", severity, "service", NOW, NOW)
    assert COMPANY.count_required_approvals(case) == reviews


def test_what_a_severity_is_called() -> None:
    """Its name in this language, else its key, also where it has left the file."""
    named = replace(COMPANY, severities={"high": Severity(name={"zh": "严重"}), "odd": Severity()})
    assert [named.severity_name(key, "zh") for key in ("high", "odd", "gone")] == ["严重", "odd", "gone"]


def test_the_companys_clock() -> None:
    """Times are told in the company's zone."""
    assert NOW.astimezone(COMPANY.zone).hour == 8


def test_services_that_are_asked_by_name() -> None:
    """All but those whose survey is anonymous, or none but those whose survey is not."""
    survey = Survey("named", "v", NAME, (), NAME)
    quiet = replace(survey, key="quiet", anonymous=True)
    surveys = {survey.key: survey, "quiet": quiet}
    assert COMPANY.named_services == (None, frozenset())
    some = replace(COMPANY, survey=survey, surveys=surveys, by_service={"freight": "quiet", "express": survey.key})
    assert some.named_services == (None, frozenset({"freight"}))
    assert replace(some, survey=quiet).named_services == (frozenset({"express"}), frozenset())


def test_moments_of_a_day() -> None:
    """In the company's zone; a moment that the clocks skip comes an hour later."""
    identity = replace(COMPANY.identity, timezone="Europe/Berlin")
    figures, handling = FigureRules(push_at="02:30"), HandlingRules(digest_at="09:00")
    company = replace(COMPANY, identity=identity, figures=figures, handling=handling)
    assert company.find_push_time(date(2026, 3, 28)).astimezone(UTC) == datetime(2026, 3, 28, 1, 30, tzinfo=UTC)
    assert company.find_push_time(date(2026, 3, 29)).astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert company.find_digest_time(date(2026, 3, 29)).astimezone(UTC) == datetime(2026, 3, 29, 7, tzinfo=UTC)
