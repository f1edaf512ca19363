"""Reading the register's files: CSV and GeoJSON in, wire models out, errors by row."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from console import wire
from console.domain.catalogue import ANY
from console.hub.catalogue import base
from console.hub.catalogue.tables import Taken, read_classes, read_rules, unknown

MAX_FILE = 256 << 20
"""Bytes; a larger file is no register."""


class RegisterError(Exception):
    """Rows that cannot be taken: ``problems`` names file, row and field of each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems[:5]) + (" …" if len(problems) > 5 else ""))
        self.problems = problems


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


class _Place(_Row):
    id: str = Field(min_length=1, max_length=64)
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)


class _Sensor(_Place):
    kind: str
    name: str
    street: str = ""


class _Speaker(_Place):
    url: str = Field(pattern=r"^[a-z][a-z0-9+]*:.+")


class _Terminal(_Row):
    id: str
    protocol: str = ""
    terminal: str = ""


class _Ai(_Row):
    camera: str = Field(min_length=1)
    label: str = Field(min_length=1)
    zone: str = ""
    code: str = Field(min_length=1)


class _Route(_Row):
    classes: str = Field(min_length=1)
    responsible: str = ""
    grid: str = ""
    department: str = Field(min_length=1)


class _Town(_Row):
    name: str = Field(min_length=1)
    centre: tuple[float, float]
    frigate: str = Field("", pattern=r"^(https?://.+)?$")


@dataclass(slots=True)
class Folder:
    """All that a register folder says."""

    town: str = ""
    centre: tuple[float, float] = (0.0, 0.0)
    frigate: str = ""
    entities: dict[str, list[wire.Message]] = field(default_factory=dict)
    speaker_urls: dict[str, str] = field(default_factory=dict)
    terminals: dict[str, tuple[str, str]] = field(default_factory=dict)
    sensors: list[dict[str, Any]] = field(default_factory=list)
    ai: list[dict[str, Any]] = field(default_factory=list)
    routes: list[dict[str, str]] = field(default_factory=list)
    classes: Taken[wire.CatalogueItem] = field(default_factory=Taken)
    rules: Taken[wire.FilingRule] = field(default_factory=Taken)
    basemap: Path | None = None


M = TypeVar("M", bound=wire.Message)
R = TypeVar("R", bound=_Row)
Numbered = Iterator[tuple[int, dict[str, Any]]]


