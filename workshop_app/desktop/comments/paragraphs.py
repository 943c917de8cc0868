"""One paragraph with its comments and their answers, and the form for a comment that came in some other way."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.dialogue.rows import Part, RowList
from workshop_app.desktop.needs.kept import Kept
from workshop_app.desktop.widgets import (
    Button,
    Field,
    IconButton,
    Panel,
    Pill,
    PlainLabel,
    TextArea,
    VerbatimLabel,
    choice,
    column,
    line_edit,
    row,
)
from workshop_app.model.comments import KINDS, Comment, CommentRound, Paragraph


class AddPart(Part):
    """A comment typed by the leader, or many out of a file."""

    file_asked = Signal()

    def __init__(self, bridge: Bridge) -> None:
        lang = bridge.lang
        super().__init__(bridge, lang("A comment that has come in"))
        self.read = Button(lang("Read in comments"), icon="folder-open")
        self.read.clicked.connect(self.file_asked)
        self.head.addWidget(self.read)
        self.paragraph = choice([])
        self.kind = choice([(key, lang(words)) for key, words in KINDS.items()], "unclear")
        self.kind.setMinimumContentsLength(16)
        self.words = TextArea(2, 600, people=True)
        self.add = Button(lang("Add the comment"), role="tint", icon="plus", key="Ctrl+Enter")
        self.add.clicked.connect(self.store)
        line = row(Field(lang("Paragraph"), self.paragraph), Field(lang("Kind"), self.kind), gap=10)
        line.setStretch(0, 3)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        hint = lang("A CSV file has the columns paragraph, kind and comment.")
        self.body.addWidget(Field(lang("The comment, word for word"), self.words, hint))
        self.body.addLayout(row(self.add, None))

    def show_round(self, now: CommentRound) -> None:
        """Shows the paragraphs to choose among; not there without a draft, or when all is published."""
        self.setVisible(bool(now.paragraphs) and now.final_at is None)
        chosen = self.paragraph.currentData()
        self.paragraph.clear()
        for one in now.paragraphs:
            self.paragraph.addItem(f"{one.number}. {one.text[:70]}", one.number)
        self.paragraph.setCurrentIndex(max(self.paragraph.findData(chosen), 0))

    def store(self) -> None:
        """Adds the comment; a refused one stays in the field."""
        self.bridge.do(
            actions.comment_round.add,
            lambda _id: self._added(),
            paragraph=self.paragraph.currentData() or 0,
            kind=self.kind.currentData(),
            text=self.words.text(),
        )

    def _added(self) -> None:
        self.words.set_text("")
        self.words.setFocus()


class ParagraphCard(Panel):
    """The paragraph with its number, and its comments."""

    def __init__(self, bridge: Bridge, paragraph: int) -> None:
        super().__init__(pad=18)
        self.bridge, self.id = bridge, paragraph
        self.number = PlainLabel(size="lead", weight="semibold", tone="ink2")
        self.words = VerbatimLabel(size="base")
        self.list = RowList(lambda comment: CommentRow(bridge, comment), gap=10)
        line = row(self.number, self.words, gap=14)
        line.setStretchFactor(self.words, 1)
        self.body.addLayout(line)
        self.body.addWidget(self.list)

    def show_item(self, one: Paragraph) -> None:
        """Shows the paragraph and how its comments stand."""
        self.number.setText(str(one.number))
        self.words.setText(one.text)
        self.list.show_items(one.comments)
        self.list.setVisible(bool(one.comments))
        self.setAccessibleName(f"{one.number}. {one.text}")

    def store_focused(self, focus: QWidget) -> None:
        """Stores the answer that has the focus."""
        for line in self.list.rows.values():
            if line.isAncestorOf(focus):
                line.store()


class CommentRow(QFrame):
    """One comment: its kind, its words, and the answer with the role that gives it."""

    def __init__(self, bridge: Bridge, comment: Comment) -> None:
        super().__init__()
        self.bridge, self.id = bridge, comment.id
        lang = bridge.lang
        self.setProperty("edge", "top")
        self.kind, self.state = Pill(), Pill()
        self.words = VerbatimLabel(size="base")
        self.remove = IconButton("x", lang("Take comment {n} away").format(n=comment.id))
        self.remove.clicked.connect(lambda: bridge.do(actions.comment_round.drop, comment=self.id))
        self.answer, self.role = TextArea(1, 2000), line_edit(limit=80)
        self.drafts = [Kept("answer", self.answer), Kept("role", self.role)]
        self.save = Button(lang("Save the answer"), role="tint", icon="check", key="Ctrl+Enter")
        self.save.clicked.connect(self.store)
        self.told = PlainLabel(wrap=True)
        head = row(self.kind, self.words, self.state, self.remove, gap=12)
        head.setStretchFactor(self.words, 1)
        answer, role = Field(lang("Answer"), self.answer), Field(lang("Role that answers"), self.role)
        self.form = QWidget()
        line = row(gap=10)
        line.addWidget(answer, 3, Qt.AlignmentFlag.AlignTop)
        line.addWidget(role, 1, Qt.AlignmentFlag.AlignTop)
        self.form.setLayout(column(line, row(self.save, None), gap=8))
        self.setLayout(column(head, self.form, self.told, gap=8, margins=(0, 10, 0, 0)))

    def store(self) -> None:
        """Stores the answer; a refused one stays in the field."""
        what: dict[str, Any] = {"answer": self.answer.text(), "by_role": self.role.text()}
        self.bridge.do(actions.comment_round.reply, comments=[self.id], **what)

    def show_item(self, one: Comment) -> None:
        """Shows how the comment stands; what is being written stays."""
        lang, out = self.bridge.lang, one.published_at is not None
        self.kind.show_state(lang(KINDS[one.kind]), "outline")
        self.words.setText(one.text)
        for kept, text in zip(self.drafts, (one.answer, one.answered_by), strict=True):
            kept.show(text)
        words = lang("Published") if out else lang("Answered") if one.answered else lang("No answer yet")
        self.state.show_state(words, "done" if one.answered else "attn")
        self.remove.setVisible(one.source == "paper" and not out)
        self.form.setVisible(not out)
        self.told.setVisible(out)
        self.told.setText(f"{one.answer} ({one.answered_by})" if out else "")
        name = (
            f"{lang('Comment {n}, {kind}').format(n=one.id, kind=lang(KINDS[one.kind]).lower())}: {one.text}"
        )
        self.setAccessibleName(name)
        self.answer.setAccessibleName(f"{lang('Answer')}, {name}")
        self.role.setAccessibleName(f"{lang('Role that answers')}, {name}")
