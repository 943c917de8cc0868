"""What has to stand before the first meeting: why, on which terms, how it was announced, and who takes part."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.dialogue.rows import Part, RowList, today
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    Field,
    HintLine,
    IconButton,
    Pill,
    PlainLabel,
    TextArea,
    choice,
    line_edit,
    number_edit,
    row,
)
from workshop_app.i18n import N_
from workshop_app.model.dates import moment_words
from workshop_app.model.dialogue import SUPPLIER_STATUSES, SUPPLIER_TYPES, BuyerRole, Supplier, coverage
from workshop_app.store import queries

COVERAGE = {
    "no_small": N_("No small company has registered. Is there a way to reach them?"),
    "no_non_profit": N_("No non-profit organisation has registered. Is there a way to reach them?"),
    "all_earlier": N_(
        "All who have registered have had contracts with you before. Who is new on the market?"
    ),
}


class LockPill(Pill):
    """Since when the agenda of the round is locked, or that it is open."""

    def show_lock(self, bridge: Bridge) -> None:
        """Reads when the first meeting of the round started."""
        lang, locked = bridge.lang, bridge.get(queries.dialogue).agenda_locked_at
        if locked is not None:
            words = lang("Locked since {time}").format(time=moment_words(locked, lang))
            self.show_state(words, "plain", "lock")
        else:
            self.show_state(lang("Not locked yet"), "outline", "lock-open")


class TermsPart(Part):
    """Purpose, terms and which version of the needs is shown: the same for all."""

    def __init__(self, bridge: Bridge) -> None:
        lang = bridge.lang
        super().__init__(bridge, lang("Purpose and terms"))
        self.lock = LockPill()
        self.head.addWidget(self.lock)
        self.purpose, self.terms, self.version = TextArea(1, 400), TextArea(3, 2000), number_edit(0, 999, 0)
        self.version.setSpecialValueText(lang("Not chosen"))
        self.version.editingFinished.connect(self._version)
        self.fields = {
            name: self.watch(name, field, self._written)
            for name, field in (("purpose", self.purpose), ("terms", self.terms))
        }
        self.body.addWidget(Field(lang("Purpose of the dialogue"), self.purpose))
        self.body.addWidget(
            Field(lang("Terms"), self.terms, lang("Read in the same words to all before each meeting."))
        )
        needs = Field(lang("Version of the needs that is shown"), self.version)
        needs.setMinimumWidth(look().px(280))  # its name on one line
        self.body.addLayout(row(needs, None))

    def _written(self, name: str, text: str) -> None:
        change: dict[str, Any] = {name: text}
        self.bridge.do(actions.dialogue.set_terms, **change)

    def _version(self) -> None:
        if self.version.value() and self.version.value() != self.dialogue.needs_version:
            self.bridge.do(actions.dialogue.set_terms, needs_version=self.version.value())

    def refresh(self) -> None:
        now = self.dialogue
        for name, kept in self.fields.items():
            kept.show(getattr(now, name))
        if not self.version.hasFocus():
            self.version.setValue(now.needs_version or 0)
        self.lock.show_lock(self.bridge)


class InvitationPart(Part):
    """How suppliers were invited, where and when."""

    def __init__(self, bridge: Bridge) -> None:
        lang = bridge.lang
        super().__init__(bridge, lang("Invitation"))
        self.text, self.channels = TextArea(3, 4000), TextArea(1, 400)
        self.day = line_edit(placeholder=today(), limit=10)
        self.day.setMinimumWidth(look().px(200))
        self.open = QCheckBox(lang("Open to all who want to come"))
        self.open.clicked.connect(lambda on: bridge.do(actions.dialogue.invite, open_to_all=on))
        fields: dict[str, QLineEdit | TextArea] = {
            "invitation": self.text,
            "channels": self.channels,
            "invited_on": self.day,
        }
        self.fields = {name: self.watch(name, field, self._written) for name, field in fields.items()}
        self.body.addWidget(Field(lang("Text of the invitation"), self.text))
        self.body.addWidget(
            Field(
                lang("Where it was published"),
                self.channels,
                lang("Such as the web, a newspaper, a trade association."),
            )
        )
        published = Field(lang("Day it was published"), self.day, lang("As 2026-03-14"))
        self.body.addLayout(row(published, self.open, None, gap=24))

    def _written(self, name: str, text: str) -> None:
        change: dict[str, Any] = {name: text}
        self.bridge.do(actions.dialogue.invite, **change)

    def refresh(self) -> None:
        now = self.dialogue
        for name, kept in self.fields.items():
            kept.show(getattr(now, name))
        self.open.setChecked(now.open_to_all)


class BuyersPart(Part):
    """Who takes part from the buyer, as roles, with the interests that were declared."""

    def __init__(self, bridge: Bridge) -> None:
        lang = bridge.lang
        super().__init__(bridge, lang("From the buyer"))
        self.list = RowList(self._row)
        self.role, self.organisation = line_edit(limit=80), line_edit(limit=120)
        self.interests = line_edit(limit=400)
        self.add = Button(lang("Add"), icon="plus")
        self.add.clicked.connect(self.store)
        self.body.addWidget(self.list)
        line = row(
            Field(lang("Role"), self.role),
            Field(lang("Organisation"), self.organisation),
            Field(lang("Interests that were declared"), self.interests),
            gap=10,
        )
        self.body.addLayout(line)
        self.body.addLayout(row(self.add, None))

    def store(self) -> None:
        """Adds the role that is written."""
        fields = (self.role, self.organisation, self.interests)
        if not self.role.text().strip():
            self.role.setFocus()
            return
        values: dict[str, Any] = dict(
            zip(("role", "organisation", "interests"), (f.text() for f in fields), strict=True)
        )
        self.bridge.do(actions.dialogue.add_buyer, lambda _id: self._clear(), **values)

    def _clear(self) -> None:
        for field in (self.role, self.organisation, self.interests):
            field.clear()
        self.role.setFocus()

    def _row(self, buyer: BuyerRole) -> "BuyerLine":
        return BuyerLine(self.bridge, buyer)

    def refresh(self) -> None:
        self.list.show_items(self.dialogue.buyers)


class BuyerLine(QWidget):
    """One role, and the way to take it off the list."""

    def __init__(self, bridge: Bridge, buyer: BuyerRole) -> None:
        super().__init__()
        self.remove = IconButton("x", bridge.lang("Remove {name}").format(name=buyer.role))
        self.words = PlainLabel(wrap=True)
        line = row(self.words, self.remove)
        line.setStretchFactor(self.words, 1)
        self.setLayout(line)
        self.remove.clicked.connect(lambda: bridge.do(actions.dialogue.remove_buyer, buyer=buyer.id))

    def show_item(self, buyer: BuyerRole) -> None:
        """Shows role, organisation and interests."""
        self.words.setText(" · ".join(w for w in (buyer.role, buyer.organisation, buyer.interests) if w))


class SuppliersPart(Part):
    """The internal register: who was invited, who came, what type, and who is not reached."""

    def __init__(self, bridge: Bridge) -> None:
        lang = bridge.lang
        super().__init__(
            bridge,
            lang("Suppliers"),
            lang(
                "Names stay in this register. They are never on the projector, on phones or in the open edition."
            ),
        )
        self.list = RowList(lambda supplier: SupplierRow(bridge, supplier))
        self.hints = {name: HintLine("lightbulb") for name in COVERAGE}
        self.name = line_edit(limit=120)
        self.type = choice([(k, lang(w)) for k, w in SUPPLIER_TYPES.items()], "unknown")
        self.type.setMinimumContentsLength(19)
        self.new = QCheckBox(lang("New to us"))
        self.earlier = QCheckBox(lang("Has had a contract with us"))
        self.add = Button(lang("Register"), icon="plus")
        self.add.clicked.connect(self.store)
        self.name.returnPressed.connect(self.store)
        self.body.addWidget(self.list)
        for hint in self.hints.values():
            hint.hide()
            self.body.addWidget(hint)
        line = row(Field(lang("Supplier"), self.name), Field(lang("Type"), self.type), gap=10)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        self.body.addLayout(row(self.new, self.earlier, None, self.add, gap=16))

    def store(self) -> None:
        """Registers the supplier that is written; a refused one stays in the field."""
        self.bridge.do(
            actions.dialogue.register,
            lambda _id: self._clear(),
            name=self.name.text(),
            type=self.type.currentData(),
            new_to_us=self.new.isChecked(),
            earlier_contract=self.earlier.isChecked(),
        )

    def _clear(self) -> None:
        self.name.clear()
        self.new.setChecked(False)
        self.earlier.setChecked(False)
        self.name.setFocus()

    def refresh(self) -> None:
        now, hints = self.dialogue, coverage(self.dialogue)
        self.list.show_items(now.suppliers)
        for name, hint in self.hints.items():
            hint.say(self.lang(COVERAGE[name]) if name in hints else "")


class SupplierRow(QWidget):
    """One supplier with its type, where it stands, and whether it is new."""

    def __init__(self, bridge: Bridge, supplier: Supplier) -> None:
        super().__init__()
        self.bridge, self.id = bridge, supplier.id
        lang, name = bridge.lang, supplier.name
        self.words = PlainLabel(name, weight="semibold", wrap=True)
        self.type = choice([(k, lang(w)) for k, w in SUPPLIER_TYPES.items()])
        self.status = choice([(k, lang(w)) for k, w in SUPPLIER_STATUSES.items()])
        self.new = QCheckBox(lang("New to us"))
        self.earlier = QCheckBox(lang("Earlier contract"))
        self.remove = IconButton("x", lang("Remove {name}").format(name=name))
        for field, what in ((self.type, lang("Type")), (self.status, lang("Status"))):
            field.setAccessibleName(f"{what}, {name}")
        for box in (self.new, self.earlier):
            box.setAccessibleName(f"{box.text()}, {name}")
        self.type.activated.connect(lambda _i: self._change(type=self.type.currentData()))
        self.status.activated.connect(lambda _i: self._change(status=self.status.currentData()))
        self.new.clicked.connect(lambda on: self._change(new_to_us=on))
        self.earlier.clicked.connect(lambda on: self._change(earlier_contract=on))
        self.remove.clicked.connect(lambda: bridge.do(actions.dialogue.remove_supplier, supplier=self.id))
        self.type.setMinimumContentsLength(19)
        line = row(self.words, self.type, self.status, self.new, self.earlier, self.remove, gap=10)
        line.setStretchFactor(self.words, 1)
        self.setLayout(line)

    def _change(self, **what: Any) -> None:
        self.bridge.do(actions.dialogue.change_supplier, supplier=self.id, **what)

    def show_item(self, supplier: Supplier) -> None:
        """Shows how the supplier stands."""
        self.words.setText(supplier.name)
        self.type.setCurrentIndex(self.type.findData(supplier.type))
        self.status.setCurrentIndex(self.status.findData(supplier.status))
        self.new.setChecked(supplier.new_to_us)
        self.earlier.setChecked(supplier.earlier_contract)
