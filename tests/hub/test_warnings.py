"""Warnings through a real hub and its real voice process, heard by the town's speakers."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.sync.client import ClientConnection, connect

from console import wire
from console.voice.sound import from_wav
from tests.hub.conftest import TOKEN, ServedHub, TestClock, case_row, command, make_hub, seed
from tests.media.camera import Camera, clip
from tests.rig.speakers import RunningSpeakers, aligned
from tests.rig.waiting import PATIENCE, until

SPEAKER = wire.Speaker(
    id="spk01", name="人民路音柱", at=wire.Point(lat=28.65, lon=121.26), street="r01"
)
STREET = wire.Street(id="r01", name="人民路", line=[(121.25, 28.65), (121.27, 28.65)])
SHORT = wire.Template(
    id="short", number=9, title="短", text="{street}的经营者请注意，{place}禁止占道"
)
SILENT_FRAME = bytes(640)

NO_SOUND = "no sound came from the microphone"


@pytest.fixture
def speakers(tmp_path: Path) -> Iterator[RunningSpeakers]:
    with RunningSpeakers(tmp_path / "heard", "sip", "rtp") as running:
        yield running


@pytest.fixture
def hub(tmp_path: Path, clock: TestClock, speakers: RunningSpeakers) -> Iterator[ServedHub]:
    made = make_hub(tmp_path / "hub", clock, children=("voice",), speech_repeat=1)
    with ServedHub(made) as served:
        made.register.speaker_urls.update(speakers.urls)
        second = SPEAKER.model_copy(update={"id": "spk02"})
        served.call(
            seed(made, SPEAKER, second, STREET, SHORT, case_row(place="人民路 · 第三网格附近"))
        )
        until(lambda: made.voice.ready)
        yield served


def call_of(hub: ServedHub, call_id: str) -> wire.Call:
    found = hub.call(hub.hub.store.read(lambda reader: reader.get(wire.Call, call_id)))
    assert isinstance(found, wire.Call)
    return found


def warn(hub: ServedHub, **args: str) -> wire.CommandResult:
    answer = hub.post("/api/commands", command("voice.warn", **args))
    assert answer.ok, answer.text
    return wire.CommandResult.model_validate_json(answer.content)


@contextlib.contextmanager
def talk(hub: ServedHub, speaker: str = "spk01") -> Iterator[ClientConnection]:
    with connect(
        hub.url.replace("http", "ws") + "/api/talk",
        additional_headers={"Authorization": f"Bearer {TOKEN}"},
        compression=None,
        close_timeout=0.2,
    ) as socket:
        socket.send(wire.TalkOpen(speaker=speaker, key="talk-key-1").model_dump_json())
        yield socket


def state_of(socket: ClientConnection) -> wire.TalkState:
    return wire.TalkState.model_validate_json(socket.recv(timeout=PATIENCE))


def test_a_warning_is_heard_recorded_and_kept_with_the_case(
    hub: ServedHub, speakers: RunningSpeakers
) -> None:
    case = case_row().id
    result = warn(hub, speaker="spk01", template="short", case=case)
    assert result.no_undo
    assert result.undo is None
    until(lambda: call_of(hub, result.data["call"]).audio is not None)
    call = call_of(hub, result.data["call"])
    assert call.state == "done"
    assert "人民路的经营者请注意" in call.text
    assert call.text.endswith("第三网格附近禁止占道")
    assert call.opened
    assert call.first_packet
    assert call.ended
    assert call.opened <= call.first_packet < call.ended

    sound = hub.get(f"/api/media/{call.audio}").content
    match, shift = aligned(from_wav(sound)[0], speakers.heard())
    assert match >= 0.99
    assert abs(shift) <= 160

    detail = wire.CaseDetail.model_validate_json(hub.get(f"/api/cases/{case}").content)
    assert detail.row.warnings == 1
    assert detail.history[-1].action == "warn"
    assert detail.history[-1].note == call.text
    assert [one.id for one in detail.calls] == [call.id]
    assert [one.role for one in detail.media] == ["call"]
    assert hub.hub.live.speakers["spk01"].state == "idle"


def test_a_speaker_in_use_is_refused_with_who_uses_it(hub: ServedHub) -> None:
    first = warn(hub, speaker="spk01", text="请注意")
    answer = hub.post("/api/commands", command("voice.warn", speaker="spk01", text="再说一遍"))
    assert answer.status_code == 409
    problem = wire.Problem.model_validate_json(answer.content)
    assert (problem.code, problem.detail) == ("speaker_busy", "值班员")
    with talk(hub) as socket:
        refused = state_of(socket)
    assert (refused.state, refused.why) == ("failed", "speaker_busy: 值班员")
    hub.post("/api/commands", command("voice.silence", speaker="spk01"))
    until(lambda: call_of(hub, first.data["call"]).state == "done")
    assert call_of(hub, first.data["call"]).why in ("", "silenced")
    assert hub.hub.live.speakers["spk01"].state == "idle"


@pytest.mark.parametrize(
    ("args", "status", "code"),
    [
        ({"speaker": "spk99", "text": "喂"}, 404, "unknown_speaker"),
        ({"speaker": "spk01"}, 422, "argument_missing"),
        ({"speaker": "spk01", "template": "none"}, 404, "unknown_template"),
        ({"speaker": "spk01", "text": "喂", "case": "none"}, 404, "unknown_case"),
        ({"speaker": "spk01", "text": "喂" * 501}, 422, "bad_argument"),
    ],
)
def test_what_cannot_be_said_is_refused_and_leaves_nothing(
    hub: ServedHub, args: dict[str, str], status: int, code: str
) -> None:
    answer = hub.post("/api/commands", command("voice.warn", **args))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not hub.hub.live.calls


def test_a_dead_speaker_fails_its_call_and_is_shown_as_failed(
    hub: ServedHub, speakers: RunningSpeakers
) -> None:
    hub.hub.register.speaker_urls["spk01"] = "sip:spk01@127.0.0.1:9"
    result = warn(hub, speaker="spk01", text="请注意")
    until(lambda: call_of(hub, result.data["call"]).state == "failed")
    assert call_of(hub, result.data["call"]).why == "the speaker's port is closed"
    speaker = hub.hub.live.speakers["spk01"]
    assert (speaker.state, speaker.why) == ("failed", "the speaker's port is closed")


def test_words_are_prepared_before_they_are_sent(hub: ServedHub) -> None:
    body = wire.Prepare(speaker="spk01", template="vending", case=case_row().id)
    answer = hub.post("/api/voice/prepare", body)
    assert answer.ok
    assert answer.json()["text"].startswith("人民路的经营者请注意")


def test_live_talk_is_carried_and_recorded(hub: ServedHub, speakers: RunningSpeakers) -> None:
    with talk(hub) as socket:
        while state_of(socket).state != "talking":
            socket.send(SILENT_FRAME)
        for _ in range(10):
            socket.send(SILENT_FRAME)
    until(lambda: hub.hub.live.speakers["spk01"].state == "idle")
    assert speakers.recording().exists()


def test_a_talk_without_sound_is_closed_after_a_second(hub: ServedHub) -> None:
    with talk(hub) as socket:
        while (last := state_of(socket)).state in ("opening", "talking"):
            pass
    assert last.state == "closed"
    assert last.why == NO_SOUND


def test_a_killed_seat_frees_the_speaker(hub: ServedHub, speakers: RunningSpeakers) -> None:
    with talk(hub) as socket:
        while (state := state_of(socket)).state != "talking":
            socket.send(SILENT_FRAME)
        socket.socket.shutdown(2)  # what the kernel does for a killed process
        until(lambda: hub.hub.live.speakers["spk01"].state == "idle")
    assert call_of(hub, state.call).why != NO_SOUND


def test_a_voice_process_that_dies_fails_its_calls_and_comes_back(hub: ServedHub) -> None:
    result = warn(hub, speaker="spk01", text="请注意，请注意，请注意")
    until(lambda: call_of(hub, result.data["call"]).state == "speaking")
    pid = hub.hub.children["voice"].pid
    assert pid
    os.kill(pid, signal.SIGKILL)
    until(lambda: call_of(hub, result.data["call"]).state == "failed")
    assert call_of(hub, result.data["call"]).why == "the voice process ended"
    until(lambda: hub.hub.voice.ready)
    again = warn(hub, speaker="spk02", text="请注意")
    until(lambda: call_of(hub, again.data["call"]).state == "done")


def test_a_call_open_when_the_hub_died_has_failed_when_it_is_back(
    tmp_path: Path, clock: TestClock
) -> None:
    call = wire.Call(
        id="call-1",
        case=None,
        speaker="spk01",
        operator="值班员",
        kind="warning",
        state="speaking",
        asked=clock.now,
    )
    with ServedHub(make_hub(tmp_path / "hub", clock)) as first:
        first.call(seed(first.hub, SPEAKER.model_copy(update={"state": "talking"}), call))
    with ServedHub(make_hub(tmp_path / "hub", clock)) as again:
        until(lambda: call_of(again, "call-1").state == "failed")
        assert call_of(again, "call-1").why == "the hub was started again"
        assert again.hub.live.speakers["spk01"].state == "idle"


def test_frames_before_and_after_are_kept_and_never_delay_the_sound(
    tmp_path: Path, clock: TestClock, speakers: RunningSpeakers
) -> None:
    children = ("voice", "media")
    made = make_hub(tmp_path / "hub", clock, children=children, speech_repeat=1, look_again=1.0)
    with Camera(clip(length=15)) as camera, ServedHub(made) as hub:
        made.register.speaker_urls.update(speakers.urls)
        seen = wire.Camera(
            id="cam01", name="人民路", at=SPEAKER.at, main=camera.url("main"), sub=camera.url()
        )
        hub.call(seed(made, SPEAKER, STREET, seen, case_row()))
        until(lambda: made.voice.ready and made.children["media"].alive)
        camera.faults.deaf = True
        call_id = warn(hub, speaker="spk01", text="请注意", case=case_row().id).data["call"]
        until(lambda: call_of(hub, call_id).first_packet is not None)
        assert call_of(hub, call_id).before is None, "the sound waited for the frame"
        camera.faults.deaf = False
        until(lambda: call_of(hub, call_id).after is not None)
        call = call_of(hub, call_id)
        detail = wire.CaseDetail.model_validate_json(hub.get(f"/api/cases/{call.case}").content)
        kept = {media.role: media for media in detail.media}
        assert kept["after"].id == call.after
        assert kept["after"].source == "cam01"
        assert hub.get(f"/api/media/{call.after}").content.startswith(b"\xff\xd8")
