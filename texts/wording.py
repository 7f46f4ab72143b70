"""Wording checks: what a message may say in a company's own words, found out before anybody is told it.

1. The facts that our message gives are given; nothing else is named, and nothing is referred to that is not there.
2. Where our message has no markup it may stand on a button or in a picture, so its own version has none either.
3. What fits a phone's button today still fits it; what is one line in a list or a picture stays one line.
4. Every variant is rendered, with values of each kind: what would fail in somebody's chat fails here.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache

from texts import FOLDER, LANGUAGES, Texts
from texts.length import plain, units
from texts.messages import Flaw, MessageShape, OwnMessage, list_samples, look_into
from texts.width import KEYBOARD, PADDING, measure_label

LABEL_WIDTH = KEYBOARD - PADDING
MENU, MENU_LIMIT = "menu-", 256
LENGTH_LEAST = 1000
"""A message may grow to twice its length, and in any case to so many characters: several stand in one message of Telegram's."""

_TAG = re.compile(r"<(/?)([a-z]+)>")
_TAGS = frozenset({"b", "i", "u", "s", "code", "pre", "blockquote"})
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+);")
_SENTENCE = tuple(".!?…:;。！？：；")
_LEGENDS = ("labels-", "answer-nps")
"""Messages whose digits say which button means what."""

_CONTROLS = frozenset({"back", "skip", "enough", "done", "confirm", "cancel", "solved", "not-solved"})
"""Labels that stand beside one another; so do those whose names begin alike (act-accept, act-transfer)."""


def find_flaws(messages: list[OwnMessage], language: str) -> Iterator[Flaw]:
    """Everything that is wrong with these messages of one language, each rendered together with the others."""
    own = Texts(own=tuple((language, message.key, message.source) for message in messages))
    for message in messages:
        for why in _find_reasons(message, language, own):
            yield Flaw(message.line, message.key, why)


@cache
def get_shipped() -> Texts:
    """Our own messages."""
    return Texts()


def list_variables(source: str) -> frozenset[str]:
    """The variables that a message says or chooses by."""
    return frozenset(look_into(source).named)


@cache
def list_labels() -> frozenset[str]:
    """The messages that stand on buttons."""
    return frozenset((FOLDER / "labels.txt").read_text("utf-8").split())


def fits_button(key: str) -> bool:
    """Whether our own message could be a label in every language: no markup, one line, no sentence, and no wider than a button."""
    shown = [text for language in LANGUAGES for text in render_shipped(language, key)]
    return not any(
        _has_markup(text) or "\n" in text or text.endswith(_SENTENCE) or measure_label(text) > LABEL_WIDTH
        for text in shown
    )


def _find_reasons(message: OwnMessage, language: str, own: Texts) -> Iterator[str]:
    shipped = get_shipped().list_sources(language)
    key = message.key
    if key not in shipped:
        meant = get_close_matches(key, shipped, 1)
        cure = f"did you mean {meant[0]!r}?" if meant else "`huifang wording WORDS` finds the key of a text"
        yield f"there is no message of this name; {cure}"
        return
    ours, theirs = look_into(shipped[key]), look_into(message.source)
    wrong = [*_find_wrong_names(ours, theirs, own.list_sources(language))]
    yield from wrong
    if wrong:
        return
    errors, shown = _render(own, language, key, theirs)
    yield from errors
    if not errors:
        yield from _judge_text(key, language, shown)
        yield from _find_twin(key, language, own, shown[0])


