"""The look of the desk: one factor, one theme and the tokens of theme.json become fonts, colours and QSS."""

import atexit
import tempfile
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from workshop_app import resources, theme
from workshop_app.desktop.guard import sweep_here
from workshop_app.desktop.qss import sheet

SCALES = (80, 90, 100, 110, 125, 150, 175, 200)
THEMES = ("system", "light", "dark")


class Look(QObject):
    """How everything on the desk looks right now; painters ask it, and repaint on `changed`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = "system"
        self.percent = 100
        self.calm = False  # no motion
        self.dark = False
        self._tokens = theme.tokens(False)
        self._worn: tuple[bool, int] | None = None

    def use(self, theme_name: str = "system", percent: int = 100, calm: bool = False) -> None:
        """Takes the leader's settings and dresses the whole application in them."""
        self.theme, self.percent, self.calm = theme_name, max(80, min(percent, 200)), calm
        self.refresh()

    def refresh(self) -> None:
        """Dresses the application again, for example when the system has gone dark."""
        self.choose(self.theme)
        app, wanted = QApplication.instance(), (self.dark, self.percent)
        if isinstance(app, QApplication) and wanted != self._worn:  # dressing touches every widget there is
            self._worn = wanted
            app.setFont(self.font())
            app.setPalette(self.palette())
            app.setStyleSheet(sheet(self._tokens, self.percent, self._pictures()))
        self.changed.emit()

    def choose(self, theme_name: str) -> None:
        """Takes the tokens of a theme; "system" asks the computer."""
        system = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self.dark = theme_name == "dark" or (theme_name == "system" and system)
        self._tokens = theme.tokens(self.dark)

    def _pictures(self) -> dict[str, str]:
        """QSS takes icons only as files, and a file has one colour: so ours are written out tinted."""
        wanted = {
            "check": ("check", "on_primary"),
            "arrow": ("chevron-down", "ink2"),
            "dot": ("circle", "on_primary"),
        }
        found = {}
        for name, (icon, token) in wanted.items():
            target = Path(_tinted_folder()) / f"{name}{self.hex(token)[1:]}.svg"
            if not target.exists():
                source = resources.text("icons", f"{icon}.svg").replace("currentColor", self.hex(token))
                target.write_text(source.replace('stroke-width="2"', 'stroke-width="3"'), encoding="utf-8")
            found[name] = target.as_posix()
        return found

    def px(self, pixels: float) -> int:
        """A measure of DESIGN at 100 % in today's pixels."""
        return round(pixels * self.percent / 100)

    def hex(self, token: str) -> str:
        """A colour token (or a "#RRGGBB", given back as it is) as text."""
        return token if token.startswith("#") else self._tokens[token]

    def colour(self, token: str) -> QColor:
        """A colour token of the theme in use."""
        return QColor(self.hex(token))

    def hue(self, number: int) -> theme.Hue:
        """The hue of group `number` in the theme in use."""
        return theme.hue(number, self.dark)

    def font(
        self,
        size: str | float = "base",
        weight: int = 400,
        *,
        people: bool = False,
        even_digits: bool = False,
    ) -> QFont:
        """A font: `size` names the type scale or gives pixels at 100 %; `people` = what somebody typed."""
        pixels = theme.type_scale()[size][0] if isinstance(size, str) else size
        return make_font(self.px(pixels), weight, people=people, even_digits=even_digits)

    def line(self, size: str = "base") -> int:
        """The line height of a size in today's pixels."""
        return self.px(theme.type_scale()[size][1])

    def palette(self) -> QPalette:
        """The tokens as a palette, for what no style sheet reaches."""
        palette = QPalette()
        role = QPalette.ColorRole
        pairs = (
            (role.Window, "bg"),
            (role.WindowText, "ink"),
            (role.Base, "surface"),
            (role.AlternateBase, "surface2"),
            (role.Text, "ink"),
            (role.Button, "surface"),
            (role.ButtonText, "ink"),
            (role.ToolTipBase, "surface"),
            (role.ToolTipText, "ink"),
            (role.PlaceholderText, "ink2"),
            (role.Highlight, "primary"),
            (role.HighlightedText, "on_primary"),
            (role.Link, "focus"),
        )
        for which, token in pairs:
            palette.setColor(which, self.colour(token))
        return palette


@cache
def _tinted_folder() -> str:
    folder = tempfile.TemporaryDirectory(prefix="behovsverkstad-")
    atexit.register(folder.cleanup)
    return folder.name


def make_font(pixels: int, weight: int = 400, *, people: bool = False, even_digits: bool = False) -> QFont:
    """A font of our families in device-independent pixels."""
    font = QFont([theme.font("people" if people else "app"), theme.font("fallback")])
    font.setPixelSize(max(pixels, 1))
    font.setWeight(QFont.Weight(weight))
    if even_digits:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


_look: Look | None = None
_fonts_loaded = False


def look() -> Look:
    """The one look of the process, like the QApplication it dresses."""
    global _look
    if _look is None:
        _look = Look()
    return _look


def load_fonts() -> None:
    """Makes our fonts known to Qt, once; a font that is missing falls back to the system's."""
    global _fonts_loaded
    if not _fonts_loaded:
        for file in sorted(resources.path("fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(file))
        _fonts_loaded = True


def ground(theme_name: str = "system") -> None:
    """Gives the very first window its colours before fonts and style sheet are there."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        look().choose(theme_name)
        app.setPalette(look().palette())


def dress(theme_name: str = "system", percent: int = 100, calm: bool = False) -> Look:
    """Loads fonts, sets the base style and takes the settings; call once the QApplication is there."""
    app = QApplication.instance()
    # under a style sheet the application no longer says what its style is; to set it again touches every widget there is
    if (
        isinstance(app, QApplication)
        and not app.styleSheet()
        and app.style().objectName().lower() != "fusion"
    ):
        app.setStyle("Fusion")
    sweep_here()
    load_fonts()
    look().use(theme_name, percent, calm)
    return look()
