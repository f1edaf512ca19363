"""Every way in ends at one desk: one thing in the street is one case."""

from __future__ import annotations

import itertools
import json
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from console.protocols import frigate, open311
from console.wire import CaseDetail, CaseRow
from tests.hub import small_town
from tests.hub.conftest import INTAKE_KEY, ServedHub, TestClock, command, make_hub
from tests.rig.waiting import until

DOOR = {"X-API-Key": INTAKE_KEY}
numbers = itertools.count(1)


@pytest.fixture
def town(tmp_path: Path, clock: TestClock) -> Iterator[ServedHub]:
    register = small_town.write_register(tmp_path / "register")
    with ServedHub(make_hub(tmp_path / "hub", clock, register_dir=register)) as served:
        yield served


def event(clock: TestClock, **changes: Any) -> frigate.Event:
    fields: dict[str, Any] = {
        "id": f"1795336200.5-{next(numbers)}",
        "kind": "new",
        "camera": "cam07",
        "label": "vendor",
        "start": clock.now,
        "frame": clock.now,
        "score": 0.91,
        "entered": ("z01",),
        "zones": ("z01",),
        "box": (1.0, 2.0, 3.0, 4.0),
    }
    return frigate.Event(**fields | changes)


def detect(town: ServedHub, seen: frigate.Event) -> dict[str, Any]:
    answer = town.post("/intake/frigate", frigate.encode(seen), headers=DOOR)
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


def citizen(
    town: ServedHub,
    text: str = "有小贩在校门口卖水果",
    east: float = 5,
    north: float = 5,
    code: str = "09001",
    files: Any = None,
    **more: str,
) -> str:
    lat, lon = small_town.at(east, north)
    form = open311.encode(open311.NewRequest(code, lat, lon, description=text))
    form |= {"api_key": INTAKE_KEY} | more
    answer = town.session.post(
        f"{town.url}/open311/v2/requests.json", data=form, files=files, timeout=10
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()[0]["service_request_id"])


def cases(town: ServedHub) -> list[CaseRow]:
    return list(town.hub.live.cases.values())


def detail(town: ServedHub, case: str) -> CaseDetail:
    return CaseDetail.model_validate(town.get(f"/api/cases/{case}").json())


def test_a_detection_opens_a_case_with_everything_proposed(
    town: ServedHub, clock: TestClock
) -> None:
    here = small_town.at(0, 40)
    query = {"id": "phone-2", "lat": here[0], "lon": here[1], "timestamp": clock.now.timestamp()}
    assert town.get("/intake/osmand", params=query, headers=DOOR).status_code == 200
    assert detect(town, event(clock))["result"] == "opened"
    (row,) = cases(town)
    assert (row.code, row.name, row.state) == ("09001", "无照经营游商", "proposed")
    assert row.place == "人民路 · 石桥社区第三网格附近"
    assert (row.street, row.grid, row.grid_name) == ("r01", "g3-3", "石桥社区第三网格")
    assert row.id == "C20261122-0001"
    assert row.rule == "base/gb2026/matter/09001/1-vendor"
    assert (row.due - row.opened).total_seconds() == 2 * 3600
    assert row.proposal is not None
    assert (row.proposal.camera, row.proposal.speaker) == ("cam07", "spk07")
    assert row.proposal.unit == "u002"
    codes = [reason.code for reason in row.proposal.reasons]
    assert codes == ["label", "rule", "seen", "speaker", "unit"]
    assert row.proposal.reasons[0].text == "vendor 0.91 · 石桥小学禁摆区"


@pytest.mark.parametrize("ai_first", [True, False])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("有小贩在校门口卖水果", "09001"),
        ("有人占道，路都堵了", "09006"),
        ("门口有人占道经营", "00000"),
    ],
)
def test_a_detection_and_a_citizen_of_one_vendor_make_one_case(
    town: ServedHub, clock: TestClock, ai_first: bool, text: str, code: str
) -> None:
    for by_ai in (ai_first, not ai_first):
        if by_ai:
            detect(town, event(clock))
        else:
            citizen(town, text, code=code)
        clock.move(minutes=3)
    (row,) = cases(town)
    assert (row.code, row.reports, row.priority) == ("09001", 2, 1)
    assert set(row.sources) == {"ai", "citizen"}
    assert row.proposal is not None
    assert row.proposal.code == "09001"
    history = detail(town, row.id).history
    assert [fact.action for fact in history] == ["propose", "join"]
    assert {fact.data["source"] for fact in history} == {"ai", "citizen"}


