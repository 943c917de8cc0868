"""Random desk actions with undo and redo while phones go on writing: the board is as it was, no text is lost, names fit."""

import random
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from workshop_app import actions
from workshop_app.model.board import Board
from workshop_app.model.trouble import Refused
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile

group, piles = actions.group, actions.piles
STEP = "challenges"
PAUSE = 0.004  # between two cards from one phone


class Phones:
    """Some phones in threads of their own; they keep what they were told had been received."""

    def __init__(self, file: SessionFile, phones: int, cards: int) -> None:
        self.file, self.cards = file, cards
        self.told: dict[int, str] = {}
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self._write, args=(n,)) for n in range(phones)]
        for thread in self.threads:
            thread.start()

    def _write(self, phone: int) -> None:
        for n in range(self.cards):
            if self.stop.wait(PAUSE):
                return
            text = f"Telefon {phone} skriver {n} 'citat' \"å\" ; -- <b>"
            receipt = actions.do(
                self.file,
                actions.ask.receive,
                by="phone",
                step=STEP,
                key=uuid4().hex,
                participant=None,
                fields={"text": text},
                language="sv",
            )
            self.told[receipt.card] = text

    def end(self) -> None:
        """Nobody writes any more."""
        self.stop.set()
        for thread in self.threads:
            thread.join()


def seen(board: Board, layout: str) -> tuple[Any, ...]:
    """All that the leader decides about."""
    heaps = {(h.id, h.theme, h.letter, h.title, h.x, h.y) for h in board.heaps}
    themes = {(t.id, t.number, t.title, t.missing_voice) for t in board.themes}
    cards = {
        n: (c.text, c.state, c.heap, c.merged_into, c.reason, c.placed_by, c.placed_at)
        for n, c in board.cards.items()
    }
    return heaps, themes, cards, layout


class Play:
    """The leader's side: what the board looked like before each step, and what the step is called."""

    def __init__(self, file: SessionFile, seed: int) -> None:
        self.file, self.chance = file, random.Random(seed)
        self.before: list[tuple[str, tuple[Any, ...]]] = []
        self.after: list[tuple[str, tuple[Any, ...]]] = []
        self.done = 0

    def look(self) -> tuple[Any, ...]:
        return seen(queries.board(self.file), queries.session(self.file).settings.get("board_layout", ""))

    def choices(self) -> tuple[actions.Action, dict[str, Any]]:
        """One of the board's verbs with something for it to work on."""
        board, some = queries.board(self.file), self.chance
        cards = some.sample(sorted(board.cards), min(len(board.cards), some.randint(1, 5)))
        heap = some.choice([h.id for h in board.heaps] or [0])
        theme = some.choice([t.id for t in board.themes] or [0])
        place = some.choice([None, theme])
        ways: list[tuple[actions.Action, dict[str, Any]]] = [
            (group.new_heap, {"cards": cards, "theme": place, "title": f"Hög {self.done % 7}"}),
            (group.new_heap, {"cards": cards, "at": (some.randint(0, 900), some.randint(0, 900))}),
            (group.new_theme, {"title": f"Tema {self.done % 5}", "heaps": [heap]}),
            (group.move_cards, {"cards": cards, "heap": heap}),
            (group.move_cards_to_theme, {"cards": cards, "theme": theme}),
            (group.take_out, {"cards": cards}),
            (group.park, {"cards": cards}),
            (group.hide, {"cards": cards, "reason": "noise"}),
            (group.bring_back, {"cards": cards}),
            (group.rename_heap, {"heap": heap, "title": f"Namn {some.randint(0, 9)}"}),
            (group.rename_theme, {"theme": theme, "title": f"Tema {some.randint(0, 9)}"}),
            (group.move_heap, {"heap": heap, "theme": place}),
            (group.merge_cards, {"into": cards[0], "cards": cards[1:]}),
            (group.unmerge, {"card": cards[0]}),
            (group.merge_heaps, {"into": heap, "heaps": [some.choice([h.id for h in board.heaps] or [0])]}),
            (group.split_heap, {"heap": heap, "cards": cards}),
            (group.remove_heap, {"heap": heap}),
            (group.set_missing_voice, {"theme": theme, "text": f"röst {some.randint(0, 3)}"}),
            (piles.lay_heap, {"heap": heap, "x": some.randint(0, 900), "y": some.randint(0, 900)}),
            (piles.use_piles, {"places": {heap: (some.randint(0, 9), 4)}}),
            (piles.use_columns, {}),
        ]
        if self.done % 4 == 0:
            ways.append((group.remove_theme, {"theme": theme}))
        return some.choice(ways)

    def act(self) -> None:
        verb, arguments = self.choices()
        was, depth = self.look(), self._depth()
        try:
            actions.do(self.file, verb, **arguments)
        except Refused:
            return
        if self._depth() > depth:
            self.before.append((verb.label, was))
            self.after.clear()

    def step(self, go: Callable[[], Any], stack: list[Any], other: list[Any]) -> None:
        was = self.look()
        label = go().result()
        if not stack:
            assert label == ""
            return
        name, wanted = stack.pop()
        assert label == name
        self.same(self.look(), wanted)
        other.append((name, was))

    @staticmethod
    def same(now: tuple[Any, ...], wanted: tuple[Any, ...]) -> None:
        """The same board, but for cards that have come since: they lie unsorted, as they came."""
        assert now[0] == wanted[0] and now[1] == wanted[1] and now[3] == wanted[3]
        assert {n: now[2][n] for n in wanted[2]} == wanted[2]
        new = {n: place for n, place in now[2].items() if n not in wanted[2]}
        assert all(place[1] == "loose" for place in new.values())

    def _depth(self) -> int:
        writer = self.file._writer
        assert writer is not None
        return len(writer.undo.done)

    def turn(self) -> None:
        """One thing the leader does."""
        self.done += 1
        luck = self.chance.random()
        if luck < 0.22:
            self.step(self.file.undo, self.before, self.after)
        elif luck < 0.36:
            self.step(self.file.redo, self.after, self.before)
        else:
            self.act()
        assert self.file.undo_label == (self.before[-1][0] if self.before else "")
        assert self.file.redo_label == (self.after[-1][0] if self.after else "")


def played(folder: Path, turns: int, cards: int, seed: int) -> None:
    """So many turns, and then everything taken back."""
    with actions.session.create(folder / "x.behov", format_id="needs_identification", title="T") as file:
        actions.do(file, actions.agenda.go_to, by="program", step=STEP)
        phones = Phones(file, 3, 1)
        for thread in phones.threads:
            thread.join()
        begun = Play(file, seed)
        start = begun.look()
        phones.end()
        writing = Phones(file, 3, cards)
        try:
            for _ in range(turns):
                begun.turn()
        finally:
            writing.end()
        while begun.before:
            begun.step(file.undo, begun.before, begun.after)
        begun.same(begun.look(), start)
        texts = queries.card_texts(file)
        told = phones.told | writing.told
        assert told and {n: texts[n] for n in told} == told
        assert len(texts) == len(told)
        assert queries.balance(file).balanced


def test_hundreds_of_desk_actions_while_phones_write(tmp_path: Path) -> None:
    played(tmp_path, 300, 15, seed=3)


@pytest.mark.long
def test_ten_thousand_desk_actions_while_phones_write(tmp_path: Path) -> None:
    played(tmp_path, 10_000, 40, seed=4)
