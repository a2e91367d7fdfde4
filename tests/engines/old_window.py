"""A window of QtWebEngine 5.14, which is Chromium 77: a program of its own, started by ``oldest.py``.

    python old_window.py <folder of the profile>

Driven through the DevTools port, whose address QTWEBENGINE_REMOTE_DEBUGGING names.
"""

import sys

from PyQt5.QtCore import QUrl
from PyQt5.QtWebEngineWidgets import QWebEnginePage, QWebEngineProfile, QWebEngineView
from PyQt5.QtWidgets import QApplication

if __name__ == "__main__":
    app = QApplication([sys.argv[0]])
    # With a name: without one a profile keeps nothing, and stores no worker.
    profile = QWebEngineProfile("phone")
    profile.setPersistentStoragePath(sys.argv[1])
    profile.setCachePath(sys.argv[1])
    profile.setHttpAcceptLanguage("zh-CN")
    view = QWebEngineView()
    page = QWebEnginePage(profile, view)
    view.setPage(page)
    view.resize(360, 740)
    view.setUrl(QUrl("about:blank"))
    view.show()
    sys.exit(app.exec_())
