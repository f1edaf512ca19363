"""Joint work that is counted: what campaigns did, persuasions, mediations."""

import sqlalchemy as sa
from alembic import op

from console.hub.store.tables import Moment

revision = "cases_0004"
down_revision = "cases_0003"


def upgrade() -> None:
    op.create_table(
        "campaign_entries",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("campaign", sa.String(64), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("amount", sa.Float, nullable=False),
        sa.Column("dropped", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("campaign_entries_by_campaign", "campaign_entries", ["campaign", "at"])
    op.create_table(
        "joint_records",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("topic", sa.String(16), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("district", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("dropped", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("joint_records_by_topic", "joint_records", ["topic", "at"])
