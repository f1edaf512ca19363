"""The HTTP interface: complete, bounded, and a Problem for whatever is wrong."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console import wire
from console.hub.store import Tx
from tests.hub.conftest import (
    DUTY,
    NOON,
    ServedHub,
    TestClock,
    case_row,
    command,
    make_hub,
    officer_unit,
    seed,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


def test_the_snapshot_holds_every_kind_and_is_what_wire_says(served: ServedHub) -> None:
    served.call(seed(served.hub, case_row(), officer_unit("u1")))
    snapshot = wire.Snapshot.model_validate(served.get("/api/snapshot").json())
    assert set(snapshot.entities) == set(wire.KINDS)
    assert snapshot.seq == served.hub.store.seq
    assert (snapshot.at, snapshot.officer) == (NOON, DUTY)
    for kind, bodies in snapshot.entities.items():
        for body in bodies:
            wire.KINDS[kind].model_validate(body)
    assert len(snapshot.entities["catalogue"]) == 403 + 190  # both standards


def test_a_case_in_full_has_history_reports_files_and_calls(served: ServedHub) -> None:
    call = wire.Call(
        id="call1", case="C1", speaker="s", operator="o", kind="talk", state="done", asked=NOON
    )
    where = wire.Point(lat=1, lon=2)

    def write(tx: Tx) -> None:
        tx.put("case", case_row("C1"))
        tx.put("call", call)
        tx.put("call", call.model_copy(update={"id": "other", "case": None}))
        tx.fact("C1", "propose", "system", "system", "proposed")
        tx.report(wire.Report(id="r1", case="C1", source="ai", at=NOON, where=where))

    served.call(served.hub.store.write(write))
    photo = served.call(served.hub.media.keep(b"jpeg", "image/jpeg", "report", case="C1"))
    detail = wire.CaseDetail.model_validate(served.get("/api/cases/C1").json())
    assert [call.id for call in detail.calls] == ["call1"]
    assert [report.id for report in detail.reports] == ["r1"]
    assert [fact.action for fact in detail.history] == ["propose"]
    assert detail.media == [photo]
    assert served.get("/api/cases/C2").status_code == 404


def test_a_file_is_given_out_as_it_was_kept_and_who_looked_is_audited(served: ServedHub) -> None:
    photo = served.call(served.hub.media.keep(b"\xff\xd8jpeg", "image/jpeg", "report", case="C1"))
    answer = served.get(f"/api/media/{photo.id}")
    assert answer.content == b"\xff\xd8jpeg"
    assert answer.headers["content-type"] == "image/jpeg"
    entries = served.get("/api/audit").json()["entries"]
    assert (entries[-1]["action"], entries[-1]["target"]) == ("media.view", photo.id)
    page = served.call(served.hub.media.keep(b"<script>", "text/html", "report"))
    assert served.get(f"/api/media/{page.id}").headers["content-type"] != "text/html"


def test_a_file_changed_on_disk_is_not_given_out(served: ServedHub) -> None:
    photo = served.call(served.hub.media.keep(b"the truth", "image/jpeg", "report"))
    path = served.hub.media.path(photo.sha256)
    path.write_bytes(b"the other")
    answer = served.get(f"/api/media/{photo.id}")
    assert (answer.status_code, answer.json()["code"]) == (410, "media_damaged")
    path.unlink()
    assert served.get(f"/api/media/{photo.id}").json()["code"] == "media_missing"
    again = served.call(served.hub.media.keep(b"the truth", "image/jpeg", "report"))
    assert served.get(f"/api/media/{again.id}").content == b"the truth"


def test_who_watches_which_camera_is_audited(served: ServedHub) -> None:
    camera = wire.Camera(
        id="cam07", name="七号", at=wire.Point(lat=1, lon=1), main="rtsp://x/1", sub="rtsp://x/2"
    )
    served.call(seed(served.hub, camera))
    assert served.post("/api/watch", wire.Watch(cameras=["cam07"])).status_code == 204
    assert served.get("/api/audit").json()["entries"][-1]["detail"] == {"cameras": ["cam07"]}
    assert served.post("/api/watch", wire.Watch(cameras=["cam99"])).status_code == 404


def test_a_command_over_http_is_idempotent_and_undone(served: ServedHub) -> None:
    served.call(seed(served.hub, case_row("C1")))
    filing = command("case.file", "C1", version=1)
    first = served.post("/api/commands", filing)
    result = wire.CommandResult.model_validate(first.json())
    assert served.post("/api/commands", filing).json() == first.json()
    assert result.undo is not None
    assert served.post("/api/commands", result.undo).status_code == 200
    conflict = served.post("/api/commands", command("case.file", "C1", version=1))
    problem = wire.Problem.model_validate(conflict.json())
    assert conflict.status_code == 409
    assert problem.current is not None
    assert problem.current["version"] == 3


def test_the_wrong_field_is_named_and_what_was_sent_is_not_repeated(served: ServedHub) -> None:
    for body, field in (
        ({"id": "case.file"}, "key"),
        ({"id": "no dots", "key": "12345678"}, "id"),
        ({"id": "case.file", "key": "12345678", "more": "secret"}, "more"),
        ({"id": "case.file", "key": "12345678", "version": "secret"}, "version"),
    ):
        answer = served.post("/api/commands", body)
        assert (answer.status_code, answer.json()["field"]) == (422, field)
        assert "secret" not in answer.text


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(["/api/commands", "/api/watch", "/api/login"]),
    st.one_of(
        st.binary(max_size=60),
        JSON.map(lambda value: json.dumps(value).encode()),
        st.fixed_dictionaries(
            {
                "id": st.sampled_from(["case.note", "case.dispatch", "case.reclassify", "x.y"]),
                "key": st.text(max_size=70),
                "target": st.sampled_from(["C1", "", "\x00", None]) | st.text(max_size=70),
                "args": st.dictionaries(st.sampled_from(["text", "unit", "code"]), JSON),
            }
        ).map(lambda value: json.dumps(value).encode()),
    ),
)
def test_no_input_makes_the_hub_fail(served: ServedHub, path: str, body: bytes) -> None:
    answer = served.session.post(
        served.url + path, data=body, headers={"content-type": "application/json"}, timeout=10
    )
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        wire.Problem.model_validate(answer.json())


def test_deep_json_odd_paths_and_odd_headers_are_only_refused(served: ServedHub) -> None:
    headers = {"content-type": "application/json"}
    deep = b"[" * 200_000
    url = served.url
    for method, path, data in (
        ("POST", "/api/commands", deep),
        ("POST", "/api/commands", b'{"args":' * 50_000),
        ("GET", "/api/cases/%00", b""),
        ("GET", "/api/cases/" + "x" * 5000, b""),
        ("GET", "/api/media/..%2f..%2fetc%2fpasswd", b""),
        ("GET", "/api/audit?since=-1", b""),
        ("GET", "/api/audit?since=99999999999999999999", b""),
        ("DELETE", "/api/snapshot", b""),
        ("GET", "/nowhere", b""),
    ):
        answer = served.session.request(method, url + path, data=data, headers=headers, timeout=10)
        assert 400 <= answer.status_code < 500, path
        wire.Problem.model_validate(answer.json())


def test_a_body_over_the_limit_is_refused_announced_or_not(
    tmp_path: Path, clock: TestClock
) -> None:
    with ServedHub(make_hub(tmp_path, clock, max_upload=100_000)) as served:
        big = b"x" * 150_000
        announced = served.session.post(served.url + "/api/commands", data=big, timeout=10)
        assert announced.status_code == 413
        chunked = served.session.post(
            served.url + "/api/commands", data=iter([big[:75_000]] * 2), timeout=10
        )
        assert (chunked.status_code, chunked.json()["code"]) == (413, "too_large")
        assert served.get("/api/health").status_code == 200


def test_answers_are_not_held_back_for_more_to_send(served: ServedHub) -> None:
    """Forty milliseconds a command is what Nagle's algorithm costs on a kept connection."""
    served.call(seed(served.hub, case_row("C1")))
    times = []
    for _ in range(15):
        before = time.perf_counter()
        assert served.post("/api/commands", command("case.note", "C1", text="备注")).ok
        times.append(time.perf_counter() - before)
    assert min(times) < 0.03


