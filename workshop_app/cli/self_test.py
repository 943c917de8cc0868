"""`workshop --self-test`: tries every part the program brings along, in a checkout, a wheel and a bundle alike."""

import gettext
import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from workshop_app import __version__, clustering, formats, i18n, invite, resources
from workshop_app.cli.program import REFUSED, cli
from workshop_app.store import engine

_QT = "import PySide6.QtWidgets; print(PySide6.__version__)"
PROBE = "--probe-qt"


def _formats() -> str:
    return ", ".join(f"{f.id} ({len(f.steps)} steps)" for f in formats.formats().values() if not f.beside)


def _fonts() -> str:
    from workshop_app.report import fonts

    fonts.ready()
    return f"{len(list(resources.path('fonts').glob('*.ttf')))} files"


def _template() -> str:
    from workshop_app.web import draw
    from workshop_app.web.values import Page

    page = draw.page(Page("message.html", _bare_page()))
    if "<html" not in page:
        raise ValueError("the page is empty")
    return f"message.html, {len(page)} signs"


def _bare_page() -> dict[str, Any]:
    lang = i18n.language("sv")
    empty = {"home": "", "here": "", "signature": "", "step": None, "title": "", "sentence": "", "text": ""}
    return {"lang": lang, "code": lang.code, "view": "message", **empty}


def _words() -> str:
    found = gettext.translation(i18n.DOMAIN, resources.path("locale"), languages=["sv"])
    said = i18n.language("sv")("Move cards")
    if said == "Move cards":
        raise ValueError("sv.mo does not answer")
    return f"sv, {len(getattr(found, '_catalog', {}))} texts"


def _samples() -> str:
    return ", ".join(p.stem for p in resources.sample_files())


def _qr() -> str:
    return f"{len(invite.qr_matrix('http://127.0.0.1/'))} modules wide"


def _model() -> str:
    name = clustering.engine_name()
    if name == "semantic":
        found = clustering.embed(["Golvet är halt när barnen kommer in"])
        return f"semantic, {clustering.model_id()}, {found.shape[1]} numbers for each text"
    found_groups = clustering.group(["ett", "två"], None)
    return f"{found_groups.engine}, no model file: groups are made from words alone"


def _sqlite() -> str:
    here = engine.engine()
    if not here.fit:
        raise ValueError(f"SQLite {here.version} cannot be used: {here}")
    return f"{here.version}, thread safety {here.threads}, STRICT tables"


def _paper() -> str:
    reportlab = importlib.import_module("reportlab")
    pdfium = importlib.import_module("pypdfium2")
    with TemporaryDirectory(prefix="workshop-self-test-") as folder:
        canvas = importlib.import_module("reportlab.pdfgen.canvas").Canvas(str(Path(folder) / "x.pdf"))
        canvas.drawString(72, 72, "Behovsverkstad")
        canvas.save()
        read = pdfium.PdfDocument(Path(folder) / "x.pdf")
        words = read[0].get_textpage().get_text_range()
        read.close()
    if "Behovsverkstad" not in words:
        raise ValueError("a printed page cannot be read back")
    return f"reportlab {reportlab.Version}"


def _qt() -> str:
    # in a process of its own: Qt is never loaded into a command
    command = [sys.executable, PROBE] if getattr(sys, "frozen", False) else [sys.executable, "-c", _QT]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise ValueError((done.stderr.strip().splitlines() or ["it does not start"])[-1])
    return done.stdout.strip()


PARTS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("formats", _formats),
    ("samples", _samples),
    ("words", _words),
    ("fonts", _fonts),
    ("phone pages", _template),
    ("code", _qr),
    ("grouping", _model),
    ("sqlite", _sqlite),
    ("paper", _paper),
    ("qt", _qt),
)


def tried() -> Iterator[tuple[str, bool, str]]:
    """Each part, whether it works, and what it says of itself or why not."""
    for name, part in PARTS:
        try:
            said = part()
        except Exception as trouble:
            yield name, False, f"{type(trouble).__name__}: {trouble}"
        else:
            yield name, bool(said), said or "nothing found"


@cli.command("self-test", hidden=True)
def self_test_command() -> int:
    """Tries every part and says how it went."""
    click.echo(f"Behovsverkstad {__version__}, Python {sys.version.split()[0]}")
    well = True
    for name, works, said in tried():
        well = well and works
        click.echo(f"{'ok ' if works else 'NO '} {name}: {said}")
    click.echo("All parts work." if well else "Some parts do not work.")
    return 0 if well else REFUSED
