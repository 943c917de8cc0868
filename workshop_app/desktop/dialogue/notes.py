"""Notes of a meeting in three fields that are never mixed: open, the supplier's secret, and our own."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QFrame

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.kept import Kept
from workshop_app.desktop.widgets import Button, HintLine, IconLabel, Pill, PlainLabel, TextArea, column, row
from workshop_app.i18n import N_
from workshop_app.model.dates import moment_words
from workshop_app.model.dialogue import AgendaItem, Note, Question, Slot
from workshop_app.store import queries

# name -> icon, words, what becomes of it, ground, ink
KINDS = {
    "open": ("eye", N_("Open"), N_("May be told to all."), "surface", "ink"),
    "secret": (
        "lock",
        N_("The supplier's business secret"),
        N_("Is never published. The supplier confirms that it is right."),
        "attn",
        "on_attn",
    ),
    "internal": (
        "eye-off",
        N_("Internal"),
        N_("Our own thoughts. They never leave this register."),
        "info",
        "on_info",
    ),
}


class NoteField(QFrame):
    """One of the three fields, on a ground of its own with its own sign and words."""

    def __init__(self, bridge: Bridge, kind: str) -> None:
        super().__init__()
        icon, words, about, ground, ink = KINDS[kind]
        lang = bridge.lang
        self.edit = TextArea(2, 4000)
        self.edit.setAccessibleName(lang(words))
        self.edit.setAccessibleDescription(lang(about))
        self.setObjectName(f"note_{kind}")
        self.setProperty("note", kind)
        head = row(
            IconLabel(icon, ink, 18),
            PlainLabel(lang(words), size="small", weight="semibold", tone=ink),
            None,
        )
        told = PlainLabel(lang(about), size="small", tone="ink2" if ground == "surface" else ink, wrap=True)
        self.setLayout(column(head, told, self.edit, gap=4, margins=(12, 8, 12, 10)))


class NotesPanel(QFrame):
    """The notes at one item of one meeting; each is stored by itself, what is refused stays in its field."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        lang = bridge.lang
        self.place: tuple[int, int] | None = None  # meeting, item
        self._drafts: dict[tuple[int, int, str], str] = {}  # written and not stored: perhaps refused
        self.prompt = PlainLabel(size="large", wrap=True)
        self.fields = {kind: NoteField(bridge, kind) for kind in KINDS}
        self.kept = {kind: Kept(kind, field.edit) for kind, field in self.fields.items()}
        self.correction = TextArea(1, 4000)
        self.correction.setAccessibleName(lang("Correction after the supplier confirmed"))
        self.correction_words = PlainLabel(
            lang("Correction after the supplier confirmed"), size="small", weight="semibold"
        )
        self.kept["correction"] = Kept("correction", self.correction)
        for kept in self.kept.values():
            kept.written.connect(self._written)
        self.new = QCheckBox(lang("New information that the others have not had"))
        self.new.clicked.connect(self._tick)
        self.copied = HintLine("messages-square", "info")
        self.copied.hide()
        self.confirm = Button(lang("The supplier confirms the notes"), icon="check")
        self.confirm.clicked.connect(self._confirm)
        self.confirmed = Pill()
        closed = row(self.fields["secret"], self.fields["internal"], gap=8)
        tick = row(self.new, None)
        whole = column(self.prompt, self.fields["open"], tick, self.copied, closed, gap=8)
        whole.addWidget(self.correction_words)
        whole.addWidget(self.correction)
        whole.addLayout(row(self.confirm, self.confirmed, None))
        self.setLayout(whole)

    def show_notes(self, slot: Slot, item: AgendaItem) -> None:
        """Shows the notes of a meeting at an item; those of another item are kept first."""
        note = self._note(slot.id, item.id)
        stored = {
            "open": note.open if note else "",
            "secret": note.secret if note else "",
            "internal": note.internal if note else "",
            "correction": note.correction if note else "",
        }
        other = self.place != (slot.id, item.id)
        if other:
            self.keep()
            self.place = (slot.id, item.id)
        for name, kept in self.kept.items():
            kept.replace(stored[name]) if other else kept.show(stored[name])
            draft = self._drafts.get((slot.id, item.id, name))
            if other and draft is not None and isinstance(kept.field, TextArea):
                kept.field.set_text(draft)
        self.prompt.setText(item.prompt)
        self.prompt.setVisible(bool(item.prompt))
        self._show_copy(note)
        confirmed = note.confirmed_at if note else None
        held = [n for n in self.bridge.get(queries.dialogue).notes if n.slot == slot.id]
        self.confirm.setVisible(any(n.confirmed_at is None for n in held))
        self.confirmed.setVisible(confirmed is not None)
        if confirmed is not None:
            words = self.bridge.lang("Confirmed by the supplier {time}").format(
                time=moment_words(confirmed, self.bridge.lang)
            )
            self.confirmed.show_state(words, "done", "check")
        self.correction.setVisible(confirmed is not None)
        self.correction_words.setVisible(confirmed is not None)

    def keep(self) -> None:
        """Stores what is being written."""
        for kept in self.kept.values():
            kept.keep()

    def _note(self, slot: int, item: int) -> Note | None:
        notes = self.bridge.get(queries.dialogue).notes
        return next((n for n in notes if (n.slot, n.item) == (slot, item)), None)

    def _copy(self, note: Note | None) -> Question | None:
        questions = self.bridge.get(queries.dialogue).questions
        return next((q for q in reversed(questions) if note is not None and q.note == note.id), None)

    def _show_copy(self, note: Note | None) -> None:
        lang, copy = self.bridge.lang, self._copy(note)
        self.new.setChecked(copy is not None)
        if copy is None:
            self.copied.say("")
            return
        published = copy.published_at is not None
        title = (
            lang("In the question list as number {n}, published to all")
            if published
            else lang("In the question list as number {n}, not published yet")
        )
        self.copied.say(title.format(n=copy.id), copy.question)

    def _written(self, name: str, text: str) -> None:
        if self.place is None:
            return
        slot, item = self.place
        copy = self._copy(self._note(slot, item))
        follow = name == "open" and copy is not None and copy.published_at is None
        more: dict[str, Any] = {"new_information": True} if follow else {}
        key = (slot, item, name)
        self._drafts[key] = text

        def stored(_id: Any) -> None:
            self._drafts.pop(key, None)

        self.bridge.do(
            actions.meeting.note,
            stored,
            slot=slot,
            item=item,
            **(more | {name: text}),
        )

    def _tick(self, on: bool) -> None:
        if self.place is None:
            return
        slot, item = self.place
        text = self.fields["open"].edit.text()
        if on and not text.strip():
            self.new.setChecked(False)
            self.bridge.said.emit(
                "quiet", self.bridge.lang("Write the new information in the open note first.")
            )
            return
        words: dict[str, Any] = {"open": text} if self.kept["open"].dirty else {}
        self.bridge.do(actions.meeting.note, slot=slot, item=item, new_information=on, **words)

    def _confirm(self) -> None:
        if self.place is not None:
            self.keep()
            self.bridge.do(actions.meeting.confirm_notes, slot=self.place[0])
