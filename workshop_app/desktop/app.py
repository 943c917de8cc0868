"""The way into the desktop: one QApplication, one window; nothing heavy is imported before it is on the screen."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from workshop_app.desktop.main_window import MainWindow
from workshop_app.desktop.settings import Settings
from workshop_app.desktop.style import dress, ground
from workshop_app.i18n import N_, system_language

NO_SCREEN = N_(
    "The window cannot be opened: there is no contact with a screen. Log in to the computer's own desktop and start "
    "again, or run “workshop demo”, which plays a whole workshop without a screen."
)
NO_PARTS = N_(
    "The window cannot be opened: Qt lacks a part of the system. Run “make setup”, which says what to install. "
    "Until then “workshop demo” plays a whole workshop without a screen."
)
NOT_REACHED = ("could not connect to display", "Failed to create wl_display")
ROOM_TROUBLE = 3  # exit code, as the commands have it
TURN = 0.001  # seconds another thread may keep the window waiting at a time, while a full room writes


def main(path: Path | None = None, sample: str | None = None) -> int:
    """Opens the desktop on a file, on a fresh copy of a sample, or on the start page; gives the exit code."""
    app = QApplication.instance() or _application()
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


def _application() -> QApplication:
    """The QApplication. Qt ends the process where it finds no screen: then it is told in words why, with code 3."""
    told: list[str] = []

    def heard(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        told.append(words)
        if kind == QtMsgType.QtFatalMsg:
            unreached = any(mark in line for line in told for mark in NOT_REACHED)
            lines = (system_language()(NO_SCREEN if unreached else NO_PARTS), "", "Qt:", *told)
            sys.stderr.write("\n".join(line.rstrip() for line in lines) + "\n")
            sys.stderr.flush()
            os._exit(ROOM_TROUBLE)

    qInstallMessageHandler(heard)
    app = QApplication(sys.argv[:1])
    qInstallMessageHandler(None)
    sys.stderr.writelines(f"{line}\n" for line in told)
    return app
