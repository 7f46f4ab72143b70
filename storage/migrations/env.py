"""Alembic's entry: runs on the connection that `storage.engine.schema.migrate` hands over."""

from typing import Any, Literal

from alembic import context

from storage.engine.columns import EncryptedText, UtcDateTime
from storage.models import metadata


def _render(kind: str, item: Any, _autogenerate: object) -> str | Literal[False]:  # noqa: ANN401 -- Alembic's signature
    """A migration outlives our column types, so it names what they are stored as."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, EncryptedText):
        return "sa.LargeBinary()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
