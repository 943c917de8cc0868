"""The room check: what is left to sort out before people come, tested again by itself until it is."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from workshop_app import actions, invite
from workshop_app.desktop import room_facts
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import Page
from workshop_app.desktop.pages.room_rows import CheckList
from workshop_app.desktop.phones import choose_host, start_server
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import (
    Button,
    ButtonBar,
    Heading,
    HintLine,
    Pill,
    PlainLabel,
    QrView,
    Rule,
    ScrollColumn,
    column,
    row,
)
from workshop_app.i18n import N_
from workshop_app.model import room_check
from workshop_app.model.dates import time_words
from workshop_app.model.room_check import Check, Facts
from workshop_app.store import queries

AGAIN_MS = 2000
SIDE = 348
LEFT = (
    N_("Everything is ready"),
    N_("One thing left to sort out"),
    N_("Two things left to sort out"),
    N_("Three things left to sort out"),
    N_("Four things left to sort out"),
    N_("Five things left to sort out"),
)


class RoomCheckPage(Page):
    """Faults first, each with one plain remedy. The door is never locked: paper works."""

    header = "none"
    wants_width = True
    alone = True
    margins = (32, 24, 32, 24)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        lang = bridge.lang
        self.checks: tuple[Check, ...] = ()
        self._facts: Facts | None = None
        self._asking = self._here = False
        self.title = Heading(lang("Looking at the room …"), size="title")
        self.about = PlainLabel(size="large", tone="ink2", wrap=True)
        self.list = CheckList(bridge.lang)
        self.list.asked.connect(self._act)
        self.side = PhoneSide(bridge)
        self.again = Button(lang("Test again"), icon="refresh-cw", size="large")
        self.again.clicked.connect(self.test_again)
        self.save = Button(lang("Save the result"), icon="save", size="large")
        self.save.clicked.connect(self._save)
        self.go = Button("", role="primary", icon="arrow-right", size="large", icon_after=True)
        self.go.clicked.connect(lambda: self.step_asked.emit(""))
        self.anyway = PlainLabel(size="small", tone="ink2")
        self.setLayout(column(self.title, self.about, 14, self.list, None, gap=4))
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.look)
        bridge.server_moved.connect(self._server)

    def aside(self) -> QWidget:
        return self.side

    def actions_bar(self) -> list[QPushButton]:
        return [self.again, self.save]

    def own_next(self) -> QPushButton:
        return self.go

    def own_note(self) -> QWidget:
        return self.anyway

    def refresh(self) -> None:
        lang, session = self.bridge.lang, self.bridge.get(queries.session)
        first = session.now_step.position == 1
        self.go.setText(lang("Let people in") if first else lang("Back to the room"))
        self._server()

    # Looking ----------------------------------------------------------------------

    def look(self) -> None:
        """Gathers the facts anew on another thread, and asks the phones for a sign; the timer does this by itself."""
        if self.bridge.server is not None:
            self.bridge.server.ping()
        if not self._asking:
            self._asking = True
            path = self.bridge.file.path
            self.bridge.in_background(partial(room_facts.gather, path), self._found, self._failed)

    def test_again(self) -> None:
        """Forgets what the phone has proved and looks at once."""
        if self.bridge.server is not None:
            self.bridge.server.ping(anew=True)
        self.look()

    def _found(self, facts: Facts) -> None:
        self._asking, self._facts = False, facts
        if self._here:
            self._judge()

    def _failed(self, _trouble: BaseException) -> None:
        self._asking = False

    def _server(self) -> None:
        if self._here:
            self.side.refresh()
            self._judge()

    def _judge(self) -> None:
        """Puts together what the computer, the server and the session tell, and shows the verdict."""
        if self._facts is None:
            return
        bridge, server = self.bridge, self.bridge.server
        session, format_ = bridge.get(queries.session), bridge.get(queries.format_of)
        count, second = room_facts.screens()
        facts = replace(
            self._facts,
            host=server.host if server is not None else "",
            port=server.port if server is not None else 0,
            why=bridge.server_trouble,
            chosen=bool(session.settings.get("host")),
            wifi=session.settings.get("wifi_name", ""),
            reached=server is not None and server.reached(),
            round_trip=server.round_trip() if server is not None else None,
            connected=bridge.connected(),
            people=format_.people[1],
            screens=count,
            second_screen=second,
            made_at=session.created_at,
        )
        self.checks = room_check.judge(facts)
        self._show(facts)

    def _show(self, facts: Facts) -> None:
        lang, left = self.bridge.lang, sum(c.fault for c in self.checks)
        words = lang(LEFT[left]) if left < len(LEFT) else lang("{n} things left to sort out").format(n=left)
        self.title.setText(words)
        done = sum(c.state == room_check.OK for c in self.checks)
        one, more = (
            lang("One of {m} is ready. The time is {time}."),
            lang("{n} of {m} are ready. The time is {time}."),
        )
        told = one if done == 1 else more
        self.about.setText(told.format(n=done, m=len(self.checks), time=time_words(facts.now, lang)))
        self.anyway.setText(lang("You can start anyway,\npaper always works.") if left else "")
        bar = self.anyway.parentWidget()
        if isinstance(bar, ButtonBar):
            bar.give_way()  # the words may not fit
        self.list.show_checks(self.checks)
        phone = next(c for c in self.checks if c.key == "phone")
        self.side.show_phone(phone)

    # Doing ------------------------------------------------------------------------

    def _act(self, check: Check) -> None:
        if check.action == "use_address":
            choose_host(self.bridge, str(check.values["address"]))
        elif check.action == "start":
            start_server(self.bridge)

    def _save(self) -> None:
        self._store()
        self.bridge.said.emit(
            "quiet", self.bridge.lang("The result is saved. It stands last in the summary.")
        )

    def _store(self) -> None:
        """Puts the last verdict into the session, where the summary finds it; the same verdict is not stored twice."""
        settings = self.bridge.get(queries.session).settings
        before = room_check.from_text(settings.get(room_check.SETTING, ""))[1]
        same = [(c.key, c.line) for c in before] == [(c.key, c.line) for c in self.checks]
        if self._facts is not None and not same:
            text = room_check.to_text(self.checks, self._facts.now)
            self.bridge.do(actions.session.set_setting, by="program", key=room_check.SETTING, value=text)

    def keep(self) -> None:
        """Rests, and stores what was found; the page may be gone for good after this."""
        self.timer.stop()
        if self._here:
            self._here = False
            self._store()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._here = True
        self.timer.start(AGAIN_MS)
        self.side.refresh()
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep()


class PhoneSide(QFrame):
    """The two codes that the leader tries with the own phone, and what to do when the page does not come."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        lang = bridge.lang
        self.setProperty("ground", "surface")
        self.setProperty("edge", "left")
        self.wifi, self.wifi_words = QrView(148), PlainLabel(size="small", tone="ink2", wrap=True)
        self.page, self.page_words = (
            QrView(172),
            PlainLabel(size="small", tone="ink2", wrap=True, select=True),
        )
        self.waiting = HintLine("hourglass", "attn")
        self.through = HintLine("circle-check", "plain")
        scroll = ScrollColumn(gap=14, margins=(28, 24, 24, 24))
        for part in (
            Heading(lang("Try it with your phone"), size="lead"),
            self._numbered("1", lang("Join the network"), self.wifi_words, self.wifi),
            self._numbered("2", lang("Open the page"), self.page_words, self.page),
            self.waiting,
            self.through,
            Rule(),
            self._words(
                lang("If the page does not open"),
                lang(
                    "Switch off mobile data. Let Behovsverkstad through the firewall. A guest network often keeps "
                    "phones apart from computers: then choose another network."
                ),
            ),
            self._words(
                lang("If the network will not start"),
                lang(
                    "Use paper. The cards have numbers and are typed in during the break. Everything is counted "
                    "together."
                ),
            ),
        ):
            scroll.body.addWidget(part)
        scroll.body.addStretch(1)
        self.setLayout(column(scroll))

    def _words(self, title: str, text: str) -> QWidget:
        holder = QWidget()
        words = PlainLabel(text, size="small", tone="ink2", wrap=True)
        holder.setLayout(column(PlainLabel(title, weight="semibold", wrap=True), words, gap=3))
        return holder

    def _numbered(self, number: str, title: str, words: PlainLabel, code: QrView) -> QWidget:
        holder = QWidget()
        line = row(gap=12)
        place = Pill(number)
        place.setFixedWidth(look().px(24))
        line.addWidget(place, 0, Qt.AlignmentFlag.AlignTop)
        beside = column(PlainLabel(title, weight="semibold", wrap=True), words, 6, row(code, None), gap=2)
        line.addLayout(beside, 1)
        holder.setLayout(line)
        return holder

    def sizeHint(self) -> QSize:
        return QSize(look().px(SIDE), super().sizeHint().height())

    def refresh(self) -> None:
        """Reads the network's name and where the page is now."""
        lang, server = self.bridge.lang, self.bridge.server
        settings = self.bridge.get(queries.session).settings
        name, password = settings.get("wifi_name", ""), settings.get("wifi_password", "")
        if name:
            told = (
                lang("{wifi} · password {password}").format(wifi=name, password=password)
                if password
                else name
            )
            self.wifi.show_text(
                invite.wifi_payload(name, password),
                lang("Code that joins the network {name}").format(name=name),
            )
        else:
            told = lang(
                "Choose the room's network on the phone. Write its name on the first step, and its code comes here."
            )
        self.wifi.setVisible(bool(name))
        self.wifi_words.setText(told)
        if server is None:
            trouble = self.bridge.server_trouble
            self.page.show_text("", lang("No address yet"))
            self.page_words.setText(trouble or lang("The phones' page is starting …"))
        else:
            short = invite.short_address(server.host, server.port)
            self.page.show_text(invite.join_address(server.host, server.port, server.token), short)
            self.page_words.setText(short)
        self.page.setVisible(server is not None)

    def show_phone(self, check: Check) -> None:
        """Waits for the phone, or tells how it went."""
        lang = self.bridge.lang
        waits = check.state == room_check.WAITING
        text = lang("When the page is open on it, the answer time is measured by itself.")
        self.waiting.say(lang("Waiting for your phone") if waits else "", text if waits else "")
        self.through.say("" if waits else check.said(lang))
