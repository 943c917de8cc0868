"""Needs x goals as a table: a mark where a need serves a goal, and how many phones said so."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QTableView

from workshop_app.desktop.needs.need_list import Index
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import paint_icon
from workshop_app.i18n import Language
from workshop_app.model.need import Need
from workshop_app.model.session import Goal

COLUMN, SIDE = 126, 250
VOTES, ASKED = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class GoalModel(QAbstractTableModel):
    """One row a need, one column a goal, and last the column "none of the goals"."""

    toggled = Signal(int, int, bool)  # need, goal (0 = none of them), on

    def __init__(self, lang: Language) -> None:
        super().__init__()
        self.lang = lang
        self.needs: tuple[Need, ...] = ()
        self.goals: tuple[Goal, ...] = ()
        self.votes: dict[tuple[int, int], int] = {}
        self.suggested: frozenset[tuple[int, int]] = frozenset()

    def suggest(self, pairs: frozenset[tuple[int, int]]) -> None:
        """Marks cells (need, goal) as worth asking about; nothing is linked by it."""
        self.suggested = pairs
        if self.needs:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.needs) - 1, len(self.goals)))

    def asked(self, index: Index) -> bool:
        """Whether a cell is suggested and not answered yet."""
        if index.column() == len(self.goals) or self.linked(index):
            return False
        need = self.needs[index.row()]
        return not need.no_goal and (need.id, self.goals[index.column()].id) in self.suggested

    def show(
        self, needs: tuple[Need, ...], goals: tuple[Goal, ...], votes: dict[tuple[int, int], int]
    ) -> None:
        """Takes what is stored; the cell in use stays when rows and columns are the same."""
        same = [n.id for n in needs] == [n.id for n in self.needs] and goals == self.goals
        if not same:
            self.beginResetModel()
        self.needs, self.goals, self.votes = needs, goals, votes
        if not same:
            self.endResetModel()
        elif needs:
            self.dataChanged.emit(self.index(0, 0), self.index(len(needs) - 1, len(goals)))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(needs) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.needs)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or not self.goals else len(self.goals) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def linked(self, index: Index) -> bool:
        """Whether the cell carries a mark."""
        need = self.needs[index.row()]
        if index.column() == len(self.goals):
            return need.no_goal
        return self.goals[index.column()].id in need.goals

    def count(self, index: Index) -> int:
        """How many phones said so."""
        if index.column() == len(self.goals):
            return 0
        return self.votes.get((self.needs[index.row()].id, self.goals[index.column()].id), 0)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self.linked(index) else Qt.CheckState.Unchecked
        if role == VOTES:
            return self.count(index)
        if role == ASKED:
            return self.asked(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._said(index)
        return None

    def _said(self, index: Index) -> str:
        lang, count = self.lang, self.count(index)
        on = lang("serves it") if self.linked(index) else lang("does not serve it")
        if index.column() == len(self.goals):
            on = lang("yes") if self.linked(index) else lang("no")
        need, goal = self.headerData(index.row(), Qt.Orientation.Vertical), self.headerData(index.column())
        phones = lang.plural("{n} phone says so", "{n} phones say so", count) if count else ""
        asked = lang("suggested") if self.asked(index) else ""
        return ", ".join(t for t in (need, goal, on, asked, phones) if t)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation = Qt.Orientation.Horizontal,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            need = self.needs[section]
            return f"{need.number}. {need.title or self.lang('No name yet')}"
        if section == len(self.goals):
            return self.lang("Serves none of the goals")
        return self.goals[section].title

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        goal = 0 if index.column() == len(self.goals) else self.goals[index.column()].id
        self.toggled.emit(self.needs[index.row()].id, goal, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


class GoalDelegate(QStyledItemDelegate):
    """A filled round mark, or an empty one; the phones' count small at its right."""

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        on, votes = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked, index.data(VOTES)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, look().colour("surface2"))
        side = look().px(22)
        mark = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        asked = index.data(ASKED)
        pen = QPen(look().colour("primary" if on or asked else "control"), look().px(2) if on or asked else 1)
        if asked:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look().colour("primary" if on else "surface"))
        painter.drawEllipse(mark)
        if on:
            paint_icon(painter, "check", "on_primary", mark.adjusted(4, 4, -4, -4))
        if asked:
            painter.setFont(look().font("small", 700))
            painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, "?")
        if votes:
            painter.setFont(look().font("tiny", 600))
            painter.setPen(look().colour("ink2"))
            icon = QRectF(
                mark.right() + look().px(7), box.center().y() - look().px(6), look().px(12), look().px(12)
            )
            paint_icon(painter, "smartphone", "ink2", icon)
            words = QRectF(icon.right() + look().px(2), box.top(), look().px(30), box.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, str(votes))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look().colour("focus"), 3))
            painter.drawRoundedRect(QRectF(box).adjusted(3, 3, -3, -3), look().px(6), look().px(6))
        painter.restore()

    def editorEvent(self, event: QEvent, model: Any, option: Any, index: Index) -> bool:
        pressed = (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
        )
        space = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select)
        if not pressed and not space:
            return False
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        after = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        return bool(model.setData(index, after, Qt.ItemDataRole.CheckStateRole))


