"""Whatever is sent to a door, it answers, and never with a fault of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.hub.intake import photos
from console.hub.refusal import Refused
from tests.hub import small_town
from tests.hub.conftest import INTAKE_KEY, ServedHub, TestClock, command, make_hub

DOOR = {"X-API-Key": INTAKE_KEY}
FEW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[ServedHub]:
    """One hub for all examples of a test."""
    register = small_town.write_register(tmp_path / "register")
    with ServedHub(make_hub(tmp_path / "hub", TestClock(), register_dir=register)) as served:
        yield served


def answered(answer: requests.Response) -> None:
    """Check that an answer is one: no fault, and a refusal says why."""
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.content


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
trees = st.recursive(
    leaves, lambda kids: st.lists(kids) | st.dictionaries(st.text(max_size=6), kids), max_leaves=6
)
odd_text = st.text(max_size=30) | st.sampled_from(
    ["", "\0", "\ud800", "nan", "1e400", "-1", "9" * 400, "00000", "09001", "28.136", "121.231"]
)
AFTER = {"id": "1.5-a", "camera": "cam07", "label": "vendor", "start_time": 1795320000.0}
AFTER_KEYS = ["id", "label", "start_time", "end_time", "score", "entered_zones", "box", "sub_label"]


@given(st.dictionaries(st.sampled_from(AFTER_KEYS), trees), st.sampled_from(["new", "end", "x"]))
@FEW
def test_frigate_answers_whatever_it_is_sent(
    town: ServedHub, change: dict[str, Any], kind: str
) -> None:
    body = json.dumps({"type": kind, "after": AFTER | {"entered_zones": ["z01"]} | change})
    url = f"{town.url}/intake/frigate"
    answered(town.session.post(url, data=body.encode(), headers=DOOR, timeout=10))


@given(st.binary(max_size=200), st.sampled_from(["frigate", "owntracks", "sensors", "osmand"]))
@FEW
def test_every_door_answers_whatever_bytes_it_is_sent(
    town: ServedHub, body: bytes, door: str
) -> None:
    for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain"):
        headers = DOOR | {"Content-Type": kind}
        url = f"{town.url}/intake/{door}"
        answered(town.session.post(url, data=body, headers=headers, timeout=10))


def test_json_that_nests_too_deep_is_refused(town: ServedHub) -> None:
    body = b"[" * 100_000
    answer = town.session.post(f"{town.url}/intake/sensors", data=body, headers=DOOR, timeout=10)
    assert (answer.status_code, answer.json()["field"]) == (422, "body")


FORM_KEYS = ["service_code", "lat", "long", "address_string", "description", "last_name", "phone"]


@given(st.dictionaries(st.sampled_from(FORM_KEYS), odd_text))
@FEW
def test_open311_answers_whatever_form_it_is_sent(town: ServedHub, form: dict[str, str]) -> None:
    good = {"api_key": INTAKE_KEY, "service_code": "09001", "lat": "28.136", "long": "121.231"}
    sent = {key: value.encode("utf-8", "surrogatepass") for key, value in (good | form).items()}
    url = f"{town.url}/open311/v2/requests.xml"
    answered(town.session.post(url, data=sent, timeout=10))
    files = {key: (None, value) for key, value in sent.items()}
    answered(town.session.post(url, files=files, timeout=10))


LIST_KEYS = ["service_request_id", "status", "start_date", "end_date", "service_code", "page"]


@given(st.dictionaries(st.sampled_from(LIST_KEYS), st.text(max_size=20)))
@FEW
def test_open311_lists_or_refuses_whatever_is_asked(town: ServedHub, query: dict[str, str]) -> None:
    sent = {key: value.encode("utf-8", "surrogatepass") for key, value in query.items()}
    answered(town.session.get(f"{town.url}/open311/v2/requests.json", params=sent, timeout=10))


@given(st.dictionaries(st.sampled_from(["id", "lat", "lon", "timestamp", "speed"]), odd_text))
@FEW
def test_osmand_answers_whatever_it_is_asked(town: ServedHub, query: dict[str, str]) -> None:
    good = {"id": "phone-2", "lat": "28.136", "lon": "121.231"} | query
    sent = {key: value.encode("utf-8", "surrogatepass") for key, value in good.items()}
    answered(town.session.get(f"{town.url}/intake/osmand", params=sent, headers=DOOR, timeout=10))


@given(st.dictionaries(st.sampled_from(["sensor", "at", "value", "alarm", "id", "text"]), trees))
@FEW
def test_sensors_answer_whatever_they_are_sent(town: ServedHub, change: dict[str, Any]) -> None:
    body = json.dumps({"sensor": "s01", "alarm": "over"} | change)
    url = f"{town.url}/intake/sensors"
    answered(town.session.post(url, data=body.encode(), headers=DOOR, timeout=10))


@given(odd_text, odd_text, st.sampled_from(["accept", "feedback"]))
@FEW
def test_the_handsets_door_answers_whatever_it_is_sent(
    town: ServedHub, terminal: str, text: str, verb: str
) -> None:
    sent = {
        "terminal": terminal.encode("utf-8", "surrogatepass"),
        "text": text.encode("utf-8", "surrogatepass"),
    }
    url = f"{town.url}/field/v1/tasks/C1/{verb}"
    answered(town.session.post(url, data=sent, headers=DOOR, timeout=10))
    listed = f"{town.url}/field/v1/tasks"
    answered(town.session.get(listed, params=sent, headers=DOOR, timeout=10))


def test_a_small_file_that_says_it_is_huge_is_never_decoded() -> None:
    photo = bytearray(small_town.jpeg())
    at = photo.index(b"\xff\xc0")
    photo[at + 5 : at + 9] = (60_000).to_bytes(2, "big") * 2
    with pytest.raises(Refused) as refused:
        photos.check(bytes(photo))
    assert refused.value.problem.code == "photo_too_large"
    with pytest.raises(Refused):
        photos.check(b"\xff\xd8" + b"\0" * (photos.MAX_BYTES + 1))


@given(st.integers(0, 10_000), st.integers(1, 40))
@settings(max_examples=150, deadline=None)
def test_a_damaged_photo_is_taken_or_refused(seed: int, spoiled: int) -> None:
    photo = bytearray(small_town.jpeg())
    draw = random.Random(seed)
    for _ in range(spoiled):
        photo[draw.randrange(len(photo))] = draw.randrange(256)
    with contextlib.suppress(Refused):
        assert photos.check(bytes(photo))[0] == "image/jpeg"


HUGE = "x" * 10_000_000
"""Ten megabytes."""


def test_ten_megabytes_of_words_are_refused_by_name_at_every_door(town: ServedHub) -> None:
    form = {"api_key": INTAKE_KEY, "service_code": "09001", "lat": "28.136", "long": "121.231"}
    url = f"{town.url}/open311/v2/requests.json"
    answer = town.session.post(url, data=form | {"description": HUGE}, timeout=20)
    assert answer.status_code == 400
    assert "description" in answer.text
    parts: dict[str, tuple[None, str]] = {key: (None, value) for key, value in form.items()}
    answer = town.session.post(url, files=parts | {"description": (None, HUGE)}, timeout=20)
    assert answer.status_code == 400
    alarm = {"sensor": "s01", "alarm": "over", "text": HUGE}
    for path, body in (
        ("/intake/sensors", alarm),
        ("/api/intake/chat", {"group": "群", "text": HUGE}),
    ):
        answer = town.post(path, body, headers=DOOR)
        assert (answer.status_code, answer.json()["field"]) == (422, "text")
    args = {"source": "hotline", "text": "字" * 1_000_000, "place": "人民路"}
    told = town.post("/api/commands", command("case.report", **args))
    assert (told.status_code, told.json()["field"]) == (422, "text")
    assert not town.hub.live.cases


def test_a_report_from_the_future_is_as_of_now(town: ServedHub) -> None:
    clock = town.hub.now()
    later = AFTER | {"start_time": clock.timestamp() + 86_400, "entered_zones": ["z01"]}
    body = {"type": "new", "after": later}
    answer = town.post("/intake/frigate", body, headers=DOOR)
    assert answer.status_code in (202, 422)
    for row in town.hub.live.cases.values():
        assert row.opened <= clock


def test_hostile_xml_is_no_form(town: ServedHub) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    for path in ("/open311/v2/requests.xml", "/intake/sensors", "/intake/frigate"):
        headers = DOOR | {"Content-Type": "text/xml"}
        answer = town.session.post(town.url + path, data=bomb, headers=headers, timeout=10)
        assert 400 <= answer.status_code < 500


def test_few_photos_are_unpacked_at_one_time(town: ServedHub) -> None:
    picture = small_town.jpeg(3000, 2000)
    at_once = []
    busy = 0
    check = photos.check

    def counting(data: bytes) -> tuple[str, str]:
        nonlocal busy
        busy += 1
        at_once.append(busy)
        try:
            return check(data)
        finally:
            busy -= 1

    async def many() -> None:
        photo = (photos.take(town.hub, picture, "report", "x") for _ in range(8))
        await asyncio.gather(*photo)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(photos, "check", counting)
        town.call(many())
    assert max(at_once) <= 2
