"""The formats to choose among, grouped by what they are for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from workshop_app import formats
from workshop_app.desktop.style import look
from workshop_app.desktop.widgets import IconLabel, PlainLabel, PressRow, SectionLabel, column, row
from workshop_app.formats import Format
from workshop_app.i18n import N_, Language
from workshop_app.model.dates import minutes_words

# What a format leaves (Format.result) -> the group it stands in, in the order of the page.
GROUPS = {
    N_("Find and word needs"): ("needs", "canvas", "harvest"),
    N_("Dialogue and comment round"): ("sprint", "dialogue", "conference", "one_to_one", "comments"),
    N_("How we work"): ("maturity", "barriers", "review"),
}
OWN = N_("Formats of your own")


class FormatCard(PressRow):
    """One format: name, purpose, minutes and people."""

    def __init__(self, one: Format, lang: Language) -> None:
        name, purpose = one.name.get(lang.code), one.purpose.get(lang.code)
        super().__init__(lang("New workshop: {name}").format(name=name))
        self.format = one
        self.setAccessibleDescription(purpose)
        low, high = one.people
        figures = row(
            IconLabel("hourglass", "ink2", 15),
            PlainLabel(minutes_words(one.minutes, lang), size="small", tone="ink2"),
            8,
            IconLabel("users", "ink2", 15),
            PlainLabel(f"{low}–{high}", size="small", tone="ink2"),
            None,
            gap=6,
        )
        self.setLayout(
            column(
                PlainLabel(name, size="large", weight="semibold", wrap=True),
                PlainLabel(purpose, size="small", tone="ink2", wrap=True),
                None,
                8,
                figures,
                gap=3,
                margins=(18, 16, 18, 16),
            )
        )
        self.setMinimumHeight(look().px(122))


class FormatChoice(QWidget):
    """Every format as a card, each group under its heading."""

    chosen = Signal(str)  # a format's id

    def __init__(self, lang: Language) -> None:
        super().__init__()
        self.cards: list[FormatCard] = []
        self.grids: list[tuple[QGridLayout, list[QWidget]]] = []
        box = column(gap=10)
        shipped = formats.formats().values()
        groups = {h: [f for f in shipped if f.result in results] for h, results in GROUPS.items()}
        groups[OWN] = list(formats.own().formats.values())
        for heading, its in groups.items():
            if not its:
                continue
            group = [FormatCard(f, lang) for f in its]
            grid = QGridLayout()
            grid.setSpacing(look().px(16))
            box.addWidget(SectionLabel(lang(heading)))
            box.addLayout(grid)
            box.addSpacing(look().px(10))
            # an empty column has no gap beside it: the cards of a short row would be wider than the others
            self.grids.append((grid, [*group, *(QWidget() for _ in range(3 - len(group)))]))
            self.cards += group
        for card in self.cards:
            card.clicked.connect(lambda id_=card.format.id: self.chosen.emit(id_))
        self.columns = 0
        self.setLayout(box)

    def arrange(self, columns: int) -> None:
        """Puts the cards of each group in so many columns."""
        if columns == self.columns:
            return
        self.columns = columns
        for grid, group in self.grids:
            for place, card in enumerate(group):
                grid.removeWidget(card)
                grid.addWidget(card, place // columns, place % columns)
            for place in range(max(columns, 3)):
                grid.setColumnStretch(place, int(place < columns))
