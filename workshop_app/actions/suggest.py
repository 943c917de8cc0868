"""What the machine proposes for the board, as a difference; and the vectors it needs, made in the background and kept."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workshop_app import clustering
from workshop_app.actions.action import action, do
from workshop_app.i18n import N_
from workshop_app.model.board import (
    BY_PEOPLE,
    OFF,
    SUGGESTIONS,
    Board,
    Card,
    Move,
    NewHeap,
    NewTheme,
    Suggestion,
    Tie,
)
from workshop_app.store import queries
from workshop_app.store.session_file import SessionFile
from workshop_app.store.writer import Transaction

if TYPE_CHECKING:
    import numpy as np

MOST_TIES = 4  # pairs that are explained at a time
BATCH = 8  # few at a time, so that a new card does not wait behind an import


@action(N_("Keep vectors"), undoable=False, noted=False)
def keep_vectors(tx: Transaction, *, rows: Sequence[tuple[int, str, bytes]], model: str) -> None:
    """Stores vectors of cards: (card, hash of its text, float16 bytes); a card that is gone is passed over."""
    for card, text_hash, data in rows:
        tx.delete("vector", card_id=card)
        if tx.row("card", card) is not None:
            tx.insert("vector", {"card_id": card, "model": model, "text_hash": text_hash, "data": data})


def pending(file: SessionFile) -> dict[int, str]:
    """Cards whose words have no vector yet by the model at hand; empty without a model or where it is switched off."""
    if clustering.engine_name() != "semantic" or switched_off(file):
        return {}
    kept = queries.vectors(file, clustering.model_id())
    texts = queries.card_texts(file)
    return {card: text for card, text in texts.items() if kept.get(card, ("",))[0] != text_hash(text)}


def switched_off(file: SessionFile) -> bool:
    """Whether this session does without the computer's reading and proposals."""
    return queries.session(file).settings.get(SUGGESTIONS) == OFF


def embed_pending(file: SessionFile, progress: Callable[[int, int], bool] | None = None) -> int:
    """Makes and keeps the vectors that are missing; returns how many. `progress(done, all)` returns False to stop."""
    waiting = list(pending(file).items())
    done = 0
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        found = clustering.embed([text for _card, text in batch])
        rows = [
            (card, text_hash(text), vector.tobytes())
            for (card, text), vector in zip(batch, found, strict=True)
        ]
        do(file, keep_vectors, by="program", rows=rows, model=clustering.model_id())
        done += len(batch)
        if progress is not None and not progress(done, len(waiting)):
            break
    return done


