"""What the hub knows of the town beyond what seats see, and the import of the register."""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from console import wire
from console.domain.catalogue import Route
from console.hub.catalogue.keep import keep
from console.hub.register_files import Folder, RegisterError, read_folder
from console.hub.store import Tx

__all__ = ["AiRule", "Register", "RegisterError", "Sensor", "import_folder", "load_into"]

log = logging.getLogger(__name__)

STANDING: dict[str, frozenset[str]] = {
    "unit": frozenset({"state", "case"}),
    "speaker": frozenset({"state", "by", "why"}),
}
"""Fields of an entity that live at the hub: the register does not touch them."""

CATALOGUE = "register.catalogue"
"""Setting: digest of the classes and rules that the register last said."""

IMPORTED = ("camera", "speaker", "unit", "street", "grid", "zone", "place", "department")


@dataclass(frozen=True, slots=True)
class Sensor:
    """A sensor that may report to the hub."""

    id: str
    kind: str
    name: str
    lat: float
    lon: float
    street: str = ""


@dataclass(frozen=True, slots=True)
class AiRule:
    """Which detection of a camera's AI box means which class of case."""

    camera: str
    label: str
    zone: str
    code: str


@dataclass(slots=True)
class Register:
    """Addresses and bindings that never leave the hub."""

    town: str = ""
    centre: tuple[float, float] = (0.0, 0.0)
    frigate: str = ""
    """Base address of the AI boxes' snapshots; the setting ``frigate_url`` goes before it."""
    speaker_urls: dict[str, str] = field(default_factory=dict)
    terminals: dict[str, str] = field(default_factory=dict)
    """``protocol/terminal`` -> unit id."""
    unit_terminals: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Unit id -> (protocol, terminal)."""
    sensors: dict[str, Sensor] = field(default_factory=dict)
    ai: list[AiRule] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    """Which department answers for what."""

    def unit_of(self, protocol: str, terminal: str) -> str | None:
        """Return the unit that carries a terminal."""
        return self.terminals.get(f"{protocol}/{terminal}")

    def take(self, kept: dict[str, Any]) -> None:
        """Fill in what :func:`import_folder` kept in the store."""
        self.town = kept["town"]
        self.centre = (kept["centre"][0], kept["centre"][1])
        self.frigate = kept.get("frigate", "")
        self.speaker_urls = dict(kept["speaker_urls"])
        self.unit_terminals = {unit: (p, t) for unit, (p, t) in kept["terminals"].items()}
        self.terminals = {f"{p}/{t}": unit for unit, (p, t) in self.unit_terminals.items()}
        self.sensors = {row["id"]: Sensor(**row) for row in kept["sensors"]}
        self.ai = [AiRule(**row) for row in kept["ai"]]
        self.routes = [Route(**row) for row in kept.get("routes", ())]


def put_differences(tx: Tx, kind: str, bodies: Iterable[wire.Message], *, prune: bool) -> int:
    """Put what differs from the store, with ``prune`` remove what is no more; return how many."""
    model, kept = wire.KINDS[kind], STANDING.get(kind, frozenset())
    present = tx.all(model)
    seen, changed = set(), 0
    for body in bodies:
        id_ = wire.id_of(body)
        seen.add(id_)
        before = present.get(id_)
        if before is not None:
            body = body.model_copy(update={name: getattr(before, name) for name in kept})
        if body != before:
            tx.put(kind, body)
            changed += 1
    for id_ in present.keys() - seen if prune else ():
        tx.remove(kind, id_)
        changed += 1
    return changed


def load_into(tx: Tx, folder: Folder) -> int:
    """Write a folder's content into the store; return the number of real differences."""
    changed = sum(put_differences(tx, kind, folder.entities[kind], prune=True) for kind in IMPORTED)
    kept = {
        "town": folder.town,
        "centre": list(folder.centre),
        "frigate": folder.frigate,
        "speaker_urls": folder.speaker_urls,
        "terminals": {unit: list(terminal) for unit, terminal in folder.terminals.items()},
        "sensors": [asdict(Sensor(**row)) for row in folder.sensors],
        "ai": [asdict(AiRule(**row)) for row in folder.ai],
        "routes": folder.routes,
    }
    if tx.get_setting("register") != kept:
        tx.setting("register", kept)
        changed += 1
    changed += _keep_catalogue(tx, folder)
    if changed:
        tx.audit("system", "register.import", folder.town, {"changed": changed})
    return changed


def _keep_catalogue(tx: Tx, folder: Folder) -> int:
    """Keep the town's classes and rules when its files changed: what was imported later stays."""
    told = [body.model_dump_json() for body in (*folder.classes.bodies, *folder.rules.bodies)]
    digest = hashlib.sha256("\n".join(told).encode()).hexdigest()
    if not told or tx.get_setting(CATALOGUE) == digest:
        return 0
    tx.setting(CATALOGUE, digest)
    return keep(tx, "catalogue", folder.classes.bodies) + keep(tx, "rule", folder.rules.bodies)


def import_folder(path: Path, data: Path) -> Folder:
    """Read a register folder and keep its base map; blocking.

    Raises :class:`RegisterError` listing every wrong row; nothing is imported then.
    """
    folder = read_folder(path)
    if folder.basemap is not None:
        new = data / "basemap.geojson.new"
        shutil.copyfile(folder.basemap, new)
        new.replace(data / "basemap.geojson")
    return folder
