"""Error-collecting parser for tables and texts of hand-written files: a mistake is noted and reading goes on."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from bot.company.mistakes import Place
from domain.surveys.survey import LocalizedText
from texts.length import units

NO_TABLE = "is not a table of keys and values"


class FileReading:
    """`found` is what has been wrong so far: (place in the file, message)."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = tuple(languages)
        self.found: list[tuple[Place, str]] = []

    def wrong(self, place: Place, why: str) -> None:
        self.found.append((place, why))

    def read_keyed(self, raw: object, place: Place) -> dict[str, Any] | None:
        """A table whose keys are strings, None if it is not one."""
        if not isinstance(raw, dict):
            self.wrong(place, NO_TABLE)
            return None
        for key in raw:
            if not isinstance(key, str):
                self.wrong(place, f"the key {_spell_key(key)} is not text; put it in quotes")
        return {key: value for key, value in raw.items() if isinstance(key, str)}

    def table(
        self, raw: object, place: Place, needs: Sequence[str], knows: Sequence[str] = ()
    ) -> dict[str, Any] | None:
        """A table with these keys: `needs` are required, `knows` are optional. None if it is not a table."""
        table = self.read_keyed(raw, place)
        if table is None:
            return None
        for key in table:
            if key not in {*needs, *knows}:
                meant = get_close_matches(key, (*needs, *knows), 1)
                cure = f"did you mean {meant[0]!r}?" if meant else "check the spelling or remove it"
                self.wrong((*place, key), f"is not known here; {cure}")
        for key in needs:
            if key not in table:
                self.wrong((*place, key), "is missing; add it")
        return {key: value for key, value in table.items() if key in {*needs, *knows}}

    def line(self, table: Mapping[str, Any], place: Place, key: str) -> str:
        """A text on one line, empty if it is none."""
        raw = table.get(key)
        if isinstance(raw, str) and raw.strip():
            return raw
        if key in table:
            empty = raw is None or isinstance(raw, str)
            self.wrong((*place, key), "is empty; write something" if empty else f"is not text{_explain_quoting(raw)}")
        return ""

    def spoken(self, table: Mapping[str, Any], place: Place, key: str, limit: int) -> LocalizedText:
        """A text in each language, of at most `limit` UTF-16 code units, as Telegram counts them."""
        if key not in table:
            return {}
        below = (*place, key)
        raw = table[key]
        if not isinstance(raw, dict):
            pattern = ", ".join(f"{code}: …" for code in self.languages)
            self.wrong(below, f"is a text for each language, like {{{pattern}}}")
            return {}
        texts: dict[str, str] = {}
        silent = set(self.languages)
        for code, text in (self.read_keyed(raw, below) or {}).items():
            if text is not None and not isinstance(text, str):
                self.wrong((*below, code), f"is not text{_explain_quoting(text)}")
                silent.discard(code)
            elif text is not None and text.strip():
                texts[code] = text
                silent.discard(code)
                if units(text) > limit:
                    self.wrong((*below, code), f"has {units(text)} characters; at most {limit} can be shown here")
        for code in self.languages:
            if code in silent:
                self.wrong(below, f"has no text in {code}")
        return texts


def _explain_quoting(raw: object) -> str:
    """How to write as text what the file format reads as a number, a date or a yes."""
    return "" if isinstance(raw, dict | list) else "; put it in quotes"


def _spell_key(key: object) -> str:
    return f"{str(key).lower()} (which is how YAML reads yes, no, on and off)" if isinstance(key, bool) else str(key)
