"""The bot process: the only code that talks to a network. `app` builds everything; `cli` is the way in."""

import sys
from types import ModuleType


class _LeftOut(ModuleType):
    """What a library would import, and nobody here uses: each of its names is None."""

    def __getattr__(self, name: str) -> None:
        return None


# Statements are SQLAlchemy Core, but its asyncio package imports sessions beside connections, and they the whole ORM: megabytes, and a part of
# each start.
for _name in ("sqlalchemy.ext.asyncio.session", "sqlalchemy.ext.asyncio.scoping"):
    sys.modules.setdefault(_name, _LeftOut(_name))
