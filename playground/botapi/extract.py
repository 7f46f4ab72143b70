"""Schema extraction: makes `botapi.json`, the part of the Bot API's description that this server needs.

    python -m playground.botapi.extract /path/to/bot-api.json

The source is the machine-readable Bot API of Paul Larsen (MIT, see `botapi.LICENSE`). It keeps the names of all methods, the
parameters of those served here, and every type used by these parameters or by the objects we build.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import msgspec

from playground.botapi.methods import SERVED

TARGET = Path(__file__).parents[1] / "shape" / "botapi.json"
BUILT_HERE = ("ChatMemberAdministrator", "ChatMemberRestricted", "ChatFullInfo", "ChatPermissions")


def extract(source: dict[str, Any]) -> dict[str, Any]:
    methods = {name: _extract_fields(source["methods"][name]) for name in sorted(SERVED)}
    types: dict[str, Any] = {}
    wanted = [*BUILT_HERE, *(word for fields in methods.values() for word in _list_words(fields))]
    built = set(BUILT_HERE)
    while wanted:
        name = wanted.pop()
        described = source["types"].get(name)
        if described is None or name in types:
            continue
        types[name] = {"subtypes": described["subtypes"]} if described.get("subtypes") else _extract_fields(described)
        if name not in built:
            wanted.extend(described.get("subtypes") or _list_words(types[name]))
    return {
        "version": source["version"],
        "release_date": source["release_date"],
        "known": sorted(source["methods"]),
        "methods": methods,
        "types": dict(sorted(types.items())),
    }


def _extract_fields(described: dict[str, Any]) -> dict[str, Any]:
    return {field["name"]: _extract_field(field) for field in described.get("fields", [])}


def _extract_field(field: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {"types": field["types"]}
    if field["required"]:
        kept["required"] = True
    told_apart = field["name"] in {"type", "status", "source"} and field["required"]
    if told_apart and (constant := re.search(r"(?:must be|always) [“\"]?([a-z_]+)", field["description"])):
        kept["constant"] = constant[1]  # what distinguishes the members of a union
    return kept


def _list_words(fields: dict[str, Any]) -> list[str]:
    return [word for field in fields.values() for kind in field["types"] for word in re.findall(r"[A-Z]\w+", kind)]


if __name__ == "__main__":
    TARGET.write_bytes(
        msgspec.json.format(msgspec.json.encode(extract(msgspec.json.decode(Path(sys.argv[1]).read_bytes()))), indent=1)
        + b"\n"
    )
