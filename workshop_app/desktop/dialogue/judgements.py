"""What the buyer thinks of suppliers: for the buyer's own eyes, on no paper but the internal annex."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.dialogue.rows import Part, RowList, company
from workshop_app.desktop.widgets import Button, Field, PlainLabel, TextArea, choice, column, line_edit, row
from workshop_app.store import queries


@dataclass(frozen=True)
class Line:
    """One judgement as it is shown."""

    id: int
    head: str
    text: str


class JudgementsPart(Part):
    """Judgements in the order they were noted, and the form for one more. Not there before a supplier is."""

    def __init__(self, bridge: Bridge) -> None:
        lang = bridge.lang
        super().__init__(
            bridge,
            lang("Our own judgements"),
            lang(
                "Only in this file and in the internal annex. Never on the projector, on phones or in open papers."
            ),
        )
        self.list = RowList(lambda _one: JudgementRow())
        self.supplier = choice([])
        self.supplier.setMinimumContentsLength(24)
        self.score = choice([("", lang("No number")), *((str(n), str(n)) for n in range(1, 6))], "")
        self.text, self.role = TextArea(2, 2000), line_edit(limit=80)
        self.add = Button(lang("Note the judgement"), icon="plus")
        self.add.clicked.connect(self.store)
        self.body.addWidget(self.list)
        fields = (
            Field(lang("Supplier"), self.supplier),
            Field(lang("From 1 to 5"), self.score),
            Field(lang("Role that judges"), self.role),
        )
        self.body.addLayout(row(*fields, gap=10))
        self.body.addWidget(Field(lang("What we think"), self.text))
        self.body.addLayout(row(self.add, None))

    def store(self) -> None:
        """Notes what is written; an empty one leads to the field."""
        if not self.text.text().strip():
            self.text.setFocus()
            return
        self.bridge.do(
            actions.dialogue.judge,
            lambda _id: self.text.set_text(""),
            supplier=self.supplier.currentData() or 0,
            text=self.text.text(),
            score=int(self.score.currentData() or 0) or None,
            by_role=self.role.text(),
        )

    def refresh(self) -> None:
        now = self.dialogue
        chosen = self.supplier.currentData()
        self.supplier.clear()
        for one in now.suppliers:
            self.supplier.addItem(one.name, one.id)
        self.supplier.setCurrentIndex(max(self.supplier.findData(chosen), 0))
        self.add.setEnabled(bool(now.suppliers))
        lines = []
        for place, said in enumerate(self.bridge.get(queries.judgements), 1):
            about = (company(now, said.supplier), str(said.score or ""), said.by_role)
            lines.append(Line(place, " · ".join(w for w in about if w), said.text))
        self.list.show_items(lines)


class JudgementRow(QWidget):
    """One judgement: of whom, how many, by whom, and the words."""

    def __init__(self) -> None:
        super().__init__()
        self.head = PlainLabel(size="small", weight="semibold", tone="ink2", wrap=True)
        self.words = PlainLabel(wrap=True)
        self.setLayout(column(self.head, self.words, gap=2))

    def show_item(self, one: Line) -> None:
        """Shows it."""
        self.head.setText(one.head)
        self.words.setText(one.text)
