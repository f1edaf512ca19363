"""The index of cases that the queue is paged from."""

revision = "cases_0002"
down_revision = "cases_0001"


def upgrade() -> None:
    """Nothing yet."""
