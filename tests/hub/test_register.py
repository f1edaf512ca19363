"""The register's import: errors by row, only real differences, addresses stay at the hub."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console import wire
from console.hub.catalogue.base import classes
from console.hub.context import Hub
from console.hub.reference import templates
from console.hub.register import RegisterError, import_folder
from console.hub.register_files import read_folder
from tests.hub.conftest import TestClock, make_hub, opened, run

RING = [[121.2, 28.6], [121.3, 28.6], [121.3, 28.7], [121.2, 28.6]]


def geojson(shape: str, coordinates: object, **properties: object) -> str:
    geometry = {"type": shape, "coordinates": coordinates}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False)


def write_register(folder: Path) -> Path:
    """Write a small good register."""
    folder.mkdir(exist_ok=True)
    files = {
        "town.json": json.dumps({"name": "临河县", "centre": [28.65, 121.26]}),
        "cameras.csv": "id,name,lat,lon,bearing,fov,reach,street,group,url_main,url_sub\n"
        "cam07,菜场北门,28.65,121.26,90,60,80,r01,市场,rtsp://h/7,rtsp://h/7s\n",
        "speakers.csv": "id,name,lat,lon,reach,street,url\n"
        "spk01,菜场喊话,28.65,121.26,60,r01,sip:spk01@127.0.0.1:5070\n",
        "units.csv": "id,kind,name,squad,phone,protocol,terminal\n"
        "u001,officer,陈立,一中队,13800000001,jt808,013800000001\n"
        "u002,drone,一号机,一中队,,,\n",
        "sensors.csv": "id,kind,name,lat,lon,street\ns1,water,河边水位,28.65,121.26,r01\n",
        "ai.csv": "camera,label,zone,code\ncam07,vendor,z1,09001\n",
        "streets.geojson": geojson(
            "LineString", [[121.2, 28.6], [121.3, 28.7]], id="r01", name="人民路", chief="王芳"
        ),
        "grids.geojson": geojson("Polygon", [RING], id="g1-1", level=1, name="城中网格"),
        "zones.geojson": geojson("Polygon", [RING], id="z1", kind="no_vending", name="禁摆区"),
        "places.geojson": geojson("Point", [121.26, 28.65], id="p1", kind="shop", name="早餐店"),
        "basemap.geojson": '{"type": "FeatureCollection", "features": []}',
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return write_register(tmp_path / "register")


@pytest.fixture
def hub(tmp_path: Path, clock: TestClock, register: Path) -> Hub:
    return make_hub(tmp_path / "hub", clock, register_dir=register)


def test_a_register_fills_the_town_and_keeps_addresses_at_the_hub(hub: Hub) -> None:
    async def work() -> None:
        async with opened(hub):
            live = hub.live
            assert live.cameras["cam07"].main == "rtsp://h/7"
            assert live.cameras["cam07"].at == wire.Point(lat=28.65, lon=121.26)
            assert live.streets["r01"].line == [(121.2, 28.6), (121.3, 28.7)]
            assert live.grids["g1-1"].level == 1
            assert live.zones["z1"].ring == [(121.2, 28.6), (121.3, 28.6), (121.3, 28.7)]
            assert live.places["p1"].name == "早餐店"
            assert hub.register.town == "临河县"
            assert hub.register.speaker_urls == {"spk01": "sip:spk01@127.0.0.1:5070"}
            assert hub.register.unit_of("jt808", "013800000001") == "u001"
            assert hub.register.unit_terminals["u001"] == ("jt808", "013800000001")
            assert hub.register.sensors["s1"].kind == "water"
            assert hub.register.ai[0].code == "09001"
            bodies = await hub.store.read(lambda reader: reader.bodies(wire.KINDS, None))
            assert not any("sip:" in body for _, body in bodies)

    run(work())


def test_importing_again_changes_nothing_and_a_real_difference_changes_only_itself(
    hub: Hub, tmp_path: Path, clock: TestClock, register: Path
) -> None:
    async def work() -> None:
        async with opened(hub):
            unit = hub.live.units["u001"].model_copy(update={"state": "tasked", "case": "C1"})
            await hub.store.write(lambda tx: tx.put("unit", unit))
            seq = hub.store.seq
        again = make_hub(tmp_path / "hub", clock, register_dir=register)
        async with opened(again):
            assert again.store.seq == seq
            assert again.live.units["u001"].state == "tasked", "what lives at the hub stays"
        units = (register / "units.csv").read_text("utf-8").replace("一中队", "二中队", 1)
        (register / "units.csv").write_text("\n".join(units.splitlines()[:2]), "utf-8")
        third = make_hub(tmp_path / "hub", clock, register_dir=register)
        async with opened(third):
            assert third.store.seq == seq + 2
            assert third.live.units["u001"].squad == "二中队"
            assert third.live.units["u001"].case == "C1"
            assert "u002" not in third.live.units
        without = make_hub(tmp_path / "hub", clock)
        async with opened(without):
            assert without.register.speaker_urls, "known without the folder, too"
            assert without.store.seq == seq + 2

    run(work())


def test_every_wrong_row_is_named_with_its_field_and_nothing_is_imported(
    hub: Hub, register: Path
) -> None:
    with (register / "cameras.csv").open("a", encoding="utf-8") as file:
        file.write("cam08,x,95,121,0,60,60,r01,g,rtsp://h/8,rtsp://h/8\n")
        file.write("cam07,x,28,121,0,60,60,r01,g,rtsp://h/8,rtsp://h/8\n")
        file.write("cam09,x,28\n")
    (register / "speakers.csv").write_text("id,name,lat,lon,url\nspk1,x,1,1,nowhere\n")
    (register / "streets.geojson").write_text(geojson("Point", [1, 2], id="r1", name="x"))
    (register / "zones.geojson").write_text(geojson("Polygon", [RING[:2]], id="z", kind="x"))
    (register / "places.geojson").write_text("{}")
    with (register / "units.csv").open("a", encoding="utf-8") as file:
        file.write("u003,officer,李四,二中队,,jt808,013800000001\n")
    with pytest.raises(RegisterError) as error:
        read_folder(register)
    problems = "\n".join(error.value.problems)
    for line in (
        "cameras.csv row 3: lat",
        "cameras.csv row 4: id cam07 stands twice",
        "cameras.csv row 5: wrong number of columns",
        "speakers.csv row 2: url",
        "streets.geojson row 1: no LineString",
        "zones.geojson row 1: a ring",
        "places.geojson: no GeoJSON",
        "units.csv: u003 has the terminal of u001",
    ):
        assert line in problems, problems

    async def work() -> None:
        async with opened(hub):
            assert not hub.live.cameras
            (part,) = [part for part in hub.health.read().parts if part.name == "register"]
            assert (part.state, part.figures["problems"]) == ("fail", len(error.value.problems))

    run(work())


def test_the_base_map_is_kept_as_it_came(register: Path, tmp_path: Path) -> None:
    import_folder(register, tmp_path)
    assert (tmp_path / "basemap.geojson").read_bytes() == (
        register / "basemap.geojson"
    ).read_bytes()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(["cameras.csv", "units.csv", "zones.geojson", "streets.geojson", "town.json"]),
    st.binary(max_size=200) | st.text(alphabet='",\n{}[]0x:ü', max_size=80).map(str.encode),
)
def test_whatever_stands_in_a_file_the_import_only_names_it(
    register: Path, name: str, content: bytes
) -> None:
    write_register(register)
    (register / name).write_bytes(content)
    try:
        read_folder(register)
    except RegisterError as error:
        assert name in str(error.problems)  # noqa: PT017 - both ends are good ones


def test_the_catalogue_has_both_lists_with_their_hours() -> None:
    items = {(item.kind, item.code): item for item in classes() if item.scheme == wire.BASE_SCHEME}
    assert len(items) == 403
    assert items[("matter", "09001")].name == "无照经营游商"
    assert items[("matter", "09001")].hours == 24
    assert items[("component", "01001")].hours == 168
    assert {item.standard for item in items.values()} == {"GB/T 47678.5-2026"}


def test_each_number_key_has_one_warning_and_its_classes_are_in_the_catalogue() -> None:
    known = {item.code for item in classes() if item.scheme == wire.BASE_SCHEME}
    texts = templates()
    assert [template.number for template in texts] == list(range(1, 10))
    assert len({template.id for template in texts}) == 9
    assert {"09001", "09006"} <= set(texts[0].codes)
    for template in texts:
        assert set(template.codes) <= known
        assert template.text.endswith("。")
