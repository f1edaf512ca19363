"""Ctrl+,: the seat's settings, made from what they say of themselves; each applies at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QSignalBlocker
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QSpinBox, QWidget

from console.seat.settings import SETTINGS, Setting
from widgets.bridge import Desk
from widgets.overlay import Overlay

More = Callable[[], Iterable[tuple[str, str]]]
"""Further choices of a setting that only this machine knows: (value, what it is called)."""


class SettingsCard(Overlay):
    """One row a setting, by Tab and the arrow keys; Escape closes, nothing needs confirming."""

    wide = 620

    def __init__(self, window: QWidget, desk: Desk, more: dict[str, More]) -> None:
        super().__init__(window)
        self._desk = desk
        self._more = more
        self.heading = QLabel(self)
        self.hint = QLabel(self)
        self.hint.setObjectName("dim")
        self.rows: dict[str, QComboBox | QSpinBox] = {}
        self._labels: dict[str, QLabel] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        for setting in SETTINGS:
            self._labels[setting.name] = QLabel(self)
            self.rows[setting.name] = self._row(setting)
            form.addRow(self._labels[setting.name], self.rows[setting.name])
        self.column.addWidget(self.heading)
        self.column.addLayout(form)
        self.column.addWidget(self.hint)
        self._put_words()

    def _row(self, setting: Setting) -> QComboBox | QSpinBox:
        take = partial(self._take, setting)
        if setting.choices or setting.name in self._more:
            combo = QComboBox(self)
            combo.activated.connect(lambda _: take(combo.currentData()))
            return combo
        spin = QSpinBox(self)
        spin.setRange(setting.least, setting.most)
        spin.setSingleStep(setting.step)
        spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        spin.setKeyboardTracking(False)
        spin.valueChanged.connect(take)
        return spin

    def _take(self, setting: Setting, value: Any) -> None:
        made = float(value) if isinstance(setting.default, float) else value
        if made != self._desk.seat.settings[setting.name]:
            self._desk.set_setting(setting.name, made)

    def open(self) -> None:
        """Open with the values as they are now."""
        self._fill()
        super().open()

    def first_focus(self) -> QWidget:
        return next(iter(self.rows.values()))

    def retranslate(self) -> None:
        self._put_words()
        if self.isVisible():
            self._fill()

    def _put_words(self) -> None:
        self.heading.setText(self.tr("Settings"))
        self.hint.setText(self.tr("Tab goes on, arrows change, Esc closes; all applies at once"))
        for setting in SETTINGS:
            text = QCoreApplication.translate("Setting", setting.text)
            self._labels[setting.name].setText(text)
            row = self.rows[setting.name]
            row.setAccessibleName(text)
            if isinstance(row, QSpinBox):
                row.setSuffix(f" {QCoreApplication.translate('Setting', setting.unit)}")

    def _fill(self) -> None:
        for setting in SETTINGS:
            row, value = self.rows[setting.name], self._desk.seat.settings[setting.name]
            with QSignalBlocker(row):
                if isinstance(row, QSpinBox):
                    row.setValue(round(value))
                else:
                    self._fill_choices(row, setting, value)

    def _fill_choices(self, row: QComboBox, setting: Setting, value: Any) -> None:
        row.clear()
        for choice in setting.choices:
            row.addItem(QCoreApplication.translate("Setting", str(choice)), choice)
        further = self._more.get(setting.name)
        for choice, called in further() if further else ():
            row.addItem(called, choice)
        if row.findData(value) < 0:
            row.addItem(str(value), value)
        row.setCurrentIndex(row.findData(value))
