"""Our own sentences as tests look for them: by key, in any language, without what cannot be known beforehand."""

import re
from functools import cache
from pathlib import Path

from texts import Texts

TEXTS = Texts()
VOCABULARY = TEXTS.vocabulary
_FOLDER = Path(__file__).parents[2] / "texts"
_GAP = "\ue000"


def find_fragment(language: str, key: str, **args: str | int) -> str:
    """The longest run of characters that this text shows whatever its other arguments are."""
    rendered = TEXTS.plain(language, key, dict.fromkeys(list_variables(key), _GAP) | args)
    pieces = re.split(rf"{_GAP}|\n", re.sub(r"<[^>]+>", "", rendered))
    return max((piece.strip() for piece in pieces), key=len)


@cache
def list_variables(key: str) -> frozenset[str]:
    """The names of what a text is given. Raises KeyError for a text that is not there."""
    for path in (_FOLDER / "en").glob("*.ftl"):
        match = re.search(rf"^{re.escape(key)} =.*(?:\n[ }}\[].*|\n(?=\n ).*)*", path.read_text("utf-8"), re.MULTILINE)
        if match is not None:
            return frozenset(re.findall(r"\$(\w+)", match[0]))
    raise KeyError(key)
