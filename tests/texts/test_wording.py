"""A company's own words are checked like everything else it writes: what would fail in somebody's chat is found before."""

import os

import pytest

from tests.harness.label_keys import find_label_keys
from texts import FOLDER, LANGUAGES, Texts
from texts.messages import read_messages
from texts.wording import find_flaws, list_labels, list_variables


def judge(text: str, language: str = "en") -> list[tuple[int, str, str]]:
    messages, flaws = read_messages(text)
    return [(flaw.line, flaw.key, flaw.why) for flaw in [*flaws, *find_flaws(messages, language)]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_messages_pass(language: str) -> None:
    """What we say ourselves would be taken from a company, every message of it."""
    messages, flaws = read_messages("\n".join(Texts().list_sources(language).values()))
    assert len(messages) > 1000
    assert [*flaws, *find_flaws(messages, language)] == []


@pytest.mark.parametrize(
    "text",
    [
        "solved = All good now",
        "solved = 解决了 👍",
        "rating-offer = We are very sorry.\n\n    Shall we look into it?",
        "rating-about = <code>{ $waybill }</code> &amp; what it holds",
        "case-solved = Done: { $number }. { rating-change }",
        "phone-linked = Thank you. Deliveries found: { $count }.",
        "summary-dimension = { $name ->\n    [vehicle] Vehicle\n   *[other] { $name }\n  }",
        "labels-satisfied = 1 awful · 2 bad · 3 so-so · 4 good · 5 great",
    ],
)
def test_what_may_be_said(text: str) -> None:
    """Other words, other languages, more lines, other variants, what other messages say."""
    assert judge(text) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("zzz = x", "there is no message of this name; `huifang wording WORDS` finds the key of a text"),
        ("not-solve = x", "there is no message of this name; did you mean 'not-solved'?"),
        ("skip = Skip { $what }", "{ $what } is not known here; it has none"),
        ("rating-given = { $of } of 5", "{ $of } is not known here; there are { $score }"),
        ("rating-given = Thank you", "leaves out { $score }, a fact that people need; say it somewhere"),
        ("done = { no-such }", "refers to { no-such }, and there is no such message"),
        ("done = { back.title }", "refers to back.title; only variables and messages can be referred to here"),
        ("done = { -brand }", "refers to -brand; only variables and messages can be referred to here"),
        ("done = { done }", "refers to itself, by itself or through others"),
        ('back = { "" }', "is empty; write something"),
        ("back = <b>Back</b>", "has < > or &; this message has no markup in any language, because it may stand on"),
        ("rating-given = { $score } & thanks", "has < > or &; this message has no markup in any language"),
        ("rating-about = <b>{ $waybill }", "opens <b> and does not close it"),
        ("rating-about = { $waybill }</b>", "closes </b> where it is not open"),
        ("rating-about = <u>{ $waybill }</b></u>", "closes </b> where it is not open"),
        ("rating-about = <a>{ $waybill }</a>", "has <a>; Telegram knows <b>, <blockquote>, <code>"),
        ("rating-about = { $waybill } < 5", "has a lone < > or &; write &lt; &gt; or &amp; for the sign itself"),
        ("not-solved = Not solved yet, and I would like to talk to somebody", "is too wide for a button on a phone"),
        ("not-solved = 还没有解决，请尽快安排专人与我联系并给出答复，谢谢您", "is too wide for a button on a phone"),
        ("not-solved = Not\n    solved", "has several lines; it stands on a button, in a list or in a picture"),
        ("not-solved = Solved", "says the same as solved, a button beside it; nobody could tell them apart"),
        ("act-accept = Transfer", "says the same as act-transfer, a button beside it"),
        (f"menu-rate = {'x' * 257}", "has 257 characters; a line of the menu has at most 256"),
        (f"hint = {'x' * 1000}.", "has 1001 characters; at most 1000 can be shown here"),
        ("labels-satisfied = 5 good · 1 bad", "must have the numbers 1, 2, 3, 4, 5 in this order"),
    ],
)
def test_what_may_not(text: str, why: str) -> None:
    """Each with its reason."""
    assert [flaw for flaw in judge(text) if flaw[2].startswith(why)], judge(text)


def test_everything_is_said_at_once() -> None:
    """One mistake does not hide another."""
    assert [
        line for line, _, _ in judge("solved = { $x }\nnot-solved = <b>x</b>\nback =\nskip = { done }\nnone = x")
    ] == [
        3,
        1,
        2,
        4,
        5,
    ]


def test_the_list_of_buttons_is_fresh() -> None:
    """Every message that stands on a button is in `texts/labels.txt`; after a change that is meant, `HUIFANG_WRITE=1` writes it anew."""
    keys = find_label_keys()
    if os.environ.get("HUIFANG_WRITE"):
        (FOLDER / "labels.txt").write_text("\n".join(keys) + "\n", "utf-8")
    assert (FOLDER / "labels.txt").read_text("utf-8").split() == keys
    assert {
        "solved",
        "act-accept",
        "look-chosen",
        "list-newer",
        "campaign-stop",
        "call-refused-button",
    } <= list_labels()


def test_variables_of_a_message() -> None:
    """What an operator is told that may stand in it."""
    assert list_variables(Texts().list_sources("zh")["rating-progress"]) == {"place", "of"}
