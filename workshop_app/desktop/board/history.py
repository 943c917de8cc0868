"""What was done on the board, in words: from the journal, which holds who, when and which things, never what anybody wrote."""

import json
from collections.abc import Sequence
from datetime import datetime

from workshop_app.i18n import N_, Language
from workshop_app.model.board import Board, Card
from workshop_app.model.dates import moment_words
from workshop_app.model.session import JournalLine

# action -> words; {cards}, {heap}, {theme}, {into} and {card} are filled in with what people call them
SENTENCES = {
    "group.new_heap": N_("New heap: {cards}"),
    "group.new_theme": N_("New theme"),
    "group.move_cards": N_("{cards} to {heap}"),
    "group.move_cards_to_theme": N_("{cards} to {theme}, as a new heap"),
    "group.take_out": N_("{cards} out of the heap"),
    "group.park": N_("{cards} to the parking lot"),
    "group.hide": N_("{cards} hidden"),
    "group.bring_back": N_("{cards} brought back"),
    "group.let_through": N_("{cards} let through from the inbox"),
    "group.rename_heap": N_("{heap} was renamed"),
    "group.rename_theme": N_("{theme} was renamed"),
    "group.move_heap": N_("{heap} to {theme}"),
    "group.merge_cards": N_("{cards} joined with card {into}"),
    "group.unmerge": N_("Card {card} taken apart again"),
    "group.merge_heaps": N_("Heaps were joined"),
    "group.merge_themes": N_("Themes were joined"),
    "group.split_heap": N_("{cards} split off from {heap} as a new heap"),
    "group.remove_heap": N_("A heap was dissolved"),
    "group.remove_theme": N_("A theme was dissolved"),
    "group.set_missing_voice": N_("Missing voice noted for {theme}"),
    "group.apply_suggestion": N_("The computer's suggestion was used"),
    "tables.lay_out": N_("The tables' heaps were put on the board"),
    "pairs.join": N_("Two cards were joined in a heap"),
    "undo": N_("Undone: {step}"),
    "redo": N_("Done again: {step}"),
}
WHO = {"leader": N_("leader"), "program": N_("program"), "phone": N_("phone")}
CARDS_TOLD = 6
PLACED = {
    "hand": N_("Placed by hand {when}."),
    "suggestion": N_("Placed by the computer's suggestion, which you took {when}."),
    "room": N_("Placed by the room {when}."),
}


def why_here(board: Board, card: Card, lang: Language) -> str:
    """By whom a card came to lie where it lies, and when; "" for one that nobody has placed."""
    words = PLACED.get(card.placed_by)
    if words is None or not card.placed_at:
        return ""
    return lang(words).format(when=moment_words(datetime.fromisoformat(card.placed_at), lang))


def from_tables(board: Board, card: Card, lang: Language) -> list[str]:
    """What tables called the heap where a card lies, one line for each; empty for a heap that no table made."""
    heap = board.heap(card.heap) if card.heap is not None else None
    told = []
    for one in heap.from_tables if heap is not None else ():
        cards = lang.plural("{n} card", "{n} cards", one.cards)
        told.append(f"{one.table}: {one.name or lang('without a name')}, {cards}")
    return told


def lines(
    journal: Sequence[JournalLine], board: Board, lang: Language, *, card: int | None = None
) -> list[str]:
    """What was done on the board (with one card, if given), newest first, each as "09.05 · ledaren · Kort 3 till hög 4b"."""
    out = []
    for line in journal:
        words = SENTENCES.get(line.action)
        detail = _detail(line)
        if words is None or (card is not None and card not in _cards(detail)):
            continue
        said = lang(words).format(**_names(detail, board, lang))
        who = lang(WHO.get(line.who, line.who))
        said = said[:1].upper() + said[1:]
        out.append(f"{moment_words(line.at, lang)}  ·  {who}  ·  {said}")
    return out


def _detail(line: JournalLine) -> dict[str, object]:
    try:
        found = json.loads(line.detail or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _cards(detail: dict[str, object]) -> list[int]:
    cards = detail.get("cards")
    own = detail.get("card")
    into = detail.get("into") if cards else None
    found = [*cards] if isinstance(cards, list) else []
    return found + [n for n in (own, into) if isinstance(n, int)]


def _names(detail: dict[str, object], board: Board, lang: Language) -> dict[str, str]:
    cards = detail.get("cards")
    numbers = [str(n) for n in cards] if isinstance(cards, list) else []
    told = ", ".join(numbers[:CARDS_TOLD])
    if len(numbers) > CARDS_TOLD:
        more = lang.plural("and {n} more", "and {n} more", len(numbers) - CARDS_TOLD)
        told = f"{told} {more}"
    some = (lang("card {numbers}") if len(numbers) == 1 else lang("cards {numbers}")).format(numbers=told)
    heap_id, theme_id = detail.get("heap"), detail.get("theme")
    heap = board.heap(heap_id) if isinstance(heap_id, int) else None
    theme = board.theme(theme_id) if isinstance(theme_id, int) else None
    step = detail.get("label")
    return {
        "cards": some if numbers else lang("empty"),
        "heap": lang("heap {tag}").format(tag=board.tag(heap)) if heap else lang("a heap that is gone"),
        "theme": lang("theme {n}").format(n=theme.number)
        if theme
        else lang("outside all themes")
        if theme_id is None
        else lang("a theme that is gone"),
        "into": str(detail.get("into", "")),
        "card": str(detail.get("card", "")),
        "step": lang(step) if isinstance(step, str) and step else "",
    }
