"""What the doors of reports keep: clients' keys, what photos look like, who brought how much."""

import sqlalchemy as sa
from alembic import op

from console.hub.store.tables import Moment

revision = "cases_0005"
down_revision = "cases_0004"


def upgrade() -> None:
    op.create_table(
        "intake_keys",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("account", sa.String(64)),
        sa.Column("made", Moment, nullable=False),
        sa.Column("disabled", sa.Integer, nullable=False),
    )
    op.create_table(
        "photo_hashes",
        sa.Column("media", sa.String(64), primary_key=True),
        sa.Column("report", sa.String(64), nullable=False, index=True),
        sa.Column("hash", sa.String(16), nullable=False),
    )
    op.create_table(
        "alike",
        sa.Column("one", sa.String(64), primary_key=True),
        sa.Column("other", sa.String(64), primary_key=True),
    )
    op.create_table(
        "intake_reports",
        sa.Column("report", sa.String(64), primary_key=True),
        sa.Column("at", Moment, nullable=False, index=True),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("party", sa.String(64), nullable=False),
        sa.Column("joined", sa.Integer, nullable=False),
    )
