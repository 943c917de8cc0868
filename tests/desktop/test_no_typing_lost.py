"""Every field to write in, on the pages about needs: what stands there is there again after another page was shown."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from tests.desktop.need_desk import NeedDesk, no_server
from workshop_app import actions
from workshop_app.desktop.pages.goals import GoalsPage
from workshop_app.desktop.pages.rate import RatePage
from workshop_app.store import queries

KINDS = ("formulate", "goals", "rate", "route")
FIRST, MOST = 5, 40  # fields of each page: the first ones at every run, all of them at the long one


@pytest.fixture
def desk(
    request: pytest.FixtureRequest, qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[NeedDesk]:
    no_server(monkeypatch)
    made = NeedDesk(tmp_path, request.param)
    yield made
    made.close()


def open_panels(page: Any) -> None:
    """Opens what holds fields and is folded away."""
    if isinstance(page, GoalsPage):
        page.side.open.setChecked(True)
    if isinstance(page, RatePage):
        page.paper.setChecked(True)


def editors(page: Any) -> list[QWidget]:
    """The fields that can be written in now, of the page and its panel, in a steady order."""
    found: list[QWidget] = []
    for part in (page, page.aside()):
        for kind in (QLineEdit, QPlainTextEdit):
            for one in part.findChildren(kind) if part is not None else ():
                inside = isinstance(one.parent(), QComboBox | QAbstractSpinBox)
                if one.isVisible() and one.isEnabled() and not one.isReadOnly() and not inside:
                    found.append(one)
    return found


def text_of(field: Any) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def write(desk: NeedDesk, place: int) -> tuple[str, str]:
    """Writes in one field; returns its name and the words."""
    field: Any = editors(desk.page)[place]
    words = "7" if isinstance(desk.page, RatePage) else f"ord {place}"  # there only figures are asked for
    desk.type(field, words)
    assert text_of(field) == words
    return field.accessibleName() or str(place), words


def show(desk: NeedDesk, step: str) -> None:
    """Puts another step on the stage as the rail does: no Tab, no Enter, the field is never left by itself."""
    assert desk.window.cockpit is not None
    desk.window.cockpit.show_step(step)
    desk.settle()
    assert desk.page.step.id == step


@pytest.mark.parametrize("most", [FIRST, pytest.param(MOST, marks=pytest.mark.long)])
@pytest.mark.parametrize("desk", KINDS, indirect=True)
def test_what_is_written_in_any_field_is_there_after_another_page(desk: NeedDesk, most: int) -> None:
    if desk.page.step.kind == "route":  # with every field that a route can ask for
        way = {"route": "innovation_procurement", "kind": "friendly"}
        actions.do(desk.file, actions.route.set_route, need=desk.need(1).id, **way)
        desk.pick(1)
    open_panels(desk.page)
    desk.settle()
    count = min(len(editors(desk.page)), most)
    assert count >= 2
    lost, away = [], _other_step(desk)
    for place in range(count):
        name, words = write(desk, place)
        show(desk, away)
        show(desk, desk.step)
        open_panels(desk.page)
        desk.settle()
        now = [text_of(one) for one in editors(desk.page)]
        groups = [g.group for n in desk.needs for g in n.stakeholders]  # a group half added is added
        if words not in (*now, *groups):
            lost.append((name, now))
    assert lost == []


def _other_step(desk: NeedDesk) -> str:
    other = "route" if desk.page.step.kind == "formulate" else "formulate"
    return str(next(s.id for s in desk.bridge.get(queries.format_of).steps if s.kind == other))
