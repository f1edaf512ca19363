"""The voice panel: the nearest speaker, warnings by number, own words, push-to-talk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console import wire
from console.voice.sound import to_wav
from tests.widgets.conftest import NOW, StandInClient, at
from widgets.actions import Keys
from widgets.bridge import Desk
from widgets.voice.pane import VoicePane

VENDOR = "20261122-0004"


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk) -> Iterator[VoicePane]:
    desk.seat.settings["voice.microphone"] = "tone"
    pane = VoicePane(desk)
    qtbot.addWidget(pane)
    pane.resize(420, 420)
    pane.show()
    qtbot.waitExposed(pane)
    qtbot.waitUntil(lambda: pane.microphone is not None)
    yield pane
    pane.talker.release()
    assert pane.microphone
    pane.microphone.stop()


def change(desk: Desk, kind: str, body: wire.Message) -> None:
    data = body.model_dump(mode="json")
    made = wire.Change(seq=desk.mirror.seq + 1, at=NOW, kind=kind, id=data["id"], body=data)
    desk.receive(wire.Changes(changes=[made]))
    desk.drain()


def warn(pane: VoicePane, number: int) -> None:
    record = next(one for one in pane.commands() if one.key == f"., {number}")
    if record.when():
        record.run()


def test_the_nearest_speaker_is_ready_with_its_distance(pane: VoicePane, desk: Desk) -> None:
    assert not pane.talk.isEnabled()
    desk.select_point(at(-200, 90).lat, at(-200, 90).lon)
    assert pane.speaker
    assert pane.speaker.id == "spk02"
    assert "10 m" in pane.speakers.currentText()
    assert pane.state.state == "idle"


def test_a_numbered_warning_goes_to_the_speaker_for_the_case(
    pane: VoicePane, desk: Desk, client: StandInClient
) -> None:
    desk.select_case(VENDOR)
    warn(pane, 2)
    sent = client.submitted[-1]
    assert (sent.id, sent.target) == ("voice.warn", VENDOR)
    assert pane.speaker
    assert sent.args == {"speaker": pane.speaker.id, "case": VENDOR, "template": "t2"}


def test_without_a_selection_nothing_is_said(pane: VoicePane, client: StandInClient) -> None:
    warn(pane, 1)
    assert not client.submitted


def test_the_preview_is_what_will_be_spoken(pane: VoicePane, desk: Desk) -> None:
    desk.select_case(VENDOR)
    assert desk.selection.case
    street = desk.mirror.streets[str(desk.selection.case.street)].name
    text = pane.words_of(desk.mirror.templates["t2"])
    assert text == f"{street}的摊主请注意，请您立即停止占道经营，谢谢配合。"
    assert text in pane.quick[2].toolTip()


def test_own_words_are_spoken_by_enter_and_the_field_is_empty_again(
    qtbot: QtBot, pane: VoicePane, desk: Desk, client: StandInClient
) -> None:
    desk.select_case(VENDOR)
    pane.take_focus()
    pane.words.setText("请把车靠边停放")
    assert pane.preview.text() == "请把车靠边停放"
    QTest.keyClick(pane.words, Qt.Key.Key_Return)
    assert client.submitted[-1].args["text"] == "请把车靠边停放"
    assert pane.words.text() == ""


def test_the_likely_warning_is_rendered_before_it_is_asked_for(
    qtbot: QtBot, pane: VoicePane, desk: Desk, client: StandInClient
) -> None:
    desk.select_case(VENDOR)
    qtbot.waitUntil(lambda: bool(client.prepared))
    assert pane.speaker
    assert client.prepared[0] == (pane.speaker.id, VENDOR, "t1")


def test_who_speaks_and_why_it_failed_are_told_in_words(pane: VoicePane, desk: Desk) -> None:
    desk.select_case(VENDOR)
    assert pane.speaker
    speaker = pane.speaker.model_copy(update={"state": "talking", "by": "李队"})
    change(desk, "speaker", speaker)
    assert (pane.state.state, pane.state.text) == ("talking", "李队 is speaking")
    broken = speaker.model_copy(update={"state": "failed", "why": "the speaker is busy"})
    change(desk, "speaker", broken)
    assert pane.state.text == "Out of order: the speaker is busy"


def test_calls_of_the_case_are_listed_newest_first(pane: VoicePane, desk: Desk) -> None:
    desk.select_case("20261122-0003")
    assert [call.id for call in pane.calls.calls] == ["call01"]
    newer = desk.mirror.calls["call01"].model_copy(
        update={"id": "call02", "asked": NOW + timedelta(minutes=1)}
    )
    change(desk, "call", newer)
    assert [call.id for call in pane.calls.calls] == ["call02", "call01"]
    pane.grab()


def test_the_officers_choice_of_speaker_stays_while_the_case_changes(
    pane: VoicePane, desk: Desk
) -> None:
    desk.select_case(VENDOR)
    pane.speakers.setCurrentIndex(2)
    chosen = pane.speaker
    row = desk.mirror.cases[VENDOR]
    change(desk, "case", row.model_copy(update={"version": row.version + 1, "warnings": 5}))
    assert pane.speaker == chosen
    desk.select_case("20261122-0005")
    assert pane.speakers.currentIndex() == 0


# --- push-to-talk ---------------------------------------------------------------------


@pytest.fixture
def keys(pane: VoicePane) -> Keys:
    keys = Keys(pane)
    keys.bind(pane.commands(), {})
    return keys


def key(pane: VoicePane, kind: QEvent.Type, *, repeat: bool = False) -> None:
    event = QKeyEvent(kind, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier, autorep=repeat)
    QApplication.sendEvent(pane, event)


def test_holding_the_keys_talks_and_letting_go_ends_it(
    qtbot: QtBot, pane: VoicePane, desk: Desk, client: StandInClient, keys: Keys
) -> None:
    desk.select_case(VENDOR)
    assert pane.microphone
    with qtbot.waitSignal(pane.microphone.frame):
        pass
    QTest.keyPress(pane, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert pane.talk.talking
    talk = client.talks[-1]
    assert talk.frames, "the pre-roll goes first"
    key(pane, QEvent.Type.KeyRelease, repeat=True)
    assert [one.closed for one in client.talks] == [False]
    before = len(talk.frames)
    qtbot.waitUntil(lambda: len(talk.frames) > before + 2)
    assert {len(frame) for frame in talk.frames} == {640}
    key(pane, QEvent.Type.KeyRelease)
    assert talk.closed
    assert not pane.talk.talking


@pytest.mark.parametrize(
    "leaving", [QEvent.Type.WindowDeactivate, QEvent.Type.ApplicationDeactivate]
)
def test_losing_the_window_lets_go(
    pane: VoicePane, desk: Desk, client: StandInClient, leaving: QEvent.Type
) -> None:
    desk.select_case(VENDOR)
    next(one for one in pane.commands() if one.id == "voice.talk").run()
    QApplication.sendEvent(pane, QEvent(leaving))
    assert client.talks[-1].closed


def test_looking_at_another_case_lets_go(
    pane: VoicePane, desk: Desk, client: StandInClient
) -> None:
    desk.select_case(VENDOR)
    next(one for one in pane.commands() if one.id == "voice.talk").run()
    desk.select_case("20261122-0005")
    assert client.talks[-1].closed


def test_the_button_talks_while_it_is_held(
    qtbot: QtBot, pane: VoicePane, desk: Desk, client: StandInClient
) -> None:
    desk.select_case(VENDOR)
    QTest.mousePress(pane.talk, Qt.MouseButton.LeftButton)
    assert pane.talker.talking
    QTest.mouseRelease(pane.talk, Qt.MouseButton.LeftButton)
    assert client.talks[-1].closed


def test_two_keys_warn_from_anywhere_but_not_out_of_a_text_field(
    qtbot: QtBot, pane: VoicePane, desk: Desk, client: StandInClient, keys: Keys
) -> None:
    desk.select_case(VENDOR)
    QTest.keyClick(pane, Qt.Key.Key_Period)
    QTest.keyClick(pane, Qt.Key.Key_2)
    assert [one.args["template"] for one in client.submitted] == ["t2"]
    pane.take_focus()
    qtbot.waitUntil(lambda: pane.words.hasFocus())
    QTest.keyClicks(pane.words, ".1")
    assert pane.words.text() == ".1"
    assert len(client.submitted) == 1


# --- microphones -----------------------------------------------------------------------


def test_without_a_microphone_the_panel_says_so_and_warnings_still_go(
    qtbot: QtBot, desk: Desk, client: StandInClient
) -> None:
    desk.seat.settings["voice.microphone"] = "none"
    pane = VoicePane(desk)
    qtbot.addWidget(pane)
    pane.show()
    qtbot.waitUntil(lambda: pane.microphone is not None)
    desk.select_case(VENDOR)
    assert not pane.talk.isEnabled()
    assert pane.microphone_note.text()
    warn(pane, 1)
    assert client.submitted[-1].id == "voice.warn"


def test_a_recording_stands_in_for_the_voice_and_says_so(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "voice.wav"
    path.write_bytes(to_wav((np.sin(np.arange(16_000) / 5) * 9000).astype(np.int16), 16_000))
    desk.seat.settings["voice.microphone"] = f"file:{path}"
    pane = VoicePane(desk)
    qtbot.addWidget(pane)
    qtbot.waitUntil(lambda: pane.microphone is not None)
    assert pane.microphone
    assert pane.microphone.note
    with qtbot.waitSignal(pane.microphone.level) as heard:
        pass
    assert heard.args is not None
    assert heard.args[0] > -12
    pane.microphone.stop()
