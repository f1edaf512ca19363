from __future__ import annotations

import numpy as np

from console.voice.programme import DRAIN, Cursor, Programme, silent
from console.voice.sound import FRAME

LOUD = np.full(FRAME, 1000, np.int16)


def loud(frame: bytes | None) -> bool:
    return frame is not None and frame != silent("L16")


def live() -> tuple[Programme, Cursor]:
    programme = Programme(live=True)
    return programme, Cursor(programme, "L16")


def test_a_warning_is_read_to_its_end_and_drained() -> None:
    programme = Programme()
    programme.append(np.tile(LOUD, 3))
    programme.finished = True
    cursor = Cursor(programme, "PCMA")
    frames = []
    while (frame := cursor.next()) is not None:
        frames.append(frame)
    assert len(frames) == 3 + DRAIN
    assert all(len(frame) == FRAME for frame in frames)
    assert frames[3:] == [silent("PCMA")] * DRAIN


def test_text_that_is_still_being_rendered_leaves_silence_and_loses_nothing() -> None:
    programme = Programme()
    programme.append(LOUD)
    cursor = Cursor(programme, "L16")
    assert [loud(cursor.next()) for _ in range(3)] == [True, False, False]
    programme.append(LOUD)
    assert loud(cursor.next())


def test_a_second_codec_gets_what_was_said_before_it() -> None:
    programme = Programme()
    programme.append(LOUD)
    first = Cursor(programme, "PCMA")
    second = Cursor(programme, "PCMU")
    programme.append(LOUD)
    assert len(programme.read(FRAME, first.codec)) == len(programme.read(FRAME, second.codec))
    assert loud(Cursor(programme, "L16").next())


def test_live_sound_waits_for_two_frames_before_it_starts() -> None:
    programme, cursor = live()
    programme.append(LOUD)
    assert not loud(cursor.next())
    programme.append(LOUD)
    assert loud(cursor.next())


def test_what_waits_without_need_is_skipped_after_half_a_second() -> None:
    programme, cursor = live()
    programme.append(np.tile(LOUD, 12))
    for _ in range(30):
        programme.append(LOUD)
        assert loud(cursor.next())
    assert programme.length - cursor.position <= 3 * FRAME


def test_cutting_silences_at_the_next_frame() -> None:
    programme, cursor = live()
    programme.append(np.tile(LOUD, 9))
    assert loud(cursor.next())
    programme.cut = True
    rest = [cursor.next() for _ in range(DRAIN + 1)]
    assert not any(loud(frame) for frame in rest)
    assert rest[-1] is None


def test_a_second_without_live_sound_ends_it_with_a_cause() -> None:
    _, cursor = live()
    frames = 0
    while cursor.next() is not None:
        frames += 1
    assert frames == 50 + DRAIN
    assert cursor.why == "no sound came from the microphone"
