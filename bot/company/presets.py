"""Company presets: the example company with what one trade does differently, written as commented text.

1. A preset says only what differs. Its settings replace the example's where they stand, below the comment that explains them.
2. Its departments and categories replace the example's, all of them; a name that it leaves out is the example's.
3. Comments are said in the operator's language where `texts/*/company.toml` has them, by the place of what stands below them.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.company.company import EXAMPLE
from bot.company.mistakes import Place, find_toml_lines
from texts import FALLBACK
from texts import FOLDER as TEXTS

FOLDER = Path(__file__).parents[1] / "presets"
PRESETS = ("express", "trucking", "ecommerce", "warehouse")
FAMILIES = ("departments", "categories")
"""What a preset replaces as a whole."""

_COMMENTED_OUT = re.compile(r"""# (\[|"|[a-z_]+ = )""")

Settings = Mapping[Place, Any]
"""Values by their places, such as ("company", "timezone")."""


def read_preset(preset: str) -> dict[str, Any]:
    """What this preset says."""
    return tomllib.loads((FOLDER / f"{preset}.toml").read_text("utf-8"))


def build_company_file(preset: str, answers: Settings, language: str = FALLBACK) -> str:
    """The text of the company file for this preset; `answers` are what the operator decided, and go before it. `language` is the comments'."""
    text, own = EXAMPLE.read_text("utf-8"), read_preset(preset)
    example = tomllib.loads(text)
    text = translate_comments(text, read_comments(language))
    for family in FAMILIES:
        if family in own:
            text = _replace_family(text, family, _write_family(family, own.pop(family), example))
    return _replace_settings(text, dict(_flatten(own)) | dict(answers))


def read_comments(language: str) -> Mapping[str, str]:
    """The comments of the company file in this language, by place (survey.zones); empty for one that has none of its own."""
    path = TEXTS / language / "company.toml"
    if not path.exists():
        return {}
    written = tomllib.loads(path.read_text("utf-8"))
    return {key: said.strip() for key, said in written.items()}


def translate_comments(text: str, comments: Mapping[str, str]) -> str:
    """The text with these comments in the place of its own; a setting that is only commented out stays as it is."""
    lines = []
    for place, block in split_comments(text):
        prose = sum(not _COMMENTED_OUT.match(line) for line in block) if place is not None else 0
        said = comments.get(place or "", "")
        lines += [f"# {line}" for line in said.splitlines()] + block[prose:] if said else block
    return "\n".join(lines) + "\n"


def split_comments(text: str) -> Iterator[tuple[str | None, list[str]]]:
    """The lines in pieces: each comment with the place of what stands below it (`head` on top, `import` at the end); what is none with None."""
    places = {line: ".".join(map(str, place)) for place, line in find_toml_lines(text).items()}
    numbered = list(enumerate(text.splitlines(), 1))
    for is_comment, piece in groupby(numbered, lambda numbered_line: numbered_line[1].startswith("#")):
        listed = list(piece)
        block = [line for _, line in listed]
        if not is_comment or _COMMENTED_OUT.match(block[0]):
            yield None, block
        else:
            ends_at = listed[-1][0]
            yield ("head" if listed[0][0] == 1 else places.get(ends_at + 1, "import")), block


def list_surveys(text: str) -> dict[str, Path]:
    """The survey files that this company file names, each with where its content is kept."""
    rules = tomllib.loads(text)["survey"]
    names = dict.fromkeys((rules["file"], *rules["services"].values(), *rules["campaigns"]))
    return {name: next(kept for kept in (FOLDER / name, EXAMPLE.parent / name) if kept.exists()) for name in names}


def _flatten(table: Mapping[str, Any], place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """The settings of a preset; what is a table inside a section other than [calendar.…] or [severities.…] is one value."""
    for key, value in table.items():
        if isinstance(value, dict) and (not place or place[0] in {"calendar", "severities"}):
            yield from _flatten(value, (*place, key))
        else:
            yield (*place, key), value


def _replace_settings(text: str, settings: Settings) -> str:
    """Raises KeyError for a setting that the example has not: nobody would read it."""
    places, lines = find_toml_lines(text), text.splitlines()
    for place, value in settings.items():
        at = places[place] - 1
        lines[at] = f"{lines[at].partition('=')[0]}= {_write_value(value)}"
    return "\n".join(lines) + "\n"


def _replace_family(text: str, family: str, written: str) -> str:
    """The tables of a family are one stretch of the example; the comment before the next table belongs to that one."""
    lines = text.splitlines()
    headers = [n for n, line in enumerate(lines) if line.startswith(f"[{family}.")]
    others = (n for n, line in enumerate(lines) if n > headers[-1] and line.startswith("["))
    end = next(others, len(lines))
    while lines[end - 1].startswith("#"):
        end -= 1
    return "\n".join([*lines[: headers[0]], written, "", *lines[end:]]) + "\n"


def _write_family(family: str, entries: Mapping[str, Mapping[str, Any]], example: Mapping[str, Any]) -> str:
    names = {key: entry["name"] for key, entry in example[family].items()}
    reasons = {key: one["name"] for entry in example[family].values() for key, one in entry.get("reasons", {}).items()}
    return "\n\n".join(
        "\n".join(_write_entry(f"{family}.{key}", _name_first(key, entry, names), reasons))
        for key, entry in entries.items()
    )


def _write_entry(header: str, entry: Mapping[str, Any], reason_names: Mapping[str, Any]) -> Iterable[str]:
    yield f"[{header}]"
    for key, value in entry.items():
        if key != "reasons":
            yield f"{key} = {_write_value(value)}"
    if "reasons" in entry:
        yield ""
        yield f"[{header}.reasons]"
        for key, reason in entry["reasons"].items():
            yield f"{key} = {_write_value(_name_first(key, reason, reason_names))}"


def _name_first(key: str, entry: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": entry.get("name") or names[key]} | dict(entry)


def _write_value(value: object) -> str:
    """The value as TOML, on one line."""
    match value:
        case dict():
            inside = ", ".join(f"{_write_key(key)} = {_write_value(one)}" for key, one in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case list() | tuple():
            return f"[{', '.join(map(_write_value, value))}]"
        case _:
            return json.dumps(value, ensure_ascii=False)


def _write_key(key: str) -> str:
    return key if key.isascii() and key.replace("-", "").replace("_", "").isalnum() else _write_value(key)
