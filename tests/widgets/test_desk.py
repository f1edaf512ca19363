"""The desk: one mailbox, one selection, commands that come back as results or toasts."""

from __future__ import annotations

from functools import partial
from typing import Any

from console import wire
from console.seat.commands import Record
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


def overtaken(desk: Desk, case: str, field: str, was: str, now: str) -> wire.Problem:
    """Return the hub's word that 李强 changed something of a case."""
    row = desk.mirror.cases[case].model_copy(update={"version": 99})
    change = wire.FieldChange(field=field, was=was, now=now)
    current = row.model_dump(mode="json")
    return wire.Problem(code="conflict", current=current, changed_by="李强", changes=[change])


def toasts_of(desk: Desk) -> list[tuple[str, str]]:
    toasts: list[tuple[str, str]] = []
    desk.toast.connect(lambda level, text: toasts.append((level, text)))
    return toasts


def test_a_change_of_something_else_is_merged_and_told(desk: Desk, client: StandInClient) -> None:
    case = next(row.id for row in desk.mirror.cases.values() if row.state == "filed")
    client.answers["case.dispatch"] = overtaken(desk, case, "code", "游商", "跨门营业")
    toasts, done = toasts_of(desk), list[wire.CommandResult]()

    def answer(command: wire.Command, _result: object) -> None:
        client.answers.pop(command.id, None)

    desk.answered.connect(answer)
    desk.submit("case.dispatch", case, {"unit": "u003"}, then=done.append)
    desk.drain()
    first, second = client.submitted
    assert (second.args, second.version) == (first.args, 99)
    assert second.key != first.key
    assert len(done) == 1
    level, text = toasts[0]
    assert level == "info"
    assert "李强" in text
    assert "游商 → 跨门营业" in text


def test_a_change_of_the_same_thing_names_who_did_what_and_offers_the_key(
    desk: Desk, client: StandInClient
) -> None:
    case = next(row.id for row in desk.mirror.cases.values() if row.state == "filed")
    client.answers["case.dispatch"] = overtaken(desk, case, "unit", "", "王5")
    toasts = toasts_of(desk)
    failed: list[wire.Problem] = []
    desk.registry.add([Record("case.dispatch", "Send", lambda: None, "Shift+A")])
    desk.submit("case.dispatch", case, failed=failed.append)
    desk.drain()
    assert len(client.submitted) == 1
    assert len(failed) == 1
    level, text = toasts[0]
    assert level == "warn"
    for part in ("李强", "王5", "Shift+A"):
        assert part in text


def test_a_case_in_somebodys_hands_is_refused_by_name(desk: Desk, client: StandInClient) -> None:
    row = desk.mirror.cases["20261122-0007"]
    taken = row.model_copy(update={"claimed_by": "li", "claimed_name": "李强"})
    client.answers["case.file"] = wire.Problem(
        code="claimed", detail="李强", current=taken.model_dump(mode="json")
    )
    toasts = toasts_of(desk)
    desk.submit("case.file", row.id)
    desk.drain()
    assert toasts[0][0] == "warn"
    assert "李强" in toasts[0][1]


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
