"""The bar over the board. One place, four faces: tools, what is selected, a question, a suggestion."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QWidget

from workshop_app.desktop.board.chosen import Chosen
from workshop_app.desktop.board.places import LEVELS
from workshop_app.desktop.board.tree import doubts
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, ElidedLabel, PlainLabel, row
from workshop_app.i18n import Language
from workshop_app.model.board import Board, Heap

HEIGHT = 50
DARK, WHITE = "#14211B", "#FFFFFF"


def tab_only(*buttons: Button) -> None:
    """Buttons over the board are reached by Tab, but a click leaves the focus where the keys work."""
    for button in buttons:
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class LevelSwitch(QWidget):
    """Themes, heaps or cards: one of three, side by side."""

    chosen = Signal(str)

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = dict(zip(LEVELS, (lang("Themes"), lang("Heaps"), lang("Cards")), strict=True))
        self.buttons = {level: Button(text) for level, text in words.items()}
        for level, button in self.buttons.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, level=level: self.chosen.emit(level))
        tab_only(*self.buttons.values())
        box = row(*self.buttons.values(), gap=0)
        box.setSpacing(2)
        self.setLayout(box)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_level(self, level: str) -> None:
        """Shows which level is on."""
        for name, button in self.buttons.items():
            button.setChecked(name == level)


class ToolBar(QFrame):
    """Counts that add up, the level, and what makes new things."""

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self.title = PlainLabel(weight="semibold")
        self.counts = ElidedLabel(size="small", tone="ink2")
        self.levels = LevelSwitch(lang)
        self.theme = Button(lang("New theme"), icon="plus", key=lang("Shift G"))
        self.heap = Button(lang("New heap"), icon="layers", key="G")
        self.suggest = Button(lang("Suggest"), icon="sparkles")
        tab_only(self.theme, self.heap, self.suggest)
        box = row(
            self.title,
            self.counts,
            self.levels,
            8,
            self.theme,
            self.heap,
            self.suggest,
            gap=10,
            margins=(14, 0, 14, 0),
        )
        box.setStretchFactor(self.counts, 1)
        self.setLayout(box)

    def show_board(self, board: Board) -> None:
        """Counts a board anew: 54 cards = 47 in heaps, 4 without, 2 parked, 1 hidden."""
        lang = self.lang
        themes = lang.plural("{n} theme", "{n} themes", len(board.themes))
        heaps = lang.plural("{n} heap", "{n} heaps", len(board.heaps))
        self.title.setText(f"{themes}, {heaps}")
        self.counts.set_text(count_words(board, lang))
        self.counts.setToolTip(count_words(board, lang))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tight = self.width() * 100 / look().percent < 960
        for button in (self.theme, self.heap, self.suggest):
            button.set_compact(tight)


def count_words(board: Board, lang: Language) -> str:
    """Where all the cards are, in one sentence whose parts add up."""
    in_heaps = sum(len(h.cards) for h in board.heaps)
    parts = [
        (in_heaps, lang("{n} in heaps").format(n=in_heaps)),
        (len(board.loose), lang("{n} without").format(n=len(board.loose))),
        (len(board.parked), lang.plural("{n} parked", "{n} parked", len(board.parked))),
        (len(board.hidden), lang.plural("{n} hidden", "{n} hidden", len(board.hidden))),
        (
            len(board.merged),
            lang.plural("{n} joined with another", "{n} joined with others", len(board.merged)),
        ),
    ]
    told = ", ".join(words for n, words in parts if n)
    whole = lang.plural("{n} card", "{n} cards", len(board.cards))
    return f"{whole}: {told}" if told else whole


class CountDisc(QWidget):
    """The number of selected things, dark on a white disc."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self.setFixedSize(self.sizeHint())

    def show_text(self, text: str) -> None:
        """Shows a number or a tag."""
        self.text = text
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        px = look().px
        return QSize(max(px(26), px(10) + px(9) * len(self.text)), px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(WHITE))
        radius = self.height() / 2
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setPen(QColor(DARK))
        painter.setFont(look().font("small", 700))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text)


