"""Long play: many random steps, undone and redone while cards keep coming; the canvas always shows the file."""

import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt

from tests.desktop.board_desk import Desk
from workshop_app import actions
from workshop_app.desktop.board.places import LEVELS

ROUNDS = 120


def check(desk: Desk) -> None:
    """Canvas, list, side lists and counts say what the file says."""
    board, page = desk.board, desk.page
    assert page.board == board
    laid = page.view.placement
    assert set(laid.heaps) == {h.id for h in board.heaps}
    assert {k for k in laid.themes if k[0] == "theme"} == {("theme", t.id) for t in board.themes}
    shown = {
        n for kind in ("loose", "parked", "hidden") for n in (c.id for c in page.side.lists[kind].cards.cards)
    }
    on_canvas = (
        set(laid.cards) if page.view.level != "themes" else {c.id for h in board.heaps for c in h.cards}
    )
    on_canvas |= set(laid.cards)
    assert shown.isdisjoint(on_canvas)
    assert shown | on_canvas | {c.id for c in board.merged} == set(board.cards)
    drawn = {
        s.key if hasattr(s, "key") else ("heap", s.heap.id) if hasattr(s, "heap") else ("card", s.card.id)
        for s in page.view.canvas.spots(page.view.canvas.sceneRect())
    }
    assert drawn == {
        *laid.themes,
        *(("heap", n) for n in laid.heaps),
        *(("card", n) for n in laid.cards),
    }
    assert set(page.chosen.cards) <= set(board.cards)


@pytest.mark.parametrize("seed", [1, 2])
def test_random_play_keeps_canvas_and_file_together(
    qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    unheard: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, trouble, trace: unheard.append(trouble))
    desk = Desk(tmp_path, 30, [("Hissen", 5), ("Bygglov", 4), ("", 3), ("Besked", 2)], themes=2)
    chance, page, verbs = random.Random(seed), desk.page, desk.page.verbs

    def pick() -> None:
        board = desk.board
        kind = chance.choice(["cards", "cards", "cards", "heap", "theme"])
        free = [n for n, c in board.cards.items() if c.state != "merged"]
        if kind == "heap" and board.heaps:
            page.chosen.only(("heap", chance.choice(board.heaps).id))
        elif kind == "theme" and board.themes:
            page.chosen.only(("theme", chance.choice(board.themes).id))
        else:
            page.chosen.take(chance.sample(free, min(chance.randint(1, 4), len(free))))

    def land() -> None:
        board = desk.board
        drops = [("heap", h.id) for h in board.heaps] + [("theme", t.id) for t in board.themes]
        drops += [("board", 0), ("outside", 0), ("loose", 0), ("parked", 0)]
        what = page.chosen.cards or page.chosen.heap
        if what is not None:
            verbs.land(what, chance.choice(drops))

    moves: list[Callable[[], object]] = [
        verbs.new_heap,
        verbs.new_theme,
        verbs.join,
        verbs.park,
        verbs.take_out,
        lambda: verbs.hide("noise"),
        page.hands.delete,
        page.hands.take_heap,
        page.answer_yes,
        page.answer_no,
        desk.bridge.undo,
        desk.bridge.undo,
        desk.bridge.redo,
        lambda: page.show_level(chance.choice(LEVELS)),
        lambda: page.view.step_zoom(chance.choice([-1, 1])),
        lambda: page.view.walk(chance.choice([Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right]).value),
        page.list_button.toggle,
        lambda: page.finder.field.setText("hissen") or page.finder.open(page.board),
        lambda: page.mover.open(page.board, "1"),
        page.mover.shut,
        lambda: page.hands.read(1),
        page.reader.shut,
        lambda: actions.do(
            desk.file, actions.ask.type_card, by="program", text=f"Nytt kort {chance.random()}"
        ),
        *[land] * 6,
    ]
    try:
        for _ in range(ROUNDS):
            if chance.random() < 0.6:
                pick()
            chance.choice(moves)()
            desk.settle()
            page.namer.field._close(False)
            check(desk)
            assert unheard == []
        texts = {n: c.text for n, c in desk.board.cards.items()}
        while desk.file.undo_label:
            desk.bridge.undo()
            desk.settle()
        check(desk)
        assert {n: c.text for n, c in desk.board.cards.items()} == texts
        assert [h.title for h in desk.board.heaps] == ["Hissen", "", "Bygglov", "Besked"]
    finally:
        desk.close()
    assert unheard == []