def _find_wrong_names(ours: MessageShape, theirs: MessageShape, sources: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(theirs.named - ours.named):
        there = f"there are {_spell(ours.named)}" if ours.named else "it has none"
        yield f"{{ ${name} }} is not known here; {there}"
    for name in sorted(ours.said - theirs.said):
        yield f"leaves out {{ ${name} }}, a fact that people need; say it somewhere"
    for name in sorted(theirs.messages - sources.keys()):
        yield f"refers to {{ {name} }}, and there is no such message"
    for name in theirs.foreign:
        yield f"refers to {name}; only variables and messages can be referred to here"


def _judge_text(key: str, language: str, shown: list[str]) -> Iterator[str]:
    ours = [text for code in LANGUAGES for text in render_shipped(code, key)]
    own_length = max(map(len, render_shipped(language, key)))
    if not any(map(_has_markup, ours)):
        if any("<" in text or ">" in text or "&" in text for text in shown):
            yield "has < > or &; this message has no markup in any language, because it may stand on a button or in a picture"
    else:
        yield from dict.fromkeys(why for text in shown if (why := _find_markup_flaw(text)))
    if not all(text.strip() for text in shown) and all(text.strip() for text in ours):
        yield "is empty; write something"
    if key.startswith(MENU) and max(map(units, shown)) > MENU_LIMIT:
        yield f"has {max(map(units, shown))} characters; a line of the menu has at most {MENU_LIMIT}"
    if not any("\n" in text for text in ours) and not any(text.endswith(_SENTENCE) for text in ours):
        if any("\n" in text for text in shown):
            yield "has several lines; it stands on a button, in a list or in a picture, where there is room for one"
        elif key in list_labels() and measure_label(widest := max(shown, key=measure_label)) > LABEL_WIDTH:
            yield (
                f"is too wide for a button on a phone: {widest!r} takes {measure_label(widest)} of {LABEL_WIDTH}; make it shorter"
            )
    if (longest := max(units(plain(text)) for text in shown)) > (most := max(LENGTH_LEAST, 2 * own_length)):
        yield f"has {longest} characters; at most {most} can be shown here"
    if key.startswith(_LEGENDS):
        digits = re.findall(r"\d+", render_shipped(language, key)[0])
        if any(re.findall(r"\d+", text) != digits for text in shown):
            yield f"must have the numbers {', '.join(digits)} in this order: they say which button means what"


def _find_twin(key: str, language: str, own: Texts, shown: str) -> Iterator[str]:
    """Two buttons beside one another that say the same cannot be told apart."""
    if key not in list_labels():
        return
    kin = {label for label in list_labels() if label.partition("-")[0] == key.partition("-")[0]}
    shipped, sources = get_shipped(), own.list_sources(language)
    for other in sorted((_CONTROLS if key in _CONTROLS else kin) - {key}):
        has_variables = look_into(sources[other]).named or look_into(sources[key]).named
        if has_variables or own.plain(language, other) != shown:
            continue
        if shipped.plain(language, other) != shipped.plain(language, key):
            yield f"says the same as {other}, a button beside it; nobody could tell them apart"


def _find_markup_flaw(html: str) -> str:
    opened: list[str] = []
    for closing, name in _TAG.findall(html):
        if name not in _TAGS:
            return f"has <{name}>; Telegram knows {', '.join(f'<{tag}>' for tag in sorted(_TAGS))}"
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return f"closes </{name}> where it is not open"
    if opened:
        return f"opens <{opened[-1]}> and does not close it"
    if re.search("[<>&]", _ENTITY.sub("", _TAG.sub("", html))):
        return "has a lone < > or &; write &lt; &gt; or &amp; for the sign itself"
    return ""


def _render(texts: Texts, language: str, key: str, shape: MessageShape) -> tuple[list[str], list[str]]:
    """What cannot be rendered, and every variant that can."""
    errors: dict[str, None] = {}
    shown: list[str] = []
    for args in list_samples(shape):
        try:
            shown.append(texts.plain(language, key, args))
        except RecursionError:
            errors["refers to itself, by itself or through others"] = None
        except KeyError as error:
            errors[f"cannot be said: {str(error.args[0]).partition(': ')[2]}"] = None
    return list(errors), shown


@cache
def render_shipped(language: str, key: str) -> list[str]:
    """Each variant of our own message, with nothing where somebody's words go."""
    texts = get_shipped()
    return [texts.plain(language, key, args) for args in list_samples(look_into(texts.list_sources(language)[key]))]


def _has_markup(text: str) -> bool:
    return bool(_TAG.search(text))


def _spell(names: set[str]) -> str:
    return ", ".join(f"{{ ${name} }}" for name in sorted(names))
