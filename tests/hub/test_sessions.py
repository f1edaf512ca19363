"""Sessions end on the hub at once; passwords, accounts and locked seats are kept in the audit."""

from __future__ import annotations

from collections import deque
from typing import Any

import pytest
import requests
from websockets.exceptions import ConnectionClosed

from console import wire
from console.domain.case import Role
from console.hub.accounts import FREE, LONGEST_DELAY, PEER_FREE, Attempts
from console.hub.api.stream import OVER
from console.hub.refusal import Refused
from tests.hub.conftest import NOON, ServedHub, TestClock, officer

PASSWORD = "correct horse"  # noqa: S105 - of a test's account


@pytest.fixture
def service(served: ServedHub) -> ServedHub:
    """A service with an administrator who has a session, and an officer, wang."""
    given = wire.Account(
        id="wang", name="王敏", roles=["dispatcher"], districts=["d1"], password=PASSWORD
    )
    assert served.put("/api/accounts", given).status_code == 204
    chief = served.admit(officer(Role.ADMINISTRATOR, id_="chief"))
    served.session.headers.update(served.by(chief))
    served.hub.duty = None
    return served


def sign_in(service: ServedHub, password: str = PASSWORD) -> dict[str, str]:
    answer = service.post("/api/login", wire.Login(name="wang", password=password))
    assert answer.ok, answer.text
    return service.by(answer.json()["token"])


def token_of(headers: dict[str, str]) -> str:
    return headers["Authorization"].partition(" ")[2]


def last_entry(service: ServedHub) -> dict[str, Any]:
    entry: dict[str, Any] = service.get("/api/audit").json()["entries"][-1]
    return entry


def ends(service: ServedHub, headers: dict[str, str], how: requests.Response) -> None:
    """Assert that what was done ended a session with its open stream."""
    assert how.status_code == 204, how.text
    assert service.get("/api/health", headers=headers).status_code == 401


def test_an_administrator_sees_who_is_signed_in_and_ends_a_session_with_its_stream(
    service: ServedHub,
) -> None:
    wang = sign_in(service)
    with service.stream(0, token_of(wang)) as seat:
        seat.recv(5)
        rows = [wire.SessionRow.model_validate(row) for row in service.get("/api/sessions").json()]
        mine = next(row for row in rows if row.officer == "wang")
        assert (mine.name, mine.peer, mine.opened, mine.seats) == ("王敏", "127.0.0.1", NOON, 1)
        assert token_of(wang) not in str(rows)
        ends(service, wang, service.session.delete(f"{service.url}/api/sessions/{mine.id}"))
        with pytest.raises(ConnectionClosed, match=str(OVER)):
            deque(seat, maxlen=0)
    assert last_entry(service)["action"] == "session.end"
    gone = service.session.delete(f"{service.url}/api/sessions/{mine.id}")
    assert (gone.status_code, gone.json()["code"]) == (404, "unknown_session")


def test_switching_an_account_off_ends_its_sessions_and_on_lets_it_in_again(
    service: ServedHub,
) -> None:
    wang = sign_in(service)
    account = wire.Account(id="wang", name="王敏", roles=["dispatcher"], disabled=True)
    ends(service, wang, service.put("/api/accounts", account))
    refused = service.post("/api/login", wire.Login(name="wang", password=PASSWORD))
    assert refused.status_code == 401
    rows = {row["id"]: row for row in service.get("/api/accounts").json()}
    assert (rows["wang"]["disabled"], rows["chief"]["disabled"]) == (True, False)
    assert "password" not in rows["wang"]
    service.put("/api/accounts", account.model_copy(update={"disabled": False}))
    sign_in(service)


def test_a_new_account_needs_a_password_and_answers_for_nothing_unless_told(
    service: ServedHub,
) -> None:
    given = wire.Account(id="li", name="李强", roles=["dispatcher"])
    refused = service.put("/api/accounts", given)
    assert (refused.status_code, refused.json()["field"]) == (422, "password")
    given = given.model_copy(update={"password": PASSWORD})
    assert service.put("/api/accounts", given).status_code == 204
    rows = {row["id"]: row for row in service.get("/api/accounts").json()}
    assert (rows["li"]["districts"], rows["li"]["departments"]) == ([], [])
    assert rows["wang"]["districts"] == ["d1"]


