"""Bring a database to the schema this program was written for."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, inspect, select, table
from sqlalchemy import column as col

from console.hub.store.engine import Lane
from console.hub.store.errors import SchemaTooNewError

HEADS: dict[Lane, str] = {"cases": "cases_0006", "telemetry": "telemetry_0001"}
"""Newest revision of each lane; a test holds it against the scripts."""

SCRIPTS = Path(__file__).parent / "migrations"


def version_table(lane: Lane) -> str:
    """Return the table in which alembic keeps a lane's revision (both may share a database)."""
    return f"{lane}_revision"


def bring_up_to_date(engine: Engine, lane: Lane) -> None:
    """Run the missing migrations of a lane; alembic is not even imported when none is."""
    with engine.connect() as connection:
        name = version_table(lane)
        found = None
        if inspect(connection).has_table(name):
            found = connection.scalar(select(col("version_num")).select_from(table(name)))
        if found == HEADS[lane]:
            return
    _run(engine, lane)


def _run(engine: Engine, lane: Lane) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("version_locations", str(SCRIPTS / lane))
    config.set_main_option("path_separator", "os")
    config.attributes.update(engine=engine, lane=lane)
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise SchemaTooNewError(str(error)) from error
