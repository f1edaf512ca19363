"""The wall with real workers and a real camera: pictures on glass, keys, following the case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console import wire
from console.media.feeds import Feeds
from tests.media.camera import Camera, clip, read_barcode
from tests.widgets.conftest import NOW, StandInClient
from widgets.actions import Keys
from widgets.bridge import Desk
from widgets.theme import load
from widgets.wall import grid
from widgets.wall.pane import WallPane
from widgets.wall.view import WallView


@pytest.fixture(scope="module")
def pictures() -> list[list[bytes]]:
    return clip()


@pytest.fixture
def camera(pictures: list[list[bytes]]) -> Iterator[Camera]:
    with Camera(pictures) as camera:
        yield camera


def point_at(desk: Desk, camera: Camera, *ids: str) -> None:
    """Have cameras of the register (all where none is named) be played by the test's camera."""
    for one in ids or list(desk.mirror.cameras):
        known = desk.mirror.cameras[one]
        urls = {"main": camera.url(f"{one}/main"), "sub": camera.url(f"{one}/sub")}
        desk.mirror.cameras[one] = known.model_copy(update=urls)


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk, camera: Camera) -> Iterator[WallPane]:
    point_at(desk, camera)
    pane = WallPane(desk, None, Feeds(2))
    qtbot.addWidget(pane)
    records = pane.commands()
    desk.registry.add(records)
    Keys(pane).bind(records, {"wall": pane})
    pane.resize(960, 540)
    pane.show()
    qtbot.waitExposed(pane)
    pane.activateWindow()
    pane.take_focus()
    yield pane
    pane.close_feeds()


def rects(view: WallView, count: int) -> list[QRect]:
    return grid.tiles(view.size(), count)


