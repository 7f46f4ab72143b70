"""Setup (`huifang init`): asks what the company is, or takes it from flags, and writes the company's files and the machine's secrets.

1. Every question has a default; a wrong answer is asked again with the reason; a wrong flag ends with it.
2. Nothing is written before everything is answered, and what is there is never overwritten silently.
"""

import os
import shutil
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from bot import settings as environment
from bot.commands import init_answers
from bot.commands.init_answers import WrongAnswerError
from bot.company import holidays
from bot.company.company import EXAMPLE
from bot.company.mistakes import Place
from bot.company.presets import PRESETS, Settings, build_company_file, list_surveys, read_preset
from domain.language import match_language
from texts import FALLBACK, LANGUAGES, Texts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SetupFlags:
    """What was said on the command line; None and () are left to questions, or to the example."""

    preset: str | None
    languages: str | None
    names: tuple[str, ...]
    zone: str | None
    country: str | None
    token: str | None


@dataclass(frozen=True, slots=True)
class CompanyChoices:
    """What is to be written. `names` are by language, in each of `languages` at least."""

    preset: str
    languages: tuple[str, ...]
    names: Mapping[str, str]
    zone: str
    country: str
    token: str


def find_operator_language(said: str | None, environ: Mapping[str, str] = os.environ) -> str:
    """The language to ask in: the one of --language, else that of the terminal (LC_ALL, LC_MESSAGES, LANG), else English."""
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    code = said or locale.partition(".")[0].partition("@")[0]
    return match_language(code, LANGUAGES, Texts().vocabulary.codes) or FALLBACK


class SetupInterview:
    """One setup in the operator's language; `asks` is False where nobody is to be asked."""

    def __init__(self, language: str, *, asks: bool) -> None:
        self.language, self.asks, self._texts = language, asks, Texts()

    def say(self, key: str, **args: str | int) -> str:
        return self._texts.plain(self.language, key, args)

    def name_language(self, code: str) -> str:
        """What this language calls itself."""
        return self._texts.vocabulary.names[code]

    def decide(self, flag: str, given: str | None, default: str, read: Callable[[str], T], question: str = "") -> T:
        """What the flag says, else what the operator answers, else the default. Raises click.BadParameter for a wrong flag."""
        if given is not None or not self.asks:
            try:
                return read(default if given is None else given)
            except WrongAnswerError as error:
                raise click.BadParameter(self._explain(error), param_hint=f"--{flag}") from None
        hidden = flag == "token" and sys.stdin.isatty()
        while True:
            said = click.prompt(question, default=default, show_default=bool(default), hide_input=hidden)
            try:
                return read(said)
            except WrongAnswerError as error:
                click.echo(self._explain(error), err=True)

    def _explain(self, error: WrongAnswerError) -> str:
        return self.say(error.key, **error.args_of_text)


def ask_company(interview: SetupInterview, flags: SetupFlags, target: Path, keys: Path) -> CompanyChoices:
    """Everything there is to know, in the order in which one answer gives the next its default. Raises click.Abort when nobody agrees."""
    say, decide = interview.say, interview.decide
    if interview.asks:
        click.echo(say("init-hello", file=str(target)))
    example = tomllib.loads(EXAMPLE.read_text("utf-8"))["company"]
    kinds = "\n".join(["", *(f"  {say(f'init-preset-{name}')}" for name in PRESETS), ""])
    preset = decide("preset", flags.preset, PRESETS[0], init_answers.read_preset, say("init-preset", choices=kinds))
    offered = list(dict.fromkeys([*([interview.language] if interview.asks else []), *example["languages"]]))
    choices = ", ".join(LANGUAGES)
    languages = decide(
        "languages",
        flags.languages,
        ",".join(offered),
        init_answers.read_languages,
        say("init-languages", choices=choices),
    )
    names = _ask_names(interview, flags.names, languages, example | read_preset(preset).get("company", {}))
    zone = decide("zone", flags.zone, example["timezone"], init_answers.read_zone, say("init-zone"))
    home = init_answers.find_country(zone) or example["phone_region"]
    country = decide("country", flags.country, home, init_answers.read_country, say("init-country"))
    wants_token = interview.asks and not environment.read_with_file().get("HUIFANG_TOKEN")
    token = flags.token if flags.token is not None or wants_token else ""
    token = decide("token", token, "", init_answers.read_token, say("init-token", file=str(keys)))
    if interview.asks and not click.confirm(say("init-write", file=str(target)), default=True):
        raise click.Abort
    return CompanyChoices(preset, languages, names, zone, country, token)


