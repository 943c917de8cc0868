"""The close: what people take with them, and the three things that both source projects lacked."""

from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout

from workshop_app.desktop.asked.answers import SaidList
from workshop_app.desktop.asked.keeping import KeepingPanel
from workshop_app.desktop.asked.kept import KeptRows
from workshop_app.desktop.asked.words import label
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import Page
from workshop_app.desktop.paper import saving
from workshop_app.desktop.paper.made import Order
from workshop_app.desktop.widgets import (
    Button,
    Counter,
    EmptyState,
    PlainLabel,
    Rule,
    VerbatimLabel,
    column,
    empty_layout,
    row,
)
from workshop_app.model.answers import Said
from workshop_app.model.trouble import Trouble
from workshop_app.store import queries

TAKEAWAY = "takeaway"


class ClosePage(Page):
    """Who owns the result, where it is kept, when it is taken up next: asked for before everybody goes."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.keeping = KeepingPanel(bridge)
        self.fields, self.hint = self.keeping.fields, self.keeping.hint
        self.takeaways = Counter(size="display")
        self.follow = Counter(size="display")
        self.heading, self.rule = PlainLabel(lang("What people take with them"), weight="semibold"), Rule()
        self.list = QVBoxLayout()
        self.list.setSpacing(0)
        self.more = QVBoxLayout()
        self.kept: KeptRows | None = None
        self.texts: dict[str, tuple[SaidList, PlainLabel]] = {}
        self.built = False
        self._shown: object = None
        self.save_list = Button(lang("Save the contact list"), icon="save", size="large")
        self.save_list.clicked.connect(self._save_list)
        self.setLayout(
            column(
                16,
                self.keeping,
                16,
                self.more,
                row(self.takeaways, self.follow, None, gap=48),
                12,
                self.heading,
                self.rule,
                self.list,
                None,
                gap=6,
            )
        )

    def actions_bar(self) -> list[QPushButton]:
        return [self.save_list]

    def _save_list(self) -> None:
        """Asks where, and prints names and contacts on a paper of their own, on a worker's thread."""
        bridge, form = self.bridge, saving.FOLLOW_UP
        place = str(saving.proposed(bridge, form))
        name, _ = QFileDialog.getSaveFileName(self, bridge.lang(form.name), place, "PDF (*.pdf)")
        if not name:
            return
        try:
            order = Order("internal", self.session.language)
            work = saving.writer(bridge, form, order, None, saving.with_ending(name, form))
        except Trouble as trouble:
            bridge.tell(trouble)
            return
        told = bridge.lang("Saved: {path}")
        bridge.in_background(work, lambda path: bridge.said.emit("quiet", told.format(path=path)))

    def keep(self) -> None:
        if self.kept is not None:
            self.kept.keep_all()

    def _build(self) -> None:
        """What this format keeps at its close, and its other questions; made when the step is known."""
        if self.built:
            return
        self.built, step = True, self.step
        if step.keeps:
            self.kept = KeptRows(self.bridge, step)
            self.more.addWidget(self.kept)
        for field in step.fields:
            if field.type in ("text", "area") and not (field.per or field.apart or field.name == TAKEAWAY):
                said = SaidList(self.bridge, self._take if step.keeps else None)
                nobody = PlainLabel(self.bridge.lang("Nobody has answered yet."), size="small", tone="ink2")
                self.texts[field.name] = (said, nobody)
                self.more.addWidget(PlainLabel(label(field, self.bridge.lang.code), weight="semibold"))
                self.more.addWidget(nobody)
                self.more.addWidget(said)
        for part in (self.heading, self.rule, self.takeaways):
            part.setVisible(step.field(TAKEAWAY) is not None)
        self.follow.setVisible(step.field("follow_up") is not None)

    def _take(self, said: Said) -> None:
        answers = self.bridge.get(queries.answers, self.step.id)
        values = next((a.fields for a in answers if a.id == said.answer), {said.field: said.words})
        if self.kept is not None:
            self.kept.take(said, values)

    def refresh(self) -> None:
        self._build()
        found, room = self.bridge.get(queries.step_results, self.step.id), self.bridge.get(queries.room)
        for name, (list_, nobody) in self.texts.items():
            list_.show_said(found.words(name), room, {o.answer or 0 for o in found.outcomes})
            nobody.setVisible(not list_.rows)
        if self.kept is not None:
            self.kept.refresh()
        lang = self.bridge.lang
        self.keeping.refresh()
        answers = self.bridge.get(queries.answers, self.state.id)
        told = [str(a.fields.get("takeaway") or a.text) for a in answers]
        told = [t for t in told if t]
        wishing = sum(a.fields.get("follow_up") == "1" for a in answers)
        self.takeaways.show_value(len(told), lang.plural("take-away", "take-aways", len(told)))
        self.follow.show_value(wishing, lang("want to be part of what follows"))
        if told != self._shown:
            self._shown = told
            empty_layout(self.list)
            for text in reversed(told):
                said = VerbatimLabel(text)
                said.setContentsMargins(0, 8, 0, 8)
                self.list.addWidget(said)
                self.list.addWidget(Rule())
            if not told and self.step.field(TAKEAWAY) is not None:
                self.list.addWidget(
                    EmptyState(lang("Nothing has come yet. What people send is shown here."), "inbox")
                )