class DarkBar(QFrame):
    """The selection bar's ground, the same in both themes; dark themes add a frame."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(DARK))
        if look().dark:
            painter.setPen(QPen(look().colour("control"), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class SelectionBar(DarkBar):
    """What is selected, and everything one can do with it. `buttons` by name."""

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang = lang
        self._names: set[str] = set()
        self.disc = CountDisc()
        self.words = ElidedLabel(weight=600, tone=WHITE)

        def dark(text: str, key: str = "", icon: str = "") -> Button:
            return Button(text, role="dark", key=key, icon=icon)

        self.buttons = {
            "move": dark(lang("Move to …"), "1–9"),
            "heap": dark(lang("New heap"), "G"),
            "join": dark(lang("Join"), "J"),
            "park": dark(lang("Park"), "P"),
            "hide": dark(lang("Hide"), "H"),
            "back": dark(lang("Take out"), "Delete"),
            "rename": dark(lang("Rename"), "F2"),
            "cards": dark(lang("Select its cards"), "A"),
            "theme": dark(lang("New theme"), lang("Shift G")),
            "voice": dark(lang("Missing voice …"), "", "user-plus"),
            "dissolve": dark(lang("Dissolve"), "Delete"),
        }
        self.clear = Button(lang("Clear"), role="dark", key="Esc")
        tab_only(*self.buttons.values(), self.clear)
        box = row(self.disc, self.words, 6, *self.buttons.values(), self.clear, gap=8, margins=(14, 0, 14, 0))
        box.setStretchFactor(self.words, 1)
        self.setLayout(box)
        self.words.setMinimumWidth(look().px(90))

    def show_cards(self, count: int, *, can_join: bool, can_take_out: bool) -> None:
        """Some cards are selected."""
        self.disc.show_text(str(count))
        self.words.set_text(self.lang.plural("card selected", "cards selected", count))
        shown = {"move", "heap", "park", "hide"}
        shown |= {"join"} if can_join else set()
        shown |= {"back"} if can_take_out else set()
        self._show(shown)

    def show_heap(self, tag: str, heap: Heap) -> None:
        """One heap is selected; if there is reason to read it once more, that is said."""
        self.disc.show_text(tag)
        name = heap.title or self.lang("Heap without a name")
        self.words.set_text(". ".join(doubts(heap, self.lang)) or name)
        self._show({"move", "rename", "cards", "theme", "dissolve"})

    def show_theme(self, number: int, name: str) -> None:
        """One theme is selected."""
        self.disc.show_text(str(number))
        self.words.set_text(name or self.lang("Theme without a name"))
        self._show({"rename", "voice", "heap", "dissolve"})

    def _show(self, names: set[str]) -> None:
        self._names = names
        self._fit()

    def _fit(self) -> None:
        """Where room is short key caps go first, then the buttons that have a key and a menu line as well."""
        names = set(self._names)
        room = self.width() - look().px(170)
        for button in (*self.buttons.values(), self.clear):
            button.key = button.accessibleDescription()
        if self._width(names) > room:
            for button in (*self.buttons.values(), self.clear):
                button.key = ""
        for less in ("cards", "theme", "back", "hide"):
            if self._width(names) > room:
                names.discard(less)
        for name, button in self.buttons.items():
            button.setVisible(name in names)
            button.updateGeometry()
        self.clear.updateGeometry()

    def _width(self, names: set[str]) -> int:
        shown = [b for name, b in self.buttons.items() if name in names]
        return sum(b.sizeHint().width() + look().px(8) for b in (*shown, self.clear))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class AskBar(QFrame):
    """One question with a yes and a no, in the bar's place; nothing covers the board."""

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ask_bar")
        self.setStyleSheet(
            f"#ask_bar {{ background: {look().hex('attn')}; border-bottom: 1px solid {look().hex('attn_line')}; }}"
        )
        self.words = PlainLabel(weight="semibold", tone="on_attn", wrap=True)
        self.yes = Button("", role="primary", key="J")
        self.no = Button(lang("No, leave it"), key="Esc")
        box = row(self.words, self.yes, self.no, gap=10, margins=(14, 0, 14, 0))
        box.setStretchFactor(self.words, 1)
        self.setLayout(box)
        self.then: Callable[[], None] | None = None

    def ask(self, text: str, yes: str, then: Callable[[], None]) -> None:
        """Puts a question."""
        self.words.setText(text)
        self.setAccessibleName(text)
        self.yes.setText(yes)
        self.then = then


class BarStack(QStackedWidget):
    """Holds the faces; always as high as one bar."""

    def __init__(self, lang: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tools, self.selection, self.question = ToolBar(lang), SelectionBar(lang), AskBar(lang)
        for face in (self.tools, self.selection, self.question):
            self.addWidget(face)
        self.setFixedHeight(look().px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_selected(self, board: Board, chosen: Chosen) -> None:
        """The selection bar for what is selected, else the tools."""
        heap = board.heap(chosen.heap) if chosen.heap is not None else None
        theme = board.theme(chosen.theme) if chosen.theme is not None else None
        cards = [board.cards[c] for c in chosen.cards if c in board.cards]
        if cards:
            placed = any(c.state != "loose" for c in cards)
            self.selection.show_cards(len(cards), can_join=len(cards) > 1, can_take_out=placed)
        elif heap is not None:
            self.selection.show_heap(board.tag(heap), heap)
        elif theme is not None:
            self.selection.show_theme(theme.number, theme.title)
        self.setCurrentWidget(self.selection if cards or heap or theme else self.tools)
