"""Configuration loader: huifang.toml, its surveys and its wording, read, checked, and every mistake reported with file, line and cure."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.clock import Clock
from bot.company import calendar_section, figures_section, import_section
from bot.company.calendar_section import CalendarFile
from bot.company.mistakes import (
    KEY_LIMIT,
    TOML_FAILURES,
    Mistake,
    Mistakes,
    Place,
    convert_validation_error,
    explain_toml,
    find_line,
    find_toml_lines,
    is_key,
)
from bot.company.numbers import find_number_mistakes
from bot.company.remainder import is_told, list_told, validate_remainder
from bot.company.survey_file import load_survey
from bot.company.wording import load_wording
from domain.company import (
    Category,
    Company,
    Department,
    FairnessRules,
    FigureRules,
    FloodRules,
    HandlingRules,
    Identity,
    ImportRules,
    InvitationRules,
    Severity,
    TelegramRules,
)
from domain.privacy import PrivacyRules
from domain.surveys.survey import LocalizedText, Survey
from texts import LANGUAGES, OwnWording
from texts.words import vocabulary

SEVERITY_LIMIT = 16

COOLING_OFF_LIMIT = 14 * 24
RETENTION_RANGE = (0.5, 30)
"""Hours and years: whoever asks to be erased is gone within the month that the law gives; checks and appeals read the last months."""

EXAMPLE = Path(__file__).parents[1] / "example" / "huifang.toml"
"""The file that `huifang init` writes."""


class _CompanyFile(BaseModel):
    """The schema of huifang.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    company: Identity
    departments: dict[str, Department]
    quality: str
    management: str
    categories: dict[str, Category]
    severities: dict[str, Severity] = {"normal": Severity(), "high": Severity(3, second_review=True)}
    survey: InvitationRules = InvitationRules()
    cases: HandlingRules = HandlingRules()
    calendar: CalendarFile = CalendarFile()
    fairness: FairnessRules = FairnessRules()
    importing: ImportRules = Field(ImportRules(), alias="import")
    figures: FigureRules = FigureRules()
    flooding: FloodRules = FloodRules()
    telegram: TelegramRules = TelegramRules()
    privacy: PrivacyRules = PrivacyRules()


def load_company(path: Path, today: date | None = None) -> Company:
    """The company of this file and its survey; `today` decides which years' holidays are needed. Raises Mistakes with all that is wrong."""
    text, raw = _read_toml(path)
    lines = find_toml_lines(text)
    told: list[Place] = []
    mistakes: list[Mistake] = []
    try:
        file = _CompanyFile.model_validate(raw)
    except ValidationError as error:
        mistakes += convert_validation_error(error, path, lines)
        remainder = validate_remainder(_CompanyFile, raw, tomllib.loads(EXAMPLE.read_text("utf-8")), error)
        if remainder is None:
            raise Mistakes(mistakes) from error
        file = remainder
        told = list_told(error)
    mistakes += [
        Mistake(f"{path}:{find_line(lines, place)}", ".".join(map(str, place)), why)
        for place, why in _find_mistakes(file)
        if not is_told(place, told)
    ]
    surveys: dict[str, Survey] = {}
    for name in dict.fromkeys((file.survey.file, *file.survey.services.values(), *file.survey.campaigns)):
        if is_told(("survey", "file"), told):
            break
        try:
            survey = load_survey(path.parent / name, file.company.languages, tuple(file.categories))
        except Mistakes as error:
            mistakes += error.found
        else:
            if survey.key in {one.key for one in surveys.values()}:
                mistakes.append(
                    Mistake(str(path.parent / name), "survey", f"{survey.key!r} is also the key of another survey")
                )
            surveys[name] = survey
    wording: OwnWording = ()
    try:
        wording = load_wording(path)
    except Mistakes as error:
        mistakes += error.found
    if mistakes:
        raise Mistakes(mistakes)
    zone = ZoneInfo(file.company.timezone)
    return Company(
        file.company,
        file.departments,
        file.quality,
        file.management,
        file.categories,
        file.severities,
        file.survey,
        surveys[file.survey.file],
        {survey.key: survey for survey in surveys.values()},
        {service: surveys[name].key for service, name in file.survey.services.items()},
        file.cases,
        calendar_section.build_calendar(file.calendar, zone, today or Clock().now().astimezone(zone).date()),
        file.fairness,
        file.importing,
        file.figures,
        vocabulary().codes,
        file.flooding,
        file.telegram,
        file.privacy,
        wording,
    )


def _read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text("utf-8-sig")
        return text, tomllib.loads(text)
    except FileNotFoundError as error:
        raise Mistakes([Mistake(str(path), "", "there is no such file; `huifang init` writes one")]) from error
    except (UnicodeDecodeError, OSError) as error:
        raise Mistakes([Mistake(str(path), "", f"cannot be read as UTF-8 text: {error}")]) from error
    except TOML_FAILURES as error:
        raise Mistakes([explain_toml(path, error)]) from error


