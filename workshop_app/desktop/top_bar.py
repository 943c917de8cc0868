"""The bar at the top: whose workshop this is, that everything is saved, phones, undo, projector, help, settings."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.settings import Settings
from workshop_app.desktop.style import SCALES, look
from workshop_app.desktop.widgets import (
    Button,
    ElidedLabel,
    IconLabel,
    Logo,
    Pill,
    PlainLabel,
    TimerView,
    row,
    tip,
)
from workshop_app.desktop.widgets.parts import column
from workshop_app.i18n import Language, available, own_name
from workshop_app.model.dates import day_words
from workshop_app.store import queries


def settings_menu(parent: QWidget, settings: Settings, lang: Language, change) -> QMenu:  # type: ignore[no-untyped-def]
    """Language, theme and text size; `change(**values)` stores and applies."""
    menu = QMenu(parent)
    menu.setAccessibleName(lang("Settings"))
    _choices(
        menu.addMenu(lang("Language")),
        [(own_name(code), code) for code in available()],
        lang.code,
        lambda code: change(language=code),
    )
    themes = [(lang("Follow the computer"), "system"), (lang("Light"), "light"), (lang("Dark"), "dark")]
    _choices(menu.addMenu(lang("Appearance")), themes, settings.theme, lambda name: change(theme=name))
    sizes = [(f"{n} %", n) for n in SCALES]
    _choices(menu.addMenu(lang("Text size")), sizes, settings.percent, lambda n: change(percent=n))
    point = "." if lang.code == "en" else ","
    widths = [(f"{w:.1f} m".replace(".", point), w) for w in (1.2, 1.7, 2.0, 2.4, 3.0, 4.0)]
    _choices(
        menu.addMenu(lang("Width of the projector picture")),
        widths,
        settings.picture_width,
        lambda w: change(picture_width=w),
    )
    still = QAction(lang("No motion"), menu)
    still.setCheckable(True)
    still.setChecked(settings.calm)
    still.toggled.connect(lambda on: change(calm=on))
    menu.addAction(still)
    return menu


def _choices(menu: QMenu, rows, chosen, pick) -> None:  # type: ignore[no-untyped-def]
    group = QActionGroup(menu)
    for words, value in rows:
        action = QAction(words, menu)
        action.setCheckable(True)
        action.setChecked(value == chosen)
        action.triggered.connect(lambda _=False, value=value: pick(value))
        group.addAction(action)
        menu.addAction(action)


class StateWord(QWidget):
    """An icon with a word beside it, quiet or amber."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = IconLabel(icon, "ink2", 16)
        self.words = PlainLabel(size="small", tone="ink2")
        self.setLayout(row(self.picture, self.words, gap=6))

    def say(self, icon: str, words: str, tone: str = "ink2") -> None:
        """Shows another icon and word."""
        self.picture.show_icon(icon, tone)
        self.words.setText(words)
        self.words.set_tone(tone)
        self.setAccessibleName(words)


