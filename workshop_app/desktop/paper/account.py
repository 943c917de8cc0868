"""The right side of the summary: whether every card has its place, and what is still owed before people go home."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.paper.black_out_row import BlackOutRow
from workshop_app.desktop.paper.owed import Line
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Heading,
    IconLabel,
    PlainLabel,
    Rule,
    ScrollColumn,
    SectionLabel,
    column,
    empty_layout,
    fill_row,
    row,
)
from workshop_app.i18n import Language
from workshop_app.model.summary import PLACES, Balance, source_words
from workshop_app.store import queries

WIDE = 320


def fill(place: str) -> tuple[QColor, QColor | None]:
    """The colour of a place in the bar and its edge; order and figures carry the meaning, colour only helps."""
    c = look().colour
    if place == "heap":
        return _between(c("primary"), c("surface"), 0.55), None
    if place == "loose":
        return c("surface"), c("control")
    plain = {"need": "primary", "parked": "control", "hidden": "ink", "merged": "line", "withdrawn": "ink2"}
    return c(plain[place]), None


def _between(one: QColor, other: QColor, share: float) -> QColor:
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return QColor(*(round(a + (b - a) * share) for a, b in pairs))


class BalanceBar(QWidget):
    """One bar for all received cards, a stretch for each place that holds any."""

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_places(self, places: Mapping[str, int], words: str) -> None:
        """Shows other figures; `words` say them to those who do not see the bar."""
        self.places = {key: places.get(key, 0) for key in PLACES if places.get(key, 0)}
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        total = sum(self.places.values())
        gap, least = look().px(2), look().px(5)
        room = self.width() - gap * max(len(self.places) - 1, 0)
        wide = [max(room * n / total, least) for n in self.places.values()]
        squeeze = room / sum(wide) if wide else 1.0
        x = 0.0
        for place, one in zip(self.places, wide, strict=True):
            _swatch(painter, place, QRectF(x, 0, one * squeeze, self.height()))
            x += one * squeeze + gap


def _swatch(painter: QPainter, place: str, box: QRectF) -> None:
    ground, edge = fill(place)
    painter.setPen(QPen(edge, 1) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    inner = box.adjusted(0.5, 0.5, -0.5, -0.5) if edge else box
    painter.drawRoundedRect(inner, look().px(2), look().px(2))


class Swatch(QWidget):
    """The colour of a place beside its name."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place
        self.setFixedSize(look().px(12), look().px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _swatch(painter, self.place, QRectF(self.rect()))


class OwedLine(QFrame):
    """One thing to have in order: done, or open with what to do about it."""

    def __init__(self, lang: Language, line: Line) -> None:
        super().__init__()
        self.line = line
        self.open = not line.done
        icon = IconLabel(
            "circle-check" if line.done else "triangle-alert", "primary" if line.done else "on_attn", 18
        )
        self.words = PlainLabel(line.words, tone="ink" if line.done else "on_attn", wrap=True)
        box = row(gap=10, margins=(10, 6, 10, 6) if self.open else (10, 3, 10, 3))
        box.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        box.addWidget(self.words, 1)
        self.button: Button | None = None
        if line.step or line.card:
            words = lang("Fill in") if line.step else lang("Black out …")
            self.button = Button(words)
            self.button.setAccessibleName(f"{words}: {line.words}")
            box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(box)
        self.setAccessibleName(line.words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.open:
            fill_row(self, "attn")


class Account(QFrame):
    """The panel. `step_asked` names the step where something open can be filled in."""

    step_asked = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        lang, self.bridge = bridge.lang, bridge
        self.setProperty("ground", "surface")
        self.setProperty("edge", "left")
        self.icon = IconLabel("circle-check", "primary", 22)
        self.title = Heading(size="live", tone="primary")
        self.words = PlainLabel(tone="ink2", wrap=True)
        self.bar = BalanceBar()
        self.legend = QVBoxLayout()
        self.legend.setSpacing(look().px(6))
        self.sources = PlainLabel(size="small", tone="ink2", wrap=True)
        self.owed = QVBoxLayout()
        self.owed.setSpacing(look().px(4))
        self.version = PlainLabel(size="small", tone="ink2", wrap=True)
        self.version.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._shown: object = None
        head = row(gap=10)
        head.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.title, 1)
        sheet = ScrollColumn(gap=0, margins=(0, 0, 0, 0))
        sums = (head, 6, self.words, 12, self.bar, 10, self.legend, 8, self.sources, 14, Rule(), 14)
        sheet.body.addLayout(
            column(*sums, SectionLabel(lang("Before you go home")), gap=0, margins=(24, 22, 24, 6))
        )
        sheet.body.addLayout(column(self.owed, margins=(14, 0, 14, 12)))
        self.persons = BlackOutRow(bridge)
        sheet.body.addLayout(column(Rule(), 14, self.persons, gap=0, margins=(24, 2, 24, 16)))
        sheet.body.addStretch(1)
        foot = column(self.version, margins=(20, 10, 20, 14))
        box = column(sheet, Rule(), foot, gap=0)
        box.setStretchFactor(sheet, 1)
        self.setLayout(box)

    def sizeHint(self) -> QSize:
        return QSize(look().px(WIDE), look().px(600))

    def refresh(self) -> None:
        """Reads the books, or what was answered where the workshop is not about cards."""
        form, balance = self.bridge.get(queries.format_of), self.bridge.get(queries.balance)
        if balance.received or balance.lost or any(s.makes == "card" for s in form.steps):
            self.show_balance(balance)
            return
        came = Counter(a.step for a in self.bridge.get(queries.answers) if not a.withdrawn)
        told = [(s.title.get(self.bridge.lang.code), came[s.id]) for s in form.steps if came[s.id]]
        self.show_answers(told, came.total(), len(self.bridge.get(queries.outcomes)))

    def show_balance(self, balance: Balance) -> None:
        """Says whether every received card has a place, and where they are."""
        lang = self.bridge.lang
        title, words = sentences(balance, lang)
        whole = balance.balanced
        self.icon.show_icon("circle-check" if whole else "triangle-alert", "primary" if whole else "on_attn")
        self.title.setText(title)
        self.title.set_tone("primary" if whole else "on_attn")
        self.words.setText(words)
        shown = {place: balance.places.get(place, 0) for place in PLACES}
        words_of = balance.place_words(lang)
        told = ", ".join(words_of[place] for place, n in shown.items() if n)
        self.bar.show_places(balance.places, told)
        self.bar.setVisible(bool(told))
        empty_layout(self.legend)
        for place, n in shown.items():
            if n:
                count = PlainLabel(str(n), weight="bold")
                line = row(
                    Swatch(place),
                    PlainLabel(words_of[place].removeprefix(str(n)).strip()),
                    None,
                    count,
                    gap=10,
                )
                self.legend.addLayout(line)
        text = ", ".join(source_words(balance.by_source, lang))
        self.sources.setText(f"{text[:1].upper()}{text[1:]}." if text else "")
        self.sources.setVisible(bool(text))

    def show_answers(self, told: Sequence[tuple[str, int]], received: int, kept: int) -> None:
        """Where a workshop is not about cards: how much was answered at each step, and how much was kept of it."""
        lang = self.bridge.lang
        self.icon.show_icon("circle-check", "primary")
        self.title.setText(lang.plural("{n} answer has come in", "{n} answers have come in", received))
        self.title.set_tone("primary")
        words = lang.plural("{n} thing is agreed on.", "{n} things are agreed on.", kept) if kept else ""
        about = lang("This format collects answers, not cards. They stand step by step in the summary.")
        self.words.setText(f"{about} {words}".strip())
        self.bar.setVisible(False)
        self.sources.setVisible(False)
        empty_layout(self.legend)
        for title, n in told:
            line = row(gap=10)
            line.addWidget(PlainLabel(title, wrap=True), 1)
            line.addWidget(PlainLabel(str(n), weight="bold"))
            self.legend.addLayout(line)

    def show_owed(self, lines: Sequence[Line], linked: bool) -> None:
        """Lists what is in order and what is not; without `linked` nothing can be pressed."""
        if (tuple(lines), linked) == self._shown:
            return
        self._shown = (tuple(lines), linked)
        empty_layout(self.owed)
        for line in lines:
            shown = line if linked else replace(line, step="")
            one = OwedLine(self.bridge.lang, shown)
            if one.button is not None and line.card:
                one.button.clicked.connect(lambda _=False, card=line.card: self.persons.open(card))
            elif one.button is not None:
                one.button.clicked.connect(lambda _=False, step=line.step: self.step_asked.emit(step))
            self.owed.addWidget(one)


def sentences(balance: Balance, lang: Language) -> tuple[str, str]:
    """The title of the account and the sentence under it."""
    came = lang.plural("{n} card came in", "{n} cards came in", balance.received)
    if balance.received == 0 and balance.balanced:
        return lang("No cards yet"), lang("When cards come in, you see here where each of them ended.")
    if balance.balanced:
        words = lang("{came} and {n} have a place in the summary.").format(came=came, n=balance.accounted)
        return lang("All accounted for"), words
    if balance.lost:
        title = lang.plural("{n} card lacks a place", "{n} cards lack a place", len(balance.lost))
        numbers = ", ".join(str(n) for n in balance.lost[:12]) + (" …" if len(balance.lost) > 12 else "")
        words = lang(
            "Number {numbers}. What was written is still in the file. Close the workshop and open it again; "
            "if this stays, save the whole workshop as JSON before you go on."
        )
        return title, words.format(numbers=numbers)
    words = lang(
        "{came} but {n} places are counted. What was written is still in the file. Close the workshop and "
        "open it again; if this stays, save the whole workshop as JSON before you go on."
    )
    return lang("The sum does not add up"), words.format(came=came, n=balance.accounted)
