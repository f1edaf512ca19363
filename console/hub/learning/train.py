"""``python -m console.hub.learning.train``: learn in a process of its own.

Reads one JSON line ``[text, class]`` an example from standard input until its end; writes a JSON
line of figures, then the model, to standard output.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from itertools import compress
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier  # type: ignore[import-untyped]

from console.hub.learning import features
from console.hub.learning.model import Model, Weights, shared, vector

HELD_OUT = 5
"""Every so many-th example of a class is kept to try the model on."""
ROUNDS = 12
SURENESS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
"""What scores may be multiplied by; not much, so that a few easy examples make nobody sure."""


def rarity_of(counted: Sequence[dict[int, int]]) -> Weights:
    """Return the weight of each feature: the fewer texts hold it, the more it tells."""
    holding = np.zeros(features.SIZE, np.float32)
    for counts in counted:
        holding[list(counts)] += 1
    weights: Weights = (np.log((1 + len(counted)) / (1 + holding)) + 1).astype(np.float32)
    return weights


def fit(counted: Sequence[dict[int, int]], labels: Sequence[str]) -> Model:
    """Return a model of the examples."""
    rarity = rarity_of(counted)
    columns, values, ends = [], [], [0]
    for counts in counted:
        where, how = vector(counts, rarity)
        columns.append(where)
        values.append(how)
        ends.append(ends[-1] + len(where))
    table = csr_matrix(
        (np.concatenate(values), np.concatenate(columns), ends),
        shape=(len(counted), features.SIZE),
    )
    learner = SGDClassifier(
        loss="log_loss", alpha=1e-5, max_iter=ROUNDS, tol=1e-3, average=True, random_state=1
    )
    learner.fit(table, labels)
    weights, bias = learner.coef_, learner.intercept_
    if len(learner.classes_) == 2:  # of two classes sklearn keeps one line
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    return Model(
        [str(name) for name in learner.classes_],
        weights.astype(np.float32),
        bias.astype(np.float32),
        rarity,
    )


def learn(examples: Sequence[tuple[str, str]]) -> tuple[Model, dict[str, Any]]:
    """Return a model of all examples, and how good one of four fifths was on the rest.

    From the rest it is also seen how sure the model may be, so that its shares come true.
    """
    labels = [label for _, label in examples]
    counted: list[dict[int, int]] = [features.counts(text) for text, _ in examples]
    seen: dict[str, int] = {}
    held = []
    for label in labels:
        seen[label] = seen.get(label, -1) + 1
        held.append(seen[label] % HELD_OUT == 0)
    kept = [not one for one in held]
    trial = fit(list(compress(counted, kept)), list(compress(labels, kept)))
    scores = np.array([_scores(trial, counts) for counts in compress(counted, held)])
    places = {name: place for place, name in enumerate(trial.classes)}
    truth = np.array([places[label] for label in compress(labels, held)])
    figures = {
        "examples": len(examples),
        "classes": len(seen),
        "accuracy": round(float((scores.argmax(axis=1) == truth).mean()), 4),
    }
    return _scaled(fit(counted, labels), _sureness(scores, truth)), figures


def _scores(model: Model, counts: dict[int, int]) -> Weights:
    columns, values = vector(counts, model.rarity)
    scores: Weights = model.weights[:, columns] @ values + model.bias
    return scores


def _sureness(scores: Weights, truth: NDArray[np.int64]) -> float:
    """Return by what to multiply scores so that those held out are the least surprising."""

    def surprise(factor: float) -> float:
        shares = np.array(
            [shared(factor * line)[right] for line, right in zip(scores, truth, strict=True)]
        )
        return float(-np.log(np.maximum(shares, 1e-9)).mean())

    return min(SURENESS, key=surprise)


def _scaled(model: Model, factor: float) -> Model:
    weights = (factor * model.weights).astype(np.float32)
    return Model(model.classes, weights, (factor * model.bias).astype(np.float32), model.rarity)


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Learn from what is read and write the model."""
    os.nice(15)  # whoever works at a desk goes before
    examples = [tuple(json.loads(line)) for line in source]
    model, figures = learn(examples)
    target.write(json.dumps(figures).encode() + b"\n")
    target.write(model.dump())
    target.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
