"""The lobby: the codes to join, who has come, and the poster for the wall."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from workshop_app import actions, invite
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import ROOM_CHECK, Page
from workshop_app.desktop.phones import choose_host, start_server
from workshop_app.desktop.widgets import (
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
from workshop_app.i18n import language
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
        self.poster.clicked.connect(self._poster)
        self.check = Button(lang("Check the room"), icon="list-checks")
        self.check.clicked.connect(lambda: self.step_asked.emit(ROOM_CHECK))
        self.setLayout(self._layout())
        bridge.server_moved.connect(self._server)

    def _layout(self):  # type: ignore[no-untyped-def]
        lang = self.bridge.lang
        top = row(self.joined, None)
        top.addWidget(self.check, 0, Qt.AlignmentFlag.AlignTop)
        words = column(
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
        codes = row(gap=28)
        codes.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignTop)
        codes.addLayout(words, 1)
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
        left = column(SectionLabel(lang("Wi-Fi in the room")), intro, 4, wifi, None, gap=4)
        under = row(gap=28)
        under.addLayout(left, 1)
        under.addWidget(self.wifi_qr, 0, Qt.AlignmentFlag.AlignTop)
        paper = lang("No phone? Take a paper card. They are typed in later and count the same.")
        self.paper = PlainLabel(paper, tone="ink2", wrap=True)
        return column(
            12,
            row(self.hint, self.retry, gap=12),
            Panel(codes, 8, Rule(), 8, under, pad=24),
            12,
            self.paper,
            None,
            gap=4,
        )

    def actions_bar(self) -> list[QPushButton]:
        return [self.poster]

    def refresh(self) -> None:
        session, room = self.bridge.get(queries.session), self.bridge.get(queries.crowd)
        lang = self.bridge.lang
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
        self._server()

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
        known = invite.local_addresses()
        self.hosts.clear()
        for address in known:
            words = lang("only this computer") if address == LOOPBACK else ""
            self.hosts.addItem(f"{address} ({words})" if words else address, address)
        self.hosts.setCurrentIndex(max(self.hosts.findData(server.host), 0))
        self.hosts_field.setVisible(len(known) > 1)

    def _choose(self) -> None:
        host = self.hosts.currentData()
        if host and self.bridge.server is not None and host != self.bridge.server.host:
            choose_host(self.bridge, host)

    def _keep(self, key: str, value: str) -> None:
        if value != self.session.settings.get(key, ""):
            self.bridge.do(actions.session.set_setting, key=key, value=value)

    def _poster(self) -> None:
        lang, server, session = self.bridge.lang, self.bridge.server, self.session
        if server is None:
            self.bridge.said.emit(
                "quiet", lang("The poster needs the address. It comes when the page has started.")
            )
            return
        place = self.bridge.file.path.with_suffix("").with_name(
            f"{self.bridge.file.path.stem}-{lang('poster')}.pdf"
        )
        name, _ = QFileDialog.getSaveFileName(self, lang("Save the poster as PDF"), str(place), "PDF (*.pdf)")
        if not name:
            return
        url = invite.join_address(server.host, server.port, server.token)
        short = f"{invite.short_address(server.host, server.port)}, {session.short_code}"
        ssid, password = session.settings.get("wifi_name", ""), session.settings.get("wifi_password", "")
        room_language = language(session.language)

        def work() -> Path:
            from workshop_app.report import poster

            code = invite.qr_matrix(invite.wifi_payload(ssid, password)) if ssid else ()
            wifi = poster.Wifi(ssid, password, code) if ssid else None
            return poster.build(session, url, short, invite.qr_matrix(url), room_language, Path(name), wifi)

        def done(path: Path) -> None:
            self.bridge.said.emit("quiet", lang("The poster is saved: {path}").format(path=path))

        self.bridge.in_background(work, done)