def test_a_surer_class_wins_and_is_logged(town: ServedHub, clock: TestClock) -> None:
    citizen(town, "有人占道经营", code="00000")
    assert cases(town)[0].code == "09006"
    detect(town, event(clock))
    (row,) = cases(town)
    assert row.code == "09001"
    joined = detail(town, row.id).history[-1]
    assert (joined.data["from"], joined.data["to"]) == (
        "gb2026/matter/09006",
        "gb2026/matter/09001",
    )


def test_what_an_officer_decided_no_report_changes(town: ServedHub, clock: TestClock) -> None:
    detect(town, event(clock))
    (row,) = cases(town)
    reclassify = command("case.reclassify", row.id, code="09022")
    assert town.post("/api/commands", reclassify).status_code == 200
    detect(town, event(clock))
    citizen(town, "有小贩在卖水果")
    (row,) = cases(town)
    assert (row.code, row.reports) == ("09022", 3)


@pytest.mark.parametrize(
    ("text", "code", "east", "hours"),
    [
        ("一辆轿车停在人行道", "09009", 5, 0),
        ("有小贩卖水果", "09001", 150, 0),
        ("有小贩卖水果", "09001", 5, 25),
        ("看着不太对", "00000", 5, 0),
    ],
)
def test_another_thing_place_or_day_is_another_case(
    town: ServedHub, clock: TestClock, text: str, code: str, east: float, hours: float
) -> None:
    detect(town, event(clock))
    clock.move(hours=hours)
    citizen(town, text, east=east, code=code)
    assert len(cases(town)) == 2


def test_an_unsorted_report_waits_for_an_officer(town: ServedHub) -> None:
    citizen(town, "看着不太对", code="00000")
    (row,) = cases(town)
    assert (row.code, row.name) == ("00000", "待分类")
    answer = town.post("/api/commands", command("case.reclassify", row.id, code="06010"))
    assert answer.status_code == 200


def test_words_of_danger_come_first(town: ServedHub) -> None:
    citizen(town, "店招快掉下来了，要砸到人", code="00000")
    (row,) = cases(town)
    assert (row.code, row.priority) == ("03007", 2)


def test_updates_of_a_detection_never_double_it(town: ServedHub, clock: TestClock) -> None:
    seen = event(clock)
    first = detect(town, seen)
    for kind in ("new", "update", "update"):
        later = frigate.Event(**{**_fields(seen), "kind": kind, "score": 0.99})
        assert detect(town, later)["case"] == first["case"]
    (row,) = cases(town)
    assert row.reports == 1


def test_an_update_that_enters_a_zone_is_the_first_report(
    town: ServedHub, clock: TestClock
) -> None:
    seen = event(clock, zones=(), entered=())
    assert detect(town, seen) == {"result": "ignored"}
    inside = frigate.Event(**{**_fields(seen), "kind": "update", "entered": ("z01",)})
    assert detect(town, inside)["result"] == "opened"


def _fields(seen: frigate.Event) -> dict[str, Any]:
    return {name: getattr(seen, name) for name in seen.__slots__}


def test_the_officer_sees_that_the_vendor_left(town: ServedHub, clock: TestClock) -> None:
    one, two = event(clock), event(clock)
    case = detect(town, one)["case"]
    detect(town, two)
    clock.move(minutes=4)
    for seen in (one, one, two):
        detect(town, frigate.Event(**{**_fields(seen), "kind": "end", "end": clock.now}))
    notes = [fact.note for fact in detail(town, case).history if "gone" in fact.data]
    assert notes == ["gone_some", "gone"]
    assert detail(town, case).history[-1].data["seconds"] == 240


def test_a_false_positive_and_an_unruled_label_are_let_go(
    town: ServedHub, clock: TestClock
) -> None:
    assert detect(town, event(clock, false_positive=True)) == {"result": "ignored"}
    assert detect(town, event(clock, label="person")) == {"result": "ignored"}
    assert detect(town, event(clock, label="rubbish", entered=()))["result"] == "opened"
    assert town.hub.doors["frigate"].ignored == 2


