"""Presets: each is a whole company whose files pass, made of the example and of what it does differently."""

import itertools
import shutil
import tomllib
from pathlib import Path

import pytest

from bot.company import presets
from bot.company.company import EXAMPLE, load_company
from bot.company.presets import PRESETS, build_company_file, list_surveys, read_preset
from domain.company import Company
from texts import LANGUAGES, Texts


def write(folder: Path, preset: str, languages: tuple[str, ...] = LANGUAGES) -> Company:
    text = build_company_file(preset, {("company", "languages"): languages})
    (folder / "surveys").mkdir(exist_ok=True)
    (folder / "huifang.toml").write_text(text, "utf-8")
    for name, source in list_surveys(text).items():
        shutil.copyfile(source, folder / name)
    return load_company(folder / "huifang.toml")


def test_every_preset_is_listed() -> None:
    """None lies about unused, and none is missing."""
    assert {path.stem for path in presets.FOLDER.glob("*.toml")} == set(PRESETS)
    named = {path for preset in PRESETS for path in list_surveys(build_company_file(preset, {})).values()}
    kept = {path for folder in (presets.FOLDER, EXAMPLE.parent) for path in (folder / "surveys").iterdir()}
    assert named == kept


def test_express_is_the_example_to_the_letter() -> None:
    """What `init --yes` writes, and what the documents show."""
    assert build_company_file("express", {}) == EXAMPLE.read_text("utf-8")


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("languages", [LANGUAGES, *((language,) for language in LANGUAGES)])
def test_a_preset_passes_in_every_language(tmp_path: Path, preset: str, languages: tuple[str, ...]) -> None:
    """Its names and its surveys have all of them."""
    assert write(tmp_path, preset, languages).identity.languages == languages


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_holds_together(tmp_path: Path, preset: str) -> None:
    """What surveys tick are reasons of the category, what they rate has a name, and every department leads something."""
    company, texts = write(tmp_path, preset), Texts()
    own = [survey for survey in company.surveys.values() if (presets.FOLDER / f"surveys/{survey.key}.yaml").exists()]
    for question in itertools.chain.from_iterable(survey.questions for survey in own):
        if question.kind == "choices" and question.category:
            assert {option.key for option in question.options} <= company.categories[
                question.category
            ].reasons.keys(), question.id
    rated = {q.dimension for survey in company.surveys.values() for q in survey.questions if q.kind == "rating"}
    for dimension, language in itertools.product(rated - {"overall", None}, LANGUAGES):
        assert texts.plain(language, "summary-dimension", {"name": str(dimension)}) != dimension, dimension
    routes = [company.route(key, reason) for key, one in company.categories.items() for reason in ("", *one.reasons)]
    busy = {department for route in routes for department in (route.lead, *route.cooperating)}
    assert busy == set(company.case_departments)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_commented_like_the_example(preset: str) -> None:
    """No comment of the example is lost, so that every setting is still explained where it stands; and nothing is repeated in vain."""
    text, example = build_company_file(preset, {}), EXAMPLE.read_text("utf-8")
    comments = [line for line in example.splitlines() if line.startswith("#")]
    assert [line for line in text.splitlines() if line.startswith("#")] == comments
    whole, own = tomllib.loads(example), read_preset(preset)
    for section in set(own) - set(presets.FAMILIES):
        assert not [key for key, value in own[section].items() if value == whole[section][key]], section


def test_what_the_example_has_not_is_no_setting() -> None:
    """A preset that sets what nobody reads is found at once."""
    with pytest.raises(KeyError):
        build_company_file("express", {("figures", "colour"): "red"})


@pytest.mark.parametrize("language", [language for language in LANGUAGES if presets.read_comments(language)])
def test_comments_are_said_in_the_operators_language(language: str) -> None:
    """All of them, none that the file has not, and nothing else is changed."""
    example = EXAMPLE.read_text("utf-8")
    places = [place for place, _ in presets.split_comments(example) if place is not None]
    comments = presets.read_comments(language)
    assert len(places) == len(set(places))
    assert set(comments) == set(places)
    written = build_company_file("express", {}, language)
    assert tomllib.loads(written) == tomllib.loads(example)
    prose = [line for place, block in presets.split_comments(written) if place for line in block]
    said = [line.removeprefix("# ") for line in prose if not presets._COMMENTED_OUT.match(line)]
    assert sorted(said) == sorted(line for comment in comments.values() for line in comment.splitlines())
    assert max(map(len, said)) <= 144
