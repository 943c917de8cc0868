"""The summary page of formats with choices of their own: compared with last time, and ideas that may be shared."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from tests.desktop.helpers import bridge_on, look_like, session, shut, wait_for
from tests.report.held import held
from workshop_app.desktop.pages import make as pages_made
from workshop_app.desktop.pages.summary import SummaryPage
from workshop_app.desktop.paper import made, owed
from workshop_app.model.summary import SHARED_IDEAS, WORST_POINT
from workshop_app.store import queries


def test_a_session_of_last_time_is_chosen_and_let_go(
    qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_like()
    held(tmp_path / "then.behov", "maturity", 4).close()
    bridge = bridge_on(held(tmp_path / "now.behov", "maturity", 4))
    page = SummaryPage(bridge)
    own = page.choices.own
    before = made.make(bridge.file, page.choices.order())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "then.behov"), ""))
    own.compare.click()
    wait_for(lambda: own.earlier is not None)
    after = made.make(bridge.file, page.choices.order(), before.key if before else "")
    assert before is not None and after is not None and after.pages >= before.pages
    assert page.choices.order().earlier == own.earlier and own.told.text()
    own.compare.click()
    assert own.earlier is None and not own.told.text()
    assert made.make(bridge.file, page.choices.order(), before.key) is None  # the same print as at first
    said: list[BaseException] = []
    monkeypatch.setattr(bridge, "tell", lambda trouble, *_: said.append(trouble))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "none.behov"), ""))
    own.compare.click()
    wait_for(lambda: bool(said))
    assert own.earlier is None
    page.deleteLater()
    shut(bridge)


def test_each_idea_is_ticked_before_suppliers_read_it(qt_app: Any, tmp_path: Path) -> None:
    look_like()
    bridge = bridge_on(held(tmp_path / "s.behov", "sprint", 3))
    page = SummaryPage(bridge)
    own = page.choices.own
    assert len(own.ticks) == 3 and not any(tick.isChecked() for tick in own.ticks.values())
    assert own.worst is not None
    first = next(iter(own.ticks))
    before = made.make(bridge.file, page.choices.order())
    own.ticks[first].click()
    own.worst.setCurrentIndex(1)
    wait_for(lambda: WORST_POINT in queries.session(bridge.file).settings)
    settings = queries.session(bridge.file).settings
    assert settings[SHARED_IDEAS] == str(first) and settings[WORST_POINT] == own.worst.currentData()
    after = made.make(bridge.file, page.choices.order())
    assert before is not None and after is not None and before.fingerprint != after.fingerprint
    same = own.ticks[first]
    own.refresh()
    assert own.ticks[first] is same  # a look at the room does not build the list again
    page.deleteLater()
    shut(bridge)


def test_a_workshop_without_cards_accounts_for_its_answers(qt_app: Any, tmp_path: Path) -> None:
    look_like()
    bridge = bridge_on(held(tmp_path / "m.behov", "maturity", 4))
    account = SummaryPage(bridge).account
    account.refresh()
    came = [a for a in queries.answers(bridge.file) if not a.withdrawn]
    assert account.title.text() == f"{len(came)} svar har kommit in"
    assert account.legend.count() == len({a.step for a in came})
    assert str(len(queries.outcomes(bridge.file))) in account.words.text() and not account.bar.isVisibleTo(
        account
    )
    shut(bridge)


def test_one_to_one_meetings_end_with_an_owner(qt_app: Any, tmp_path: Path) -> None:
    look_like()
    bridge = bridge_on(session(tmp_path, format_id="one_to_one"))
    form = queries.format_of(bridge.file)
    pages = {s.id: pages_made(s.kind, bridge, s.id) for s in form.steps}
    for page in pages.values():
        page.refresh()
    assert [step for step, page in pages.items() if page.keeping is not None] == ["close"]
    panel = pages["close"].keeping
    assert panel.hint.title.text()
    panel.fields["owner"].setText("Inköpschefen")
    panel.fields["owner"].editingFinished.emit()
    wait_for(lambda: queries.session(bridge.file).settings.get("owner") == "Inköpschefen")
    lines = owed.lines(bridge.lang, queries.session(bridge.file), form, (), None)
    assert [line.step for line in lines if not line.done] == [
        "close",
        "close",
    ]  # where the rest can be filled in
    for page in pages.values():
        page.deleteLater()
    shut(bridge)
