"""Whether the whole room shares its heaps or tables sort side by side, which tables there are, and what each is dealt."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Field, choice, column
from workshop_app.i18n import Language
from workshop_app.model.tables import ALL, MOST_TABLES, SPLIT, RoomTable

ROOM = ""


class TablesChoice(QWidget):
    """One list and one line to type in: a number of tables, or their names with commas between."""

    changed = Signal()
    named = Signal(object)  # names of the tables, as they are to be

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.known: tuple[RoomTable, ...] = ()
        self.way = choice(
            [
                (ROOM, lang("The whole room shares its heaps")),
                (SPLIT, lang("Tables, the cards split between them")),
                (ALL, lang("Tables, all cards to each")),
            ]
        )
        self.way.setFixedWidth(look().px(340))
        self.names = QLineEdit()
        self.names.setMaximumWidth(look().px(520))
        who = Field(lang("Who sorts together"), self.way)
        hint = lang("A number, such as 4, or names with commas between: By the window, By the door.")
        self.tables = Field(lang("The tables"), self.names, hint)
        self.setLayout(column(who, self.tables, gap=10))
        self.way.currentIndexChanged.connect(self._chosen)
        self.names.editingFinished.connect(self.send)
        self.tables.hide()

    @property
    def chosen(self) -> str:
        """ "" for the whole room, "split" or "all"."""
        return str(self.way.currentData())

    def typed(self) -> list[str]:
        """The names as typed; a number alone counts tables."""
        text = self.names.text().strip()
        if text.isdecimal():
            count = min(int(text[:4]), MOST_TABLES)
            return [self.lang("Table {n}").format(n=n) for n in range(1, count + 1)]
        return [name for part in text.split(",") if (name := " ".join(part.split()))]

    def send(self) -> None:
        """Has the tables set when they are others than those that are known."""
        if self.typed() != [one.name for one in self.known]:
            self.named.emit(self.typed())

    def show_tables(self, tables: tuple[RoomTable, ...]) -> None:
        """The tables there are; what is being typed stays."""
        if tables != self.known:
            self.known = tables
            if not self.names.hasFocus() or self.typed() != [one.name for one in tables]:
                self.names.setText(", ".join(one.name for one in tables))

    def _chosen(self) -> None:
        self.tables.setVisible(bool(self.chosen))
        self.changed.emit()
