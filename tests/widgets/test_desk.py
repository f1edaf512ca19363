"""The desk: one mailbox, one selection, commands that come back as results or toasts."""

from __future__ import annotations

from functools import partial
from typing import Any

from console import wire
from tests.widgets.conftest import NOW, StandInClient
from widgets.bridge import Desk, Selection


def test_a_selected_case_brings_its_nearest_cameras_and_speakers(desk: Desk) -> None:
    seen: list[Selection] = []
    desk.selection_changed.connect(seen.append)
    desk.select_case("20261122-0007")
    assert seen[-1].case is not None
    assert seen[-1].case.id == "20261122-0007"
    assert seen[-1].cameras[0] == "cam07", "the proposed camera leads"
    assert len(seen[-1].speakers) == len(desk.mirror.speakers)


def test_what_was_posted_tells_the_panes_once(desk: Desk) -> None:
    sets: list[Any] = []
    desk.changed.connect(sets.append)
    body = desk.mirror.units["u001"].model_dump(mode="json")
    for seq in range(101, 151):
        change = wire.Change(seq=seq, at=NOW, kind="unit", id="u001", body=body)
        message = wire.Changes(changes=[change])
        desk.post(partial(desk.receive, message))
    desk.drain()
    assert len(sets) == 1
    assert sets[0].kinds == {"unit": {"u001"}}
    assert desk.mirror.seq == 150


def test_the_selection_follows_a_change_of_its_case(desk: Desk) -> None:
    desk.select_case("20261122-0007")
    body = desk.mirror.cases["20261122-0007"].model_dump(mode="json") | {"version": 99}
    change = wire.Change(seq=101, at=NOW, kind="case", id="20261122-0007", body=body)
    desk.post(lambda: desk.receive(wire.Changes(changes=[change])))
    desk.drain()
    assert desk.selection.case is not None
    assert desk.selection.case.version == 99


def test_a_command_carries_the_version_the_officer_saw(desk: Desk, client: StandInClient) -> None:
    done: list[wire.CommandResult] = []
    desk.submit("case.file", "20261122-0007", then=done.append)
    desk.drain()
    assert client.submitted[0].version == 7
    assert done[0].target == "20261122-0007"


def test_a_refusal_becomes_a_worded_toast(desk: Desk, client: StandInClient) -> None:
    client.answers["case.file"] = wire.Problem(code="forbidden")
    toasts: list[tuple[str, str]] = []
    desk.toast.connect(lambda level, text: toasts.append((level, text)))
    desk.submit("case.file", "20261122-0007")
    desk.drain()
    assert toasts == [("urgent", "Your account may not do this; ask the shift leader")]


def test_a_conflict_shows_the_newer_row_and_is_news_not_a_fault(
    desk: Desk, client: StandInClient
) -> None:
    known = desk.mirror.cases["20261122-0007"]
    newer = known.model_copy(update={"version": 99, "state": "dispatched", "unit_name": "王5"})
    client.answers["case.file"] = wire.Problem(
        code="conflict", current=newer.model_dump(mode="json")
    )
    toasts: list[tuple[str, str]] = []
    desk.toast.connect(lambda level, text: toasts.append((level, text)))
    desk.submit("case.file", known.id)
    desk.drain()
    assert desk.mirror.cases[known.id].version == 99
    level, text = toasts[0]
    assert level == "warn"
    assert "王5" in text
