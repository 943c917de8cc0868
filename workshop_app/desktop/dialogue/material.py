"""Files that are shown or handed out: known by their checksum, so that all can be shown the very same."""

import hashlib
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.dialogue.rows import Part, RowList
from workshop_app.desktop.widgets import Button, Field, IconLabel, PlainLabel, column, line_edit, row, tip
from workshop_app.i18n import N_
from workshop_app.model.dialogue import Material
from workshop_app.model.trouble import RoomTrouble
from workshop_app.store import queries

UNREADABLE = N_(
    "The file {file} cannot be read. Choose another, or close it in the program where it is open."
)


def checksum(path: Path) -> tuple[str, int]:
    """SHA-256 of a file in hexadecimal, and its size in bytes; RoomTrouble when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
    except OSError:
        raise RoomTrouble(UNREADABLE, file=path.name) from None


def size_words(size: int) -> str:
    """Bytes as people say them: 640 kB, 2,4 MB."""
    if size < 1_000_000:
        return f"{max(round(size / 1000), 1)} kB"
    return f"{size / 1e6:.1f} MB".replace(".", ",")


class MaterialPart(Part):
    """The list of material with version and checksum."""

    def __init__(self, bridge: Bridge) -> None:
        lang = bridge.lang
        super().__init__(
            bridge,
            lang("Material"),
            lang(
                "All are shown the same files. The checksum tells two versions apart; the file itself stays where it is."
            ),
        )
        self.list = RowList(lambda item: MaterialRow(bridge, item))
        self.version = line_edit(limit=40, placeholder="1.0")
        self.add = Button(lang("Choose a file"), icon="folder-open")
        self.add.clicked.connect(self.choose)
        self.body.addWidget(self.list)
        line = row(Field(lang("Version"), self.version), gap=10)
        line.addWidget(self.add)
        line.addStretch(1)
        self.body.addLayout(line)

    def choose(self) -> None:
        """Asks which file."""
        name, _ = QFileDialog.getOpenFileName(self, self.lang("Choose a file"))
        if name:
            self.add_file(Path(name))

    def add_file(self, path: Path) -> None:
        """Notes a file by its checksum, which is counted on another thread."""
        version = self.version.text()

        def store(found: tuple[str, int]) -> None:
            self.bridge.do(
                actions.dialogue.add_material,
                lambda _id: self.version.clear(),
                title=path.name[:120],
                version=version,
                sha256=found[0],
                size=found[1],
            )

        self.bridge.in_background(lambda: checksum(path), store)

    def refresh(self) -> None:
        self.list.show_items(self.dialogue.materials)


class MaterialRow(QWidget):
    """One file: title, version, size, the first digits of its checksum, and who has had it."""

    def __init__(self, bridge: Bridge, item: Material) -> None:
        super().__init__()
        self.bridge = bridge
        self.title, self.about = (
            PlainLabel(weight="semibold", wrap=True),
            PlainLabel(size="small", tone="ink2"),
        )
        self.given = PlainLabel(size="small", tone="ink2")
        self.all = Button(bridge.lang("All have had it"), icon="check")
        self.all.setAccessibleName(f"{self.all.words()}, {item.title}")
        self.all.clicked.connect(lambda: bridge.do(actions.dialogue.give_all, what="material", id=item.id))
        line = row(
            IconLabel("file-text", "ink2", 18), column(self.title, self.about, gap=0), self.given, self.all
        )
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_item(self, item: Any) -> None:
        """Shows the file, and how many of those who take part have had it."""
        lang, now = self.bridge.lang, self.bridge.get(queries.dialogue)
        self.title.setText(item.title)
        version = lang("version {version}").format(version=item.version) if item.version else ""
        short = lang("checksum {digits}").format(digits=item.sha256[:8].upper())
        self.about.setText(" · ".join(w for w in (version, size_words(item.size), short) if w))
        tip(self.about, item.sha256)
        here = {s.id for s in now.suppliers if s.takes_part}
        had = {g.supplier for g in now.given if g.what == "material" and g.id == item.id} & here
        self.given.setText(lang("{n} of {m} have had it").format(n=len(had), m=len(here)))
        self.all.setVisible(bool(here - had))