class WordHeader(QHeaderView):
    """Headings that wrap and are painted as text, whatever somebody wrote in them."""

    def __init__(self, orientation: Qt.Orientation, table: QTableView) -> None:
        super().__init__(orientation, table)
        self.setSectionsClickable(False)
        self.across = orientation == Qt.Orientation.Horizontal

    def _words(self, section: int) -> str:
        model = self.model()
        return str(model.headerData(section, self.orientation()) or "") if model is not None else ""

    def _font_area(self, section: int) -> QRect:
        width = (self.sectionSize(section) if self.across else look().px(SIDE)) - look().px(18)
        metrics = QFontMetrics(look().font("small", 600))
        text = self._words(section)
        return metrics.boundingRect(QRect(0, 0, max(width, 30), 2000), int(Qt.TextFlag.TextWordWrap), text)

    def sectionSizeFromContents(self, section: int) -> QSize:
        height = self._font_area(section).height() + look().px(18)
        return QSize(look().px(COLUMN if self.across else SIDE), max(height, look().px(38)))

    def sizeHint(self) -> QSize:
        count = self.count()
        if not self.across:
            return QSize(look().px(SIDE), super().sizeHint().height())
        tallest = max((self.sectionSizeFromContents(i).height() for i in range(count)), default=look().px(44))
        return QSize(super().sizeHint().width(), tallest)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, look().colour("surface"))
        painter.setPen(QPen(look().colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setFont(look().font("small", 600 if self.across else 500))
        painter.setPen(look().colour("ink"))
        side = look().px(9)
        how = Qt.TextFlag.TextWordWrap | (
            Qt.AlignmentFlag.AlignBottom if self.across else Qt.AlignmentFlag.AlignVCenter
        )
        words = self._words(section)
        painter.drawText(rect.adjusted(side, side // 2, -side, -side // 2), int(how), words)
        painter.restore()


class GoalTable(QTableView):
    """The table; arrows move, Space or a press marks."""

    def __init__(self, lang: Language) -> None:
        super().__init__()
        self.goals = GoalModel(lang)
        self.setModel(self.goals)
        self.setItemDelegate(GoalDelegate(self))
        self.setHorizontalHeader(WordHeader(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(WordHeader(Qt.Orientation.Vertical, self))
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAccessibleName(lang("Needs and goals"))
        self.horizontalHeader().setAccessibleName(lang("Goals"))
        self.verticalHeader().setAccessibleName(lang("Needs"))
        ground = f"background: {look().hex('surface')}; border: none;"
        self.setStyleSheet(f"QHeaderView, QTableCornerButton::section {{ {ground} }}")

    def next_asked(self) -> bool:
        """Goes to the next cell that is suggested and not answered; False when there is none."""
        model, at = self.goals, self.currentIndex()
        cells = [model.index(r, c) for r in range(model.rowCount()) for c in range(model.columnCount() - 1)]
        open_ = [cell for cell in cells if model.asked(cell)]
        if not open_:
            return False
        place = (at.row(), at.column()) if at.isValid() else (-1, -1)
        self.setCurrentIndex(next((c for c in open_ if (c.row(), c.column()) > place), open_[0]))
        self.setFocus()
        return True

    def fit(self) -> None:
        """Gives columns and rows the room that their words need."""
        columns = self.goals.columnCount()
        room = self.viewport().width() // columns if columns else 0
        for column in range(columns):
            self.setColumnWidth(column, max(look().px(COLUMN), min(room, look().px(220))))
        header = self.verticalHeader()
        for line in range(self.goals.rowCount()):
            self.setRowHeight(line, header.sectionSizeFromContents(line).height())
        self.updateGeometries()
        across = self.horizontalScrollBar()
        foot = across.sizeHint().height() if across.maximum() else 0
        self.setMaximumHeight(
            self.horizontalHeader().height() + header.length() + foot + 2 * self.frameWidth()
        )

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.fit()
