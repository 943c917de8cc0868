"""`workshop` opens the desktop; every other command is headless. Qt is imported only on the way to the desktop."""

import os
import sys
from pathlib import Path

from workshop_app import resources


def desktop(path: Path | None, sample: str | None) -> int:
    """Opens the desktop on a file, on a copy of a sample, or on its start page; returns its exit code."""
    from workshop_app.desktop import app

    return app.main(path, sample)


def main() -> int:
    """The program; returns its exit code."""
    args = sys.argv[1:]
    straight = straight_to_the_desk(args)
    if straight is not None:
        try:
            return desktop(*straight)
        except ImportError:
            pass  # the command line says in a sentence what is missing
    from workshop_app.cli import PROBE, run

    if args == [PROBE]:  # the self-test of a bundle, in a process of its own
        from PySide6 import QtWidgets

        print(QtWidgets.__name__ and sys.modules["PySide6"].__version__)
        return 0
    return run(args, desktop)


def straight_to_the_desk(args: list[str]) -> tuple[Path | None, str | None] | None:
    """What to open when the arguments plainly ask for the desktop and there is a screen; None leaves it to the commands.

    The commands bring much code with them, and the window should not wait for it.
    """
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(s) for s in screens):
        return None
    if not args:
        return None, None
    if len(args) == 1 and args[0].endswith(".behov") and Path(args[0]).is_file():
        return Path(args[0]), None
    if len(args) == 2 and args[0] == "--sample" and args[1] in {p.stem for p in resources.sample_files()}:
        return None, args[1]
    return None


if __name__ == "__main__":
    sys.exit(main())