class TopBar(QFrame):
    """The bar over an open session."""

    asked = Signal(str)  # "start" | "projector" | "help" | "summary" | "thread" | "full_screen" | "close"

    def __init__(self, bridge: Bridge, settings: Settings, change, parent: QWidget | None = None) -> None:  # type: ignore[no-untyped-def]
        super().__init__(parent)
        self.bridge, self.step_words = bridge, ""
        lang = bridge.lang
        self.setProperty("ground", "surface")
        self.setProperty("edge", "bottom")
        self.setMinimumHeight(look().px(52))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.title = ElidedLabel(weight=700)
        self.about = ElidedLabel(size="tiny", tone="ink2")
        names = QWidget()
        names.setLayout(column(self.title, self.about, gap=0))
        names.setMinimumWidth(look().px(96))
        self.time = TimerView("lead", to_right=True)
        self.left = PlainLabel(lang("left"), size="small", tone="ink2")
        self.saved = StateWord("check")
        self.saved.say("check", lang("All saved"))
        tip(self.saved, lang("All saved"))
        self.phones = StateWord("smartphone")
        self.show_state = Pill()
        self.undo = Button(lang("Undo"), role="quiet", icon="undo-2")
        self.undo.clicked.connect(bridge.undo)
        self.projector = self._button(lang("Projector"), "presentation", "projector")
        self.summary = self._button(lang("Summary"), "file-text", "summary")
        self.red_thread = self._button(lang("The red thread"), "link", "thread")
        self.room = Button(lang("The room"), role="quiet", icon="users")
        self.room.clicked.connect(lambda: self.asked.emit("room"))
        self.dialogue = self._button(lang("Dialogue"), "scale", "dialogue")
        self.help = self._button(lang("Help"), "circle-help", "help")
        self.menu_button = Button(lang("Menu"), role="quiet", icon="menu")
        self.menu_button.setMenu(self._menu(settings, change))
        line = row(Logo(24), 4, names, gap=8, margins=(16, 6, 12, 6))
        line.setStretchFactor(names, 1)
        line.addWidget(self.time)
        line.addWidget(self.left)
        for part in (self.show_state, self.saved, self.phones):
            line.addSpacing(look().px(6))
            line.addWidget(part)
        line.addSpacing(look().px(6))
        for button in (
            self.room,
            self.undo,
            self.projector,
            self.red_thread,
            self.dialogue,
            self.summary,
            self.help,
            self.menu_button,
        ):
            line.addWidget(button)
        self.setLayout(line)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), look().px(52)))

    def _button(self, words: str, icon: str, what: str) -> Button:
        button = Button(words, role="quiet", icon=icon)
        button.clicked.connect(lambda: self.asked.emit(what))
        return button

    def _menu(self, settings: Settings, change) -> QMenu:  # type: ignore[no-untyped-def]
        lang = self.bridge.lang
        menu = settings_menu(self, settings, lang, change)
        first = menu.actions()[0]
        rows = (
            (lang("Check the room"), "room_check"),
            (lang("Register of needs"), "register"),
            *(((lang("Order of the themes"), "theme_order"),) if self._has_board() else ()),
            (lang("Dialogue with suppliers"), "dialogue"),
            (lang("Sheets"), "sheets"),
            (lang("Comment round"), "comment_round"),
            (lang("Change the cover and the lists"), "cover"),
            (lang("Full screen"), "full_screen"),
            (lang("Close and go to the start page"), "start"),
        )
        for words, what in rows:
            action = QAction(words, menu)
            action.triggered.connect(lambda _=False, what=what: self.asked.emit(what))
            if what == "full_screen":
                action.setText(f"{words}\tF11")
            menu.insertAction(first, action)
        menu.insertSeparator(first)
        return menu

    def _has_board(self) -> bool:
        return any(step.kind == "group" for step in self.bridge.get(queries.format_of).steps)

    def squeeze(self, roomy: bool, tight: bool, tighter: bool) -> None:
        """Leaves out words beside icons where there is little room, and then those beside states too."""
        for button in (
            self.room,
            self.undo,
            self.projector,
            self.dialogue,
            self.help,
            self.menu_button,
            self.summary,
        ):
            button.set_compact(tight)
        self.red_thread.set_compact(not roomy)  # its name is long, and the bar is full
        self.saved.words.setHidden(tighter)
        self.left.setHidden(tighter or self.time.isHidden())
        self.about.setHidden(tighter)

    def show_step(self, words: str) -> None:
        """Says which step this is in the second line; "" for place, day and format."""
        self.step_words = words
        self.refresh()

    def show_clock(self, shown: bool) -> None:
        """Shows the time left, and the way to the room panel, when the panel itself is not shown."""
        self.time.setVisible(shown)
        self.left.setVisible(shown)

    def refresh(self) -> None:
        """Reads title, step and phones."""
        lang, session = self.bridge.lang, self.bridge.get(queries.session)
        format_ = self.bridge.get(queries.format_of)
        self.title.set_text(session.title)
        day = day_words(session.date, lang) if session.date else ""
        parts = [session.place, day, format_.name.get(lang.code)]
        if self.step_words:  # a page without the large heading says here which step it is
            parts = [self.step_words]
        self.about.set_text(" · ".join(p for p in parts if p))
        suppliers = format_.audience == "suppliers"
        self.dialogue.setVisible(suppliers or self.bridge.get(queries.dialogue).started)
        label = self.bridge.file.undo_label
        self.undo.setEnabled(bool(label))
        step = lang("Undo: {step}").format(step=lang(label)) if label else lang("There is nothing to undo.")
        tip(self.undo, f"{step} (Ctrl+Z)")
        self.refresh_phones()

    def refresh_phones(self) -> None:
        """Asks the server how many phones have the page open."""
        lang = self.bridge.lang
        if self.bridge.server is None:
            words = lang("Phones cannot come in") if self.bridge.server_trouble else lang("Phones: starting")
            self.phones.say("wifi-off", words, "on_attn" if self.bridge.server_trouble else "ink2")
            tip(self.phones, self.bridge.server_trouble)
            return
        here, gone = self.bridge.connected(), self.bridge.silent()
        holding, _cards = self.bridge.unsent()
        if holding:
            words = lang.plural(
                "{n} phone has cards that are not sent", "{n} phones have cards that are not sent", holding
            )
            self.phones.say("wifi-off", words, "on_attn")
            tip(self.phones, lang("Their cards are kept on the phone."))
        elif gone:
            words = lang("{n} of {m} phones do not answer").format(n=gone, m=here + gone)
            self.phones.say("wifi-off", words, "on_attn")
            tip(self.phones, lang("Their cards are kept on the phone."))
        else:
            tip(self.phones, "")
            self.phones.say("wifi", self._here(here))

    def _here(self, here: int) -> str:
        """How many phones there are, so that it goes together with how many have joined."""
        lang, crowd = self.bridge.lang, self.bridge.get(queries.crowd)
        if here >= crowd.people:
            return lang.plural("{n} phone", "{n} phones", here)
        why = lang("{m} have joined. {n} phones have the page open now.").format(n=here, m=crowd.people)
        tip(self.phones, why)
        if here < crowd.phones:
            return lang("{n} of {m} phones").format(n=here, m=crowd.phones)
        return lang.plural("{n} phone now", "{n} phones now", here)

    def show_projector(self, word: str) -> None:
        """Repeats "Frozen" or "Black" here, so that nobody forgets it; "" for neither."""
        self.show_state.setVisible(bool(word))
        if word:
            self.show_state.show_state(word, "info", "presentation")
