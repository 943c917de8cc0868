"""What stays on the board while one sorts: selection, scroll, names being typed, and places that nobody changed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from tests.desktop import helpers
from tests.desktop.board_desk import Desk, Key
from workshop_app import actions

HEAPS = (("Hissen", 4), ("Bygglov", 4), ("Upphandling", 4), ("", 3))


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path) -> Iterator[Desk]:
    """Two themes, four heaps with 15 cards, and three cards without a heap."""
    made = Desk(tmp_path, 18, HEAPS, themes=2)
    yield made
    made.close()


@pytest.fixture
def loose(qt_app: Any, tmp_path: Path) -> Iterator[Desk]:
    """Two hundred cards and nothing else."""
    made = Desk(tmp_path, 200)
    yield made
    made.close()


def test_selection_scroll_and_zoom_survive_what_others_do(loose: Desk) -> None:
    view = loose.page.view
    loose.page.chosen.take([190, 191])
    view.verticalScrollBar().setValue(300)
    view.set_zoom(1.15)
    scrolled = view.verticalScrollBar().value()
    assert scrolled > 0
    before = len(view.placement.cards)
    from_outside(loose, "Ett kort till från en telefon")
    assert len(view.placement.cards) == before + 1
    assert loose.chosen == (190, 191)
    assert view.verticalScrollBar().value() == scrolled and view.zoom == 1.15


def from_outside(desk: Desk, text: str) -> None:
    """A card comes in while the leader sorts."""
    actions.do(desk.file, actions.ask.type_card, by="program", text=text)
    desk.settle()


def test_a_change_touches_nothing_but_itself(desk: Desk) -> None:
    """A card that others move, send or hide gets a new place, and no other card; a name being typed stays."""
    view, field = desk.page.view, desk.page.namer.field
    desk.click(("heap", 1))
    desk.key(Key.Key_F2)
    desk.type("Halva nam")

    def made_anew(change: Callable[[], object]) -> set[int]:
        before = dict(view.placement.cards)
        change()
        desk.settle()
        return {n for n, spot in view.placement.cards.items() if spot is not before.get(n)}

    assert made_anew(lambda: actions.do(desk.file, actions.group.move_cards, cards=[15], heap=3)) == {15}
    assert made_anew(lambda: from_outside(desk, "Ett kort till")) == set()  # it lies beside the board
    assert made_anew(lambda: actions.do(desk.file, actions.group.move_cards, cards=[19], heap=4)) == {19}
    assert made_anew(lambda: actions.do(desk.file, actions.group.rename_heap, heap=4, title="Ny")) == set()
    # the cards that lay under one that is taken out move up
    assert made_anew(lambda: actions.do(desk.file, actions.group.park, cards=[13])) == {14, 19}
    assert field.isVisible() and field.text() == "Halva nam"
    assert desk.page.chosen.heap == 1


def test_zooming_back_shows_the_board_as_it_is_now(desk: Desk) -> None:
    view = desk.page.view
    helpers.wait_for(lambda: {0.9, 1.15} <= view._laid_out.keys())  # laid out at rest, before anybody zooms
    view.set_zoom(0.9)
    view.set_zoom(1.0)
    actions.do(desk.file, actions.group.move_cards, cards=[1], heap=2)
    desk.settle()
    for zoom in (0.9, 1.15):
        view.set_zoom(zoom)
        assert view.placement.heaps[2].rect.contains(view.placement.cards[1].rect)
        assert view.placement.width == view._room(zoom)


def test_only_what_is_seen_gets_a_picture_and_few_at_a_time(loose: Desk) -> None:
    canvas = loose.page.view.canvas
    loose.page.view.fill_all()
    assert 0 < len(canvas.pictures) < 200
    canvas.pictures.clear()
    assert canvas.fill(canvas.sceneRect(), 1.0, 1.0, 0.0)
    assert len(canvas.pictures) == 0
    assert canvas.fill(canvas.sceneRect(), 1.0, 1.0, 1e-9)
    assert len(canvas.pictures) == 1
    assert not canvas.fill(canvas.sceneRect(), 0.4, 1.0, 0.0) or len(canvas.pictures) == 1
    canvas.fill(canvas.sceneRect(), 0.4, 1.0, 60)
    assert len(canvas.pictures) == 2  # from afar bars stand for words: only the heading was drawn


def test_what_lies_under_the_mouse_stays_there_when_one_zooms(loose: Desk) -> None:
    view = loose.page.view
    view.verticalScrollBar().setValue(300)
    at = view.mapFromScene(view.placement.cards[120].rect.center())
    if not view.viewport().rect().contains(at):
        at = loose.spot(("card", 120))
    view.step_zoom(2, at)
    now = view.mapFromScene(view.placement.cards[120].rect.center())
    assert view.zoom == 1.3 and abs(now.y() - at.y()) <= 2


@pytest.mark.parametrize("zoom", [1.0, 1.15, 0.5])
def test_what_scrolled_into_view_is_what_drawing_anew_gives(loose: Desk, zoom: float) -> None:
    view = loose.page.view
    view.set_zoom(zoom)
    view.fill_all()
    helpers.settle()
    view.canvas.fill(view.canvas.sceneRect(), zoom, view.devicePixelRatioF(), 60)
    helpers.settle()
    bar = view.verticalScrollBar()
    for step in (37, 81, -20, 113):
        bar.setValue(bar.value() + step)
        helpers.settle()
    scrolled = view.viewport().grab().toImage()
    view.fill_all()
    helpers.settle()
    anew = view.viewport().grab().toImage()
    assert bar.value() > 0
    unlike = np.frombuffer(anew.constBits(), np.uint8) != np.frombuffer(scrolled.constBits(), np.uint8)
    assert unlike.mean() < 0.001  # from afar half a pixel of a bar may fall to either side


def test_a_step_of_zoom_draws_only_what_is_seen(loose: Desk) -> None:
    view = loose.page.view
    view.set_zoom(0.4)
    view.fill_all()
    picture = view.grab().toImage()
    assert picture.pixelColor(view.width() // 2, view.height() // 3) != picture.pixelColor(0, 0)
