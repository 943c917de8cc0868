"""Blacking out what somebody typed: select words, say why. A trace stays; the words are gone from all that is shown."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Field,
    FlowLayout,
    Heading,
    PlainLabel,
    ScrollColumn,
    SectionLabel,
    TextArea,
    column,
    empty_layout,
    row,
)
from workshop_app.i18n import N_
from workshop_app.model import lint
from workshop_app.model.blackout import REASONS, Blackout, Passage
from workshop_app.model.dates import moment_words
from workshop_app.store import queries

NAMES = {
    "text": N_("What the card says"),
    "underlying": N_("What it would make possible"),
    "when": N_("When"),
    "beneficiary": N_("For whom"),
    "name": N_("Name of a heap"),
}


CARD_FIELDS = ("text", "underlying", "when", "beneficiary")


def name_of(bridge: Bridge, passage: Passage) -> str:
    """What a text answers: the question as the phone asked it, or what it is of a card."""
    step = next((s for s in bridge.get(queries.format_of).steps if s.id == passage.step), None)
    field = step.field(passage.field.partition("@")[0]) if step else None
    if passage.field != "text" and field is not None and field.label:
        return field.label.get(bridge.lang.code)
    if passage.field == "text" and step is not None and step.makes != "card" and field is not None:
        return field.label.get(bridge.lang.code) or step.title.get(bridge.lang.code)
    return bridge.lang(NAMES[passage.field]) if passage.field in NAMES else passage.field


class PassageText(TextArea):
    """A text to select in; nothing can be written. What may point out a person can be selected with one press."""

    def __init__(self, passage: Passage) -> None:
        super().__init__(2, people=True)
        self.passage = passage
        self.setPlainText(passage.text)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def picked(self) -> tuple[int, int]:
        """What is selected, as places in the text."""
        cursor = self.textCursor()
        return self._place(cursor.selectionStart()), self._place(cursor.selectionEnd())

    def pick(self, start: int, end: int) -> None:
        """Selects a stretch of the text."""
        cursor = self.textCursor()
        cursor.setPosition(len(self.passage.text[:start].encode("utf-16-le")) // 2)
        to = len(self.passage.text[:end].encode("utf-16-le")) // 2
        cursor.setPosition(to, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus()

    def _place(self, units: int) -> int:
        # Qt counts in UTF-16, where one emoji is two
        return len(self.passage.text.encode("utf-16-le")[: 2 * units].decode("utf-16-le"))


class BlackoutWindow(QDialog):
    """The texts of one card, answer or contact, the reasons, and what has been blacked out before."""

    def __init__(
        self,
        bridge: Bridge,
        card: int,
        parent: QWidget | None = None,
        answer: int | None = None,
        contact: int = 0,
    ) -> None:
        super().__init__(parent.window() if parent is not None else None)
        self.bridge, self.card, self.answer, self.contact = bridge, card, answer, contact
        lang = bridge.lang
        title = (
            lang("Black out words on card {n}").format(n=card)
            if card
            else lang("Black out words in an answer")
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.texts: list[PassageText] = []
        self._shown: object = None
        self.reasons = QButtonGroup(self)
        reasons = column(gap=4)
        for key, words in REASONS.items():
            radio = QRadioButton(lang(words))
            radio.setProperty("reason", key)
            self.reasons.addButton(radio)
            reasons.addWidget(radio)
        self.note = PlainLabel(size="small", tone="on_attn", wrap=True)
        self.trace = PlainLabel(size="small", tone="ink2", wrap=True)
        self.black = Button(lang("Black out"), role="primary", icon="eye-off", key="Ctrl+Enter")
        self.black.clicked.connect(self.black_out)
        shut = Button(lang("Close"), role="quiet", key="Esc")
        shut.clicked.connect(self.close)
        self.body = column(gap=8)
        said = lang(
            "The words are replaced by █████ everywhere: here, on the projector, on phones, on paper and in "
            "what you save. That something was blacked out, when and why, is told. Undo brings them back until "
            "you close the workshop."
        )
        sheet = ScrollColumn(gap=10, margins=(28, 24, 28, 16))
        sheet.body.addWidget(Heading(title, size="live"))
        sheet.body.addWidget(PlainLabel(said, tone="ink2", wrap=True))
        sheet.body.addLayout(self.body)
        sheet.body.addWidget(SectionLabel(lang("Why")))
        sheet.body.addLayout(reasons)
        sheet.body.addWidget(self.note)
        sheet.body.addWidget(self.trace)
        sheet.body.addStretch(1)
        foot = row(self.black, shut, None, margins=(28, 8, 28, 20))
        self.setLayout(column(sheet, foot, gap=0))
        self.resize(look().px(620), look().px(680))
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.black_out)
        QShortcut(QKeySequence.StandardKey.Undo, self).activated.connect(bridge.undo)
        bridge.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Reads the texts again."""
        passages, traces = self._read()
        if not passages or passages == self._shown:
            return
        self._shown = passages
        empty_layout(self.body)
        self.texts = [PassageText(passage) for passage in passages]
        for text in self.texts:
            self.body.addWidget(Field(name_of(self.bridge, text.passage), text))
            self.body.addWidget(self._proposals(text))
        self.trace.setText("\n".join(self._trace(one) for one in traces))
        self.texts[0].setFocus()

    def _read(self) -> tuple[tuple[Passage, ...], tuple[Blackout, ...]]:
        file = self.bridge.file
        if self.contact:
            return queries.contact_passages(file, self.contact), queries.contact_blackouts(file, self.contact)
        if self.answer is not None:
            return queries.typed(file, self.answer), queries.blackouts(file)[self.answer]
        board = self.bridge.get(queries.board)
        card = next((c for c in (*board.cards.values(), *board.merged) if c.id == self.card), None)
        return queries.passages(file, self.card), card.blackouts if card else ()

    def _trace(self, one: Blackout) -> str:
        lang = self.bridge.lang
        signs = lang.plural("{n} sign blacked out", "{n} signs blacked out", one.signs)
        return f"{signs}, {lang(REASONS.get(one.reason, one.reason))}, {moment_words(one.at, lang)}"

    def _proposals(self, text: PassageText) -> QWidget:
        box = QWidget()
        flow = FlowLayout(box, look().px(6), look().px(6))
        words = text.passage.text
        for start, end in lint.personal(words):
            button = Button(self.bridge.lang("Select “{words}”").format(words=words[start:end]))
            button.clicked.connect(lambda _=False, start=start, end=end: text.pick(start, end))
            flow.addWidget(button)
        whole = Button(self.bridge.lang("Select all of it"))
        whole.clicked.connect(lambda: text.pick(0, len(words)))
        flow.addWidget(whole)
        return box

    def black_out(self) -> None:
        """Blacks out what is selected, in the text where something is."""
        lang, reason = self.bridge.lang, self.reasons.checkedButton()
        chosen = next((t for t in self.texts if len(set(t.picked())) == 2), None)
        if chosen is None:
            self.note.setText(lang(actions.blackout.NOTHING_CHOSEN))
        elif reason is None:
            self.note.setText(lang(actions.blackout.NO_REASON))
        else:
            start, end = chosen.picked()
            passage, words = chosen.passage, chosen.passage.text[start:end]
            what: dict[str, Any] = {"field": passage.field, "start": start, "end": end, "words": words}
            what["reason"] = reason.property("reason")
            if passage.contact:
                verb = actions.blackout.black_out_contact
                what["contact"] = passage.contact
            else:
                verb = actions.blackout.black_out
                what["answer"] = passage.answer
            self.bridge.do(verb, lambda copies: self._told(words, copies or 0), **what)

    def _told(self, words: str, copies: int) -> None:
        """Says in how many other places they went too, and on which cards the same words stand: those are the leader's."""
        lang, cards = self.bridge.lang, self.bridge.get(queries.board).cards.values()
        texts = {c.id: " ".join((c.text, c.underlying, c.when, c.beneficiary)) for c in cards}
        others = [str(n) for n, text in sorted(texts.items()) if words.casefold() in text.casefold()]
        said = []
        if copies:
            said.append(
                lang.plural(
                    "Blacked out in {n} more place that was made from it.",
                    "Blacked out in {n} more places that were made from it.",
                    copies,
                )
            )
        if others:
            numbers = ", ".join(others[:12])
            said.append(lang("The same words stand on card {numbers} too.").format(numbers=numbers))
        found = (p for p in queries.typed(self.bridge.file) if self._has(p, words))
        elsewhere = len({(p.answer, p.contact) for p in found})
        if elsewhere:
            said.append(
                lang.plural(
                    "The same words stand in {n} other answer too.",
                    "The same words stand in {n} other answers too.",
                    elsewhere,
                )
            )
        self.note.setText(" ".join(said))

    def _has(self, passage: Passage, words: str) -> bool:
        """Whether an answer that is no card has the words."""
        return passage.field not in CARD_FIELDS and words.strip().casefold() in passage.text.casefold()
