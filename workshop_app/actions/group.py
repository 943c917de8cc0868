"""Cards into heaps, heaps into themes: every move is the leader's, and one Ctrl+Z takes it back."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from workshop_app.actions.action import action
from workshop_app.i18n import N_
from workshop_app.model.board import BY_PEOPLE, FARTHEST, HIDE_REASONS, Suggestion
from workshop_app.model.trouble import Refused
from workshop_app.store.writer import Transaction

NO_CARD = N_("There is no card {number}.")
NO_HEAP = N_("That heap is no longer there.")
NO_THEME = N_("That theme is no longer there.")
NO_CARDS = N_("Choose at least one card first.")
NO_REASON = N_("Choose why the card is hidden: {known}.")
INTO_ITSELF = N_("A card cannot be joined with itself.")
WITHDRAWN = N_("Card {number} has been taken back by the person who wrote it.")
MERGED = N_("Card {number} is joined with another. Take it apart first.")
TITLE_LONG = N_("The name is too long. {limit} characters fit.")
TITLE_LIMIT = 60


@action(N_("New heap"))
def new_heap(
    tx: Transaction,
    *,
    title: str = "",
    cards: Sequence[int] = (),
    theme: int | None = None,
    title_by: str = "leader",
    placed_by: str = "hand",
    at: tuple[int, int] | None = None,
) -> int:
    """Founds a heap, with cards in it or empty; without a title it is known by its first card's words.

    `at` = where it lies among free piles.
    """
    if theme is not None:
        _theme(tx, theme)
    heap = tx.insert(
        "heap",
        {
            "theme_id": theme,
            "letter": _next_letter(tx, theme),
            "title": _title(title),
            "title_by": title_by,
            "position": tx.largest("heap", "position") + 1,
            "founder": min(cards, default=None),
            "x": max(0, min(at[0], FARTHEST)) if at is not None else None,
            "y": max(0, min(at[1], FARTHEST)) if at is not None else None,
        },
    )
    if cards:
        _place(tx, cards, heap, placed_by)
    return heap


@action(N_("New theme"))
def new_theme(
    tx: Transaction,
    *,
    title: str = "",
    heaps: Sequence[int] = (),
    cards: Sequence[int] = (),
    title_by: str = "leader",
) -> int:
    """Founds a theme, with heaps in it, with cards as its first heap, or empty."""
    number = tx.largest("theme", "number") + 1
    theme = tx.insert("theme", {"number": number, "title": _title(title), "title_by": title_by})
    for heap in heaps:
        _move_heap(tx, heap, theme)
    if cards:
        new_heap(tx, cards=cards, theme=theme)
    return theme


@action(N_("Move cards"))
def move_cards(tx: Transaction, *, cards: Sequence[int], heap: int) -> None:
    """Puts cards in a heap, from wherever they are (also parked or hidden ones)."""
    _heap(tx, heap)
    _place(tx, _some(cards), heap, "hand")


@action(N_("Move cards to a theme"))
def move_cards_to_theme(tx: Transaction, *, cards: Sequence[int], theme: int) -> int:
    """Puts cards in a theme as a new heap; returns the heap."""
    return int(new_heap(tx, cards=_some(cards), theme=theme))


@action(N_("Take out of the heap"))
def take_out(tx: Transaction, *, cards: Sequence[int]) -> None:
    """Puts cards back among the unsorted."""
    _settle(tx, cards, "loose")


@action(N_("Park cards"))
def park(tx: Transaction, *, cards: Sequence[int], reason: str = "") -> None:
    """Puts cards in the parking lot, to be taken up later."""
    _settle(tx, cards, "parked", reason.strip())


@action(N_("Hide cards"))
def hide(tx: Transaction, *, cards: Sequence[int], reason: str) -> None:
    """Takes cards away from projector and board for one of five reasons; they are kept, counted and printed as hidden."""
    if reason not in HIDE_REASONS:
        raise Refused(NO_REASON, known=", ".join(HIDE_REASONS))
    _settle(tx, cards, "hidden", reason)


@action(N_("Bring cards back"))
def bring_back(tx: Transaction, *, cards: Sequence[int]) -> None:
    """Parked, hidden or joined cards become unsorted cards again."""
    for number in _some(cards):
        _card(tx, number)
        _set(tx, number, "loose")


@action(N_("Let cards through"))
def let_through(tx: Transaction, *, cards: Sequence[int]) -> None:
    """Cards that waited in the inbox may be shown on projector and phones; they lie where they lay."""
    for number in _some(cards):
        _card(tx, number)
        tx.update("card", number, {"inbox": 0})


@action(N_("Rename the heap"))
def rename_heap(tx: Transaction, *, heap: int, title: str) -> None:
    """The leader's own name for a heap; suggestions leave it alone from now on."""
    _heap(tx, heap)
    tx.update("heap", heap, {"title": _title(title), "title_by": "leader"})


