"""What the proposals learn from."""

import sqlalchemy as sa
from alembic import op

from console.hub.store.tables import Moment

revision = "cases_0006"
down_revision = "cases_0005"


def upgrade() -> None:
    op.create_table(
        "proposal_outcomes",
        sa.Column("case", sa.String(64), primary_key=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("proposed", sa.String(96), nullable=False),
        sa.Column("basis", sa.String(16), nullable=False),
        sa.Column("final", sa.String(96), nullable=False),
        sa.Column("filed", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("proposal_outcomes_at", "proposal_outcomes", ["at"])
    tally = ["proposed", "basis", "final", "filed"]
    op.create_index("proposal_outcomes_tally", "proposal_outcomes", tally)
