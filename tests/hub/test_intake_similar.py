"""What may be the same is counted in the row and listed with what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from console import wire
from console.protocols import open311
from tests.hub import small_town
from tests.hub.conftest import INTAKE_KEY, ServedHub, TestClock, command, make_hub


@pytest.fixture
def town(tmp_path: Path, clock: TestClock) -> Iterator[ServedHub]:
    register = small_town.write_register(tmp_path / "register")
    with ServedHub(make_hub(tmp_path / "hub", clock, register_dir=register)) as served:
        yield served


def scene(seed: int, quality: int = 90, width: int = 640) -> bytes:
    """Return a photo of a street that is like no other seed's."""
    noise = np.random.default_rng(seed).integers(0, 255, (12, 16, 3), dtype=np.uint8)
    picture = cv2.resize(noise, (width, width * 3 // 4), interpolation=cv2.INTER_CUBIC)
    return bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1])


def report(
    town: ServedHub, text: str, code: str, east: float = 0, photo: bytes | None = None
) -> wire.CaseRow:
    """Report as a citizen and return the case it stands in."""
    lat, lon = small_town.at(east, 0)
    form = open311.encode(open311.NewRequest(code, lat, lon, description=text))
    files = {"media": ("a.jpg", photo)} if photo else None
    answer = town.session.post(
        f"{town.url}/open311/v2/requests.json",
        data=form | {"api_key": INTAKE_KEY},
        files=files,
        timeout=10,
    )
    assert answer.status_code == 201, answer.text
    number = answer.json()[0]["service_request_id"]
    kept = town.call(town.hub.store.read(lambda reader: reader.get_report(number)))
    return town.hub.live.cases[kept.case]


def detail(town: ServedHub, case: wire.CaseRow) -> wire.CaseDetail:
    return wire.CaseDetail.model_validate(town.get(f"/api/cases/{case.id}").json())


def test_the_same_photo_under_another_class_is_proposed_both_ways(town: ServedHub) -> None:
    one = report(town, "看着不太对", "00000", photo=scene(1))
    two = report(town, "垃圾成堆", "06010", east=10, photo=scene(1, quality=40, width=320))
    assert one.id != two.id
    counts = {id_: row.similar for id_, row in town.hub.live.cases.items()}
    assert counts == {one.id: 1, two.id: 1}
    (like,) = detail(town, two).similar
    assert (like.case, like.basis) == (one.id, ["near", "photo"])
    assert 5 < like.metres < 15
    (back,) = detail(town, one).similar
    assert (back.score, back.metres) == (like.score, like.metres)


def test_another_photo_at_the_same_spot_is_another_thing(town: ServedHub) -> None:
    report(town, "看着不太对", "00000", photo=scene(1))
    two = report(town, "垃圾成堆", "06010", east=10, photo=scene(2))
    assert (two.similar, detail(town, two).similar) == (0, [])


def test_words_alike_are_proposed_where_no_class_is_known(town: ServedHub) -> None:
    one = report(town, "路口那个大坑没人管", "00000")
    two = report(town, "路口有个大坑没人管理", "00000", east=20)
    assert one.id != two.id
    assert [like.basis for like in detail(town, two).similar] == [["near", "text"]]


def test_a_photo_that_shows_nothing_is_like_no_other(town: ServedHub) -> None:
    report(town, "看着不太对", "00000", photo=small_town.jpeg())
    two = report(town, "垃圾成堆", "06010", east=10, photo=small_town.jpeg())
    assert two.similar == 0


def test_a_case_at_its_end_is_counted_no_longer(town: ServedHub) -> None:
    one = report(town, "看着不太对", "00000", photo=scene(1))
    two = report(town, "垃圾成堆", "06010", east=10, photo=scene(1))
    answer = town.post("/api/commands", command("case.reject", two.id, reason="重复"))
    assert answer.status_code == 200
    assert town.hub.live.cases[one.id].similar == 0
    assert detail(town, one).similar == []
    answer = town.post("/api/commands", answer.json()["undo"])
    assert town.hub.live.cases[one.id].similar == 1
