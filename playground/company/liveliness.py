"""Demo configuration: what the playground changes in the example company's file, so that something happens at any hour.

A real company asks a sample of its customers in the daytime, once a week; here everybody is asked, around the clock.
"""

from __future__ import annotations

import re

WISHES = {
    "ask_from": '"00:00"',
    "ask_until": '"24:00"',
    "ask_every_days": "0",
    "sampling": "{ P1 = 100, P2 = 100, P3 = 100, P4 = 100 }",
    "couriers_report": "true",
}


_REVIEWED_TWICE = re.compile(r'(\[categories\.product\](?:(?!\n\[).)*?severity = )"normal"', re.DOTALL)


def enliven(config: str) -> str:
    """The company file with our values in place of the example's; a key it does not contain is not added.

    Complaints about goods are grave, so that quality reviews them as well.
    """
    config = _REVIEWED_TWICE.sub(r'\1"high"', config)
    for key, value in WISHES.items():
        config = re.sub(rf"(?m)^{key} = .*$", f"{key} = {value}", config)
    return config
