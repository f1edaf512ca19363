"""The words that mean classes, as they ship with the program."""

from __future__ import annotations

import functools
import tomllib

from console.domain.classify import Keywords, keywords
from console.resources import resource


@functools.cache
def words() -> Keywords:
    """Return what ``keywords.toml`` says."""
    return keywords(tomllib.loads(resource("catalogues/keywords.toml").read_text("utf-8")))
