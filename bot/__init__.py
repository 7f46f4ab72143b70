"""The bot process: the only code that talks to a network. `app` builds everything; `cli` is the way in."""

import sys
from types import ModuleType


class _LeftOut(ModuleType):
    """What a library would import, and nobody here uses: each of its names is an empty class."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


# Statements are SQLAlchemy Core, but its asyncio package imports sessions beside connections, and they the whole ORM; httpx, which the library
# of Telegram imports, brings a command line of its own. Megabytes, and a part of each start.
for _name in ("sqlalchemy.ext.asyncio.session", "sqlalchemy.ext.asyncio.scoping", "httpx._main"):
    sys.modules.setdefault(_name, _LeftOut(_name))
