"""Other platforms: what is declared is read, what is not is kept, and nobody else gets in."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from console import wire
from console.hub.settings import Secrets
from console.protocols.mapping import MappingError, declared, pointed
from tests.hub import small_town
from tests.hub.conftest import TOKEN, ServedHub, TestClock, make_hub

SECRET = "between-the-two-of-us"  # noqa: S105 - of the tests' own platform
DECLARED = """
title = "12345热线"
signature = "X-Sign"
items = "/data/list"
[fields]
id = "/no"
text = "/content"
class_name = "/kind"
lat = "/loc/0"
lon = "/loc/1"
address = "/address"
at = "/created"
name = "/who/name"
phone = "/who/tel"
urgent = "/level"
[values.class_name]
"流动摊贩" = "无照经营游商"
"垃圾" = "暴露垃圾"
[values.urgent]
"1" = "紧急"
"2" = "否"
"""
ORDER = {
    "no": "A-17",
    "content": "校门口有人摆摊",
    "kind": "流动摊贩",
    "loc": [28.136, 121.231],
    "created": "2026-11-22 11:30:00",
    "who": {"name": "周女士", "tel": "139"},
    "level": 2,
}


@pytest.fixture
def town(tmp_path: Path, clock: TestClock) -> Iterator[ServedHub]:
    register = small_town.write_register(tmp_path / "register")
    (register / "platforms").mkdir()
    (register / "platforms" / "hotline.toml").write_text(DECLARED, "utf-8")
    (register / "platforms" / "broken.toml").write_text("fields = 3", "utf-8")
    hub = make_hub(tmp_path / "hub", clock, register_dir=register)
    hub.secrets = Secrets(launch_token=TOKEN, platform_secrets={"hotline": SECRET})
    with ServedHub(hub) as served:
        yield served


def send(
    town: ServedHub, body: Any, signature: str | None = None, name: str = "hotline"
) -> requests.Response:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    good = hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()
    headers = {"X-Sign": f"sha256={good}" if signature is None else signature}
    return requests.post(
        f"{town.url}/intake/platform/{name}", data=raw, headers=headers, timeout=10
    )


def orders(*changes: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"list": [ORDER | change for change in changes]}}


def quarantine(tmp_path: Path) -> list[dict[str, Any]]:
    file = tmp_path / "hub" / "quarantine.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_what_is_declared_becomes_a_case_once(town: ServedHub) -> None:
    answer = send(town, orders({}))
    assert answer.status_code == 202, answer.text
    (result,) = answer.json()["results"]
    assert (result["result"], result["id"]) == ("opened", "A-17")
    assert send(town, orders({"level": 1})).json()["results"][0]["result"] == "known"
    (row,) = town.hub.live.cases.values()
    assert (row.code, row.sources, row.priority) == ("09001", ["platform"], 0)
    whole = wire.CaseDetail.model_validate(town.get(f"/api/cases/{row.id}").json())
    (report,) = whole.reports
    assert (report.reporter, report.data["number"]) == ("周女士 139", "A-17")
    assert report.at.isoformat() == "2026-11-22T03:30:00+00:00"


def test_what_is_not_declared_is_kept_raw_and_named(town: ServedHub, tmp_path: Path) -> None:
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"kind": "飞碟"}, "/kind"),
        ({"no": ""}, "/no"),
        ({"content": {"a": 1}}, "/content"),
        ({"content": "字" * 5000}, "/content"),
        ({"loc": ["north", 121]}, "lat"),
        ({"loc": [48.1, 11.5]}, "lat"),
        ({"loc": [], "address": "火星"}, "address"),
        ({"created": "soon"}, "at"),
    )
    for number, (change, field) in enumerate(wrong, start=1):
        answer = send(town, orders(change, {"no": f"good {number}"}))
        bad, good = answer.json()["results"]
        assert (answer.status_code, good["result"] in ("opened", "joined")) == (202, True)
        assert (bad["problem"]["field"], bad["problem"]["kept"]) == (field, True)
        kept = quarantine(tmp_path)
        assert (len(kept), kept[-1]["door"]) == (number, "platform/hotline")
        assert json.loads(base64.b64decode(kept[-1]["raw"])) == ORDER | change


def test_a_body_that_is_no_list_of_reports_is_kept_and_refused(
    town: ServedHub, tmp_path: Path
) -> None:
    bodies: tuple[Any, ...] = (b"{", b"[" * 5000, {"data": 3}, {"data": {"list": [{}] * 300}})
    for number, body in enumerate(bodies, start=1):
        answer = send(town, body)
        assert answer.status_code == 422
        assert answer.json()["field"]
        assert len(quarantine(tmp_path)) == number


def test_nobody_gets_in_without_the_signature(town: ServedHub) -> None:
    for signature in ("", "sha256=", "0" * 64, "钥匙".encode().decode("latin-1")):
        answer = send(town, orders({}), signature)
        assert (answer.status_code, answer.json()["field"]) == (401, "X-Sign")
    for name in ("nobody", "broken"):
        assert send(town, orders({}), name=name).status_code == 401
    assert not town.hub.live.cases


def test_a_declaration_that_means_nothing_is_shown_and_stops_nothing(town: ServedHub) -> None:
    parts = {part.name: part.state for part in town.hub.health.read().parts}
    assert (parts["platform hotline"], parts["platform broken"]) == ("ok", "fail")


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"fields": {"id": "/a", "text": "/b"}},
        {"fields": {"id": "a", "text": "/b", "address": "/c"}},
        {"fields": {"id": "/a", "text": "/b", "address": "/c", "mood": "/d"}},
        {"fields": {"id": "/a", "text": "/b", "address": "/c"}, "values": {"code": 3}},
        {"fields": {"id": "/a", "text": "/b", "address": "/c"}, "items": "list"},
    ],
)
def test_a_wrong_declaration_says_so(table: dict[str, Any]) -> None:
    with pytest.raises(MappingError):
        declared("x", table)


def test_a_pointer_finds_what_it_points_at() -> None:
    tree = {"a/b": [{"m~n": 7}], "": 1}
    assert pointed(tree, "/a~1b/0/m~0n") == 7
    assert pointed(tree, "/") == 1
    for nothing in ("/a", "/a~1b/1", "/a~1b/x", "/a~1b/0/m~0n/deep"):
        assert pointed(tree, nothing) is None
