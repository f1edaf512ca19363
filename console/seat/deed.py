"""What a deed of the case flow is; :mod:`console.seat.case_deeds` lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from console import wire
from console.domain.case import Action
from console.seat.asking import Slot

Where = Callable[[wire.CaseRow, wire.Officer], bool]


def _anywhere(_row: wire.CaseRow, _officer: wire.Officer) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done to a case.

    ``id`` is the record's; ``command`` what the hub is sent, the id itself where empty. ``picker``
    names the panel that gives the first argument: ``class``, ``unit`` (anybody), ``officer``
    (units alone) or ``department``. ``goes_on`` selects the next case that waits. ``also`` narrows
    where the flow's table is too wide. ``why`` says why it cannot be taken back, where no row of
    the table names an undo.
    """

    id: str
    title: str
    key: str
    action: Action
    slots: tuple[Slot, ...] = ()
    command: str = ""
    picker: str = ""
    goes_on: bool = False
    also: Where = _anywhere
    why: str = ""