def test_a_detection_of_an_unknown_camera_is_refused_by_field(
    town: ServedHub, clock: TestClock
) -> None:
    body = frigate.encode(event(clock, camera="cam99"))
    answer = town.post("/intake/frigate", body, headers=DOOR)
    assert answer.status_code == 422
    assert answer.json()["field"] == "after.camera"


def test_nobody_comes_in_without_the_key(town: ServedHub, clock: TestClock) -> None:
    body = frigate.encode(event(clock))
    for path in ("/intake/frigate", "/intake/owntracks", "/intake/sensors"):
        assert town.post(path, body).status_code == 401
        assert town.post(path, body, headers={"X-API-Key": "wrong"}).status_code == 401
    assert town.get("/intake/osmand?id=phone-2&lat=28&lon=121").status_code == 401
    assert town.get("/field/v1/tasks?terminal=phone-2").status_code == 401
    assert town.get(f"/intake/osmand?id=phone-2&lat=28.1&lon=121&api_key={INTAKE_KEY}").ok
    location = {"_type": "location", "lat": 28.1, "lon": 121.2, "tst": clock.now.timestamp()}
    answer = town.session.post(
        f"{town.url}/intake/owntracks?u=team&d=car3",
        json=location,
        auth=("team", INTAKE_KEY),
        timeout=10,
    )
    assert (answer.status_code, answer.json()) == (200, [])


def test_a_posted_form_is_taken_once_however_often_it_comes(
    town: ServedHub, clock: TestClock
) -> None:
    first = citizen(town)
    assert citizen(town) == first
    (row,) = cases(town)
    assert row.reports == 1
    clock.move(hours=1)
    assert citizen(town, "还在卖") != first


def test_a_photo_is_kept_with_the_case(town: ServedHub) -> None:
    photo = small_town.jpeg()
    citizen(town, files={"media": ("a.jpg", photo, "image/jpeg")})
    (row,) = cases(town)
    (media,) = detail(town, row.id).media
    assert (media.role, media.type, media.size) == ("report", "image/jpeg", len(photo))
    assert town.get(f"/api/media/{media.id}").content == photo
    assert detail(town, row.id).history[0].media == [media.id]


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"api_key": "wrong"}, 403, "api_key"),
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "99999"}, 404, "service_code"),
        ({"lat": "north"}, 400, "lat"),
        ({"lat": "60"}, 400, "outside"),
        ({"lat": "", "long": ""}, 400, "lat"),
        ({"lat": "", "long": "", "address_string": "月球路"}, 400, "address_string"),
    ],
)
@pytest.mark.parametrize("form_of", ["json", "xml"])
def test_a_wrong_form_is_answered_in_the_standards_own_shape(
    town: ServedHub, form: dict[str, str], status: int, said: str, form_of: str
) -> None:
    good = {"api_key": INTAKE_KEY, "service_code": "09001", "lat": "28.136", "long": "121.231"}
    answer = town.session.post(
        f"{town.url}/open311/v2/requests.{form_of}", data=good | form, timeout=10
    )
    assert answer.status_code == status, answer.text
    if form_of == "json":
        (error,) = answer.json()
        assert (error["code"], said in error["description"]) == (status, True)
    else:
        error = parsed(answer.content).find("error")
        assert error is not None
        assert (error.findtext("code"), said in str(error.findtext("description"))) == (
            str(status),
            True,
        )
    assert not cases(town)


def parsed(raw: bytes) -> ET.Element:
    return ET.fromstring(raw)  # noqa: S314 - our own output


def test_a_broken_photo_is_refused_and_nothing_is_kept(town: ServedHub) -> None:
    good = {"api_key": INTAKE_KEY, "service_code": "09001", "lat": "28.136", "long": "121.231"}
    for photo, status in ((small_town.jpeg()[:-200], 400), (b"GIF89a", 400), (b"", 201)):
        answer = town.session.post(
            f"{town.url}/open311/v2/requests.json",
            data=good,
            files={"media": ("a.jpg", photo, "image/jpeg")},
            timeout=10,
        )
        assert answer.status_code == status, answer.text
    assert len(cases(town)) == 1


