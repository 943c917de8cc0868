"""The draft that is commented on: its name, what is asked for, the last day, and its text."""

from typing import Any

from PySide6.QtWidgets import QLineEdit

from workshop_app import actions, i18n
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.dialogue.rows import Part, today
from workshop_app.desktop.widgets import Button, Field, TextArea, line_edit, row
from workshop_app.model.comments import CommentRound, draft_of_request, paragraphs_of
from workshop_app.model.request import Rfi
from workshop_app.store import queries


class DraftPart(Part):
    """The text can be changed until the first comment; then it is hidden, and its paragraphs stand below."""

    def __init__(self, bridge: Bridge) -> None:
        lang = bridge.lang
        super().__init__(bridge, lang("The draft"))
        self._shown = ""
        self.title, self.day = line_edit(limit=120), line_edit(placeholder=today(), limit=10)
        self.about, self.text = TextArea(2, 2000), TextArea(6, 0)
        fields: dict[str, QLineEdit | TextArea] = {
            "title": self.title,
            "about": self.about,
            "closes_on": self.day,
        }
        self.fields = {name: self.watch(name, field, self._written) for name, field in fields.items()}
        line = row(
            Field(lang("Name of the draft"), self.title), Field(lang("Comments until"), self.day), gap=10
        )
        line.setStretch(0, 3)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.body.addWidget(Field(lang("What those who comment are asked for"), self.about))
        hint = lang("A blank line between paragraphs. They get their numbers when you number them.")
        self.text_field = Field(lang("Text of the draft"), self.text, hint)
        self.body.addWidget(self.text_field)
        self.number = Button(lang("Number the paragraphs"), role="tint", icon="list-checks")
        self.request = Button(lang("Take the request for information"), icon="file-text")
        self.number.clicked.connect(self.store)
        self.text.left.connect(self.keep)
        self.request.clicked.connect(self._from_request)
        self.body.addLayout(row(self.number, self.request, None))

    @property
    def round(self) -> CommentRound:
        """The round as it is now."""
        return self.bridge.get(queries.comment_round)

    def _written(self, name: str, text: str) -> None:
        change: dict[str, Any] = {name: text}
        self.bridge.do(actions.comment_round.set_round, **change)

    def store(self) -> None:
        """Numbers the paragraphs of the text; a refused one stays in the field."""
        self.bridge.do(actions.comment_round.set_draft, paragraphs=paragraphs_of(self.text.text()))

    def keep(self) -> None:
        super().keep()
        if self._dirty and not self.round.comments:
            self.store()

    @property
    def _dirty(self) -> bool:
        """Whether the text has paragraphs that are not numbered yet."""
        written = paragraphs_of(self.text.text())
        return bool(written) and written != paragraphs_of(self._shown)

    def _from_request(self) -> None:
        bridge, session = self.bridge, self.bridge.get(queries.session)
        asked = bridge.get(queries.dialogue).rfi or Rfi()
        lang = i18n.language(session.language)
        texts = draft_of_request(asked, bridge.get(queries.needs), lang, session.language)
        self.text.set_text("\n\n".join(texts))
        bridge.do(actions.comment_round.set_draft, paragraphs=texts)

    def refresh(self) -> None:
        now = self.round
        for name, kept in self.fields.items():
            kept.show(getattr(now, name))
        fixed = bool(now.comments) or now.final_at is not None
        for part in (self.text_field, self.number, self.request):
            part.setVisible(not fixed)
        stored = "\n\n".join(p.text for p in now.paragraphs)
        if not self._dirty:
            self.text.set_text(stored)
        self._shown = stored