def _ask_names(
    interview: SetupInterview, given: Sequence[str], languages: Sequence[str], example: Mapping[str, Mapping[str, str]]
) -> Mapping[str, str]:
    """The company's name in every language; one that it has not been given in is the name in the first."""
    names = dict(example["name"])
    if given:
        own = interview.decide("name", "\n".join(given), "", lambda said: init_answers.read_names(said, languages))
    elif interview.asks:
        own = {}
        for code in languages:
            default = names[code] if all(own[other] == names[other] for other in own) else own[languages[0]]
            question = interview.say("init-name", language=interview.name_language(code))
            own[code] = interview.decide("name", None, default, init_answers.read_name, question)
    else:
        return names
    if all(names.get(code) == name for code, name in own.items()):
        return names
    first = own.get(languages[0]) or next(iter(own.values()))
    return {code: own.get(code, first) for code in names}


def write_company(interview: SetupInterview, company: CompanyChoices, target: Path, *, force: bool) -> None:
    """The company file and the surveys that it names; a survey that is there stays, unless `force`."""
    text = build_company_file(company.preset, _list_settings(company), interview.language)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    kept = []
    for name, source in list_surveys(text).items():
        survey = target.parent / name
        survey.parent.mkdir(exist_ok=True)
        if force or not survey.exists():
            shutil.copyfile(source, survey)
        elif survey.read_bytes() != source.read_bytes():
            kept.append(survey)
    click.echo(interview.say("init-wrote", file=str(target), surveys=str(target.parent / "surveys")))
    for survey in kept:
        click.echo(interview.say("init-kept-survey", file=str(survey)))
    if not _find_holidays(company.country):
        click.echo(interview.say("init-no-holidays", country=company.country))


def write_keys(interview: SetupInterview, token: str, path: Path) -> None:
    """The machine's file with a new secret; one that is there gets the token if it has none, and nothing else."""
    if not path.exists():
        is_new = environment.write_file(path, token)
        click.echo(interview.say("init-wrote-secret" if is_new else "init-wrote-keys", file=str(path)))
    elif token and not environment.add_token(path, token):
        click.echo(interview.say("init-token-kept", file=str(path)))
    if not environment.read_with_file().get("HUIFANG_TOKEN"):
        click.echo(interview.say("init-put-token", file=str(path)))
    click.echo(interview.say("init-next"))


def _list_settings(company: CompanyChoices) -> Settings:
    example = tomllib.loads(EXAMPLE.read_text("utf-8"))
    settings: dict[Place, object] = {
        ("company", "name"): company.names,
        ("company", "languages"): company.languages,
        ("company", "timezone"): company.zone,
        ("company", "phone_region"): company.country.partition("-")[0],
        ("calendar", "holidays"): _find_holidays(company.country),
    }
    # What customers are told of a company's privacy is the company's own, or nothing: `huifang check` says what is missing.
    if company.names != example["company"]["name"]:
        settings |= {("privacy", "controller"): {}, ("privacy", "officer"): "", ("privacy", "contact"): ""}
    if settings["company", "phone_region"] != example["company"]["phone_region"]:
        settings["privacy", "country"] = {}
    return settings


def _find_holidays(country: str) -> str:
    """The place whose holidays are known: the part, else the whole country, else none."""
    return next((place for place in (country, country.partition("-")[0]) if holidays.is_known(place)), "")
