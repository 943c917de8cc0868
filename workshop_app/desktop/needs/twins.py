"""In a joined file: needs of different organisations that may be the same, each pair with a button that marks it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from workshop_app import actions
from workshop_app.actions.merge import Twin
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import Button, Panel, PlainLabel, empty_layout, row
from workshop_app.model.need import Need

MOST = 12  # pairs shown at a time


class TwinBox(Panel):
    """Hidden where the needs come from one organisation; pairs are sought in the background."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(pad=18, gap=8)
        lang = bridge.lang
        self.bridge = bridge
        self.pairs: list[tuple[Twin, Button]] = []
        self._seen: object = None
        self._asking = False
        self.list = QVBoxLayout()
        self.list.setSpacing(look().px(8))
        title = PlainLabel(lang("Possibly the same need in several organisations"), weight="semibold")
        about = lang(
            "Both keep their words and their cards. Two organisations with one need can buy together."
        )
        self.body.addWidget(title)
        self.body.addWidget(PlainLabel(about, tone="ink2", wrap=True))
        self.body.addLayout(self.list)
        self.hide()

    def refresh(self, needs: Sequence[Need]) -> None:
        """Seeks anew when needs were reworded or marked."""
        seen = [(n.id, n.title, n.fields["function"], n.origin[0], n.shared) for n in needs]
        if seen == self._seen or self._asking:
            return
        self._seen = seen
        if len({n.origin[0] for n in needs if n.origin[0]}) < 2:
            self.hide()
            return
        file, self._asking = self.bridge.file, True
        self.bridge.in_background(
            lambda: actions.merge.twins(file), lambda found: self._show(found, needs), self._failed
        )

    def _failed(self, _trouble: BaseException) -> None:
        self._asking = False

    def _show(self, found: Sequence[Twin], needs: Sequence[Need]) -> None:
        self._asking = False
        empty_layout(self.list)
        named = {n.id: n for n in needs}
        self.pairs = []
        for twin in found[:MOST]:
            if twin.need in named and twin.other in named:
                self._pair(twin, named[twin.need], named[twin.other])
        self.setVisible(bool(self.pairs))

    def _pair(self, twin: Twin, one: Need, other: Need) -> None:
        lang = self.bridge.lang
        words = " = ".join(f"{n.number}. {n.title} ({n.origin[0]})" for n in (one, other))
        button = Button(lang("Mark as the same need"), icon="check")
        button.setAccessibleName(f"{lang('Mark as the same need')}: {words}")
        button.clicked.connect(
            lambda: self.bridge.do(actions.merge.mark_same, need=twin.need, other=twin.other)
        )
        line = row(gap=16)
        line.addWidget(PlainLabel(words, wrap=True), 1)
        line.addWidget(button)
        self.list.addLayout(line)
        self.pairs.append((twin, button))
