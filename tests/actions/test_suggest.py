"""What the machine reads and proposes: in the background, a few cards at a time, and not where it is switched off."""

import pytest

from workshop_app import actions, clustering
from workshop_app.actions import suggest
from workshop_app.model.board import OFF, SUGGESTIONS
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile


def typed(file: SessionFile, count: int) -> None:
    for number in range(count):
        actions.do(file, actions.ask.type_card, by="program", text=f"Bussen är sen, gång {number}")


def test_vectors_are_kept_with_the_hash_of_the_words_and_the_model(file: SessionFile) -> None:
    if clustering.engine_name() != "semantic":
        pytest.skip("the model file is not here")
    typed(file, suggest.BATCH + 2)
    assert suggest.embed_pending(file, lambda _done, _all: False) == suggest.BATCH
    assert len(suggest.pending(file)) == 2
    assert suggest.embed_pending(file) == 2 and not suggest.pending(file)
    kept = queries.vectors(file, clustering.model_id())
    texts = queries.card_texts(file)
    assert {card: text_hash for card, (text_hash, _data) in kept.items()} == {
        card: suggest.text_hash(text) for card, text in texts.items()
    }
    assert all(len(data) == 384 * 2 for _hash, data in kept.values())


def test_a_session_can_do_without(file: SessionFile) -> None:
    typed(file, 3)
    actions.do(file, actions.session.set_setting, key=SUGGESTIONS, value=OFF)
    assert suggest.switched_off(file) and not suggest.pending(file)
    assert suggest.embed_pending(file) == 0
    file.undo().result()
    assert not suggest.switched_off(file)