@action(N_("Rename the theme"))
def rename_theme(tx: Transaction, *, theme: int, title: str) -> None:
    """The leader's own name for a theme."""
    _theme(tx, theme)
    tx.update("theme", theme, {"title": _title(title), "title_by": "leader"})


@action(N_("Move the heap"))
def move_heap(tx: Transaction, *, heap: int, theme: int | None) -> None:
    """Puts a whole heap in another theme, or outside all; it gets the next letter there."""
    _move_heap(tx, heap, theme)


@action(N_("Join cards"))
def merge_cards(tx: Transaction, *, into: int, cards: Sequence[int]) -> None:
    """Says that cards are true doubles of one: the originals stay and are counted, evidence follows to the one."""
    target = _card(tx, into)
    if target["state"] == "merged":
        raise Refused(MERGED, number=into)
    for number in _some(cards):
        if number == into:
            raise Refused(INTO_ITSELF)
        _card(tx, number)
        for double in tx.rows("card", merged_into=number):
            tx.update("card", double["id"], {"merged_into": into})
        for link in tx.rows("need_card", card_id=number):
            tx.delete("need_card", need_id=link["need_id"], card_id=number)
            if not tx.rows("need_card", need_id=link["need_id"], card_id=into):
                _link(tx, link["need_id"], into)
        row = {"state": "merged", "merged_into": into, "heap_id": None, "reason": "", "placed_by": "hand"}
        _settle_row(tx, number, row)


@action(N_("Take the cards apart"))
def unmerge(tx: Transaction, *, card: int) -> None:
    """A joined card becomes a card of its own again, beside the one it was joined with."""
    row = _card(tx, card)
    if row["state"] != "merged":
        return
    target = _card(tx, row["merged_into"])
    if target["state"] == "heap":
        _place(tx, [card], target["heap_id"], "hand", apart=True)
    else:
        _set(tx, card, "loose")


@action(N_("Join heaps"))
def merge_heaps(tx: Transaction, *, into: int, heaps: Sequence[int]) -> None:
    """Puts the cards of heaps into one; needs grown from them follow along."""
    _heap(tx, into)
    for heap in heaps:
        if heap == into:
            continue
        _heap(tx, heap)
        for card in tx.rows("card", heap_id=heap):
            tx.update("card", card["id"], {"heap_id": into, "placed_by": "hand", "placed_at": tx.now})
        for need in tx.rows("need", heap_id=heap):
            tx.update("need", need["id"], {"heap_id": into})
        if told := json.loads(_heap(tx, heap)["from_tables"]):
            tx.update("heap", into, {"from_tables": both_tables(tx, into, told)})
        tx.delete("heap", id=heap)


@action(N_("Join themes"))
def merge_themes(tx: Transaction, *, into: int, themes: Sequence[int]) -> None:
    """Puts the heaps of themes into one; heaps stay as they are."""
    _theme(tx, into)
    for theme in themes:
        if theme == into:
            continue
        _theme(tx, theme)
        for heap in tx.rows("heap", order="letter", theme_id=theme):
            _move_heap(tx, heap["id"], into)
        tx.delete("theme", id=theme)


