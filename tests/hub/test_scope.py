"""Who sees and does what, over the wire: by district, department and person, on each engine."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from pydantic import TypeAdapter
from websockets.sync.client import ClientConnection

from console import wire
from console.domain.case import Role
from console.hub.store import Tx
from tests.hub.conftest import (
    NOON,
    TOKEN,
    ServedHub,
    case_row,
    command,
    officer,
    officer_unit,
    seed,
)

MESSAGE: TypeAdapter[wire.StreamMessage] = TypeAdapter(wire.StreamMessage)
ROUND_THE_PLACE = [(121.2, 28.6), (121.3, 28.6), (121.3, 28.7), (121.2, 28.7)]
"""The first district; what lies outside is nobody's."""


def district(id_: str, ring: list[tuple[float, float]]) -> wire.Grid:
    return wire.Grid(id=id_, level=1, name=id_, ring=ring)


def camera(id_: str, lat: float) -> wire.Camera:
    at = wire.Point(lat=lat, lon=121.26)
    return wire.Camera(id=id_, name=id_, at=at, main="rtsp://x/1", sub="rtsp://x/2")


@pytest.fixture
def town(served_on_each: ServedHub) -> ServedHub:
    """Two districts' cases, each with a picture; a camera in the first and one far away."""
    served = served_on_each
    north = [(lon, lat + 1) for lon, lat in ROUND_THE_PLACE]
    served.call(
        seed(
            served.hub,
            district("d1", ROUND_THE_PLACE),
            district("d2", north),
            case_row("C1", district="d1", department="parks"),
            case_row("C2", district="d2", department="water", assisting=["fire"]),
            case_row("C3", district="d2", state="dispatched", unit="u9"),
            camera("cam1", 28.65),
            camera("cam2", 29.65),
            wire.Speaker(id="spk1", name="s", at=wire.Point(lat=28.65, lon=121.26)),
            wire.Call(
                id="call1",
                case="C1",
                speaker="s",
                operator="o",
                kind="talk",
                state="opening",
                asked=NOON,
            ),
            officer_unit("u1"),
        )
    )
    return served


def seen(served: ServedHub, token: str, kind: str = "case") -> set[str]:
    snapshot = served.get("/api/snapshot", headers=served.by(token)).json()
    return {body["id"] for body in snapshot["entities"][kind]}


def test_each_sees_the_cases_he_answers_for_and_no_others(town: ServedHub) -> None:
    for who, cases in (
        (officer(Role.LEADER), {"C1", "C2", "C3"}),
        (officer(Role.DISPATCHER, districts=["d1"], departments=[]), {"C1"}),
        (officer(Role.UNIT_ADMIN, districts=[], departments=["water"]), {"C2"}),
        (officer(Role.UNIT_ADMIN, districts=[], departments=["fire", "parks"]), {"C1", "C2"}),
        (officer(Role.HANDLER, id_="u9", districts=[], departments=[]), {"C3"}),
        (officer(Role.DISPATCHER, districts=[], departments=[]), set()),
        (officer(Role.UNIT_ADMIN, districts=[], departments=["*"]), {"C1", "C2"}),
    ):
        token = town.admit(who)
        assert seen(town, token) == cases, who
        queue = town.post("/api/queue", wire.QueueQuery(), headers=town.by(token)).json()
        assert {row["id"] for row in queue["rows"]} == cases, who
        facets = town.post("/api/queue/facets", wire.CaseFilter(), headers=town.by(token)).json()
        assert facets["total"] == len(cases), who
        for case in ("C1", "C2", "C3"):
            answer = town.get(f"/api/cases/{case}", headers=town.by(token))
            assert answer.status_code == (200 if case in cases else 403), (who, case)
            noted = town.post(
                "/api/commands", command("case.note", case, text="x"), headers=town.by(token)
            )
            assert noted.status_code == (200 if case in cases else 403), (who, case)
            assert noted.ok or noted.json()["code"] == "out_of_scope"


def test_cameras_speakers_and_calls_follow_district_case_and_role(town: ServedHub) -> None:
    near = town.admit(officer(Role.DISPATCHER, id_="near", districts=["d1"], departments=[]))
    far = town.admit(officer(Role.DISPATCHER, id_="far", districts=["d2"], departments=[]))
    walks = town.admit(officer(Role.COLLECTOR, id_="walks"))
    everything = town.admit(officer(Role.DISPATCHER, id_="all"))
    assert [seen(town, who, "camera") for who in (near, far, walks, everything)] == [
        {"cam1"},
        {"cam2"},
        set(),
        {"cam1", "cam2"},
    ]
    assert [seen(town, who, "speaker") for who in (near, far)] == [{"spk1"}, set()]
    assert [seen(town, who, "call") for who in (near, far)] == [{"call1"}, set()]
    for who, status in ((near, 204), (far, 403), (walks, 403)):
        body = wire.Watch(cameras=["cam1"])
        assert town.post("/api/watch", body, headers=town.by(who)).status_code == status


