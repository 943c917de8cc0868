"""What the room sees: every scene in both languages, legible, without roles, and only what it should show."""

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest

from tests.desktop import helpers
from workshop_app import actions, formats, resources, theme
from workshop_app.desktop.projector import SCENE_NAMES, ProjectorWindow, Show
from workshop_app.desktop.scenes import SCENES, SORTING, Canvas
from workshop_app.desktop.scenes.canvas import SMALLEST
from workshop_app.desktop.scenes.facts import first_sentence
from workshop_app.desktop.strip import paint_strip
from workshop_app.model import rating
from workshop_app.store import queries


@pytest.fixture
def full(qt_app: Any, tmp_path: Path) -> Any:
    """A bridge on a whole sample."""
    helpers.look_like()
    bridge = helpers.bridge_on(helpers.sample(tmp_path))
    yield bridge
    helpers.shut(bridge)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """Every text that is drawn on a canvas, with its size."""
    texts: list[tuple[str, float]] = []
    for name in ("text", "line", "number"):
        real = getattr(Canvas, name)

        def spy(self: Canvas, text: str, *args: Any, _real: Any = real, **kwargs: Any) -> Any:
            result = _real(self, text, *args, **kwargs)
            texts.append((text, self.p.font().pixelSize()))
            return result

        monkeypatch.setattr(Canvas, name, spy)
    return texts


def test_every_scene_a_format_asks_for_is_there() -> None:
    assert {*formats.PROJECTOR, SORTING} == set(SCENES)
    assert set(SCENE_NAMES) <= set(SCENES)


def test_every_step_has_a_picture_with_nothing_too_small(full: Any, drawn: list[tuple[str, float]]) -> None:
    show = Show(full)
    for state in queries.session(full.file).steps:
        actions.do(full.file, actions.agenda.go_to, step=state.id)
        helpers.settle(full)
        drawn.clear()
        assert not show.picture(1920, 1080).isNull()
        assert drawn, state.id
        assert not [t for t in drawn if t[1] < SMALLEST], (state.id, drawn)


def test_cards_are_shown_without_roles_and_hidden_ones_not_at_all(
    full: Any, drawn: list[tuple[str, float]]
) -> None:
    board, room = queries.board(full.file), queries.room(full.file)
    newest = max(board.cards)
    actions.do(full.file, actions.group.hide, cards=[newest], reason="noise")
    helpers.settle(full)
    show = Show(full)
    show.override("cards")
    show.picture(1920, 1080)
    words = " ".join(text for text, _ in drawn)
    assert board.cards[newest].text not in words
    assert not [r.role for r in room.roles if r.role in words]


def test_the_silent_count_shows_no_words_of_anybody(full: Any, drawn: list[tuple[str, float]]) -> None:
    actions.do(full.file, actions.agenda.go_to, step="challenges")
    helpers.settle(full)
    Show(full).picture(1920, 1080)
    shown = [text for text, _ in drawn]
    assert str(queries.flow(full.file, "challenges").received) in shown
    assert not [c.text for c in queries.board(full.file).cards.values() if c.text in shown]


def test_a_theme_in_focus_is_read_alone(full: Any, drawn: list[tuple[str, float]]) -> None:
    show = Show(full)
    show.override("board")
    theme = queries.board(full.file).themes[1]
    full.focus_on(theme=theme.id)
    show.picture(1920, 1080)
    shown = [text for text, _ in drawn]
    assert theme.title in shown
    assert queries.board(full.file).themes[0].title not in shown


def test_the_picture_is_made_again_only_when_something_changed(full: Any) -> None:
    show = Show(full)
    show.override("board")
    before = show.key()
    assert show.key() == before
    theme = queries.board(full.file).themes[0]
    actions.do(full.file, actions.group.rename_theme, theme=theme.id, title="Ett annat namn")
    helpers.settle(full)
    assert show.key() != before


