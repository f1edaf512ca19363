"""Who sits at the seats and which case each looks at."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import TypeAdapter
from websockets.sync.client import ClientConnection

from console import wire
from console.domain.case import Role
from tests.hub.conftest import ServedHub, case_row, officer, seed

MESSAGE: TypeAdapter[wire.StreamMessage] = TypeAdapter(wire.StreamMessage)


def told(
    seat: ClientConnection, true: Callable[[dict[str, str | None]], bool]
) -> dict[str, str | None]:
    """Return officer -> case as a seat is told, once something about it is true."""
    while True:
        message = MESSAGE.validate_json(seat.recv(10))
        if isinstance(message, wire.Presence):
            present = {one.officer: one.case for one in message.present}
            if true(present):
                return present


def look(seat: ClientConnection, case: str | None) -> None:
    seat.send(wire.Looking(case=case).model_dump_json())


def test_seats_are_told_who_is_there_who_goes_and_what_each_looks_at(served: ServedHub) -> None:
    served.call(seed(served.hub, case_row("C1", district="d1")))
    wang = served.admit(officer(Role.DISPATCHER, id_="wang"))
    li = served.admit(officer(Role.DISPATCHER, id_="li"))
    with served.stream(0, wang) as first:
        assert told(first, bool) == {"wang": None}
        with served.stream(0, li) as second:
            assert told(first, lambda now: len(now) == 2) == {"wang": None, "li": None}
            look(second, "C1")
            assert told(first, lambda now: bool(now["li"])) == {"wang": None, "li": "C1"}
            look(second, None)
            told(first, lambda now: not now["li"])
        assert told(first, lambda now: len(now) == 1) == {"wang": None}


def test_a_case_out_of_scope_is_not_named_and_cannot_be_looked_at(served: ServedHub) -> None:
    served.call(seed(served.hub, case_row("C1", district="d1"), case_row("C2", district="d2")))
    everywhere = served.admit(officer(Role.DISPATCHER, id_="all"))
    of_d2 = served.admit(officer(Role.DISPATCHER, id_="of_d2", districts=["d2"], departments=[]))
    with served.stream(0, everywhere) as first, served.stream(0, of_d2) as second:
        look(first, "C1")
        look(second, "C2")
        assert told(first, lambda now: all(now.values())) == {"all": "C1", "of_d2": "C2"}
        assert told(second, lambda now: bool(now["of_d2"])) == {"all": None, "of_d2": "C2"}
        look(second, "C1")
        assert told(first, lambda now: not now["of_d2"]) == {"all": "C1", "of_d2": None}


def test_what_is_no_message_is_passed_over_and_the_stream_goes_on(served: ServedHub) -> None:
    served.call(seed(served.hub, case_row("C1")))
    with served.stream(0) as seat:
        for rubbish in (
            "",
            "[",
            '{"type":"looking","case":7}',
            '{"case":"' + "x" * 65 + '"}',
            b"\0",
        ):
            seat.send(rubbish)
        look(seat, "C1")
        assert told(seat, lambda now: bool(now["duty"])) == {"duty": "C1"}
