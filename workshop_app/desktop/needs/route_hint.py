"""The route that the votes suggest for a need, with its reasons; one press takes it, one more chooses otherwise."""

from PySide6.QtWidgets import QWidget

from workshop_app import actions
from workshop_app.desktop.bridge import Bridge
from workshop_app.desktop.needs.menus import menu_on, say
from workshop_app.desktop.widgets import Button, PlainLabel, SectionLabel, column, row
from workshop_app.model import rating, route_rules
from workshop_app.model.need import Need
from workshop_app.model.rating import RouteHint
from workshop_app.store import queries


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
        lang = bridge.lang
        self.head = SectionLabel()
        self.name = PlainLabel(size="large", weight="semibold", wrap=True)
        self.why = PlainLabel(size="small", tone="ink2", wrap=True)
        self.take = Button(lang("Choose it"))
        self.other = Button(lang("Choose another route …"))
        self.chosen = PlainLabel(size="small", weight="semibold", wrap=True)
        self.take.clicked.connect(self._take)
        self.other.clicked.connect(self._menu)
        self.setLayout(column(self.head, self.name, self.why, row(self.take, self.other, None), self.chosen))

    def show_need(self, need: Need | None) -> None:
        """Shows what is suggested for a need and what is chosen."""
        self.need = need
        self.setVisible(need is not None)
        if need is None:
            return
        lang = self.bridge.lang
        hint = route_rules.hint(need, self.bridge.get(queries.ratings).get(need.id), lang.code)
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
