"""Alembic's entry: runs the scripts of one lane on the engine it is given."""

from alembic import context

from console.hub.store.migrate import version_table

options = context.config.attributes
with options["engine"].connect() as connection:
    context.configure(
        connection=connection,
        version_table=version_table(options["lane"]),
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