def number(view: WallView, rect: QRect) -> int:
    """Read the number a tile shows off the glass."""
    image = view.grab(rect).toImage().convertToFormat(QImage.Format.Format_RGB32)
    # The picture is 16:9 in the middle of its tile.
    width = min(rect.width(), round(rect.height() * 16 / 9))
    height = min(rect.height(), round(rect.width() * 9 / 16))
    part = image.copy((rect.width() - width) // 2, (rect.height() - height) // 2, width, height)
    return read_barcode(bytes(part.constBits()), width, height, part.bytesPerLine())


def newest(camera: Camera) -> int:
    return camera.newest


def behind(view: WallView, camera: Camera, rect: QRect) -> int:
    """How many pictures a tile is behind its camera; many where it shows none."""
    shown = number(view, rect)
    return (newest(camera) - shown) % 60 if shown >= 0 else 99


def fresh(view: WallView, camera: Camera, count: int) -> bool:
    """Tell whether every tile shows what the camera sent lately."""
    return all(behind(view, camera, rect) <= 12 for rect in rects(view, count))


def test_every_tile_shows_what_the_camera_sends_now(
    qtbot: QtBot, pane: WallPane, camera: Camera
) -> None:
    qtbot.waitUntil(lambda: fresh(pane.view, camera, 9))
    pane.desk.registry["wall.layout_16"].run()
    qtbot.waitUntil(lambda: camera.playing == 16)
    qtbot.waitUntil(lambda: fresh(pane.view, camera, 16))


class Paints(QObject):
    """Keeps the rectangles a widget was asked to paint."""

    def __init__(self, view: WallView) -> None:
        super().__init__(view)
        self.asked: list[QRect] = []
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.asked += list(event.region())  # type: ignore[call-overload]
        return False


def test_only_tiles_with_a_new_picture_are_painted(
    qtbot: QtBot, pane: WallPane, camera: Camera
) -> None:
    with Camera(clip(group=1), fps=1) as slow:
        point_at(pane.desk, slow, "cam01")
        pane.set_layout(4)
        qtbot.waitUntil(lambda: slow.playing == 1 and camera.playing == 3)
        first, *rest = rects(pane.view, 4)
        qtbot.waitUntil(lambda: behind(pane.view, slow, first) <= 1)
        paints = Paints(pane.view)
        qtbot.waitUntil(lambda: sum(r.intersects(rest[0]) for r in paints.asked) > 30)
        assert all(any(tile.contains(r) for tile in (first, *rest)) for r in paints.asked)
        assert sum(r.intersects(first) for r in paints.asked) <= 10


def test_enter_shows_one_camera_large_in_its_main_stream_and_back(
    qtbot: QtBot, pane: WallPane, camera: Camera
) -> None:
    qtbot.waitUntil(lambda: fresh(pane.view, camera, 9))
    QTest.keyClick(pane.view, Qt.Key.Key_Right)
    QTest.keyClick(pane.view, Qt.Key.Key_Down)
    assert pane.camera() == "cam05"
    QTest.keyClick(pane.view, Qt.Key.Key_Return)
    whole = rects(pane.view, 1)
    blank = []

    def large() -> bool:
        shade = pane.view.grab(QRect(QPoint(470, 300), pane.view.size() / 50)).toImage()
        blank.append(shade.pixelColor(2, 2) == pane.desk.theme.panel)
        return camera.playing == 10 and any("main" in url for url in camera.urls)

    qtbot.waitUntil(large)
    qtbot.waitUntil(lambda: behind(pane.view, camera, whole[0]) <= 2)
    assert not any(blank), "the tile never goes black"
    QTest.keyClick(pane.view, Qt.Key.Key_Return)
    assert pane.camera() == "cam05"
    qtbot.waitUntil(lambda: fresh(pane.view, camera, 9))
    assert len(camera.urls) == 10, "what waited in the wings was not opened again"


def test_number_keys_choose_the_layout_and_arrows_turn_the_page(
    qtbot: QtBot, pane: WallPane
) -> None:
    for key, count in ((Qt.Key.Key_1, 1), (Qt.Key.Key_4, 16), (Qt.Key.Key_2, 4)):
        QTest.keyClick(pane.view, key)
        assert len(rects(pane.view, count)) == pane.count
    assert pane.camera() == "cam01"
    QTest.keyClick(pane.view, Qt.Key.Key_Left)
    assert pane.camera() == "cam01"
    QTest.keyClick(pane.view, Qt.Key.Key_Right)
    QTest.keyClick(pane.view, Qt.Key.Key_Right)
    assert pane.camera() == "cam05"
    QTest.keyClick(pane.view, Qt.Key.Key_PageDown)
    QTest.keyClick(pane.view, Qt.Key.Key_Up)
    assert pane.camera() == "cam08"


def test_the_nearest_cameras_of_the_case_stand_first_and_the_rest_stay(
    pane: WallPane, desk: Desk
) -> None:
    before = list(pane.shown)
    desk.select_case("20261122-0003")
    near = desk.selection.cameras[:2]
    assert pane.shown[:2] == near
    driven = {before.index(c) for c in near if c in before} | {0, 1}
    assert all(pane.shown[i] == before[i] for i in range(9) if i not in driven)
    desk.select_case(None)
    assert pane.shown == before


def test_news_of_the_selected_case_leave_the_large_tile_alone_and_another_case_does_not(
    pane: WallPane, desk: Desk
) -> None:
    desk.select_case("20261122-0003")
    pane.zoom()
    zoomed = pane.camera()
    row = desk.mirror.cases["20261122-0003"].model_copy(update={"reports": 9})
    body = row.model_dump(mode="json")
    desk.receive(
        wire.Changes(changes=[wire.Change(seq=101, at=NOW, kind="case", id=row.id, body=body)])
    )
    desk.drain()
    assert desk.selection.case == row
    assert pane.camera() == zoomed
    assert not pane.view.words(0)[1]
    desk.select_case("20261122-0009")
    assert pane.camera() == desk.selection.cameras[0]


def test_following_the_case_takes_no_keyboard(qtbot: QtBot, pane: WallPane, desk: Desk) -> None:
    pane.view.clearFocus()
    desk.select_case("20261122-0003")
    assert not pane.view.hasFocus()


def test_a_wall_nobody_sees_is_not_decoded(qtbot: QtBot, pane: WallPane, camera: Camera) -> None:
    qtbot.waitUntil(lambda: fresh(pane.view, camera, 9))
    pane.hide()
    qtbot.waitUntil(lambda: not pane.view.watching)
    painted = pane.view.painted
    qtbot.wait(300)
    assert pane.view.painted == painted
    assert camera.playing == 9, "packets still come, so that it is there at once"
    pane.show()
    qtbot.waitUntil(lambda: fresh(pane.view, camera, 9))


def test_the_hub_is_told_which_cameras_are_looked_at(
    qtbot: QtBot, pane: WallPane, client: StandInClient
) -> None:
    pane.set_layout(4)
    qtbot.waitUntil(lambda: client.watched == [["cam01", "cam02", "cam03", "cam04"]])
    pane.hide()
    qtbot.waitUntil(lambda: client.watched[-1] == [])


def test_a_silent_camera_says_so_on_its_tile(qtbot: QtBot, pane: WallPane, camera: Camera) -> None:
    pane.set_layout(1)
    qtbot.waitUntil(lambda: fresh(pane.view, camera, 1))
    qtbot.waitUntil(lambda: pane.view.words(0) == ("live", ""))
    camera.faults.stalled = True
    qtbot.waitUntil(lambda: pane.view.words(0)[0] == "signal lost")
    assert pane.view.words(0)[1].startswith("no picture for")
    camera.faults.stalled = False
    qtbot.waitUntil(lambda: pane.view.words(0) == ("live", ""))


def test_full_screen_keeps_the_keys_and_escape_brings_the_wall_home(
    qtbot: QtBot, pane: WallPane, camera: Camera
) -> None:
    pane.set_layout(4)
    qtbot.waitUntil(lambda: fresh(pane.view, camera, 4))
    QTest.keyClick(pane.view, Qt.Key.Key_F11)
    assert pane.view.window() is not pane.window()
    assert pane.view.window().isFullScreen()
    qtbot.waitUntil(pane.view.window().isActiveWindow)
    QTest.keyClick(pane.view, Qt.Key.Key_Right)
    assert pane.camera() == "cam02"
    qtbot.waitUntil(lambda: fresh(pane.view, camera, 4))
    QTest.keyClick(pane.view, Qt.Key.Key_Escape)
    assert pane.view.window() is pane.window()
    qtbot.waitUntil(lambda: fresh(pane.view, camera, 4))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_cameras_that_go_and_come_do_so_on_the_wall(
    qtbot: QtBot, pane: WallPane, desk: Desk, camera: Camera
) -> None:
    qtbot.waitUntil(lambda: camera.playing == 9)
    gone = [
        wire.Change(seq=101 + n, at=NOW, kind="camera", id=one, body=None)
        for n, one in enumerate(list(desk.mirror.cameras))
    ]
    desk.receive(wire.Changes(changes=gone))
    desk.drain()
    qtbot.waitUntil(lambda: camera.playing == 0)
    assert pane.shown == [None] * 9
    assert not pane.view.grab().isNull()


@pytest.mark.parametrize("theme", ["night", "day"])
def test_both_looks_paint(pane: WallPane, desk: Desk, theme: str) -> None:
    desk.set_theme(load(theme))
    assert not pane.view.grab().isNull()
