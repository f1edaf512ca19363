"""Scope of accounts and what sessions need."""

revision = "cases_0003"
down_revision = "cases_0002"


def upgrade() -> None:
    """Nothing yet."""
