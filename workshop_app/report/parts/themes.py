"""Themes with their heaps, and the red thread from cards by way of needs to routes."""

from collections import Counter

from workshop_app.i18n import N_
from workshop_app.model.board import Heap, Theme
from workshop_app.model.rating import ROUTES
from workshop_app.model.red_thread import GAPS, red_thread
from workshop_app.model.voices import NEAR, absent
from workshop_app.report import thread
from workshop_app.report.charts import NeedNode, ThemeNode, ThreadFigure
from workshop_app.report.document import (
    Block,
    Cell,
    Columns,
    Figure,
    Heading,
    Listing,
    Para,
    Section,
    Table,
    say,
    verbatim,
)
from workshop_app.report.edition import View
from workshop_app.report.parts import theme_order

# The names of ROUTES broken where a narrow column needs it.
_NARROW = {
    "innovation_procurement": N_("Innovation\nprocurement"),
    "ordinary_procurement": N_("Ordinary\nprocurement"),
    "internal_development": N_("Internal\ndevelopment"),
    "other_process": N_("Another\nprocess"),
    "parked": N_("Parked"),
    "": N_("No route\nyet"),
}

_LOOSE = {"card": N_("Cards"), "heap": N_("Heaps"), "need": N_("Needs"), "goal": N_("Goals")}


def themes(view: View) -> Section:
    """From cards to needs: the figure, what is missing and set aside, then every theme with its heaps."""
    lang, board = view.lang, view.summary.board
    received, needs = view.summary.balance.received, len(view.needs)
    title = lang("From {challenges} to {needs}").format(
        challenges=lang.plural("{n} challenge", "{n} challenges", received),
        needs=lang.plural("{n} need", "{n} needs", needs),
    )
    blocks: list[Block] = [Heading(title, 1)]
    chart = figure(view)
    if thread.fits(chart):
        intro = lang(
            "The thread goes from the participants' cards, through the theme, to the need and its route. "
            "The broader the thread, the more cards. Cards without a thread stay on the wish list in appendix 2."
        )
        blocks += [Para(say(intro), "lead"), Figure(chart, _figure_words(view, chart), _instead(view, chart))]
    elif chart.needs:
        blocks += _instead(view, chart)
    else:
        blocks.append(Para(say(lang("No need has been written yet.")), "lead"))
    blocks.append(Columns(tuple(_missing(view)), tuple(_aside(view))))
    if board.heaps or board.themes:
        blocks += [Heading(lang("Themes and heaps")), _table(view)]
    blocks += theme_order.blocks(view)
    blocks += _loose_ends(view)
    return Section("themes", lang("Themes"), tuple(blocks), lang("Themes"), view.summary.format_name)


def figure(view: View) -> ThreadFigure:
    """The thread figure of a summary."""
    lang, board, cards = view.lang, view.summary.board, view.summary.board.cards
    linked = {c for n in view.needs for c in (e.card for e in n.evidence)}
    nodes: list[ThemeNode] = []
    index: dict[int, int] = {}
    for theme in board.themes:
        index[theme.id] = len(nodes)
        own = [c.id for h in theme.heaps for c in h.cards]
        nodes.append(ThemeNode(theme.number, theme.title, theme.cards, _count(view, own, linked)))
    outside = [c.id for h in board.loose_heaps for c in h.cards]
    if outside:
        nodes.append(ThemeNode(0, lang("Without a theme"), len(outside), _count(view, outside, linked)))
    last = len(nodes) - 1
    present = [key for key in (*ROUTES, "") if any(n.fields["route"] == key for n in view.needs)]
    needs = []
    for need in view.needs:
        found: Counter[int] = Counter()
        for one in need.evidence:
            card = cards.get(one.card)
            if card is not None and card.theme in index:
                found[index[card.theme]] += 1
            elif card is not None and outside and card.id in outside:
                found[last] += 1
        route = need.fields["route"]
        at = present.index(route) if route in present else -1
        needs.append(NeedNode(need.number, need.title, tuple(sorted(found.items())), at))
    routes = []
    for key in present:
        total = sum(n.fields["route"] == key for n in view.needs)
        routes.append((lang(_NARROW[key]), lang.plural("{n} need", "{n} needs", total)))
    heads = (lang("Themes"), lang("Needs"), lang("Route"))
    return ThreadFigure(tuple(nodes), tuple(needs), tuple(routes), heads)


def _count(view: View, cards: list[int], linked: set[int]) -> str:
    count = view.lang.plural("{n} card", "{n} cards", len(cards))
    return count if linked & set(cards) else view.lang("{cards}, no need yet").format(cards=count)


