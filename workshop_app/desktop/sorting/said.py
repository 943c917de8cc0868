"""What the room said, in words: about one card, and why a card is unclear."""

from collections import Counter
from collections.abc import Iterable

from workshop_app.i18n import Language
from workshop_app.model.board import Board
from workshop_app.model.sorting import TOLD_FROM, PlacedBy


def said_about(board: Board, placements: Iterable[PlacedBy], card: int | None, lang: Language) -> str:
    """ "3 telefoner svarade: 1 lade det i 4b, 1 vet inte."; "" when nobody was asked. Figures only from three answers."""
    told = [one for one in placements if one.card == card]
    if not told:
        return ""
    count = lang.plural("{n} phone answered", "{n} phones answered", len(told))
    if len(told) < TOLD_FROM:
        return f"{count}."
    tags: Counter[str] = Counter()
    unsure = alone = elsewhere = 0
    for one in told:
        founder = board.cards.get(one.heap) if one.heap is not None else None
        heap = board.heap(founder.heap) if founder is not None and founder.heap is not None else None
        if one.heap is None:
            unsure += 1
        elif heap is not None:
            tags[board.tag(heap)] += 1
        elif one.heap == card:
            alone += 1
        else:
            elsewhere += 1
    parts = [lang("{n} put it in {tag}").format(n=n, tag=tag) for tag, n in tags.most_common()]
    parts += [lang("{n} put it with other cards").format(n=elsewhere)] if elsewhere else []
    parts += [lang("{n} let it stand alone").format(n=alone)] if alone else []
    parts += [lang("{n} did not know").format(n=unsure)] if unsure else []
    return f"{count}: {', '.join(parts)}."