def test_a_long_text_is_cut_at_a_word_and_stays_in_its_box(qt_app: Any) -> None:
    helpers.look_like()
    image = QImage(1920, 1080, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    canvas = Canvas(painter, 1920, 1080)
    box = QRectF(100, 100, 400, 200)
    end = canvas.text("Upphandlingsunderlag " * 60, box, 96, 700)
    painter.end()
    assert end <= box.bottom() + 1


@pytest.mark.parametrize(
    ("text", "first", "rest"),
    [
        ("Vad är svårt? Beskriv läget.", "Vad är svårt?", "Beskriv läget."),
        ("Klockan 9.30 börjar vi. Kom.", "Klockan 9.30 börjar vi.", "Kom."),
        ("Paus", "Paus", ""),
    ],
)
def test_the_first_sentence_becomes_the_title(text: str, first: str, rest: str) -> None:
    assert first_sentence(text) == (first, rest)


def test_a_small_picture_gets_larger_text(full: Any, drawn: list[tuple[str, float]]) -> None:
    show = Show(full, picture_width=1.66)
    assert show.reach == pytest.approx(1.446, abs=0.01)
    actions.do(full.file, actions.agenda.go_to, step="challenges")
    helpers.settle(full)
    show.picture(1920, 1080)
    assert not [t for t in drawn if t[1] < SMALLEST]


def test_the_leader_sees_from_how_far_the_picture_is_read(full: Any) -> None:
    actions.do(full.file, actions.agenda.go_to, step="challenges")
    helpers.settle(full)
    for width, metres in ((2.4, 8), (1.2, 4), (4.0, 13)):
        show = Show(full, picture_width=width)
        for size in ((188, 106), (1024, 768), (1920, 1080)):
            show.picture(*size)
            assert show.metres() >= metres and not show.cut, (width, size)
    show.toggle_black()
    assert show.metres() == 0


@pytest.mark.parametrize("name", sorted(p.stem for p in resources.sample_files()))
def test_every_scene_is_read_from_eight_metres(qt_app: Any, tmp_path: Path, name: str) -> None:
    helpers.look_like()
    bridge = helpers.bridge_on(helpers.sample(tmp_path, name))
    show = Show(bridge)
    for scene in SCENES:
        show.override(scene)
        assert not show.picture(1920, 1080).isNull()
        assert SMALLEST <= show.smallest < float("inf") and show.metres() >= 8, scene
    helpers.shut(bridge)


def test_a_text_that_does_not_fit_is_told(full: Any) -> None:
    actions.do(full.file, actions.session.reword_question, text="Upphandlingsunderlag och krav " * 40)
    helpers.settle(full)
    show = Show(full)
    show.override("question")
    show.picture(1920, 1080)
    assert show.cut and show.metres() == 8


def test_a_theme_that_lost_its_last_card_is_not_shown_to_the_room(
    full: Any, drawn: list[tuple[str, float]]
) -> None:
    theme = queries.board(full.file).themes[1]
    cards = [card.id for heap in theme.heaps for card in heap.cards]
    actions.do(full.file, actions.group.park, cards=cards)
    helpers.settle(full)
    show = Show(full)
    show.override("board")
    show.picture(1920, 1080)
    assert theme.title not in [text for text, _ in drawn]
    full.focus_on(theme=theme.id)
    show.picture(1920, 1080)
    assert "Inga kort finns kvar här." in [text for text, _ in drawn]


def test_one_screen_is_filled_by_a_key(full: Any) -> None:
    window = ProjectorWindow(Show(full), {})
    window.open_on_second_screen(window)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window) and not window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()
    helpers.end(window)


def test_many_dots_on_one_value_stay_over_it(qt_app: Any) -> None:
    helpers.look_like()
    spread = rating.spread("benefit", [(5, "")] * 40 + [(1, ""), (2, "")])
    image = QImage(1920, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    box = QRectF(300, 20, 1200, 140)
    paint_strip(painter, spread, box, 2.0, lambda token: QColor(theme.tokens(False)[token]))
    painter.end()
    green = QColor(theme.tokens(False)["primary"]).rgb()
    across = {x for x in range(1920) for y in range(200) if image.pixel(x, y) == green}
    assert {x for x in across if 700 < x < 1300} == set(), "no dot wanders towards another value"
    assert {round((x - 300) / 300) for x in across} == {0, 1, 4} and max(across) < 1650


def test_a_chosen_picture_has_its_own_title_and_not_that_of_the_step(
    full: Any, drawn: list[tuple[str, float]]
) -> None:
    """A break at the close says that it is a break; a format without one says so too."""
    steps = queries.format_of(full.file).steps
    actions.do(full.file, actions.agenda.go_to, step=steps[-1].id)
    helpers.settle(full)
    show = Show(full)
    show.picture(1920, 1080)
    thanks = drawn[0][0]
    drawn.clear()
    show.override("pause")
    show.picture(1920, 1080)
    assert thanks not in [text for text, _ in drawn]
    assert "Paus." in [text for text, _ in drawn]
    show.override("")
    assert show.facts()[1].title == thanks


def test_no_word_of_a_title_is_left_alone_on_its_last_line(qt_app: Any) -> None:
    image = QImage(1920, 1080, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    canvas = Canvas(painter, 1920, 1080, 1.0)
    wide, text = QRectF(100, 100, 1500, 600), "Bedöm varje behov. Vet du inte, välj ”vet ej”."
    balanced = canvas._balanced(text, wide, 88, 700, False)
    last = canvas.height_of(text, balanced.width(), 88, 700)
    assert last == canvas.height_of(text, wide.width(), 88, 700)
    assert balanced.width() < 1200
    assert canvas._balanced("Paus.", wide, 88, 700, False) == wide
    painter.end()
