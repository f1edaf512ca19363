"""What citizens are asked besides words, place and photo, by class."""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Mapping

from console.protocols.open311 import Question
from console.resources import resource


@functools.cache
def questions() -> Mapping[str, list[Question]]:
    """Return the questions of each class of the base scheme that asks any."""
    table = tomllib.loads(resource("catalogues/questions.toml").read_text("utf-8"))
    found: dict[str, list[Question]] = defaultdict(list)
    for row in table["question"]:
        question = Question(**{key: value for key, value in row.items() if key != "codes"})
        for code in row["codes"]:
            found[code].append(question)
    return dict(found)