def test_an_address_in_words_finds_its_street_or_place(town: ServedHub) -> None:
    form = {"api_key": INTAKE_KEY, "service_code": "09001", "address_string": "人民路石桥小学门口"}
    answer = town.session.post(f"{town.url}/open311/v2/requests.json", data=form, timeout=10)
    assert answer.status_code == 201
    assert cases(town)[0].at.lon == pytest.approx(small_town.at(-100, 20)[1])


def test_the_reporter_follows_four_steps(town: ServedHub, clock: TestClock) -> None:
    report = citizen(town)
    (row,) = cases(town)

    def told() -> tuple[str, str]:
        (found,) = town.get(f"/open311/v2/requests/{report}.json").json()
        return found["status"], found["status_notes"]

    assert told() == ("open", "受理立案 → 派单核实 → 确认处置 → 结果反馈")
    assert town.post("/api/commands", command("case.file", row.id)).ok
    assert told() == ("open", "受理立案✓ → 派单核实 → 确认处置 → 结果反馈")
    settle = command("case.settle", row.id, reason="已劝离")
    assert town.post("/api/commands", settle).ok
    assert told() == ("closed", "受理立案✓ → 派单核实✓ → 确认处置✓ → 结果反馈✓：已劝离")
    listed = "/open311/v2/requests.xml?status=closed&service_code=09001"
    found = parsed(town.get(listed).content)
    assert [item.findtext("service_request_id") for item in found] == [report]
    assert town.get("/open311/v2/requests.json?status=open").json() == []
    assert town.get("/open311/v2/requests/none.json").status_code == 404
    assert town.get(f"/open311/v2/requests.json?service_request_id={report}").json()


def test_discovery_and_services_speak_both_formats(town: ServedHub) -> None:
    listed = town.get("/open311/v2/services.json").json()
    assert {"09001", "00000"} <= {item["service_code"] for item in listed}
    assert len(parsed(town.get("/open311/v2/services.xml").content)) == len(listed)
    (endpoint,) = town.get("/open311/v2/discovery.json").json()["endpoints"]
    assert endpoint["url"] == f"{town.url}/open311/v2"
    assert town.get("/open311/v2/services/09001.json").json()["service_code"] == "09001"
    assert town.get("/open311/v2/services/1.xml").status_code == 404
    assert town.get("/open311/v2/services.yaml").status_code == 404


def test_a_sensors_alarm_is_a_case_and_its_readings_are_not(
    town: ServedHub, clock: TestClock
) -> None:
    reading = {"sensor": "s01", "at": clock.now.isoformat(), "value": 60, "unit": "%"}
    full = reading | {"value": 96, "alarm": "over", "id": "s01-1"}
    body = [reading, full, full, {"sensor": "s99"}]
    answer = town.post("/intake/sensors", body, headers=DOOR).json()
    assert (answer["taken"], answer["unknown"]) == (3, ["s99"])
    (row,) = cases(town)
    assert (row.code, row.sources, row.reports) == ("06042", ["sensor"], 1)
    assert detail(town, row.id).reports[0].text == "人民路果皮箱1号超限 96 %"


class _Frigate(BaseHTTPRequestHandler):
    """Serves snapshots of events; one of them is no picture, one is not there."""

    def do_GET(self) -> None:
        body = b"<html>" if "broken" in self.path else small_town.jpeg()
        self.send_response(404 if "missing" in self.path else 200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        return


@pytest.fixture
def frigate_url() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Frigate)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_snapshot_follows_the_report_and_never_holds_it(
    tmp_path: Path, clock: TestClock, frigate_url: str
) -> None:
    register = small_town.write_register(tmp_path / "register")
    hub = make_hub(tmp_path / "hub", clock, register_dir=register, frigate_url=frigate_url)
    with ServedHub(hub) as town, town.stream() as stream:
        good = detect(town, event(clock, has_snapshot=True))["case"]
        told = 0
        while told < 2:  # the case, then its picture
            changes = json.loads(stream.recv(timeout=10)).get("changes", [])
            told += sum(change["id"] == good for change in changes)
        (media,) = detail(town, good).media
        assert (media.role, media.source) == ("snapshot", "cam07")
        for name in ("broken", "missing"):
            clock.move(hours=30)
            assert detect(town, event(clock, id=name, has_snapshot=True))["result"] == "opened"
        until(lambda: hub.doors["frigate"].figures.get("pictures_missing") == 2)