def _find_mistakes(file: _CompanyFile) -> Iterator[tuple[Place, str]]:
    yield from _check_identity(file.company)
    yield from _check_departments(file)
    yield from _check_categories(file)
    for key in file.severities:
        if not is_key(key, SEVERITY_LIMIT):
            yield ("severities", key), f"a severity's {_KEY.format(SEVERITY_LIMIT)}"
    yield from find_number_mistakes(
        file.severities, file.cases, file.survey, file.fairness, file.flooding, file.telegram
    )
    yield from calendar_section.find_calendar_mistakes(file.calendar)
    yield from import_section.find_import_mistakes(file.importing)
    yield from figures_section.find_figures_mistakes(file.figures)
    if file.privacy.consent_version < 1:
        yield ("privacy", "consent_version"), "must be 1 or more"
    if not 0 <= file.privacy.cooling_off_hours <= COOLING_OFF_LIMIT:
        yield ("privacy", "cooling_off_hours"), f"must be 0 to {COOLING_OFF_LIMIT}"
    least, most = RETENTION_RANGE
    if not least <= file.privacy.retention_years <= most:
        yield ("privacy", "retention_years"), f"must be {least} to {most}"
    yield from _find_missing_names(file)


def _join_names(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


_KEY = "key has letters, digits, - and _ only, at most {}"


def _check_identity(identity: Identity) -> Iterator[tuple[Place, str]]:
    try:
        ZoneInfo(identity.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        yield ("company", "timezone"), f"{identity.timezone!r} is no time zone; write one like Asia/Shanghai"
    if unknown := [code for code in identity.languages if code not in LANGUAGES]:
        yield (
            ("company", "languages"),
            f"{', '.join(unknown)}: no texts in this language; there are {_join_names(LANGUAGES)}",
        )
    if not identity.languages:
        yield ("company", "languages"), "name at least one language"
    if identity.phone_region not in phonenumbers.SUPPORTED_REGIONS:
        yield ("company", "phone_region"), f"{identity.phone_region!r} is no region; write one like CN"


def _check_departments(file: _CompanyFile) -> Iterator[tuple[Place, str]]:
    for name in ("quality", "management"):
        if why := _format_no_department(file, getattr(file, name)):
            yield (name,), why
    for key in file.departments:
        if not is_key(key, KEY_LIMIT):
            yield ("departments", key), f"a department's {_KEY.format(KEY_LIMIT)}"


def _check_categories(file: _CompanyFile) -> Iterator[tuple[Place, str]]:
    """Categories and their reasons, and the departments and severities they name."""
    if not file.categories:
        yield ("categories",), "name at least one category"
    for key, category in file.categories.items():
        place: Place = ("categories", key)
        if not is_key(key, KEY_LIMIT):
            yield place, f"a category's {_KEY.format(KEY_LIMIT)}"
        yield from _check_references(file, place, category.lead, category.cooperating, category.severity)
        for reason_key, reason in category.reasons.items():
            below = (*place, "reasons", reason_key)
            if not is_key(reason_key, KEY_LIMIT):
                yield below, f"a reason's {_KEY.format(KEY_LIMIT)}"
            yield from _check_references(
                file, below, reason.lead or None, reason.cooperating or (), reason.severity or None
            )


def _check_references(
    file: _CompanyFile, place: Place, lead: str | None, cooperating: tuple[str, ...], severity: str | None
) -> Iterator[tuple[Place, str]]:
    """Departments and severities that do not exist; None is what a reason leaves to its category."""
    if lead is not None and (why := _format_no_department(file, lead)):
        yield (*place, "lead"), why
    for department in cooperating:
        if why := _format_no_department(file, department):
            yield (*place, "cooperating"), why
    if severity is not None and severity not in file.severities:
        yield (*place, "severity"), f"{severity!r} is no severity; there are {', '.join(file.severities)}"


def _format_no_department(file: _CompanyFile, key: str) -> str:
    return "" if key in file.departments else f"{key!r} is no department; there are {', '.join(file.departments)}"


def _find_missing_names(file: _CompanyFile) -> Iterator[tuple[Place, str]]:
    """A name missing in a language would become an empty button, which Telegram refuses."""
    named: list[tuple[Place, LocalizedText]] = [(("company", "name"), file.company.name)]
    named += [(("departments", key, "name"), one.name) for key, one in file.departments.items()]
    for key, category in file.categories.items():
        named.append((("categories", key, "name"), category.name))
        named += [(("categories", key, "reasons", one, "name"), part.name) for one, part in category.reasons.items()]
    told = (("controller", file.privacy.controller), ("country", file.privacy.country))
    named += [(("privacy", key), said) for key, said in told if said]
    for place, name in named:
        for code in file.company.languages:
            if not name.get(code, "").strip():
                yield place, f"has no text in {code}"
