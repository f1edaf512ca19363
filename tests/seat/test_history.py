"""What was done here and how it is taken back."""

from __future__ import annotations

from datetime import UTC, datetime

from console import wire
from console.seat.history import History

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def command(verb: str, key: str) -> wire.Command:
    return wire.Command(id=f"case.{verb}", key=key * 8, target="c1")


def done(history: History, verb: str, key: str, undo: str | None, way: str = "do") -> None:
    sent = command(verb, key)
    history.sent(sent, NOW, way)  # type: ignore[arg-type]  # a literal in every call below
    back = command(undo, "x") if undo else None
    why = "" if undo else "spoken words stay spoken"
    history.answered(sent, wire.CommandResult(seq=1, undo=back, no_undo=why))


def test_the_last_deed_is_taken_back_first() -> None:
    history = History()
    done(history, "file", "a", "recall")
    done(history, "dispatch", "b", "recall")
    first, second = history.take_undo(), history.take_undo()
    assert first is not None
    assert second is not None
    assert first.key != second.key, "each undo is a command of its own"
    assert history.take_undo() is None


def test_a_refused_undo_can_be_tried_again() -> None:
    history = History()
    done(history, "dispatch", "a", "recall")
    back = history.take_undo()
    assert back is not None
    history.sent(back, NOW, "undo")
    history.answered(back, wire.Problem(code="conflict"))
    assert history.can_undo
    assert not history.deeds[0].undone


def test_an_undone_deed_can_be_done_again() -> None:
    history = History()
    done(history, "file", "a", "recall")
    history.take_undo()
    done(history, "recall", "b", "file", way="undo")
    again = history.take_redo()
    assert again is not None
    assert again.id == "case.file"


def test_a_new_deed_ends_what_could_be_done_again() -> None:
    history = History()
    done(history, "file", "a", "recall")
    history.take_undo()
    done(history, "recall", "b", "file", way="undo")
    done(history, "check", "c", "uncheck")
    assert not history.can_redo


def test_a_refused_or_final_deed_is_not_taken_back() -> None:
    history = History()
    sent = command("file", "a")
    history.sent(sent, NOW)
    history.answered(sent, wire.Problem(code="forbidden"))
    done(history, "warn", "b", None)
    assert not history.can_undo
    assert history.why_not() == "spoken words stay spoken"
