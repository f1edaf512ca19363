"""Who may do what: default deny, tokens in headers only, guessing made slow."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from console import wire
from console.domain.case import Role
from console.hub.app import ROUTERS
from tests.hub.conftest import INTAKE_KEY, TOKEN, ServedHub, TestClock, command, make_hub

PASSWORD = "correct horse"  # noqa: S105 - of a test's account


@pytest.fixture
def service(tmp_path: Path, clock: TestClock) -> Iterator[ServedHub]:
    """A hub without a duty officer, with an administrator and an auditor of the whole town."""
    hub = make_hub(tmp_path, clock)
    with ServedHub(hub) as served:
        for id_, role in (("chief", Role.ADMINISTRATOR), ("audrey", Role.AUDITOR)):
            account = wire.Account(
                id=id_, name=id_, roles=[role], districts=["*"], password=PASSWORD
            )
            assert served.put("/api/accounts", account).status_code == 204
        hub.duty = None
        yield served


def sign_in(service: ServedHub, name: str, password: str = PASSWORD) -> requests.Response:
    return service.post("/api/login", wire.Login(name=name, password=password))


def bearer(answer: requests.Response) -> dict[str, str]:
    return {"Authorization": f"Bearer {answer.json()['token']}"}


def test_every_route_but_signing_in_and_the_doors_asks_who_is_there(served: ServedHub) -> None:
    paths = served.get("/openapi.json").json()["paths"]
    asked = 0
    for path, methods in paths.items():
        if not path.startswith("/api/") or path == "/api/login":
            continue
        for method in methods:
            for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}):
                answer = requests.request(
                    method, served.url + path, headers=headers, timeout=10, json={}
                )
                assert answer.status_code == 401, (method, path)
                assert wire.Problem.model_validate(answer.json()).code == "unauthenticated"
                asked += 1
    assert asked > 20


def test_every_door_asks_for_the_key_but_for_what_the_standard_makes_public(
    served: ServedHub,
) -> None:
    paths = served.get("/openapi.json").json()["paths"]
    asked = []
    for path, methods in paths.items():
        if path.startswith("/api/"):
            continue
        for method in methods:
            for headers in ({}, {"X-API-Key": "wrong"}, {"Authorization": f"Bearer {TOKEN}"}):
                url = served.url + path.replace("{form}", "json")
                given = {"service_code": "001", "lat": "28.65", "long": "121.26"}
                answer = requests.request(method, url, headers=headers, timeout=10, data=given)
                if path.startswith("/open311/v2") and method == "get":
                    assert answer.status_code in (200, 404), path
                else:
                    assert answer.status_code in (401, 403), (method, path)
            asked.append((method, path))
    assert {path.split("/")[1] for _, path in asked} == {
        "collector",
        "field",
        "intake",
        "open311",
    }


def test_nothing_is_served_that_the_two_walks_do_not_know(served: ServedHub) -> None:
    walked = set(served.get("/openapi.json").json()["paths"])
    routes = {getattr(route, "path", "?") for router in ROUTERS for route in router.routes}
    assert routes - walked == {"/api/stream", "/api/talk"}
    for path in ("/api/stream", "/api/talk"):
        for header in ({}, {"Authorization": "Bearer wrong"}, {"X-API-Key": INTAKE_KEY}):
            with pytest.raises(InvalidStatus) as error:
                connect(served.url.replace("http", "ws") + path, additional_headers=header)
            assert error.value.response.status_code == 401


def test_the_token_in_the_address_opens_nothing(served: ServedHub) -> None:
    for name in ("token", "access_token", "api_key"):
        answer = requests.get(f"{served.url}/api/snapshot?{name}={TOKEN}", timeout=10)
        assert answer.status_code == 401


def test_an_account_signs_in_works_and_signs_out(service: ServedHub) -> None:
    answer = sign_in(service, "chief")
    session = wire.Session.model_validate(answer.json())
    assert session.officer.roles == ["administrator"]
    headers = bearer(answer)
    assert service.get("/api/snapshot", headers=headers).json()["officer"]["id"] == "chief"
    assert service.post("/api/logout", headers=headers).status_code == 204
    assert service.get("/api/snapshot", headers=headers).status_code == 401


def test_the_launch_token_is_nothing_to_a_service(service: ServedHub) -> None:
    assert service.get("/api/snapshot").status_code == 401


def test_a_session_runs_out(service: ServedHub, clock: TestClock) -> None:
    headers = bearer(sign_in(service, "chief"))
    clock.move(hours=11.9)
    assert service.get("/api/health", headers=headers).status_code == 200
    clock.move(hours=0.2)
    assert service.get("/api/health", headers=headers).status_code == 401


def test_a_new_password_ends_the_sessions_of_the_account(service: ServedHub) -> None:
    chief, audrey = bearer(sign_in(service, "chief")), bearer(sign_in(service, "audrey"))
    changed = wire.Account(id="audrey", name="a", roles=["auditor"], password="another one")  # noqa: S106
    assert service.put("/api/accounts", changed, headers=chief).status_code == 204
    assert service.get("/api/health", headers=audrey).status_code == 401
    assert sign_in(service, "audrey").status_code == 401
    assert sign_in(service, "audrey", "another one").status_code == 200


def test_a_wrong_name_and_a_wrong_password_are_answered_alike_and_then_not_at_all(
    service: ServedHub, clock: TestClock
) -> None:
    nobody, wrong = sign_in(service, "nobody"), sign_in(service, "chief", "wrong")
    assert (nobody.status_code, nobody.json()) == (wrong.status_code, wrong.json())
    for _ in range(7):
        assert sign_in(service, "chief", "wrong").status_code == 401
    assert sign_in(service, "chief").status_code == 429
    clock.move(seconds=6)
    assert sign_in(service, "chief", "wrong").status_code == 401
    clock.move(seconds=6)
    assert sign_in(service, "chief").status_code == 429, "the next one waits twice as long"
    clock.move(seconds=5)
    assert sign_in(service, "chief").status_code == 200


def test_a_hundred_guesses_at_once_are_no_more_than_eight(service: ServedHub) -> None:
    given = {"name": "chief", "password": "wrong"}
    url = service.url + "/api/login"
    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(requests.post, url, json=given, timeout=60) for _ in range(20)]
        codes = [one.result().status_code for one in asked]
    assert (codes.count(401), codes.count(429)) == (8, 12)


def test_roles_bound_what_an_account_sees_and_does(service: ServedHub) -> None:
    audrey = bearer(sign_in(service, "audrey"))
    assert service.get("/api/audit", headers=audrey).status_code == 200
    assert service.get("/api/settings", headers=audrey).status_code == 403
    filing = service.post("/api/commands", command("case.file", "x"), headers=audrey)
    assert filing.status_code == 403
    account = wire.Account(id="x", name="x", roles=["leader"], password=PASSWORD)
    assert service.put("/api/accounts", account, headers=audrey).status_code == 403


def test_an_account_needs_known_roles_and_a_password_of_some_length(service: ServedHub) -> None:
    chief = bearer(sign_in(service, "chief"))
    good = {"id": "x", "name": "x", "roles": ["leader"], "password": PASSWORD}
    for wrong, field in (
        ({"roles": ["king"]}, "roles"),
        ({"roles": ["system"]}, "roles"),
        ({"roles": []}, "roles"),
        ({"password": "short"}, "password"),
        ({"id": "../x"}, "id"),
    ):
        answer = service.put("/api/accounts", good | wrong, headers=chief)
        assert (answer.status_code, answer.json()["field"]) == (422, field)
        assert "short" not in answer.text


def test_settings_are_listed_with_meaning_and_without_secrets(served: ServedHub) -> None:
    rows = {row["name"]: row for row in served.get("/api/settings").json()}
    assert rows["seat_patience"]["unit"] == "seconds"
    assert all(row["description"] for row in rows.values())
    assert TOKEN not in served.get("/api/settings").text
