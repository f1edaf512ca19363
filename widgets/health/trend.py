"""How the program ran over the last five minutes, as four small charts."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from console import wire
from widgets.health.words import chart_title, number_text
from widgets.theme import Theme

KEPT = 300
"""Points a chart keeps, one a second."""

FIXES, COMMITS = "fixes_per_s", "commits_per_min"
LAG, LATE = "loop_lag_ms", "frames_late_percent"
FLOORS = {FIXES: 10.0, COMMITS: 10.0, LAG: 10.0, LATE: 2.0}
"""The charts, and the least height of each scale, so that small noise stays small."""


class Vitals:
    """The four figures worth watching, kept from what the parts tell each second."""

    def __init__(self) -> None:
        self.series: dict[str, deque[float]] = {name: deque(maxlen=KEPT) for name in FLOORS}
        self._commits: deque[float] = deque(maxlen=61)

    def take(self, parts: Iterable[wire.Part]) -> None:
        """Note this second."""
        figures = {part.name: part.figures for part in parts}
        self._keep(FIXES, figures.get("positions", {}).get("per_second"))
        self._keep(LAG, figures.get("hub", {}).get("loop_lag_ms"))
        self._keep(LATE, figures.get("seat", {}).get("frames_late_percent"))
        commits = figures.get("store", {}).get("commits")
        if commits is not None:
            if self._commits and commits < self._commits[-1]:
                self._commits.clear()  # the hub was started anew
            self._commits.append(commits)
            self._keep(COMMITS, commits - self._commits[0])

    def _keep(self, name: str, value: float | None) -> None:
        if value is not None:
            self.series[name].append(value)


class Trends(QWidget):
    """Four charts, two by two. pyqtgraph is loaded when they are first shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 0, 0, 0)
        self._grid.setSpacing(8)
        self._empty = QLabel(self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._grid.addWidget(self._empty, 0, 0)
        self._plots: dict[str, Any] = {}
        self._curves: dict[str, Any] = {}
        self._look = ""

    def show_series(self, series: dict[str, deque[float]], theme: Theme) -> None:
        """Draw what there is; nothing yet is said in words."""
        there = any(len(points) > 1 for points in series.values())
        self._empty.setVisible(not there)
        self._empty.setText(self.tr("The charts begin when the hub reports"))
        self._empty.setStyleSheet(f"color: {theme.faint.name()};")
        if not there:
            return
        if self._look != theme.name:
            self._build(theme)
        for name, points in series.items():
            self._draw(name, list(points), theme)

    def drawn(self, name: str) -> list[float]:
        """Return the points drawn of a chart, oldest first."""
        return [float(y) for y in self._curves[name].getData()[1]]

    def _draw(self, name: str, points: Sequence[float], theme: Theme) -> None:
        self._curves[name].setData(range(-len(points) + 1, 1), points)
        plot = self._plots[name]
        plot.setYRange(0, max(FLOORS[name], *points, 0.0) * 1.1, padding=0)
        present = number_text(name, points[-1]) if points else "–"
        said = f"{chart_title(name)}  <b>{present}</b>"
        plot.setTitle(said, color=theme.muted.name(), size=f"{theme.small.pixelSize()}px")
        plot.setAccessibleName(f"{chart_title(name)} {present}")

    def _build(self, theme: Theme) -> None:
        # Costs 0.3 s, so only once somebody looks; it ships no types.
        import pyqtgraph  # type: ignore[import-untyped]

        for plot in self._plots.values():
            self._grid.removeWidget(plot)
            plot.deleteLater()
        wash = theme.accent.name() + "30"
        for place, name in enumerate(FLOORS):
            plot = pyqtgraph.PlotWidget(background=theme.panel)
            plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            plot.setMouseEnabled(x=False, y=False)
            plot.hideButtons()
            plot.setMenuEnabled(False)
            plot.setXRange(-KEPT, 0, padding=0)
            self._dress(plot, theme)
            pen = pyqtgraph.mkPen(theme.accent, width=1.5)
            self._curves[name] = plot.plot(pen=pen, fillLevel=0, brush=wash)
            self._plots[name] = plot
            self._grid.addWidget(plot, place // 2, place % 2)
        self._look = theme.name

    def _dress(self, plot: Any, theme: Theme) -> None:
        left, bottom = plot.getAxis("left"), plot.getAxis("bottom")
        minutes = self.tr("{} min")
        bottom.setTicks([[(-60 * n, minutes.format(-n) if n else "0") for n in (4, 2, 0)]])
        left.setWidth(46)
        for axis in (left, bottom):
            axis.setPen(theme.line)
            axis.setTextPen(theme.faint)
            axis.setTickFont(theme.small)
            axis.setStyle(tickLength=-4, maxTickLevel=0)
