"""What the doors of reports keep."""

revision = "cases_0005"
down_revision = "cases_0004"


def upgrade() -> None:
    """Nothing yet."""
