"""The company's files: the company itself, its surveys, its own words, how far its calendar reaches."""

from collections import Counter
from datetime import date, timedelta

from bot.checks.finding import Finding, look, ok
from domain.calendar import Calendar
from domain.company import Company

CALENDAR_MUST_REACH = timedelta(days=60)
"""If the known calendar ends sooner than this, somebody must be told."""


def check_company(company: Company, source: str, today: date) -> list[Finding]:
    """What is in a company file that can be read; every mistake in one that cannot is a line of its own before this."""
    parts = f"{len(company.departments)} departments, {len(company.categories)} categories"
    return [
        ok("configuration", f"{source}: {parts}"),
        *(
            ok("survey", f"{survey.key}: {len(survey.questions)} questions; `huifang check --preview` shows it")
            for survey in company.surveys.values()
        ),
        *_check_wording(company),
        check_calendar(company.calendar, today),
    ]


def _check_wording(company: Company) -> list[Finding]:
    """How many messages are in the company's own words, and in which languages nobody reads them."""
    counts = Counter(language for language, _, _ in company.wording)
    findings = []
    for language, count in counts.items():
        said = f"{language}: {count} {'message' if count == 1 else 'messages'} in your own words"
        if language in company.identity.languages:
            findings.append(ok("wording", said))
        else:
            cure = f"add {language} to languages under [company], or remove wording/{language}.ftl"
            findings.append(look("wording", f"{said}, in a language that you do not offer", cure))
    return findings


def check_calendar(calendar: Calendar, today: date) -> Finding:
    """Whether the holidays of the coming weeks are published, installed, or added by the company."""
    if calendar.known_until is None:
        return ok("calendar", f"the week, and days with hours of their own: {len(calendar.days)}")
    if calendar.known_until >= today + CALENDAR_MUST_REACH:
        return ok("calendar", f"public holidays and make-up days are known until {calendar.known_until}")
    return look(
        "calendar",
        f"public holidays and make-up days are known only until {calendar.known_until}",
        f"install a newer `holidays` (pip install -U holidays), or add those of {calendar.known_until.year + 1} under [calendar.days]",
    )
