"""Which themes are worked on first: ranked before needs are written, with a line on why the others wait."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.kept import Kept
from workshop_app.desktop.pages import Page
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    EmptyState,
    Field,
    Heading,
    IconButton,
    Panel,
    Pill,
    PlainLabel,
    SectionLabel,
    TextArea,
    column,
    row,
)
from workshop_app.model.board import Theme
from workshop_app.model.theme_order import WHY_LIMIT, order
from workshop_app.store import queries


class ThemeOrderPage(Page):
    """Three lists under each other: those that are worked on first, those nobody has spoken of, those that wait."""

    header = "none"
    wants_width = True
    alone = True
    margins = (32, 24, 32, 24)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.first: tuple[Theme, ...] = ()
        self.rows: dict[int, ThemeRow] = {}
        self.title = Heading(lang("Order of the themes"))
        about = lang(
            "Choose which themes you work on before you write needs, and write why the others wait. "
            "Nothing is thrown away: what waits is printed with its reason."
        )
        self.about = PlainLabel(about, size="large", tone="ink2", wrap=True)
        self.empty = EmptyState(lang("There are no themes yet. They come from the board."), "layers")
        words = (lang("We begin with these"), lang("Not decided yet"), lang("These wait"))
        self.heads = [SectionLabel(text) for text in words]
        self.list = QVBoxLayout()
        self.list.setSpacing(look().px(10))
        self.back = Button(lang("Back to the room's step"), icon="arrow-left", size="large")
        self.back.clicked.connect(lambda: self.step_asked.emit(""))
        for head in self.heads:
            head.setContentsMargins(0, look().px(10), 0, 0)
            self.list.addWidget(head)
        self.setLayout(column(self.title, self.about, self.empty, self.list, None, gap=4))

    def actions_bar(self) -> list[QPushButton]:
        return [self.back]

    def refresh(self) -> None:
        board = self.bridge.get(queries.board)
        found = order(board.themes)
        self.first = found.first
        self.empty.setVisible(not board.themes)
        for gone in set(self.rows) - {t.id for t in board.themes}:
            self.rows.pop(gone).deleteLater()
        place = 0
        for head, themes in zip(self.heads, (found.first, found.open, found.waiting), strict=True):
            head.setVisible(bool(themes))
            self._put(place, head)
            place += 1
            for n, theme in enumerate(themes, 1):
                line = self.rows.get(theme.id) or self.rows.setdefault(theme.id, ThemeRow(self, theme.id))
                line.show_theme(theme, n if theme.turn else 0, len(found.first), self._counts(theme))
                self._put(place, line)
                place += 1

    def _put(self, place: int, widget: "SectionLabel | ThemeRow") -> None:
        if self.list.indexOf(widget) != place:
            self.list.insertWidget(place, widget)

    def _counts(self, theme: Theme) -> str:
        """How much there is in a theme: heaps, cards and the needs that rest on them."""
        lang = self.bridge.lang
        needs = {n for h in theme.heaps for c in h.cards for n in c.needs}
        heaps = len(theme.heaps)
        parts = [
            lang.plural("{n} heap", "{n} heaps", heaps),
            lang.plural("{n} card", "{n} cards", theme.cards),
            lang.plural("{n} need", "{n} needs", len(needs)) if needs else lang("no need yet"),
        ]
        return ", ".join(parts)

    # Changing -------------------------------------------------------------------

    def rank(self, themes: Sequence[int]) -> None:
        """Stores which themes come first."""
        self.bridge.do(actions.theme_order.rank, themes=themes)

    def begin(self, theme: int) -> None:
        """Puts a theme last of those that come first."""
        self.rank([*(t.id for t in self.first if t.id != theme), theme])

    def leave(self, theme: int) -> None:
        """Takes a theme out of the order."""
        self.rank([t.id for t in self.first if t.id != theme])

    def shift(self, theme: int, by: int) -> None:
        """Moves a theme up or down among those that come first."""
        ids = [t.id for t in self.first]
        if theme in ids and 0 <= (to := ids.index(theme) + by) < len(ids):
            ids.insert(to, ids.pop(ids.index(theme)))
            self.rank(ids)

    def keep(self) -> None:
        for line in self.rows.values():
            line.why.keep()


class ThemeRow(Panel):
    """One theme: its place, what it holds, and what can be done with it; a line for why it waits."""

    def __init__(self, page: ThemeOrderPage, theme: int) -> None:
        super().__init__(pad=14)
        lang, self.theme = page.bridge.lang, theme
        self.page = page
        self.place = PlainLabel(size="lead", weight="bold", tone="primary")
        self.place.setFixedWidth(look().px(28))
        self.name = PlainLabel(weight="semibold", size="large", wrap=True)
        self.counts = PlainLabel(size="small", tone="ink2", wrap=True)
        self.waits = Pill(lang("Waits"), "attn", "hourglass")
        self.up, self.down = IconButton("arrow-up", ""), IconButton("arrow-down", "")
        self.begin = Button(lang("Begin with it"), icon="flag")
        self.leave = Button(lang("Out of the order"), icon="x", role="quiet")
        self.wait = Button(lang("Let it wait"), icon="hourglass", role="quiet")
        self.up.clicked.connect(lambda: page.shift(theme, -1))
        self.down.clicked.connect(lambda: page.shift(theme, 1))
        self.begin.clicked.connect(lambda: page.begin(theme))
        self.leave.clicked.connect(lambda: page.leave(theme))
        self.wait.clicked.connect(self._wait)
        words = column(self.name, self.counts, gap=2)
        buttons = row(self.waits, self.up, self.down, self.leave, self.begin, self.wait, gap=6)
        line = row(gap=10)
        line.addWidget(self.place, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        line.addLayout(buttons)
        self.reason = TextArea(1, WHY_LIMIT)
        self.reason_field = Field(lang("Why does it wait, and until when?"), self.reason)
        self.why = Kept("waits", self.reason)
        self.why.written.connect(self._write)
        self.body.addLayout(line)
        self.body.addLayout(row(self.reason_field, margins=(38, 0, 0, 0)))

    def show_theme(self, theme: Theme, place: int, ranked: int, counts: str) -> None:
        """Shows the theme as it is; `place` is 0 unless it is one of the `ranked`."""
        lang, waiting = self.page.bridge.lang, theme.turn == 0
        name = f"{theme.number}. {theme.title or lang('No name yet')}"
        self.setAccessibleName(name)
        self.place.setText(str(place) if place else "")
        self.name.setText(name)
        self.counts.setText(counts)
        self.waits.setVisible(waiting)
        for button, words, shown in (
            (self.up, lang("Earlier: {theme}"), bool(place)),
            (self.down, lang("Later: {theme}"), bool(place)),
            (self.leave, lang("Out of the order: {theme}"), bool(place)),
            (self.begin, lang("Begin with {theme}"), not place),
            (self.wait, lang("Let {theme} wait"), not waiting),
        ):
            button.setAccessibleName(words.format(theme=name))
            button.setVisible(shown)
        self.up.setEnabled(place > 1)
        self.down.setEnabled(place < ranked)
        self.reason_field.setVisible(waiting)
        self.reason.setAccessibleName(f"{lang('Why does it wait, and until when?')} {name}")
        self.why.show(theme.waits)

    def _wait(self) -> None:
        self.page.bridge.do(
            actions.theme_order.let_wait, lambda _done: self.reason.setFocus(), theme=self.theme
        )

    def _write(self, _name: str, text: str, edit: str = "") -> None:
        self.page.bridge.do(actions.theme_order.write_why, theme=self.theme, why=text, joins=edit)
