"""Which themes came first and why the others wait, as a table among the themes."""

from workshop_app.model.board import Theme
from workshop_app.model.theme_order import order
from workshop_app.report.document import Block, Cell, Heading, Para, Table, say, verbatim
from workshop_app.report.edition import View, typed


def blocks(view: View) -> list[Block]:
    """The order of the themes; nothing where nobody has ranked any, and nothing for suppliers, who see no ranking."""
    lang, found = view.lang, order(view.summary.board.themes)
    if view.open or not found.said:
        return []
    rows = [_row(view, t, str(n), lang("Worked on first")) for n, t in enumerate(found.first, 1)]
    rows += [_row(view, t, "", lang("Not decided yet")) for t in found.open]
    rows += [_row(view, t, "", lang("Waits")) for t in found.waiting]
    head = ("", lang("Theme"), lang("State"), lang("Why it waits"))
    told = lang("Which themes are worked on first. What waits is kept, with its cards and its reason.")
    return [
        Heading(lang("Order of the themes")),
        Para(say(told)),
        Table(head, tuple(rows), (0.06, 0.34, 0.2, 0.4)),
    ]


def _row(view: View, theme: Theme, place: str, state: str) -> tuple[Cell, ...]:
    why = typed(theme.waits, view.lang("no reason written")) if theme.turn == 0 else verbatim("")
    name = (*say(f"{theme.number}. ", bold=True), *verbatim(theme.title))
    return (Cell(say(place, bold=True)), Cell(name), Cell(say(state)), Cell(why))
