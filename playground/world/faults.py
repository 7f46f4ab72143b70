"""Fault injection: Telegram failing on demand.

1. A fault waits until `skip` matching calls have passed, then strikes `times` calls (0 = until removed).
2. With the method `*`, getUpdates and the calls every bot makes at start neither count nor are struck; name the method to strike
   one of them. An `outage` strikes everything.
3. `when`: `before` the call acts (nothing happened) or `after` (it happened and the answer is lost). `half` is the first half of the
   answer's bytes, and then nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import msgspec

from playground.shape.wire import Json

START_UP = frozenset(
    {
        *("getupdates", "getme", "setwebhook", "deletewebhook", "getwebhookinfo", "logout", "close"),
        *("setmycommands", "getmycommands", "deletemycommands", "setchatmenubutton", "getchatmenubutton"),
        *("setmyname", "getmyname", "setmydescription", "getmydescription"),
        *("setmyshortdescription", "getmyshortdescription"),
        *("setmydefaultadministratorrights", "getmydefaultadministratorrights"),
    }
)

Kind = Literal[
    "429",
    "403",
    "400",
    "500",
    "502html",
    "half",
    "silence",
    "reset",
    "slow",
    "kill",
    "outage",
    "duplicate",
    "reorder",
]
_OF_UPDATES = frozenset({"duplicate", "reorder"})


class Fault(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    kind: Kind
    method: str = "*"
    chat: int | None = None
    skip: int = 0
    times: int = 1
    when: Literal["before", "after"] = "before"
    retry_after: int | None = None
    delay_ms: int | None = None
    pid: Annotated[int, msgspec.Meta(ge=2)] | None = None  # 0, 1 and below would mean many processes
    description: str | None = None
    id: int = 0
    struck: int = 0

    def fits(self, method: str, chat: int | None) -> bool:
        named = method not in START_UP if self.method == "*" else method == self.method.lower()
        return named and (self.chat is None or self.chat == chat)


class Faults:
    def __init__(self, publish: Callable[[str, Json], None]) -> None:
        self._publish = publish
        self._active: dict[int, Fault] = {}
        self._last = 0

    @property
    def outage(self) -> bool:
        return any(fault.kind == "outage" for fault in self._active.values())

    def add(self, fault: Fault) -> Fault:
        self._last += 1
        fault.id = self._last
        self._active[fault.id] = fault
        self._tell()
        return fault

    def remove(self, number: int | None = None) -> bool:
        """Remove one fault, or all if `number` is None; False if there is no such fault."""
        known = number is None or number in self._active
        if number is None:
            self._active.clear()
        else:
            self._active.pop(number, None)
        self._tell()
        return known

    def list_all(self) -> list[Json]:
        return [{"times": 1, **msgspec.to_builtins(fault)} for fault in self._active.values()]

    def strike_call(self, method: str, chat: int | None) -> Fault | None:
        """The fault that strikes this call, None if none does."""
        if not self._active:
            return None
        method = method.lower()
        return self._strike(lambda f: f.kind not in _OF_UPDATES and f.kind != "outage" and f.fits(method, chat))

    def strike_update(self, kind: Kind, chat: int) -> Fault | None:
        """The fault that strikes this update on its way out, None if none does."""
        if not self._active:
            return None
        return self._strike(lambda f: f.kind == kind and f.chat in {None, chat})

    def _strike(self, fits: Callable[[Fault], bool]) -> Fault | None:
        for fault in list(self._active.values()):
            if not fits(fault):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.struck += 1
            if fault.struck == fault.times:
                del self._active[fault.id]
            self._tell()
            return fault
        return None

    def _tell(self) -> None:
        self._publish("fault", {"faults": self.list_all()})
