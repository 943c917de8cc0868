"""Help: the keys on one sheet, and what this step is for."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, Heading, PlainLabel, ScrollColumn, column, paint_key, row
from workshop_app.i18n import N_, Language
from workshop_app.store import queries

KEYS = (
    ("Page Down", N_("Next step. Asks once if there is time left or phones are writing.")),
    ("Page Up", N_("Shows the step before on the projector; the phones stay")),
    (N_("Shift+PgUp"), N_("Opens the step before again, for the room and the phones")),
    ("T", N_("Pause the clock, or let it go on")),
    ("+  −", N_("Two minutes more or fewer")),
    ("F5", N_("Projector on or off")),
    ("F", N_("Freeze the projector")),
    ("B  .", N_("Black projector")),
    ("Ctrl+Z", N_("Undo")),
    ("Ctrl+Y", N_("Do again")),
    ("Esc", N_("Leave a field, come back to the room's step")),
    ("F6", N_("Next region: agenda, stage, panel, bar")),
    ("F11", N_("Full screen")),
    ("F1", N_("Help for this step")),
)


class Key(QWidget):
    """A key cap in a table."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.setAccessibleName(key)
        self.setFixedSize(look().px(92), look().px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_key(painter, self.key, self.rect().toRectF(), QColor(look().colour("ink")))


class HelpWindow(QWidget):
    """A small window that can stay open beside the work."""

    def __init__(self, lang: Language, bridge: Bridge | None) -> None:
        super().__init__(None, Qt.WindowType.Tool)
        self.setWindowTitle(lang("Help"))
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        scroll = ScrollColumn(gap=8, margins=(28, 24, 28, 24))
        if bridge is not None:
            session = bridge.get(queries.session)
            step = bridge.get(queries.format_of).step(session.current_step)
            scroll.body.addWidget(Heading(step.title.get(lang.code), size="live"))
            scroll.body.addWidget(PlainLabel(step.facilitator.get(lang.code), wrap=True))
            outcome = lang("What it leaves behind: {what}").format(what=step.outcome.get(lang.code))
            scroll.body.addWidget(PlainLabel(outcome, tone="ink2", wrap=True))
            scroll.body.addSpacing(look().px(16))
        scroll.body.addWidget(Heading(lang("Keys"), size="live"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look().px(16))
        grid.setVerticalSpacing(look().px(6))
        for place, (key, words) in enumerate(KEYS):
            grid.addWidget(Key(lang(key)), place, 0)
            grid.addWidget(PlainLabel(lang(words), wrap=True), place, 1)
        grid.setColumnStretch(1, 1)
        scroll.body.addLayout(grid)
        scroll.body.addSpacing(look().px(8))
        clicker = lang("A presenter clicker works: it sends Page Down, Page Up, B, F5 and Esc.")
        scroll.body.addWidget(PlainLabel(clicker, size="small", tone="ink2", wrap=True))
        scroll.body.addStretch(1)
        self.shut = Button(lang("Close"), key="Esc")
        self.shut.setShortcut("Esc")
        self.shut.clicked.connect(self.close)
        self.setLayout(column(scroll, row(None, self.shut, margins=(28, 10, 28, 16)), gap=0))
        self.resize(look().px(520), look().px(640))
