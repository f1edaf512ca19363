"""Web pages of our own, shut off from everything else.

No JavaScript, nothing kept on disk, no request but for files below one folder.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)


def permitted(url: QUrl, folder: Path) -> bool:
    """Tell whether a request stays at home: the page's own text, or a file of its folder."""
    if url.scheme() == "data":
        return True
    if not url.isLocalFile():
        return False
    return Path(url.toLocalFile()).resolve().is_relative_to(folder.resolve())


class _Gate(QWebEngineUrlRequestInterceptor):
    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:  # noqa: N802 - Qt's name
        if not permitted(info.requestUrl(), self._folder):
            info.block(True)


def closed_page(folder: Path, parent: QObject) -> QWebEnginePage:
    """Return a page that reaches nothing outside of ``folder``."""
    prepare()
    profile = QWebEngineProfile()
    profile.setUrlRequestInterceptor(_Gate(folder, parent))
    profile.setPersistentCookiesPolicy(
        QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies
    )
    page = QWebEnginePage(profile, parent)
    profile.setParent(parent)  # after the page, so that the page is deleted first
    attribute = QWebEngineSettings.WebAttribute
    for name in (
        attribute.JavascriptEnabled,
        attribute.LocalContentCanAccessRemoteUrls,
        attribute.PluginsEnabled,
        attribute.LocalStorageEnabled,
        attribute.FullScreenSupportEnabled,
        attribute.WebGLEnabled,
        attribute.HyperlinkAuditingEnabled,
        attribute.DnsPrefetchEnabled,
    ):
        page.settings().setAttribute(name, False)
    return page


def prepare() -> None:
    """Set what the browser's engine reads when it first starts.

    It draws in software. With the graphics card's way the whole window would be composed through
    OpenGL from then on, which without a card makes each paint twenty times as slow. The sandbox is
    turned off for root, who cannot have one; nobody else loses it.
    """
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
