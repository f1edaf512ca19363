"""A learned classifier as plain arrays: nothing that is read can run."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from console.hub.learning import features

Weights = NDArray[np.float32]


class ModelError(ValueError):
    """The bytes are no model of this program."""


@dataclass(frozen=True, slots=True)
class Model:
    """``weights`` has a line a class and a column a feature; ``rarity`` weighs features."""

    classes: Sequence[str]
    weights: Weights
    bias: Weights
    rarity: Weights

    def shares(self, text: str, most: int = 4) -> list[tuple[str, float]]:
        """Return (class, how likely 0 to 1) of the likeliest classes, likeliest first."""
        columns, values = vector(features.counts(text), self.rarity)
        if not len(columns):
            return []
        each = shared(self.weights[:, columns] @ values + self.bias)
        best = np.argsort(each)[::-1][:most]
        return [(self.classes[place], float(each[place])) for place in best]

    def dump(self) -> bytes:
        """Return the model as a compressed archive of arrays."""
        out = io.BytesIO()
        np.savez_compressed(
            out,
            classes=np.frombuffer(json.dumps(list(self.classes)).encode(), np.uint8),
            weights=self.weights.astype(np.float16),
            bias=self.bias,
            rarity=self.rarity,
        )
        return out.getvalue()


def load(data: bytes) -> Model:
    """Read what :meth:`Model.dump` wrote; raise :class:`ModelError` for anything else."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            classes = json.loads(arrays["classes"].tobytes())
            weights = arrays["weights"].astype(np.float32)
            bias = arrays["bias"].astype(np.float32)
            rarity = arrays["rarity"].astype(np.float32)
    # Broken archives raise what they like: zip, header, shape and key errors.
    except Exception as error:
        raise ModelError(f"no model: {type(error).__name__}") from error
    shape = (len(classes), features.SIZE)
    if weights.shape != shape or bias.shape != shape[:1] or rarity.shape != shape[1:]:
        raise ModelError("a model of another shape")
    return Model([str(name) for name in classes], weights, bias, rarity)


def shared(scores: Weights) -> Weights:
    """Return how likely each class is by its score; together they are one."""
    grown = np.exp(scores - scores.max())
    each: Weights = grown / grown.sum()
    return each


def vector(counts: Mapping[int, int], rarity: Weights) -> tuple[NDArray[np.int64], Weights]:
    """Return (columns, values) of a text, of length one: rare runs weigh more than common ones."""
    columns = np.fromiter(counts.keys(), np.int64, len(counts))
    often = np.fromiter(counts.values(), np.float32, len(counts))
    values = (1.0 + np.log(often)) * rarity[columns] if len(columns) else often
    length = float(np.linalg.norm(values)) or 1.0
    return columns, (values / length).astype(np.float32)