def test_a_file_is_opened_by_who_may_see_its_case(town: ServedHub) -> None:
    keep = town.hub.media.keep
    of_case = town.call(keep(b"\xff\xd8a", "image/jpeg", "report", case="C1"))
    of_none = town.call(keep(b"\xff\xd8b", "image/jpeg", "snapshot"))
    near = town.admit(officer(Role.DISPATCHER, id_="near", districts=["d1"], departments=[]))
    far = town.admit(officer(Role.DISPATCHER, id_="far", districts=["d2"], departments=[]))
    for who, status in ((near, (200, 403)), (far, (403, 403)), (TOKEN, (200, 200))):
        asked = [town.get(f"/api/media/{m.id}", headers=town.by(who)) for m in (of_case, of_none)]
        assert tuple(one.status_code for one in asked) == status


def test_who_reported_a_case_sees_it_and_who_calls_himself_so_does_not(town: ServedHub) -> None:
    where = wire.Point(lat=28.65, lon=121.26)

    def report(tx: Tx) -> None:
        for id_, source, said in (
            ("r1", "collector", {"data": {"by": "hu"}}),
            ("r2", "citizen", {"reporter": "lin"}),
        ):
            body = {"id": id_, "case": "C1", "source": source, "at": NOON, "where": where}
            tx.report(wire.Report.model_validate(body | said))

    town.call(town.hub.store.write(report))
    for who, status in (("hu", 200), ("lin", 403)):
        token = town.admit(officer(Role.COLLECTOR, id_=who, districts=[], departments=[]))
        assert town.get("/api/cases/C1", headers=town.by(token)).status_code == status


def changes(seat: ClientConnection, until: int) -> list[tuple[str, bool]]:
    """Return (id, whether it has a body) of the changes up to a beat of a number."""
    found = []
    while True:
        match MESSAGE.validate_json(seat.recv(10)):
            case wire.Changes(changes=some):
                found += [(change.id, change.body is not None) for change in some]
            case wire.Beat(seq=seq) if seq >= until:
                return found
            case _:
                pass


def test_the_stream_tells_of_what_is_in_scope_and_takes_away_what_leaves_it(
    town: ServedHub,
) -> None:
    token = town.admit(officer(Role.DISPATCHER, districts=["d1"], departments=[]))
    start = town.hub.stream.seq

    def change(*rows: wire.CaseRow) -> int:
        town.call(seed(town.hub, *rows))
        return town.hub.stream.seq

    with town.stream(start, token) as seat:
        change(case_row("C2", district="d2", place="别处"))
        change(case_row("C1", district="d1", place="这里"))
        change(case_row("C1", district="d2"))
        change(case_row("C1", district="d2", place="远处"))
        last = change(case_row("C3", district="d1", state="dispatched"))
        assert changes(seat, last) == [("C1", True), ("C1", False), ("C3", True)]
    with town.stream(start, token) as again:
        assert changes(again, last) == [
            ("C2", False),
            ("C1", True),
            ("C1", False),
            ("C1", False),
            ("C3", True),
        ], "what it saw before is not known any more: everything else is taken away"


def test_a_loudspeaker_out_of_scope_is_not_spoken_through(town: ServedHub) -> None:
    far = town.admit(officer(Role.DISPATCHER, id_="far", districts=["d2"], departments=[]))
    near = town.admit(officer(Role.DISPATCHER, id_="near", districts=["d1"], departments=[]))
    for who, code in ((far, "out_of_scope"), (near, "voice_away")):
        warning = command("voice.warn", None, speaker="spk1", text="请离开")
        answer = town.post("/api/commands", warning, headers=town.by(who))
        assert answer.json()["code"] == code


def test_what_is_refused_is_kept_in_the_audit_chain(town: ServedHub) -> None:
    token = town.admit(officer(Role.DISPATCHER, id_="far", districts=["d2"], departments=[]))
    for id_, args in (
        ("case.file", {}),
        ("case.note", {"text": "x"}),
        ("case.dispatch", {"unit": "u1"}),
    ):
        refused = town.post("/api/commands", command(id_, "C1", **args), headers=town.by(token))
        assert refused.status_code == 403
    merged: dict[str, Any] = {"into": "C1"}
    town.post("/api/commands", command("case.merge", "C2", **merged), headers=town.by(token))
    entries = town.get("/api/audit").json()["entries"]
    denied = [entry for entry in entries if entry["action"] == "command.denied"]
    assert [entry["detail"]["command"] for entry in denied] == [
        "case.file",
        "case.note",
        "case.dispatch",
        "case.merge",
    ]
    assert {entry["actor"] for entry in denied} == {"far"}


def test_an_account_without_roles_is_refused_at_every_route_that_asks_who_is_there(
    served: ServedHub,
) -> None:
    token = served.admit(officer(id_="nothing"))
    paths = served.get("/openapi.json").json()["paths"]
    asked = 0
    for path, methods in paths.items():
        if not path.startswith("/api/") or path == "/api/login":
            continue
        for method in methods:
            answer = requests.request(
                method, served.url + path, headers=served.by(token), timeout=10, json={}
            )
            assert answer.status_code == 403, (method, path)
            assert wire.Problem.model_validate(answer.json()).code == "forbidden"
            asked += 1
    assert asked > 12
