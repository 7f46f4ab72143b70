"""Schema migration: runs by itself at start, on one replica at a time, and only when there is something to do."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.schema import CreateSchema

from storage.engine.database import Database, Tx, lock

_MIGRATIONS = Path(__file__).parents[1] / "migrations"


def find_newest_revision() -> str:
    """The newest revision: files are named NNNN_what.py, and the number is the revision."""
    return max(path.name.split("_", 1)[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*_*.py"))


async def fetch_revision(database: Database) -> str | None:
    """The database's revision, None for an empty database."""
    return await database.run_sync(_fetch_revision)


async def fetch_revision_in(tx: Tx) -> str | None:
    """The same within a transaction."""
    return await tx.run_sync(_fetch_revision)


async def migrate(database: Database) -> bool:
    """Bring the database to the newest revision; True if it was empty before."""
    before = await fetch_revision(database)
    if before == find_newest_revision():
        return False
    async with database.begin() as tx:
        await lock(tx, ["huifang migrations"])
        await make_schema(tx, database.address.schema)
        before = await fetch_revision_in(tx)
        if before != find_newest_revision():
            await tx.run_sync(upgrade)
    return before is None


async def make_schema(tx: Tx, name: str) -> None:
    """Make the schema, if there shall be one and it is not there; who may not make one uses what the operator has made."""
    if name and await tx.scalar(text("SELECT to_regnamespace(:name)"), {"name": name}) is None:
        await tx.execute(CreateSchema(name))


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring this connection's database to a revision, within its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _fetch_revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(revision) if revision else None
