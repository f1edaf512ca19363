"""The telemetry lane as it first stood."""

import sqlalchemy as sa
from alembic import op

from console.hub.store.tables import Moment

revision = "telemetry_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "positions",
        sa.Column("unit", sa.String(64), primary_key=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
        sa.Column("speed", sa.Float, nullable=False),
        sa.Column("course", sa.Float, nullable=False),
    )
    op.create_table(
        "tracks",
        sa.Column("at", Moment, primary_key=True),
        sa.Column("unit", sa.String(64), primary_key=True),
        sa.Column("lat", sa.Float, nullable=False),
        sa.Column("lon", sa.Float, nullable=False),
        sa.Column("speed", sa.Float, nullable=False),
        sa.Column("course", sa.Float, nullable=False),
    )
