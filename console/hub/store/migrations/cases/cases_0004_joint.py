"""Supervision and joint work."""

revision = "cases_0004"
down_revision = "cases_0003"


def upgrade() -> None:
    """Nothing yet."""
