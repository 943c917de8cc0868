"""The dialogue's desk with real windows: every hard rule tried from there is refused in words, and nothing is lost."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.desktop import helpers
from workshop_app import actions, i18n
from workshop_app.actions import dialogue, dialogue_rules, meeting, question_list
from workshop_app.desktop import main_window, phones
from workshop_app.desktop.dialogue import clock, material
from workshop_app.desktop.projector import DIALOGUE_SCENES, Show
from workshop_app.desktop.scenes import Canvas
from workshop_app.desktop.scenes.canvas import SMALLEST
from workshop_app.desktop.settings import Settings
from workshop_app.store import queries

SV = i18n.language("sv")
NAMES = ("Aspö Teknik AB", "Björk Medicin", "Hjärtkraft")


class Desk:
    """The window on a session of one-to-one meetings, at the page of the dialogue."""

    def __init__(self, folder: Path, format_id: str = "one_to_one") -> None:
        helpers.look_like()
        self.file = helpers.session(folder, format_id=format_id)
        settings = Settings()
        settings.put(language="sv", theme="light", percent=100, calm=True)
        self.window: Any = main_window.MainWindow(settings)
        self.window.open_file(self.file)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)
        self.open()

    @property
    def page(self) -> Any:
        return self.window.cockpit.page

    @property
    def said(self) -> str:
        """The sentence in the status line."""
        status = self.window.cockpit.status
        return status.words.text() if status.isVisible() else ""

    @property
    def register(self) -> Any:
        return queries.dialogue(self.file)

    def open(self, section: str = "") -> None:
        self.window.cockpit.show_step("dialogue")
        if section:
            self.page.show_section(section)
        self.settle()

    def settle(self) -> None:
        for _ in range(2):
            helpers.settle(self.window.bridge)
            self.file.submit(lambda tx: None, who="program").result(timeout=5)
        helpers.settle(self.window.bridge)

    def do(self, verb: Any, **values: Any) -> Any:
        result = actions.do(self.file, verb, **values)
        self.settle()
        return result

    def press(self, button: QAbstractButton) -> None:
        assert button.isVisible(), button.accessibleName()
        assert button.isEnabled(), button.accessibleName()
        self.window.cockpit.status.hide()
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        self.settle()

    def write(self, field: Any, words: str) -> None:
        """Writes in a field and leaves it."""
        self.window.cockpit.status.hide()
        field.setFocus()
        field.selectAll()
        field.insertPlainText(words) if hasattr(field, "insertPlainText") else field.insert(words)
        field.clearFocus()
        self.settle()

    def prepare(self) -> list[int]:
        """All there must be before the first meeting; three suppliers, and their meetings."""
        self.do(dialogue.set_terms, purpose="Lära av marknaden", terms="Lika för alla", needs_version=3)
        self.do(dialogue.invite, invitation="Välkomna", channels="Webben", invited_on="2026-03-01")
        items = [{"title": "Villkor", "minutes": 5, "prompt": "Läs"}, {"title": "Behovet", "minutes": 10}]
        self.do(dialogue.set_agenda, items=items)
        kinds = ("small", "large", "non_profit")
        ids = [self.do(dialogue.register, name=n, type=t) for n, t in zip(NAMES, kinds, strict=True)]
        times = [{"supplier": s, "starts_at": f"2026-03-10 {9 + n:02}:00"} for n, s in enumerate(ids)]
        return list(self.do(meeting.add_slots, slots=times))


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(phones, "start_server", lambda bridge, host="": None)
    made = Desk(tmp_path)
    yield made
    helpers.end(made.window)


def test_from_an_empty_register_to_a_planned_meeting(desk: Desk, tmp_path: Path) -> None:
    page = desk.page
    desk.write(page.terms.purpose, "Lära av marknaden")
    desk.write(page.terms.terms, "Lika för alla")
    page.terms.version.setFocus()
    page.terms.version.setValue(3)
    page.terms.version.clearFocus()
    desk.write(page.invitation.text, "Välkomna")
    desk.write(page.invitation.channels, "Webben")
    desk.write(page.invitation.day, "1 mars")
    assert desk.said == SV(dialogue_rules.BAD_DATE)
    assert page.invitation.day.text() == "1 mars"
    desk.write(page.invitation.day, "2026-03-01")
    desk.write(page.buyers.role, "Upphandlare")
    desk.press(page.buyers.add)
    now = desk.register
    assert (now.purpose, now.terms, now.needs_version) == ("Lära av marknaden", "Lika för alla", 3)
    assert (now.invitation, now.channels, now.invited_on) == ("Välkomna", "Webben", "2026-03-01")
    assert [b.role for b in now.buyers] == ["Upphandlare"]
    # suppliers
    desk.open("suppliers")
    part = page.suppliers
    desk.press(part.add)
    assert desk.said == SV(dialogue.NO_NAME)
    part.name.setText("Aspö Teknik AB")
    part.type.setCurrentIndex(part.type.findData("large"))
    desk.press(part.new)
    desk.press(part.add)
    part.name.setText("aspö teknik ab")
    desk.press(part.add)
    assert desk.said == SV(dialogue.KNOWN).format(name="aspö teknik ab")
    assert part.name.text() == "aspö teknik ab"
    (one,) = desk.register.suppliers
    assert (one.name, one.type, one.new_to_us) == ("Aspö Teknik AB", "large", True)
    assert part.hints["no_small"].isVisible()
    assert part.hints["no_non_profit"].isVisible()
    assert not part.hints["all_earlier"].isVisible()
    desk.press(part.list.rows[one.id].earlier)
    assert part.hints["all_earlier"].isVisible()
    # a meeting waits for an agenda, which the steps of the format give
    desk.open("meetings")
    page.timetable.when.setText("2026-03-10 09:00")
    desk.press(page.timetable.plan)
    assert desk.said == SV(dialogue_rules.NO_AGENDA)
    desk.open("agenda")
    desk.press(page.agenda.own)
    assert len(page.agenda.lines) == 6
    desk.press(page.agenda.more)
    desk.press(page.agenda.save)
    assert desk.said == SV(dialogue.NO_ITEMS)
    assert len(page.agenda.lines) == 7
    desk.press(page.agenda.lines[-1].remove)
    desk.press(page.agenda.save)
    assert [i.minutes for i in desk.register.agenda_now] == [5, 5, 15, 8, 8, 4]
    assert not page.agenda.own.isVisible()
    desk.open("meetings")
    page.timetable.when.setText("klockan nio")
    desk.press(page.timetable.plan)
    assert desk.said == SV(meeting.BAD_TIME)
    page.timetable.when.setText("2026-03-10 09:00")
    desk.press(page.timetable.plan)
    (slot,) = desk.register.slots
    assert slot.minutes == 45
    assert not page.timetable.planning.isVisible()
    # material
    desk.open("agenda")
    shown = tmp_path / "bilder.pdf"
    shown.write_bytes(b"samma bilder" * 1000)
    page.material.version.setText("3")
    page.material.add_file(shown)
    helpers.wait_for(lambda: desk.register.materials)
    desk.settle()
    (kept,) = desk.register.materials
    assert (kept.title, kept.version, kept.size) == ("bilder.pdf", "3", 12000)
    assert kept.sha256 == material.checksum(shown)[0]
    assert kept.sha256[:4].upper() in page.panel.shown.text()
    desk.press(page.material.list.rows[kept.id].all)
    assert [g.what for g in desk.register.given] == ["material"]
    page.material.add_file(tmp_path / "borta.pdf")
    helpers.wait_for(lambda: "borta.pdf" in desk.said)


def test_no_meeting_starts_before_its_conditions(desk: Desk) -> None:
    (first, *_rest) = desk.prepare()
    desk.do(dialogue.set_terms, purpose="")
    desk.open("meetings")
    start = desk.page.timetable.list.rows[first].start
    desk.press(start)
    assert desk.said == SV(dialogue_rules.NO_PURPOSE)
    desk.do(dialogue.set_terms, purpose="Lära")
    desk.press(start)
    assert desk.register.slot(first).state == "running"
    assert clock.read(desk.window.bridge) is not None
    # one at a time
    desk.press(desk.page.timetable.list.rows[_rest[0]].start)
    assert desk.said == SV(meeting.OTHER_RUNS)
    # a meeting that runs is broken off with a reason only
    row = desk.page.timetable.list.rows[first]
    desk.press(row.cancel)
    assert desk.said == SV(meeting.NO_REASON)
    row.reason.setText("Strömmen gick")
    desk.press(row.cancel)
    assert desk.register.slot(first).state == "cancelled"


def test_the_first_meeting_locks_what_all_are_to_hear(desk: Desk, tmp_path: Path) -> None:
    slots = desk.prepare()
    desk.open("meetings")
    assert not desk.register.agenda_locked_at
    desk.press(desk.page.timetable.list.rows[slots[0]].start)
    assert desk.page.timetable.lock.text().startswith("Låst sedan ")
    desk.open("before")
    desk.write(desk.page.terms.terms, "Andra villkor")
    assert desk.said == SV(dialogue.TERMS_LOCKED)
    assert desk.page.terms.terms.text() == "Andra villkor"
    desk.write(desk.page.invitation.channels, "Radio")
    assert desk.said == SV(dialogue.INVITED)
    desk.open("agenda")
    agenda = desk.page.agenda
    agenda.lines[0].minutes.setValue(30)
    desk.press(agenda.save)
    assert desk.said == SV(dialogue.LOCKED)
    assert agenda.lines[0].minutes.value() == 30
    desk.press(agenda.round)
    assert desk.said == SV(dialogue.RUNNING)
    shown = tmp_path / "nytt.pdf"
    shown.write_bytes(b"nytt")
    desk.page.material.version.setText("4")
    desk.page.material.add_file(shown)
    helpers.wait_for(lambda: desk.said == SV(dialogue.MATERIAL_LOCKED))
    assert desk.page.material.version.text() == "4"
    desk.open("suppliers")
    supplier = desk.register.slot(slots[0]).supplier
    desk.press(desk.page.suppliers.list.rows[supplier].remove)
    assert desk.said == SV(dialogue.HAS_MET)
    assert supplier in desk.page.suppliers.list.rows
    # after the meeting a changed agenda is a new round, and what was held is to be offered again
    desk.do(meeting.end_slot, slot=slots[0], agenda_done=True)
    desk.open("agenda")
    desk.press(agenda.round)
    assert desk.register.round == 2
    assert [i.minutes for i in desk.register.agenda_now] == [30, 10]
    titles = [r.title.text() for r in desk.page.panel.list.rows.values()]
    assert titles == [f"Möte med en tidigare dagordning: {NAMES[0]}"]


def test_a_meeting_over_its_time_asks_why_and_what_the_others_get(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    slots = desk.prepare()
    desk.open("meetings")
    desk.press(desk.page.timetable.list.rows[slots[0]].start)
    view = desk.page.meeting
    assert view.isVisible()
    assert NAMES[0] in view.title.text()
    assert view.warning.text() == ""
    desk.press(view.next)
    agenda = desk.register.agenda_now
    assert clock.read(desk.window.bridge).item == agenda[1].id
    assert view.done.isChecked()  # both items have been opened
    started = desk.register.slot(slots[0]).started_at - timedelta(minutes=19)
    # the meeting began nineteen minutes ago, by the file itself
    desk.file.submit(
        lambda tx: tx.update("slot", slots[0], {"started_at": started.isoformat()}), who="program"
    ).result(timeout=5)
    desk.settle()
    desk.page.refresh()
    assert desk.page.panel.time.seconds < 0
    assert desk.page.panel.warning.isVisible()
    desk.press(view.end)
    assert view.ending.isVisible()
    assert not view.ending.store.visibleRegion().isEmpty()  # in sight, not under the edge of the page
    assert desk.register.slot(slots[0]).state == "running"  # it warns and never cuts
    view.ending.deviation.insertPlainText("Frågor om täckning")
    desk.press(view.ending.store)
    assert "Skriv varför" in desk.said
    assert view.ending.deviation.text() == "Frågor om täckning"
    view.ending.offer.insertPlainText("Fyra minuter till")
    desk.press(view.ending.store)
    held = desk.register.slot(slots[0])
    assert (held.state, held.deviation, held.offer) == ("done", "Frågor om täckning", "Fyra minuter till")
    assert set(held.spent) == {i.id for i in agenda}
    assert not view.ending.isVisible()
    # the difference stands at the right until it is noted as mended
    (row,) = [r for r in desk.page.panel.list.rows.values() if r.found.kind == "minutes"]
    over = round((held.actual_seconds - held.minutes * 60) / 60)  # four, or a little more on a busy machine
    assert over >= 4
    assert f"{over} minuter mer" in row.title.text()
    desk.press(row.mend)
    assert not [r for r in desk.page.panel.list.rows.values() if r.found.kind == "minutes"]
    # a meeting planned now comes late, and that needs a reason
    desk.do(dialogue.register, name="Sen AB", type="small")
    late = desk.page.timetable
    late.when.setText("2026-03-11 09:00")
    desk.press(late.plan)
    assert desk.said == SV(meeting.LATE)
    late.why.setText("Anmälde sig i dag")
    desk.press(late.plan)
    assert desk.register.slots[-1].late_reason == "Anmälde sig i dag"


def test_notes_stay_apart_and_new_information_goes_in_the_list(desk: Desk) -> None:
    slots = desk.prepare()
    desk.do(meeting.start_slot, slot=slots[0])
    desk.window.cockpit.show_step("")  # the page of the step, kind "meeting"
    desk.settle()
    view = desk.page.meeting
    notes = view.notes
    desk.press(notes.new)
    assert desk.said == "Skriv den nya uppgiften i den öppna anteckningen först."
    assert not notes.new.isChecked()
    for kind, words in (("open", "Täckning saknas"), ("secret", "Ny sensor"), ("internal", "Mogna")):
        desk.write(notes.fields[kind].edit, words)
    desk.press(notes.new)
    (copy,) = desk.register.questions
    assert copy.question == "Täckning saknas"
    assert f"nummer {copy.id}" in notes.copied.title.text()
    assert notes.copied.text.text() == "Täckning saknas"
    desk.write(notes.fields["open"].edit, "Täckning saknas i två kommuner")
    assert desk.register.questions[0].question == "Täckning saknas i två kommuner"
    desk.press(notes.confirm)
    assert notes.confirmed.isVisible()
    desk.write(notes.fields["secret"].edit, "Något annat")
    assert desk.said == SV(meeting.CONFIRMED)
    assert notes.fields["secret"].edit.text() == "Något annat"
    desk.write(notes.correction, "Tre kommuner")
    (note,) = desk.register.notes
    assert (note.secret, note.internal, note.correction) == ("Ny sensor", "Mogna", "Tre kommuner")
    # another item has other notes; what is refused in the first never lands there
    desk.press(view.next)
    assert notes.fields["secret"].edit.text() == ""
    assert len(desk.register.notes) == 1
    desk.press(view.items[desk.register.agenda_now[0].id])
    assert notes.fields["secret"].edit.text() == "Något annat"


def test_answers_go_to_all_at_once_and_stay_as_they_are(desk: Desk) -> None:
    desk.prepare()
    QTest.keyClick(desk.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    part = desk.page.questions
    assert part.isVisible()
    desk.press(part.add)
    assert desk.said == SV(question_list.EMPTY)
    part.words.insertPlainText("Har Björk Medicin frågat förut?")
    desk.press(part.add)
    (asked,) = desk.register.questions
    assert not part.publish.isEnabled()
    row = part.list.rows[asked.id]
    row.line.setFocus()
    QTest.keyClick(row.line, Qt.Key.Key_Return)
    desk.settle()
    form = row.more
    desk.press(form.publish)
    assert desk.said == SV(question_list.NO_ANSWER)
    form.answer.setFocus()
    form.answer.insertPlainText("Nej.")
    QTest.keyClick(form.answer, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.said == SV(question_list.NO_ROLE)
    assert form.answer.text() == "Nej."
    form.role.setText("Upphandlare")
    form.day.setText("2026-04-01")
    desk.press(form.save)
    assert desk.register.questions[0].promised_on == "2026-04-01"
    desk.press(part.publish)
    assert desk.said == SV(dialogue_rules.NAMES_SUPPLIER).format(name="Björk Medicin")
    desk.write(form.question, "Har någon frågat förut?")
    desk.press(form.secret)
    desk.press(part.publish)
    assert desk.said == SV(question_list.SECRET)
    desk.press(form.secret)
    desk.press(part.publish)
    (out,) = desk.register.questions
    assert (out.question, out.state) == ("Har någon frågat förut?", "published")
    assert len({g.supplier for g in desk.register.given if g.what == "answer"}) == 3
    assert len({g.at for g in desk.register.given if g.what == "answer"}) == 1
    # published stays; a change is a correction, which waits for its own publishing
    assert not form.save.isVisible()
    assert not form.question.isVisible()
    form.answer.selectAll()
    form.answer.insertPlainText("Ja, en gång.")
    desk.press(form.correct)
    old, new = desk.register.questions
    assert (old.answer, new.answer, new.corrects) == ("Nej.", "Ja, en gång.", old.id)
    desk.window.bridge.undo()
    desk.settle()
    assert desk.register.questions[0].published_at is not None


def test_final_only_when_all_have_had_the_same(desk: Desk) -> None:
    desk.prepare()
    entry = desk.do(question_list.ask, question="Var?", raised_in="in_writing")
    desk.open("final")
    part = desk.page.final
    assert part.unpublished.isVisible()
    assert not part.ready.isVisible()
    desk.press(part.final)
    assert desk.said == SV(dialogue.NOT_ALL_PUBLISHED).format(n=1)
    desk.do(question_list.reply, entry=entry, answer="Här.", by_role="Upphandlare")
    desk.do(question_list.publish, entries=[entry])
    newcomer = desk.do(dialogue.register, name="Ny AB", type="small")
    assert part.unlike.isVisible()
    desk.press(part.final)
    assert desk.register.final_at is None
    (row,) = [r for r in desk.page.panel.list.rows.values() if r.found.kind == "answer"]
    desk.press(row.mend)
    assert newcomer in {g.supplier for g in desk.register.given if g.what == "answer"}
    desk.press(part.final)
    assert desk.register.final_at is not None
    desk.open("before")
    desk.write(desk.page.terms.purpose, "Annat")
    assert desk.said == SV(dialogue_rules.IS_FINAL)
    desk.open("final")
    desk.press(part.reopen)
    assert desk.register.final_at is None


def test_the_room_sees_no_name_and_nothing_closed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    slots = desk.prepare()
    desk.open("meetings")
    desk.press(desk.page.timetable.list.rows[slots[0]].start)
    item = desk.register.agenda_now[0]
    words = {"open": "Öppet ord", "secret": "Hemligt ord", "internal": "Internt ord"}
    desk.do(meeting.note, slot=slots[0], item=item.id, **words)
    waiting = desk.do(question_list.ask, question="Väntar på svar", raised_in="one_to_one")
    out = desk.do(question_list.ask, question="Vad gäller?", raised_in="one_to_one")
    desk.do(question_list.reply, entry=out, answer="Det som står.", by_role="Upphandlare")
    desk.do(question_list.publish, entries=[out])
    assert waiting != out
    drawn: list[tuple[str, float]] = []
    for name in ("text", "line", "number"):
        real = getattr(Canvas, name)

        def spy(self: Canvas, text: str, *args: Any, _real: Any = real, **kwargs: Any) -> Any:
            result = _real(self, text, *args, **kwargs)
            drawn.append((text, self.p.font().pixelSize()))
            return result

        monkeypatch.setattr(Canvas, name, spy)
    show = desk.window.show_
    seen = {}
    for scene in DIALOGUE_SCENES:
        drawn.clear()
        show.override(scene)
        show.picture(1920, 1080)
        assert not [t for t in drawn if t[1] < SMALLEST]
        seen[scene] = " ".join(text for text, _size in drawn)
    assert "Lika för alla" in seen["terms"]
    assert "1. Villkor" in seen["meeting"]
    assert "kvar av punkten" in seen["meeting"]
    assert "Det som står." in seen["published"]
    everything = " ".join(seen.values())
    for closed in (*NAMES, *words.values(), "Väntar på svar"):
        assert closed not in everything
    assert isinstance(desk.window.bridge.findChild(Show), Show)


def test_the_way_there_and_names_for_all(desk: Desk) -> None:
    desk.prepare()
    top = desk.window.cockpit.top
    assert top.dialogue.isVisible()  # suppliers are the audience
    desk.window.cockpit.show_step("")
    desk.press(top.dialogue)
    assert type(desk.page).__name__ == "DialoguePage"
    for place, section in enumerate(desk.page.tabs, 1):
        QTest.keyClick(desk.window, getattr(Qt.Key, f"Key_{place}"), Qt.KeyboardModifier.ControlModifier)
        desk.settle()
        assert desk.page.section == section
        assert desk.page.panel.isVisible()  # always
        here = [w for w in desk.page.findChildren(QWidget) if w.isVisible()]
        tabbed = [w for w in here if w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.focusProxy()]
        inner = [w for w in tabbed if not w.objectName().startswith("qt_")]
        assert not [w for w in inner if not w.accessibleName() and not getattr(w, "text", str)()], section


def test_a_workshop_without_suppliers_has_the_way_in_the_menu(
    qt_app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phones, "start_server", lambda bridge, host="": None)
    desk = Desk(tmp_path, "needs_identification")
    try:
        top = desk.window.cockpit.top
        assert not top.dialogue.isVisible()
        assert "Dialog med leverantörer" in [a.text() for a in top.menu_button.menu().actions()]
        desk.do(dialogue.set_terms, purpose="Lära av marknaden")
        assert top.dialogue.isVisible()
    finally:
        helpers.end(desk.window)
