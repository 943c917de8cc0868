"""The route that the votes suggest for a need, with its reasons; one press takes it, one more chooses otherwise."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from workshop_app import actions
from workshop_app.actions import library
from workshop_app.actions.library import Entry
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.menus import menu_on, say
from workshop_app.desktop.widgets import Button, PlainLabel, SectionLabel, column, row
from workshop_app.model import rating, route_rules
from workshop_app.model.dates import day_words
from workshop_app.model.need import Need
from workshop_app.model.rating import RouteHint
from workshop_app.model.voices import organisations
from workshop_app.store import queries

MOST = 3  # needs of the library that are named


def every_route() -> list[tuple[str, str]]:
    """Route and kind, innovation procurement once for each kind."""
    first = "innovation_procurement"
    others = [(route, "") for route in rating.ROUTES if route != first]
    return [*((first, kind) for kind in rating.ROUTE_KINDS), *others]


class RouteHintPanel(QWidget):
    """Shown on the page where needs are rated and on the one where routes are chosen."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.need: Need | None = None
        self.hint: RouteHint | None = None
        self._elsewhere: Sequence[Entry] = ()
        self._asked: object = None
        lang = bridge.lang
        self.head = SectionLabel()
        self.name = PlainLabel(size="large", weight="semibold", wrap=True)
        self.why = PlainLabel(size="small", tone="ink2", wrap=True)
        self.shared = PlainLabel(size="small", tone="ink2", wrap=True)
        self.take = Button(lang("Choose it"))
        self.other = Button(lang("Choose another route …"))
        self.chosen = PlainLabel(size="small", weight="semibold", wrap=True)
        self.take.clicked.connect(self._take)
        self.other.clicked.connect(self._menu)
        self.setLayout(
            column(self.head, self.name, self.why, self.shared, row(self.take, self.other, None), self.chosen)
        )

    def show_need(self, need: Need | None) -> None:
        """Shows what is suggested for a need and what is chosen; the needs library is read in the background."""
        if need is None or self.need is None or need.id != self.need.id:
            self._elsewhere = ()
        self.need = need
        self.setVisible(need is not None)
        if need is None:
            return
        self._seek(need)
        self._show(need)

    def _seek(self, need: Need) -> None:
        asked = (need.id, need.fields["who"], need.fields["function"], need.fields["evidence_note"])
        if asked == self._asked:
            return
        self._asked = asked
        session = self.bridge.get(queries.session)

        def found(entries: Sequence[Entry]) -> None:
            if asked == self._asked and self.need is not None:
                self._elsewhere = entries
                self._show(self.need)

        self.bridge.in_background(lambda: library.same(need, session), found, lambda _trouble: None)

    def _facts(self, count: int, names: Sequence[str]) -> str:
        """Who else has the need, each fact with where it is known from."""
        lang, facts = self.bridge.lang, []
        if count > 1:
            words = lang("The voices behind it come from {n} organisations.").format(n=count)
            told = lang("Among them: {names}.").format(names=", ".join(names)) if names else ""
            facts.append(f"{words} {told}".strip())
        for one in self._elsewhere[:MOST]:
            when = day_words(one.date, lang, weekday=False) or lang("no date")
            words = lang("In the needs library: “{title}”, another workshop, {when}.")
            facts.append(words.format(title=one.fields["title"], when=when))
        return "\n".join(facts)

    def _show(self, need: Need) -> None:
        lang, get = self.bridge.lang, self.bridge.get
        count, names = organisations(need, get(queries.board), get(queries.room))
        facts = self._facts(count, names)
        self.shared.setText(facts)
        self.shared.setVisible(bool(facts))
        rated = get(queries.ratings).get(need.id)
        hint = route_rules.hint(need, rated, lang.code, count, len(self._elsewhere))
        self.head.setText(lang("Suggested route for need {n}").format(n=need.number))
        self.hint = hint
        self.name.setVisible(hint is not None)
        self.take.setVisible(hint is not None)
        if hint is None:
            self.why.setText(
                lang("No suggestion until three people have rated market and room. Choosing is always free.")
            )
        else:
            self.name.setText(rating.route_label(hint.route, hint.kind, lang.code))
            self.why.setText(" ".join(hint.reasons))
        route, kind = need.fields["route"], need.fields["route_kind"]
        same = hint is not None and (hint.route, hint.kind) == (route, kind)
        self.take.setEnabled(not same)
        name = rating.route_label(route, kind, lang.code)
        self.chosen.setText(lang("Chosen: {route}").format(route=name) if route else "")
        self.chosen.setVisible(bool(route))

    def _take(self) -> None:
        if self.hint is not None:
            self._choose(self.hint.route, self.hint.kind)

    def _choose(self, route: str, kind: str) -> None:
        if self.need is not None:
            self.bridge.do(actions.route.set_route, need=self.need.id, route=route, kind=kind)

    def _menu(self) -> None:
        menu = menu_on(self)
        for route, kind in every_route():
            name = rating.route_label(route, kind, self.bridge.lang.code)
            say(menu, name, lambda route=route, kind=kind: self._choose(route, kind))  # type: ignore[misc]
        menu.popup(self.other.mapToGlobal(self.other.rect().bottomLeft()))