def test_health_names_the_hubs_parts_with_figures(served: ServedHub) -> None:
    def parts() -> dict[str, wire.Part]:
        health = wire.Health.model_validate(served.get("/api/health").json())
        return {part.name: part for part in health.parts}

    with served.stream(served.hub.stream.seq) as seat:
        while '"health"' not in str(seat.recv(5)):
            pass
        seen = parts()
    assert {"hub", "store", "log", "positions", "disk", "clock"} <= set(seen)
    assert seen["store"].figures["commits"] >= 1
    assert seen["disk"].figures["free_mb"] > 0
    assert all(part.state == "ok" for part in seen.values()), seen


def test_openapi_names_an_answer_for_every_route(served: ServedHub) -> None:
    paths = served.get("/openapi.json").json()["paths"]
    for path, methods in paths.items():
        for method, route in methods.items():
            good = next(code for code in route["responses"] if code.startswith("2"))
            if good != "204":
                assert route["responses"][good].get("content"), (method, path)
            assert "4XX" in route["responses"], (method, path)


def test_a_connection_that_says_nothing_does_not_hold_the_end_up(
    tmp_path: Path, clock: TestClock
) -> None:
    with contextlib.ExitStack() as left:
        with ServedHub(make_hub(tmp_path, clock)) as served:
            idle = socket.create_connection(("127.0.0.1", int(served.url.rpartition(":")[2])))
            left.enter_context(idle)
            served.get("/api/health")
            for _ in range(3):
                left.enter_context(served.stream(0))
            ending = time.monotonic()
        assert time.monotonic() - ending < 10.0