def _figure_words(view: View, chart: ThreadFigure) -> str:
    parts = []
    for need in chart.needs:
        from_themes = view.lang.listed(
            f"{chart.themes[t].title} ({view.lang.plural('{n} card', '{n} cards', n)})" for t, n in need.cards
        )
        parts.append(f"{need.number}. {need.title}: {from_themes}")
    return "; ".join(parts)


def _instead(view: View, chart: ThreadFigure) -> tuple[Block, ...]:
    lang = view.lang
    rows = []
    for node in chart.needs:
        sources = ", ".join(f"{chart.themes[t].title} ({n})" for t, n in node.cards)
        route = chart.routes[node.route][0].replace("-\n", "").replace("\n", " ") if node.route >= 0 else ""
        rows.append(
            (Cell(say(node.title, bold=True), number=str(node.number)), Cell(say(sources)), Cell(say(route)))
        )
    head = (lang("Need"), lang("Themes and cards"), lang("Route"))
    return (Table(head, tuple(rows), (0.38, 0.4, 0.22)),)


def _missing(view: View) -> list[Block]:
    lang, room = view.lang, view.summary.room
    blocks: list[Block] = [Heading(lang("Voices that are missing"), 3)]
    nobody = [lang(NEAR[key]) for key in absent(room)]
    if nobody:
        words = lang("Nobody in the room stands for: {groups}.").format(groups=view.lang.listed(nobody))
        blocks.append(Para(say(words, bold=True)))
    if not room.missing and nobody:
        return blocks
    if not room.missing:
        return [*blocks, Para(say(lang("Nobody noted as missing.")))]
    return [
        *blocks,
        Para((*say(lang("Not in the room: ")), *verbatim(view.lang.listed(room.missing)), *say("."))),
    ]


def _loose_ends(view: View) -> list[Block]:
    """Where the thread breaks, as the page of the red thread on the desk has it."""
    lang, summary = view.lang, view.summary
    found = red_thread(summary.questions, summary.board, view.needs, summary.goals, {})
    broken = found.gaps
    if not broken:
        return []
    points = []
    for gap, (words, _step) in GAPS.items():
        mine = [node for node in broken if gap in node.gaps]
        for column, label in _LOOSE.items():
            names = [node.number or node.words for node in mine if node.column == column]
            if names:
                points.append((*say(f"{lang(label)}, {lang(words)}: "), *verbatim(", ".join(names))))
    title = lang.plural("{n} thing is loose", "{n} things are loose", len(broken))
    return [Heading(title, 3), Listing(tuple(points))]


def _aside(view: View) -> list[Block]:
    lang, board = view.lang, view.summary.board
    blocks: list[Block] = [Heading(lang("Parked and hidden"), 3)]
    lines = []
    for cards, words in (
        (board.parked, lang("Parked: card {numbers}.")),
        (board.hidden, lang("Hidden: card {numbers}.")),
        (board.merged, lang("Joined with another: card {numbers}.")),
        (board.loose, lang("Not sorted yet: card {numbers}.")),
    ):
        if cards:
            lines.append(words.format(numbers=_short(view, sorted(c.number for c in cards))))
    if not lines:
        return [*blocks, Para(say(lang("No card is set aside.")))]
    return [*blocks, Para(say(" ".join((*lines, lang("All of them stand in appendix 2.")))))]


def _short(view: View, numbers: list[int], most: int = 12) -> str:
    shown = [str(n) for n in numbers[:most]]
    more = len(numbers) - len(shown)
    return ", ".join(shown) + (f" {view.lang.plural('and {n} more', 'and {n} more', more)}" if more else "")


def _table(view: View) -> Table:
    lang, board = view.lang, view.summary.board
    rows: list[tuple[Cell, ...]] = []
    groups: list[tuple[Theme | None, tuple[Heap, ...]]] = [(t, t.heaps) for t in board.themes]
    if board.loose_heaps:
        groups.append((None, board.loose_heaps))
    for theme, heaps in groups:
        title = theme.title if theme else lang("Without a theme")
        total = sum(len(h.cards) for h in heaps)
        number = str(theme.number) if theme else ""
        rows.append((Cell(say(title, bold=True), number=number), Cell(), Cell(say(str(total), bold=True))))
        for heap in heaps:
            numbers = ", ".join(str(c.number) for c in sorted(heap.cards, key=lambda c: c.number))
            rows.append(
                (
                    Cell(say(view.heap_words(heap)), inset=True),
                    Cell(say(numbers)),
                    Cell(say(str(len(heap.cards)))),
                )
            )
    head = (lang("Theme and heap"), lang("Card numbers"), lang("Cards"))
    return Table(head, tuple(rows), (0.56, 0.32, 0.12), frozenset((2,)))
