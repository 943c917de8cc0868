"""The request for information: its needs, texts, days and questions, and the paper in two forms."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.dialogue.rows import Part, today
from workshop_app.desktop.paper import sheets_out
from workshop_app.desktop.widgets import (
    Button,
    Field,
    PlainLabel,
    SectionLabel,
    TextArea,
    VerbatimLabel,
    column,
    line_edit,
    row,
)
from workshop_app.i18n import N_, Language
from workshop_app.model.request import STANDARD, Rfi, asked_about
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

DAYS = {
    "issued": N_("Issued"),
    "questions_due": N_("Last day for questions to us"),
    "answers_due": N_("Answers by"),
    "told_on": N_("What we learned is told to all"),
}


class RequestPart(Part):
    """Everything the request says beside the needs themselves. Each field stores itself."""

    def __init__(self, bridge: Bridge) -> None:
        lang = bridge.lang
        super().__init__(
            bridge,
            lang("Request for information"),
            lang(
                "Not a call for tenders: the paper says so itself. No cards, roles or companies stand in it."
            ),
        )
        self.pdf = Button(lang("Save as PDF"), role="tint", icon="save")
        self.word = Button(lang("Save as Word"), icon="file-text")
        self.pdf.clicked.connect(lambda: self._save("pdf"))
        self.word.clicked.connect(lambda: self._save("docx"))
        self.head.addWidget(self.pdf)
        self.head.addWidget(self.word)
        self.background, self.used_for = TextArea(3, 4000), TextArea(2, 2000)
        self.answer_to, self.budget = line_edit(limit=200), line_edit(limit=120)
        self.own = TextArea(3, 0)
        self.days = {name: line_edit(placeholder=today(), limit=10) for name in DAYS}
        fields: dict[str, QLineEdit | TextArea] = {
            "background": self.background,
            "used_for": self.used_for,
            "answer_to": self.answer_to,
            "budget": self.budget,
            **self.days,
        }
        self.fields = {name: self.watch(name, field, self._written) for name, field in fields.items()}
        self.questions = self.watch("questions", self.own, self._asked)
        self.needs, self.standard = Ticks(self._need), Ticks(self._standard)
        self._lay(lang)

    def _lay(self, lang: Language) -> None:
        for words, hint, ticks in (
            (lang("Needs that are asked about"), lang("If none is ticked, those on their way to procurement are."), self.needs),
            (lang("Standard questions"), lang("Asked in every request, unless you leave one out."), self.standard),
        ):  # fmt: skip
            self.body.addWidget(SectionLabel(words))
            self.body.addWidget(PlainLabel(hint, size="small", tone="ink2", wrap=True))
            self.body.addWidget(ticks)
        self.body.addWidget(Field(lang("Your own questions"), self.own, lang("One question on each line.")))
        self.body.addWidget(
            Field(
                lang("Background"),
                self.background,
                lang("Why you ask now. Workshop, place, day and question come by themselves."),
            )
        )
        self.body.addWidget(
            Field(
                lang("How the answers are used"),
                self.used_for,
                lang("Standing words on publishing and secrecy follow after yours."),
            )
        )
        self.body.addLayout(
            row(*(Field(lang(words), self.days[name]) for name, words in DAYS.items()), gap=10)
        )
        send, budget = (
            Field(lang("Send the answer to"), self.answer_to),
            Field(lang("Sum to ask about"), self.budget),
        )
        self.body.addLayout(row(send, budget, gap=10))

    @property
    def rfi(self) -> Rfi:
        """The request as it is now."""
        return self.dialogue.rfi or Rfi()

    def _written(self, name: str, text: str) -> None:
        changes: dict[str, Any] = {name: text}
        self.bridge.do(actions.rfi.set_rfi, **changes)

    def _asked(self, _name: str, text: str) -> None:
        self.bridge.do(actions.rfi.set_rfi, questions=text.splitlines())

    def _need(self, _key: object, _on: bool) -> None:
        self.bridge.do(actions.rfi.set_rfi, needs=self.needs.ticked())

    def _standard(self, _key: object, _on: bool) -> None:
        asked = self.standard.ticked()
        self.bridge.do(actions.rfi.set_rfi, left_out=[key for key in STANDARD if key not in asked])

    def refresh(self) -> None:
        now, lang = self.rfi, self.lang
        for name, kept in self.fields.items():
            kept.show(getattr(now, name))
        self.questions.show("\n".join(now.questions))
        needs = [n for n in self.bridge.get(queries.needs) if n.merged_into is None]
        asked = {n.id for n in asked_about(needs, now.needs)}
        self.needs.show_ticks([(n.id, f"{n.number}. {n.title}", n.id in asked) for n in needs])
        rows = [(key, lang(words), key not in now.left_out) for key, words in STANDARD.items()]
        self.standard.show_ticks(rows, own=True)

    def _save(self, ending: str) -> None:
        self.keep()
        title = self.lang("Request for information")
        sheets_out.ask_and_save(self, self.bridge, title, self.lang("request"), ending, paper)


class Ticks(QWidget):
    """A list of ticks with long words beside them; `marked(key, on)` when one is pressed."""

    def __init__(self, marked: Any) -> None:
        super().__init__()
        self.marked = marked
        self.boxes: dict[Any, tuple[QWidget, QCheckBox, PlainLabel]] = {}
        self.lines: QVBoxLayout = column(gap=4)
        self.setLayout(self.lines)

    def ticked(self) -> list[Any]:
        """The keys that are ticked, in order."""
        return [key for key, (_line, box, _words) in self.boxes.items() if box.isChecked()]

    def show_ticks(self, rows: list[tuple[Any, str, bool]], own: bool = False) -> None:
        """Shows these `(key, words, on)`; `own`: the program's words, else a person's."""
        for gone in set(self.boxes) - {key for key, _words, _on in rows}:
            line = self.boxes.pop(gone)[0]
            line.hide()
            line.deleteLater()
        for key, words, on in rows:
            if key not in self.boxes:
                self.boxes[key] = self._line(key, own)
            _line, box, label = self.boxes[key]
            box.setChecked(on)
            box.setAccessibleName(words)
            label.setText(words)

    def _line(self, key: Any, own: bool) -> tuple[QWidget, QCheckBox, PlainLabel]:
        box = QCheckBox()
        box.clicked.connect(lambda on: self.marked(key, on))
        label: PlainLabel = PlainLabel(wrap=True) if own else VerbatimLabel(size="base")
        line = QWidget()
        laid = row(box, label, gap=8)
        laid.setStretchFactor(label, 1)
        line.setLayout(laid)
        self.lines.addWidget(line)
        return line, box, label


def paper(file: SessionFile, lang: Language) -> Any:
    """The request as a document; runs on a worker's thread."""
    from workshop_app.report import request

    return request.document(queries.summary(file, "open"), lang)