def test_an_officer_changes_his_own_password_and_his_other_sessions_end(
    service: ServedHub,
) -> None:
    here, elsewhere = sign_in(service), sign_in(service)
    new = "battery staple"
    for old, wish, status, field in (
        ("wrong", new, 403, "password"),
        (PASSWORD, "short", 422, "new"),
        (PASSWORD, new, 204, None),
    ):
        body = {"old": old, "new": wish}
        answer = service.put("/api/password", body, headers=here)
        assert answer.status_code == status
        assert status == 204 or answer.json()["field"] == field
    assert service.get("/api/health", headers=here).status_code == 200
    assert service.get("/api/health", headers=elsewhere).status_code == 401
    sign_in(service, new)
    text = service.get("/api/audit").text
    assert "account.password" in text
    assert new not in text


def test_a_seat_is_locked_and_opened_again_by_its_officers_password_alone(
    service: ServedHub,
) -> None:
    wang = sign_in(service)
    assert service.post("/api/seat/lock", headers=wang).status_code == 204
    assert last_entry(service)["action"] == "seat.locked"
    wrong = service.post("/api/seat/unlock", wire.Unlock(password="guess"), headers=wang)  # noqa: S106
    assert (wrong.status_code, wrong.json()["code"]) == (403, "wrong_password")
    assert service.get("/api/health", headers=wang).status_code == 200, "he is still signed in"
    good = service.post("/api/seat/unlock", wire.Unlock(password=PASSWORD), headers=wang)
    assert good.json()["id"] == "wang"
    entry = last_entry(service)
    assert (entry["actor"], entry["action"]) == ("wang", "seat.unlocked")


def test_the_seat_of_an_embedded_hub_has_no_password_to_ask_for(served: ServedHub) -> None:
    assert served.post("/api/seat/lock").status_code == 204
    assert served.post("/api/seat/unlock", wire.Unlock()).json()["id"] == "duty"
    refused = served.put("/api/password", {"old": "", "new": PASSWORD})
    assert (refused.status_code, refused.json()["code"]) == (409, "no_password")


def test_nobody_locks_an_account_by_guessing_at_it_from_elsewhere(clock: TestClock) -> None:
    attempts = Attempts()
    for _ in range(FREE):
        attempts.begin("wang", "10.0.0.9", clock())
    with pytest.raises(Refused):
        attempts.begin("wang", "10.0.0.9", clock())
    attempts.begin("wang", "10.0.0.1", clock())
    attempts.begin("li", "10.0.0.9", clock())


def test_each_guess_waits_twice_as_long_as_the_one_before_up_to_a_bound(clock: TestClock) -> None:
    attempts = Attempts()
    waits = []
    for _ in range(FREE + 8):
        before = clock()
        while True:
            try:
                attempts.begin("wang", "10.0.0.9", clock())
            except Refused:
                clock.move(seconds=1)
            else:
                break
        waits.append((clock() - before).total_seconds())
    assert waits[:FREE] == [0] * FREE
    assert waits[FREE : FREE + 6] == [5, 10, 20, 40, 80, 160]
    assert max(waits) <= LONGEST_DELAY.total_seconds()


def test_an_address_that_tries_many_names_waits_as_a_whole(clock: TestClock) -> None:
    attempts = Attempts()
    for number in range(PEER_FREE):
        attempts.begin(f"name{number}", "10.0.0.9", clock())
    with pytest.raises(Refused) as refused:
        attempts.begin("another", "10.0.0.9", clock())
    assert refused.value.status == 429
    clock.move(minutes=5)
    attempts.begin("another", "10.0.0.9", clock())


def test_a_good_password_forgives_the_wrong_ones(clock: TestClock) -> None:
    attempts = Attempts()
    for _ in range(3 * FREE):
        began = clock()
        attempts.begin("wang", "10.0.0.9", began)
        attempts.succeeded("wang", "10.0.0.9", began)
