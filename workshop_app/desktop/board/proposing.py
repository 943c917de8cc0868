"""Asks the machine for a suggestion, shows it, and applies it when the leader says so."""

from PySide6.QtCore import QObject, Signal

from workshop_app.actions import group, suggest
from workshop_app.desktop.board.embedder import Embedder
from workshop_app.desktop.board.proposal import ProposalBar, ProposalPanel, offers
from workshop_app.desktop.bridge import Bridge
from workshop_app.model.board import Suggestion
from workshop_app.store import queries


class Proposing(QObject):
    """One suggestion from the press of the button to its answer. Nothing moves before the answer."""

    changed = Signal()  # whether the bar is up, and which cards are outlined

    def __init__(self, bridge: Bridge, bar: ProposalBar, panel: ProposalPanel) -> None:
        super().__init__()
        self.bridge, self.bar, self.panel = bridge, bar, panel
        self.suggestion: Suggestion | None = None
        self.working = False
        self._turn = 0  # an answer to an earlier question is thrown away
        bar.all_taken.connect(lambda: self.apply(None))
        bar.some_taken.connect(lambda: self.apply(panel.wanted()))
        bar.refused.connect(self.stop)
        panel.ticked.connect(self.changed)
        panel.everything_asked.connect(lambda _on: self.start())

    @property
    def shown(self) -> bool:
        """Whether the bar is up."""
        return self.working or self.suggestion is not None

    def outlined(self) -> list[int]:
        """The cards that would move, of the ticked heaps."""
        return self.panel.cards() if self.suggestion is not None else []

    def start(self) -> None:
        """Reads what is new and looks for groups, on another thread."""
        self._turn += 1
        turn, file, everything = self._turn, self.bridge.file, self.panel.unsure.isChecked()
        self.working, self.suggestion = True, None
        Embedder.of(self.bridge).rest(True)
        self.bar.show_work(0, 0)
        self.changed.emit()

        def told(done: int, of: int) -> bool:
            if turn == self._turn:
                self.bridge.land(lambda: self._progress(turn, done, of))
            return turn == self._turn

        def work() -> Suggestion:
            suggest.embed_pending(file, told)
            return suggest.for_file(file, everything=everything)

        self.bridge.in_background(
            work, lambda found: self._arrived(turn, found), lambda _trouble: self._failed(turn)
        )

    def _progress(self, turn: int, done: int, of: int) -> None:
        if turn == self._turn and self.working:
            self.bar.show_work(done, of)

    def _failed(self, turn: int) -> None:
        if turn == self._turn:
            self.stop()

    def _arrived(self, turn: int, found: Suggestion) -> None:
        if turn != self._turn:
            return
        self.working = False
        Embedder.of(self.bridge).rest(False)
        lang = self.bridge.lang
        if found.empty:
            if self.panel.unsure.isChecked():
                words = lang("The computer sees nothing to change. Cards that you have placed stay.")
            else:
                words = lang(
                    "The computer is sure about nothing new. Tick “Also unsure cards” to see its guesses."
                )
            self.bridge.said.emit("quiet", words)
        self.suggestion = found
        self.panel.show_offers(offers(found, self.bridge.get(queries.board), lang))
        self.bar.show_difference(found)
        self.changed.emit()

    def apply(self, only: set[int | str] | None) -> None:
        """Does the suggestion, whole or the ticked heaps, as one step to undo."""
        if self.suggestion is None:
            return
        if only is not None and not only:
            self.bridge.said.emit("quiet", self.bridge.lang("Tick at least one heap first."))
            return
        suggestion = self.suggestion
        self.stop()
        self.bridge.do(group.apply_suggestion, self._told, suggestion=suggestion, only_heaps=only)

    def _told(self, moved: int) -> None:
        words = self.bridge.lang.plural("{n} card was moved.", "{n} cards were moved.", moved)
        self.bridge.said.emit("undo", words)

    def stop(self) -> None:
        """Takes the suggestion away; nothing has happened."""
        self._turn += 1
        if self.working:
            Embedder.of(self.bridge).rest(False)
        self.working, self.suggestion = False, None
        self.changed.emit()
