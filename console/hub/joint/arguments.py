"""What the commands of joint work are given: read by models, refused by field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from pydantic import ConfigDict, ValidationError

from console import wire
from console.domain.case import Role
from console.domain.clock import CHINA
from console.domain.permit import Deed, Kind, Thing
from console.hub.auth import permit
from console.hub.commands import Order
from console.hub.refusal import Refused
from console.hub.scope import check_case, check_media
from console.hub.store import Reader, Tx

if TYPE_CHECKING:
    from console.hub.context import Hub

A = TypeVar("A", bound="Arguments")
M = TypeVar("M", bound=wire.Message)

LEAD = frozenset({Role.SHIFT_LEADER, Role.LEADER})
DESK = LEAD | {Role.DISPATCHER}
UNIT = LEAD | {Role.UNIT_ADMIN}
"""The department's own administrator; the lead writes down for it what it said."""

FIELD = DESK | {Role.UNIT_ADMIN, Role.HANDLER, Role.COLLECTOR, Role.PATROLLER, Role.INSPECTOR}
OFFICERS = FIELD | {Role.ACCEPTOR, Role.SPEAKER}
INSPECT = DESK | {Role.INSPECTOR}

MOST_TEXT = 4000


class Arguments(wire.Message):
    """Base of what a command is given."""

    model_config = ConfigDict(str_strip_whitespace=True)


def read(order: Order, model: type[A]) -> A:
    """Return the arguments of a command; refuse what is wrong with its field named."""
    try:
        return model.model_validate(order.command.args)
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0]) if first["loc"] else None
        raise Refused("bad_argument", first["msg"], field=field) from error


def target(tx: Tx, order: Order, model: type[M]) -> M:
    """Return what a command is about."""
    found = tx.get(model, order.command.target or "")
    if found is None:
        raise Refused("unknown_target", order.command.target or "", status=404, field="target")
    return found


def number(tx: Tx, word: str) -> tuple[int, int]:
    """Return (year in China, next number of that year) for a kind of paper."""
    year = tx.now.astimezone(CHINA).year
    return year, tx.count(f"{word}/{year}")


def check_departments(hub: Hub, ids: Iterable[str]) -> list[str]:
    """Return departments without those said twice; refuse one that is not there."""
    for id_ in ids:
        if id_ not in hub.live.departments:
            raise Refused("unknown_department", id_, status=404, field="departments")
    return list(dict.fromkeys(ids))


def check_cases(tx: Tx, order: Order, ids: Iterable[str], field: str = "cases") -> list[str]:
    """Return cases without those said twice; refuse one the officer does not see."""
    for id_ in ids:
        row = tx.get(wire.CaseRow, id_)
        if row is None:
            raise Refused("unknown_case", id_, status=404, field=field)
        check_case(order.officer, Deed.SEE, row, tx)
    return list(dict.fromkeys(ids))


def check_photos(reader: Reader, order: Order, **photos: str | None) -> None:
    """Refuse a photo that is not kept, or not the officer's to see."""
    for field, id_ in photos.items():
        if id_ is None:
            continue
        media = reader.get_media(id_)
        if media is None:
            raise Refused("unknown_media", id_, status=404, field=field)
        check_media(order.officer, Deed.SEE, media, reader)


def check_district(hub: Hub, id_: str) -> str:
    """Return a first-level grid, or nothing where none was named."""
    grid = hub.live.grids.get(id_)
    if id_ and (grid is None or grid.level != 1):
        raise Refused("unknown_district", id_, status=404, field="district")
    return id_


def department_of(order: Order, asked: str, named: list[str]) -> tuple[str, bool]:
    """Return for which of the ``named`` departments an officer acts, and whether on its behalf."""
    own = [id_ for id_ in named if id_ in order.officer.departments]
    department = asked or (own or named)[0]
    if department not in named:
        raise Refused("unknown_department", department, status=404, field="department")
    permit(order.officer, Deed.ACT, Thing(Kind.JOINT, departments=frozenset({department})))
    return department, Role.UNIT_ADMIN not in order.officer.roles


def told(tx: Tx, order: Order, department: str, *, on_behalf: bool) -> wire.Receipt:
    """Return the receipt of a department, given now."""
    officer = order.officer
    return wire.Receipt(
        department=department, at=tx.now, by=officer.id, name=officer.name, on_behalf=on_behalf
    )


def moment(given: datetime | None, now: datetime) -> datetime:
    """Return when something happened: now where it is not said; refuse what is yet to come."""
    if given is not None and (given.tzinfo is None or given > now):
        raise Refused("bad_argument", "it is no moment of the past", field="at")
    return given or now
