"""The lobby: the codes to join, who has come, and the poster for the wall."""

from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from workshop_app import actions, invite
from workshop_app.desktop.asked.kept import KeptRows
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import REGISTER, ROOM_CHECK, Page
from workshop_app.desktop.pages.register import change_words
from workshop_app.desktop.paper import saving
from workshop_app.desktop.phase_line import PhaseLine
from workshop_app.desktop.phones import choose_host, start_server
from workshop_app.desktop.widgets import (
    BesideLayout,
    Button,
    Counter,
    Field,
    HintLine,
    Panel,
    PlainLabel,
    QrView,
    Rule,
    SectionLabel,
    choice,
    column,
    line_edit,
    row,
)
from workshop_app.model import register
from workshop_app.model.trouble import Trouble
from workshop_app.store import queries

LOOPBACK = "127.0.0.1"


class LobbyPage(Page):
    """Who can come in, and how."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.joined = Counter(lang("have joined"))
        self.qr = QrView()
        self.address = PlainLabel(size="title", weight="semibold", select=True, wrap=True)
        self.code = PlainLabel(size="title", weight="semibold", select=True)
        self.hosts = choice([])
        self.hosts_field = Field(lang("Address for the phones"), self.hosts)
        self.hosts.activated.connect(self._choose)
        self.hint = HintLine("wifi-off", "attn")
        self.retry = Button(lang("Try again"), icon="refresh-cw")
        self.retry.clicked.connect(lambda: start_server(bridge))
        self.wifi_name = line_edit(limit=32)
        self.wifi_password = line_edit(limit=63)
        for field, key in ((self.wifi_name, "wifi_name"), (self.wifi_password, "wifi_password")):
            field.editingFinished.connect(lambda field=field, key=key: self._keep(key, field.text().strip()))
        self.wifi_qr = QrView()
        self.poster = Button(lang("Save the poster as PDF"), icon="printer", size="large")
        self.poster.clicked.connect(lambda: self._save(saving.POSTER, lang("The poster is saved: {path}")))
        self.blank = Button(lang("Save paper cards as PDF"), icon="printer")
        self.blank.clicked.connect(
            lambda: self._save(saving.BLANK, lang("Forty numbered paper cards are saved: {path}"))
        )
        self.check = Button(lang("Check the room"), icon="list-checks")
        self.check.clicked.connect(lambda: self.step_asked.emit(ROOM_CHECK))
        self.kept: KeptRows | None = None
        self.changed_words = PlainLabel(weight="semibold", wrap=True)
        self.register = Button(lang("Open the register"), icon="list-checks")
        self.register.clicked.connect(lambda: self.step_asked.emit(REGISTER))
        self.since = Panel(BesideLayout(self.changed_words, self.register, grows=0), pad=16)
        self.phase = PhaseLine(bridge)
        self.setLayout(self._layout())
        bridge.server_moved.connect(self._server)

    def _layout(self):  # type: ignore[no-untyped-def]
        lang = self.bridge.lang
        words = QWidget()
        top = BesideLayout(self.joined, self.check, grows=0)
        inner = column(
            top,
            12,
            SectionLabel(lang("Open the page")),
            self.address,
            SectionLabel(lang("Code to type")),
            self.code,
            8,
            self.hosts_field,
            None,
            gap=4,
        )
        words.setLayout(inner)
        codes = BesideLayout(self.qr, words, grows=1, gap=28)
        intro = PlainLabel(
            lang("The network is shown as a second code on the projector if you write it here."),
            size="small",
            tone="ink2",
            wrap=True,
        )
        wifi = row(
            Field(lang("Name of the Wi-Fi"), self.wifi_name),
            Field(lang("Password"), self.wifi_password),
            gap=16,
        )
        left = QWidget()
        left.setLayout(column(SectionLabel(lang("Wi-Fi in the room")), intro, 4, wifi, None, gap=4))
        under = BesideLayout(left, self.wifi_qr, grows=0, gap=28)
        self.below = QVBoxLayout()
        paper = lang("No phone? Take a paper card. They are typed in later and count the same.")
        self.paper = PlainLabel(paper, tone="ink2", wrap=True)
        paper_row = BesideLayout(self.paper, self.blank, grows=0)
        return column(
            12,
            self.phase,
            8,
            self.since,
            row(self.hint, self.retry, gap=12),
            Panel(codes, 8, Rule(), 8, under, pad=24),
            12,
            paper_row,
            12,
            self.below,
            None,
            gap=4,
        )

    def keep(self) -> None:
        if self.kept is not None:
            self.kept.keep_all()

    def _show_kept(self) -> None:
        """What the step keeps, such as the task that everything after it is about."""
        if self.kept is None and self.step.keeps:
            self.kept = KeptRows(self.bridge, self.step)
            self.below.addWidget(self.kept)
        if self.kept is not None:
            self.kept.refresh()

    def actions_bar(self) -> list[QPushButton]:
        return [self.poster]

    def refresh(self) -> None:
        session, room = self.bridge.get(queries.session), self.bridge.get(queries.crowd)
        lang = self.bridge.lang
        told = change_words(register.changes(self.bridge.get(queries.needs)), lang)
        self.changed_words.setText(told)
        self.since.setVisible(bool(told))
        words = lang("has joined") if room.people == 1 else lang("have joined")
        self.joined.show_value(room.people, words)
        self.code.setText(session.short_code)
        for field, key in ((self.wifi_name, "wifi_name"), (self.wifi_password, "wifi_password")):
            if not field.hasFocus():
                field.setText(session.settings.get(key, ""))
        name = session.settings.get("wifi_name", "")
        self.wifi_qr.setVisible(bool(name))
        if name:
            payload = invite.wifi_payload(name, session.settings.get("wifi_password", ""))
            self.wifi_qr.show_text(payload, lang("Code that joins the network {name}").format(name=name))
        self.phase.refresh()
        self._server()
        self._show_kept()

    def _server(self) -> None:
        lang, server = self.bridge.lang, self.bridge.server
        if server is None:
            self.address.setText("–")
            self.qr.show_text("", lang("No address yet"))
            trouble = self.bridge.server_trouble
            self.hint.say(trouble or lang("The phones' page is starting …"))
            self.retry.setVisible(bool(trouble))
            self.hosts_field.setVisible(False)
            return
        short = invite.short_address(server.host, server.port)
        self.address.setText(short)
        self.qr.show_text(invite.join_address(server.host, server.port, server.token), short)
        alone = server.host in (LOOPBACK, "::1")
        text = lang("Connect the laptop to the room's Wi-Fi, or start its own hotspot, and try again.")
        self.hint.say(
            lang("Only this computer can open the page now.") if alone else "", text if alone else ""
        )
        self.retry.setVisible(alone)
        self._show_hosts(server.host)

    def _show_hosts(self, chosen: str) -> None:
        """The addresses that the last look found; an open list is not made anew while it is looked at."""
        known = self.bridge.addresses
        if [self.hosts.itemData(n) for n in range(self.hosts.count())] != known:
            self.hosts.clear()
            for address in known:
                words = self.bridge.lang("only this computer") if address == LOOPBACK else ""
                self.hosts.addItem(f"{address} ({words})" if words else address, address)
        if not self.hosts.view().isVisible():
            self.hosts.setCurrentIndex(max(self.hosts.findData(chosen), 0))
        self.hosts_field.setVisible(len(known) > 1)

    def _choose(self) -> None:
        host = self.hosts.currentData()
        if host and self.bridge.server is not None and host != self.bridge.server.host:
            choose_host(self.bridge, host)

    def _keep(self, key: str, value: str) -> None:
        if value != self.session.settings.get(key, ""):
            self.bridge.do(actions.session.set_setting, key=key, value=value)

    def _save(self, form: saving.Form, told: str) -> None:
        lang = self.bridge.lang
        place = str(saving.proposed(self.bridge, form))
        name, _ = QFileDialog.getSaveFileName(self, lang(form.name), place, "PDF (*.pdf)")
        if not name:
            return
        try:
            work = saving.for_room(self.bridge, form, saving.with_ending(name, form))
        except Trouble as trouble:
            self.bridge.tell(trouble)
            return
        self.bridge.in_background(work, lambda path: self.bridge.said.emit("quiet", told.format(path=path)))
