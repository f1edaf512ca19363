"""What the hub would do with a case, why, and what else it might be."""

from __future__ import annotations

from PySide6.QtCore import QObject

from console import wire
from console.domain.geo import distance
from widgets.actions import key_text
from widgets.bridge import Desk
from widgets.case import words
from widgets.case.page import Page
from widgets.wording import length_text, limit_text

WAITING = frozenset({"proposed", "returned", "accepted", "verifying", "verified", "filed"})
"""States in which a proposal still says what may be done."""

OTHERS = 3
_CHANGE = "case.reclassify"


class ProposalSection(QObject):
    """Writes the proposal, and apart from it what it rests on."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._mirror = desk, desk.mirror

    def write(self, page: Page, row: wire.CaseRow) -> None:
        """Write whom it would send with which class, and the next likely classes."""
        proposal = row.proposal
        if proposal is None or row.state not in WAITING:
            return
        page.heading(self.tr("Proposal"))
        self._class(page, row, proposal)
        self._whom(page, row, proposal)
        self._others(page, row, proposal)

    def _others(self, page: Page, row: wire.CaseRow, proposal: wire.Proposal) -> None:
        """Write the next likely classes with the keys that take them."""
        scheme, registry = wire.BASE_SCHEME, self._desk.registry
        key = key_text(registry[_CHANGE].key) if _CHANGE in registry else ""
        shares = {wire.class_id(scheme, o.kind, o.code): o.share for o in proposal.others}
        # The picker numbers them so: the class it has, the one proposed, then these.
        first = wire.class_id(row.scheme, row.kind, row.code)
        proposed = wire.class_id(scheme, proposal.kind, proposal.code)
        known = self._mirror.catalogue
        listed = [id_ for id_ in dict.fromkeys([first, proposed, *shares]) if id_ in known]
        others: list[tuple[str, str]] = []
        for number, id_ in enumerate(listed, start=1):
            if id_ in shares and len(others) < OTHERS and id_ not in (first, proposed):
                share = f" {shares[id_]:.0%}" if shares[id_] else ""
                name = known[id_].name
                others.append((f"{key} {number}".strip(), name + share))
        page.choices(self.tr("Or"), others)

    def write_reasons(self, page: Page, row: wire.CaseRow) -> None:
        """Write what the proposal rests on."""
        proposal = row.proposal
        if proposal is None or row.state not in WAITING or not proposal.reasons:
            return
        page.heading(self.tr("Why"))
        for reason in proposal.reasons:
            text = words.reason_text(reason, self._mirror)
            page.text(text, font=page.theme.small, colour=page.theme.muted)

    def _class(self, page: Page, row: wire.CaseRow, proposal: wire.Proposal) -> None:
        scheme = wire.BASE_SCHEME
        item = self._mirror.catalogue.get(wire.class_id(scheme, proposal.kind, proposal.code))
        page.pair(self.tr("Class"), item.name if item is not None else row.name, proposal.code)
        rule = self._mirror.rules.get(proposal.rule or row.rule or "")
        if rule is not None:
            page.pair(self.tr("Limit"), limit_text(rule.limit), rule.responsible)
            theme = page.theme
            page.text(rule.condition, font=theme.small, colour=theme.faint)

    def _whom(self, page: Page, row: wire.CaseRow, proposal: wire.Proposal) -> None:
        mirror = self._mirror
        unit = mirror.units.get(proposal.unit) if proposal.unit else None
        if unit is not None:
            fix = mirror.positions.get(unit.id)
            away = distance(fix.lat, fix.lon, row.at.lat, row.at.lon) if fix else None
            note = "  ".join(filter(None, (length_text(away) if away else "", unit.phone)))
            page.pair(self.tr("Send"), f"{unit.name}  {unit.squad}".strip(), note)
        department = mirror.departments.get(proposal.department or "")
        if department is not None:
            page.pair(self.tr("Agency"), department.name, department.phone)
        if proposal.officer:
            page.pair(self.tr("In charge"), proposal.officer, proposal.phone)
