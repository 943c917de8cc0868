"""Asks the machine for a suggestion, shows it, and applies it when the leader says so."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from workshop_app.actions import group, session, suggest
from workshop_app.desktop.board.embedder import Embedder
from workshop_app.desktop.board.proposal import ProposalBar, ProposalPanel, offers
from workshop_app.desktop.board.spots import Node
from workshop_app.desktop.bridge import Bridge
from workshop_app.model.board import OFF, SUGGESTIONS, Suggestion
from workshop_app.store import queries

# So many cards take a while to read: a first answer on words alone need not wait for them.
EARLY_FROM = 60


def without(suggestion: Suggestion, key: int | str) -> Suggestion:
    """A suggestion less one of its heaps."""
    return replace(
        suggestion,
        heaps=tuple(h for h in suggestion.heaps if h.key != key),
        moves=tuple(m for m in suggestion.moves if m.heap != key),
    )


class Proposing(QObject):
    """One suggestion from the press of the button to its answer. Nothing moves before the answer."""

    changed = Signal()  # whether the bar is up, and which cards are outlined

    def __init__(self, bridge: Bridge, bar: ProposalBar, panel: ProposalPanel) -> None:
        super().__init__()
        self.bridge, self.bar, self.panel = bridge, bar, panel
        self.suggestion: Suggestion | None = None
        self.working = False
        self.reading = self._early = self._touched = (
            False  # an early answer, on words alone, stands meanwhile
        )
        self._of = 0  # cards to read in all, when it began
        self._turn = 0  # an answer to an earlier question is thrown away
        bar.all_taken.connect(lambda: self.apply(None))
        bar.some_taken.connect(lambda: self.apply(panel.wanted()))
        bar.refused.connect(self.stop)
        panel.one_taken.connect(self.take_one)
        panel.ticked.connect(self._ticked)
        panel.off_asked.connect(self.turn_off)
        panel.everything_asked.connect(lambda _on: self.start())

    def _ticked(self) -> None:
        self._touched = True
        self.changed.emit()

    @property
    def shown(self) -> bool:
        """Whether the bar is up."""
        return self.working or self.suggestion is not None

    def outlined(self) -> list[Node]:
        """The cards that would move, and the heaps that they would come to, of what is ticked."""
        if self.suggestion is None:
            return []
        heaps: list[Node] = [("heap", key) for key in self.panel.wanted() if isinstance(key, int)]
        return [*heaps, *(("card", card) for card in self.panel.cards())]

    def start(self) -> None:
        """Reads what is new and looks for groups, on another thread."""
        self._turn += 1
        self._of = 0
        self._early = self._touched = False
        self.working, self.reading, self.suggestion = True, True, None
        Embedder.of(self.bridge).rest(True)
        self.bar.show_work(0, 0)
        self.changed.emit()
        self._read(self._turn)

    def _read(self, turn: int) -> None:
        """Makes the vectors of a few cards, and then of a few more: so a closed session never waits for all."""
        file = self.bridge.file

        def work() -> tuple[int, int]:
            told: list[tuple[int, int]] = []

            def note(done: int, of: int) -> bool:
                told.append((done, of))
                return False

            suggest.embed_pending(file, note)
            return told[-1] if told else (0, 0)

        self.bridge.in_background(
            work, lambda told: self._has_read(turn, *told), lambda _trouble: self._failed(turn)
        )

    def _has_read(self, turn: int, done: int, of: int) -> None:
        if not self._mine(turn):
            return
        self._of = self._of or of
        if done < of:
            self._tell_reading(done, of)
            if self._of >= EARLY_FROM and not self._early:
                self._early = True
                self._look(turn)
            self._read(turn)
            return
        if self.suggestion is None:
            self.bar.show_work(0, 0)
        self._look(turn, last=True)

    def _tell_reading(self, done: int, of: int) -> None:
        """How far the reading has come; beside an answer on words alone, if that is there already."""
        if self.suggestion is None:
            self.bar.show_work(self._of - (of - done), self._of)
        else:
            self.bar.show_refining(self._of - (of - done), self._of)

    def _look(self, turn: int, last: bool = False) -> None:
        file, everything = self.bridge.file, self.panel.unsure.isChecked()
        self.bridge.in_background(
            lambda: suggest.for_file(file, everything=everything),
            lambda found: self._arrived(turn, found, last),
            lambda _trouble: self._failed(turn),
        )

    def _mine(self, turn: int) -> bool:
        """Whether an answer belongs to the last question, and the page is still there to hear it."""
        return turn == self._turn and isValid(self.bar)

    def _failed(self, turn: int) -> None:
        if self._mine(turn):
            self.stop()

    def _arrived(self, turn: int, found: Suggestion, last: bool) -> None:
        if not self._mine(turn) or not (last or self.reading):
            return
        self.working = False
        if last:
            self.reading = False
            Embedder.of(self.bridge).rest(False)
            if self.suggestion is not None and self._touched:
                self._keep_touched(self.suggestion)
                return
            if found.empty:
                self._say_empty()
        self.suggestion = found
        self.panel.show_offers(offers(found, self.bridge.get(queries.board), self.bridge.lang))
        self._touched = False
        self.bar.show_difference(found)
        self.changed.emit()

    def _keep_touched(self, shown: Suggestion) -> None:
        """The leader has begun to tick in the early answer, so that is not taken from under the hand."""
        self.bar.show_difference(shown)
        words = self.bridge.lang("All cards are read now. A new suggestion would be built on meaning.")
        self.bridge.said.emit("quiet", words)

    def _say_empty(self) -> None:
        lang = self.bridge.lang
        if self.panel.unsure.isChecked():
            words = lang("The computer sees nothing to change. Cards that you have placed stay.")
        else:
            words = lang(
                "The computer is sure about nothing new. Tick “Also unsure cards” to see its guesses."
            )
        self.bridge.said.emit("quiet", words)

    def turn_off(self) -> None:
        """The session does without; the menu More asks the computer in again."""
        self.stop()
        self.bridge.do(session.set_setting, lambda _none: self._told_off(), key=SUGGESTIONS, value=OFF)

    def _told_off(self) -> None:
        words = self.bridge.lang("The computer proposes nothing until you let it again under More.")
        self.bridge.said.emit("quiet", words)

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

    def take_one(self, key: int | str) -> None:
        """Does one heap of the suggestion now; the others stay offered."""
        suggestion = self.suggestion
        if suggestion is None:
            return
        self.bridge.do(group.apply_suggestion, self._told, suggestion=suggestion, only_heaps={key})
        rest = [o for o in self.panel.offers if o.key != key]
        if not rest:
            self.stop()
            return
        self.suggestion = without(suggestion, key)
        self.panel.show_offers(rest)
        self.bar.show_difference(self.suggestion)
        self.changed.emit()

    def _told(self, moved: int) -> None:
        words = self.bridge.lang.plural("{n} card was moved.", "{n} cards were moved.", moved)
        self.bridge.said.emit("undo", words)

    def stop(self) -> None:
        """Takes the suggestion away; nothing has happened."""
        self._turn += 1
        if self.reading:
            Embedder.of(self.bridge).rest(False)
        self.working, self.reading, self.suggestion = False, False, None
        self.changed.emit()
