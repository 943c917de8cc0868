"""Do you recognise your daily work in this: yes, almost, no, by relation where three or more answered, and the words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workshop_app import actions
from workshop_app.actions.rate import RECOGNISED
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.counts import CountEntry
from workshop_app.desktop.needs.strips import OPEN_FEW
from workshop_app.desktop.style import look
from workshop_app.desktop.typed_texts import TypedTextsButton
from workshop_app.desktop.widgets import (
    Button,
    PlainLabel,
    SectionLabel,
    VerbatimLabel,
    column,
    empty_layout,
    row,
)
from workshop_app.i18n import N_
from workshop_app.model.need import Need, Recognition
from workshop_app.model.summary import source_words
from workshop_app.model.voices import CONFIRM, NEAR, absent, unconfirmed
from workshop_app.store import queries

ANSWERS = (N_("yes"), N_("almost"), N_("no"))
TOKENS = ("primary", "control", "attn_line")


class ThreeBar(QWidget):
    """Yes, almost and no as one bar; the figures stand in words beside it."""

    def __init__(self, counts: tuple[int, int, int], height: int = 12) -> None:
        super().__init__()
        self.counts, self.high = counts, height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(160), look().px(self.high))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        whole, x = sum(self.counts) or 1, 0.0
        for count, token in zip(self.counts, TOKENS, strict=True):
            width = self.width() * count / whole
            painter.setBrush(look().colour(token))
            painter.drawRect(QRectF(x, 0, max(width - 2, 0), self.height()))
            x += width


class Recognised(QWidget):
    """What the phones answered about one need; comments stand as they were written."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.need: Need | None = None
        self._shown: object = None
        lang = bridge.lang
        self.body = column(gap=8)
        self.anchor = Button(lang("Mark as anchored"), icon="heart-handshake")
        self.anchor.clicked.connect(self._anchor)
        head = SectionLabel(lang("Do you recognise your daily work in this?"))
        self.hands = Button(lang("Count hands or paper"), role="quiet", icon="plus")
        self.counts = CountEntry(
            lang, {key: lang(words) for key, words in zip(RECOGNISED, ANSWERS, strict=True)}
        )
        self.hands.clicked.connect(self.counts.open)
        self.counts.closed.connect(self.counts.hide)
        self.counts.given.connect(self._counted)
        self.counts.hide()
        self.nobody = PlainLabel(size="small", tone="on_attn", wrap=True)
        self.nobody.hide()
        foot = column(
            row(self.anchor, None), row(self.hands, None), gap=4
        )  # beside each other they are too wide
        self.setLayout(column(head, self.body, self.nobody, foot, self.counts, gap=8))

    def _counted(self, counts: dict[str, int], source: str) -> None:
        if self.need is not None:
            need = self.need.id
            self.bridge.do(actions.rate.hand_recognition, need=need, counts=counts, source=source)

    def show_need(self, need: Need | None) -> None:
        """Shows the answers about a need."""
        self.need = need
        if need is None:
            return
        got, lang = need.recognition, self.bridge.lang
        nobody = [lang(NEAR[key]) for key in absent(self.bridge.get(queries.room))]
        words = lang("Nobody in the room stands for: {groups}.").format(groups=", ".join(nobody))
        told = [words] if nobody else []
        if waiting := unconfirmed(need, self.bridge.get(queries.room)):
            groups = ", ".join(lang(CONFIRM[key]) for key in waiting)
            told.append(
                lang("Operations and purchasers both confirm a need. Not yet: {groups}.").format(
                    groups=groups
                )
            )
        self.nobody.setText("\n".join(told))
        self.nobody.setVisible(bool(told))
        self.anchor.setVisible(need.status == "ready" and got.yes + got.waiting > 0)
        state = (
            need.id,
            got.yes,
            got.almost,
            got.no,
            tuple(got.per_relation.items()),
            got.comments,
            dict(got.by_source),
            got.waiting,
            got.open,
        )
        if state == self._shown:
            return
        self._shown = state
        empty_layout(self.body)
        self._show_counts(got)
        for comment in got.comments:
            self.body.addWidget(VerbatimLabel(comment, size="base"))
        if got.comments:
            self.body.addWidget(TypedTextsButton(self.bridge, kind="route"), 0, Qt.AlignmentFlag.AlignLeft)

    def _show_counts(self, got: Recognition) -> None:
        lang = self.bridge.lang
        counts = (got.yes, got.almost, got.no)
        if got.waiting and not sum(counts):
            words = (
                lang(OPEN_FEW).format(n=got.waiting)
                if got.open
                else lang.plural(
                    "{n} has answered. It shows when three have.",
                    "{n} have answered. It shows when three have.",
                    got.waiting,
                )
            )
            self.body.addWidget(PlainLabel(words, size="small", tone="ink2", wrap=True))
            return
        if not sum(counts):
            words = lang("Nobody has answered yet. The phones ask while this step is open.")
            self.body.addWidget(PlainLabel(words, size="small", tone="ink2", wrap=True))
            return
        self.body.addWidget(self._line("", counts, "base"))
        if got.waiting:
            words = lang("{n} have answered, the picture shows {m}.")
            words = words.format(n=sum(counts) + got.waiting, m=sum(counts))
            self.body.addWidget(PlainLabel(words, size="small", tone="ink2", wrap=True))
        if len(apart := source_words(got.by_source, lang)) > 1:
            self.body.addWidget(PlainLabel(", ".join(apart), size="small", tone="ink2", wrap=True))
        for relation, given in got.per_relation.items():
            self.body.addWidget(self._line(self._relation(relation), given, "small"))

    def _line(self, name: str, counts: tuple[int, int, int], size: str) -> QWidget:
        lang = self.bridge.lang
        said = ", ".join(f"{n} {lang(words)}" for n, words in zip(counts, ANSWERS, strict=True))
        words = PlainLabel(f"{name}: {said}" if name else said, size=size, wrap=True)
        if not name:
            words.setProperty("weight", "semibold")
        line = QWidget()
        line.setLayout(column(words, ThreeBar(counts, 12 if not name else 6), gap=3))
        return line

    def _relation(self, value: str) -> str:
        for field in self.bridge.get(queries.format_of).join:
            if field.name == "relation":
                for choice in field.choices:
                    if choice.value == value:
                        return choice.label.get(self.bridge.lang.code)
        return value

    def _anchor(self) -> None:
        if self.need is not None:
            self.bridge.do(actions.need.set_status, need=self.need.id, status="anchored")