@action(N_("Split the heap"))
def split_heap(tx: Transaction, *, heap: int, cards: Sequence[int], title: str = "") -> int:
    """Takes some cards of a heap into a new heap in the same theme; returns it."""
    row = _heap(tx, heap)
    return int(new_heap(tx, title=title, cards=_some(cards), theme=row["theme_id"]))


@action(N_("Dissolve the heap"))
def remove_heap(tx: Transaction, *, heap: int) -> None:
    """The heap goes, its cards become unsorted; needs grown from it keep their evidence."""
    _heap(tx, heap)
    for card in tx.rows("card", heap_id=heap):
        _set(tx, card["id"], "loose")
    for need in tx.rows("need", heap_id=heap):
        tx.update("need", need["id"], {"heap_id": None})
    tx.delete("heap", id=heap)


@action(N_("Dissolve the theme"))
def remove_theme(tx: Transaction, *, theme: int) -> None:
    """The theme goes, its heaps stay outside all themes."""
    _theme(tx, theme)
    for heap in tx.rows("heap", theme_id=theme):
        _move_heap(tx, heap["id"], None)
    tx.delete("theme", id=theme)


@action(N_("Whose voice is missing"))
def set_missing_voice(tx: Transaction, *, theme: int, text: str) -> None:
    """Notes whose voice is missing in a theme."""
    _theme(tx, theme)
    tx.update("theme", theme, {"missing_voice": text.strip()[:80]})


@action(N_("Apply the suggestion"))
def apply_suggestion(
    tx: Transaction, *, suggestion: Suggestion, only_heaps: Collection[int | str] | None = None
) -> int:
    """Does what a suggestion proposes, whole or for some heaps; a card that a person has placed since stays put.

    Returns how many cards were moved.
    """
    wanted = [h for h in suggestion.heaps if only_heaps is None or h.key in only_heaps]
    themes_used = {h.theme for h in wanted} | {theme for _heap_id, theme in suggestion.heap_themes}
    themes: dict[int | str, int] = {}
    for new in suggestion.themes:
        if new.key in themes_used:
            themes[new.key] = new_theme(tx, title=new.title, title_by="suggestion")
    heaps: dict[int | str, int] = {}
    for heap in wanted:
        theme = themes.get(heap.theme, heap.theme) if heap.theme is not None else None
        if isinstance(theme, int) and tx.row("theme", theme) is None:
            theme = None
        place = theme if isinstance(theme, int) else None
        heaps[heap.key] = new_heap(tx, title=heap.title, theme=place, title_by="suggestion")
        if heap.founder is not None:
            tx.update("heap", heaps[heap.key], {"founder": heap.founder})
    moved = 0
    for move in suggestion.moves:
        target = heaps.get(move.heap, move.heap)
        if not isinstance(target, int) or (
            isinstance(move.heap, int) and only_heaps and move.heap not in only_heaps
        ):
            continue
        row = tx.row("card", move.card)
        if row is None or row["placed_by"] in BY_PEOPLE or row["state"] not in ("loose", "heap"):
            continue
        if tx.row("heap", target) is not None:
            _place(tx, [move.card], target, suggestion.placed_by)
            moved += 1
    for heap_id, theme_key in suggestion.heap_themes:
        theme_id = themes.get(theme_key, theme_key)
        if only_heaps is None and isinstance(theme_id, int) and tx.row("heap", heap_id):
            _move_heap(tx, heap_id, theme_id)
    for made in heaps.values():
        if not tx.rows("card", heap_id=made):
            tx.delete("heap", id=made)
    for made in themes.values():
        if not tx.rows("heap", theme_id=made):
            tx.delete("theme", id=made)
    return moved


# What other actions build on ----------------------------------------------------


def lay(tx: Transaction, *, cards: Sequence[int], heap: int, by: str) -> None:
    """Puts cards in a heap for somebody: "hand", "suggestion" or "room"."""
    _place(tx, cards, heap, by)


