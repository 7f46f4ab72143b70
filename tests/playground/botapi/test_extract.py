"""The part of the Bot API's description that is kept."""

from __future__ import annotations

from playground.botapi.extract import BUILT_HERE, extract
from playground.botapi.methods import SERVED
from playground.shape.wire import Json


def test_served_methods_and_the_types_they_need_are_kept() -> None:
    """Names of all methods; constants that tell union members apart; nothing else."""

    def field(name: str, kind: str, *, required: bool = False, description: str = "") -> Json:
        return {"name": name, "types": [kind], "required": required, "description": description}

    scope = field("type", "String", required=True, description="Scope type, must be chat")
    source: Json = {
        "version": "Bot API 1",
        "release_date": "today",
        "methods": {
            **{name: {} for name in SERVED},
            "sendMessage": {"fields": [field("scope", "Array of Scope")]},
            "unserved": {"fields": [field("x", "Unwanted")]},
        },
        "types": {
            **{name: {"fields": []} for name in BUILT_HERE},
            "Scope": {"subtypes": ["ScopeChat"]},
            "ScopeChat": {"fields": [scope]},
            "Unwanted": {"fields": []},
        },
    }
    kept = extract(source)
    assert kept["known"] == sorted([*SERVED, "unserved"])
    assert set(kept["methods"]) == SERVED
    assert set(kept["types"]) == {*BUILT_HERE, "Scope", "ScopeChat"}
    assert kept["types"]["ScopeChat"]["type"] == {"types": ["String"], "required": True, "constant": "chat"}
