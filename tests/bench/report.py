"""What a bench prints: one JSON object, its figures held against their bars."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil


@dataclass(frozen=True, slots=True)
class Bar:
    """The most a figure may be."""

    most: float
    unit: str


@dataclass(slots=True)
class Report:
    """Figures by name, each with its bar where it has one."""

    name: str
    figures: dict[str, Any] = field(default_factory=dict)
    bars: dict[str, Bar] = field(default_factory=dict)

    def add(self, name: str, value: Any, bar: Bar | None = None) -> None:
        """Record a figure, and the bar it is held against."""
        self.figures[name] = round(value, 3) if isinstance(value, float) else value
        if bar is not None:
            self.bars[name] = bar

    @property
    def missed(self) -> list[str]:
        """Names of the figures over their bar, or not measured at all."""
        return [
            name
            for name, bar in self.bars.items()
            if not isinstance(value := self.figures.get(name), int | float)
            or math.isnan(value)
            or value > bar.most
        ]

    def as_json(self) -> dict[str, Any]:
        """Return the object that is printed."""
        return {
            "name": self.name,
            "figures": self.figures,
            "bars": {name: f"<= {bar.most:g} {bar.unit}" for name, bar in self.bars.items()},
            "missed": self.missed,
            "machine": machine(),
            "pass": not self.missed,
        }


def machine() -> dict[str, Any]:
    """Return what the figures were taken on, and how busy it was."""
    model = ""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "load_1min": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "system": platform.platform(),
    }


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value that ``share`` (0 to 1) of the values do not exceed; nan for none."""
    ordered = sorted(values)
    if not ordered:
        return math.nan
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]
