"""One thing that a step asked about: how its votes lie, of everybody and by level, choices, and what was written beside."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workshop_app.desktop.asked import words
from workshop_app.desktop.asked.answers import ChoiceBars, SaidList, waiting
from workshop_app.desktop.asked.plots import SpreadView
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.strips import figure
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, Pill, PlainLabel, Rule, column, row
from workshop_app.formats import Step
from workshop_app.model.answers import StepResults
from workshop_app.model.rating import Spread
from workshop_app.store import queries

FIGURES_WIDTH = 150


class ScaleRow(QWidget):
    """One scale: the figures, and how the votes lie, by level too. Nothing until three have answered."""

    def __init__(self, bridge: Bridge, title: str, low: str = "", high: str = "") -> None:
        super().__init__()
        self.bridge, self.title = bridge, title
        self.name = PlainLabel(title, weight="semibold", wrap=True)
        self.ends = PlainLabel(f"1 = {low}\n5 = {high}" if low else "", size="small", tone="ink2", wrap=True)
        names = QWidget()
        names.setLayout(column(self.name, self.ends, None, gap=4))
        self.plot, self.wait = SpreadView(bridge), PlainLabel(size="small", tone="ink2", wrap=True)
        self.figures = PlainLabel(size="small", tone="ink2", wrap=True)
        self.median = PlainLabel(size="live", weight="bold")
        self.talk = Pill(bridge.lang("Talk about it"), "attn", "messages-square")
        side = QWidget()
        side.setFixedWidth(look().px(FIGURES_WIDTH))
        side.setLayout(column(self.median, self.figures, self.talk, None, gap=2))
        line = row(gap=16)
        line.addWidget(names, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(side, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(line, self.wait, self.plot, gap=4))
        self.ends.setVisible(bool(low))

    def show_spread(
        self,
        spread: Spread | None,
        before: Spread | None,
        groups: Mapping[str, tuple[int, ...]] | None = None,
    ) -> None:
        """Shows the answers, and those of each group; `before` are those of the first round when there has been a second."""
        lang = self.bridge.lang
        open_ = spread is not None and bool(spread.votes)
        for part in (self.plot, self.median):
            part.setVisible(open_)
        self.wait.setVisible(not open_)
        self.wait.setText(waiting(lang, spread.waiting if spread else 0, spread is not None and spread.open))
        if spread is not None and spread.votes:
            votes = [(words.group_words(self.bridge, g), v) for g, v in (groups or {}).items()]
            self.plot.show_spread([(lang("Everyone"), spread.votes), *votes])
        said = []
        if spread is not None and spread.votes:
            self.median.setText(figure(spread.median, lang.code))
            said.append(lang("median"))
            if spread.waiting:
                seen = len(spread.votes) + spread.dont_know
                said.append(lang("{n} of {all} shown").format(n=seen, all=seen + spread.waiting))
            else:
                said.append(lang.plural("{n} answer", "{n} answers", len(spread.votes)))
        if spread is not None and spread.dont_know:
            said.append(lang("{n} don't know").format(n=spread.dont_know))
        if before is not None and before.median is not None:
            said.append(lang("round 1: {median}").format(median=figure(before.median, lang.code)))
        self.figures.setText("\n".join(said))
        self.talk.setVisible(open_ and spread is not None and spread.flagged)
        spoken = [
            self.title,
            self.median.text() if open_ else self.wait.text(),
            *said,
            *by_group(self.bridge, spread),
        ]
        self.setAccessibleName(", ".join(s for s in spoken if s))


class ItemRow(QWidget):
    """Everything that was answered about one thing."""

    def __init__(self, bridge: Bridge, step: Step, item: str, label: str) -> None:
        super().__init__()
        self.bridge, self.step, self.item = bridge, step, item
        code = bridge.lang.code
        listed = bridge.get(queries.items, step.id, code)
        shown = next((i for i in listed if i.value == item), None)
        self.fields = [f for f in step.fields if f.per in ("item", "need") and f.type != "dots"]
        self.scales: dict[str, ScaleRow] = {}
        self.choices: dict[str, ChoiceBars] = {}
        self.texts: dict[str, tuple[Button, SaidList]] = {}
        self.dots = PlainLabel(size="small", weight="semibold")
        box = QVBoxLayout()
        box.setContentsMargins(0, look().px(10), 0, look().px(12))
        box.setSpacing(look().px(8))
        scales = [f for f in self.fields if f.type == "s5"]
        if len(scales) != 1:
            box.addWidget(PlainLabel(label, size="large", weight="semibold", wrap=True))
        for field in self.fields:
            low = (shown.low if shown else "") or field.low.get(code)
            high = (shown.high if shown else "") or field.high.get(code)
            if field.type == "s5":
                title = label if len(scales) == 1 else words.label(field, code)
                self.scales[field.name] = ScaleRow(bridge, title, low, high)
                box.addWidget(self.scales[field.name])
            elif field.type in ("one", "many", "bool"):
                self.choices[field.name] = ChoiceBars(bridge.lang)
                box.addWidget(self.choices[field.name])
            elif field.type in ("text", "area"):
                opener, said = Button(words.label(field, code), role="quiet", icon="quote"), SaidList(bridge)
                opener.setCheckable(True)
                opener.toggled.connect(lambda on, said=said: said.setVisible(on))
                self.texts[field.name] = (opener, said)
                box.addLayout(row(opener, None))
                box.addWidget(said)
                said.setVisible(False)
        box.addWidget(self.dots)
        box.addWidget(Rule())
        self.setLayout(box)

    def show_results(self, found: StepResults) -> None:
        """Shows what has come in about this thing."""
        room = self.bridge.get(queries.room)
        for name, scale in self.scales.items():
            place = (name, self.item)
            scale.show_spread(found.spreads.get(place), found.first.get(place), found.groups.get(place))
        for name, bars in self.choices.items():
            field = self.step.field(name)
            assert field is not None
            offered = words.options(self.bridge, self.step, field)
            chosen = found.choices.get((name, self.item))
            bars.show_choices(offered, chosen)
            # with a scale beside it, that nobody has answered is said there
            bars.setVisible(not self.scales or bool(chosen and (chosen.counts or chosen.waiting)))
        for name, (head, list_) in self.texts.items():
            said = found.words(name, self.item)
            list_.show_said(said, room)
            field = self.step.field(name)
            head.setText(f"{words.label(field, self.bridge.lang.code)} ({len(said)})" if field else "")
            head.setVisible(bool(said))
        count = found.dots.get(self.item, 0)
        self.dots.setText(self.bridge.lang.plural("{n} dot", "{n} dots", count))
        self.dots.setVisible(count > 0)


def by_group(bridge: Bridge, spread: Spread | None) -> list[str]:
    """The median of each group of three or more, when there are at least two of them."""
    named = [g for g in spread.groups if g[0]] if spread else []
    if len(named) < 2:
        return []
    lang = bridge.lang
    return [
        lang("{role} {median} ({n})").format(
            role=words.group_words(bridge, group), median=figure(middle, lang.code), n=n
        )
        for group, n, middle in named
    ]


def order(step: Step, found: StepResults, items: Sequence[str]) -> list[str]:
    """The things in order: the widest spread of the first scale first, what is not shown yet after."""
    scale = next((f.name for f in step.fields if f.type == "s5" and f.per), "")
    widest = [i for i in found.widest(scale) if i in items] if scale else []
    return widest + [i for i in items if i not in widest]
