"""sealed standard answers; what an API token may read

Revision ID: 0006
Revises: 0005

Questions and answers are written from what customers asked, so they are sealed like everything else that people write.
A token reads the cases of its own deliveries only; those made before this release read all, as they did, until they are replaced.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WRITTEN = ("question", "answer")


def upgrade() -> None:
    _seal_standard_answers()
    with op.batch_alter_table("api_tokens") as table:
        table.add_column(sa.Column("reads_cases", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("api_tokens") as table:
        table.alter_column("reads_cases", server_default=None)


def _seal_standard_answers() -> None:
    """Each text in a column of bytes beside it, which then takes its place: nothing sealed is ever in a column of text."""
    connection = op.get_bind()
    keyring = connection.dialect.keyring  # type: ignore[attr-defined]  # see storage.engine.columns.EncryptedText
    for name in _WRITTEN:
        op.add_column("standard_answers", sa.Column(f"sealed_{name}", sa.LargeBinary(), nullable=True))
    plain = sa.table("standard_answers", sa.column("id"), *(sa.column(name) for name in _WRITTEN))
    sealed = sa.table(
        "standard_answers", sa.column("id"), *(sa.column(f"sealed_{name}", sa.LargeBinary()) for name in _WRITTEN)
    )
    for row in connection.execute(sa.select(plain)).mappings().all():
        values = {f"sealed_{name}": keyring.seal(row[name], f"standard_answers.{name}".encode()) for name in _WRITTEN}
        connection.execute(sa.update(sealed).where(sealed.c.id == row["id"]).values(values))
    with op.batch_alter_table("standard_answers") as table:
        for name in _WRITTEN:
            table.drop_column(name)
            table.alter_column(f"sealed_{name}", new_column_name=name, existing_type=sa.LargeBinary(), nullable=False)
