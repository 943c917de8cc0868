"""Which themes come first: ranked in order, let wait with a reason, and kept through undo, JSON and joining themes."""

from pathlib import Path

import pytest

from workshop_app import actions
from workshop_app.actions import group, theme_order, transfer
from workshop_app.model.theme_order import order
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile


@pytest.fixture
def file(tmp_path: Path) -> SessionFile:
    return actions.session.create(tmp_path / "a.behov", format_id="needs_identification", title="T")


def told(file: SessionFile) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    found = order(queries.board(file).themes)
    waiting = [(t.title, t.waits) for t in found.waiting]
    return [t.title for t in found.first], [t.title for t in found.open], waiting


def test_themes_are_ranked_and_those_that_wait_keep_their_reason(file: SessionFile, tmp_path: Path) -> None:
    a, b, c, d = (actions.do(file, group.new_theme, title=t) for t in "ABCD")
    assert not order(queries.board(file).themes).said
    actions.do(file, theme_order.rank, themes=[c, a, c])
    actions.do(file, theme_order.let_wait, theme=c, why=" nästa budget ")
    assert told(file) == (["A"], ["B", "D"], [("C", "nästa budget")])
    assert [t.turn for t in queries.board(file).themes] == [1, None, 0, None]
    actions.do(file, theme_order.rank, themes=[c, b])  # it waits no longer, but why it did is not lost
    assert told(file)[:2] == (["C", "B"], ["A", "D"])
    actions.do(file, theme_order.let_wait, theme=c)
    assert told(file)[2] == [("C", "nästa budget")]
    actions.do(file, theme_order.write_why, theme=c, why="")
    file.undo().result()
    assert told(file)[2] == [("C", "nästa budget")]
    actions.do(file, group.remove_theme, theme=b)
    actions.do(file, theme_order.rank, themes=[d, a])
    saved = tmp_path / "out.json"
    transfer.write_json(transfer.whole(file), saved)
    with transfer.import_json(saved, tmp_path / "again.behov") as again:
        assert told(again) == told(file) == (["D", "A"], [], [("C", "nästa budget")])
    assert "nästa budget" not in str(transfer.open_edition(file))


def test_a_theme_that_is_gone_or_a_reason_too_long_is_refused(file: SessionFile) -> None:
    theme = actions.do(file, group.new_theme, title="A")
    with pytest.raises(Refused):
        actions.do(file, theme_order.rank, themes=[theme, 99])
    for verb in (theme_order.let_wait, theme_order.write_why):
        with pytest.raises(Refused, match="5"):
            actions.do(file, verb, theme=theme, why="x" * 205)
    assert told(file) == ([], ["A"], [])
