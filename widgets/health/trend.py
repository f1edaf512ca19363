"""How a part's figures ran over the last minutes, as small charts."""

from __future__ import annotations

from collections import deque
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.health.words import figure_title
from widgets.theme import Theme

KEPT = 300
"""Points a chart shows; health comes about once a second."""
MOST = 3


class Trends(QWidget):
    """Charts of the chosen part. pyqtgraph is loaded when the first one is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._curves: dict[str, Any] = {}
        self._plots: list[Any] = []
        self._drawn: object = None

    def show_figures(self, part: str, figures: dict[str, deque[float]], theme: Theme) -> None:
        """Draw a part's first figures; the same part again only gets its new points."""
        names = list(figures)[:MOST]
        if self._drawn != (part, names, theme.name):
            self._build(names, theme)
            self._drawn = (part, names, theme.name)
        for name in names:
            self._curves[name].setData(list(figures[name]))

    def drawn(self, name: str) -> list[float]:
        """Return the points drawn of a figure, oldest first."""
        return [float(y) for y in self._curves[name].getData()[1]]

    def _build(self, names: list[str], theme: Theme) -> None:
        # Costs 0.3 s, so only once somebody looks; it ships no types.
        import pyqtgraph  # type: ignore[import-untyped]

        for plot in self._plots:
            self._column.removeWidget(plot)
            plot.deleteLater()
        self._plots, self._curves = [], {}
        for name in names:
            plot = pyqtgraph.PlotWidget(background=theme.panel)
            plot.setTitle(figure_title(name), color=theme.muted.name(), size="9pt")
            plot.setMouseEnabled(x=False, y=False)
            plot.hideButtons()
            plot.setMenuEnabled(False)
            plot.setAccessibleName(figure_title(name))
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.setPen(theme.line)
                axis.setTextPen(theme.faint)
            plot.getAxis("bottom").setStyle(showValues=False)
            self._curves[name] = plot.plot(pen=pyqtgraph.mkPen(theme.accent, width=1.5))
            self._column.addWidget(plot)
            self._plots.append(plot)
