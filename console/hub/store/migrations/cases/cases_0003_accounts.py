"""Scope of accounts and what sessions need."""

import sqlalchemy as sa
from alembic import op

revision = "cases_0003"
down_revision = "cases_0002"


def upgrade() -> None:
    for name in ("districts", "departments"):
        column = sa.Column(name, sa.Text, nullable=False, server_default="[]")
        op.add_column("accounts", column)
    op.add_column("sessions", sa.Column("peer", sa.String(64), nullable=False, server_default=""))
    op.create_index("changes_entity", "changes", ["id", "seq"])
