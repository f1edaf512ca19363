"""Citizens and collectors: keys of their own, questions, what became of it, what is added."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from console import wire
from console.domain.case import Action, Role
from console.hub.auth import SYSTEM
from console.hub.intake import clients
from console.hub.rules.case_flow import step
from console.hub.store import Tx
from console.protocols import open311
from tests.hub import small_town
from tests.hub.conftest import DUTY, INTAKE_KEY, ServedHub, TestClock, make_hub

PASSWORD = "correct horse battery"  # noqa: S105 - of the tests' own account


@pytest.fixture
def town(tmp_path: Path, clock: TestClock) -> Iterator[ServedHub]:
    register = small_town.write_register(tmp_path / "register")
    with ServedHub(make_hub(tmp_path / "hub", clock, register_dir=register)) as served:
        yield served


def make_key(town: ServedHub, name: str, source: str = "citizen", **more: Any) -> str:
    answer = town.post("/api/intake/keys", {"name": name, "source": source} | more)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["key"])


def collector(town: ServedHub, id_: str = "wang") -> str:
    """Make a collector's account and return his personal token."""
    account = {"id": id_, "name": "王采集", "roles": ["collector"], "districts": ["*"]}
    assert town.put("/api/accounts", account | {"password": PASSWORD}).status_code == 204
    return make_key(town, f"app of {id_}", "collector", account=id_)


def post(town: ServedHub, path: str, key: str = INTAKE_KEY, **more: Any) -> requests.Response:
    files = more.pop("files", None)
    url = f"{town.url}/open311/v2/{path}"
    return requests.post(url, data={"api_key": key} | more, files=files, timeout=10)


def report(town: ServedHub, key: str = INTAKE_KEY, text: str = "有小贩卖水果", **more: Any) -> str:
    lat, lon = small_town.at(5, 5)
    form = open311.encode(open311.NewRequest("09001", lat, lon, description=text))
    answer = post(town, "requests.json", key, **form | more)
    assert answer.status_code == 201, answer.text
    return str(answer.json()[0]["service_request_id"])


def told(town: ServedHub, number: str) -> dict[str, Any]:
    answer = requests.get(f"{town.url}/open311/v2/requests/{number}.json", timeout=10)
    found: dict[str, Any] = answer.json()[0]
    return found


def move(town: ServedHub, action: Action, note: str = "", **changes: Any) -> wire.CaseRow:
    """Take one step with the only case."""
    (id_,) = town.hub.live.cases

    def write(tx: Tx) -> wire.CaseRow:
        row = tx.get(wire.CaseRow, id_)
        assert row is not None
        return step(town.hub, tx, row, action, DUTY, note=note, **changes)

    moved: wire.CaseRow = town.call(town.hub.store.write(write))
    return moved


def facts(town: ServedHub, case: str) -> list[wire.Fact]:
    return wire.CaseDetail.model_validate(town.get(f"/api/cases/{case}").json()).history


def test_every_client_has_a_key_of_its_own_that_can_be_switched_off(town: ServedHub) -> None:
    key = make_key(town, "随手拍")
    number = report(town, key)
    kept = town.call(town.hub.store.read(lambda reader: reader.get_report(number)))
    assert (kept.source, kept.data["client"]) == ("citizen", "随手拍")
    assert town.put("/api/intake/keys/随手拍", {"disabled": True}).status_code == 204
    answer = post(town, "requests.json", key, service_code="09001", lat="28.136", long="121.231")
    assert (answer.status_code, answer.json()[0]["code"]) == (403, 403)
    assert town.put("/api/intake/keys/随手拍", {"disabled": False}).status_code == 204
    assert report(town, key, "又有小贩") != number
    listed = town.get("/api/intake/keys").json()
    assert [row["name"] for row in listed] == ["随手拍"]
    assert key not in str(listed)


def test_a_key_is_kept_as_a_digest_only(town: ServedHub, tmp_path: Path) -> None:
    key = make_key(town, "随手拍")
    kept = b"".join(path.read_bytes() for path in (tmp_path / "hub").glob("cases.db*"))
    assert key.encode() not in kept


