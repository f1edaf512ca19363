"""What is loaded at start: the catalogue, the templates, the register."""

from __future__ import annotations

import asyncio
import logging
import tomllib
from typing import TYPE_CHECKING

from console import wire
from console.hub.catalogue.keep import keep_base
from console.hub.register import RegisterError, import_folder, load_into, put_differences
from console.resources import resource

if TYPE_CHECKING:
    from console.hub.context import Hub
    from console.hub.store import Tx

log = logging.getLogger(__name__)

TEMPLATES = "templates/warnings.toml"


def templates() -> list[wire.Template]:
    """Return the spoken warnings that ship with the program."""
    table = tomllib.loads(resource(TEMPLATES).read_text("utf-8"))
    return [wire.Template.model_validate(row) for row in table["template"]]


async def load(hub: Hub) -> None:
    """Bring catalogue, templates and register into the store; a bad register stops nothing."""
    folder = None
    if hub.settings.register_dir is not None:
        try:
            folder = await asyncio.to_thread(
                import_folder, hub.settings.register_dir, hub.settings.data
            )
        except RegisterError as error:
            log.error("the register was not imported: %s", error)
            hub.health.set("register", "fail", str(error), {"problems": len(error.problems)})

    def write(tx: Tx) -> int:
        changed = keep_base(tx)
        changed += put_differences(tx, "template", templates(), prune=True)
        if folder is not None:
            changed += load_into(tx, folder)
        return changed

    changed = await hub.store.write(write)
    kept = await hub.store.read(lambda reader: reader.get_setting("register"))
    if kept is not None:
        hub.register.take(kept)
        if folder is not None or hub.settings.register_dir is None:
            hub.health.set("register", "ok", hub.register.town, {"changed": changed})
