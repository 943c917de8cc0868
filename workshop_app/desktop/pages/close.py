"""The close: what people take with them, and the three things that both source projects lacked."""

from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from workshop_app import actions
from workshop_app.desktop.asked.answers import SaidList
from workshop_app.desktop.asked.kept import KeptRows
from workshop_app.desktop.asked.words import label
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import Page
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Counter,
    EmptyState,
    Field,
    HintLine,
    Panel,
    PlainLabel,
    Rule,
    VerbatimLabel,
    column,
    empty_layout,
    line_edit,
    row,
)
from workshop_app.model.answers import Said
from workshop_app.store import queries

TAKEAWAY = "takeaway"
KEEPING = ("owner", "kept_where", "next_date")


class ClosePage(Page):
    """Who owns the result, where it is kept, when it is taken up next: asked for before everybody goes."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        words = {
            "owner": lang("Owner of the result, a role"),
            "kept_where": lang("Where it is kept"),
            "next_date": lang("Next date"),
        }
        hints = {
            "owner": lang("Such as “head of property”"),
            "kept_where": lang("The registry, a folder, a system"),
            "next_date": lang("When it is taken up, and where"),
        }
        self.fields = {name: line_edit(limit=160, placeholder=hints[name]) for name in KEEPING}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look().px(20))
        for place, name in enumerate(KEEPING):
            grid.addWidget(Field(words[name], self.fields[name]), 0, place)
            grid.setColumnStretch(place, 1)
            self.fields[name].editingFinished.connect(lambda name=name: self._keep(name))
        holder = QWidget()
        holder.setLayout(grid)
        self.hint = HintLine("flag", "attn")
        self.takeaways = Counter(size="display")
        self.follow = Counter(size="display")
        self.heading, self.rule = PlainLabel(lang("What people take with them"), weight="semibold"), Rule()
        self.list = QVBoxLayout()
        self.list.setSpacing(0)
        self.more = QVBoxLayout()
        self.kept: KeptRows | None = None
        self.texts: dict[str, SaidList] = {}
        self.built = False
        self._shown: object = None
        self.setLayout(
            column(
                16,
                Panel(
                    PlainLabel(lang("Before you go home"), weight="semibold"),
                    holder,
                    self.hint,
                    pad=20,
                    gap=12,
                ),
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
        return []

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
            if field.type in ("text", "area") and not field.per and field.name != TAKEAWAY:
                self.texts[field.name] = SaidList(self.bridge, self._take if step.keeps else None)
                self.more.addWidget(PlainLabel(label(field, self.bridge.lang.code), weight="semibold"))
                self.more.addWidget(self.texts[field.name])
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
        for name, list_ in self.texts.items():
            list_.show_said(found.words(name), room, {o.answer or 0 for o in found.outcomes})
        if self.kept is not None:
            self.kept.refresh()
        lang, settings = self.bridge.lang, self.session.settings
        for name, field in self.fields.items():
            if not field.hasFocus():
                field.setText(settings.get(name, ""))
        missing = [name for name in KEEPING if not settings.get(name)]
        names = {"owner": lang("an owner"), "kept_where": lang("a place"), "next_date": lang("a next date")}
        if missing:
            wanted = ", ".join(names[m] for m in missing)
            self.hint.say(
                lang("The result still needs {wanted}.").format(wanted=wanted),
                lang("What nobody owns is lost with the people who were here."),
            )
        else:
            self.hint.say("")
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

    def _keep(self, name: str) -> None:
        value = self.fields[name].text().strip()
        if value != self.session.settings.get(name, ""):
            self.bridge.do(actions.session.set_setting, key=name, value=value)
