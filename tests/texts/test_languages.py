"""A language touches no code: nothing outside texts/ names the languages or has words of one, and a folder is all that a new one needs."""

import ast
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.deliveries.columns import Field, understand
from domain.figures.breakdown import By, parse
from domain.figures.period import Kind, parse_period
from domain.language import match_language
from domain.people import Role
from domain.when import understand as understand_moment
from texts import FOLDER, LANGUAGES, Texts
from texts.words import vocabulary as vocabulary_of

ROOT = Path(__file__).parents[2]
CODE = ("bot", "handlers", "conversations", "domain", "storage", "reports", "texts", "playground", "docs")
SIGNS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
REMARKS = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 10, tzinfo=ZONE)
"""A Tuesday."""


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text("utf-8"))


def strings(module: ast.Module) -> Iterator[tuple[int, str]]:
    """The literal strings that say something to the machine, with their lines: what stands alone is a docstring."""
    alone = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.lineno, node.value


def listed(node: ast.AST) -> set[str]:
    """The languages that a literal collection names."""
    match node:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            pass
        case ast.Dict(keys=keys):
            parts = [key for key in keys if key is not None]
        case _:
            return set()
    return {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)} & {
        *LANGUAGES
    }


def test_no_code_has_words_of_a_language() -> None:
    """No string in signs of East Asia: those are easy to see, and where they stand the words of others would stand too."""
    mistakes = [
        f"{path.relative_to(ROOT)}:{line}: {said[:40]}"
        for path, module in modules()
        for line, said in strings(module)
        if SIGNS.search(said)
    ]
    assert mistakes == []


def test_no_code_lists_languages() -> None:
    """Two of them in one literal are a list of languages."""
    mistakes = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}: {listed(node)}"
        for path, module in modules()
        for node in ast.walk(module)
        if len(listed(node)) > 1
    ]
    assert mistakes == []


@pytest.mark.parametrize("ending", ["js", "typ", "html", "css"])
def test_no_page_and_no_template_knows_a_language(ending: str) -> None:
    """Neither its words nor its code: no branch of a template depends on who reads."""
    paths = [path for folder in CODE for path in (ROOT / folder).rglob(f"*.{ending}")]
    assert paths
    code = re.compile(f'==+ "({"|".join(LANGUAGES)})"|startsWith\\("({"|".join(LANGUAGES)})')
    for path in paths:
        bare = REMARKS.sub("", path.read_text("utf-8"))
        assert not SIGNS.search(bare), path
        assert not code.search(bare), path


def test_the_checks_are_not_blind() -> None:
    """What they look for is found."""
    module = ast.parse('"""说明"""\nWORDS = {"en": "week", "zh": "周"}\nname = f"{x} 号"')
    assert [said for _, said in strings(module) if SIGNS.search(said)] == ["周", " 号"]
    assert [listed(node) for node in ast.walk(module) if len(listed(node)) > 1] == [{"en", "zh"}]


# --- a language that there is not ------------------------------------------------------------------------------------

WORDS: Mapping[str, str] = {
    'name = "English"\ncodes = []': 'name = "Deutsch"\ncodes = ["de-DE", "gsw"]',
    'en = ["English"]\nzh = ["Chinese"]': 'de = ["Deutsch"]\nen = ["Englisch"]\nzh = ["Chinesisch"]',
    'courier = ["courier"]': 'courier = ["kurier"]',
    'week = ["last week"]': 'week = ["letzte woche"]',
    "[periods.running]": "[periods]\ncalendar = '<quarter>\\. quartal <year:20\\d\\d>'\nbetween = [\"bis\"]\n\n"
    '[periods.quarter]\n1 = ["1"]\n2 = ["2"]\n3 = ["3"]\n4 = ["4"]\n\n[periods.running]',
    r"asked = '(?:^|\s)by\s+<by:.+>$'": r"asked = '(?:^|\s)nach\s+<by:.+>$'",
    'route = ["route", "routes"]': 'route = ["tour"]',
    "like = 'tomorrow|tmrw?'": "like = 'morgen'",
    r"like = '(?:<week> |coming )?<weekday>\b\.?'": "like = '(?:<week> )?<weekday>'",
    '0 = ["mon", "monday"]': '0 = ["mo", "montag"]',
    '-1 = ["last"]\n0 = ["this"]\n1 = ["next"]': '-1 = ["letzten"]\n0 = ["diesen"]\n1 = ["nächsten"]',
    "like = 'at <hour": "like = 'um <hour",
    "(?! [ap]\\.?m| o)'": "(?: uhr)?'",
}
"""What stands in the place of English words, so that somebody is understood in a third language."""


