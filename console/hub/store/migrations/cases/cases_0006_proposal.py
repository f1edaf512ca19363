"""What the proposals learn from."""

revision = "cases_0006"
down_revision = "cases_0005"


def upgrade() -> None:
    """Nothing yet."""
