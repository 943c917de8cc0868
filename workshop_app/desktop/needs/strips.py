"""How people rated one criterion: one dot a person, the field that holds half of the answers, and the median."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from workshop_app.desktop.strip import paint_strip
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Pill, PlainLabel, Rule, column, empty_layout, row
from workshop_app.i18n import N_, Language
from workshop_app.model.rating import Criterion, Spread
from workshop_app.model.route_rules import shown, still_to_answer

# The question of each criterion in a few words; the whole question is in the tooltip and on the phones.
SHORT = {
    "benefit": N_("How large a difference?"),
    "anchoring": N_("Who recognises it?"),
    "feasibility": N_("Time, money, owner?"),
    "risk": N_("High means more risk"),
    "market_maturity": N_("Is it there already?"),
    "innovation_space": N_("How freely may it be met?"),
}
OPEN_FEW = N_("{n} answered so far. The picture comes when six have, or when the phones are paused.")
NAME_WIDTH, FIGURES_WIDTH, NARROW = 168, 132, 500
APART = 1.5  # steps between two role groups that are worth a line


class StripPlot(QWidget):
    """The scale from 1 to 5 with what was answered; painted, for there may be forty dots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spread: Spread | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_spread(self, spread: Spread | None) -> None:
        """Shows one criterion's answers."""
        self.spread = spread
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(360), look().px(80))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(90), look().px(80))

    def at(self, value: float) -> float:
        """The place of a value from left."""
        side = look().px(22)
        return side + (self.width() - 2 * side) * (value - 1) / 4

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, floor, top = look().px, self.height() - look().px(21), look().px(6)
        box = QRectF(self.at(1), top, self.at(5) - self.at(1), floor - top)
        paint_strip(painter, self.spread, box, px(100) / 100, look().colour)
        painter.setFont(look().font("tiny"))
        painter.setPen(look().colour("ink2"))
        for value in range(1, 6):
            box = QRectF(self.at(value) - px(16), floor + px(3), px(32), px(18))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(value))


class StripRow(QFrame):
    """One criterion: its name, the strip, the figures, and the mark "talk about this"."""

    def __init__(self, lang: Language, criterion: Criterion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lang, self.criterion = lang, criterion
        self.name = PlainLabel(criterion.name, size="large", weight="semibold", wrap=True)
        self.short = PlainLabel(lang(SHORT[criterion.key]), size="small", tone="ink2", wrap=True)
        self.room = Pill(lang("The room sees this"), "info", "monitor")
        self.room.hide()
        self.names = names = QWidget()
        names.setLayout(column(None, self.name, self.short, self.room, None, gap=2, margins=(0, 10, 0, 10)))
        names.setToolTip(criterion.question)
        self.plot = StripPlot()
        self.calm = PlainLabel(size="small", tone="ink2", wrap=True)
        self.calm.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.median = PlainLabel(size="live", weight="bold")
        self.counts = QVBoxLayout()
        self.counts.setSpacing(0)
        self.talk = Pill(lang("Talk about it"), "attn", "messages-square")
        self.figures = figures = QWidget()
        beside = row(gap=8)
        beside.addWidget(self.median, 0, Qt.AlignmentFlag.AlignVCenter)
        beside.addLayout(self.counts, 1)
        figures.setLayout(column(None, beside, self.talk, None, gap=4))
        self.groups = PlainLabel(size="small", tone="ink2", wrap=True)
        line = row(gap=12)
        line.addWidget(names)
        line.addWidget(self.plot, 1)
        line.addWidget(self.calm, 1)
        line.addWidget(figures)
        self.setLayout(column(Rule(), line, self.groups, gap=0))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(320), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < look().px(NARROW)
        names = look().px(118 if narrow else NAME_WIDTH)
        self.names.setFixedWidth(names)
        self.figures.setFixedWidth(look().px(114 if narrow else FIGURES_WIDTH))
        self.groups.setContentsMargins(0 if narrow else names + look().px(34), 0, 0, look().px(8))

    def show_spread(self, spread: Spread | None, before: Spread | None = None) -> None:
        """Shows the answers; `before` are those of the first round when this is a second one."""
        how, lang = shown(spread), self.lang
        self.plot.setVisible(how not in ("nothing", "few"))
        self.calm.setVisible(how in ("nothing", "few"))
        self.plot.show_spread(spread)
        self.calm.setText(self._calm(how, spread))
        said: list[str] = []
        answers = len(spread.votes) + spread.waiting if spread else 0
        seen = len(spread.votes) + spread.dont_know if spread else 0
        visible = spread is not None and spread.median is not None and how not in ("nothing", "few")
        self.median.setText(figure(spread.median, lang.code) if visible and spread else "")
        if visible:
            said.append(lang("median"))
        if visible and spread and spread.waiting:
            said.append(lang("{n} of {all} shown").format(n=seen, all=seen + spread.waiting))
        elif answers:
            said.append(lang.plural("{n} answer", "{n} answers", answers))
        if spread and spread.dont_know:
            said.append(lang("{n} don't know").format(n=spread.dont_know))
        if how == "given":
            said.append(lang("brought in"))
        if before is not None and shown(before) in ("median", "dots") and before.median is not None:
            said.append(lang("round 1: {median}").format(median=figure(before.median, lang.code)))
        empty_layout(self.counts)
        for words in said:
            self.counts.addWidget(PlainLabel(words, size="small", tone="ink2"))
        flagged = bool(visible and spread and spread.flagged)
        self.talk.setVisible(flagged)
        groups = group_words(spread, lang) if visible else ""
        self.groups.setText(groups)
        self.groups.setVisible(bool(groups))
        spoken = [self.criterion.name, self.median.text(), *said, self.calm.text() if not visible else ""]
        self.setAccessibleName(", ".join(w for w in (*spoken, self.talk.text() if flagged else "") if w))

    def _calm(self, how: str, spread: Spread | None) -> str:
        if how == "nothing":
            return self.lang("Nobody has answered yet.")
        if spread is not None and spread.open:
            return self.lang(OPEN_FEW).format(n=spread.waiting)
        words = ("", N_("One more"), N_("Two more"), N_("Three more"))[still_to_answer(spread)]
        return self.lang("{number} must answer before anything is shown.").format(number=self.lang(words))


def figure(value: float | None, code: str) -> str:
    """A median as people write it: 3 or 3,5."""
    text = "" if value is None else f"{value:g}"
    return text.replace(".", ",") if code == "sv" else text


def group_words(spread: Spread | None, lang: Language) -> str:
    """The medians of role groups of three or more, when there are at least two and they differ."""
    named = [g for g in spread.groups if g[0]] if spread else []
    medians = [middle for _role, _n, middle in named]
    if len(named) < 2 or max(medians) - min(medians) < APART:
        return ""
    each = [
        lang("{role} {median} ({n})").format(role=role, median=figure(middle, lang.code), n=n)
        for role, n, middle in named
    ]
    return lang("Median by role: {groups}").format(groups=", ".join(each))
