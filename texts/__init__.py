"""Localization (i18n): every word we say and understand, one folder per language; editing them takes no Python.

1. What we say are Fluent messages. Every language has the same keys with the same variables; tests/texts/test_texts.py refuses anything else.
2. Arguments are HTML-escaped once, here: `html` for messages, `plain` for buttons, toasts and pictures.
3. What we understand (`words.toml`, `headings.toml`) is in texts/words.py; what the playground's page and people say is in `page.json`
   and `example.toml`. A language is its folder: nothing else names it.
"""

import html as markup
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

from texts import words

FOLDER = Path(__file__).parent
LANGUAGES = words.languages(FOLDER)
"""The codes of all languages: the names of the folders."""

FALLBACK = "en"
"""The language for people whose own language we do not speak."""

_LONG = 500
_ASIDE = "\ufdd0"  # a noncharacter code point, which nobody types
_TOKEN = re.compile(f"{_ASIDE}([0-9]+){_ASIDE}")


class Texts:
    """The texts of every language. Raises KeyError for a key that no file has: that is our mistake, and tests find it."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.vocabulary = words.vocabulary(folder)
        self.bundles: dict[str, FluentBundle] = {}
        for language in words.languages(folder):
            bundle = FluentBundle([language], use_isolating=False)
            for path in sorted((folder / language).glob("*.ftl")):
                bundle.add_resource(FluentResource(path.read_text("utf-8")))
            self.bundles[language] = bundle
        self._render = lru_cache(maxsize=4096)(self._format)

    def html(self, language: str, key: str, args: Mapping[str, str | int] | None = None) -> str:
        """The message as Telegram HTML; what people wrote is escaped."""
        if not args:
            return self._render(language, key, ())
        return self._render(language, key, tuple((k, escape(v) if isinstance(v, str) else v) for k, v in args.items()))

    def plain(self, language: str, key: str, args: Mapping[str, str | int] | None = None) -> str:
        """The message as plain text, for buttons, toasts and pictures."""
        return self._render(language, key, tuple(args.items()) if args else ())

    def _format(self, language: str, key: str, args: tuple[tuple[str, str | int], ...]) -> str:
        bundle = self.bundles.get(language) or self.bundles[FALLBACK]
        pattern = bundle.get_message(key).value
        if pattern is None:
            raise KeyError(f"{key} ({language}) has no text")
        # Fluent refuses arguments beyond a few hundred characters: placeholders replace long ones while it formats.
        long = [value for _, value in args if isinstance(value, str) and len(value) > _LONG]
        short = {name: f"{_ASIDE}{long.index(value)}{_ASIDE}" if value in long else value for name, value in args}
        text, errors = bundle.format_pattern(pattern, short)
        if errors:
            raise KeyError(f"{key} ({language}): {errors[0]}")
        return _TOKEN.sub(lambda found: long[int(found[1])], str(text)) if long else str(text)


def escape(text: str) -> str:
    """A person's words inside our HTML."""
    return markup.escape(text.replace(_ASIDE, ""), quote=False)
