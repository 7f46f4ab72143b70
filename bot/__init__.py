"""The bot process: the only code that talks to a network. `app` builds everything; `cli` is the way in."""

import sys
from types import ModuleType


class _LeftOut(ModuleType):
    """What a library would import, and nobody here uses: each of its names is None."""

    def __getattr__(self, name: str) -> None:
        return None


# Statements are SQLAlchemy Core, but its asyncio package imports sessions beside connections, and they the whole ORM. Calls go over
# aiohttp, but the library of Telegram imports httpx, and that a command line of its own. Together 12 MB, and a tenth of a start.
for _name in ("sqlalchemy.ext.asyncio.session", "sqlalchemy.ext.asyncio.scoping", "httpx"):
    sys.modules.setdefault(_name, _LeftOut(_name))
