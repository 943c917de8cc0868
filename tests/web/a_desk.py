"""A whole desk in a process of its own (`python -m tests.web.a_desk FILE`): says what its screens show, does as told."""

import json
import os
import sys
import threading
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from workshop_app import actions, invite
from workshop_app.desktop import phones
from workshop_app.desktop.main_window import MainWindow
from workshop_app.desktop.settings import Settings
from workshop_app.desktop.style import dress
from workshop_app.store.session_file import SessionFile


def main(path: Path) -> None:
    app = QApplication(["desk"])
    dress("light", 100, calm=True)
    window = MainWindow(Settings())
    window.open_file(SessionFile.open(path, "a desk"))
    window.resize(1366, 768)
    window.show()
    window.toggle_projector()
    last = ""

    def look() -> None:
        nonlocal last
        bridge, show, cockpit = window.bridge, window.show_, window.cockpit
        if bridge is None or show is None or cockpit is None:
            return
        server = bridge.server
        told = {
            "url": invite.join_address(server.host, server.port, server.token) if server else "",
            "network": bridge.network,
            "desk": "" if cockpit.network.isHidden() else cockpit.network.words.text(),
            "projector": show.words(),
        }
        if json.dumps(told) != last:
            last = json.dumps(told)
            print(json.dumps({**told, "at": time.time()}), flush=True)

    def listen() -> None:
        for line in sys.stdin:
            word, _, rest = line.strip().partition(" ")
            bridge = window.bridge
            assert bridge is not None
            if word == "host":
                bridge.land(lambda host=rest: phones.choose_host(window.bridge, host))
            elif word == "go":
                bridge.land(lambda step=rest: window.bridge.do(actions.agenda.go_to, step=step))
            elif word == "picture":
                bridge.land(lambda name=rest: picture(name))
            elif word == "close":
                bridge.land(window.close)

    def picture(name: str) -> None:
        window.grab().save(f"{name}-desk.png")
        assert window.show_ is not None
        window.show_.picture(1920, 1080).save(f"{name}-projector.png")
        print(json.dumps({"picture": name}), flush=True)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(50)
    threading.Thread(target=listen, daemon=True).start()
    app.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
