"""The six phases of a procurement in a row, with the one that the workshop is in marked."""

from PySide6.QtWidgets import QWidget

from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import FlowLayout, IconLabel, PlainLabel, row
from workshop_app.model.phases import PHASES, phase
from workshop_app.store import queries


class PhaseLine(QWidget):
    """Tells where in the procurement this is; it is chosen on the cover."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge, self.now = bridge, ""
        flow = FlowLayout(self, gap=look().px(4), row_gap=look().px(2))
        words = f"{bridge.lang('Phase of the procurement')}:"
        flow.addWidget(PlainLabel(words, size="small", tone="ink2"))
        self.names: dict[
            str, tuple[PlainLabel, PlainLabel]
        ] = {}  # as it is said elsewhere and where it is now
        for place, (key, words) in enumerate(PHASES.items()):
            name = bridge.lang(words)
            other = PlainLabel(name, size="small", tone="ink2")
            here = PlainLabel(name, size="small", weight="bold", tone="primary")
            self.names[key] = (other, here)
            one = QWidget()  # a phase and the way to it stay together when the line is broken
            parts = ((IconLabel("chevron-right", "ink2", 14),) if place else ()) + (other, here)
            one.setLayout(row(*parts, gap=4))
            flow.addWidget(one)

    def refresh(self) -> None:
        """Marks the phase that the session is in."""
        lang, session = self.bridge.lang, self.bridge.get(queries.session)
        now = phase(session.settings, self.bridge.get(queries.format_of).result)
        if now != self.now:
            self.now = now
            for key, (other, here) in self.names.items():
                other.setVisible(key != now)
                here.setVisible(key == now)
            self.setAccessibleName(f"{lang('Phase of the procurement')}: {lang(PHASES[now])}")
