"""What the room sees right now: live thumbnails of projector and phone, drawn by the same code, always light."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.projector import Show, scene_names
from workshop_app.desktop.scenes.phone import paint_phone
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, FlowLayout, KeyCap, PlainLabel, SectionLabel, column, row
from workshop_app.store import queries


class Thumbnail(QWidget):
    """A small picture of the projector, redrawn only when what it shows changes."""

    def __init__(self, show: Show, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_, self.image = show, QImage()
        self._key: object = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(188), look().px(106))

    def refresh(self) -> None:
        """Draws the picture again if its facts have changed."""
        key = (self.show_.key(), self.sizeHint().width())
        if key != self._key:
            self._key = key
            ratio = self.devicePixelRatioF()
            size = self.sizeHint() * ratio
            self.image = self.show_.picture(size.width(), size.height())
            self.image.setDevicePixelRatio(ratio)
            self.setAccessibleName(self.show_.words())
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawImage(QPoint(0, 0), self.image)
        held = self.show_.frozen or self.show_.black
        width = 4 if held else 1.5
        painter.setPen(QPen(look().colour("focus" if held else "control"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 3, 3)


class PhoneThumb(QWidget):
    """The phone page of the step in outline."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._key: object = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(88), look().px(132))

    def refresh(self) -> None:
        """Draws again if the step has changed."""
        session = self.bridge.get(queries.session)
        sorting = self.bridge.get(queries.sorting_now) is not None
        key = (session.current_step, session.now_step.state, session.question, sorting)
        if key != self._key:
            self._key = key
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        session = self.bridge.get(queries.session)
        step = self.bridge.get(queries.format_of).step(session.current_step)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sorting = self.bridge.get(queries.sorting_now) is not None
        paint_phone(painter, QRectF(self.rect()), step, session, sorting=sorting)


class Seen(QWidget):
    """The thumbnails with freeze, black and the choice of another picture, in one row at every width of the window."""

    def __init__(self, bridge: Bridge, show: Show, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge, self.show_ = bridge, show
        lang = bridge.lang
        self.picture, self.phone = Thumbnail(show), PhoneThumb(bridge)
        self.caption = PlainLabel(lang("Projector"), size="small")
        self.freeze = KeyCap(lang("Freeze"), "F")
        self.black = KeyCap(lang("Black"), "B")
        self.other = Button(lang("Show other …"))
        self.freeze.setCheckable(True)
        self.black.setCheckable(True)
        self.freeze.clicked.connect(show.toggle_frozen)
        self.black.clicked.connect(show.toggle_black)
        self.other.clicked.connect(self._choose)
        self.readable = PlainLabel(size="small", tone="ink2", wrap=True)
        left = column(self.picture, self.caption, self.readable, None, gap=4)
        right = column(self.phone, PlainLabel(lang("Phones"), size="small"), None, gap=4)
        buttons = QWidget()
        flow = FlowLayout(buttons, look().px(6), look().px(6))
        for button in (self.freeze, self.black, self.other):
            flow.addWidget(button)
        head = SectionLabel(lang("What the room sees right now"))
        self.setLayout(column(head, row(left, right, None, gap=16), buttons, gap=8))
        show.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Shows what is on now."""
        lang = self.bridge.lang
        self.picture.refresh()
        self.phone.refresh()
        self.freeze.setChecked(self.show_.frozen)
        self.black.setChecked(self.show_.black)
        word = lang("Frozen") if self.show_.frozen else lang("Black") if self.show_.black else ""
        base = lang("Projector") if self.show_.on else lang("Projector, not on")
        self.caption.setText(f"{base} · {word}" if word else base)
        metres = self.show_.metres()
        words = lang.plural("Read from {n} metre", "Read from {n} metres", metres) if metres else ""
        if metres and self.show_.cut:
            words = f"{words}. {lang('A text is too long and is cut short')}"
        self.readable.set_tone("on_attn" if self.show_.cut and metres else "ink2")
        self.readable.setText(words)

    def menu(self) -> QMenu:
        """What can be shown in place of the step's own picture."""
        lang, menu = self.bridge.lang, QMenu(self)
        follow = menu.addAction(lang("What belongs to the step"))
        follow.triggered.connect(lambda: self.show_.override(""))
        menu.addSeparator()
        for name, words in scene_names(self.bridge).items():
            action = menu.addAction(lang(words))
            action.setCheckable(True)
            action.setChecked(self.show_.scene_override == name)
            action.triggered.connect(lambda _=False, name=name: self.show_.override(name))
        return menu

    def _choose(self) -> None:
        menu = self.menu()
        menu.popup(self.other.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