def test_a_key_that_makes_no_sense_is_not_made(town: ServedHub) -> None:
    wrong: tuple[tuple[dict[str, str], int, str], ...] = (
        ({"name": "a", "source": "ai"}, 422, "source"),
        ({"name": "a", "source": "collector"}, 422, "account"),
        ({"name": "a", "source": "collector", "account": "nobody"}, 404, "account"),
        ({"name": "", "source": "citizen"}, 422, "name"),
    )
    for given, status, field in wrong:
        answer = town.post("/api/intake/keys", given)
        assert (answer.status_code, answer.json()["field"]) == (status, field)


def test_two_clients_cannot_share_a_name(town: ServedHub) -> None:
    make_key(town, "随手拍")
    answer = town.post("/api/intake/keys", {"name": "随手拍", "source": "citizen"})
    assert (answer.status_code, answer.json()["code"]) == (409, "key_exists")


def test_without_a_key_both_formats_say_so(town: ServedHub) -> None:
    for key in ("", "wrong"):
        answer = post(town, "requests.xml", key, service_code="09001", lat="28", long="121")
        assert answer.status_code == 403
        root = ET.fromstring(answer.content)  # noqa: S314 - our own output
        assert root.findtext("error/code") == "403"
        assert "api_key" in str(root.findtext("error/description"))


def test_a_service_says_what_it_asks_and_its_answers_are_checked(town: ServedHub) -> None:
    listed = town.get("/open311/v2/services.json").json()
    asking = {row["service_code"] for row in listed if row["metadata"] == "true"}
    assert "09009" in asking
    definition = town.get("/open311/v2/services/09009.json").json()
    asked = {row["code"]: row["datatype"] for row in definition["attributes"]}
    assert asked == {"plate": "string", "where": "singlevaluelist"}
    goods: dict[str, Any] = {"attribute[goods][]": ["fruit", "food"]}
    number = report(town, **goods)
    kept = town.call(town.hub.store.read(lambda reader: reader.get_report(number)))
    assert kept.data["attributes"] == {"goods": "fruit,food"}
    wrong = {"service_code": "09001", "lat": "28.136", "long": "121.231"}
    answer = post(town, "requests.json", **wrong, **{"attribute[stalls]": "many"})
    assert answer.status_code == 400
    assert "attribute[stalls]" in answer.json()[0]["description"]


def test_pages_of_a_listing_neither_repeat_nor_lose_a_request(
    town: ServedHub, clock: TestClock
) -> None:
    numbers = []
    for index in range(7):
        clock.move(minutes=1)
        numbers.append(report(town, text=f"第{index}个小贩"))
    seen = []
    for page in (1, 2, 3, 4):
        query = {"page": page, "page_size": 2, "service_code": "09001", "status": "open"}
        rows = town.get("/open311/v2/requests.json", params=query).json()
        seen += [row["service_request_id"] for row in rows]
    assert seen == numbers[::-1]
    token = town.get(f"/open311/v2/tokens/{numbers[0]}.json").json()
    assert token[0]["service_request_id"] == numbers[0]


def test_what_was_returned_is_asked_for_and_goes_on_when_it_comes(town: ServedHub) -> None:
    number = report(town)
    move(town, Action.RETURN, "请说明门牌号")
    assert told(town, number)["status_notes"].endswith("请补充材料：请说明门牌号")
    photo = {"media": ("a.jpg", small_town.jpeg())}
    for _ in range(2):
        answer = post(town, f"requests/{number}.json", description="人民路12号", files=photo)
        assert answer.status_code == 201
    (row,) = town.hub.live.cases.values()
    assert row.state == "proposed"
    history = facts(town, row.id)
    assert [fact.action for fact in history] == ["propose", "return", "supplement"]
    assert (history[-1].note, len(history[-1].media)) == ("人民路12号", 1)


def test_only_who_reported_may_add_to_it_or_rate_it(town: ServedHub) -> None:
    number, other = report(town), make_key(town, "other")
    for path in (f"requests/{number}.json", f"requests/{number}/satisfaction"):
        answer = post(town, path, other, description="x", satisfaction="3")
        assert answer.status_code == 404


def test_how_content_a_reporter_is_comes_back(town: ServedHub) -> None:
    number = report(town)
    early = post(town, f"requests/{number}/satisfaction", satisfaction="3")
    assert early.status_code == 409
    done = move(town, Action.SETTLE, "已当场劝离")
    assert told(town, number)["status_notes"].endswith("：已当场劝离")
    for said in ("0", "4", "good", ""):
        answer = post(town, f"requests/{number}/satisfaction.xml", satisfaction=said)
        assert answer.status_code == 400
    answer = post(town, f"requests/{number}/satisfaction", satisfaction="3", text="很快")
    assert answer.status_code == 200
    detail = wire.CaseDetail.model_validate(town.get(f"/api/cases/{done.id}").json())
    assert detail.row.satisfaction == 3
    assert (detail.history[-1].action, detail.history[-1].note) == ("rate", "很快")
    assert detail.history[-1].actor == SYSTEM.id


