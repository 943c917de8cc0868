"""The way into the desktop: one QApplication, one window; nothing heavy is imported before it is on the screen."""

import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from workshop_app.desktop.main_window import MainWindow
from workshop_app.desktop.settings import Settings
from workshop_app.desktop.style import dress, ground

TURN = 0.001  # seconds another thread may keep the window waiting at a time, while a full room writes


def main(path: Path | None = None, sample: str | None = None) -> int:
    """Opens the desktop on a file, on a fresh copy of a sample, or on the start page; gives the exit code."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    sys.setswitchinterval(TURN)
    app.setApplicationName("behovsverkstad")
    app.setApplicationDisplayName("Behovsverkstad")
    settings = Settings()
    ground(settings.theme)
    window = MainWindow(settings)
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(lambda _scheme: window.change() if settings.theme == "system" else None)

    def first() -> None:
        from workshop_app.desktop.widgets.focus import install_ring

        dress(settings.theme, settings.percent, settings.calm)
        install_ring()
        if sample:
            window.open_sample(sample)
        elif path:
            window.open_path(path)
        else:
            window.show_start()

    window.begin(first)
    return int(app.exec())
