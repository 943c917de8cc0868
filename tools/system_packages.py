"""Sees to the few Debian packages that pip cannot bring: as root installs them, else prints the line to run.

`app` is what Qt needs to open a window, `test` what the tests look at pages and paper with, `bundle` what
PyInstaller needs. With --stamp FILE the file is touched once everything is there. On other systems than
Debian and its kin it does nothing: there Qt brings or finds its own. It runs first: standard library only.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = {
    # Everything the Qt libraries and the plugins xcb, wayland and offscreen link to that a bare system lacks.
    "app": [
        "libegl1",
        "libgl1",
        "libdbus-1-3",
        "libfontconfig1",
        "libglib2.0-0",
        "libgssapi-krb5-2",
        "libwayland-cursor0",
        "libwayland-egl1",
        "libxkbcommon-x11-0",
        "libxcb-cursor0",
        "libxcb-icccm4",
        "libxcb-keysyms1",
        "libxcb-shape0",
    ],
    "test": ["xvfb", "poppler-utils", "chromium", "iproute2"],
    # Debian's own Python carries its library inside; a bundle needs it as a file.
    "bundle": [
        "binutils",
        *(f"libpython{v.major}.{v.minor}" for v in [sys.version_info] if sys.base_prefix == "/usr"),
    ],
}
WHY = {
    "app": "Qt needs system libraries to open a window",
    "test": "some tests look at the pages in a browser and at the paper as pictures",
    "bundle": "the bundle is made with the system's binutils",
}


def missing(names: list[str]) -> list[str]:
    """Those of the packages that dpkg does not have installed."""
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names],
        check=False,
        capture_output=True,
        text=True,
    )
    there = {line.split()[0] for line in asked.stdout.splitlines() if line.endswith(" installed")}
    return [name for name in names if name not in there]


def install(names: list[str]) -> bool:
    """Installs packages as root, quietly; says what apt said when it could not."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *names]):
        done = subprocess.run(["apt-get", *command], check=False, env=env, capture_output=True, text=True)
        if done.returncode and command[0] == "install":
            print((done.stderr or done.stdout).strip()[-1500:], file=sys.stderr)
            return False
    return True


def main() -> int:
    """0 when everything is there (now), 1 when something is still missing and has been told."""
    group = sys.argv[1]
    stamp = Path(sys.argv[sys.argv.index("--stamp") + 1]) if "--stamp" in sys.argv else None
    if sys.platform == "linux" and shutil.which("dpkg-query") and shutil.which("apt-get"):
        lacking = missing(PACKAGES[group])
        if lacking and os.geteuid() == 0:
            print(f"Installing {len(lacking)} system packages, {WHY[group]} …", flush=True)
            install(lacking)
            lacking = missing(PACKAGES[group])
        if lacking:
            print(f"Missing here, and {WHY[group]}. Run this line once:", file=sys.stderr)
            print(f"  sudo apt-get install -y --no-install-recommends {' '.join(lacking)}", file=sys.stderr)
            return 1
    if stamp:
        stamp.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
