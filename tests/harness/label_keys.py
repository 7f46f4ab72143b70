"""The messages that stand on buttons, found where buttons are made: on every screen of every dialogue, and in the code of the rooms."""

import ast
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from conversations.protocol import Text
from tests.harness.screens import list_dialogues
from texts import LANGUAGES, Texts
from texts.wording import fits_button

ROOT = Path(__file__).parents[2]
FROM_OUTSIDE = ("share-phone", "look-chosen", "dossier-complaint", "dossier-process", "dossier-result")
"""Labels that are chosen by name elsewhere, or that are no inline buttons."""


def find_label_keys() -> list[str]:
    """The keys of all messages that stand on buttons."""
    every = Texts().list_sources(LANGUAGES[0])
    patterns = [re.compile(pattern) for pattern in {*_list_coded()}]
    coded = {key for key in every for pattern in patterns if pattern.fullmatch(key)}
    return sorted(key for key in {*_list_drawn(), *coded, *FROM_OUTSIDE} if fits_button(key))


def _list_drawn() -> Iterator[str]:
    for dialogue in list_dialogues():
        for seen, language in itertools.product(dialogue.walk().seen.values(), LANGUAGES):
            for key in itertools.chain.from_iterable(seen.screens[language].rows):
                if isinstance(key.label, Text):
                    yield key.label.key


def _list_coded() -> Iterator[str]:
    """Patterns of the strings in whatever makes a button, or lists the labels of some."""
    for path in sorted((ROOT / "handlers").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Key" | "key")):
                    yield from _list_strings(node)
                case ast.Assign(targets=[ast.Name(id="labels" | "ORDERED" | "NEWEST_FIRST")]):
                    yield from _list_strings(node.value)
                case _:
                    pass


def _list_strings(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.JoinedStr):
            yield "".join(
                re.escape(str(one.value)) if isinstance(one, ast.Constant) else _match_filled_in(one)
                for one in part.values
            )
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield re.escape(part.value)


def _match_filled_in(part: ast.expr) -> str:
    """What is filled in is one word, unless its underscores are made hyphens."""
    return "[a-z-]+" if "replace" in ast.unparse(part) else "[a-z]+"