def text_hash(text: str) -> str:
    """What ties a vector to the words it was made from."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def kept_vectors(file: SessionFile, cards: Sequence[int]) -> "np.ndarray | None":
    """The kept vectors in the order of `cards`, NaN rows where there is none; None when there are none at all."""
    import numpy as np

    kept = queries.vectors(file, clustering.model_id()) if clustering.engine_name() == "semantic" else {}
    rows = [np.frombuffer(kept[c][1], dtype=np.float16) if c in kept else None for c in cards]
    width = next((len(r) for r in rows if r is not None), 0)
    if not width:
        return None
    return np.array([r if r is not None else np.full(width, np.nan, np.float16) for r in rows])


def all_vectors(file: SessionFile, texts: Mapping[int, str]) -> "np.ndarray | None":
    """A vector for each card of `texts`, kept ones where the words are still the same, else made now and not kept.

    For readers of a file; None without a model.
    """
    import numpy as np

    if clustering.engine_name() != "semantic":
        return None
    kept = queries.vectors(file, clustering.model_id())
    known = {
        c: np.frombuffer(kept[c][1], np.float16)
        for c in texts
        if kept.get(c, ("",))[0] == text_hash(texts[c])
    }
    lacking = [c for c in texts if c not in known]
    known.update(zip(lacking, clustering.embed([texts[c] for c in lacking]), strict=True))
    return np.array([known[c] for c in texts], dtype=np.float16).reshape(len(texts), -1)


def for_file(file: SessionFile, *, everything: bool = False) -> Suggestion:
    """A suggestion for the board as it is now in a file. `everything` places all cards, not only the sure ones."""
    board = queries.board(file)
    cards = sortable(board)
    return suggestion(board, kept_vectors(file, [c.id for c in cards]), everything=everything)


def ties(file: SessionFile, cards: Sequence[int]) -> tuple[Tie, ...]:
    """Why cards may belong together: for one card its nearest, for two or more their pairs; strongest first."""
    board = queries.board(file)
    rows = sortable(board)
    texts, vectors = [c.text for c in rows], kept_vectors(file, [c.id for c in rows])
    place = {c.id: n for n, c in enumerate(rows)}
    here = [place[c] for c in cards if c in place]
    if len(here) == 1:
        near = [
            (a, b) for a, b, _likeness in clustering.alike(texts, vectors, limit=5_000) if here[0] in (a, b)
        ]
        pairs = [(here[0], b if a == here[0] else a) for a, b in near[:MOST_TIES]]
    else:
        pairs = [(a, b) for n, a in enumerate(here) for b in here[n + 1 :]][:MOST_TIES]
    found = []
    for a, b in pairs:
        likeness, words = clustering.why(texts, vectors, a, b)
        found.append(Tie(rows[a].id, rows[b].id, likeness, words))
    return tuple(sorted(found, key=lambda tie: -tie.likeness))


def sortable(board: Board) -> list[Card]:
    """The cards a suggestion speaks of: unsorted ones and those in heaps, in number order."""
    return sorted(
        (c for c in board.cards.values() if c.state in ("loose", "heap") and not c.inbox), key=lambda c: c.id
    )


def suggestion(board: Board, vectors: "np.ndarray | None", *, everything: bool = False) -> Suggestion:
    """Heaps and themes the machine would make, as a difference. Cards a person has placed stay, and pull others to them.

    `vectors` follow `sortable(board)`. Existing heaps and themes keep their ids, names and colours.
    """
    cards = sortable(board)
    texts = [c.text for c in cards]
    ids = [f"{c.id:09d}" for c in cards]
    pins = [(row, c.theme) for row, c in enumerate(cards) if c.placed_by in BY_PEOPLE and c.theme is not None]
    previous = [c.theme if c.theme is not None else clustering.LEFT for c in cards]
    heaps, themes = clustering.two_levels(texts, vectors, ids=ids, pins_theme=pins, previous=previous)
    known_themes = {t.id for t in board.themes}
    bundles = [(list(g.rows), g.title) for g in heaps.groups]
    if everything:
        bundles += _rest(heaps.labels, themes)
    theme_of_row = {row: g.id for g in themes.groups for row in g.rows}
    titles = {g.id: g.title for g in themes.groups}
    taken: set[int] = set()
    new_heaps: list[NewHeap] = []
    moves: list[Move] = []
    used: dict[int | str, str] = {}
    for number, (rows, title) in enumerate(bundles, 1):
        members = [cards[r] for r in rows]
        home = _home(members, taken)
        theme = theme_of_row.get(rows[0])
        place: int | str | None = None
        if theme is not None:
            place = theme if theme in known_themes else f"t{theme}"
            used.setdefault(place, titles[theme])
        if home is None:
            if not any(c.placed_by not in BY_PEOPLE for c in members):
                continue
            key = f"h{number}"
            new_heaps.append(NewHeap(key, title, place))
            moves += [Move(c.id, key) for c in members if c.placed_by not in BY_PEOPLE]
        else:
            taken.add(home)
            moves += [Move(c.id, home) for c in members if c.placed_by not in BY_PEOPLE and c.heap != home]
    wanted = {h.theme for h in new_heaps}
    return Suggestion(
        themes=tuple(NewTheme(k, t) for k, t in used.items() if isinstance(k, str) and k in wanted),
        heaps=tuple(new_heaps),
        moves=tuple(moves),
        heap_themes=(),
        engine=heaps.engine,
        seconds=heaps.seconds + themes.seconds,
    )


def _home(members: Sequence[Card], taken: set[int]) -> int | None:
    """The existing heap that most of the cards lie in, those placed by hand before others; None for a new one."""
    hand = Counter(c.heap for c in members if c.heap is not None and c.placed_by in BY_PEOPLE)
    loose = Counter(c.heap for c in members if c.heap is not None and c.heap not in taken)
    best = hand or loose
    return max(sorted(best), key=lambda heap: best[heap]) if best else None


def _rest(labels: Sequence[int], themes: Any) -> list[tuple[list[int], str]]:
    """For each theme the rows that no heap has taken, as one bundle without a title."""
    out = []
    for one in themes.groups:
        rows = [r for r in one.rows if labels[r] == clustering.LEFT]
        if rows:
            out.append((rows, ""))
    return out
