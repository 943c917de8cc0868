"""Proves that a wheel carries what the program needs: unpacks it alone and lets it look for its own files."""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

LOOK = """
import sys
sys.path.insert(0, sys.argv[1])
from workshop_app import i18n, resources, theme
home = sys.argv[1]
assert str(resources.path()).startswith(home), f"resources are taken from {resources.path()}"
assert len(resources.sample_files()) >= 3 and all(str(p).startswith(home) for p in resources.sample_files())
assert len(theme.hues()) == 10
assert i18n.language("sv")("Next") != "" and "sv" in i18n.available()
from workshop_app.__main__ import main
sys.argv = ["workshop", "--self-test"]
sys.exit(main())
"""


def main() -> int:
    """Checks the wheel named on the command line; anything missing ends with a traceback that names it."""
    wheel = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
            licences = [n for n in archive.namelist() if "/licenses/" in n]
        if not any(n.endswith("/LICENSE") for n in licences):
            sys.exit(f"{wheel.name} carries no licence")
        looked = subprocess.run([sys.executable, "-c", LOOK, folder], cwd=folder, check=False)
    if looked.returncode == 0:
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB, finds its own resources")
    return looked.returncode


if __name__ == "__main__":
    sys.exit(main())
