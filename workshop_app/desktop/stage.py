"""The middle of the cockpit: which step this is and how it goes, its page, and what to do next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.pages import Page
from workshop_app.desktop.style import look
from workshop_app.desktop.typed_texts import TypedTextsButton, is_written_in
from workshop_app.desktop.widgets import (
    BesideLayout,
    Button,
    ButtonBar,
    Heading,
    KeyCap,
    Pill,
    PlainLabel,
    ScrollColumn,
    column,
    empty_layout,
    row,
)
from workshop_app.desktop.widgets.parts import BAR_ROOM
from workshop_app.store import queries


class StageHead(QWidget):
    """ "Steg 4 av 12", how it stands, the title, the prompt and the leader's own script."""

    def __init__(self, bridge: Bridge, page: Page, script_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge, self.page = bridge, page
        lang, step = bridge.lang, page.step
        self.number = PlainLabel(size="small", weight="semibold", tone="ink2")
        self.pill = Pill()
        self.script_button = Button(lang("Support for you"), role="quiet", icon="book-open")
        self.script_button.setCheckable(True)
        self.script_button.setChecked(script_open)
        self.script = PlainLabel(step.facilitator.get(lang.code), size="base", wrap=True)
        self.script_frame = QFrame()
        self.script_frame.setProperty("panel", True)
        self.script_frame.setLayout(column(self.script, margins=(16, 12, 16, 12)))
        self.script_button.toggled.connect(self.script_frame.setVisible)
        self.title = Heading(step.title.get(lang.code))
        self.prompt = PlainLabel(step.prompt.get(lang.code), size="lead", wrap=True)
        self.black_out = TypedTextsButton(bridge, step)
        left, right = QWidget(), QWidget()
        standing = row(self.number, self.pill, None, gap=12)
        left.setLayout(standing)
        right.setLayout(row(self.black_out, self.script_button, gap=12))
        line = BesideLayout(left, right, grows=0, gap=12)
        box = column(line, gap=4, margins=(32, 20, 32, 0))
        if page.header == "compact":
            standing.insertWidget(0, self.title)
            self.title.setWordWrap(False)
            self.title.setProperty("textsize", "live")
            box.setContentsMargins(look().px(20), look().px(10), look().px(20), look().px(8))
        else:
            box.addWidget(self.title)
            box.addSpacing(look().px(6))
            box.addWidget(self.prompt)
        box.addWidget(self.script_frame)
        self.setLayout(box)
        # Only now: a widget without a parent that is made visible becomes a window of its own.
        self.black_out.setVisible(is_written_in(step))
        self.script_button.setVisible(bool(step.facilitator))
        self.script_frame.setVisible(bool(step.facilitator) and script_open)
        self.prompt.setVisible(bool(step.prompt) and page.header == "full")

    def refresh(self) -> None:
        """Reads how the step stands."""
        lang, session, state = self.bridge.lang, self.bridge.get(queries.session), self.page.state
        self.number.setText(lang("Step {n} of {m}").format(n=state.position, m=len(session.steps)))
        step = self.page.step
        if state.id != session.current_step:
            past = state.position < session.now_step.position
            self.pill.show_state(
                lang("Done") if past else lang("Not started"), "plain", "check" if past else "circle"
            )
        elif state.state == "paused":
            self.pill.show_state(lang("Phones paused"), "attn", "pause")
        elif state.paused_at is not None:
            self.pill.show_state(lang("Under way, the clock is paused"), "attn", "pause")
        elif step.projector == "count":
            self.pill.show_state(lang("Under way, silent work"), "done", "circle-dot")
        else:
            self.pill.show_state(lang("Under way"), "done", "circle-dot")


class ElsewhereLine(QFrame):
    """Says that the stage shows another step than the room's, and gives the two ways on."""

    go = Signal()
    back = Signal()

    def __init__(
        self, bridge: Bridge, room_step: str, again: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        lang = bridge.lang
        self.setProperty("ground", "ptint")
        words = lang("You are looking at another step. The room is in {step}.").format(step=room_step)
        self.words = PlainLabel(words, tone="on_ptint", wrap=True)
        self.go_button = Button(lang("Open this step again") if again else lang("Bring the room here"))
        self.back_button = Button(lang("Back to the room"), key="Esc")
        self.go_button.clicked.connect(self.go)
        self.back_button.clicked.connect(self.back)
        line = row(self.words, self.go_button, self.back_button, margins=(32, 8, 32, 8))
        line.setStretchFactor(self.words, 1)
        self.setLayout(line)


class NextButton(KeyCap):
    """The way to the next step, with its name."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(
            bridge.lang("Next step"),
            "Page Down",
            role="primary",
            icon="arrow-right",
            size="large",
            icon_after=True,
            parent=parent,
        )
        self.bridge = bridge
        self.note = PlainLabel(size="small", tone="ink2")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def refresh(self) -> None:
        """Shows what comes after the room's step."""
        lang, session = self.bridge.lang, self.bridge.get(queries.session)
        after = session.next_step()
        if after is None:
            self.setText(lang("Open the summary"))
            self.note.setText("")
            return
        title = self.bridge.get(queries.format_of).step(after.id).title.get(lang.code)
        if self.words() != title:
            self.setText(title)
            self.setAccessibleName(lang("Next step: {title}").format(title=title))
        note = "\n".join((lang("Next step"), lang("{n} min").format(n=after.minutes)))
        if self.note.text() != note:
            self.note.setText(note)
            self.note.setMinimumSize(self.note.sizeHint())


class Stage(QFrame):
    """Holds one page at a time."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.setProperty("ground", "bg")
        self.page: Page | None = None
        self.head: StageHead | None = None
        self.script_open = False
        self.top = QVBoxLayout()
        self.top.setContentsMargins(0, 0, 0, 0)
        self.top.setSpacing(0)
        self.holder = QVBoxLayout()
        self.holder.setContentsMargins(0, 0, 0, 0)
        self.bar = ButtonBar()
        self.next = NextButton(bridge)
        self.elsewhere: ElsewhereLine | None = None
        box = column(self.top, self.holder, self.bar, gap=0)
        box.setStretchFactor(self.holder, 1)
        self.setLayout(box)

    def show_page(self, page: Page, elsewhere: ElsewhereLine | None) -> None:
        """Puts a page on the stage; the one before is taken off, not thrown away."""
        if self.head is not None:
            self.script_open = self.head.script_button.isChecked()
        if self.page is not None:
            focus = self.focusWidget()
            stays = focus is self.next and (page.own_next() is None or not page.alone)
            if focus is not None and focus.hasFocus() and not stays:
                focus.clearFocus()  # or Qt hands it on to the next button in the bar above
            self.page.hide()
            self.page.setParent(None)
        empty_layout(self.holder)
        empty_layout(self.top)
        self.page, self.elsewhere, self.head = page, elsewhere, None
        if elsewhere is not None:
            self.top.addWidget(elsewhere)
        if page.header != "none":
            self.head = StageHead(self.bridge, page, self.script_open)
        left, top, right, bottom = (look().px(m) for m in page.margins)
        if page.scrolls:
            scroll = ScrollColumn()
            scroll.in_margin = page.margins[2] >= BAR_ROOM
            scroll.body.setSpacing(0)
            if self.head is not None:
                scroll.body.addWidget(self.head)
            self.holder.setContentsMargins(0, 0, 0, 0)
            page.setContentsMargins(left, top, right, bottom)
            scroll.body.addWidget(page, 1)
            self.holder.addWidget(scroll)
        else:
            if self.head is not None:
                self.top.addWidget(self.head)
            page.setContentsMargins(0, 0, 0, 0)
            self.holder.setContentsMargins(left, top, right, bottom)
            self.holder.addWidget(page)
        page.show()
        own = page.own_next()
        # One filled button: where the page has its own, the way to the next step is only framed.
        self.next.set_role("plain" if own is not None else "primary")
        note = page.own_note() if own is not None or page.wants_width else self.next.note
        rest = [] if own is None or page.alone else [self.next]
        self.bar.fill(page.actions_bar(), [note, *rest, own or self.next])

    def refresh(self) -> None:
        """Reads again what surrounds the page."""
        if self.head is not None:
            self.head.refresh()
        before = (self.next.words(), self.next.note.text())
        self.next.refresh()
        if before != (self.next.words(), self.next.note.text()):
            self.bar.give_way()
