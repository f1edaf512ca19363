"""Commands on one case go out one after the other."""

from __future__ import annotations

from functools import partial

from console.seat.turns import Turns


def test_the_next_waits_until_the_effect_of_the_one_before_is_seen() -> None:
    turns, went = Turns(), list[str]()
    turns.take("a", partial(went.append, "first"))
    turns.take("a", partial(went.append, "second"))
    turns.take("a", partial(went.append, "third"))
    turns.seen(99)
    assert went == ["first"], "the hub has not answered yet"
    turns.answered("a", 7)
    turns.seen(6)
    assert went == ["first"]
    turns.seen(7)
    assert went == ["first", "second"], "one at a time"
    turns.answered("a", 0)
    turns.seen(7)
    assert went[-1] == "third"


def test_other_cases_do_not_wait() -> None:
    turns, went = Turns(), list[str]()
    turns.take("a", partial(went.append, "a"))
    turns.take("b", partial(went.append, "b"))
    assert went == ["a", "b"]


def test_a_case_that_is_quiet_again_begins_anew() -> None:
    turns, went = Turns(), list[str]()
    turns.take("a", partial(went.append, "first"))
    turns.answered("a", 3)
    turns.seen(3)
    assert not turns.busy("a")
    turns.take("a", partial(went.append, "again"))
    assert went == ["first", "again"]
