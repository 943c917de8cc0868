"""The least that can answer a room full of phones: it reads nothing and stores nothing. What it shows is the computer's.

Started as `bare_room.py [SECONDS]`; prints its port. With SECONDS an idle window of Qt lives in the same process, and its
longest gap in ms is printed at the end.
"""

import asyncio
import os
import sys
import threading

from tests.benchmarks.pulse import Pulse

REPLY = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"


class Phone(asyncio.Protocol):
    """Answers the first thing that comes, and hangs up."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Says that it is received."""
        self.transport.write(REPLY)
        self.transport.close()


async def serve() -> None:
    """Answers until the process ends."""
    server = await asyncio.get_running_loop().create_server(Phone, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


def beside_a_window(seconds: float) -> None:
    """The same, with a window that does nothing."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    app, window = QApplication([]), QWidget()
    window.show()
    threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
    pulse = Pulse()
    QTimer.singleShot(int(seconds * 1000), app.quit)
    app.exec()
    print(max(pulse.gaps), flush=True)
    os._exit(0)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        beside_a_window(float(sys.argv[1]))
    else:
        asyncio.run(serve())
