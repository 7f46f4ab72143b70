"""Every word in every language: the same keys, the same variables, labels as promised, and HTML that Telegram takes."""

import ast as python
import itertools
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import Thread

import pytest
from fluent.syntax import FluentParser, ast, visitor

from conversations.buttons import CASE_ACTIONS
from domain.cases.case import CaseEvent, CaseState
from domain.people import Role
from tests.harness.playbook import render_label
from tests.harness.screens import list_dialogues
from texts import LANGUAGES, Texts, _Messages, escape

ROOT = Path(__file__).parents[2]
TEXTS = Texts()
LABELS = {
    "back": "Back",
    "skip": "Skip",
    "rating-file": "File a complaint",
    "rating-no-thanks": "No, thanks",
    "confirm": "Confirm",
    "cancel": "Cancel",
    "done": "Done",
    "rating-picked": "Done",
    "complaint-no-delivery": "Skip",
    "solved": "Solved",
    "not-solved": "Not solved",
    "act-accept": "Accept",
    "act-transfer": "Transfer",
    "act-resolve": "Resolve",
    "act-approve": "Approve",
    "act-return": "Return",
    "act-history": "History",
    "act-full-text": "Full text",
    "letter-send": "Send",
    "act-hand-over": "Hand over",
    "act-plan": "Plan",
    "act-ask-customer": "Ask customer",
    "act-extend": "Extend",
    "act-note": "Note",
}
"""Fixed by the contract: people, scripts and black-box tests look for them."""

OTHER_LABELS = (
    "rating-change",
    "rate-none",
    "add-to-case",
    "see-case",
    "share-phone",
    "resolution-valid",
    "resolution-not-valid",
    "regulator-valid",
    "regulator-not-valid",
    "regulator-satisfied",
    "regulator-not-satisfied",
    "form-keep",
)
TAGS = re.compile(r"</?(?:b|i|code)>")


class Looked(visitor.Visitor):
    """The variables of one message, and the variants that its selectors know."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.variants: dict[str, set[str]] = {}

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 -- the library's name
        self.names.add(node.id.name)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802 -- the library's name
        if isinstance(node.selector, ast.VariableReference):
            keys = {v.key.name if isinstance(v.key, ast.Identifier) else v.key.value for v in node.variants}
            self.variants.setdefault(node.selector.id.name, set()).update(keys)
        self.generic_visit(node)


@cache
def read(language: str) -> Mapping[str, Looked]:
    """Every message of a language, by key. Raises AssertionError for what is no Fluent, and for a key that is there twice."""
    messages: dict[str, Looked] = {}
    for path in sorted((ROOT / "texts" / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in messages, f"{entry.id.name} is in {language} twice"
                assert not entry.attributes, f"{entry.id.name}: nothing here reads attributes"
                messages[entry.id.name] = looked = Looked()
                looked.visit(entry)
    return messages


def list_keys() -> list[str]:
    return sorted(read("en"))


def samples(looked: Looked) -> Iterator[dict[str, str | int]]:
    """Arguments for every combination of variants; what selects nothing is a hostile word."""
    chosen = [[(name, _typed(key)) for key in sorted(keys)] for name, keys in looked.variants.items()]
    plain: dict[str, str | int] = dict.fromkeys(looked.names - looked.variants.keys(), "<b>&{ $x }🙂")
    for picked in itertools.product(*chosen):
        yield plain | dict(picked)


def _typed(key: str) -> str | int:
    return int(key) if key.isdigit() else 7 if key == "other" else key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_keys(language: str) -> None:
    """No language lacks a sentence, and none has one that nobody says."""
    assert read(language).keys() == read("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_variables(language: str) -> None:
    """A translation may leave out a selector on a number, never a fact."""
    names = {key: read(language)[key].names for key in list_keys()}
    assert names == {key: read("en")[key].names for key in list_keys()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_variant_renders(language: str) -> None:
    """Each variant renders to HTML that Telegram takes: known tags, closed in order, and what people wrote escaped."""
    said = ((key, args) for key in list_keys() for args in samples(read(language)[key]))
    for key, args in said:
        html = TEXTS.html(language, key, args)
        assert html.strip(), key
        assert html == html.strip(), key
        bare = TAGS.sub("", html).replace(escape("<b>&{ $x }🙂"), "")
        assert not re.search(r"[<>&]", bare), f"lone HTML: {html}"
        assert _balanced(html), html


def _balanced(html: str) -> bool:
    opened: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w+)>", html):
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def test_a_lone_bracket_would_be_found() -> None:
    """The check above is not blind."""
    assert not _balanced("<b>x")
    assert not _balanced("<b><i>x</b></i>")
    assert re.search(r"[<>&]", TAGS.sub("", "a < b"))


def test_labels_of_the_contract() -> None:
    """English labels are stable."""
    assert {key: TEXTS.plain("en", key) for key in LABELS} == LABELS


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language.startswith("zh")])
def test_labels_are_translated(language: str) -> None:
    """A Chinese label is Chinese, and short enough for a phone."""
    for key in (*LABELS, *OTHER_LABELS):
        chinese = TEXTS.plain(language, key)
        assert re.search(r"[\u4e00-\u9fff]", chinese), key
        assert chinese != TEXTS.plain("en", key), key
        assert max(len(chinese), len(TEXTS.plain("en", key))) <= 24, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_acts_can_be_told_apart(language: str) -> None:
    """No two acts on a card say the same, so neither do two on any card."""
    said = [TEXTS.plain(language, f"act-{name.replace('_', '-')}") for name in CASE_ACTIONS.values()]
    assert len(set(said)) == len(said)


def test_labels_on_screens_have_no_markup() -> None:
    """Telegram shows a label as it is."""
    for dialogue in list_dialogues():
        for seen, language in itertools.product(dialogue.walk().seen.values(), LANGUAGES):
            said = [render_label(key, language) for row in seen.screens[language].rows for key in row]
            assert not [label for label in said if TAGS.search(label)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_table_can_say_is_said(language: str) -> None:
    """Every state, event, act and role has its words."""
    keys = [f"state-{state.value}" for state in CaseState]
    keys += [f"{kind}-{event.value}" for event in CaseEvent for kind in ("event", "timeline")]
    keys += [f"act-{name}" for name in CASE_ACTIONS.values()] + [f"role-{role.value}" for role in Role]
    assert {key.replace("_", "-") for key in keys} <= read(language).keys()


def test_what_the_code_says_is_there() -> None:
    """Every key that the code names in full is in the files: no sentence is missing only when somebody needs it."""
    named = dict(named_keys())
    assert len(named) > 100
    assert {key: place for key, place in named.items() if key not in list_keys()} == {}


SPEAKERS = {
    "Text",
    "say",
    "toast",
    "text",
    "plain",
    "html",
    "tell_customer",
    "Refused",
    "Stray",
    "_tell_customer",
    "line",
}


def named_keys() -> Iterator[tuple[str, str]]:
    """Literal first string arguments of the calls that speak, with their place."""
    for folder in ("bot", "handlers", "conversations", "domain"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in python.walk(python.parse(path.read_text("utf-8"))):
                if isinstance(node, python.Call) and _name(node) in SPEAKERS:
                    words = [arg.value for arg in node.args if isinstance(arg, python.Constant)]
                    keys = [word for word in words if isinstance(word, str) and re.fullmatch(r"[a-z]+(-[a-z]+)+", word)]
                    yield from ((key, f"{path.name}:{node.lineno}") for key in keys[:1])


def _name(call: python.Call) -> str:
    return call.func.attr if isinstance(call.func, python.Attribute) else getattr(call.func, "id", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_menus(language: str) -> None:
    """What Telegram's menu shows is plain and within its 256 characters."""
    menu = [TEXTS.plain(language, key) for key in list_keys() if key.startswith("menu-")]
    assert menu
    assert all(0 < len(one) <= 256 and not TAGS.search(one) for one in menu)


