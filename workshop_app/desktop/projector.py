"""The projector: what the room sees, in its own window, and the state that the cockpit steers it by."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QImage,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.fading import Fader
from workshop_app.desktop.scenes import SCENES, SORTING
from workshop_app.desktop.scenes.canvas import WIDTH, Canvas
from workshop_app.desktop.scenes.facts import Facts, title_words
from workshop_app.desktop.scenes.news import paint_news, read_news, title_of
from workshop_app.i18n import N_
from workshop_app.store import queries

# What "show something else" offers.
SCENE_NAMES = {
    "join": N_("The codes again"),
    "question": N_("The question"),
    "cards": N_("The cards"),
    "board": N_("The themes"),
    "need": N_("A need"),
    "goals": N_("The goals"),
    "spread": N_("The spread"),
    "pause": N_("A break"),
}
FADING = ("board",)  # scenes in which what is new fades in
# Offered too where there is a dialogue with suppliers.
DIALOGUE_SCENES = {
    "terms": N_("The terms of the dialogue"),
    "meeting": N_("The meeting's agenda"),
    "published": N_("Published questions and answers"),
}
DESIGNED_WIDTH = 2.4  # metres
CAPITALS = 0.67  # of the size, in both typefaces
SIXTEEN_MINUTES = 0.004654  # tan 16': what a capital must fill of the eye's field to be read with ease


def scene_names(bridge: Bridge) -> dict[str, str]:
    """The scenes that can be chosen in this session."""
    suppliers = bridge.get(queries.format_of).audience == "suppliers"
    more = DIALOGUE_SCENES if suppliers or bridge.get(queries.dialogue).started else {}
    return SCENE_NAMES | more


class Show(QObject):
    """What is shown: the room's step, an earlier one, another scene; frozen or black. Holds no pictures but the frozen."""

    changed = Signal()

    def __init__(self, bridge: Bridge, picture_width: float = DESIGNED_WIDTH) -> None:
        super().__init__(bridge)
        self.bridge, self.on = bridge, False
        self.frozen = self.black = False
        self.step_override = self.scene_override = ""
        self.reach = DESIGNED_WIDTH / picture_width
        self.smallest, self.cut = float("inf"), False  # of the picture drawn last
        self._frozen_facts: tuple[str, Any] | None = None
        self._frozen_gone: frozenset[tuple[str, int, int]] = frozenset()
        bridge.changed.connect(self.changed)
        bridge.focus_changed.connect(self.changed)
        bridge.server_moved.connect(self.changed)

    # What ---------------------------------------------------------------------

    def step(self) -> str:
        """The step whose picture is shown."""
        return self.step_override or self.bridge.get(queries.session).current_step

    def scene(self) -> str:
        """The name of the scene shown."""
        now = self.bridge.get(queries.sorting_now)
        if now is not None and not self.scene_override and self.step() == now.step:
            return SORTING
        return self.scene_override or self.bridge.get(queries.format_of).step(self.step()).projector

    def facts(self) -> tuple[str, Any]:
        """The scene and what it shows; stands still while frozen, but never on words that have been taken away."""
        if self.frozen and self._frozen_facts is not None:
            if not self._taken_away() <= self._frozen_gone:
                self._freeze()
            return self._frozen_facts
        name = self.scene()
        facts = SCENES[name].read(self.bridge, self.step())
        return name, self._titled(name, facts) if self.scene_override else facts

    def _titled(self, name: str, facts: Facts) -> Facts:
        """A chosen scene under its own title: that of the step it belongs to, else its name."""
        format_ = self.bridge.get(queries.format_of)
        if format_.step(self.step()).projector == name:
            return facts
        step = next((step for step in format_.steps if step.projector == name), None)
        own = facts.lang((SCENE_NAMES | DIALOGUE_SCENES).get(name, "")) or facts.title
        title, subtitle = title_words(step, facts.code) if step is not None else (own, "")
        return replace(facts, title=title, subtitle=subtitle)

    def _freeze(self) -> None:
        self._frozen_facts, self._frozen_gone = None, self._taken_away()
        self._frozen_facts = self.facts()

    def _taken_away(self) -> frozenset[tuple[str, int, int]]:
        """Cards that are hidden or withdrawn, and answers with blacked out words, by how many times."""
        cards = self.bridge.get(queries.board).cards.values()
        black = self.bridge.get(queries.blackouts)
        return frozenset(
            [
                *(("card", c.id, 0) for c in cards if c.state in ("hidden", "withdrawn")),
                *(("answer", answer, len(of)) for answer, of in black.items()),
            ]
        )

    def key(self) -> Any:
        """Says whether anything has to be drawn again."""
        shown = None if self.black else (self.facts(), read_news(self.bridge))
        return (self.black, self.frozen, self.on, self.reach, shown)

    def words(self) -> str:
        """What the picture says, for screen readers."""
        if self.black:
            return self.bridge.lang("Black")
        _name, facts = self.facts()
        news = read_news(self.bridge)
        told = (title_of(news), news.short) if news else ()
        return " ".join(words for words in (*told, facts.title, facts.subtitle) if words)

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        """Draws what the room sees into a picture of this size."""
        if self.black:
            painter.fillRect(0, 0, width, height, QColor("#000000"))
            return
        name, facts = self.facts()
        canvas = Canvas(painter, width, height, self.reach)
        SCENES[name].paint(canvas, facts)
        # also over a frozen picture: the phones of the room wait for it
        if news := read_news(self.bridge):
            paint_news(canvas, news, codes=name != "join")
        self.smallest, self.cut = canvas.smallest, canvas.cut

    def metres(self) -> int:
        """From how far the smallest text of the latest picture is read, at the picture's width; 0 for a picture without text."""
        if self.black or self.smallest == float("inf"):
            return 0
        height = self.smallest / WIDTH * DESIGNED_WIDTH / self.reach * CAPITALS
        return round(height / SIXTEEN_MINUTES)

    def picture(self, width: int, height: int) -> QImage:
        """The picture as an image, for the thumbnail."""
        image = QImage(max(width, 16), max(height, 9), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        self.paint(painter, image.width(), image.height())
        painter.end()
        return image

    # Steering -------------------------------------------------------------------

    def toggle_frozen(self) -> None:
        """Holds the picture as it is, or lets it follow again."""
        self.frozen = not self.frozen
        if self.frozen:
            self._freeze()
        else:
            self._frozen_facts = None
        self.changed.emit()

    def toggle_black(self) -> None:
        """Makes the picture black, or brings it back."""
        self.black = not self.black
        self.changed.emit()

    def override(self, scene: str) -> None:
        """Shows another scene; "" goes back to what belongs to the step."""
        self.scene_override = scene
        self.step_override = ""
        self.changed.emit()

    def back_one(self) -> None:
        """Shows the step before on the projector; the phones stay where they are."""
        session = self.bridge.get(queries.session)
        here = session.step(self.step()).position
        before = next((s for s in session.steps if s.position == here - 1), None)
        if before is not None:
            self.step_override, self.scene_override = before.id, ""
            self.changed.emit()

    def follow(self) -> None:
        """Shows the room's own step again."""
        if self.step_override or self.scene_override:
            self.step_override = self.scene_override = ""
            self.changed.emit()

    def set_on(self, on: bool) -> None:
        """Says that the window has opened or closed."""
        self.on = on
        self.changed.emit()


class ProjectorWindow(QWidget):
    """The window for the second screen; with one screen it is an ordinary window to drag where it should be."""

    closed = Signal()

    def __init__(self, show: Show, keys: dict[str, Any]) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.show_ = show
        self._key: Any = None
        self._fader = Fader(self)
        self.setWindowTitle(show.bridge.lang("Projector"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.resize(960, 540)
        for key, handler in {**keys, "F11": self.fill}.items():
            QShortcut(QKeySequence(key), self).activated.connect(handler)
        show.changed.connect(self.refresh)
        show.bridge.clock.connect(self.refresh)

    def fill(self) -> None:
        """Fills the screen it is on, also an only one; again, and it is a window."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def open_on_second_screen(self, own: QWidget) -> None:
        """Fills the screen that the cockpit is not on; opens as a window where there is only one."""
        mine = own.screen()
        other = next((s for s in QGuiApplication.screens() if s is not mine), None)
        if other is None:
            self.show()
        else:
            self.setGeometry(other.geometry())
            self.showFullScreen()
        self.show_.set_on(True)

    def refresh(self) -> None:
        """Draws again if what it shows has changed."""
        key = self.show_.key()
        if key != self._key:
            self._key = key
            self.setAccessibleName(self.show_.words())
            if not self.show_.black and self.show_.scene() in FADING:
                self._fader.start(self.show_.picture(*self._pixels()))
            else:
                self._fader.stop()
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._fader.under_way:
            self._fader.paint(painter, self.rect())
        else:
            self.show_.paint(painter, self.width(), self.height())

    def _pixels(self) -> tuple[int, int]:
        ratio = self.devicePixelRatioF()
        return round(self.width() * ratio), round(self.height() * ratio)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.show_.set_on(False)
        self.closed.emit()
        super().closeEvent(event)