def both_tables(tx: Transaction, heap: int, more: Sequence[dict[str, Any]]) -> str:
    """What tables called a heap, with what others called one that comes into it; as the column holds it."""
    known = json.loads(_heap(tx, heap)["from_tables"])
    return json.dumps([*known, *(one for one in more if one not in known)], ensure_ascii=False)


# What the verbs share ---------------------------------------------------------


def _card(tx: Transaction, number: int) -> dict[str, Any]:
    row = tx.row("card", number)
    if row is None:
        raise Refused(NO_CARD, number=number)
    if tx.row("withdrawal", row["answer_id"], "answer_id"):
        raise Refused(WITHDRAWN, number=number)
    joined = tx.row("card", row["merged_into"]) if row["state"] == "merged" else None
    if joined is not None and tx.row("withdrawal", joined["answer_id"], "answer_id"):
        row |= {"state": "loose", "merged_into": None}  # what it was joined with has been taken back
    return row


def _heap(tx: Transaction, heap: int) -> dict[str, Any]:
    row = tx.row("heap", heap)
    if row is None:
        raise Refused(NO_HEAP)
    return row


def _theme(tx: Transaction, theme: int) -> dict[str, Any]:
    row = tx.row("theme", theme)
    if row is None:
        raise Refused(NO_THEME)
    return row


def _some(cards: Sequence[int]) -> Sequence[int]:
    if not cards:
        raise Refused(NO_CARDS)
    return cards


def _title(title: str) -> str:
    words = " ".join(title.split())
    if len(words) > TITLE_LIMIT:
        raise Refused(TITLE_LONG, limit=TITLE_LIMIT)
    return words


def _next_letter(tx: Transaction, theme: int | None) -> int:
    if theme is None:
        return tx.largest("heap", "letter", theme_id=None) + 1
    letter = int(_theme(tx, theme)["letters_used"]) + 1
    tx.update("theme", theme, {"letters_used": letter})
    return letter


def _move_heap(tx: Transaction, heap: int, theme: int | None) -> None:
    row = _heap(tx, heap)
    if row["theme_id"] != theme:
        tx.update("heap", heap, {"theme_id": theme, "letter": _next_letter(tx, theme)})


def _place(tx: Transaction, cards: Sequence[int], heap: int, by: str, apart: bool = False) -> None:
    for number in cards:
        row = _card(tx, number)
        if row["state"] == "merged" and not apart:
            raise Refused(MERGED, number=number)
        _set(tx, number, "heap", heap=heap, by=by)
    if cards and _heap(tx, heap)["founder"] is None:
        tx.update("heap", heap, {"founder": min(cards)})


def _settle(tx: Transaction, cards: Sequence[int], state: str, reason: str = "") -> None:
    for number in _some(cards):
        if _card(tx, number)["state"] == "merged":
            raise Refused(MERGED, number=number)
        _set(tx, number, state, reason=reason)


def _set(
    tx: Transaction, card: int, state: str, *, heap: int | None = None, reason: str = "", by: str = "hand"
) -> None:
    if state == "loose":
        by = ""  # an unsorted card lies nowhere by anybody's decision, so a suggestion may place it
    row = {"state": state, "heap_id": heap, "merged_into": None, "reason": reason, "placed_by": by}
    _settle_row(tx, card, row | {"inbox": 0})


def _settle_row(tx: Transaction, card: int, row: dict[str, Any]) -> None:
    """Writes a card's place; when it lies there already nothing changes, not even the time."""
    old = tx.row("card", card) or {}
    moved = any(old.get(name) != value for name, value in row.items())
    tx.update("card", card, row | ({"placed_at": tx.now} if moved else {}))


def _link(tx: Transaction, need: int, card: int) -> None:
    position = tx.largest("need_card", "position", need_id=need) + 1
    tx.insert("need_card", {"need_id": need, "card_id": card, "position": position})