def test_arguments_are_escaped_once() -> None:
    """In messages what people wrote is escaped; in buttons and toasts it stays as it is."""
    args = {"waybill": "<b>&amp;"}
    assert TEXTS.html("en", "complaint-summary-waybill", args) == "Delivery: &lt;b&gt;&amp;amp;"
    assert TEXTS.plain("en", "complaint-summary-waybill", args) == "Delivery: <b>&amp;"


def test_two_threads_say_the_same_for_the_first_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither says it before what it refers to is read: a transaction runs in its database's thread, the rest in the loop's."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "few.ftl").write_text("whole = all of { part }\npart = it\n")
    messages, heard = _Messages(tmp_path / "en"), []
    other = Thread(target=lambda: heard.append(messages.format("whole", {})))
    add = messages._bundle.add_resource

    def add_while_the_other_asks(resource: ast.Resource) -> None:
        add(resource)
        if other.ident is None:
            other.start()
            other.join(0.1)

    monkeypatch.setattr(messages._bundle, "add_resource", add_while_the_other_asks)
    heard.append(messages.format("whole", {}))
    other.join()
    assert heard == [("all of it", [])] * 2


def test_fluent_in_an_argument_is_no_fluent() -> None:
    """Braces that somebody types are only braces."""
    assert TEXTS.plain("en", "complaint-summary-waybill", {"waybill": "{ $x }"}) == "Delivery: { $x }"


def test_an_unknown_language_speaks_english() -> None:
    """Whatever a row says, somebody gets words."""
    assert TEXTS.plain("fr", "back") == "Back"


@pytest.mark.parametrize(("key", "args"), [("no-such-key", {}), ("rating-about", {})])
def test_mistakes_of_ours_are_loud(key: str, args: dict[str, str]) -> None:
    """A missing key or argument is an error, never an empty message."""
    with pytest.raises(KeyError):
        TEXTS.html("en", key, args)
