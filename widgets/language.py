"""The interface's language, changed while the program runs."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from console.resources import resource

NAMES = ("zh_CN", "en")


class Language:
    """Our texts and Qt's own. English is what the code says; a missing file leaves English."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._loaded: list[QTranslator] = []
        self.name = "en"

    def use(self, name: str) -> None:
        """Speak a language of :data:`NAMES`; every widget is told to put its words anew."""
        for translator in self._loaded:
            self._app.removeTranslator(translator)
        self._loaded.clear()
        self.name = name
        QLocale.setDefault(QLocale(name))
        if name == "en":
            return
        own = str(resource("i18n"))
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for file, folder in ((f"qtbase_{name}", qt), (f"zhihui_{name}", own)):
            translator = QTranslator(self._app)
            if translator.load(file, folder):
                self._app.installTranslator(translator)
                self._loaded.append(translator)
