"""The database itself: connections, transactions, column types, bulk statements, encryption, migrations."""

import sys
from types import ModuleType


class _LeftOut(ModuleType):
    """A module of a library that its package would import and nobody uses: whatever is asked of it is None."""

    def __getattr__(self, name: str) -> None:
        return None


# We write SQLAlchemy Core and no ORM. Its asyncio package imports sessions beside connections, and they the whole ORM: 6 MB in every
# process, and a twentieth of a start.
for _name in ("session", "scoping"):
    sys.modules.setdefault(f"sqlalchemy.ext.asyncio.{_name}", _LeftOut(_name))
