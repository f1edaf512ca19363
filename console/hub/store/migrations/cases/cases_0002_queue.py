"""The index of cases that the queue is paged from. The store fills it when it opens."""

import sqlalchemy as sa
from alembic import op

from console.hub.store.tables import Number

revision = "cases_0002"
down_revision = "cases_0001"


def upgrade() -> None:
    op.create_table(
        "queue",
        sa.Column("num", Number, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(96), nullable=False),
        sa.Column("open", sa.Integer, nullable=False),
        sa.Column("rank", Number, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("opened", Number, nullable=False),
        sa.Column("deadline", Number, nullable=False),
        sa.Column("ended", Number),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("code", sa.String(96), nullable=False),
        sa.Column("major", sa.String(8), nullable=False),
        sa.Column("sources", sa.Integer, nullable=False),
        sa.Column("supervised", sa.Integer, nullable=False),
        sa.Column("district", sa.String(64), nullable=False),
        sa.Column("grid", sa.String(64)),
        sa.Column("street", sa.String(64)),
        sa.Column("department", sa.String(64)),
        sa.Column("unit", sa.String(64)),
        sa.Column("campaign", sa.String(64)),
        sa.Column("claimed_by", sa.String(64)),
        sa.Column("claimed_until", Number),
    )
    op.create_index("queue_id", "queue", ["id"], unique=True)
    for name in ("state", "code", "major", "district", "grid", "street", "unit", "campaign"):
        op.create_index(f"queue_{name}", "queue", [name, "num"])
    only_open = sa.text("open = 1")
    op.create_index(
        "queue_open",
        "queue",
        ["rank", "num"],
        sqlite_where=only_open,
        postgresql_where=only_open,
    )
    op.create_table(
        "queue_links",
        sa.Column("link", sa.String(96), primary_key=True),
        sa.Column("num", Number, primary_key=True, autoincrement=False),
        sa.Index("queue_links_num", "num"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "queue_texts",
        sa.Column("num", Number, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    _create_words()


def _create_words() -> None:
    """Index two letters that stand together, and single ones: words in Chinese are that short."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE queue_words USING fts5"
            "(words, content='', detail=none, columnsize=0, tokenize='ascii')"
        )
        return
    # Its cost keeps the planner from cutting up one text after the other in the order of the rows.
    op.execute(r"""
        CREATE FUNCTION queue_tokens(text) RETURNS text[]
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5000 AS $$
            SELECT string_to_array(concat_ws(' ',
                regexp_replace($1, '(..)', '\1 ', 'g'),
                regexp_replace(substr($1, 2), '(..)', '\1 ', 'g'),
                regexp_replace(regexp_replace($1, '[\u0001-\u007f]+', '', 'g'), '(.)', '\1 ', 'g'),
                regexp_replace(latin, '(...)', '\1 ', 'g'),
                regexp_replace(substr(latin, 2), '(...)', '\1 ', 'g'),
                regexp_replace(substr(latin, 3), '(...)', '\1 ', 'g')
            ), ' ')
            FROM regexp_replace($1, '[^\u0001-\u007f]+', ' ', 'g') AS latin
        $$
    """)
    op.execute("CREATE INDEX queue_words ON queue_texts USING gin (queue_tokens(text))")
