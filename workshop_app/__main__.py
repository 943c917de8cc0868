"""`workshop` opens the desktop; every other command is headless. Qt is imported only on the way to the desktop."""

import sys
from pathlib import Path

from workshop_app import cli
from workshop_app.cli.self_test import PROBE


def desktop(path: Path | None, sample: str | None) -> int:
    """Opens the desktop on a file, on a copy of a sample, or on its start page; returns its exit code."""
    from workshop_app.desktop import app

    return app.main(path, sample)


def main() -> int:
    """The program; returns its exit code."""
    if sys.argv[1:] == [PROBE]:  # the self-test of a bundle, in a process of its own
        from PySide6 import QtWidgets

        print(QtWidgets.__name__ and sys.modules["PySide6"].__version__)
        return 0
    return cli.run(sys.argv[1:], desktop)


if __name__ == "__main__":
    sys.exit(main())
