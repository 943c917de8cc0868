"""Which pairs of cards a yes or a no would settle most: nobody is sure of them, and much hangs together with them."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workshop_app.clustering.sorting import combining, prior, votes
from workshop_app.clustering.sorting.values import Sort
from workshop_app.clustering.values import LEFT

_GUESS = 0.6  # how often the nearest cards are of one need when only the model says so
_STRANGERS = (
    0.01  # the likeness of cards without a word in common: worth a question when there is nothing better
)
_EACH = 3  # questions about one card


def doubtful(
    texts: Sequence[str],
    sorts: Sequence[Sort],
    *,
    vectors: NDArray[np.floating] | None = None,
    context: Sequence[str] | None = None,
    pins: Sequence[tuple[int, int]] = (),
    asked: Sequence[tuple[int, int, int]] = (),
    limit: int = 30,
) -> tuple[tuple[int, int], ...]:
    """The pairs; see `workshop_app.clustering.sorting.doubtful`."""
    if len(texts) < 2:
        return ()
    found = combining.combine(texts, sorts, vectors=vectors, context=context, pins=pins, asked=asked)
    said = votes.read(votes.checked(sorts, len(texts)))
    table = prior.alike(texts, vectors, context)
    firm = combining.together(said, table, None, combining.answered(asked, len(texts)))
    group = np.array([place if place != LEFT else -row - 1 for row, place in enumerate(found.labels)])
    seen = {row for one in said for row in one.seen}
    known = np.array([row in seen for row in range(len(texts))])
    trust = (known[:, None].astype(float) + known) / 2  # how far people have spoken of both: 0, 1/2 or 1
    # of what people have not spoken about the likeness tells, or there would be nothing to ask
    guess = _GUESS * np.clip(table, _STRANGERS, 1)
    chance = trust * firm + (1 - trust) * guess
    sizes = np.array([np.count_nonzero(group == one) for one in group], dtype=float)
    change = np.log2(1 + sizes[:, None] * sizes)
    worth = np.round(4 * chance * (1 - chance) * change, 6)
    settled = dict(pins)
    order = np.argsort(-worth[np.triu_indices(len(texts), 1)], kind="stable")
    rows, columns = np.triu_indices(len(texts), 1)
    out: list[tuple[int, int]] = []
    times: Counter[int] = Counter()
    for at in order.tolist():
        a, b = int(rows[at]), int(columns[at])
        if worth[a, b] <= 0 or len(out) == limit:
            break
        both = a in settled and b in settled
        if not both and times[a] < _EACH and times[b] < _EACH:
            out.append((a, b))
            times.update((a, b))
    return tuple(out)
