"""The order of the themes at the desk: reached from the menu, ranked with keys, why one waits is stored as it is written."""

from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desktop import helpers
from workshop_app import actions
from workshop_app.desktop.needs import menus
from workshop_app.model.theme_order import order
from workshop_app.report import content, markdown
from workshop_app.store import queries

SPACE = Qt.Key.Key_Space


def test_themes_are_ranked_with_keys_and_the_needs_page_and_paper_follow(desk: Any) -> None:
    file = desk.bridge.file
    phone = helpers.join(file, "Drift")
    actions.do(file, actions.agenda.go_to, step="challenges")
    cards = [helpers.send(file, "challenges", phone, text=f"Svårt {n}").card for n in range(3)]
    themes = [actions.do(file, actions.group.new_theme, title=t) for t in ("Golv", "Ljus", "Luft")]
    for theme, card in zip(themes, cards, strict=True):
        actions.do(file, actions.group.new_heap, title=f"Hög {theme}", cards=[card], theme=theme)
    helpers.settle(desk.bridge)
    action = next(a for a in desk.cockpit.top.menu_button.menu().actions() if a.text() == "Temanas ordning")
    action.trigger()
    helpers.settle(desk.bridge)
    page, bridge = desk.cockpit.page, desk.bridge

    def ranked() -> list[str]:
        return [t.title for t in order(queries.board(file).themes).first]

    golv, ljus, luft = (page.rows[t] for t in themes)
    for line, names in ((luft, ["Luft"]), (golv, ["Luft", "Golv"])):
        QTest.keyClick(line.begin, SPACE)
        helpers.wait_for(lambda names=names: ranked() == names)
        helpers.settle(bridge)
    assert not luft.up.isEnabled() and golv.place.text() == "2" and golv.begin.isHidden()
    QTest.keyClick(golv.up, SPACE)
    helpers.wait_for(lambda: ranked() == ["Golv", "Luft"])
    helpers.settle(bridge)
    QTest.keyClick(ljus.wait, SPACE)
    helpers.wait_for(lambda: page.focusWidget() is ljus.reason)
    ljus.reason.insertPlainText("Taket byts nästa år")
    page.keep()
    helpers.wait_for(lambda: queries.board(file).theme(themes[1]).waits == "Taket byts nästa år")
    helpers.settle(bridge)
    at = [page.list.indexOf(line) for line in (golv, luft, ljus)]
    assert at == sorted(at) and ljus.waits.isVisibleTo(page)
    menu = menus.heaps(page, bridge, lambda heap, title: None)
    assert [a.text().split("  ")[1] for a in menu.actions()] == [f"Hög {themes[n]}" for n in (0, 2, 1)]
    assert menu.actions()[-1].text().endswith("temat väntar)")
    told, open_ = queries.summary(file), queries.summary(file, "open")
    words = markdown.render(content.document(told, bridge.lang, ("themes",)))
    assert "Temanas ordning" in words and "Taket byts nästa år" in words
    assert "Taket byts" not in markdown.render(content.document(open_, bridge.lang))
    QTest.keyClick(golv.leave, SPACE)
    helpers.wait_for(lambda: ranked() == ["Luft"])
    bridge.undo()
    helpers.wait_for(lambda: ranked() == ["Golv", "Luft"])
