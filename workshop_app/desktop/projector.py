"""The projector: what the room sees, in its own window, and the state that the cockpit steers it by."""

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
from workshop_app.desktop.scenes import SCENES
from workshop_app.desktop.scenes.canvas import Canvas
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
# Offered too where there is a dialogue with suppliers.
DIALOGUE_SCENES = {
    "terms": N_("The terms of the dialogue"),
    "meeting": N_("The meeting's agenda"),
    "published": N_("Published questions and answers"),
}
DESIGNED_WIDTH = 2.4  # metres


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
        self._frozen_facts: tuple[str, Any] | None = None
        bridge.changed.connect(self.changed)
        bridge.focus_changed.connect(self.changed)
        bridge.server_moved.connect(self.changed)

    # What ---------------------------------------------------------------------

    def step(self) -> str:
        """The step whose picture is shown."""
        return self.step_override or self.bridge.get(queries.session).current_step

    def scene(self) -> str:
        """The name of the scene shown."""
        return self.scene_override or self.bridge.get(queries.format_of).step(self.step()).projector

    def facts(self) -> tuple[str, Any]:
        """The scene and what it shows; stands still while frozen."""
        if self.frozen and self._frozen_facts is not None:
            return self._frozen_facts
        name = self.scene()
        return name, SCENES[name].read(self.bridge, self.step())

    def key(self) -> Any:
        """Says whether anything has to be drawn again."""
        return (self.black, self.frozen, self.on, self.reach, None if self.black else self.facts())

    def words(self) -> str:
        """What the picture says, for screen readers."""
        if self.black:
            return self.bridge.lang("Black")
        _name, facts = self.facts()
        return f"{facts.title} {facts.subtitle}".strip()

    def paint(self, painter: QPainter, width: int, height: int) -> None:
        """Draws what the room sees into a picture of this size."""
        if self.black:
            painter.fillRect(0, 0, width, height, QColor("#000000"))
            return
        name, facts = self.facts()
        SCENES[name].paint(Canvas(painter, width, height, self.reach), facts)

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
        self._frozen_facts = None if self.frozen else self.facts()
        self.frozen = not self.frozen
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
        self.setWindowTitle(show.bridge.lang("Projector"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.resize(960, 540)
        for key, handler in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(handler)
        show.changed.connect(self.refresh)
        show.bridge.clock.connect(self.refresh)

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
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.show_.paint(painter, self.width(), self.height())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.show_.set_on(False)
        self.closed.emit()
        super().closeEvent(event)
