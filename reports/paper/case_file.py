"""Case file as PDF (A4): the complaint, the process with its deadlines, the result with the forms that are signed.

1. Blocking: called in the helper process only (law 10).
2. Words go to the template as data, which it never parses as markup.
3. A character the typeface lacks is replaced by its name in brackets; invisible ones (direction marks, joiners) are left out.
"""

import unicodedata
from collections.abc import Mapping
from itertools import groupby
from typing import Any

import msgspec

from reports.pictures.font import list_covered_code_points
from reports.pictures.typesetting import compile_pdf, is_picture
from reports.wording.case_file import CaseFile

_SHOWN = frozenset("\n ")
_FLAG_A = 0x1F1E6
_FLAGS = range(_FLAG_A, _FLAG_A + 26)
_TONES = range(0x1F3FB, 0x1F400)
_INVISIBLE = frozenset({"Cc", "Cf", "Mn", "Me", "Cs", "Co", "Cn"})


def render_case_file(dossier: CaseFile, photos: Mapping[int, bytes] | None = None) -> bytes:
    """The PDF; `photos` are those that are shown, by the rows of evidence. One that is no picture is listed only."""
    data = _transliterate_all(msgspec.to_builtins(dossier))
    shown = {str(id_): photo for id_, photo in (photos or {}).items() if is_picture(photo)}
    for attachment in data["attached"]:
        name = str(attachment["evidence"])
        attachment["picture"] = name if name in shown else ""
    return compile_pdf("case_file.typ", data, dossier.language, shown)


def transliterate(text: str) -> str:
    """`text` in characters the typeface has: others by their names, letters of other scripts as the script's name and a count."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    said = []
    for kind, run in groupby(text, _classify_character):
        characters = "".join(run)
        match kind:
            case "shown":
                said.append(characters)
            case "flag":
                said.append(f"[{''.join(chr(ord(one) - _FLAG_A + ord('A')) for one in characters)}]")
            case "invisible":
                said.append("")
            case "sign":
                said += [f"[{unicodedata.name(one, 'sign').lower()}]" for one in characters]
            case script:
                said.append(f"[{script}, {len(characters)}]")
    return "".join(said)


def _classify_character(character: str) -> str:
    """What to do about a character; letters of a script the typeface lacks are grouped."""
    point, category = ord(character), unicodedata.category(character)
    if character in _SHOWN:
        return "shown"
    if point in _FLAGS:
        return "flag"
    if category in {"Cc", "Cf", "Cs"} or point in _TONES:
        return "invisible"
    if point in list_covered_code_points():
        return "shown"
    if category in _INVISIBLE:
        return "invisible"
    if category[0] in {"L", "N"} and category != "No":
        return unicodedata.name(character, "other").split()[0].lower()
    return "sign"


def _transliterate_all(value: Any) -> Any:  # noqa: ANN401 -- JSON
    match value:
        case str():
            return transliterate(value)
        case dict():
            return {key: _transliterate_all(one) for key, one in value.items()}
        case list() | tuple():
            return [_transliterate_all(one) for one in value]
        case _:
            return value