class _Parser:
    """Collects problems instead of stopping at the first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []

    def csv(self, name: str) -> Numbered:
        """Yield (line number, row) of a CSV file; a missing file is an empty one."""
        text = self._text(name)
        if text is None:
            return
        reader = csv.DictReader(text.splitlines())
        try:
            for row in reader:
                if None in row or None in row.values():
                    self.problems.append(f"{name} row {reader.line_num}: wrong number of columns")
                    continue
                yield reader.line_num, row
        except csv.Error as error:
            self.problems.append(f"{name} row {reader.line_num}: {error}")

    def geojson(self, name: str, geometry: str) -> Numbered:
        """Yield (feature number, properties with ``line`` or ``ring`` or ``at``)."""
        text = self._text(name)
        if text is None:
            return
        try:
            features = json.loads(text)["features"]
            numbered = list(enumerate(features, 1))
        except (ValueError, KeyError, TypeError):
            self.problems.append(f"{name}: no GeoJSON feature collection")
            return
        for number, feature in numbered:
            try:
                if feature["geometry"]["type"] != geometry:
                    raise ValueError(f"no {geometry}")
                yield number, _shape(feature)
            except (KeyError, TypeError, ValueError, IndexError) as error:
                self.problems.append(f"{name} row {number}: {error}")

    def table(self, name: str, read: Callable[[bytes], Taken[M]]) -> Taken[M]:
        """Return what a table of the catalogue says; a missing file says nothing."""
        data = self._bytes(name)
        taken = read(data) if data is not None else Taken[M]()
        self.problems += [f"{name} {problem}" for problem in taken.problems]
        return taken

    def _text(self, name: str) -> str | None:
        data = self._bytes(name)
        try:
            return None if data is None else data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.problems.append(f"{name}: {error}")
            return None

    def _bytes(self, name: str) -> bytes | None:
        path = self.path / name
        try:
            if path.stat().st_size > MAX_FILE:
                self.problems.append(f"{name}: too large")
                return None
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self.problems.append(f"{name}: {error}")
            return None

    def take(
        self, name: str, rows: Numbered, make: Callable[[dict[str, Any]], wire.Message]
    ) -> list[wire.Message]:
        """Return the models of all good rows; duplicates of an id are problems."""
        seen: set[str] = set()
        made = []
        for number, row in rows:
            try:
                body = make(row)
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(str(part) for part in first["loc"])
                self.problems.append(f"{name} row {number}: {where}: {first['msg']}")
                continue
            id_ = str(row.get("id", number))
            if id_ in seen:
                self.problems.append(f"{name} row {number}: id {id_} stands twice")
            seen.add(id_)
            made.append(body)
        return made


def _shape(feature: dict[str, Any]) -> dict[str, Any]:
    properties = dict(feature["properties"])
    points = feature["geometry"]["coordinates"]
    kind = feature["geometry"]["type"]
    if kind == "Point":
        properties |= {"lon": points[0], "lat": points[1]}
    elif kind == "LineString":
        properties["line"] = [(lon, lat) for lon, lat, *_ in points]
    else:
        ring = [(lon, lat) for lon, lat, *_ in points[0]]
        properties["ring"] = ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring
        if len(properties["ring"]) < 3:
            raise ValueError("a ring of fewer than three points")
    return properties


def _model(model: type[wire.Message], **renamed: str) -> Callable[[dict[str, Any]], wire.Message]:
    """Return a maker of ``model`` from a row; ``renamed`` maps field to column."""
    placed = "at" in model.model_fields

    def make(row: dict[str, Any]) -> wire.Message:
        fields = {
            name: row[renamed.get(name, name)]
            for name in model.model_fields
            if row.get(renamed.get(name, name)) not in (None, "")
        }
        if placed:
            at = _Place.model_validate(row)
            fields["at"] = wire.Point(lat=at.lat, lon=at.lon)
        return model.model_validate(fields)

    return make


def read_folder(path: Path) -> Folder:
    """Read a register folder; raise :class:`RegisterError` listing everything wrong in it."""
    parser = _Parser(path)
    folder = Folder()
    try:
        town = _Town.model_validate_json((path / "town.json").read_bytes())
        folder.town, folder.centre, folder.frigate = town.name, town.centre, town.frigate
    except (OSError, ValidationError) as error:
        parser.problems.append(f"town.json: {str(error).splitlines()[0]}")
    _read_entities(parser, folder)
    _read_bindings(parser, folder)
    _read_catalogue(parser, folder)
    if (path / "basemap.geojson").is_file():
        folder.basemap = path / "basemap.geojson"
    if parser.problems:
        raise RegisterError(parser.problems)
    return folder


def _read_entities(parser: _Parser, folder: Folder) -> None:
    for kind, name, make in (
        ("camera", "cameras.csv", _model(wire.Camera, main="url_main", sub="url_sub")),
        ("speaker", "speakers.csv", _model(wire.Speaker)),
        ("unit", "units.csv", _model(wire.Unit)),
        ("department", "departments.csv", _model(wire.Department)),
    ):
        folder.entities[kind] = parser.take(name, parser.csv(name), make)
    for kind, name, geometry, make in (
        ("street", "streets.geojson", "LineString", _model(wire.Street)),
        ("grid", "grids.geojson", "Polygon", _model(wire.Grid)),
        ("zone", "zones.geojson", "Polygon", _model(wire.Zone)),
        ("place", "places.geojson", "Point", _model(wire.Place)),
    ):
        folder.entities[kind] = parser.take(name, parser.geojson(name, geometry), make)


def _read_bindings(parser: _Parser, folder: Folder) -> None:
    for speaker in _rows(parser, "speakers.csv", _Speaker):
        folder.speaker_urls[speaker.id] = speaker.url
    taken: dict[tuple[str, str], str] = {}
    for unit in _rows(parser, "units.csv", _Terminal):
        if unit.terminal:
            other = taken.setdefault((unit.protocol, unit.terminal), unit.id)
            if other != unit.id:
                parser.problems.append(f"units.csv: {unit.id} has the terminal of {other}")
            folder.terminals[unit.id] = (unit.protocol, unit.terminal)
    folder.sensors = [row.model_dump() for row in _rows(parser, "sensors.csv", _Sensor)]
    folder.ai = [row.model_dump() for row in _rows(parser, "ai.csv", _Ai)]


def _read_catalogue(parser: _Parser, folder: Folder) -> None:
    """Read the town's own classes and rules, and which department answers for what."""
    town = folder.town
    folder.classes = parser.table("classes.csv", lambda data: read_classes(data, ".csv", town))
    folder.rules = parser.table("rules.csv", lambda data: read_rules(data, ".csv"))
    departments = {wire.id_of(body) for body in folder.entities["department"]}
    known = {wire.id_of(item) for item in base.classes()}
    parser.problems += [
        f"classes.csv, rules.csv {problem}"
        for problem in unknown(folder.classes, folder.rules, known, departments)
    ]
    known |= folder.classes.rows.keys()
    grids = {wire.id_of(body) for body in folder.entities["grid"]}
    seen: set[tuple[str, str, str]] = set()
    for number, row in _numbered(parser, "routing.csv", _Route):
        where = f"routing.csv row {number}"
        if row.classes != ANY and not any(id_.startswith(row.classes) for id_ in known):
            parser.problems.append(f"{where}: there is no class {row.classes}")
        if row.grid and row.grid not in grids:
            parser.problems.append(f"{where}: there is no grid {row.grid}")
        if row.department not in departments:
            parser.problems.append(f"{where}: there is no department {row.department}")
        key = (row.classes, row.responsible, row.grid)
        if key in seen:
            parser.problems.append(f"{where}: stands twice")
        seen.add(key)
        folder.routes.append(row.model_dump())


def _rows(parser: _Parser, name: str, model: type[R]) -> list[R]:
    return [row for _, row in _numbered(parser, name, model)]


def _numbered(parser: _Parser, name: str, model: type[R]) -> Iterator[tuple[int, R]]:
    for number, row in parser.csv(name):
        try:
            yield number, model.model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            problem = f"{name} row {number}: {where}: {first['msg']}"
            if problem not in parser.problems:
                parser.problems.append(problem)
