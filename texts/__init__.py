"""Localization (i18n): every word we say and understand, one folder per language; editing them takes no Python.

1. What we say are Fluent messages. Every language has the same keys with the same variables; tests/texts/test_texts.py refuses anything else.
2. Arguments are HTML-escaped once, here: `html` for messages, `plain` for buttons, toasts and pictures.
3. A company may say any message in its own words (`wording/*.ftl` beside its file); they are checked by texts/wording.py before they get here.
4. What we understand (`words.toml`, `headings.toml`) is in texts/words.py; what the playground's page and people say is in `page.json`
   and `example.toml`. A language is its folder: nothing else names it.
"""

import html as markup
import re
import threading
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from fluent.runtime import FluentBundle, FluentResource

from texts import words

FOLDER = Path(__file__).parent
LANGUAGES = words.languages(FOLDER)
"""The codes of all languages: the names of the folders."""

FALLBACK = "en"
"""The language for people whose own language we do not speak."""

_BEGIN = re.compile(r"^([a-zA-Z][\w-]*) *=", re.MULTILINE)
_REFERENCE = re.compile(r"\{ *([a-zA-Z][\w-]*) *\}")
_LONG = 500
_ASIDE = "\ufdd0"  # a noncharacter code point, which nobody types
_TOKEN = re.compile(f"{_ASIDE}([0-9]+){_ASIDE}")


OwnWording = tuple[tuple[str, str, str], ...]
"""Messages in a company's own words: language, key, and the message in Fluent."""


class _Messages:
    """The messages of one language, read when it is first spoken: each is parsed when it is first said, because parsing all takes longer
    than the rest of a start. What is `own` goes before the folder's.
    """

    def __init__(self, folder: Path, own: Mapping[str, str] = MappingProxyType({})) -> None:
        self._folder, self._own = folder, own
        self._ready: set[str] = set()
        self._turn = threading.Lock()  # a transaction may run in its database's thread: storage/engine/sqlite_thread.py

    @cached_property
    def _bundle(self) -> FluentBundle:
        return FluentBundle([self._folder.name], use_isolating=False)

    @cached_property
    def _sources(self) -> dict[str, str]:
        sources: dict[str, str] = {}
        for path in sorted(self._folder.glob("*.ftl")):
            text = path.read_text("utf-8")
            begins = list(_BEGIN.finditer(text))
            ends = [begin.start() for begin in begins[1:]] + [len(text)]
            sources |= {begin[1]: text[begin.start() : end] for begin, end in zip(begins, ends, strict=True)}
        return sources | dict(self._own)

    def list_sources(self) -> Mapping[str, str]:
        """Every message in Fluent, by key, each with what stands between it and the next."""
        return self._sources

    def format(self, key: str, args: dict[str, str | int]) -> tuple[str, list[Exception]]:
        """The message and what went wrong while it was made. Raises KeyError for a key that no file has."""
        if key not in self._ready:
            with self._turn:
                self._parse(key)
                self._ready.add(key)  # with everything it refers to: until then nobody else may say it
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(f"{key} has no text")
        text, errors = self._bundle.format_pattern(pattern, args)
        return str(text), errors

    def _parse(self, key: str) -> None:
        if self._bundle.has_message(key):
            return
        source = self._sources[key]
        self._bundle.add_resource(FluentResource(source))
        for other in _REFERENCE.findall(source):
            self._parse(other)


class Texts:
    """The texts of every language. Raises KeyError for a key that no file has: that is a mistake of ours, found by tests."""

    def __init__(self, folder: Path = FOLDER, own: OwnWording = ()) -> None:
        self.vocabulary = words.vocabulary(folder)
        self._messages = {
            language: _Messages(folder / language, {key: source for code, key, source in own if code == language})
            for language in words.languages(folder)
        }
        self._render = lru_cache(maxsize=1024)(self._format)

    def html(self, language: str, key: str, args: Mapping[str, str | int] | None = None) -> str:
        """The message as Telegram HTML; what people wrote is escaped."""
        if not args:
            return self._render(language, key, ())
        return self._render(language, key, tuple((k, escape(v) if isinstance(v, str) else v) for k, v in args.items()))

    def plain(self, language: str, key: str, args: Mapping[str, str | int] | None = None) -> str:
        """The message as plain text, for buttons, toasts and pictures."""
        return self._render(language, key, tuple(args.items()) if args else ())

    def list_sources(self, language: str) -> Mapping[str, str]:
        """Every message of a language in Fluent, by key. Raises KeyError for a language that there is not."""
        return self._messages[language].list_sources()

    def _format(self, language: str, key: str, args: tuple[tuple[str, str | int], ...]) -> str:
        messages = self._messages.get(language) or self._messages[FALLBACK]
        # Fluent refuses arguments beyond a few hundred characters: placeholders replace long ones while it formats.
        long = [value for _, value in args if isinstance(value, str) and len(value) > _LONG]
        short = {name: f"{_ASIDE}{long.index(value)}{_ASIDE}" if value in long else value for name, value in args}
        text, errors = messages.format(key, short)
        if errors:
            raise KeyError(f"{key} ({language}): {errors[0]}")
        return _TOKEN.sub(lambda token: long[int(token[1])], text) if long else text


def escape(text: str) -> str:
    """A person's words inside our HTML."""
    return markup.escape(text.replace(_ASIDE, ""), quote=False)
