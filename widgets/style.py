"""The theme as a Qt palette and a stylesheet for the shell and common controls."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from console.resources import resource
from widgets.theme import Theme

_SHEET = Template("""
QMainWindow { background: $window; }
QMainWindow::separator { background: $window; width: 6px; height: 6px; }
QMainWindow::separator:hover { background: $accent; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 8px; }

QMenuBar { background: $window; color: $muted; padding: 2px 6px; border: none; }
QMenuBar::item { padding: 5px 11px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $raised; color: $text; }
QLabel#Corner { color: $muted; padding: 5px 16px; }
QMenu { background: $raised; color: $text; border: 1px solid $line; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 14px; border-radius: 4px; }
QMenu::item:selected { background: $select; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 6px 8px; }

#DockTitle { background: $panel; border-bottom: 1px solid $line; }
#DockTitle[active="true"] { border-bottom: 1px solid $accent; }
#DockTitle QLabel#name { color: $muted; font-weight: 600; }
#DockTitle[active="true"] QLabel#name { color: $text; }
#DockTitle QLabel#key { color: $faint; }
#DockTitle QToolButton { color: $faint; background: transparent; border: none; padding: 1px 6px; }
#DockTitle QToolButton:hover { color: $text; background: $raised; border-radius: 3px; }
QDockWidget > QWidget { background: $panel; }

QTabBar { background: $window; }
QTabBar::tab { background: transparent; color: $muted; padding: 6px 14px;
  border: none; border-top: 2px solid transparent; }
QTabBar::tab:selected { color: $text; background: $panel; border-top: 2px solid $accent; }
QTabBar::tab:hover { color: $text; }

QStatusBar { background: $window; border-top: 1px solid $line; }
QStatusBar::item { border: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {
  background: $window; color: $text; border: 1px solid $line; border-radius: 5px;
  padding: 5px 9px; selection-background-color: $accent; selection-color: $panel; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {
  border: 1px solid $accent; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line; padding: 4px;
  selection-background-color: $select; selection-color: $text; outline: none; }
QPushButton { background: $raised; color: $text; border: 1px solid $line; border-radius: 5px;
  padding: 6px 16px; }
QPushButton:hover { border-color: $accent; }
QPushButton:pressed { background: $select; }
QPushButton:disabled { color: $faint; }
QPushButton:default { background: $accent; color: $panel; border-color: $accent; }

QTableView, QListView, QTreeView, QTextBrowser { background: $panel; color: $text; border: none;
  gridline-color: $line; alternate-background-color: $raised; selection-background-color: $select;
  selection-color: $text; outline: none; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section { background: $panel; color: $faint; border: none;
  border-bottom: 1px solid $line; padding: 5px 8px; }
QScrollArea { background: transparent; border: none; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; min-height: 28px; min-width: 28px;
  margin: 1px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

#Overlay { background: $raised; border: 1px solid $faint; border-radius: 10px; }
#Overlay QLabel { color: $text; background: transparent; }
#Overlay QLabel#dim { color: $muted; }
#Overlay QListView, #Overlay QTreeView, #Overlay QTextBrowser { background: transparent; }
#Overlay QHeaderView, #Overlay QHeaderView::section { background: transparent; }
""")


def sheet(theme: Theme) -> str:
    """Return the stylesheet of a theme."""
    names = ("window", "panel", "raised", "line", "text", "muted", "faint", "accent", "select")
    colours = {name: getattr(theme, name).name() for name in names}
    return _SHEET.substitute(colours, down=resource(f"icons/down-{theme.name}.svg").as_posix())


def palette(theme: Theme) -> QPalette:
    """Return the palette of a theme, for what the stylesheet does not reach."""
    role = QPalette.ColorRole
    made = QPalette()
    colours = {
        role.Window: theme.panel,
        role.Base: theme.panel,
        role.AlternateBase: theme.raised,
        role.Button: theme.raised,
        role.ToolTipBase: theme.raised,
        role.WindowText: theme.text,
        role.Text: theme.text,
        role.ButtonText: theme.text,
        role.ToolTipText: theme.text,
        role.BrightText: theme.urgent,
        role.PlaceholderText: theme.faint,
        role.Highlight: theme.select,
        role.HighlightedText: theme.text,
        role.Link: theme.accent,
        role.Mid: theme.line,
        role.Dark: theme.line,
        role.Shadow: QColor("#000000"),
        role.Light: theme.raised,
    }
    for which, colour in colours.items():
        made.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, theme.faint)
    return made


def dress(app: QApplication, theme: Theme) -> None:
    """Give the whole program a theme's look."""
    app.setPalette(palette(theme))
    app.setFont(theme.body)
    app.setStyleSheet(sheet(theme))
