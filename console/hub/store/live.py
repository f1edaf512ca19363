"""The present entities in memory: what rules and doors look things up in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, cast

from console import wire
from console.domain.case import OPEN, State

RESTING = frozenset(state.value for state in State) - {state.value for state in OPEN}


class Live:
    """All entities that are not at rest, by kind and id, as wire models.

    Only the writer thread replaces a kind's mapping, and only after a commit; a mapping
    once handed out never changes, so that any thread may walk it.
    """

    def __init__(self) -> None:
        self._kinds: dict[str, dict[str, wire.Message]] = {kind: {} for kind in wire.KINDS}

    def kind(self, kind: str) -> Mapping[str, Any]:
        """Return the mapping id -> model of one kind."""
        return MappingProxyType(self._kinds[kind])

    def replace(self, kind: str, entities: Iterable[tuple[str, wire.Message | None]]) -> None:
        """Put (or with None take away) entities of one kind in one step."""
        new = dict(self._kinds[kind])
        for id_, body in entities:
            if body is None:
                new.pop(id_, None)
            else:
                new[id_] = body
        self._kinds[kind] = new

    @property
    def cases(self) -> Mapping[str, wire.CaseRow]:
        return cast("Mapping[str, wire.CaseRow]", self.kind("case"))

    @property
    def cameras(self) -> Mapping[str, wire.Camera]:
        return cast("Mapping[str, wire.Camera]", self.kind("camera"))

    @property
    def speakers(self) -> Mapping[str, wire.Speaker]:
        return cast("Mapping[str, wire.Speaker]", self.kind("speaker"))

    @property
    def units(self) -> Mapping[str, wire.Unit]:
        return cast("Mapping[str, wire.Unit]", self.kind("unit"))

    @property
    def streets(self) -> Mapping[str, wire.Street]:
        return cast("Mapping[str, wire.Street]", self.kind("street"))

    @property
    def grids(self) -> Mapping[str, wire.Grid]:
        return cast("Mapping[str, wire.Grid]", self.kind("grid"))

    @property
    def zones(self) -> Mapping[str, wire.Zone]:
        return cast("Mapping[str, wire.Zone]", self.kind("zone"))

    @property
    def places(self) -> Mapping[str, wire.Place]:
        return cast("Mapping[str, wire.Place]", self.kind("place"))

    @property
    def calls(self) -> Mapping[str, wire.Call]:
        return cast("Mapping[str, wire.Call]", self.kind("call"))

    @property
    def templates(self) -> Mapping[str, wire.Template]:
        return cast("Mapping[str, wire.Template]", self.kind("template"))

    @property
    def rules(self) -> Mapping[str, wire.FilingRule]:
        return cast("Mapping[str, wire.FilingRule]", self.kind("rule"))

    @property
    def departments(self) -> Mapping[str, wire.Department]:
        return cast("Mapping[str, wire.Department]", self.kind("department"))

    @property
    def orders(self) -> Mapping[str, wire.SupervisionOrder]:
        return cast("Mapping[str, wire.SupervisionOrder]", self.kind("order"))

    @property
    def rounds(self) -> Mapping[str, wire.Round]:
        return cast("Mapping[str, wire.Round]", self.kind("round"))

    @property
    def catalogue(self) -> Mapping[str, wire.CatalogueItem]:
        return cast("Mapping[str, wire.CatalogueItem]", self.kind("catalogue"))


def rests(body: wire.Message) -> bool:
    """Tell whether an entity has come to its end and need not stay in memory."""
    if isinstance(body, wire.CaseRow):
        return body.state in RESTING
    if isinstance(body, wire.Call):
        return body.state in ("done", "failed")
    return False