def test_a_collectors_report_names_him_as_who_found_it(town: ServedHub) -> None:
    token = collector(town)
    number = report(town, token)
    (row,) = town.hub.live.cases.values()
    assert row.sources == ["collector"]
    (fact,) = facts(town, row.id)
    assert (fact.actor, fact.role, fact.data["reporter"]) == ("wang", Role.COLLECTOR, "wang")
    stranger = post(town, f"requests/{number}.json", description="x")
    assert stranger.status_code == 404


def test_the_parties_are_counted_with_what_came_to_an_end(
    town: ServedHub, clock: TestClock
) -> None:
    key = make_key(town, "随手拍")
    report(town, key)
    report(town, key, "还有小贩")
    report(town, text="水果摊")
    move(town, Action.SETTLE, "已劝离")
    clock.move(minutes=1)
    parties = {row["name"]: row for row in town.get("/api/intake/stats").json()["parties"]}
    assert {k: parties["随手拍"][k] for k in ("source", "reports", "joined", "over")} == {
        "source": "citizen",
        "reports": 2,
        "joined": 1,
        "over": 2,
    }
    assert parties[clients.BUREAU.name]["joined"] == 1


def tasks(town: ServedHub, token: str) -> list[dict[str, Any]]:
    answer = requests.get(
        f"{town.url}/collector/v1/tasks", headers={"X-API-Key": token}, timeout=10
    )
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["tasks"]
    return found


def found(town: ServedHub, token: str, case: str, said: str = "yes", **more: Any) -> Any:
    url = f"{town.url}/collector/v1/tasks/{case}"
    photo = {"photo": ("a.jpg", small_town.jpeg())} if more.pop("photo", True) else None
    form = {"found": said, "text": "确有此事"} | more
    return requests.post(url, data=form, files=photo, headers={"X-API-Key": token}, timeout=10)


def test_a_collector_verifies_what_somebody_else_found(town: ServedHub) -> None:
    mine, others = collector(town), collector(town, "zhao")
    report(town, mine)
    row = move(town, Action.VERIFY)
    assert tasks(town, mine) == []
    (task,) = tasks(town, others)
    assert (task["case"], task["task"], task["text"]) == (row.id, "verify", "有小贩卖水果")
    assert found(town, mine, row.id).status_code == 403
    for _ in range(2):
        answer = found(town, others, row.id)
        assert (answer.status_code, answer.json()["state"]) == (200, "verified")
    last = facts(town, row.id)[-1]
    assert (last.action, last.actor, last.role) == ("confirm", "zhao", "collector")
    assert len(last.media) == 1
    assert tasks(town, others) == []


def test_what_a_collector_did_not_find_is_told_to_the_desk(town: ServedHub) -> None:
    token = collector(town)
    report(town)
    row = move(town, Action.VERIFY)
    assert found(town, token, row.id, "no", text="现场无此情况").json()["state"] == "verifying"
    last = facts(town, row.id)[-1]
    assert (last.action, last.note, last.data["found"]) == ("note", "现场无此情况", False)


def test_a_collectors_result_that_cannot_be_names_what_is_wrong(town: ServedHub) -> None:
    token = collector(town)
    report(town)
    case = move(town, Action.VERIFY).id
    wrong: tuple[tuple[dict[str, Any], int, str], ...] = (
        ({"said": "maybe"}, 422, "found"),
        ({"photo": False}, 422, "photo"),
        ({"text": "字" * 2001}, 422, "text"),
        ({"case": "C0"}, 404, "case"),
    )
    for more, status, field in wrong:
        answer = found(town, token, more.pop("case", case), **more)
        assert (answer.status_code, answer.json()["field"]) == (status, field)


def test_only_a_personal_token_opens_the_collectors_door(town: ServedHub) -> None:
    for key in (INTAKE_KEY, make_key(town, "随手拍"), "wrong"):
        url = f"{town.url}/collector/v1/tasks"
        assert requests.get(url, headers={"X-API-Key": key}, timeout=10).status_code == 403
