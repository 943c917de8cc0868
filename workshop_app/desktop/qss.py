"""QSS made from the tokens: what plain widgets wear; what needs a painter asks `style.look()` instead."""

from collections.abc import Callable

from workshop_app import theme

Px = Callable[[float], str]

TONES = ("ink", "ink2", "primary", "on_ptint", "on_attn", "on_info", "on_bad", "thread")
WEIGHTS = {"regular": 400, "medium": 500, "semibold": 600, "bold": 700}


def sheet(tokens: dict[str, str], percent: int, pictures: dict[str, str]) -> str:
    """The style sheet for one theme and one text size; `pictures`: "check", "arrow", "dot" -> icon file."""

    def px(pixels: float) -> str:
        return f"{max(round(pixels * percent / 100), 1)}px"

    t = tokens
    family = f'"{theme.font("app")}", "{theme.font("fallback")}"'
    people = f'"{theme.font("people")}", "{theme.font("fallback")}"'
    parts = [
        f"* {{ font-family: {family}; font-size: {px(14)}; color: {t['ink']}; outline: none; }}",
        f"QWidget[ground='bg'], QMainWindow, QDialog {{ background: {t['bg']}; }}",
        f"QWidget[ground='surface'] {{ background: {t['surface']}; }}",
        f"QWidget[ground='surface2'] {{ background: {t['surface2']}; }}",
        f"QWidget[ground='ptint'] {{ background: {t['ptint']}; }}",
        f"QWidget[ground='attn'] {{ background: {t['attn']}; }}",
        f"QFrame[panel='true'] {{ background: {t['surface']}; border: 1px solid {t['line']}; "
        f"border-radius: {px(8)}; }}",
        f"QFrame[rule='true'] {{ background: {t['line']}; border: none; max-height: 1px; min-height: 1px; }}",
        f"QFrame[edge='right'] {{ border: none; border-right: 1px solid {t['line']}; }}",
        f"QFrame[edge='left'] {{ border: none; border-left: 1px solid {t['line']}; }}",
        f"QFrame[edge='top'] {{ border: none; border-top: 1px solid {t['line']}; }}",
        f"QFrame[edge='bottom'] {{ border: none; border-bottom: 1px solid {t['line']}; }}",
        *(
            f"QFrame[note='{kind}'] {{ background: {t[ground]}; border: 1px {line} {t[edge]}; "
            f"border-radius: {px(8)}; }}"
            for kind, ground, line, edge in (
                ("open", "surface", "solid", "control"),
                ("secret", "attn", "solid", "attn_line"),
                ("internal", "info", "dashed", "on_info"),
            )
        ),
        "QLabel { background: transparent; border: none; }",
        f"*[voice='people'] {{ font-family: {people}; }}",
        *(
            f"QLabel[textsize='{name}'], QPushButton[textsize='{name}'], QLineEdit[textsize='{name}'], "
            f"QPlainTextEdit[textsize='{name}'] {{ font-size: {px(size)}; }}"
            for name, (size, _line) in theme.type_scale().items()
        ),
        *(f"QLabel[weight='{name}'] {{ font-weight: {n}; }}" for name, n in WEIGHTS.items()),
        *(f"QLabel[tone='{tone}'] {{ color: {t[tone]}; }}" for tone in TONES),
        _fields(t, px, pictures),
        _lists(t, px),
        _menus(t, px),
        _scrolling(t, px),
    ]
    return "\n".join(parts)


