"""A group page in a window with its side column, for the tests of the board."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from tests.desktop import helpers
from workshop_app import actions
from workshop_app.desktop.board import embedder
from workshop_app.desktop.pages.group import GroupPage
from workshop_app.model.board import Board
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

Button, Key, Mod = Qt.MouseButton, Qt.Key, Qt.KeyboardModifier

SAID = (
    "Hissen står still varje vecka och ingen vet vem som ska ringas",
    "Bygglovet dröjer så länge att entreprenören hinner byta projekt",
    "Vi får inte veta varför vi förlorade upphandlingen",
    "Trapphuset är kallt hela vintern fast vi har felanmält",
)


def fill(file: SessionFile, cards: int, heaps: Sequence[tuple[str, int]] = (), themes: int = 0) -> None:
    """Cards, the first of them in heaps (title, how many), the heaps dealt out over themes."""
    for n in range(cards):
        actions.do(file, actions.ask.type_card, by="program", text=f"{SAID[n % len(SAID)]}, gång {n + 1}")
    made = [
        actions.do(file, actions.group.new_theme, by="program", title=f"Tema nummer {n + 1}")
        for n in range(themes)
    ]
    taken = 0
    for n, (title, count) in enumerate(heaps):
        actions.do(
            file,
            actions.group.new_heap,
            by="program",
            title=title,
            cards=list(range(taken + 1, taken + count + 1)),
            theme=made[n % themes] if themes else None,
        )
        taken += count


@cache
def _filled(cards: int, heaps: tuple[tuple[str, int], ...], themes: int) -> Path:
    """Such a board made once, closed; each test has a copy of its own."""
    with helpers.session(helpers.kept()) as file:
        fill(file, cards, heaps, themes)
    return file.path


class Desk:
    """The page as the leader meets it, without the rest of the window."""

    def __init__(
        self, folder: Path, cards: int, heaps: Sequence[tuple[str, int]] = (), themes: int = 0
    ) -> None:
        helpers.look_like()
        self.file = helpers.copied(_filled(cards, tuple(heaps), themes), folder)
        self.bridge = helpers.bridge_on(self.file)
        embedder.Embedder.of(self.bridge).stopped = True
        self.page = GroupPage(self.bridge)
        self.window = QWidget()
        box = QHBoxLayout(self.window)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.page, 1)
        aside = self.page.aside()
        aside.setFixedWidth(aside.sizeHint().width())
        box.addWidget(aside)
        self.bridge.changed.connect(self.page.refresh)
        self.window.resize(1300, 800)
        self.page.refresh()
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.page.view.setFocus()
        helpers.settle(self.bridge)

    def close(self) -> None:
        """Closes page, bridge and file."""
        self.bridge.changed.disconnect(self.page.refresh)
        helpers.end(self.window)
        helpers.shut(self.bridge)

    @property
    def board(self) -> Board:
        """The board as the file has it."""
        return queries.board(self.file)

    @property
    def chosen(self) -> tuple[int, ...]:
        """The selected cards."""
        return self.page.chosen.cards

    def heap_of(self, card: int) -> int | None:
        """The heap a card lies in."""
        return self.board.cards[card].heap

    # Mouse ------------------------------------------------------------------------

    def spot(self, node: tuple[str, int]) -> QPoint:
        """The middle of a thing on the canvas (of its heading, for heaps and themes), scrolled into view."""
        view = self.page.view
        view.reveal(node)
        rect = view.placement.rect(node) if node[0] == "card" else view.placement.head(node)
        assert rect is not None, node
        return view.mapFromScene(rect.center())

    def empty_spot(self) -> QPoint:
        """A point of the canvas where nothing lies."""
        view = self.page.view
        for y in range(view.viewport().height() - 5, 0, -15):
            for x in range(5, view.viewport().width(), 15):
                if view.node_at(QPoint(x, y)) is None:
                    return QPoint(x, y)
        raise AssertionError("the board is full")

    def click(self, node: tuple[str, int], modifier: Any = Mod.NoModifier) -> None:
        """Presses a thing on the canvas."""
        QTest.mouseClick(self.page.view.viewport(), Button.LeftButton, modifier, self.spot(node))

    def drag(self, source: QWidget, start: QPoint, target: QWidget, end: QPoint) -> None:
        """A real drag: press, several moves, release. Events go to where the button went down, as Qt does it."""
        goal = source.mapFromGlobal(target.mapToGlobal(end))
        QTest.mousePress(source, Button.LeftButton, Mod.NoModifier, start)
        for part in (0.2, 0.6, 1.0):
            between = QPointF(start) + (QPointF(goal) - QPointF(start)) * part
            spot = between.toPoint()
            move = QMouseEvent(
                QEvent.Type.MouseMove,
                QPointF(spot),
                QPointF(source.mapToGlobal(spot)),
                Button.NoButton,
                Button.LeftButton,
                Mod.NoModifier,
            )
            QApplication.sendEvent(source, move)
        QTest.mouseRelease(source, Button.LeftButton, Mod.NoModifier, goal)
        self.settle()

    def drag_on_board(self, start: tuple[str, int], end: tuple[str, int] | QPoint) -> None:
        """Drags a thing on the canvas onto another, or to a point."""
        port = self.page.view.viewport()
        point = end if isinstance(end, QPoint) else self.spot(end)
        self.drag(port, self.spot(start), port, point)

    # Keys -------------------------------------------------------------------------

    def key(self, key: Any, modifier: Any = Mod.NoModifier) -> None:
        """Presses a key where the focus is."""
        focus = self.window.focusWidget() or self.page.view
        QTest.keyClick(focus, key, modifier)
        helpers.settle(self.bridge)

    def type(self, words: str) -> None:
        """Types into the field that has the focus."""
        QTest.keyClicks(self.window.focusWidget(), words)
        helpers.settle(self.bridge)

    def settle(self) -> None:
        """Lets what was asked for happen, and the page show it."""
        self.file.submit(lambda tx: None, who="program").result(timeout=5)
        helpers.settle(self.bridge)
        helpers.settle(self.bridge)
