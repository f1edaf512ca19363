"""How a figure ran over the last minutes, as a small chart."""

from __future__ import annotations

from collections import deque
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.theme import Theme

KEPT = 300
"""Points a chart shows; health comes about once a second."""


class Trends(QWidget):
    """The figures of one part of the program. pyqtgraph is loaded when the first one is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._plots: list[Any] = []

    def show_figures(self, figures: dict[str, deque[float]], theme: Theme) -> None:
        """Draw up to three figures, in their order."""
        # Costs 0.3 s, so only once somebody looks; it ships no types.
        import pyqtgraph  # type: ignore[import-untyped]

        while self._plots:
            plot = self._plots.pop()
            self._column.removeWidget(plot)
            plot.deleteLater()
        for name, values in list(figures.items())[:3]:
            plot = pyqtgraph.PlotWidget(background=theme.panel)
            plot.setTitle(name, color=theme.muted.name(), size="9pt")
            plot.setMouseEnabled(x=False, y=False)
            plot.hideButtons()
            plot.setMenuEnabled(False)
            plot.setAccessibleName(name)
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.setPen(theme.line)
                axis.setTextPen(theme.faint)
            plot.getAxis("bottom").setStyle(showValues=False)
            plot.plot(list(values), pen=pyqtgraph.mkPen(theme.accent, width=1.5))
            self._column.addWidget(plot)
            self._plots.append(plot)