def _fields(t: dict[str, str], px: Px, pictures: dict[str, str]) -> str:
    fields = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox"
    off = ", ".join(f"{name.strip()}:disabled" for name in fields.split(","))
    return f"""
{fields} {{ background: {t["surface"]}; border: 1px solid {t["control"]}; border-radius: {px(6)};
  padding: {px(6)} {px(10)}; min-height: {px(20)}; selection-background-color: {t["primary"]};
  selection-color: {t["on_primary"]}; placeholder-text-color: {t["ink2"]}; }}
QPlainTextEdit[over='true'] {{ border: 2px solid {t["attn_line"]}; padding: {px(5)} {px(9)}; }}
{off} {{ background: {t["surface2"]}; color: {t["ink2"]}; border-color: {t["line"]}; }}
QSpinBox QLineEdit {{ border: none; padding: 0 {px(10)}; min-height: 0; background: transparent; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
QComboBox::drop-down {{ border: none; width: {px(26)}; }}
QComboBox::down-arrow {{ image: url("{pictures["arrow"]}"); width: {px(16)}; height: {px(16)}; }}
QComboBox QAbstractItemView {{ background: {t["surface"]}; border: 1px solid {t["control"]};
  selection-background-color: {t["ptint"]}; selection-color: {t["on_ptint"]}; padding: {px(4)}; }}
QCheckBox, QRadioButton {{ spacing: {px(8)}; background: transparent; min-height: {px(24)}; }}
QCheckBox::indicator, QRadioButton::indicator {{
  width: {px(16)}; height: {px(16)}; background: {t["surface"]};
  border: 2px solid {t["control"]}; }}
QCheckBox::indicator {{ border-radius: {px(4)}; }}
QRadioButton::indicator {{ border-radius: {int(px(16)[:-2]) // 2 + 2}px; }}
QCheckBox::indicator:checked {{ image: url("{pictures["check"]}"); }}
QRadioButton::indicator:checked {{ image: url("{pictures["dot"]}"); }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked {{ background: {t["primary"]};
  border: 2px solid {t["primary"]}; }}
QSlider::groove:horizontal {{ height: {px(6)}; background: {t["surface2"]}; border-radius: {px(3)}; }}
QSlider::sub-page:horizontal {{ background: {t["primary"]}; border-radius: {px(3)}; }}
QSlider::handle:horizontal {{ width: {px(18)}; margin: -{px(6)} 0; border-radius: {px(9)};
  background: {t["surface"]}; border: 2px solid {t["primary"]}; }}
QProgressBar {{ background: {t["surface2"]}; border: none; border-radius: {px(3)}; max-height: {px(6)};
  min-height: {px(6)}; }}
QProgressBar::chunk {{ background: {t["primary"]}; border-radius: {px(3)}; }}
"""


def _lists(t: dict[str, str], px: Px) -> str:
    return f"""
QListView, QTreeView, QTableView {{ background: {t["surface"]}; border: 1px solid {t["line"]};
  border-radius: {px(8)}; alternate-background-color: {t["bg"]}; gridline-color: {t["line"]}; }}
QListView::item, QTreeView::item {{ padding: {px(6)} {px(8)}; border-radius: {px(6)}; }}
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {{ background: {t["ptint"]};
  color: {t["on_ptint"]}; }}
QTableWidget::item {{ padding: 0 {px(5)}; }}
QListView:focus, QTreeView:focus, QTableView:focus {{ border: 2px solid {t["focus"]}; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{ background: transparent; color: {t["ink2"]}; border: none;
  border-bottom: 1px solid {t["line"]}; padding: {px(6)} {px(8)}; font-weight: 600; }}
QTabBar::tab {{ padding: {px(8)} {px(14)}; border: none; border-bottom: 3px solid transparent;
  font-weight: 600; color: {t["ink2"]}; }}
QTabBar::tab:selected {{ border-bottom: 3px solid {t["primary"]}; color: {t["ink"]}; }}
QTabBar::tab:focus {{ border: 2px solid {t["focus"]}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {t["line"]}; }}
"""


def _menus(t: dict[str, str], px: Px) -> str:
    return f"""
QMenu {{ background: {t["surface"]}; border: 1px solid {t["control"]}; border-radius: {px(6)};
  padding: {px(6)}; }}
QMenu::item {{ padding: {px(7)} {px(24)} {px(7)} {px(14)}; border-radius: {px(4)}; }}
QMenu::item:selected {{ background: {t["ptint"]}; color: {t["on_ptint"]}; }}
QMenu::item:disabled {{ color: {t["ink2"]}; }}
QMenu::separator {{ height: 1px; background: {t["line"]}; margin: {px(6)} {px(8)}; }}
QMenu::icon {{ padding-left: {px(8)}; }}
QMenu::indicator {{ width: {px(10)}; height: {px(10)}; margin-left: {px(6)}; border-radius: {px(5)}; }}
QMenu::indicator:checked {{ background: {t["primary"]}; }}
QToolTip {{ background: {t["surface"]}; color: {t["ink"]}; border: 1px solid {t["control"]};
  padding: {px(6)} {px(8)}; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: {px(6)};
  padding: {px(5)}; }}
QToolButton:hover {{ background: {t["surface2"]}; }}
QToolButton::menu-indicator {{ image: none; }}
"""


def _scrolling(t: dict[str, str], px: Px) -> str:
    return f"""
QScrollArea, QScrollArea > QWidget > QWidget[clear='true'] {{ background: transparent; border: none; }}
QAbstractScrollArea[clear='true'] {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: {px(10)}; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(10)}; margin: 0; }}
QScrollBar::handle {{ background: {t["control"]}; border-radius: {px(2)}; margin: {px(3)}; }}
QScrollBar::handle:vertical {{ min-height: {px(32)}; }}
QScrollBar::handle:horizontal {{ min-width: {px(32)}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: {t["line"]}; }}
"""