@pytest.fixture
def german(tmp_path: Path) -> Path:
    """A folder of texts with all languages there are, and one more: English with other words."""
    for language in LANGUAGES:
        shutil.copytree(FOLDER / language, tmp_path / language)
    shutil.copytree(FOLDER / "en", tmp_path / "de")
    for name, pairs in {"words.toml": WORDS, "headings.toml": {'"waybill", ': '"Sendungsnummer", '}}.items():
        file = tmp_path / "de" / name
        text = file.read_text("utf-8")
        for english, other in pairs.items():
            text = text.replace(english, other)
        file.write_text(text, "utf-8")
    labels = tmp_path / "de" / "conversation.ftl"
    labels.write_text(labels.read_text("utf-8").replace("skip = Skip", "skip = Überspringen"), "utf-8")
    return tmp_path


def test_a_third_language_speaks(german: Path) -> None:
    """Its messages, its name beside those of the others, and English where it is not there."""
    texts = Texts(german)
    assert texts.plain("de", "skip") == "Überspringen"
    assert texts.plain("zh", "skip") == "跳过"
    assert texts.plain("fr", "skip") == "Skip"
    assert {"de": "Deutsch", "en": "English", "zh": "中文"}.items() <= texts.vocabulary.names.items()


def test_a_third_language_is_recognised(german: Path) -> None:
    """By the codes of clients, and by what files call it."""
    vocabulary = vocabulary_of(german)
    offered = ("en", "zh", "de")
    for code, language in (("de-AT", "de"), ("gsw", "de"), ("zh-Hans-CN", "zh"), ("en-GB", "en"), ("fr", "")):
        assert match_language(code, offered, vocabulary.codes) == language
    assert [vocabulary.called[name] for name in ("deutsch", "englisch", "英文", "chinesisch")] == [
        "de",
        "en",
        "en",
        "zh",
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("morgen", "11-25 18:00"),
        ("nächsten Montag", "11-30 18:00"),
        ("Mo um 9 Uhr", "11-30 09:00"),
        ("tomorrow um 9", "11-25 09:00"),
        ("明天 um 9", "11-25 09:00"),
        ("tomorrow 18:00", "11-25 18:00"),
        ("下周一", "11-30 18:00"),
    ],
)
def test_moments_in_three_languages(german: Path, text: str, meant: str) -> None:
    """All at once, and each as it was without the third."""
    moment = understand_moment(text, NOW, ZONE, vocabulary_of(german).moments)
    assert moment is not None
    assert moment.strftime("%m-%d %H:%M") == meant


def test_periods_and_breakdowns_in_three_languages(german: Path) -> None:
    """In its own word order, and those of the others."""
    vocabulary = vocabulary_of(german)
    for said, period, by in (
        ("letzte Woche nach Tour", "letzte Woche", By.ROUTE),
        ("3. Quartal 2026 nach courier", "3. Quartal 2026", By.COURIER),
        ("last week by tour", "last week", By.ROUTE),
        ("上周 按线路", "上周", By.ROUTE),
    ):
        assert parse(said, vocabulary.breakdowns) == (period, by)
    quarter = parse_period("3. Quartal 2026", NOW, ZONE, vocabulary.periods)
    assert (quarter.kind, quarter.first) == (Kind.QUARTER, date(2026, 7, 1))
    both = parse_period("2026-11-02 bis 2026-11-04", datetime(2026, 11, 24, tzinfo=UTC), ZONE, vocabulary.periods)
    assert both.days == 3


def test_roles_and_headings_in_three_languages(german: Path) -> None:
    """What a manager grants, and what a file calls its columns."""
    vocabulary = vocabulary_of(german)
    assert {vocabulary.roles[word] for word in ("kurier", "courier", "快递员")} == {Role.COURIER}
    columns = understand(["Sendungs-Nummer", "签收时间", "Phone"], {}, vocabulary.headings)
    assert list(columns.places) == [Field.WAYBILL, Field.DELIVERED_AT, Field.PHONE]
