"""The codecs of the HTTP and MQTT doors: documented examples, errors by field, and properties."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.protocols import fieldapp, frigate, osmand, owntracks, sensors
from console.protocols.errors import ProtocolError
from console.protocols.fix import Fix

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)

# The shape Frigate's documentation shows, with values of our own.
EVENT: dict[str, Any] = {
    "type": "new",
    "before": {},
    "after": {
        "id": "1795336200.475377-mxklsc",
        "camera": "cam07",
        "frame_time": 1795336201.5,
        "snapshot": {"frame_time": 1795336201.5, "box": [1, 2, 3, 4], "score": 0.7},
        "label": "vendor",
        "sub_label": ["tricycle", 0.79],
        "top_score": 0.95,
        "false_positive": False,
        "start_time": 1795336200.475377,
        "end_time": None,
        "score": 0.78,
        "box": [424, 500, 536, 712],
        "area": 23744,
        "ratio": 2.1,
        "region": [264, 450, 667, 853],
        "current_zones": ["z03"],
        "entered_zones": ["z03", "z04"],
        "thumbnail": None,
        "has_snapshot": True,
        "has_clip": False,
        "stationary": False,
        "motionless_count": 0,
        "position_changes": 2,
        "attributes": {},
        "current_attributes": [],
    },
}


def refused(call: Callable[[], object]) -> str | None:
    """Return the field that the error of ``call`` names."""
    try:
        call()
    except ProtocolError as error:
        return error.field
    raise AssertionError("nothing was refused")


def test_a_frigate_event_is_read_as_documented() -> None:
    event = frigate.decode(EVENT)
    assert (event.id, event.kind, event.camera) == ("1795336200.475377-mxklsc", "new", "cam07")
    assert (event.label, event.sub_label, event.sub_score) == ("vendor", "tricycle", 0.79)
    assert (event.zones, event.entered) == (("z03",), ("z03", "z04"))
    assert event.score == 0.95
    assert event.box == (424.0, 500.0, 536.0, 712.0)
    assert event.end is None
    assert event.has_snapshot


def test_both_shapes_of_a_sub_label_are_read() -> None:
    after = EVENT["after"] | {"sub_label": "tricycle"}
    assert frigate.decode(EVENT | {"after": after}).sub_label == "tricycle"
    assert frigate.decode(EVENT | {"after": after | {"sub_label": None}}).sub_label == ""


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": "../../etc"}, "after.id"),
        ({"id": None}, "after.id"),
        ({"camera": ""}, "after.camera"),
        ({"start_time": "soon"}, "after.start_time"),
        ({"score": 7}, "after.score"),
        ({"current_zones": "z03"}, "after.current_zones"),
        ({"box": [1, 2, 3]}, "after.box"),
        ({"label": ["x"]}, "after.label"),
    ],
)
def test_a_wrong_frigate_field_is_named(change: dict[str, Any], field: str) -> None:
    assert refused(lambda: frigate.decode(EVENT | {"after": EVENT["after"] | change})) == field


def test_a_frigate_event_without_a_type_is_refused() -> None:
    assert refused(lambda: frigate.decode(EVENT | {"type": "gone"})) == "type"
    assert refused(lambda: frigate.decode({"type": "new"})) == "after"
    assert refused(lambda: frigate.decode([])) is None


def test_osmand_speaks_knots_and_seconds() -> None:
    fix = osmand.decode(
        {
            "id": "u012",
            "lat": "28.1",
            "lon": "121.2",
            "timestamp": "1795336200",
            "speed": "1.943844",
            "bearing": "360",
            "batt": "55",
        }
    )
    assert fix.at == datetime.fromtimestamp(1795336200, UTC)
    assert fix.speed == pytest.approx(1.0, abs=1e-6)
    assert (fix.course, fix.battery, fix.terminal) == (0, 55, "u012")


@pytest.mark.parametrize(
    "stamp", ["1795336200000", "2026-11-22T08:30:00Z", "2026-11-22T16:30:00+08:00"]
)
def test_osmand_takes_every_kind_of_timestamp(stamp: str) -> None:
    fix = osmand.decode({"deviceid": "u1", "location": "28.1,121.2", "timestamp": stamp})
    assert fix.at == AT
    assert (fix.lat, fix.lon) == (28.1, 121.2)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": ""}, "id"),
        ({"lat": "91"}, "lat"),
        ({"lon": "nan"}, "lon"),
        ({"timestamp": "1e99"}, "timestamp"),
        ({"timestamp": "0001-01-01"}, "timestamp"),
        ({"speed": "fast"}, "speed"),
    ],
)
def test_a_wrong_osmand_field_is_named(change: dict[str, str], field: str) -> None:
    form = {"id": "u1", "lat": "28", "lon": "121", "timestamp": "1795336200"}
    assert refused(lambda: osmand.decode(form | change)) == field


def test_owntracks_speaks_kilometres_an_hour() -> None:
    message = {"_type": "location", "tid": "u7", "lat": 28.1, "lon": 121.2, "tst": 1795336200}
    fix = owntracks.decode(message | {"vel": 36, "cog": 90, "topic": "owntracks/team1/u007"})
    assert fix is not None
    assert (fix.terminal, fix.course) == ("team1/u007", 90)
    assert fix.speed == pytest.approx(10.0)
    by_tid = owntracks.decode(message)
    assert by_tid is not None
    assert by_tid.terminal == "u7"


def test_owntracks_types_without_a_position_are_let_pass() -> None:
    assert owntracks.decode({"_type": "lwt", "tst": 1795336200}) is None
    assert refused(lambda: owntracks.decode({"_type": "encrypted", "data": "x"})) == "_type"
    assert refused(lambda: owntracks.decode({"_type": "location", "tid": "a"})) == "lat"
    assert refused(lambda: owntracks.decode(["location"])) is None


def test_sensor_readings_come_alone_or_in_lists() -> None:
    one = {"sensor": "s03", "at": "2026-11-22T08:30:00Z", "value": 31.5, "unit": "cm"}
    reading = sensors.Reading("s03", AT, 31.5, "cm")
    assert sensors.decode(one) == [reading]
    assert sensors.decode([one, one]) == [reading, reading]
    assert refused(lambda: sensors.decode(one | {"value": "much"})) == "value"
    assert refused(lambda: sensors.decode(one | {"value": float("nan")})) == "value"
    assert refused(lambda: sensors.decode(one | {"alarm": "boom"})) == "alarm"
    assert refused(lambda: sensors.decode([{}])) == "sensor"
    assert refused(lambda: sensors.decode([one] * 1001)) is None


def test_a_handset_reads_the_tasks_it_is_sent() -> None:
    task = fieldapp.Task("c1", "09001", "无照经营游商", "人民路", 28.1, 121.2, "dispatched", AT, AT)
    assert fieldapp.read_tasks(json.loads(json.dumps(fieldapp.tasks([task])))) == [task]
    assert refused(lambda: fieldapp.feedback({"text": "done"})) == "terminal"
    assert refused(lambda: fieldapp.feedback({"terminal": "1", "text": "x" * 1001})) == "text"


names = st.text("abz019-_", min_size=1, max_size=12)
scores = st.floats(0, 1)
times = st.integers(1_000_000_000, 4_000_000_000).map(lambda n: datetime.fromtimestamp(n, UTC))
events = st.builds(
    frigate.Event,
    id=names,
    kind=st.sampled_from(["new", "update", "end"]),
    camera=names,
    label=names,
    start=times,
    frame=times,
    score=scores,
    end=st.none() | times,
    sub_label=names,
    sub_score=st.none() | scores,
    zones=st.lists(names, max_size=3).map(tuple),
    entered=st.lists(names, max_size=3).map(tuple),
    box=st.none() | st.tuples(*[st.integers(-50, 4000).map(float)] * 4),
    stationary=st.booleans(),
    false_positive=st.booleans(),
    has_snapshot=st.booleans(),
    has_clip=st.booleans(),
)
fixes = st.builds(
    Fix,
    terminal=st.tuples(names, names).map("/".join),
    lat=st.integers(-9000, 9000).map(lambda n: n / 100),
    lon=st.integers(-18000, 18000).map(lambda n: n / 100),
    at=times,
    course=st.integers(0, 359).map(float),
    altitude=st.integers(-100, 9000).map(float),
    accuracy=st.none() | st.integers(0, 500).map(float),
    battery=st.none() | st.integers(0, 100).map(float),
)
readings = st.builds(
    sensors.Reading,
    sensor=names,
    at=st.none() | times,
    value=st.none() | st.floats(-1e6, 1e6),
    unit=names,
    alarm=st.sampled_from(sorted(sensors.ALARMS)),
    id=names,
)


@given(events)
def test_a_frigate_event_survives_the_way(event: frigate.Event) -> None:
    assert frigate.decode(json.loads(json.dumps(frigate.encode(event)))) == event


@given(fixes)
def test_a_fix_survives_both_phone_protocols(fix: Fix) -> None:
    assert osmand.decode(osmand.encode(fix)) == fix
    assert owntracks.decode(json.loads(json.dumps(owntracks.encode(fix)))) == fix
    with pytest.raises(ProtocolError):
        osmand.encode(replace(fix, at=None))


@given(readings)
def test_a_reading_survives_the_way(reading: sensors.Reading) -> None:
    assert sensors.decode(json.loads(json.dumps(sensors.encode(reading)))) == [reading]


leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(max_size=20)
    | st.just("\ud800")
    | st.just(10**400)
)
trees = st.recursive(
    leaves, lambda kids: st.lists(kids) | st.dictionaries(st.text(), kids), max_leaves=8
)
EVENT_KEYS = st.sampled_from(sorted(EVENT["after"]))
TRACK_KEYS = st.sampled_from(
    ["_type", "tid", "lat", "lon", "tst", "vel", "cog", "alt", "batt", "topic"]
)
SENSOR_KEYS = st.sampled_from(["sensor", "at", "value", "unit", "alarm", "id", "text"])


@given(st.dictionaries(EVENT_KEYS, trees, max_size=3), trees)
@settings(max_examples=300, deadline=None)
def test_any_frigate_json_is_read_or_refused(change: dict[str, Any], other: Any) -> None:
    with contextlib.suppress(ProtocolError):
        frigate.decode(EVENT | {"after": EVENT["after"] | change})
    with contextlib.suppress(ProtocolError):
        frigate.decode(other)


@given(st.dictionaries(TRACK_KEYS, trees, max_size=3), st.dictionaries(SENSOR_KEYS, trees))
@settings(max_examples=300, deadline=None)
def test_any_phone_or_sensor_json_is_read_or_refused(track: Any, reading: Any) -> None:
    base = {"_type": "location", "tid": "u7", "lat": 28.1, "lon": 121.2, "tst": 1795336200}
    with contextlib.suppress(ProtocolError):
        owntracks.decode(base | track)
    with contextlib.suppress(ProtocolError):
        sensors.decode({"sensor": "s1"} | reading)
    with contextlib.suppress(ProtocolError):
        fieldapp.read_tasks({"tasks": [reading]})


@given(
    st.dictionaries(
        st.sampled_from(
            sorted(
                {
                    "id",
                    "lat",
                    "lon",
                    "location",
                    "timestamp",
                    "speed",
                    "heading",
                    "altitude",
                    "batt",
                }
            )
        ),
        st.text(max_size=24),
    )
)
@settings(max_examples=300, deadline=None)
def test_any_osmand_form_is_read_or_refused(change: dict[str, str]) -> None:
    with contextlib.suppress(ProtocolError):
        osmand.decode({"id": "u1", "lat": "28", "lon": "121"} | change)
