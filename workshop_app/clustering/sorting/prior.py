"""What is believed of two cards before anybody has sorted them: the model, shared words, and who it is about."""

from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from workshop_app.clustering import words
from workshop_app.clustering.engine import deck
from workshop_app.clustering.likeness import ONE

Table = NDArray[np.float64]
_SAME_CONTEXT = 0.05
_KEPT = 4
_known: OrderedDict[bytes, Table] = OrderedDict()
_writing = Lock()


def alike(
    texts: Sequence[str], vectors: NDArray[np.floating] | None = None, context: Sequence[str] | None = None
) -> Table:
    """The likeness of each two rows, about -0.3..1, shape (n, n); the last few tables are remembered."""
    key = blake2b(digest_size=16)
    key.update("\0".join(texts).encode("utf-8", "replace"))
    if vectors is not None:
        key.update(np.ascontiguousarray(vectors).tobytes())
    key.update("\1".join(context or ()).encode("utf-8", "replace"))
    name = key.digest()
    with _writing:
        if name in _known:
            _known.move_to_end(name)
            return _known[name]
    table = _table(texts, vectors, context)
    with _writing:
        _known[name] = table
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return table


def _table(
    texts: Sequence[str], vectors: NDArray[np.floating] | None, context: Sequence[str] | None
) -> Table:
    table = np.zeros((len(texts), len(texts)))
    cards = deck(texts, vectors)
    if cards.rows:
        table[np.ix_(cards.rows, cards.rows)] = cards.table / ONE
    if context is not None:
        said = [words.normal(text) for text in context]
        numbers = {text: number for number, text in enumerate(dict.fromkeys(said)) if text}
        place = np.array([numbers.get(text, -1) for text in said])
        table += _SAME_CONTEXT * ((place[:, None] == place) & (place >= 0))
    np.fill_diagonal(table, 1.0)
    return table
