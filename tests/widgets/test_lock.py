"""A locked seat hides everything, hears nothing, and opens to its officer alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console import wire
from console.seat.layouts import Layouts
from console.seat.mirror import ChangeSet
from tests.widgets.conftest import NOW, StandInClient
from widgets import panes
from widgets.bridge import Desk
from widgets.language import Language
from widgets.lock import Entrance, Lock
from widgets.shell import Shell

PASSWORD = "correct horse"  # noqa: S105 - of the tests' own officer


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, desk: Desk, tmp_path: Path) -> Iterator[Shell]:
    """A window with its queue."""
    shell = Shell(qapp, desk, Language(qapp), Layouts(tmp_path), "duty")
    qtbot.addWidget(shell.window)
    shell.add_pane(panes.FIRST(desk))
    shell.window.show()
    qtbot.waitExposed(shell.window)
    shell.window.show_pane("queue")
    yield shell
    if shell.lock.locked:
        shell.lock.entrance = None
        QTest.keyClick(shell.lock.card.enter, Qt.Key.Key_Space)


@pytest.fixture
def lock(shell: Shell, client: StandInClient) -> Lock:
    """The lock of a bureau's seat."""
    client.password = PASSWORD
    shell.lock.entrance = Entrance("http://127.0.0.1:9", lambda _session: None)
    return shell.lock


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the keyboard is."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifier)


def is_blank(shell: Shell) -> bool:
    """Whether the window shows nothing but the card, once what was asked for is done."""
    QApplication.processEvents()
    image = shell.window.grab().toImage()
    card = shell.lock.card.geometry()
    seen = {
        QColor(image.pixel(x, y)).name()
        for x in range(0, image.width(), 16)
        for y in range(0, image.height(), 16)
        if not card.adjusted(-4, -4, 4, 4).contains(x, y)
    }
    return seen == {shell.desk.theme.window.name()}


def test_locking_hides_everything_and_is_told_to_the_hub(
    shell: Shell, lock: Lock, client: StandInClient
) -> None:
    assert not is_blank(shell)
    shell.desk.registry["window.lock"].run()
    assert lock.locked
    assert client.locks == 1
    shell.desk.toast.emit("urgent", "a case with a name in it")
    assert is_blank(shell)
    shell.window.banner.say("a place with a name in it", shell.desk.theme)
    assert is_blank(shell)
    shell.window.resize(900, 700)
    assert is_blank(shell)


def test_a_floating_pane_is_hidden_as_well(shell: Shell, lock: Lock) -> None:
    dock = shell.window.docks["queue"]
    dock.setFloating(True)
    dock.show()
    lock.lock()
    image = dock.grab().toImage()
    assert QColor(image.pixel(image.width() // 2, image.height() // 2)) == shell.desk.theme.window
    assert len({image.pixel(x, 40) for x in range(image.width())}) == 1


def test_no_key_reaches_what_is_hidden_and_the_stream_goes_on(
    shell: Shell, lock: Lock, client: StandInClient
) -> None:
    desk = shell.desk
    desk.select_case("20261122-0007")
    queue = QApplication.focusWidget()
    assert queue is not None
    lock.lock()
    for key in (Qt.Key.Key_A, Qt.Key.Key_F, Qt.Key.Key_Tab, Qt.Key.Key_J):
        QTest.keyClick(queue, key)
        QTest.keyClick(shell.window, key)
        press(key)
    QTest.mouseClick(queue, Qt.MouseButton.LeftButton)
    assert client.submitted == []
    assert desk.selection.case is not None
    assert desk.selection.case.id == "20261122-0007"
    assert QApplication.focusWidget() in lock.card.fields()
    body = desk.mirror.units["u001"].model_dump(mode="json") | {"state": "off"}
    change = wire.Change(seq=101, at=NOW, kind="unit", id="u001", body=body)
    desk.post(lambda: desk.receive(wire.Changes(changes=[change])))
    desk.drain()
    assert desk.mirror.units["u001"].state == "off"


def test_only_the_officers_password_opens_and_his_place_is_as_he_left_it(
    shell: Shell, lock: Lock, qtbot: QtBot
) -> None:
    desk = shell.desk
    desk.select_case("20261122-0007")
    before = QApplication.focusWidget()
    lock.lock()
    for password, opens in (("guess", False), (PASSWORD, True)):
        QTest.keyClicks(lock.card.password, password)
        QTest.keyClick(lock.card.password, Qt.Key.Key_Return)
        desk.drain()
        assert lock.locked is not opens
    assert lock.card.password.text() == ""
    assert QApplication.focusWidget() is before
    assert desk.selection.case is not None
    picked = desk.selection
    press(Qt.Key.Key_J)
    assert desk.selection != picked, "keys work again"


def test_a_seat_with_its_own_hub_has_no_password_and_says_so(
    shell: Shell, client: StandInClient
) -> None:
    shell.lock.lock()
    assert "any key" in shell.lock.card.heading.text()
    assert not shell.lock.card.password.isVisible()
    press(Qt.Key.Key_A)
    assert not shell.lock.locked
    assert client.submitted == [], "the key that opens does nothing else"


def test_a_seat_that_nobody_touches_locks_itself_after_the_minutes_of_the_setting(
    shell: Shell, lock: Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("widgets.lock.time.monotonic", lambda: now[0])
    shell.desk.set_setting("lock_minutes", 10)
    press(Qt.Key.Key_Escape)
    lock.look()
    press(Qt.Key.Key_Escape)
    now[0] += 599
    lock.look()
    assert not lock.locked
    now[0] += 2
    shell.desk.set_setting("lock_minutes", 0)
    lock.look()
    assert not lock.locked, "nought is never"
    shell.desk.set_setting("lock_minutes", 10)
    lock.look()
    assert lock.locked


def test_an_ended_session_asks_for_the_password_over_the_officers_place(
    shell: Shell, lock: Lock, qtbot: QtBot
) -> None:
    shell.desk.select_case("20261122-0007")
    lock.session_ended()
    assert lock.card.name.text() == "duty"
    assert lock.card.name.isReadOnly()
    QTest.keyClicks(lock.card.password, PASSWORD)
    QTest.keyClick(lock.card.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "✕" in lock.card.said.text())
    assert lock.locked, "the hub of this test is not there"
    assert shell.desk.selection.case is not None


def test_after_signing_out_another_officer_sees_nothing_of_the_one_before(
    shell: Shell, lock: Lock, client: StandInClient
) -> None:
    admitted: list[wire.Session] = []
    lock.entrance = Entrance("http://127.0.0.1:9", admitted.append)
    shell.desk.registry["window.sign_out"].run()
    assert client.signed_out
    assert not lock.card.name.isReadOnly()
    li = wire.Officer(id="li", name="李强", roles=["dispatcher"])
    session = wire.Session(token="t", officer=li, expires=NOW)  # noqa: S106 - no real one
    lock._signing.answered.emit(session)  # noqa: SLF001 - what the hub would say
    assert admitted == [session]
    assert lock.locked, "what the mirror holds is still the other's"
    snapshot = wire.Snapshot(seq=1, at=NOW, town="", officer=li, entities={})
    shell.desk.mirror.load(snapshot)
    shell.desk.changed.emit(ChangeSet(whole=True))
    assert not lock.locked
