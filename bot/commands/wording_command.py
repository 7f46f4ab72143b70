"""Wording lookup (`huifang wording`): which message a text is, what it says in each language, and how to say it in other words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from bot.company.company import load_company
from bot.company.mistakes import Mistake, Mistakes
from bot.company.wording import FOLDER
from texts import LANGUAGES, OwnWording, Texts
from texts.wording import list_labels, list_variables

_TAG, _PLACEABLE, _SELECTOR, _VARIANT = (
    re.compile(r"</?[a-z]+>"),
    re.compile(r"\{[^{}]*\}"),
    re.compile(r"\{\s*\$[\w-]+\s*->"),
    re.compile(r"^\s*\*?\[[\w-]+\]", re.MULTILINE),
)
_NEAREST, _LEAST = 10, 0.5
"""How many messages a search shows, and how much of what was asked for each of them must have."""


@dataclass(frozen=True, slots=True)
class WordingLookup:
    """Our messages, and the company's own words in place of some; `languages` are those to look at."""

    company: Path
    languages: Sequence[str]
    texts: Texts
    own: OwnWording

    def find_source(self, language: str, key: str) -> str:
        """The message in Fluent, without the comments that follow it."""
        return _cut_comments(self.texts.list_sources(language)[key])

    def is_own(self, language: str, key: str) -> bool:
        return any((code, name) == (language, key) for code, name, _ in self.own)


def answer_wording(company: Path, said: str, language: str | None, *, copies: bool) -> tuple[list[str], bool]:
    """What to print about a text (every message, if none is said), and whether there is such a message. Raises Mistakes."""
    wording = read_wording(company, language)
    if not said:
        return [line for code in wording.languages for line in list_messages(wording, code)], True
    if said in wording.texts.list_sources(LANGUAGES[0]):
        done = [f"wrote {path}" for path in copy_message(wording, said)] if copies else []
        names = " and ".join(f"{FOLDER}/{code}.ftl" for code in wording.languages)
        how = f"to say it in other words, write it into {names} (--copy does) and change it; then `huifang check`"
        return [*show_message(wording, said), "", *(done or [how])], True
    listed = find_messages(wording, said)
    if not listed or copies:
        why = "is not the name of a message" if copies else "no message says this"
        return [f"{said}: {why}; `huifang wording --list` shows all of them"], False
    shown = [f"{key}\t{_flatten(wording.find_source(code, key))}" for code, key in listed]
    return [*shown, "", f"`huifang wording {listed[0][1]}` shows all about the first"], True


def read_wording(company: Path, language: str | None) -> WordingLookup:
    """Raises Mistakes when the company's file or its own words are wrong, or there are no texts in this language."""
    if language is not None and language not in LANGUAGES:
        why = f"there are no texts in {language}; there are {', '.join(LANGUAGES)}"
        raise Mistakes([Mistake("--language", "", why)])
    own = load_company(company)
    languages = (language,) if language else own.identity.languages
    return WordingLookup(company, languages, Texts(own=own.wording), own.wording)


def show_message(wording: WordingLookup, key: str) -> Iterator[str]:
    """The lines that say all about one message. Raises KeyError when there is none of this name."""
    source = wording.find_source(LANGUAGES[0], key)
    yield f"{key}{': stands on a button' if key in list_labels() else ''}"
    variables = ", ".join(f"{{ ${name} }}" for name in sorted(list_variables(source)))
    yield f"  what stands in it: {variables or 'only its own words'}"
    for language in wording.languages:
        mark = f"  ({FOLDER}/{language}.ftl)" if wording.is_own(language, key) else ""
        yield f"\n{language}{mark}"
        yield wording.find_source(language, key)


def list_messages(wording: WordingLookup, language: str) -> Iterator[str]:
    """Every message on one line, in the order of their names."""
    for key in sorted(wording.texts.list_sources(language)):
        yield f"{key}\t{_flatten(wording.find_source(language, key))}"


def find_messages(wording: WordingLookup, said: str) -> list[tuple[str, str]]:
    """(language, key) of the messages that say this, best first: as it stands in a chat, with names and numbers, or a few words of it."""
    wanted = _normalise(said)
    scores = {
        (language, key): score
        for language in wording.languages
        for key in wording.texts.list_sources(language)
        if (score := _measure_likeness(wanted, _normalise(_flatten(wording.find_source(language, key), "")))) >= _LEAST
    }
    best = sorted(scores, key=lambda place: (-round(scores[place], 2), place[1] not in list_labels(), place))
    return list({key: (language, key) for language, key in reversed(best)}.values())[::-1][:_NEAREST]


def copy_message(wording: WordingLookup, key: str) -> list[Path]:
    """Put the message into the files of the company's own words, to be changed there; a file that has it stays. Which files were written."""
    written = []
    for language in wording.languages:
        if wording.is_own(language, key):
            continue
        path = wording.company.parent / FOLDER / f"{language}.ftl"
        path.parent.mkdir(exist_ok=True)
        before = path.read_text("utf-8") if path.exists() else ""
        gap = "" if not before or before.endswith("\n") else "\n"
        path.write_text(f"{before}{gap}{wording.find_source(language, key)}\n", "utf-8")
        written.append(path)
    return written


def _measure_likeness(wanted: str, text: str) -> float:
    """From 0 to 1: how much of what is wanted the text says; more than 1 where it says exactly that."""
    if wanted in text:
        return 1 + len(wanted) / len(text)
    pieces = _split_words(wanted)
    if not pieces or len(set(pieces) & set(_split_words(text))) < _LEAST * len(set(pieces)) / 2:
        return 0.0
    matched = sum(
        block.size for block in SequenceMatcher(None, pieces, _split_words(text), autojunk=False).get_matching_blocks()
    )
    return matched / max(len(pieces), 1) * 0.9 + 0.1 * matched / max(len(_split_words(text)), 1)


def _split_words(text: str) -> list[str]:
    """Words of scripts that have spaces, and the signs of those that have none."""
    return re.findall(r"[a-z0-9']+|[^\W\d_a-z]", text)


def _normalise(text: str) -> str:
    return " ".join(_TAG.sub("", text).casefold().split())


def _flatten(source: str, placeable: str | None = None) -> str:
    """The text of a message on one line, its variants one after the other; variables as they are, or as `placeable`."""
    text = _VARIANT.sub(" / ", _SELECTOR.sub(" ", source.partition("=")[2]))
    if placeable is not None:
        text = _PLACEABLE.sub(placeable, text)
    return " ".join(re.sub(r"^ */ |(?<=\n) *\}", "", text).split())


def _cut_comments(source: str) -> str:
    lines = source.rstrip().splitlines()
    return "\n".join(lines[: next((n for n, line in enumerate(lines) if line.startswith("#")), len(lines))]).rstrip()
