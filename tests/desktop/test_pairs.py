"""The same thing? Two cards at a time at the foot of the board, answered by the leader's keys while phones answer too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from tests.desktop import board_desk, helpers
from tests.desktop.sort_desk import Key, SortDesk
from workshop_app import actions
from workshop_app.desktop.board.pair_bar import Pairing
from workshop_app.desktop.pages.group import GroupPage
from workshop_app.model.pairs import Pair
from workshop_app.store import queries


@pytest.fixture
def desk(qt_app: Any, tmp_path: Path) -> Iterator[SortDesk]:
    """Eight cards in four sorts, six phones, nothing sorted, and the bar open."""
    file = helpers.session(tmp_path)
    board_desk.fill(file, 8)
    for _ in range(6):
        helpers.join(file, "Upphandling")
    desk = SortDesk(file)
    desk.page.menus.hands["pairs"]()
    shown(desk)
    yield desk
    desk.close()


def pairing(desk: SortDesk) -> Pairing:
    page = desk.page
    assert isinstance(page, GroupPage)
    return page.pairing


def read(desk: SortDesk) -> bool:
    """Whether all that is in the file has been worked out."""
    one = pairing(desk)
    return not one._reading and one._read_at == desk.file.data_version()


def shown(desk: SortDesk) -> Pair:
    """The pair on the bar, when everything has been read."""
    desk.settle()
    one = pairing(desk)
    helpers.wait_for(lambda: one.now is not None and read(desk))
    desk.settle()
    assert one.now is not None and not one.bar.isHidden()
    return one.now.pair


def say(desk: SortDesk, pair: Pair, *answers: str) -> None:
    """Phones answer about a pair."""
    for who, said in zip(queries.phones(desk.file), answers, strict=False):
        told = {"participant": who.participant, "a": pair[0], "b": pair[1], "said": said}
        actions.do(desk.file, actions.pairs.answer, by="phone", key=uuid4().hex, **told)


def test_j_joins_k_keeps_apart_and_n_puts_off(desk: SortDesk) -> None:
    first = shown(desk)
    assert pairing(desk).bar.join.words() == "En hög av båda"
    desk.press(Key.Key_N)
    second = shown(desk)
    assert second != first and not queries.pairs_settled(desk.file)
    desk.press(Key.Key_K)
    third = shown(desk)
    assert queries.pairs_settled(desk.file) == {second: False} and third not in (first, second)
    assert not desk.board.heaps
    desk.press(Key.Key_J)
    assert [sorted(c.id for c in h.cards) for h in desk.board.heaps] == [list(third)]
    assert shown(desk) not in (second, third)
    desk.bridge.undo()
    desk.settle()
    assert not desk.board.heaps and queries.pairs_settled(desk.file) == {second: False}
    desk.page.chosen.take(list(third))
    desk.press(Key.Key_J)  # with cards selected the key is theirs: true doubles become one
    assert desk.board.cards[third[1]].merged_into == third[0] and not desk.board.heaps


def test_the_last_pair_put_off_comes_back_and_the_bar_says_when_none_is_left(desk: SortDesk) -> None:
    seen = []
    while shown(desk) not in seen:
        seen.append(shown(desk))
        desk.press(Key.Key_N)
    assert shown(desk) == seen[0]
    for _ in range(60):
        if pairing(desk).now is None:
            break
        desk.press(Key.Key_K)
        helpers.wait_for(lambda: read(desk))
        desk.settle()
    assert pairing(desk).bar.told.text() == "Det finns inget par kvar att fråga om."
    assert not pairing(desk).shown


def test_phones_are_asked_from_the_bar_and_told_from_three(desk: SortDesk) -> None:
    bar = pairing(desk).bar
    bar.phones.click()
    desk.settle()
    assert bar.phones.isChecked() and pairing(desk).asking_phones
    pair = shown(desk)
    say(desk, pair, "same", "same")
    assert shown(desk) == pair and bar.told.text() == "Två telefoner har svarat"
    say(desk, pair, "same", "same", "same", "same", "same", "dk")
    assert shown(desk) == pair and bar.told.text() == "5 av 6 säger samma sak"
    assert "5 av 6 säger samma sak" in bar.accessibleName()
    other = next(s.pair for s in pairing(desk)._found if not set(s.pair) & set(pair))
    say(desk, other, "apart", "apart", "apart")
    desk.press(Key.Key_J)
    assert desk.board.heaps and shown(desk) != pair
    bar.phones.click()
    desk.settle()
    assert not pairing(desk).asking_phones


def test_the_button_says_what_will_happen(desk: SortDesk) -> None:
    a, b = shown(desk)
    bar = pairing(desk).bar
    bar.phones.click()
    desk.settle()
    say(
        desk, (a, b), "same", "same", "same"
    )  # what the room says is shown although the leader laid them apart
    actions.do(desk.file, actions.group.new_heap, cards=[a], title="Ett")
    assert shown(desk) == (a, b) and bar.join.words() == f"Lägg {b} i a"
    actions.do(desk.file, actions.group.new_heap, cards=[b], title="Två")
    assert shown(desk) == (a, b) and bar.join.words() == "Lägg ihop a och b"
    bar.join.click()
    desk.settle()
    assert [(h.title, sorted(c.id for c in h.cards)) for h in desk.board.heaps] == [("Ett", [a, b])]
