"""A comment round on a draft: its paragraphs, what was said of each, an answer to every comment, one document for all."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.comments.draft import DraftPart
from workshop_app.desktop.comments.paragraphs import AddPart, ParagraphCard
from workshop_app.desktop.dialogue.rows import RowList
from workshop_app.desktop.pages import Page
from workshop_app.desktop.paper import sheets_out
from workshop_app.desktop.widgets import Button, Heading, HintLine, Pill, PlainLabel, column, row
from workshop_app.i18n import Language
from workshop_app.model.comments import CommentRound
from workshop_app.model.dates import day_words
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile


class CommentsPage(Page):
    """Reachable any time. While a comment lacks an answer nothing is published."""

    header = "none"
    wants_width = True
    alone = True
    margins = (32, 20, 32, 24)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.title = Heading(lang("Comment round"), size="title", wrap=False)
        self.pill = Pill()
        self.about = PlainLabel(
            lang("Others read the draft. Every comment gets an answer, and all get the same document."),
            tone="ink2",
            wrap=True,
        )
        self.draft, self.add = DraftPart(bridge), AddPart(bridge)
        self.add.file_asked.connect(self.choose)
        self.waiting = HintLine("message-circle-question-mark", "attn")
        self.waiting.hide()
        self.list = RowList(lambda one: ParagraphCard(bridge, one.id), gap=12)
        head = row(self.title, self.pill, None, gap=12)
        parts = (self.waiting, self.draft, self.add, self.list)
        self.setLayout(column(head, self.about, 8, *parts, None, gap=12))
        self.back = Button(lang("Back to the room"), icon="arrow-left", size="large")
        self.back.clicked.connect(lambda: self.step_asked.emit(""))
        self.pdf = Button(lang("Save as PDF"), icon="save", size="large")
        self.word = Button(lang("Save as Word"), icon="file-text", size="large")
        self.pdf.clicked.connect(lambda: self.save("pdf"))
        self.word.clicked.connect(lambda: self.save("docx"))
        self.publish = Button(lang("Publish to all"), role="primary", icon="send", size="large")
        self.publish.clicked.connect(self._publish)
        self.on_key("Ctrl+Return", self._store_focused, typing=True)

    def actions_bar(self) -> list[QPushButton]:
        return [self.back, self.pdf, self.word]

    def own_next(self) -> QPushButton:
        return self.publish

    @property
    def round(self) -> CommentRound:
        """The round as it is now."""
        return self.bridge.get(queries.comment_round)

    def refresh(self) -> None:
        lang, now = self.bridge.lang, self.round
        self.draft.refresh()
        self.add.show_round(now)
        self.list.show_items(now.paragraphs)
        waiting = len(now.waiting)
        words = lang.plural(
            "{n} comment waits for its answer.", "{n} comments wait for their answers.", waiting
        )
        self.waiting.say(words if waiting else "", lang("The round can be published when all have one."))
        if now.final_at is not None:
            day = day_words(now.final_at.astimezone().date().isoformat(), lang, weekday=False)
            self.pill.show_state(lang("Published {day}").format(day=day), "done", "check")
        else:
            self.pill.show_state(lang("Draft"), "outline", "pencil")
        self.publish.setText(lang("Open again") if now.final_at else lang("Publish to all"))
        self.publish.setEnabled(bool(now.paragraphs))

    def keep(self) -> None:
        self.draft.keep()

    def _publish(self) -> None:
        verb = actions.comment_round.reopen if self.round.final_at else actions.comment_round.publish
        self.bridge.do(verb)

    def _store_focused(self) -> None:
        focus = self.focusWidget()
        if focus is None:
            return
        if self.add.isAncestorOf(focus):
            self.add.store()
        for card in self.list.rows.values():
            if card.isAncestorOf(focus):
                card.store_focused(focus)

    def choose(self) -> None:
        """Asks for a file of comments."""
        lang = self.bridge.lang
        name, _ = QFileDialog.getOpenFileName(self, lang("Read in comments"), "", "CSV (*.csv)")
        if name:
            self.read_in(Path(name))

    def read_in(self, path: Path) -> None:
        """Reads the file on a worker's thread and adds all its comments, or none."""
        lang = self.bridge.lang

        def told(count: int) -> None:
            words = lang.plural("{n} comment was read in.", "{n} comments were read in.", count)
            self.bridge.said.emit("quiet", words)

        self.bridge.in_background(
            lambda: actions.comment_round.read_csv(path),
            lambda rows: self.bridge.do(actions.comment_round.add_all, told, rows=rows, name=path.name),
        )

    def save(self, ending: str) -> None:
        """Asks where, and writes the one document."""
        lang = self.bridge.lang
        self.keep()
        sheets_out.ask_and_save(self, self.bridge, lang("Comment round"), lang("comments"), ending, paper)


def paper(file: SessionFile, lang: Language) -> object:
    """The round as a document; runs on a worker's thread."""
    from workshop_app.report import comments

    summary = queries.summary(file, "open", queries.format_of(file).name.get(lang.code))
    return comments.document(queries.comment_round(file), summary, queries.supplier_names(file), lang)
